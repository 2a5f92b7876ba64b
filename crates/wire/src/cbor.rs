//! Smithy RPC v2 CBOR.

mod node;
mod tokens;
mod writer;

use crossconnect_api::codec::Writer as _;
use crossconnect_api::{Operation, Request, Response};

use crate::checked::{read_answer, read_request};
use crate::{ErrorKind, WireError};
use node::Item;
use writer::CborWriter;

/// The content type of requests and answers.
pub const CONTENT_TYPE: &str = "application/cbor";

/// The protocol's name, which the header `smithy-protocol` carries both ways.
pub const SMITHY_PROTOCOL: &str = "rpc-v2-cbor";

/// Where the service's shapes live.
pub(crate) const NAMESPACE: &str = "com.amazonaws.directconnect";

/// Where AWS's services keep the errors that they have in common.
const GENERIC_NAMESPACE: &str = "com.amazon.coral.service";

/// Reads a request's body. An empty one counts as an empty map.
pub fn decode(operation: Operation, body: &[u8]) -> Result<Request, WireError> {
    read_request(parse(body)?, |reader| Request::read(operation, reader))
}

/// Reads an answer's body, as a client does: the model's bounds are not its to check.
pub fn decode_response(operation: Operation, body: &[u8]) -> Result<Response, WireError> {
    read_answer(parse(body)?, |reader| Response::read(operation, reader))
}

/// Writes an answer's body.
pub fn encode(response: &Response) -> Vec<u8> {
    let mut writer = CborWriter::default();
    response.write(&mut writer);
    writer.finish()
}

/// Writes a request's body, as a client does. Clients send none at all for an operation without input.
pub fn encode_request(request: &Request) -> Vec<u8> {
    let mut writer = CborWriter::default();
    request.write(&mut writer);
    writer.finish()
}

/// Writes an error's body: `{"__type":"…","message":"…"}`, where the type is an absolute shape id, as Smithy demands.
/// Clients compare what stands behind its `#`.
pub fn error(kind: ErrorKind, message: &str) -> Vec<u8> {
    let namespace = match kind {
        ErrorKind::Exception(_) => NAMESPACE,
        _ => GENERIC_NAMESPACE,
    };
    let mut writer = CborWriter::default();
    writer.begin_structure(2);
    writer.member("__type");
    writer.string(&format!("{namespace}#{}", kind.name()));
    writer.member("message");
    writer.string(message);
    writer.end_structure();
    writer.finish()
}

fn parse(body: &[u8]) -> Result<Item<'_>, WireError> {
    const EMPTY_MAP: &[u8] = b"\xa0";
    let body = if body.is_empty() { EMPTY_MAP } else { body };
    Item::document(body)
        .map_err(|error| WireError::new(ErrorKind::Serialization, format!("The body is not valid CBOR: {error}.")))
}
