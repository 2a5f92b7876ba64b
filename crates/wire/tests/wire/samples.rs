//! Values that the schema allows, and every place inside them.

use crossconnect_api::schema::{Kind, Member, Shape, Structure};
use serde_json::{Map, Value, json};

/// Which members a sample has.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Extent {
    /// The required ones.
    Minimal,
    /// All.
    Full,
}

/// A value of a structure.
pub(crate) fn structure(structure: &Structure, extent: Extent) -> Value {
    let wanted = |member: &&Member| member.required || extent == Extent::Full;
    let members = structure.members.iter().filter(wanted);
    Value::Object(members.map(|m| (m.name.to_owned(), value(m.shape, extent))).collect::<Map<_, _>>())
}

/// The least value that a shape allows, or a typical one.
fn value(shape: &Shape, extent: Extent) -> Value {
    let least = shape.min.unwrap_or(1).max(1);
    match shape.kind {
        Kind::String => text(shape, least).into(),
        Kind::Enum(values) => (*values.last().expect("an enum has values")).into(),
        Kind::Integer => shape.min.unwrap_or(i64::from(i32::MIN)).into(),
        Kind::Long => i64::MAX.into(),
        Kind::Boolean => true.into(),
        Kind::Timestamp => json!(1_767_225_600.25),
        Kind::Blob => json!("AP+AJVBERg=="),
        Kind::List(element) => (0..least).map(|_| value(element, extent)).collect(),
        Kind::Structure(inner) => structure(inner, extent),
    }
}

fn text(shape: &Shape, least: i64) -> String {
    let seventeen = "0123456789abcdefg";
    match shape.name {
        "ResiliencyGroupId" => format!("dxrg-{seventeen}"),
        "ResiliencyGroupArn" => format!("arn:aws:directconnect::123456789012:dx-resiliency-group/dxrg-{seventeen}"),
        "CoreNetworkIdentifier" => "core-network-0123456789abcdef0".to_owned(),
        "CoreNetworkAttachmentId" => "attachment-0123456789abcdef0".to_owned(),
        _ => "é"
            .repeat(usize::try_from(least).expect("a length"))
            .replace('é', if shape.pattern.is_some() { "e" } else { "é" }),
    }
}

/// A place inside a value.
pub(crate) struct Place {
    /// Where it is, as a JSON pointer.
    pub(crate) pointer: String,
    /// Where it is, as the texts of errors say.
    pub(crate) path: String,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// What is there.
    pub(crate) shape: &'static Shape,
}

/// Every place inside a full sample of a structure.
pub(crate) fn places(structure: &'static Structure) -> Vec<Place> {
    let mut places = Vec::new();
    members(structure, "", "", &mut places);
    places
}

fn members(structure: &'static Structure, pointer: &str, path: &str, places: &mut Vec<Place>) {
    for member in structure.members {
        let dot = if path.is_empty() { "" } else { "." };
        let pointer = format!("{pointer}/{}", member.name);
        let path = format!("{path}{dot}{}", member.name);
        inside(member.shape, &pointer, &path, places);
        places.push(Place { pointer, path, required: member.required, shape: member.shape });
    }
}

fn inside(shape: &'static Shape, pointer: &str, path: &str, places: &mut Vec<Place>) {
    match shape.kind {
        Kind::Structure(inner) => members(inner, pointer, path, places),
        Kind::List(element) => {
            let (pointer, path) = (format!("{pointer}/0"), format!("{path}.1.member"));
            inside(element, &pointer, &path, places);
            places.push(Place { pointer, path, required: true, shape: element });
        }
        _ => {}
    }
}
