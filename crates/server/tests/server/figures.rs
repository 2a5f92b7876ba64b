//! The figures that Prometheus reads.

use crate::support::{Request, Server};
use serde_json::json;
use std::collections::BTreeMap;

/// Every line that is no comment: its name with its labels, and its value.
fn figures(server: &Server, path: &str) -> BTreeMap<String, f64> {
    let answer = server.send(&Request::new("GET", path));
    assert_eq!(answer.status, 200);
    let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    assert_eq!(answer.header("content-type"), Some(content_type));
    assert!(answer.text().ends_with("# EOF\n"));
    let lines = answer.text().lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap();
            (name.to_owned(), value.parse().unwrap())
        })
        .collect()
}

fn requests(operation: &str, protocol: &str, outcome: &str) -> String {
    format!("crossconnect_requests_total{{operation=\"{operation}\",protocol=\"{protocol}\",outcome=\"{outcome}\"}}")
}

#[test]
fn what_was_asked_is_counted() {
    let server = Server::memory();
    let id = server.connection("c1");
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c2"});
    let create = Request::call("CreateConnection", &input).with("amz-sdk-invocation-id", "one");
    for _ in 0..2 {
        assert_eq!(server.send(&create).status, 200);
    }
    server.accepted("DescribeConnections", json!({"connectionId": id}));
    server.call("DeleteConnection", json!({"connectionId": "dxcon-fzzzzzzz"}));
    server.send(&create.clone().without("authorization"));
    server.send(&create.with("x-amz-target", "OvertureService.Invented"));
    server.send(&Request::new("GET", "/_crossconnect/invented"));
    let figures = figures(&server, "/metrics");
    for (name, value) in [
        (requests("CreateConnection", "json", "ok"), 3.0),
        (requests("DescribeConnections", "json", "ok"), 1.0),
        (requests("DeleteConnection", "json", "DirectConnectClientException"), 1.0),
        (requests("CreateConnection", "json", "MissingAuthenticationTokenException"), 1.0),
        (requests("unknown", "json", "UnknownOperationException"), 1.0),
        (requests("control", "control", "other"), 1.0),
        ("crossconnect_auth_refusals_total{reason=\"MissingAuthenticationTokenException\"}".to_owned(), 1.0),
        ("crossconnect_auth_refusals_total{reason=\"ExpiredTokenException\"}".to_owned(), 0.0),
        ("crossconnect_request_seconds_count{operation=\"CreateConnection\"}".to_owned(), 4.0),
        ("crossconnect_request_seconds_bucket{le=\"+Inf\",operation=\"CreateConnection\"}".to_owned(), 4.0),
        ("crossconnect_replays_total".to_owned(), 1.0),
        ("crossconnect_records{kind=\"connection\"}".to_owned(), 2.0),
        ("crossconnect_records{kind=\"replay\"}".to_owned(), 1.0),
        // The start, and two connections.
        ("crossconnect_groups_total".to_owned(), 3.0),
        ("crossconnect_group_jobs_count".to_owned(), 3.0),
        ("crossconnect_commit_seconds_count".to_owned(), 3.0),
        ("crossconnect_engine_failures_total".to_owned(), 0.0),
        ("crossconnect_queued_jobs".to_owned(), 0.0),
        ("crossconnect_ready".to_owned(), 1.0),
        (format!("crossconnect_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")), 1.0),
    ] {
        assert_eq!(figures.get(&name), Some(&value), "{name}: {figures:#?}");
    }
    assert!(figures["crossconnect_resident_memory_bytes"] > 1e6);
    assert!(!figures.keys().any(|name| name.contains("nvented")), "no label is a client's");
}

#[test]
fn both_places_show_the_same() {
    let server = Server::memory();
    let names = |path| figures(&server, path).into_keys().filter(|name| !name.contains("control")).collect::<Vec<_>>();
    assert_eq!(names("/metrics"), names("/_crossconnect/metrics"));
}
