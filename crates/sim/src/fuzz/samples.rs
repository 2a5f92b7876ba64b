//! Requests that the schema allows, and now and then one that it does not.

use crate::Random;
use crossconnect_api::Operation;
use crossconnect_api::schema::{Kind, Shape, Structure};
use serde_json::{Map, Value};

/// Texts such as members have.
const TEXTS: [&str; 26] = [
    "EqDC2",
    "10Gbps",
    "500Mbps",
    "dxcon-ffabc123",
    "dxlag-ffabc123",
    "dxvif-ffabc123",
    "dxpeer-ffabc123",
    "111122223333",
    "us-east-1",
    "arn:aws:directconnect:us-east-1:111122223333:dxcon/dxcon-ffabc123",
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:directconnect!prod/us-east-1/abc",
    "10.0.0.0/16",
    "169.254.0.1/30",
    "2001:db8::1/125",
    "01234567-89ab-4cde-8f01-23456789abcd",
    "vgw-0123456789abcdef0",
    "must_encrypt",
    "ipv6",
    "PayAsYouGo",
    "a name",
    "é中😀",
    "\u{0}\"\\\u{7f}",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "team",
    "1.5",
    "",
];

const NUMBERS: [i64; 12] = [0, 1, 2, 101, 1500, 8500, 64_512, 65_001, 4_200_000_000, -1, i32::MAX as i64, i64::MAX];

/// A value of an operation's input; an empty one where it has none.
pub(super) fn input(random: &mut Random, operation: Operation) -> Value {
    operation.input().map_or_else(|| Value::Object(Map::new()), |input| structure(random, input))
}

/// Any operation.
pub(super) fn operation(random: &mut Random) -> Operation {
    Operation::ALL[random.below(Operation::ALL.len())]
}

fn structure(random: &mut Random, structure: &Structure) -> Value {
    let mut members = Map::new();
    for member in structure.members {
        if member.required && !random.one_in(60) || random.one_in(2) {
            members.insert(member.name.to_owned(), value(random, member.shape));
        }
    }
    if random.one_in(16) {
        members.insert("other".to_owned(), Value::Array(vec![Value::Null, Value::Object(Map::new())]));
    }
    Value::Object(members)
}

fn value(random: &mut Random, shape: &Shape) -> Value {
    if random.one_in(80) {
        return odd(random);
    }
    match shape.kind {
        Kind::String => Value::String(text(random, shape)),
        Kind::Enum(values) => values[random.below(values.len())].into(),
        Kind::Integer | Kind::Long => NUMBERS[random.below(NUMBERS.len())].into(),
        Kind::Boolean => random.one_in(2).into(),
        Kind::Timestamp => 1_767_225_600.25.into(),
        Kind::Blob => "AP+AJVBERg==".into(),
        Kind::List(element) => {
            let length = random.below(4);
            (0..length).map(|_| value(random, element)).collect()
        }
        Kind::Structure(inner) => structure(random, inner),
    }
}

/// A value of no kind in particular.
fn odd(random: &mut Random) -> Value {
    match random.below(7) {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => 5.0.into(),
        3 => 0.5.into(),
        4 => Value::Array(Vec::new()),
        5 => Value::Object(Map::new()),
        _ => "text".into(),
    }
}

/// Shapes with a pattern get what fits it, so that most requests are accepted.
fn text(random: &mut Random, shape: &Shape) -> String {
    let known = match shape.name {
        "ResiliencyGroupId" => "dxrg-0123456789abcdefg",
        "ResiliencyGroupArn" => "arn:aws:directconnect::123456789012:dx-resiliency-group/dxrg-0123456789abcdefg",
        "CoreNetworkIdentifier" => "core-network-0123456789abcdef0",
        "CoreNetworkAttachmentId" => "attachment-0123456789abcdef0",
        _ if shape.pattern.is_some() => "e",
        _ => TEXTS[random.below(TEXTS.len())],
    };
    let mut text = known.to_owned();
    let least = shape.min.and_then(|min| usize::try_from(min).ok()).unwrap_or_default();
    while text.chars().count() < least {
        text.push('a');
    }
    text
}
