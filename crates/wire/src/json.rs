//! AWS JSON 1.1.

mod node;
pub(crate) mod writer;

use crossconnect_api::codec::Writer as _;
use crossconnect_api::{Operation, Request, Response};
use serde_json::Value;

use crate::checked::{read_answer, read_request};
use crate::{ErrorKind, WireError};
use writer::JsonWriter;

/// The content type of requests and answers.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// Reads a request's body. An empty one counts as `{}`.
pub fn decode(operation: Operation, body: &[u8]) -> Result<Request, WireError> {
    read_request(&parse(body)?, |reader| Request::read(operation, reader))
}

/// Reads an answer's body, as a client does: the model's bounds are not its to check.
pub fn decode_response(operation: Operation, body: &[u8]) -> Result<Response, WireError> {
    read_answer(&parse(body)?, |reader| Response::read(operation, reader))
}

/// Writes an answer's body.
pub fn encode(response: &Response) -> Vec<u8> {
    let mut writer = JsonWriter::default();
    response.write(&mut writer);
    writer.finish()
}

/// Writes a request's body, as a client does.
pub fn encode_request(request: &Request) -> Vec<u8> {
    let mut writer = JsonWriter::default();
    request.write(&mut writer);
    writer.finish()
}

/// Writes an error's body: `{"__type":"…","message":"…"}`.
pub fn error(name: &str, message: &str) -> Vec<u8> {
    let mut writer = JsonWriter::default();
    writer.begin_structure(2);
    writer.member("__type");
    writer.string(name);
    writer.member("message");
    writer.string(message);
    writer.end_structure();
    writer.finish()
}

/// Of members that stand twice, the last counts.
fn parse(body: &[u8]) -> Result<Value, WireError> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body)
        .map_err(|error| WireError::new(ErrorKind::Serialization, format!("The body is not valid JSON: {error}.")))
}
