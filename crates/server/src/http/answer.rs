//! An answer before it becomes bytes on a connection.

use crate::http::sent::Stream;
use crossconnect_wire::{ErrorKind, Protocol, WireError};
use hyper::StatusCode;
use hyper::header::HeaderValue;

/// A header and its value.
pub(crate) type Header = (&'static str, &'static str);

/// The media type of the control API.
pub(crate) const JSON: &str = "application/json";
/// The headers of its answers.
pub(crate) const JSON_HEADERS: &[Header] = &[("content-type", JSON)];

/// What is sent after a head.
#[derive(Debug)]
pub(crate) enum Sent {
    /// All at once.
    Whole(Vec<u8>),
    /// For as long as there is something.
    Stream(Stream),
}

/// Status, headers of our own, body.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: StatusCode,
    /// The content type, and what else its protocol says of every answer.
    pub(crate) headers: &'static [Header],
    /// The body.
    pub(crate) body: Sent,
    /// For a dry run: the ids of what the call would interrupt, joined by commas.
    pub(crate) interrupts: Option<String>,
    /// Which methods are served, where another one was used.
    pub(crate) allow: Option<HeaderValue>,
    /// `ok`, or the name of the error, for the log.
    pub(crate) outcome: &'static str,
    /// What an error says, for the record.
    pub(crate) text: Option<String>,
}

impl Answer {
    /// An answer with this body.
    pub(crate) fn new(status: StatusCode, headers: &'static [Header], body: Vec<u8>, outcome: &'static str) -> Self {
        Answer { status, headers, body: Sent::Whole(body), interrupts: None, allow: None, outcome, text: None }
    }

    /// An accepted call of the API.
    pub(crate) fn ok(protocol: Protocol, body: Vec<u8>) -> Self {
        Answer::new(StatusCode::OK, protocol.headers(), body, "ok")
    }

    /// A refused one.
    pub(crate) fn error(protocol: Protocol, error: &WireError) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let allow = (error.kind == ErrorKind::MethodNotAllowed).then_some(HeaderValue::from_static("POST"));
        let text = Some(error.message.clone());
        Answer { allow, text, ..Answer::new(status, protocol.headers(), protocol.error(error), error.name()) }
    }
}
