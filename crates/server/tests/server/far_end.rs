//! The customer's router and the gateways of EC2, as the operator sets them.

use crate::openapi::Document;
use crate::support::{Request, Server};
use serde_json::{Value, json};

fn put(path: &str, body: &Value) -> Request {
    Request::control("PUT", &format!("/_crossconnect/{path}"), &body.to_string())
}

#[test]
fn sessions_go_down_and_routes_are_announced() {
    let server = Server::memory();
    let document = Document::of(&server);
    let connection = server.connection("c1");
    document.send(&server, &Request::control("POST", "/_crossconnect/clock", r#"{"advance": "PT1H"}"#));
    let interface =
        json!({"virtualInterfaceName": "v1", "vlan": 101, "asn": 65000, "virtualGatewayId": "vgw-11111111"});
    let order = json!({"connectionId": connection, "newPrivateVirtualInterface": interface});
    let made = server.accepted("CreatePrivateVirtualInterface", order);
    let (id, peer) = (made["virtualInterfaceId"].as_str().unwrap(), made["bgpPeers"][0]["bgpPeerId"].as_str().unwrap());
    document.send(&server, &Request::control("POST", "/_crossconnect/clock", r#"{"advance": "PT1H"}"#));

    let routes = json!({"announced": [{"cidr": "10.0.0.0/8", "asPath": [65000], "communities": ["7224:7100"]}]});
    let told = document.send(&server, &put(&format!("virtual-interfaces/{id}/routes"), &routes)).json();
    assert_eq!(told["announced"], 1);
    let down = document.send(&server, &put(&format!("bgp-peers/{peer}"), &json!({"session": "down"}))).json();
    assert_eq!(down["interrupts"], json!([id]));
    let seen = server.accepted("DescribeVirtualInterfaces", json!({"virtualInterfaceId": id}));
    assert_eq!(seen["virtualInterfaces"][0]["virtualInterfaceState"], "down");

    let wrong = document.send(&server, &put(&format!("bgp-peers/{peer}"), &json!({"session": "sideways"})));
    assert_eq!((wrong.status, &wrong.json()["error"]["member"]), (400, &json!("session")));
    let unknown = document.send(&server, &put("bgp-peers/dxpeer-unknown1", &json!({"session": "down"})));
    assert_eq!(unknown.status, 404);
}

#[test]
fn a_gateway_of_ec2_is_registered() {
    let server = Server::memory();
    let document = Document::of(&server);
    let gateway = json!({"ownerAccount": "111122223333", "region": "us-east-1", "cidrs": ["10.0.0.0/16"]});
    let told = document.send(&server, &put("gateways/vgw-11111111", &gateway)).json();
    assert_eq!(told["id"], "vgw-11111111");
    let malformed = document.send(&server, &put("gateways/vgw-nonsense", &gateway));
    assert_eq!(malformed.status, 400);
}
