//! The protocols of the wire: from a request's bytes to a `Request`, from a `Response` or an error to bytes.
//!
//! AWS JSON 1.1 and Smithy RPC v2 CBOR. Each has a `Node`, which hands out the values of its documents, and a
//! `Writer`; routing, the model's constraints and the texts of errors are shared. No IO, and no byte may panic it.

#![forbid(unsafe_code)]

pub mod cbor;
mod checked;
mod constraints;
mod error;
mod excerpt;
pub mod json;
mod node;
mod protocol;
mod redacted;
mod route;

pub use error::{ErrorKind, WireError};
pub use protocol::Protocol;
pub use redacted::{protected_of_request, redacted_request, redacted_response};
pub use route::{Head, Route, route};
