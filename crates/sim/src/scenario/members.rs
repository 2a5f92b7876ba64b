//! Which members of the model's structures documents have had: what coverage of the model is counted in.
//!
//! A member counts by its structure, not by where it stands: `Connection.vlan` is met when any answer shows it.

use crossconnect_api::Operation;
use crossconnect_api::schema::{Kind, Shape, Structure};
use serde_json::Value;
use std::collections::BTreeSet;

/// A structure's name and a member's.
pub type Member = (&'static str, &'static str);

/// Every member that inputs of `operations` may have.
pub fn of_inputs(operations: &[Operation]) -> BTreeSet<Member> {
    let mut known = BTreeSet::new();
    operations.iter().filter_map(|operation| operation.input()).for_each(|input| reachable(input, &mut known));
    known
}

/// Every member that answers of `operations` may have.
pub fn of_outputs(operations: &[Operation]) -> BTreeSet<Member> {
    let mut known = BTreeSet::new();
    operations.iter().filter_map(|operation| operation.output()).for_each(|output| reachable(output, &mut known));
    known
}

/// Notes the members of `structure` that `document` has.
pub(super) fn met(structure: &'static Structure, document: &Value, noted: &mut BTreeSet<Member>) {
    for member in structure.members {
        if let Some(value) = document.get(member.name).filter(|value| !value.is_null()) {
            noted.insert((structure.name, member.name));
            met_in(member.shape, value, noted);
        }
    }
}

fn met_in(shape: &'static Shape, value: &Value, noted: &mut BTreeSet<Member>) {
    match (shape.kind, value) {
        (Kind::Structure(structure), _) => met(structure, value, noted),
        (Kind::List(element), Value::Array(list)) => list.iter().for_each(|value| met_in(element, value, noted)),
        _ => {}
    }
}

fn reachable(structure: &'static Structure, known: &mut BTreeSet<Member>) {
    for member in structure.members {
        known.insert((structure.name, member.name));
        reachable_in(member.shape, known);
    }
}

fn reachable_in(shape: &'static Shape, known: &mut BTreeSet<Member>) {
    match shape.kind {
        Kind::Structure(structure) => reachable(structure, known),
        Kind::List(element) => reachable_in(element, known),
        _ => {}
    }
}
