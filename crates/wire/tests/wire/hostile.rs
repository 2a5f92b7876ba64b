//! Bodies from someone who means harm: each is refused or read, none panics, and no answer grows with its body.

use crossconnect_api::{Operation, Response};
use crossconnect_wire::{ErrorKind, json};

#[test]
fn what_is_no_document_is_refused() {
    let deep_list = "[".repeat(100_000);
    let deep_structure = r#"{"a":"#.repeat(100_000);
    for body in [
        "null".as_bytes(),
        b"[]",
        b"\"text\"",
        b"1",
        b"true",
        b" ",
        b"{",
        b"{}}",
        b"{} x",
        b"{\"a\":1,}",
        b"{'a':1}",
        b"{\"a\":NaN}",
        b"{\"a\":Infinity}",
        b"{\"a\":1e400}",
        b"{\"a\":01}",
        b"{\"connectionId\":\"\\ud800\"}",
        b"{\"connectionId\":\"\\udc00\\ud800\"}",
        b"{\"connectionId\":\"\x01\"}",
        b"{\"connectionId\":\"\xff\"}",
        b"\xef\xbb\xbf{}",
        b"\0",
        deep_list.as_bytes(),
        deep_structure.as_bytes(),
    ] {
        let error = json::decode(Operation::DescribeConnections, body).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Serialization, "{error}");
        assert!(error.message.len() < 300, "{error}");
    }
}

#[test]
fn odd_values_are_told_in_short() {
    let long = format!("\"{}\"", "\\u0000".repeat(100_000));
    let list = format!("[{}1]", "1,".repeat(100_000));
    let digits = "9".repeat(300);
    for value in [
        long.as_str(),
        &list,
        &digits,
        "1e308",
        "-1e308",
        "9223372036854775808",
        "18446744073709551616",
        "-9223372036854775809",
        "1e-300",
        "\"\\u202e\\ud83d\\ude00'\"",
    ] {
        for member in ["maxResults", "nextToken", "connectionId"] {
            let body = format!(r#"{{"{member}":{value}}}"#);
            if let Err(error) = json::decode(Operation::DescribeConnections, body.as_bytes()) {
                assert!(error.message.len() < 400, "{}", error.message.len());
                assert!(!error.message.contains(char::is_control), "{error}");
            }
        }
    }
}

#[test]
fn text_of_a_mebibyte_is_read_and_written_unchanged() {
    let name = "\u{0}\u{7f}\"\\é😀".repeat(1 << 17);
    let body = serde_json::to_vec(&serde_json::json!({ "connectionName": name })).unwrap();
    let response = json::decode_response(Operation::CreateConnection, &body).unwrap();
    let Response::CreateConnection(connection) = &response else { panic!("another operation") };
    assert_eq!(connection.connection_name.as_ref(), Some(&name));
    assert_eq!(json::decode_response(Operation::CreateConnection, &json::encode(&response)), Ok(response));
}

/// Every body that is one byte away from a sound one, for each byte that JSON gives a meaning.
#[test]
fn no_single_byte_makes_it_panic() {
    let sound = br#"{"resourceArn":"a","tags":[{"key":"k\u00e9","value":null},{"key":"x"}],"n":-1.5e3}"#;
    let mut refused = 0;
    for index in 0..sound.len() {
        for byte in b"\0\"\\{}[],:019-+.etfnu \x7f\x80\xc3\xed\xff".iter().copied() {
            let mut body = sound.to_vec();
            body[index] = byte;
            refused += usize::from(json::decode(Operation::TagResource, &body).is_err());
        }
    }
    assert!(refused > 500, "only {refused} bodies were refused");
}
