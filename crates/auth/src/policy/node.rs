//! A JSON document as a tree whose members keep their order and stand once.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::PolicyError;

/// The most characters of a document, white space apart: what AWS allows the policies of a role [AWS's documentation of
/// IAM].
pub const DOCUMENT_MAX: usize = 10_240;
/// The most bytes that are read at all.
const BYTES_MAX: usize = 64 * 1024;

/// A value of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Null,
    Bool(bool),
    /// As JSON writes it.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Reads a document, which is an object.
    pub(super) fn read(text: &str) -> Result<Self, PolicyError> {
        let length = text.chars().filter(|character| !character.is_whitespace()).take(DOCUMENT_MAX + 1).count();
        if text.len() > BYTES_MAX || length > DOCUMENT_MAX {
            let problem = format!("is too long, expected at most {DOCUMENT_MAX} characters that are not white space");
            return Err(PolicyError::new("the document", problem));
        }
        serde_json::from_str(text).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            let text = error.to_string();
            let problem = text.split(" at line ").next().unwrap_or_default();
            PolicyError::new(place, format!("{problem}, expected a policy document in JSON"))
        })
    }

    /// What kind of value it is, for a text.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool(_) => "true or false",
            Node::Number(_) => "a number",
            Node::Text(_) => "a text",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
        }
    }

    /// The members of an object.
    pub(super) fn members(&self, place: &str, expected: &str) -> Result<&[(String, Node)], PolicyError> {
        match self {
            Node::Object(members) => Ok(members),
            other => Err(PolicyError::new(place, format!("{} was found, expected {expected}", other.kind()))),
        }
    }

    /// A text.
    pub(super) fn text(&self, place: &str, expected: &str) -> Result<&str, PolicyError> {
        match self {
            Node::Text(text) => Ok(text),
            other => Err(PolicyError::new(place, format!("{} was found, expected {expected}", other.kind()))),
        }
    }

    /// One value, or a list of at least one, each with its place.
    pub(super) fn one_or_many<'n>(&'n self, place: &str) -> Result<Vec<(String, &'n Node)>, PolicyError> {
        match self {
            Node::List(nodes) if nodes.is_empty() => {
                Err(PolicyError::new(place, "is an empty list, expected at least one value"))
            }
            Node::List(nodes) => {
                Ok(nodes.iter().enumerate().map(|(index, node)| (format!("{place}[{index}]"), node)).collect())
            }
            single => Ok(vec![(place.to_owned(), single)]),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = seq.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members: Vec<(String, Node)> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            // Of two, one would silently not count.
            if members.iter().any(|(known, _)| *known == name) {
                return Err(A::Error::custom(format!("{name:?} is there twice")));
            }
            members.push((name, map.next_value()?));
        }
        Ok(Node::Object(members))
    }
}
