//! Structures, enums and the lists of fields from which both directions of the codec follow.

use std::fmt::Write as _;

use super::names;
use crate::model::file::{Model, Shape};

/// `shapes.rs`: a Rust structure for each structure of the model, exceptions apart.
pub(super) fn structures(model: &Model) -> String {
    let mut out = String::from(
        "//! The structures and enums of the API, named as on the wire. Generated from the model.\n\n\
         use crate::Timestamp;\n\npub use super::enums::*;\n",
    );
    for (name, shape) in model.structures() {
        let _ = write!(
            out,
            "\n/// {}\n#[derive(Debug, Clone, Default, PartialEq)]\npub struct {name} {{\n",
            role(model, name)
        );
        for (member, reference) in &shape.members {
            let required = shape.requires(member);
            let inner = names::type_of(model, &reference.shape);
            let ty = if required { inner } else { format!("Option<{inner}>") };
            let _ = writeln!(out, "/// {}", field_doc(model, member, &reference.shape, required));
            let _ = writeln!(out, "pub {}: {ty},", names::field(member));
        }
        out.push_str("}\n");
    }
    out
}

/// What a structure is for: whose input or output, or a part of others.
fn role(model: &Model, name: &str) -> String {
    let is = |reference: &Option<crate::model::file::Reference>| {
        reference.as_ref().is_some_and(|reference| reference.shape == name)
    };
    let mut roles = Vec::new();
    for (operation, facts) in &model.operations {
        if is(&facts.input) {
            roles.push(format!("input of {operation}"));
        }
        if is(&facts.output) {
            roles.push(format!("output of {operation}"));
        }
    }
    let roles = if roles.is_empty() { "part of other structures".to_owned() } else { roles.join(", ") };
    format!("`{name}`: {roles}.")
}

/// One line on a field: wire name, shape, constraints.
fn field_doc(model: &Model, member: &str, shape_name: &str, required: bool) -> String {
    let shape = model.shape(shape_name);
    let mut notes = Vec::new();
    if required {
        notes.push("required".to_owned());
    }
    if shape.deprecated {
        notes.push("deprecated".to_owned());
    }
    notes.extend(Some(shape.constraints()).filter(|text| !text.is_empty()));
    let notes = if notes.is_empty() { String::new() } else { format!(": {}", notes.join("; ")) };
    format!("`{member}` ({shape_name}){notes}.")
}

/// `enums.rs`: a Rust enum for each string with a closed set of values.
pub(super) fn enums(model: &Model) -> String {
    let mut out =
        String::from("//! The closed sets of values. Generated from the model.\n\nuse crate::codec::wire_enum;\n");
    for (name, shape) in model.shapes.iter().filter(|(_, shape)| shape.is_enum()) {
        let _ =
            write!(out, "\nwire_enum! {{\n    /// `{name}`: one of {} values.\n    {name} {{\n", shape.values.len());
        for value in &shape.values {
            let _ = writeln!(out, "        {} = \"{value}\",", names::variant(value));
        }
        out.push_str("    }\n}\n");
    }
    out
}

/// `codec.rs`: for each structure its fields in the schema's order.
pub(super) fn codec(model: &Model) -> String {
    let mut out = String::from(
        "//! Reading and writing of every structure. Generated from the model.\n\
         //!\n\
         //! INVARIANT: the fields stand in the order of the structure's members in `schema.rs`.\n\n\
         use super::{schema, shapes};\nuse crate::codec::record;\n\n",
    );
    for (name, shape) in model.structures() {
        let fields: Vec<String> = shape.members.keys().map(|member| names::field(member)).collect();
        let _ = writeln!(out, "record!({name}, {}, {});", names::constant(name), field_list(shape, &fields));
    }
    out
}

fn field_list(shape: &Shape, fields: &[String]) -> String {
    if shape.members.is_empty() { "[]".to_owned() } else { format!("[{}]", fields.join(", ")) }
}
