//! What a protocol hands out of a parsed document. All that differs between protocols in reading is here.

use crossconnect_api::Timestamp;

/// One value of a document that lives for `'d`.
pub(crate) trait Node<'d>: Copy {
    /// What stands there.
    fn found(self) -> Found;
    /// The member of that name, if this is a structure that has it. Of several, the last.
    fn member(self, name: &str) -> Option<Self>;
    /// The elements, if this is a list.
    fn elements(self) -> Option<usize>;
    /// The element with that index; asked for only below `elements`.
    fn element(self, index: usize) -> Self;
    /// Text.
    fn text(self) -> Option<&'d str>;
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
    /// Values in order.
    List,
    /// Named values.
    Structure,
}
