//! What the model says about every shape, as tables that tools read.
//!
//! The scenario language builds requests from text with it, the wire checks constraints with it, tests derive cases from it.

use crate::generated::schema as tables;

/// A shape: its kind and the constraints that the model declares.
#[derive(Debug)]
pub struct Shape {
    /// Its name in the model.
    pub name: &'static str,
    /// What values it holds.
    pub kind: Kind,
    /// The least length in characters (strings), size (lists) or value (numbers).
    pub min: Option<i64>,
    /// The greatest length in characters (strings), size (lists) or value (numbers).
    pub max: Option<i64>,
    /// A pattern that the whole string matches.
    pub pattern: Option<&'static str>,
}

/// What values a shape holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text.
    String,
    /// One of these texts.
    Enum(&'static [&'static str]),
    /// A number of 32 bits.
    Integer,
    /// A number of 64 bits.
    Long,
    /// True or false.
    Boolean,
    /// A moment.
    Timestamp,
    /// Bytes.
    Blob,
    /// Values of one shape.
    List(&'static Shape),
    /// Named members.
    Structure(&'static Structure),
}

/// A structure and its members.
#[derive(Debug)]
pub struct Structure {
    /// Its name in the model.
    pub name: &'static str,
    /// Its members in the model's order.
    pub members: &'static [Member],
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// Its name on the wire.
    pub name: &'static str,
    /// Whether it must be present.
    pub required: bool,
    /// What it holds.
    pub shape: &'static Shape,
}

impl Structure {
    /// Every structure of the API, exceptions apart.
    pub fn all() -> &'static [&'static Structure] {
        tables::STRUCTURES
    }

    /// The structure of that name.
    pub fn from_name(name: &str) -> Option<&'static Structure> {
        Self::all().iter().copied().find(|structure| structure.name == name)
    }

    /// The member of that wire name.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name == name)
    }

    pub(crate) const fn new(name: &'static str, members: &'static [Member]) -> Self {
        Self { name, members }
    }
}

impl Member {
    pub(crate) const fn required(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, required: true, shape }
    }

    pub(crate) const fn optional(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, required: false, shape }
    }
}

impl Shape {
    /// What a list holds; none of another kind.
    pub fn element(&self) -> Option<&'static Shape> {
        match self.kind {
            Kind::List(element) => Some(element),
            Kind::String
            | Kind::Enum(_)
            | Kind::Integer
            | Kind::Long
            | Kind::Boolean
            | Kind::Timestamp
            | Kind::Blob
            | Kind::Structure(_) => None,
        }
    }

    pub(crate) const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, min: None, max: None, pattern: None }
    }

    pub(crate) const fn min(mut self, min: i64) -> Self {
        self.min = Some(min);
        self
    }

    pub(crate) const fn max(mut self, max: i64) -> Self {
        self.max = Some(max);
        self
    }

    pub(crate) const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }
}

/// Every pattern that a shape may have, each once.
pub fn patterns() -> &'static [&'static str] {
    tables::PATTERNS
}
