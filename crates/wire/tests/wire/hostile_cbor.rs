//! CBOR from someone who means harm: each body is refused or read, none panics, and none makes room for what it only declares.

use crossconnect_api::Operation;
use crossconnect_wire::{ErrorKind, Protocol, cbor};

use crate::documents::document;
use crate::samples::{self, Extent};

#[test]
fn what_is_no_document_is_refused_with_what_is_wrong_and_where() {
    let nested = |open: &[u8], count: usize| [&b"\xa1\x61x"[..], &open.repeat(count)].concat();
    let bomb = "more bytes than one value";
    for (what, body, text) in [
        ("an end", b"\xff".to_vec(), "a byte that begins no value"),
        ("a second value", b"\xa0\xa0".to_vec(), bomb),
        ("one byte too many", b"\xbf\xff\x00".to_vec(), bomb),
        ("a map of more than is there", b"\xa1".to_vec(), "end of input"),
        ("a map of 2^64 members", b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(), "end of input"),
        ("a list of 2^64 elements", b"\xa1\x64tags\x9b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(), "end of input"),
        ("a list of 2^32 elements, some there", b"\xa1\x64tags\x9a\xff\xff\xff\xff\xa0\xa0".to_vec(), "end of input"),
        ("text of 2^63 bytes", b"\xa1\x64name\x7b\x7f\xff\xff\xff\xff\xff\xff\xff".to_vec(), "end of input"),
        ("text of 2^64 bytes", b"\xa1\x64name\x7b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(), "end of input"),
        ("bytes of 2^64 bytes", b"\xa1\x64name\x5b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(), "end of input"),
        ("a key of 2^64 bytes", b"\xa1\x7b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(), "end of input"),
        ("a chunk of 2^64 bytes", b"\xa1\x61x\x7f\x7b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(), "end of input"),
        ("lists too deep", nested(b"\x81", 100_000), "nested too deeply"),
        ("lists without length too deep", nested(b"\x9f", 100_000), "nested too deeply"),
        ("maps too deep", nested(b"\xa1\x61x", 100_000), "nested too deeply"),
        ("maps without length too deep", nested(b"\xbf\x61x", 100_000), "nested too deeply"),
        ("tags too deep", nested(b"\xc1", 100_000), "nested too deeply"),
        ("a key that is a number", b"\xa1\x01\x02".to_vec(), "a key that is not text"),
        ("a key that is bytes", b"\xa1\x41x\x02".to_vec(), "a key that is not text"),
        ("a key that is nothing", b"\xa1\xf6\x02".to_vec(), "a key that is not text"),
        ("a key that is a map", b"\xa1\xa0\x02".to_vec(), "a key that is not text"),
        ("a key under a tag", b"\xa1\xc1\x61x\x02".to_vec(), "a key that is not text"),
        ("a key in a map within", b"\xa1\x61x\x81\xa1\x01\x02".to_vec(), "a key that is not text"),
        ("a key without its value", b"\xbf\x61x\xff".to_vec(), "a byte that begins no value"),
        ("an end in a list with a length", b"\xa1\x61x\x82\x01\xff".to_vec(), "a byte that begins no value"),
        ("an end under a tag", b"\xa1\x61x\x9f\xc1\xff".to_vec(), "a byte that begins no value"),
        ("text that is not UTF-8", b"\xa1\x61x\x61\xff".to_vec(), "utf-8"),
        ("a key that is not UTF-8", b"\xa1\x62\xc3\x28\x01".to_vec(), "utf-8"),
        ("a surrogate", b"\xa1\x61x\x63\xed\xa0\x80".to_vec(), "utf-8"),
        ("a character cut by two chunks", b"\xa1\x61x\x7f\x61\xc3\x61\xa9\xff".to_vec(), "utf-8"),
        ("a chunk of bytes in text", b"\xa1\x61x\x7f\x41a\xff".to_vec(), "expected text"),
        ("a chunk of text in bytes", b"\xa1\x61x\x5f\x61a\xff".to_vec(), "expected bytes"),
        ("chunks in chunks", b"\xa1\x61x\x7f\x7f\x61a\xff\xff".to_vec(), "expected text"),
        ("a number without a length", b"\xa1\x61x\x1f".to_vec(), "a byte that begins no value"),
        ("a tag without a length", b"\xa1\x61x\xdf\x00".to_vec(), "a byte that begins no value"),
        ("a reserved length", b"\xa1\x61x\x1c".to_vec(), "a byte that begins no value"),
        ("a reserved length of text", b"\xa1\x61x\x7c".to_vec(), "a byte that begins no value"),
        ("an unassigned simple value", b"\xa1\x61x\xe0".to_vec(), "a byte that begins no value"),
        ("a simple value in two bytes", b"\xa1\x61x\xf8\xff".to_vec(), "a byte that begins no value"),
        ("true in two bytes", b"\xa1\x61x\xf8\x15".to_vec(), "a byte that begins no value"),
    ] {
        let error = cbor::decode(Operation::TagResource, &body).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Serialization, "{what}: {error}");
        assert!(error.message.starts_with("The body is not valid CBOR: "), "{what}: {error}");
        assert!(error.message.contains(text), "{what}: {error}");
        assert!(error.message.len() < 200, "{what}: {error}");
    }
}

#[test]
fn a_document_of_another_kind_is_no_structure() {
    for body in
        [&b"\x80"[..], b"\x9f\xff", b"\x00", b"\x60", b"\x40", b"\xf6", b"\xf7", b"\xf4", b"\xf9\x00\x00", b"\xc1\x00"]
    {
        let error = cbor::decode(Operation::DescribeLags, body).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Serialization);
        assert!(error.message.ends_with("expected a structure."), "{error}");
    }
    // CBOR's mark of itself is a tag, and the tag is not part of the protocol.
    assert!(cbor::decode(Operation::DescribeLags, b"\xd9\xd9\xf7\xa0").is_err());
}

#[test]
fn values_of_wrong_types_are_told_as_in_json() {
    let number = "a whole number from -2147483648 to 2147483647.";
    for (item, text) in [
        (
            &b"\x41x"[..],
            format!("BINARY_VALUE can not be converted to an Integer. Member 'maxResults' is bytes, expected {number}"),
        ),
        (
            b"\xc1\x01",
            format!(
                "TAGGED_VALUE can not be converted to an Integer. Member 'maxResults' is a tagged value, expected {number}"
            ),
        ),
        (
            b"\x61x",
            format!("STRING_VALUE can not be converted to an Integer. Member 'maxResults' is 'x', expected {number}"),
        ),
        (
            b"\xf9\x3e\x00",
            format!("NUMBER_VALUE can not be converted to an Integer. Member 'maxResults' is '1.5', expected {number}"),
        ),
        (
            b"\xf9\x7c\x00",
            format!("NUMBER_VALUE can not be converted to an Integer. Member 'maxResults' is 'inf', expected {number}"),
        ),
        (
            b"\xf9\x7e\x00",
            format!("NUMBER_VALUE can not be converted to an Integer. Member 'maxResults' is 'NaN', expected {number}"),
        ),
        (
            b"\xfb\x7f\xef\xff\xff\xff\xff\xff\xff",
            format!(
                "NUMBER_VALUE can not be converted to an Integer. Member 'maxResults' is '1.7976931348623157e308', expected {number}"
            ),
        ),
        (
            b"\x1a\x80\x00\x00\x00",
            format!(
                "NUMBER_VALUE can not be converted to an Integer. Member 'maxResults' is '2147483648', expected {number}"
            ),
        ),
        (
            b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
            format!(
                "NUMBER_VALUE can not be converted to an Integer. Member 'maxResults' is '18446744073709551615', expected {number}"
            ),
        ),
        (
            b"\x3b\xff\xff\xff\xff\xff\xff\xff\xff",
            format!(
                "NUMBER_VALUE can not be converted to an Integer. Member 'maxResults' is '-18446744073709551616', expected {number}"
            ),
        ),
    ] {
        let body = [b"\xa1\x6amaxResults", item].concat();
        let error = cbor::decode(Operation::DescribeConnections, &body).unwrap_err();
        assert_eq!((error.kind, error.message), (ErrorKind::Serialization, text));
    }
    let secret = cbor::decode(Operation::AssociateMacSecKey, b"\xa1\x63cak\x1a\x07\x5b\xcd\x15").unwrap_err();
    assert!(!secret.message.contains("123456789"), "{secret}");
}

/// Neither protocol's library decides how a number is written in the text of a refusal.
#[test]
fn numbers_are_told_alike_in_both_protocols() {
    for (number, digits) in [
        (1.5, "1.5"),
        (1e300, "1e300"),
        (-1e300, "-1e300"),
        (1e-300, "1e-300"),
        (123_456_789_012.5, "123456789012.5"),
        (2_147_483_648.0, "2147483648.0"),
    ] {
        let json = format!("{{\"maxResults\":{number:?}}}");
        let cbor = [b"\xa1\x6amaxResults\xfb".as_slice(), &f64::to_be_bytes(number)].concat();
        for (protocol, body) in [(Protocol::Json, json.as_bytes()), (Protocol::Cbor, &cbor)] {
            let error = protocol.decode(Operation::DescribeConnections, body).unwrap_err();
            assert!(error.message.contains(&format!("is '{digits}', expected")), "{}: {error}", protocol.name());
        }
    }
}

/// As deep as the reader of JSON allows, and one deeper.
#[test]
fn both_protocols_nest_as_deeply() {
    for (depth, allowed) in [(126, true), (127, false)] {
        let json = format!(r#"{{"x":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
        let cbor = [&b"\xa1\x61x"[..], &b"\x81".repeat(depth - 1), b"\x80"].concat();
        let bodies = [(Protocol::Json, json.as_bytes()), (Protocol::Cbor, &cbor)];
        for (protocol, body) in bodies {
            let outcome = protocol.decode(Operation::DescribeLags, body);
            assert_eq!(outcome.is_ok(), allowed, "{depth} in {protocol:?}: {outcome:?}");
        }
    }
}

#[test]
fn a_document_that_ends_early_is_refused_wherever_it_ends() {
    let mut cut = 0;
    for &operation in Operation::ALL {
        let Some(input) = operation.input() else { continue };
        let body = document(Protocol::Cbor, &samples::structure(input, Extent::Full), Some(input));
        // No byte at all is the empty document.
        for end in 1..body.len() {
            let error = cbor::decode(operation, &body[..end]).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Serialization, "{operation} {end}: {error}");
            cut += 1;
        }
    }
    assert!(cut > 5000, "the schema has become empty: {cut} cuts");
}

/// The least elements in the most bytes: time and room grow with the body, not with its square.
#[test]
fn many_small_values_are_read_in_one_pass() {
    const COUNT: usize = 1 << 20;
    let empty_tags = [&b"\xa2\x6bresourceArn\x61a\x64tags\x9f"[..], &b"\xa0".repeat(COUNT), b"\xff"].concat();
    let error = cbor::decode(Operation::TagResource, &empty_tags).unwrap_err();
    assert!(error.message.starts_with(&format!("{COUNT} validation errors detected: ")), "{error}");
    let nulls = [&b"\xa2\x6bresourceArn\x61a\x64tags\x9a\x00\x10\x00\x00"[..], &b"\xf6".repeat(COUNT)].concat();
    let error = cbor::decode(Operation::TagResource, &nulls).unwrap_err();
    assert!(error.message.starts_with(&format!("{COUNT} validation errors detected: ")), "{error}");
    let members = [&b"\xbf"[..], &b"\x61x\x00".repeat(COUNT), b"\xff"].concat();
    assert!(cbor::decode(Operation::DescribeLags, &members).is_ok());
    let chunks = [&b"\xa1\x6cconnectionId\x7f"[..], &b"\x60\x61x".repeat(COUNT), b"\xff"].concat();
    assert!(cbor::decode(Operation::DescribeConnections, &chunks).is_ok());
}
