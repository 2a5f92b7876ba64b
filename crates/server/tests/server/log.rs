//! One line a request, and nothing in it that is not for eyes.

use crate::support::{Request, Server};
use serde_json::{Value, json};

#[test]
fn a_request_has_one_line_with_its_facts() {
    let server = Server::start(&["--store", "memory:", "--log-format", "json"]);
    let next = || -> Value { serde_json::from_str(&server.log_line("\"request\"")).unwrap() };
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "not-for-eyes"});
    let answer = server.send(&Request::call("CreateConnection", &input));
    let line = next();
    assert_eq!(line["id"], answer.header("x-amzn-requestid").unwrap());
    assert_eq!(line["account"], "111122223333");
    assert_eq!(line["region"], "us-east-1");
    assert_eq!(line["operation"], "CreateConnection");
    assert_eq!((&line["outcome"], &line["status"]), (&json!("ok"), &json!(200)));
    assert!(line["micros"].as_u64().is_some_and(|micros| micros > 0));
    assert!(!line.to_string().contains("not-for-eyes"));
    assert!(!line.to_string().contains("Signature"));
    server.send(&Request::call("DeleteConnection", &json!({"connectionId": "dxcon-fzzzzzzz"})));
    assert_eq!(next()["outcome"], "DirectConnectClientException");
    server.send(&Request::new("POST", "/").body(b"not-for-eyes"));
    let line = next();
    assert_eq!((&line["operation"], &line["outcome"]), (&json!("-"), &json!("UnknownOperationException")));
    server.send(&Request::control("GET", "/_crossconnect/nothing", ""));
    let line = next();
    assert_eq!(line["operation"], "GET /_crossconnect/nothing");
    assert_eq!(line["outcome"], "NotFound");
}
