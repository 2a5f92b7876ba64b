//! The operations, their requests and responses, and the exceptions.

use std::fmt::Write as _;

use super::names;
use crate::model::file::{Model, Operation, Reference};

/// `operations.rs`: one row an operation, one row an exception.
pub(super) fn operations(model: &Model) -> String {
    let mut out = String::from(
        "//! The operations and exceptions of the API. Generated from the model.\n\n\
         use super::{schema, shapes};\nuse crate::codec::Unit;\n\
         use crate::operation::{exceptions, operations};\n\n\
         operations! {\n",
    );
    for (name, operation) in &model.operations {
        let _ = writeln!(out, "    {}", row(name, operation));
    }
    out.push_str("}\n\nexceptions! {\n");
    for (name, shape) in model.exceptions() {
        let status = shape.error.as_ref().map_or(400, |error| error.http_status_code);
        let message = shape.members.contains_key("message");
        let _ = writeln!(out, "    {} = \"{name}\", status {status}, message {message};", names::exception(name));
    }
    out.push_str("}\n");
    out
}

/// `ConfirmConnection(input type, its table) -> (output type, its table), deprecated false, [errors];`
fn row(name: &str, operation: &Operation) -> String {
    let errors: Vec<&str> = operation.errors.iter().map(|error| names::exception(&error.shape)).collect();
    format!(
        "{name}({}) -> ({}), deprecated {}, [{}];",
        side(operation.input.as_ref()),
        side(operation.output.as_ref()),
        operation.deprecated,
        errors.join(", ")
    )
}

/// The type and the table of an input or output.
fn side(reference: Option<&Reference>) -> String {
    match reference {
        None => "Unit, None".to_owned(),
        Some(Reference { shape }) => {
            format!("shapes::{shape}, Some(&schema::{})", names::constant(shape))
        }
    }
}
