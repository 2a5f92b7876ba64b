//! What no client should send: the right error, and nothing changed.

use crate::support::{Answer, Request, Server};
use serde_json::json;
use std::io::Write;
use std::net::TcpStream;

const CLIENT: &str = "DirectConnectClientException";
const UNKNOWN: &str = "UnknownOperationException";

fn create() -> Request {
    Request::call("CreateConnection", &json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"}))
}

fn with_body(body: &str) -> Request {
    create().body(body.as_bytes())
}

fn with_key(authorization: &str) -> Request {
    create().with("authorization", authorization)
}

#[test]
fn every_bad_request_has_its_error_and_changes_nothing() {
    let server = Server::memory();
    server.connection("before");
    let before = server.everything();
    let long = "x".repeat(2 << 20);
    let key = |scope: &str| format!("AWS4-HMAC-SHA256 Credential=111122223333/{scope}, SignedHeaders=a, Signature=b");
    let region = "r".repeat(25);
    let cases = [
        (with_body("{\"location\":"), 400, "SerializationException", "not valid JSON"),
        (with_body("[]"), 400, "SerializationException", "list"),
        (with_body("\"EqDC2\""), 400, "SerializationException", "STRING_VALUE"),
        (
            with_body("{\"location\":5,\"bandwidth\":\"1Gbps\",\"connectionName\":\"c\"}"),
            400,
            "SerializationException",
            "location",
        ),
        (with_body("{\"location\":\"EqDC2\"}"), 400, CLIENT, "bandwidth"),
        (with_body(""), 400, CLIENT, "location"),
        (
            with_body("{\"location\":\"Nowhere\",\"bandwidth\":\"1Gbps\",\"connectionName\":\"c\"}"),
            400,
            CLIENT,
            "Nowhere",
        ),
        (with_body("{\"location\":\"EqDC2\",\"bandwidth\":\"3Gbps\",\"connectionName\":\"c\"}"), 400, CLIENT, "3Gbps"),
        (create().body(&[0xff, 0xfe]), 400, "SerializationException", "not valid JSON"),
        (with_body(&"[".repeat(100_000)), 400, "SerializationException", "not valid JSON"),
        (with_body(&long), 413, "RequestEntityTooLargeException", "1048576"),
        (create().with("x-amz-target", "OvertureService.Nonsense"), 400, UNKNOWN, "Nonsense"),
        (create().with("x-amz-target", "DynamoDB_20120810.ListTables"), 400, UNKNOWN, "ListTables"),
        (create().without("x-amz-target"), 400, UNKNOWN, "X-Amz-Target"),
        (create().with("content-type", "text/plain"), 400, UNKNOWN, "text/plain"),
        (create().without("content-type"), 400, UNKNOWN, "application/x-amz-json-1.1"),
        (Request { method: "GET", ..create() }, 404, UNKNOWN, "GET"),
        (Request { method: "DELETE", ..create() }, 404, UNKNOWN, "DELETE"),
        (Request { path: "/elsewhere".to_owned(), ..create() }, 404, UNKNOWN, "/elsewhere"),
        (create().without("authorization"), 400, "MissingAuthenticationTokenException", "Missing Authentication Token"),
        (with_key("AWS4-HMAC-SHA256"), 400, "IncompleteSignatureException", "Credential"),
        (with_key("Basic dXNlcjpwYXNz"), 400, "MissingAuthenticationTokenException", "Missing Authentication Token"),
        (with_key(&key("20260101/us-east-1/directconnect")), 400, "IncompleteSignatureException", "5 slash-delimited"),
        (with_key(&key("20260101//directconnect/aws4_request")), 400, "InvalidSignatureException", "region"),
        (
            with_key(&key(&format!("20260101/{region}/directconnect/aws4_request"))),
            400,
            "InvalidSignatureException",
            "region",
        ),
        (create().with("x-crossconnect-dry-run", "yes"), 400, CLIENT, "x-crossconnect-dry-run"),
    ];
    for (request, status, name, text) in cases {
        let answer = server.send(&request);
        let message = answer.error(status, name);
        assert!(message.contains(text), "{name}: {message}");
        assert!(message.len() < 400, "a text is short: {message}");
    }
    assert_eq!(server.everything(), before);
}

#[test]
fn a_body_of_a_mebibyte_is_read_and_one_byte_more_is_not() {
    let server = Server::memory();
    let padded = |length: usize| format!("{{{}}}", " ".repeat(length - 2));
    let describe = |body: &str| server.send(&Request::call("DescribeConnections", &json!({})).body(body.as_bytes()));
    assert_eq!(describe(&padded(1 << 20)).status, 200);
    describe(&padded((1 << 20) + 1)).error(413, "RequestEntityTooLargeException");
}

#[test]
fn answers_have_the_headers_that_clients_read() {
    let server = Server::memory();
    let answer = server.call("DescribeConnections", json!({}));
    assert_eq!(answer.header("content-type"), Some("application/x-amz-json-1.1"));
    assert_eq!(answer.header("x-amzn-requestid").map(str::len), Some(36));
    assert_eq!(answer.header("x-crossconnect-interrupts"), None);
    assert_eq!(answer.text(), "{\"connections\":[]}");
    let other = server.call("DescribeConnections", json!({}));
    assert_ne!(answer.header("x-amzn-requestid"), other.header("x-amzn-requestid"));
}

#[test]
fn an_access_key_of_twelve_digits_is_the_account() {
    let server = Server::memory();
    server.connection("c1");
    let describe = |key: &str, region: &str| {
        let request = Request::call("DescribeConnections", &json!({})).signed(key, region);
        server.send(&request).json()["connections"].as_array().unwrap().len()
    };
    assert_eq!(describe("111122223333", "us-east-1"), 1);
    assert_eq!(describe("111122223333", "us-west-2"), 0);
    assert_eq!(describe("444455556666", "us-east-1"), 0);
    assert_eq!(describe("AKIDEXAMPLE", "us-east-1"), 0);
}

#[test]
fn a_head_that_is_too_long_is_refused() {
    let server = Server::memory();
    let long = server.send(&create().with("x-long", &"x".repeat(100_000)));
    assert_eq!(long.status, 431);
    assert_eq!(long.header("x-amzn-requestid").map(str::len), Some(36), "{long:?}");
    let mut many = create();
    many.headers.extend((0..200).map(|number| (format!("x-{number}"), "1".to_owned())));
    assert_eq!(server.send(&many).status, 431);
    for garbage in ["GET\r\n\r\n", "POST / HTTP/1.1\r\nhost localhost\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n"] {
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.write_all(garbage.as_bytes()).unwrap();
        let refused = Answer::read(&mut stream);
        assert_eq!(refused.status, 400, "{garbage:?}");
        let id = refused.header("x-amzn-requestid").expect("an id");
        assert!(server.log_line(id).contains("BadHead"));
    }
    server.accepted("DescribeConnections", json!({}));
}
