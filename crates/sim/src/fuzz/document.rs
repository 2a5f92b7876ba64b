//! Documents of both protocols from one value, without the writers that are tried; in all the forms that a protocol
//! leaves to its clients.

use crate::Random;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossconnect_api::schema::{Kind, Shape, Structure};
use serde_json::Value;

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const LIST: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;
const BREAK: u8 = 0xff;

/// A value as CBOR.
pub(super) fn cbor(random: &mut Random, value: &Value, structure: Option<&'static Structure>, out: &mut Vec<u8>) {
    match value {
        Value::Object(_) => members(random, value, structure, out),
        _ => item(random, value, None, out),
    }
}

/// A value as JSON, with spaces and escapes that mean nothing.
pub(super) fn json(random: &mut Random, value: &Value, out: &mut Vec<u8>) {
    let text = serde_json::to_string(value).expect("a value can be written");
    if !random.one_in(8) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    for byte in text.bytes() {
        match byte {
            b',' | b'}' | b']' if random.one_in(4) => out.extend_from_slice(&[b' ', byte]),
            _ => out.push(byte),
        }
    }
}

fn members(random: &mut Random, value: &Value, structure: Option<&'static Structure>, out: &mut Vec<u8>) {
    let Value::Object(members) = value else { return };
    let is_open = opened(random, MAP, members.len(), out);
    for (name, value) in members {
        text(random, name, out);
        item(random, value, structure.and_then(|structure| structure.member(name)).map(|member| member.shape), out);
    }
    if is_open {
        out.push(BREAK);
    }
}

fn item(random: &mut Random, value: &Value, shape: Option<&'static Shape>, out: &mut Vec<u8>) {
    let kind = shape.map(|shape| shape.kind);
    match value {
        Value::Null => out.push(0xf6),
        Value::Bool(value) => out.push(0xf4 + u8::from(*value)),
        Value::Number(number) => {
            if matches!(kind, Some(Kind::Timestamp)) {
                head(random, TAG, 1, out);
            }
            match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), _, _) => head(random, UNSIGNED, number, out),
                // CBOR holds -1 - n.
                (None, Some(number), _) => head(random, NEGATIVE, number.unsigned_abs() - 1, out),
                (None, None, number) => float(random, number.unwrap_or_default(), out),
            }
        }
        Value::String(value) => match STANDARD.decode(value) {
            Ok(bytes) if matches!(kind, Some(Kind::Blob)) => {
                head(random, BYTES, bytes.len() as u64, out);
                out.extend(bytes);
            }
            _ => text(random, value, out),
        },
        Value::Array(elements) => {
            let is_open = opened(random, LIST, elements.len(), out);
            elements.iter().for_each(|element| item(random, element, shape.and_then(Shape::element), out));
            if is_open {
                out.push(BREAK);
            }
        }
        Value::Object(_) => {
            let structure = match kind {
                Some(Kind::Structure(structure)) => Some(structure),
                _ => None,
            };
            members(random, value, structure, out);
        }
    }
}

/// Begins a list or a map: with its length, or open.
fn opened(random: &mut Random, major: u8, length: usize, out: &mut Vec<u8>) -> bool {
    let is_open = random.one_in(6);
    if is_open {
        out.push(major << 5 | 31);
    } else {
        head(random, major, length as u64, out);
    }
    is_open
}

/// Text whole, or in chunks.
fn text(random: &mut Random, value: &str, out: &mut Vec<u8>) {
    if !random.one_in(12) {
        head(random, TEXT, value.len() as u64, out);
        out.extend_from_slice(value.as_bytes());
        return;
    }
    out.push(TEXT << 5 | 31);
    for character in value.chars() {
        let mut buffer = [0; 4];
        let chunk = character.encode_utf8(&mut buffer);
        head(random, TEXT, chunk.len() as u64, out);
        out.extend_from_slice(chunk.as_bytes());
    }
    out.push(BREAK);
}

/// A float in the shortest form that holds it, or in a longer one.
fn float(random: &mut Random, number: f64, out: &mut Vec<u8>) {
    let short = number as f32;
    if f64::from(short).to_bits() == number.to_bits() && random.one_in(2) {
        out.push(SIMPLE << 5 | 26);
        out.extend_from_slice(&short.to_be_bytes());
    } else {
        out.push(SIMPLE << 5 | 27);
        out.extend_from_slice(&number.to_be_bytes());
    }
}

/// A kind and a number, in the shortest form or in a longer one.
fn head(random: &mut Random, major: u8, number: u64, out: &mut Vec<u8>) {
    let shortest = match number {
        0..24 => 0,
        24..0x100 => 1,
        0x100..0x1_0000 => 2,
        0x1_0000..0x1_0000_0000 => 3,
        _ => 4,
    };
    let form = if random.one_in(16) { shortest.max(random.below(5)) } else { shortest };
    let bytes = number.to_be_bytes();
    if form == 0 {
        out.push(major << 5 | bytes[7]);
    } else {
        out.push(major << 5 | (23 + form as u8));
        out.extend_from_slice(&bytes[8 - (1 << (form - 1))..]);
    }
}
