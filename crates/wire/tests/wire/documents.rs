//! Documents of either protocol, written from values without the crate's own writers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossconnect_api::schema::{Kind, Shape, Structure};
use crossconnect_wire::Protocol;
use minicbor::Encoder;
use minicbor::data::Tag;
use serde_json::Value;

/// The bytes of a value. Where the structure has a moment or bytes, a number or base64 becomes one in CBOR; every
/// other value is written as it is, so that wrong ones can be written too.
pub(crate) fn document(protocol: Protocol, value: &Value, structure: Option<&'static Structure>) -> Vec<u8> {
    match protocol {
        Protocol::Json => serde_json::to_vec(value).unwrap(),
        Protocol::Cbor => {
            let mut out = Encoder::new(Vec::new());
            members(&mut out, value, structure);
            out.into_writer()
        }
    }
}

fn members(out: &mut Encoder<Vec<u8>>, value: &Value, structure: Option<&'static Structure>) {
    let Value::Object(members) = value else { return item(out, value, None) };
    out.map(members.len() as u64).unwrap();
    for (name, value) in members {
        out.str(name).unwrap();
        item(out, value, structure.and_then(|structure| structure.member(name)).map(|member| member.shape));
    }
}

fn item(out: &mut Encoder<Vec<u8>>, value: &Value, shape: Option<&'static Shape>) {
    let kind = shape.map(|shape| shape.kind);
    match value {
        Value::Null => drop(out.null().unwrap()),
        Value::Bool(value) => drop(out.bool(*value).unwrap()),
        Value::Number(number) => {
            if matches!(kind, Some(Kind::Timestamp)) {
                out.tag(Tag::new(1)).unwrap();
            }
            match number.as_i64() {
                Some(whole) => drop(out.i64(whole).unwrap()),
                None => drop(out.f64(number.as_f64().unwrap()).unwrap()),
            }
        }
        Value::String(text) => match STANDARD.decode(text) {
            Ok(bytes) if matches!(kind, Some(Kind::Blob)) => drop(out.bytes(&bytes).unwrap()),
            _ => drop(out.str(text).unwrap()),
        },
        Value::Array(elements) => {
            out.array(elements.len() as u64).unwrap();
            elements.iter().for_each(|element| item(out, element, shape.and_then(Shape::element)));
        }
        Value::Object(_) => {
            let structure = match kind {
                Some(Kind::Structure(structure)) => Some(structure),
                _ => None,
            };
            members(out, value, structure);
        }
    }
}
