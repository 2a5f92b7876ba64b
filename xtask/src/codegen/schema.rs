//! The tables that tell tools about every shape: kinds, members, constraints.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::names;
use crate::model::file::{Kind, Model, Shape};

/// `schema.rs`: one static a shape.
pub(super) fn schema(model: &Model) -> String {
    let mut out = String::from(
        "//! The schema of every shape. Generated from the model.\n\n\
         use crate::schema::{Kind, Member, Shape, Structure};\n\
         use super::enums;\n\n",
    );
    let mentioned = mentioned(model);
    for (name, shape) in &model.shapes {
        if shape.kind == Kind::Structure || !mentioned.contains(name.as_str()) {
            continue;
        }
        let _ = writeln!(
            out,
            "static {}: Shape = Shape::new(\"{name}\", {}){};",
            names::constant(name),
            kind(model, name, shape),
            constraints(shape)
        );
    }
    for name in mentioned.iter().filter(|name| model.shape(name).kind == Kind::Structure) {
        let constant = names::constant(name);
        let _ = writeln!(out, "static {constant}_SHAPE: Shape = Shape::new(\"{name}\", Kind::Structure(&{constant}));");
    }
    for (name, shape) in model.structures() {
        let _ = writeln!(out, "pub(crate) static {}: Structure = Structure::new(\"{name}\", &[", names::constant(name));
        for (member, reference) in &shape.members {
            let call = if shape.requires(member) { "required" } else { "optional" };
            let _ = writeln!(out, "Member::{call}(\"{member}\", &{}),", target(model, &reference.shape));
        }
        out.push_str("]);\n");
    }
    let all: Vec<String> = model.structures().map(|(name, _)| format!("&{}", names::constant(name))).collect();
    let _ = writeln!(
        out,
        "/// Every structure of the API, exceptions apart.\npub(crate) static STRUCTURES: &[&Structure] = &[{}];",
        all.join(", ")
    );
    let patterns: BTreeSet<&str> = model.shapes.values().filter_map(|shape| shape.pattern.as_deref()).collect();
    let patterns: Vec<String> = patterns.into_iter().map(literal).collect();
    let _ = writeln!(
        out,
        "/// Every pattern that a shape may have, each once.\npub(crate) static PATTERNS: &[&str] = &[{}];",
        patterns.join(", ")
    );
    out
}

/// The shapes that a structure or list holds. What only exceptions hold has no table, and only the structures
/// among these need a `Shape` beside their `Structure`.
fn mentioned(model: &Model) -> BTreeSet<&str> {
    let members = model.structures().flat_map(|(_, shape)| shape.members.values());
    let elements = model.shapes.values().filter_map(|shape| shape.member.as_ref());
    members.chain(elements).map(|reference| reference.shape.as_str()).collect()
}

/// The static that describes a shape where another shape mentions it.
fn target(model: &Model, name: &str) -> String {
    let suffix = if model.shape(name).kind == Kind::Structure { "_SHAPE" } else { "" };
    format!("{}{suffix}", names::constant(name))
}

fn kind(model: &Model, name: &str, shape: &Shape) -> String {
    match shape.kind {
        Kind::String if shape.is_enum() => format!("Kind::Enum(enums::{name}::NAMES)"),
        Kind::String => "Kind::String".to_owned(),
        Kind::Integer => "Kind::Integer".to_owned(),
        Kind::Long => "Kind::Long".to_owned(),
        Kind::Boolean => "Kind::Boolean".to_owned(),
        Kind::Timestamp => "Kind::Timestamp".to_owned(),
        Kind::Blob => "Kind::Blob".to_owned(),
        Kind::List => format!("Kind::List(&{})", target(model, names::element(shape))),
        Kind::Structure => unreachable!("structures have a table of their own"),
    }
}

fn constraints(shape: &Shape) -> String {
    let mut out = String::new();
    if let Some(min) = shape.min {
        let _ = write!(out, ".min({min})");
    }
    if let Some(max) = shape.max {
        let _ = write!(out, ".max({max})");
    }
    if let Some(pattern) = &shape.pattern {
        let _ = write!(out, ".pattern({})", literal(pattern));
    }
    out
}

fn literal(text: &str) -> String {
    format!("r\"{text}\"")
}
