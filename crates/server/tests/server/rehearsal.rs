//! A rehearsed call answers as it would, says what it would interrupt, and changes nothing.

use crate::support::{Request, Server};
use serde_json::json;

const DRY_RUN: &str = "x-crossconnect-dry-run";
const INTERRUPTS: &str = "x-crossconnect-interrupts";

/// A connection that carries traffic, and a LAG that it could join on its own device.
fn ready(server: &Server) -> (String, String) {
    let connection = server.connection("c1");
    let lag = json!({"numberOfConnections": 1, "location": "EqDC2", "connectionsBandwidth": "1Gbps", "lagName": "l1"});
    let lag = server.accepted("CreateLag", lag)["lagId"].as_str().unwrap().to_owned();
    let advanced = Request::control("POST", "/_crossconnect/clock", "{\"advance\":\"PT48H\"}");
    assert_eq!(server.send(&advanced).status, 200);
    (connection, lag)
}

#[test]
fn a_rehearsal_changes_nothing() {
    let server = Server::memory();
    let (connection, lag) = ready(&server);
    let before = server.everything();
    let associate = Request::call("AssociateConnectionWithLag", &json!({"connectionId": connection, "lagId": lag}));
    let rehearsed = server.send(&associate.clone().with(DRY_RUN, "true"));
    assert_eq!(rehearsed.status, 200, "{}", rehearsed.text());
    assert_eq!(rehearsed.header(INTERRUPTS), Some(&*connection));
    assert_eq!(server.everything(), before);
    let real = server.send(&associate.with(DRY_RUN, "false"));
    assert_eq!(real.body, rehearsed.body);
    assert_eq!(real.header(INTERRUPTS), None);
    assert_ne!(server.everything(), before);
}

#[test]
fn refusals_and_reads_are_rehearsed_too() {
    let server = Server::memory();
    let read = server.send(&Request::call("DescribeLags", &json!({})).with(DRY_RUN, "True"));
    assert_eq!((read.status, read.header(INTERRUPTS)), (200, Some("")));
    let unknown = Request::call("DeleteConnection", &json!({"connectionId": "dxcon-fzzzzzzz"})).with(DRY_RUN, "true");
    let refused = server.send(&unknown);
    refused.error(400, "DirectConnectClientException");
    assert_eq!(refused.header(INTERRUPTS), Some(""));
}

#[test]
fn a_rehearsal_is_neither_kept_for_retries_nor_answered_from_them() {
    let server = Server::memory();
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    let create = Request::call("CreateConnection", &input).with("amz-sdk-invocation-id", "one");
    let rehearsed = server.send(&create.clone().with(DRY_RUN, "true")).json();
    let real = server.send(&create).json();
    assert_ne!(rehearsed["connectionId"], real["connectionId"]);
    let again = server.send(&create.clone().with(DRY_RUN, "true")).json();
    assert_ne!(again["connectionId"], real["connectionId"]);
    assert_eq!(server.send(&create).json(), real);
    assert_eq!(server.everything()[0]["connections"].as_array().unwrap().len(), 1);
}
