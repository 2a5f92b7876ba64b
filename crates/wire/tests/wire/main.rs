//! Tests of the wire, through its public functions only: tables of bodies and heads, and cases that the schema yields.

#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it should be")]

mod bodies;
mod documents;
mod hostile;
mod hostile_cbor;
mod random;
mod routes;
mod samples;
mod schema;
mod smithy;

use crossconnect_api::Exception;
use crossconnect_wire::{ErrorKind, WireError};

/// The error of a broken constraint, whose text is `expected`.
fn invalid(expected: &str) -> WireError {
    WireError::new(ErrorKind::Exception(Exception::DirectConnectClient), expected)
}

/// The error of a document that cannot be read.
fn unreadable(expected: &str) -> WireError {
    WireError::new(ErrorKind::Serialization, expected)
}
