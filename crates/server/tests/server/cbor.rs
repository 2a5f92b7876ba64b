//! The newer protocol, over the same state.

use crate::support::{Answer, Request, Server};
use crossconnect_api::{Operation, Response};
use crossconnect_wire::Protocol::Cbor;
use serde_json::json;

fn request(operation: Operation, input: &serde_json::Value) -> Request {
    let input = crossconnect_wire::json::decode(operation, input.to_string().as_bytes()).unwrap();
    Request::new("POST", &format!("/service/OvertureService/operation/{operation}"))
        .with("smithy-protocol", "rpc-v2-cbor")
        .with("content-type", "application/cbor")
        .signed(crate::support::ACCOUNT, "us-east-1")
        .body(&Cbor.encode_request(&input))
}

fn is_cbor(answer: &Answer) -> bool {
    let headers = ["content-type", "smithy-protocol"].map(|name| answer.header(name));
    headers == [Some("application/cbor"), Some("rpc-v2-cbor")] && answer.header("x-amzn-requestid").is_some()
}

#[test]
fn both_protocols_show_the_same_state() {
    let server = Server::memory();
    let id = server.connection("c1");
    let answer = server.send(&request(Operation::DescribeConnections, &json!({})));
    assert!(answer.status == 200 && is_cbor(&answer), "{answer:?}");
    let Response::DescribeConnections(seen) =
        Cbor.decode_response(Operation::DescribeConnections, &answer.body).unwrap()
    else {
        panic!("another operation's answer");
    };
    let ids: Vec<_> = seen.connections.unwrap().into_iter().map(|connection| connection.connection_id).collect();
    assert_eq!(ids, [Some(id)]);
}

#[test]
fn another_method_is_told_which_one_would_do() {
    let server = Server::memory();
    let describe = request(Operation::DescribeConnections, &json!({}));
    let refused = server.send(&Request { method: "PUT", ..describe });
    assert_eq!((refused.status, refused.header("allow")), (405, Some("POST")));
    let refused = server.send(&Request::control("PUT", "/_crossconnect/clock", "{}"));
    assert_eq!((refused.status, refused.header("allow")), (405, Some("GET,HEAD,POST")));
}

#[test]
fn errors_and_retries_speak_the_protocol_of_the_request() {
    let server = Server::memory();
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    let create = request(Operation::CreateConnection, &input).with("amz-sdk-invocation-id", "one");
    let first = server.send(&create);
    assert!(first.status == 200 && is_cbor(&first), "{first:?}");
    assert_eq!(server.send(&create).body, first.body);
    assert_eq!(server.everything()[0]["connections"].as_array().unwrap().len(), 1);
    let delete = request(Operation::DeleteConnection, &json!({"connectionId": "dxcon-fzzzzzzz"}));
    for (request, status) in [
        (delete, 400),
        (create.clone().without("authorization"), 400),
        (create.clone().with("host", "evil.example"), 400),
        (create.clone().body(b"\xff"), 400),
        (create.clone().body(&[0; 2 << 20]), 413),
        (create.with("x-amz-target", "OvertureService.CreateConnection"), 400),
    ] {
        let answer = server.send(&request);
        assert!(answer.status == status && is_cbor(&answer), "{status}: {answer:?}");
    }
}
