//! Cases that the schema yields for every operation: what it allows survives a round trip, what it forbids is refused.

use crossconnect_api::schema::{Kind, Shape};
use crossconnect_api::{Operation, Request};
use crossconnect_wire::{ErrorKind, Protocol, WireError};
use serde_json::{Value, json};

use crate::documents::document;
use crate::invalid;
use crate::samples::{self, Extent, Place};

#[test]
fn every_request_survives_a_round_trip_and_is_the_same_in_both_protocols() {
    for &operation in Operation::ALL {
        for extent in [Extent::Minimal, Extent::Full] {
            let sample = operation.input().map_or(json!({}), |input| samples::structure(input, extent));
            let requests = Protocol::ALL.iter().map(|protocol| {
                let written = document(*protocol, &sample, operation.input());
                let request = protocol.decode(operation, &written).unwrap();
                assert_eq!(request.operation(), operation);
                assert_eq!(protocol.encode_request(&request), written, "{operation} in {protocol:?}");
                request
            });
            let requests: Vec<_> = requests.collect();
            assert!(requests.iter().all(|request| *request == requests[0]), "{operation}: {requests:?}");
        }
    }
}

#[test]
fn every_response_survives_a_round_trip_and_is_the_same_in_both_protocols() {
    for &operation in Operation::ALL {
        for extent in [Extent::Minimal, Extent::Full] {
            let output = operation.output().unwrap();
            let sample = samples::structure(output, extent);
            let responses = Protocol::ALL.iter().map(|protocol| {
                let written = document(*protocol, &sample, Some(output));
                let response = protocol.decode_response(operation, &written).unwrap();
                assert_eq!(response.operation(), operation);
                assert_eq!(protocol.encode(&response), written, "{operation} in {protocol:?}");
                response
            });
            let responses: Vec<_> = responses.collect();
            assert!(responses.iter().all(|response| *response == responses[0]), "{operation}: {responses:?}");
        }
    }
}

/// Calls `case` with each place of each operation's full request in each protocol, and answers how often.
fn each_place(mut case: impl FnMut(Protocol, Operation, &Value, &Place)) -> usize {
    let mut count = 0;
    for &operation in Operation::ALL {
        let Some(input) = operation.input() else { continue };
        let sample = samples::structure(input, Extent::Full);
        for place in samples::places(input) {
            for &protocol in Protocol::ALL {
                case(protocol, operation, &sample, &place);
                count += 1;
            }
        }
    }
    count
}

fn decode(protocol: Protocol, operation: Operation, value: &Value) -> Result<Request, WireError> {
    protocol.decode(operation, &document(protocol, value, operation.input()))
}

fn with(sample: &Value, place: &Place, value: Value) -> Value {
    let mut changed = sample.clone();
    *changed.pointer_mut(&place.pointer).unwrap() = value;
    changed
}

fn without(sample: &Value, place: &Place) -> Value {
    let (parent, name) = place.pointer.rsplit_once('/').unwrap();
    let mut changed = sample.clone();
    changed.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    changed
}

#[test]
fn null_counts_as_absent_and_what_is_required_must_be_there() {
    let places = each_place(|protocol, operation, sample, place| {
        let nulled = decode(protocol, operation, &with(sample, place, Value::Null));
        if place.required {
            let text = format!(
                "1 validation error detected: Value null at '{}' failed to satisfy constraint: Member must not be null",
                place.path
            );
            assert_eq!(nulled, Err(invalid(&text)), "{operation}");
        }
        if !place.path.ends_with(".member") {
            let absent = decode(protocol, operation, &without(sample, place));
            assert_eq!(nulled, absent, "{operation} {} in {protocol:?}", place.path);
        }
    });
    assert!(places > 600, "the schema has become empty: {places} places");
}

/// A value that breaks one constraint by one, with the constraint's words.
fn breaches(shape: &'static Shape, sample: &Value) -> Vec<(Value, String)> {
    let mut breaches = Vec::new();
    let size = |len: i64| usize::try_from(len).unwrap();
    let resized = |len: i64| match shape.kind {
        Kind::List(_) => Value::from(vec![sample[0].clone(); size(len)]),
        Kind::Integer => len.into(),
        _ => "é".repeat(size(len)).into(),
    };
    let measure = if matches!(shape.kind, Kind::Integer) { "value" } else { "length" };
    if let Some(min) = shape.min.filter(|min| *min > 0 || measure == "value") {
        breaches.push((resized(min - 1), format!("Member must have {measure} greater than or equal to {min}")));
    }
    if let Some(max) = shape.max {
        breaches.push((resized(max + 1), format!("Member must have {measure} less than or equal to {max}")));
    }
    if let Some(pattern) = shape.pattern {
        breaches.push(("*".into(), format!("Member must satisfy regular expression pattern: {pattern}")));
    }
    if let Kind::Enum(values) = shape.kind {
        breaches.push(("nosuch".into(), format!("Member must satisfy enum value set: [{}]", values.join(", "))));
    }
    breaches
}

#[test]
fn each_constraint_is_refused_when_missed_by_one() {
    let mut seen = 0;
    each_place(|protocol, operation, sample, place| {
        for (value, words) in breaches(place.shape, sample.pointer(&place.pointer).unwrap()) {
            seen += 1;
            let error = decode(protocol, operation, &with(sample, place, value)).unwrap_err();
            assert_eq!(error.name(), "DirectConnectClientException");
            let expected = format!("at '{}' failed to satisfy constraint: {words}", place.path);
            assert!(error.message.contains(&expected), "{operation}: {} lacks {expected}", error.message);
        }
    });
    assert!(seen > 160, "the schema has lost its constraints: {seen} breaches");
}

#[test]
fn each_place_refuses_values_of_other_types() {
    each_place(|protocol, operation, sample, place| {
        for wrong in [json!(true), json!(1.5), json!("?"), json!([]), json!({})] {
            let fits = match place.shape.kind {
                Kind::String | Kind::Enum(_) => wrong.is_string(),
                Kind::Boolean => wrong.is_boolean(),
                Kind::Timestamp => wrong.is_number(),
                Kind::Integer | Kind::Long | Kind::Blob => false,
                Kind::List(_) => wrong.is_array(),
                Kind::Structure(_) => wrong.is_object(),
            };
            if !fits {
                let error = decode(protocol, operation, &with(sample, place, wrong)).unwrap_err();
                assert_eq!(error.kind, ErrorKind::Serialization);
                let named = format!("Member '{}' is ", place.path);
                assert!(error.message.contains(&named), "{operation}: {} lacks {named}", error.message);
            }
        }
    });
}

#[test]
fn operations_without_input_take_an_empty_structure() {
    let unknown = json!({"unknown": [1, {"a": null}]});
    let mut seen = 0;
    for &operation in Operation::ALL.iter().filter(|operation| operation.input().is_none()) {
        for (protocol, empty) in
            [(Protocol::Json, &b"{}"[..]), (Protocol::Cbor, b"\xa0"), (Protocol::Cbor, b"\xbf\xff")]
        {
            for body in [b"", empty, &document(protocol, &unknown, None)] {
                let request = protocol.decode(operation, body).unwrap();
                assert_eq!(protocol.encode_request(&request), document(protocol, &json!({}), None));
            }
            let list = protocol.decode(operation, &document(protocol, &json!([]), None));
            assert_eq!(list.unwrap_err().kind, ErrorKind::Serialization);
            seen += 1;
        }
    }
    assert_eq!(seen, 9, "three operations have no input");
}
