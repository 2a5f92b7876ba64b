//! Reading and writing of shapes, the same for every protocol.
//!
//! A protocol implements `Reader` and `Writer`; the shapes never learn which one it is. A reader walks over one
//! document: `structure` or `list` opens the value it stands on, `enter` or `element` steps into a part, `leave` steps back.

use std::fmt;

use crate::Timestamp;
use crate::schema::Structure;

/// Why a document cannot be read at all: a value of the wrong type, or no document.
///
/// A value of the right type that breaks a constraint of the model is not an error here; the reader collects those.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError(pub String);

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ReadError {}

/// Hands out the values of one document. Each method reads the value on which the reader stands.
pub trait Reader {
    /// Opens a structure; `enter` then steps into its members.
    fn structure(&mut self, structure: &'static Structure) -> Result<(), ReadError>;

    /// Steps into the member with that index in the open structure. False if it is absent or null: then the reader
    /// has not moved, and has noted it if the member is required.
    fn enter(&mut self, index: usize) -> bool;

    /// Opens a list and answers the number of its elements; `element` then steps into them.
    fn list(&mut self) -> Result<usize, ReadError>;

    /// Steps into the element with that index of the open list; each index is asked for once, in order. False if the
    /// element is null: then the reader has not moved.
    fn element(&mut self, index: usize) -> bool;

    /// Steps back out of a member or element.
    fn leave(&mut self);

    /// Reads text.
    fn string(&mut self) -> Result<String, ReadError>;
    /// Reads a number of 32 bits.
    fn integer(&mut self) -> Result<i32, ReadError>;
    /// Reads a number of 64 bits.
    fn long(&mut self) -> Result<i64, ReadError>;
    /// Reads true or false.
    fn boolean(&mut self) -> Result<bool, ReadError>;
    /// Reads a moment.
    fn timestamp(&mut self) -> Result<Timestamp, ReadError>;
    /// Reads bytes.
    fn blob(&mut self) -> Result<Vec<u8>, ReadError>;
}

/// Takes the values of one document, in order. Writing into memory cannot fail.
pub trait Writer {
    /// Begins a structure of that many members; those that are absent do not count.
    fn begin_structure(&mut self, len: usize);
    /// Begins a member; its value follows.
    fn member(&mut self, name: &'static str);
    /// Ends a structure.
    fn end_structure(&mut self);
    /// Begins a list of that many elements.
    fn begin_list(&mut self, len: usize);
    /// Begins an element; its value follows.
    fn element(&mut self);
    /// Ends a list.
    fn end_list(&mut self);
    /// Writes text.
    fn string(&mut self, value: &str);
    /// Writes a number of 32 bits.
    fn integer(&mut self, value: i32);
    /// Writes a number of 64 bits.
    fn long(&mut self, value: i64);
    /// Writes true or false.
    fn boolean(&mut self, value: bool);
    /// Writes a moment.
    fn timestamp(&mut self, value: Timestamp);
    /// Writes bytes.
    fn blob(&mut self, value: &[u8]);
}

/// A type that the wire carries.
pub trait Value: Sized {
    /// Reads the value on which the reader stands.
    fn read(reader: &mut dyn Reader) -> Result<Self, ReadError>;
    /// Writes it.
    fn write(&self, writer: &mut dyn Writer);
}

/// The input or output of an operation that has none: an empty structure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unit;

static UNIT: Structure = Structure::new("Unit", &[]);

impl Value for Unit {
    fn read(reader: &mut dyn Reader) -> Result<Self, ReadError> {
        reader.structure(&UNIT).map(|()| Self)
    }

    fn write(&self, writer: &mut dyn Writer) {
        writer.begin_structure(0);
        writer.end_structure();
    }
}

macro_rules! scalar {
    ($($ty:ty, $method:ident, $value:ident => $borrowed:expr;)*) => {$(
        impl Value for $ty {
            fn read(reader: &mut dyn Reader) -> Result<Self, ReadError> {
                reader.$method()
            }

            fn write(&self, writer: &mut dyn Writer) {
                let $value = self;
                writer.$method($borrowed);
            }
        }
    )*};
}

scalar! {
    String, string, value => value;
    i32, integer, value => *value;
    i64, long, value => *value;
    bool, boolean, value => *value;
    Timestamp, timestamp, value => *value;
    Vec<u8>, blob, value => value;
}

/// For how many elements a list makes room before it has seen them. An element in memory is far larger than the least
/// one on the wire, so a list that is refused at its first element must not have cost as much as a sound one.
const PREALLOCATED_MAX: usize = 64;

impl<T: Value> Value for Vec<T> {
    fn read(reader: &mut dyn Reader) -> Result<Self, ReadError> {
        let len = reader.list()?;
        let mut list = Vec::with_capacity(len.min(PREALLOCATED_MAX));
        for index in 0..len {
            if reader.element(index) {
                list.push(T::read(reader)?);
                reader.leave();
            }
        }
        Ok(list)
    }

    fn write(&self, writer: &mut dyn Writer) {
        writer.begin_list(self.len());
        for value in self {
            writer.element();
            value.write(writer);
        }
        writer.end_list();
    }
}

/// A member of a structure: a plain type is required, an `Option` is not.
pub(crate) trait Field: Sized {
    fn read_member(reader: &mut dyn Reader, index: usize) -> Result<Self, ReadError>;
    fn is_present(&self) -> bool;
    fn write_member(&self, writer: &mut dyn Writer, name: &'static str);
}

impl<T: Value + Default> Field for T {
    /// The reader has noted a required member that is absent, so its default never reaches an operation.
    fn read_member(reader: &mut dyn Reader, index: usize) -> Result<Self, ReadError> {
        Ok(Option::read_member(reader, index)?.unwrap_or_default())
    }

    fn is_present(&self) -> bool {
        true
    }

    fn write_member(&self, writer: &mut dyn Writer, name: &'static str) {
        writer.member(name);
        self.write(writer);
    }
}

impl<T: Value> Field for Option<T> {
    fn read_member(reader: &mut dyn Reader, index: usize) -> Result<Self, ReadError> {
        if !reader.enter(index) {
            return Ok(None);
        }
        let value = T::read(reader)?;
        reader.leave();
        Ok(Some(value))
    }

    fn is_present(&self) -> bool {
        self.is_some()
    }

    fn write_member(&self, writer: &mut dyn Writer, name: &'static str) {
        if let Some(value) = self {
            writer.member(name);
            value.write(writer);
        }
    }
}

/// Both directions of a structure, from its fields in the schema's order.
macro_rules! record {
    ($name:ident, $schema:ident, [$($field:ident),*]) => {
        impl $crate::codec::Value for shapes::$name {
            fn read(reader: &mut dyn $crate::codec::Reader) -> Result<Self, $crate::codec::ReadError> {
                reader.structure(&schema::$schema)?;
                let indices = &mut (0..);
                let value = Self {
                    $($field: $crate::codec::read_next(reader, indices)?,)*
                };
                debug_assert_eq!(indices.start, schema::$schema.members.len());
                Ok(value)
            }

            fn write(&self, writer: &mut dyn $crate::codec::Writer) {
                writer.begin_structure(0 $(+ usize::from($crate::codec::Field::is_present(&self.$field)))*);
                let mut members = schema::$schema.members.iter();
                $($crate::codec::write_next(writer, &mut members, &self.$field);)*
                debug_assert!(members.next().is_none());
                writer.end_structure();
            }
        }
    };
}
pub(crate) use record;

/// Reads the next member of the open structure.
pub(crate) fn read_next<T: Field>(
    reader: &mut dyn Reader,
    indices: &mut std::ops::RangeFrom<usize>,
) -> Result<T, ReadError> {
    let index = indices.start;
    indices.start += 1;
    T::read_member(reader, index)
}

/// Writes the next member of the open structure, if it is present.
pub(crate) fn write_next<T: Field>(
    writer: &mut dyn Writer,
    members: &mut std::slice::Iter<'static, crate::schema::Member>,
    value: &T,
) {
    let member = members.next().expect("a field for each member, both generated from the model");
    value.write_member(writer, member.name);
}

/// A closed set of values, with the wire's text of each.
macro_rules! wire_enum {
    ($(#[$doc:meta])* $name:ident { $first:ident = $first_text:literal, $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            #[doc = concat!("`", $first_text, "`.")]
            #[default]
            $first,
            $(#[doc = concat!("`", $text, "`.")] $variant,)*
        }

        impl $name {
            /// Every value, in the model's order.
            pub const ALL: &'static [Self] = &[Self::$first, $(Self::$variant,)*];

            /// The wire's text of every value, in the same order.
            pub const NAMES: &'static [&'static str] = &[$first_text, $($text,)*];

            /// The wire's text.
            pub const fn as_str(self) -> &'static str {
                Self::NAMES[self as usize]
            }

            /// The value of that text.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::codec::Value for $name {
            /// The reader has noted a text that is none of the values, so the default never reaches an operation.
            fn read(reader: &mut dyn $crate::codec::Reader) -> Result<Self, $crate::codec::ReadError> {
                Ok(Self::from_name(&reader.string()?).unwrap_or_default())
            }

            fn write(&self, writer: &mut dyn $crate::codec::Writer) {
                writer.string(self.as_str());
            }
        }
    };
}
pub(crate) use wire_enum;
