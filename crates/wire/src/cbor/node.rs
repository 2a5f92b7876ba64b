//! Values of a CBOR document: places in its bytes, read when they are asked for. Nothing is built in between.

use std::borrow::Cow;

use crossconnect_api::Timestamp;
use minicbor::Decoder;
use minicbor::data::Type;
use minicbor::decode::Error;

use super::tokens::{DEPTH_MAX, Number, at_break, number, pass};
use crate::node::{Found, Node, float_digits, whole_float};

/// The tag of a moment in seconds since 1970.
const EPOCH_SECONDS: u64 = 1;

/// An item of a document whose every byte has been checked.
#[derive(Clone, Copy)]
pub(super) struct Item<'d> {
    document: &'d [u8],
    position: usize,
}

impl<'d> Item<'d> {
    /// The one item of a document.
    pub(super) fn document(document: &'d [u8]) -> Result<Self, Error> {
        let mut decoder = Decoder::new(document);
        pass(&mut decoder, DEPTH_MAX)?;
        if decoder.position() < document.len() {
            return Err(Error::message("more bytes than one value").at(decoder.position()));
        }
        Ok(Self { document, position: 0 })
    }

    fn decoder(self) -> Decoder<'d> {
        let mut decoder = Decoder::new(self.document);
        decoder.set_position(self.position);
        decoder
    }

    fn number(self) -> Option<Number> {
        number(&mut self.decoder())
    }
}

impl<'d> Node<'d> for Item<'d> {
    type Members = Members<'d>;
    type Elements = Items<'d>;

    const TIMESTAMP: &'static str = "tag 1 with seconds since 1970 in the years 1 to 9999";
    const BLOB: &'static str = "a byte string";

    fn found(self) -> Found {
        let mut decoder = self.decoder();
        match decoder.datatype().expect("the document was checked as a whole") {
            Type::Bool => Found::Boolean(decoder.bool().unwrap_or_default()),
            Type::Null | Type::Undefined => Found::Null,
            Type::String | Type::StringIndef => Found::String,
            Type::Bytes | Type::BytesIndef => Found::Bytes,
            Type::Array | Type::ArrayIndef => Found::List,
            Type::Map | Type::MapIndef => Found::Structure,
            Type::Tag => Found::Tagged,
            Type::U8
            | Type::U16
            | Type::U32
            | Type::U64
            | Type::I8
            | Type::I16
            | Type::I32
            | Type::I64
            | Type::Int
            | Type::F16
            | Type::F32
            | Type::F64 => Found::Number,
            Type::Simple | Type::Break | Type::Unknown(_) => unreachable!("a checked document has values alone"),
        }
    }

    fn members(self) -> Option<Self::Members> {
        let mut decoder = self.decoder();
        let left = decoder.map().ok()?;
        Some(Members(Items { decoder, left }))
    }

    fn elements(self) -> Option<(usize, Self::Elements)> {
        let mut decoder = self.decoder();
        let left = decoder.array().ok()?;
        let items = Items { decoder, left };
        let len = match left {
            Some(len) => usize::try_from(len).ok()?,
            None => items.clone().count(),
        };
        Some((len, items))
    }

    fn text(self) -> Option<Cow<'d, str>> {
        text(&mut self.decoder())
    }

    fn whole(self) -> Option<i64> {
        match self.number()? {
            Number::Whole(value) => value.try_into().ok(),
            Number::Float(value) => whole_float(value),
        }
    }

    fn timestamp(self) -> Option<Timestamp> {
        let mut decoder = self.decoder();
        if decoder.tag().ok()?.as_u64() != EPOCH_SECONDS {
            return None;
        }
        match number(&mut decoder)? {
            Number::Whole(seconds) => Timestamp::from_seconds(seconds.try_into().ok()?),
            Number::Float(seconds) => Timestamp::from_fractional_seconds(seconds),
        }
    }

    fn blob(self) -> Option<Vec<u8>> {
        let mut decoder = self.decoder();
        let mut bytes = Vec::new();
        for chunk in decoder.bytes_iter().ok()? {
            bytes.extend_from_slice(chunk.ok()?);
        }
        Some(bytes)
    }

    fn digits(self) -> String {
        match self.number() {
            Some(Number::Whole(value)) => value.to_string(),
            Some(Number::Float(value)) => float_digits(value),
            None => String::new(),
        }
    }
}

/// Text in one chunk or in many.
fn text<'d>(decoder: &mut Decoder<'d>) -> Option<Cow<'d, str>> {
    match decoder.datatype().ok()? {
        Type::StringIndef => decoder.str_iter().ok()?.collect::<Result<String, _>>().ok().map(Cow::Owned),
        _ => decoder.str().ok().map(Cow::Borrowed),
    }
}

/// The items of a list, one after the other.
#[derive(Clone)]
pub(super) struct Items<'d> {
    decoder: Decoder<'d>,
    /// How many there are still, if the list said; otherwise a break ends them.
    left: Option<u64>,
}

impl<'d> Items<'d> {
    /// Steps to the next entry, if there is one.
    fn step(&mut self) -> Option<()> {
        match &mut self.left {
            Some(left) => *left = left.checked_sub(1)?,
            None if at_break(&self.decoder).ok()? => return None,
            None => {}
        }
        Some(())
    }

    /// The item that stands here, which is passed over.
    fn item(&mut self) -> Option<Item<'d>> {
        let item = Item { document: self.decoder.input(), position: self.decoder.position() };
        pass(&mut self.decoder, DEPTH_MAX).ok()?;
        Some(item)
    }
}

impl<'d> Iterator for Items<'d> {
    type Item = Item<'d>;

    fn next(&mut self) -> Option<Item<'d>> {
        self.step()?;
        self.item()
    }
}

/// The members of a map.
pub(super) struct Members<'d>(Items<'d>);

impl<'d> Iterator for Members<'d> {
    type Item = (Cow<'d, str>, Item<'d>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.step()?;
        Some((text(&mut self.0.decoder)?, self.0.item()?))
    }
}
