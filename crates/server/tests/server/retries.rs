//! A call that a client repeats is done once and answered alike.

use crate::support::{Answer, Request, Server};
use serde_json::{Value, json};

fn create(name: &str, invocation: &str) -> Request {
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": name});
    Request::call("CreateConnection", &input).with("amz-sdk-invocation-id", invocation)
}

fn count(server: &Server) -> usize {
    server.everything()[0]["connections"].as_array().unwrap().len()
}

#[test]
fn a_repeated_call_gets_the_same_answer_and_is_done_once() {
    let server = Server::memory();
    let first = server.send(&create("c1", "one"));
    assert_eq!(first.status, 200);
    // Time goes on, and the connection with it, but the answer stays.
    server.send(&Request::control("POST", "/_crossconnect/clock", "{\"advance\":\"PT1H\"}"));
    let second = server.send(&create("c1", "one").with("amz-sdk-request", "attempt=2; max=3"));
    assert_eq!((second.status, &second.body), (200, &first.body));
    assert_ne!(first.header("x-amzn-requestid"), second.header("x-amzn-requestid"));
    assert_eq!(count(&server), 1);
}

#[test]
fn calls_that_differ_in_anything_are_calls_of_their_own() {
    let server = Server::memory();
    let id = |answer: &Answer| answer.json()["connectionId"].clone();
    let first = id(&server.send(&create("c1", "one")));
    for other in [
        create("c1", "two"),
        create("c2", "one"),
        create("c1", "one").without("amz-sdk-invocation-id"),
        create("c1", "one").signed("AKIDEXAMPLE", "us-east-1"),
        create("c1", "one").signed("444455556666", "us-east-1"),
    ] {
        let answer = server.send(&other);
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_ne!(id(&answer), first);
    }
}

#[test]
fn a_refused_call_is_decided_anew() {
    let server = Server::memory();
    let delete = |id: &Value| {
        server
            .send(&Request::call("DeleteConnection", &json!({"connectionId": id})).with("amz-sdk-invocation-id", "one"))
    };
    delete(&json!("dxcon-fzzzzzzz")).error(400, "DirectConnectClientException");
    delete(&json!("dxcon-fzzzzzzz")).error(400, "DirectConnectClientException");
    let id = json!(server.connection("c1"));
    let (first, second) = (delete(&id), delete(&id));
    assert_eq!((first.status, first.body), (200, second.body));
}

#[test]
fn a_retry_after_a_crash_is_answered_alike() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    let flags = ["--store", store.to_str().unwrap()];
    let server = Server::start(&flags);
    let first = server.send(&create("c1", "one"));
    server.kill();
    let server = Server::start(&flags);
    assert_eq!(server.send(&create("c1", "one")).body, first.body);
    assert_eq!(count(&server), 1);
}
