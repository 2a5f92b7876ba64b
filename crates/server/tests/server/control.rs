//! The operator's calls.

use crate::openapi::Document;
use crate::support::{Request, Server};
use serde_json::{Value, json};

fn get(path: &str) -> Request {
    Request::control("GET", &format!("/_crossconnect/{path}"), "")
}

fn post(path: &str, body: &Value) -> Request {
    Request::control("POST", &format!("/_crossconnect/{path}"), &body.to_string())
}

fn put(path: &str, body: &Value) -> Request {
    Request::control("PUT", &format!("/_crossconnect/{path}"), &body.to_string())
}

#[test]
fn health_says_what_the_server_runs_on() {
    let server = Server::memory();
    let health = Document::of(&server).send(&server, &get("health")).json();
    assert_eq!((&health["status"], &health["ready"]), (&json!("ready"), &json!(true)));
    assert_eq!(health["store"], json!({"kind": "memory"}));
    assert_eq!(health["clock"], json!({"kind": "manual", "now": "2026-01-01T00:00:00Z"}));
}

#[test]
fn a_manual_clock_moves_on_and_states_with_it() {
    let server = Server::memory();
    let document = Document::of(&server);
    let id = server.connection("c1");
    let state = || server.everything()[0]["connections"][0]["connectionState"].clone();
    assert_eq!(state(), "requested");
    let moved = document.send(&server, &post("clock", &json!({"advance": "PT2S"})));
    assert_eq!(moved.json(), json!({"kind": "manual", "now": "2026-01-01T00:00:02Z"}));
    assert_eq!(state(), "pending");
    document.send(&server, &post("clock", &json!({"set": "2026-01-01T00:01:00Z"})));
    assert_eq!(state(), "available");
    let timeline = document.send(&server, &get(&format!("resources/{id}/timeline"))).json();
    let expected = json!({
        "id": id,
        "now": "2026-01-01T00:01:00Z",
        "timeline": [
            {"at": "2026-01-01T00:00:00Z", "state": "requested"},
            {"at": "2026-01-01T00:00:02Z", "state": "pending"},
            {"at": "2026-01-01T00:00:04Z", "state": "available"},
        ],
    });
    assert_eq!(timeline, expected);
    let back = document.send(&server, &post("clock", &json!({"set": "2026-01-01T00:00:00Z"})));
    assert_eq!((back.status, &back.json()["error"]["code"]), (409, &json!("Conflict")));
    let text = "The clock cannot go back: it shows 2026-01-01T00:01:00Z, and 2026-01-01T00:00:00Z was asked for";
    assert_eq!(back.json()["error"]["message"], text);
}

#[test]
fn a_timeline_shows_keys_modes_and_groups() {
    let server = Server::memory();
    let document = Document::of(&server);
    let order = json!({"location": "EqDC2", "bandwidth": "10Gbps", "connectionName": "c1", "requestMACSec": true});
    let id = server.accepted("CreateConnection", order)["connectionId"].as_str().unwrap().to_owned();
    server.accepted("UpdateConnection", json!({"connectionId": id, "encryptionMode": "must_encrypt"}));
    let ckn = "a".repeat(64);
    server.accepted("AssociateMacSecKey", json!({"connectionId": id, "ckn": ckn, "cak": "b".repeat(64)}));
    let group = json!({"resiliencyGroupName": "g", "intendedResiliencyModel": "high-resiliency"});
    let group = server.accepted("CreateResiliencyGroup", group)["resiliencyGroup"]["resiliencyGroupId"].clone();
    document.send(&server, &post("clock", &json!({"advance": "PT10S"})));
    let associate = json!({"resiliencyGroupId": group, "connectionIdentifiers": [id]});
    server.accepted("AssociateConnectionsToResiliencyGroup", associate);
    let secret = json!({"ownerAccount": "111122223333", "region": "us-east-1", "deletion": "scheduled"});
    let told = document.send(&server, &put(&format!("secrets/{ckn}"), &secret));
    assert_eq!((told.status, &told.json()["deletion"]), (200, &json!("scheduled")));
    let moments = |shown: &[(&str, &str)]| -> Vec<Value> {
        let moment = |(at, state): &(&str, &str)| json!({"at": format!("2026-01-{at}Z"), "state": state});
        shown.iter().map(moment).collect()
    };
    let aspects =
        |id: &str| document.send(&server, &get(&format!("resources/{id}/timeline"))).json()["aspects"].clone();
    let associating = moments(&[("01T00:00:10", "associating"), ("01T00:00:11", "associated")]);
    let expected = json!([
        {"aspect": "encryption_mode", "timeline":
            moments(&[("01T00:00:00", "must_encrypt"), ("31T00:00:10", "should_encrypt")])},
        {"aspect": "mac_sec_key", "of": ckn, "timeline": moments(&[
            ("01T00:00:01", "associated"), ("31T00:00:10", "disassociating"), ("31T00:00:11", "disassociated"),
        ])},
        {"aspect": "resiliency_group_association", "of": group, "timeline": associating},
    ]);
    assert_eq!(aspects(&id), expected);
    let of_group = json!([{"aspect": "resiliency_group_association", "of": id, "timeline": associating}]);
    assert_eq!(aspects(group.as_str().unwrap()), of_group);
    assert_eq!(aspects(&server.connection("c2")), Value::Null);
}

#[test]
fn what_is_under_way_ends_at_once() {
    let server = Server::start(&["--store", "memory:", "--lifecycle", "realistic"]);
    let document = Document::of(&server);
    let id = server.connection("c1");
    let advanced =
        document.send(&server, &Request::control("POST", &format!("/_crossconnect/resources/{id}/advance"), ""));
    assert_eq!(advanced.json(), json!({"id": id, "interrupts": []}));
    assert_eq!(server.everything()[0]["connections"][0]["connectionState"], "available");
    assert_eq!(document.send(&server, &post("resources/dxcon-fzzzzzzz/advance", &json!({}))).status, 404);
}

#[test]
fn light_goes_off_and_on() {
    let server = Server::start(&["--store", "memory:", "--lifecycle", "instant"]);
    let document = Document::of(&server);
    let id = server.connection("c1");
    let state = || server.everything()[0]["connections"][0]["connectionState"].clone();
    assert_eq!(state(), "available");
    let dark = document.send(&server, &put(&format!("ports/{id}"), &json!({"light": "off"}))).json();
    assert_eq!(dark, json!({"connectionId": id, "light": "off", "interrupts": [id]}));
    assert_eq!(state(), "down");
    document.send(&server, &put(&format!("ports/{id}"), &json!({"light": "on"})));
    assert_eq!(state(), "available");
    let device = server.everything()[0]["connections"][0]["awsDeviceV2"].as_str().unwrap().to_owned();
    let dark = document.send(&server, &put(&format!("devices/{device}"), &json!({"light": "off"}))).json();
    assert_eq!(dark, json!({"device": device, "light": "off", "interrupts": [id]}));
    assert_eq!(state(), "down");
    let path = format!("devices/{device}");
    for word in ["yes", "no", "unknown"] {
        let shown = document.send(&server, &put(&path, &json!({"hasLogicalRedundancy": word}))).json();
        assert_eq!(shown, json!({"device": device, "hasLogicalRedundancy": word, "interrupts": []}));
        let connection = &server.everything()[0]["connections"][0];
        assert_eq!((&connection["hasLogicalRedundancy"], state()), (&json!(word), json!("down")));
    }
    for body in
        [json!({}), json!({"light": "on", "hasLogicalRedundancy": "yes"}), json!({"hasLogicalRedundancy": true})]
    {
        assert_eq!(document.send(&server, &put(&path, &body)).status, 400, "{body}");
    }
    for path in ["ports/dxcon-fzzzzzzz", "devices/nowhere-1"] {
        assert_eq!(document.send(&server, &put(path, &json!({"light": "off"}))).status, 404, "{path}");
    }
}

#[test]
fn accounts_are_registered_and_changed() {
    let server = Server::memory();
    let document = Document::of(&server);
    for partner in [json!("v2"), json!("v1"), Value::Null] {
        let answer = document.send(&server, &put("accounts/555555555555", &json!({"partner": partner})));
        let nothing: [&str; 0] = [];
        let expected = json!({"id": "555555555555", "partner": partner, "source": "store", "users": nothing,
                              "roles": nothing, "accessKeys": nothing});
        assert_eq!(answer.json(), expected);
    }
    assert_eq!(document.send(&server, &put("accounts/5555", &json!({}))).status, 400);
}

#[test]
fn a_reset_empties_a_store_that_may_be_emptied() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    let store = store.to_str().unwrap();
    let server = Server::start(&["--store", store]);
    let document = Document::of(&server);
    server.connection("c1");
    let bare = Request::control("POST", "/_crossconnect/reset", "");
    for request in [&bare, &Request::new("POST", "/moto-api/reset")] {
        let refused = document.send(&server, request);
        assert_eq!(refused.status, 403);
        assert!(refused.text().contains("--allow-reset"));
    }
    server.stop();
    let server = Server::start(&["--store", store, "--allow-reset"]);
    assert_eq!(server.everything()[0]["connections"].as_array().unwrap().len(), 1);
    assert_eq!(document.send(&server, &bare).json(), json!({"status": "ok"}));
    assert_eq!(server.everything()[0]["connections"].as_array().unwrap().len(), 0);
}

#[test]
fn wrong_bodies_name_the_member_and_what_was_expected() {
    let server = Server::memory();
    let document = Document::of(&server);
    let id = server.connection("c1");
    let before = server.everything();
    let port = format!("ports/{id}");
    for (request, parts) in [
        (post("clock", &json!({"advance": "soon"})), ["advance", "soon", "PT1H"]),
        (post("clock", &json!({"advance": "-PT1H"})), ["advance", "-PT1H", "PT1H"]),
        (post("clock", &json!({"advance": "P1Y"})), ["advance", "P1Y", "PT1H"]),
        (post("clock", &json!({"advance": 5})), ["advance", "5", "string"]),
        (post("clock", &json!({"set": "yesterday"})), ["set", "yesterday", "2026-01-01T00:00:00Z"]),
        (post("clock", &json!({})), ["advance", "set", "one of them"]),
        (post("clock", &json!({"advance": "PT1H", "set": "2026-01-02T00:00:00Z"})), ["advance", "set", "one of them"]),
        (post("clock", &json!({"advanse": "PT1H"})), ["advanse", "advance", "set"]),
        (put(&port, &json!({"light": "dim"})), ["light", "dim", "on or off"]),
        (put(&port, &json!({"light": true})), ["light", "true", "string"]),
        (put(&port, &json!({})), ["light", "missing", "field"]),
        (put(&port, &json!(["on"])), ["body", "JSON", "object"]),
        (put("accounts/555555555555", &json!({"partner": "v3"})), ["partner", "v3", "v1, v2"]),
        (post("reset", &json!({"all": true})), ["all", "unknown", "field"]),
        (Request::control("POST", "/_crossconnect/clock", ""), ["body", "JSON", "object"]),
        (Request::control("POST", "/_crossconnect/clock", "{} {}"), ["body", "trailing", "line 1"]),
        (
            post("clock", &json!({"advance": "PT1H"})).with("x-crossconnect-dry-run", "true"),
            ["dry-run", "AWS", "rehearsal"],
        ),
    ] {
        let answer = document.send(&server, &request);
        assert_eq!(answer.status, 400, "{}", answer.text());
        let message = answer.json()["error"]["message"].as_str().unwrap().to_owned();
        for part in parts {
            assert!(message.contains(part), "{part}: {message}");
        }
    }
    assert_eq!(server.everything(), before);
    let clock = server.send(&get("clock")).json();
    assert_eq!(clock["now"], "2026-01-01T00:00:00Z");
}

#[test]
fn unknown_paths_are_said_in_json() {
    let server = Server::memory();
    for (request, status) in [
        (get("nothing"), 404),
        (get(""), 404),
        (get("resources/%ff/timeline"), 400),
        (Request::control("POST", "/_crossconnect/health", ""), 405),
    ] {
        let answer = server.send(&request);
        assert_eq!((answer.status, answer.header("content-type")), (status, Some("application/json")));
        assert!(answer.json()["error"]["message"].is_string());
    }
}

#[test]
fn the_systems_clock_cannot_be_moved() {
    let server = Server::start(&["--store", "memory:"]);
    let refused = Document::of(&server).send(&server, &post("clock", &json!({"advance": "PT1H"})));
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("--clock manual"));
}
