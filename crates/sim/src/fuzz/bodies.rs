//! Bodies of requests: the name of the operation, the end of a line, the body.

use super::{Target, document, samples};
use crate::Random;
use crossconnect_api::{Exception, Operation};
use crossconnect_wire::{ErrorKind, Protocol, WireError};
use serde_json::Value;

/// What is read is at most this many times as long when it is written again: a control character is six in JSON.
const GROWTH_MAX: usize = 6;
/// And this much, for what an empty body becomes.
const SLACK: usize = 64;
/// The longest text of a refusal, in bytes.
const MESSAGE_MAX: usize = 4000;

const JSON_WORDS: &[&[u8]] = &[
    b"null",
    b"true",
    b"{}",
    b"[]",
    b"[[",
    b"{\"a\":",
    b"\"\"",
    b"\\u0000",
    b"\\ud800",
    b"\\udc00\\ud800",
    b"1e308",
    b"1E-400",
    b"-",
    b"NaN",
    b"0.5",
    b"\"connectionId\":",
    b"\"tags\":[{",
    b"\"nextToken\":\"",
    b",\"vlan\":",
    b"\xef\xbb\xbf",
];
const CBOR_WORDS: &[&[u8]] = &[
    b"\xf6",
    b"\xf5",
    b"\xa0",
    b"\xbf",
    b"\x9f",
    b"\xff",
    b"\x80",
    b"\x60",
    b"\x7f",
    b"\x5f",
    b"\xc1",
    b"\xd8\x20",
    b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xbb\x7f\xff\xff\xff\xff\xff\xff\xff",
    b"\x7b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\x5a\xff\xff\xff\xff",
    b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\x3b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xf9\x7e\x00",
    b"\xfb\x7f\xf0\x00\x00\x00\x00\x00\x00",
    b"\x6cconnectionId",
    b"\x64tags",
    b"\x64vlan",
];

/// Bodies of one protocol.
pub(super) struct Bodies(Protocol);

pub(super) fn json() -> Bodies {
    Bodies(Protocol::Json)
}

pub(super) fn cbor() -> Bodies {
    Bodies(Protocol::Cbor)
}

impl Target for Bodies {
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize {
        let operation = samples::operation(random);
        out.extend_from_slice(operation.name().as_bytes());
        out.push(b'\n');
        let fixed = out.len();
        let input = samples::input(random, operation);
        match self.0 {
            Protocol::Json => document::json(random, &input, out),
            Protocol::Cbor => document::cbor(random, &input, operation.input(), out),
        }
        fixed
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        match self.0 {
            Protocol::Json => JSON_WORDS,
            Protocol::Cbor => CBOR_WORDS,
        }
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        let Some((operation, body)) = parts(input) else { return Ok(false) };
        let request = match self.0.decode(operation, body) {
            Ok(request) => request,
            Err(error) => return told(&error).map(|()| false),
        };
        for &protocol in Protocol::ALL {
            let written = protocol.encode_request(&request);
            if written.len() > GROWTH_MAX * body.len() + SLACK {
                return Err(format!("{} bytes became {}", body.len(), written.len()));
            }
            if protocol.decode(operation, &written).as_ref() != Ok(&request) {
                return Err(format!("{protocol:?} does not read what it wrote"));
            }
        }
        Ok(true)
    }
}

/// JSON that is also written as CBOR: both must be read alike.
pub(super) struct Protocols;

impl Target for Protocols {
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize {
        json().sample(random, out)
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        JSON_WORDS
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        let Some((operation, body)) = parts(input) else { return Ok(false) };
        let Ok(value) = serde_json::from_slice::<Value>(body) else { return Ok(false) };
        let mut random = Random::new(input.iter().fold(1, |sum: u64, byte| sum.wrapping_mul(31) + u64::from(*byte)));
        let mut written = Vec::new();
        document::cbor(&mut random, &value, operation.input(), &mut written);
        match (Protocol::Json.decode(operation, body), Protocol::Cbor.decode(operation, &written)) {
            (Ok(one), Ok(other)) if one == other => Ok(true),
            (Err(one), Err(other)) if one.kind == other.kind => {
                let is_structure = value.is_object();
                if one.message == other.message || !is_structure { Ok(false) } else { Err(format!("{one} | {other}")) }
            }
            (one, other) => Err(format!("JSON gives {one:?}, CBOR {other:?}: {written:x?}")),
        }
    }
}

fn parts(input: &[u8]) -> Option<(Operation, &[u8])> {
    let end = input.iter().position(|byte| *byte == b'\n')?;
    let operation = Operation::from_name(str::from_utf8(&input[..end]).ok()?)?;
    Some((operation, &input[end + 1..]))
}

/// A refusal is one that a decoder may answer, and its text can be shown to anyone.
fn told(error: &WireError) -> Result<(), String> {
    let is_ours = matches!(error.kind, ErrorKind::Serialization | ErrorKind::Exception(Exception::DirectConnectClient));
    if !is_ours || error.message.len() > MESSAGE_MAX || error.message.contains(char::is_control) {
        return Err(format!("refused with {error:?}"));
    }
    Ok(())
}
