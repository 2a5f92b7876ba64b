//! An answer before it becomes bytes on a connection.

use crossconnect_wire::{Protocol, WireError};
use hyper::StatusCode;

/// A header and its value.
pub(crate) type Header = (&'static str, &'static str);

/// The media type of the control API.
pub(crate) const JSON: &str = "application/json";
/// The headers of its answers.
pub(crate) const JSON_HEADERS: &[Header] = &[("content-type", JSON)];

/// Status, headers of our own, body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: StatusCode,
    /// The content type, and what else its protocol says of every answer.
    pub(crate) headers: &'static [Header],
    /// The body.
    pub(crate) body: Vec<u8>,
    /// For a dry run: the ids of what the call would interrupt, joined by commas.
    pub(crate) interrupts: Option<String>,
    /// `ok`, or the name of the error, for the log.
    pub(crate) outcome: &'static str,
}

impl Answer {
    /// An accepted call of the API.
    pub(crate) fn ok(protocol: Protocol, body: Vec<u8>) -> Self {
        Answer { status: StatusCode::OK, headers: protocol.headers(), body, interrupts: None, outcome: "ok" }
    }

    /// A refused one.
    pub(crate) fn error(protocol: Protocol, error: &WireError) -> Self {
        Answer {
            status: StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: protocol.headers(),
            body: protocol.error(error),
            interrupts: None,
            outcome: error.name(),
        }
    }
}
