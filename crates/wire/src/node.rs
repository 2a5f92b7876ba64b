//! What a protocol hands out of a parsed document. All that differs between protocols in reading is here.

use std::borrow::Cow;

use crossconnect_api::Timestamp;

/// One value of a document that lives for `'d`.
pub(crate) trait Node<'d>: Copy {
    /// The members of a structure.
    type Members: Iterator<Item = (Cow<'d, str>, Self)>;
    /// The elements of a list, in order.
    type Elements: Iterator<Item = Self>;

    /// What a moment looks like in this protocol, for texts of errors.
    const TIMESTAMP: &'static str;
    /// What bytes look like in this protocol, for texts of errors.
    const BLOB: &'static str;

    /// What stands there.
    fn found(self) -> Found;
    /// The members in the document's order, if this is a structure.
    fn members(self) -> Option<Self::Members>;
    /// The elements and how many they are, if this is a list.
    fn elements(self) -> Option<(usize, Self::Elements)>;
    /// Text.
    fn text(self) -> Option<Cow<'d, str>>;
    /// A number without a fraction, if it is one and i64 holds it.
    fn whole(self) -> Option<i64>;
    /// A moment.
    fn timestamp(self) -> Option<Timestamp>;
    /// Bytes.
    fn blob(self) -> Option<Vec<u8>>;
    /// A number in digits, for texts of errors.
    fn digits(self) -> String;
}

/// What stands at a place of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// A number of any kind.
    Number,
    /// Text.
    String,
    /// Bytes, where a protocol tells them from text.
    Bytes,
    /// A value under a tag, such as a moment, where a protocol has tags.
    Tagged,
    /// Values in order.
    List,
    /// Named values.
    Structure,
}

/// `5.0` and `1e3` are whole numbers too. Beyond 2^53 a float no longer tells which number was meant.
pub(crate) fn whole_float(float: f64) -> Option<i64> {
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    (float.fract() == 0.0 && float.abs() <= EXACT_MAX).then_some(float as i64)
}

/// A float in digits. `Debug` writes large and small ones with an exponent, where `Display` would write hundreds of
/// zeros; every protocol uses it, so that one value has one text.
pub(crate) fn float_digits(float: f64) -> String {
    format!("{float:?}")
}
