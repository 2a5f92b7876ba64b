//! Foreign web pages get nothing, from the AWS API and the control API alike.

use crate::support::{Request, Server};
use serde_json::json;

#[test]
fn a_foreign_host_or_origin_is_refused_and_changes_nothing() {
    let server = Server::memory();
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    let before = server.everything();
    let create = Request::call("CreateConnection", &input);
    let foreign = [
        ("host", "evil.example"),
        ("host", "evil.example:8023"),
        ("origin", "http://evil.example"),
        ("origin", "null"),
    ];
    for (name, value) in foreign {
        let message = server.send(&create.clone().with(name, value)).error(400, "AccessDeniedException");
        assert!(message.contains(value), "{message}");
        let form = Request::new("POST", "/").with("content-type", "application/x-www-form-urlencoded");
        let form = form.signed("111122223333", "us-east-1").body(b"Action=GetCallerIdentity&Version=2011-06-15");
        let refused = server.send(&form.with(name, value));
        assert_eq!(refused.status, 403);
        assert!(refused.text().contains("<Code>AccessDenied</Code>"), "{}", refused.text());
        for control in [
            Request::control("GET", "/_crossconnect/health", ""),
            Request::control("POST", "/_crossconnect/clock", "{\"advance\":\"PT1H\"}"),
            Request::new("POST", "/moto-api/reset"),
        ] {
            let refused = server.send(&control.with(name, value));
            assert_eq!(refused.status, 403);
            assert_eq!(refused.json()["error"]["code"], "Forbidden");
        }
    }
    assert_eq!(server.everything(), before);
    let clock = server.send(&Request::control("GET", "/_crossconnect/clock", ""));
    assert_eq!(clock.json()["now"], "2026-01-01T00:00:00Z");
}

#[test]
fn our_own_names_and_origin_are_served() {
    let server =
        Server::start(&["--store", "memory:", "--host-name", "crossconnect.test", "--host-name", "other.test"]);
    let port = server.address.port();
    for host in ["127.0.0.1", "localhost", "[::1]", "crossconnect.test", "other.test"] {
        let host = format!("{host}:{port}");
        let describe = Request::call("DescribeConnections", &json!({})).with("host", &host);
        assert_eq!(server.send(&describe).status, 200, "{host}");
        let health = Request::control("GET", "/_crossconnect/health", "").with("host", &host);
        assert_eq!(server.send(&health.with("origin", &format!("http://{host}"))).status, 200, "{host}");
    }
}

#[test]
fn a_changing_call_without_its_content_type_is_refused() {
    let server = Server::memory();
    server.connection("c1");
    for content_type in [None, Some("text/plain"), Some("application/x-www-form-urlencoded")] {
        for (method, path) in [("POST", "/_crossconnect/reset"), ("PUT", "/_crossconnect/accounts/111122223333")] {
            let mut request = Request::control(method, path, "{}").without("content-type");
            if let Some(content_type) = content_type {
                request = request.with("content-type", content_type);
            }
            let refused = server.send(&request);
            assert_eq!(refused.status, 415);
            assert_eq!(refused.json()["error"]["code"], "UnsupportedMediaType");
        }
    }
    let page = Request::new("POST", "/moto-api/reset").with("origin", &format!("http://{}", server.address));
    assert_eq!(server.send(&page).status, 415);
    assert_eq!(server.everything()[0]["connections"].as_array().unwrap().len(), 1);
    assert_eq!(server.send(&Request::new("POST", "/moto-api/reset")).text(), "{\"status\":\"ok\"}");
    assert_eq!(server.everything()[0]["connections"].as_array().unwrap().len(), 0);
}
