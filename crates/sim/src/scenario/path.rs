//! Dotted paths into documents: `tags.0.key`, `connections.*.connectionState`, `connections.length`.

use crossconnect_api::schema::{Kind, Shape, Structure};
use serde_json::{Map, Value};
use std::fmt;

/// A way into a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Path(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    /// A member of a structure.
    Member(String),
    /// An element of a list, counted from 0.
    Element(usize),
    /// Every element of a list.
    Every,
    /// How many elements a list has.
    Length,
}

impl Path {
    /// Reads segments between points.
    pub(super) fn parse(source: &str) -> Self {
        let segment = |text: &str| match text {
            "*" => Segment::Every,
            "length" => Segment::Length,
            _ => text.parse().map_or_else(|_| Segment::Member(text.to_owned()), Segment::Element),
        };
        Path(source.split('.').map(segment).collect())
    }

    /// Whether it leads nowhere but to the document itself.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What it leads to: one place, or one for each element where it says `*`; `None` for a place that is not there.
    pub(super) fn resolve(&self, document: &Value) -> Vec<Option<Value>> {
        let mut places = vec![Some(document.clone())];
        for segment in &self.0 {
            places = places.into_iter().flat_map(|place| step(segment, place)).collect();
        }
        places
    }

    /// Puts a value into a document that is built from nothing, with the structures and lists on the way.
    pub(super) fn put(&self, document: &mut Value, value: Value) -> Result<(), String> {
        let mut place = document;
        for segment in &self.0 {
            place = match segment {
                Segment::Member(name) => {
                    if place.is_null() {
                        *place = Value::Object(Map::new());
                    }
                    let members = place.as_object_mut().ok_or_else(|| format!("{self}: {name} is in no structure"))?;
                    members.entry(name.as_str()).or_insert(Value::Null)
                }
                Segment::Element(index) => {
                    if place.is_null() {
                        *place = Value::Array(Vec::new());
                    }
                    let list = place.as_array_mut().ok_or_else(|| format!("{self}: {index} is in no list"))?;
                    if *index > list.len() {
                        return Err(format!("{self}: element {} is missing", list.len()));
                    }
                    if *index == list.len() {
                        list.push(Value::Null);
                    }
                    &mut list[*index]
                }
                Segment::Every | Segment::Length => return Err(format!("{self}: an input names its elements")),
            };
        }
        *place = value;
        Ok(())
    }

    /// The shape of what it leads to in a structure; `None` for a length.
    pub(super) fn shape(&self, structure: Option<&'static Structure>) -> Result<Option<&'static Shape>, String> {
        let mut shape: Option<&'static Shape> = None;
        let mut open = structure;
        for (at, segment) in self.0.iter().enumerate() {
            let element = shape.and_then(Shape::element);
            let next = match segment {
                Segment::Member(name) => open.and_then(|open| open.member(name)).map(|member| member.shape),
                Segment::Element(_) | Segment::Every => element,
                Segment::Length if element.is_some() && at + 1 == self.0.len() => return Ok(None),
                Segment::Length => None,
            };
            shape =
                Some(next.ok_or_else(|| format!("{self} leads nowhere in {}", structure.map_or("Unit", |s| s.name)))?);
            open = match next.map(|shape| shape.kind) {
                Some(Kind::Structure(structure)) => Some(structure),
                _ => None,
            };
        }
        Ok(shape)
    }
}

fn step(segment: &Segment, place: Option<Value>) -> Vec<Option<Value>> {
    let Some(place) = place else {
        return vec![None];
    };
    match segment {
        Segment::Member(name) => vec![place.get(name).cloned()],
        Segment::Element(index) => vec![place.get(index).cloned()],
        Segment::Length => vec![place.as_array().map(|list| list.len().into())],
        // A list without elements has no place where an expectation could hold.
        Segment::Every => match place.as_array() {
            Some(list) if !list.is_empty() => list.iter().cloned().map(Some).collect(),
            _ => vec![None],
        },
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(".")?;
            }
            match segment {
                Segment::Member(name) => f.write_str(name)?,
                Segment::Element(index) => write!(f, "{index}")?,
                Segment::Every => f.write_str("*")?,
                Segment::Length => f.write_str("length")?,
            }
        }
        Ok(())
    }
}
