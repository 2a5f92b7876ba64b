//! The protocols side by side: what the server asks of one, whichever it is.

use crossconnect_api::{Operation, Request, Response};

use crate::{Head, WireError, cbor, json};

/// A protocol of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// AWS JSON 1.1.
    Json,
    /// Smithy RPC v2 CBOR.
    Cbor,
}

impl Protocol {
    /// Every protocol.
    pub const ALL: &'static [Self] = &[Self::Json, Self::Cbor];

    /// The protocol in which a request is answered, also where it finds no route: the one that its headers name, and
    /// JSON where they name none that is served.
    pub fn of(head: &Head<'_>) -> Self {
        match head.smithy_protocol {
            Some(cbor::SMITHY_PROTOCOL) => Self::Cbor,
            _ => Self::Json,
        }
    }

    /// Its name in metrics and log lines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Cbor => "cbor",
        }
    }

    /// The content type of its answers, which is also what its requests must say.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => json::CONTENT_TYPE,
            Self::Cbor => cbor::CONTENT_TYPE,
        }
    }

    /// The headers of every answer, errors too, in lower case. A client of CBOR takes an answer without its
    /// `smithy-protocol` as malformed.
    pub fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Json => &[("content-type", json::CONTENT_TYPE)],
            Self::Cbor => &[("content-type", cbor::CONTENT_TYPE), ("smithy-protocol", cbor::SMITHY_PROTOCOL)],
        }
    }

    /// Reads a request's body. An empty one counts as a structure without members.
    pub fn decode(self, operation: Operation, body: &[u8]) -> Result<Request, WireError> {
        match self {
            Self::Json => json::decode(operation, body),
            Self::Cbor => cbor::decode(operation, body),
        }
    }

    /// Reads an answer's body, as a client does: the model's bounds are not its to check.
    pub fn decode_response(self, operation: Operation, body: &[u8]) -> Result<Response, WireError> {
        match self {
            Self::Json => json::decode_response(operation, body),
            Self::Cbor => cbor::decode_response(operation, body),
        }
    }

    /// Writes an answer's body.
    pub fn encode(self, response: &Response) -> Vec<u8> {
        match self {
            Self::Json => json::encode(response),
            Self::Cbor => cbor::encode(response),
        }
    }

    /// Writes a request's body, as a client does.
    pub fn encode_request(self, request: &Request) -> Vec<u8> {
        match self {
            Self::Json => json::encode_request(request),
            Self::Cbor => cbor::encode_request(request),
        }
    }

    /// Writes an error's body.
    pub fn error(self, error: &WireError) -> Vec<u8> {
        match self {
            Self::Json => json::error(error.name(), &error.message),
            Self::Cbor => cbor::error(error.kind, &error.message),
        }
    }
}
