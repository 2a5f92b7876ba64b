//! What was acknowledged is there after a stop, a restart and a kill.

use crate::openapi::Document;
use crate::support::{Request, Server, command};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

#[test]
fn a_restart_keeps_everything() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    let flags = ["--store", store.to_str().unwrap()];
    let settings = ["--clock", "manual", "--lifecycle", "realistic", "--placement", "spread"];
    let server = Server::start(&[&flags[..], &settings].concat());
    server.connection("c1");
    let advance = Request::control("POST", "/_crossconnect/clock", "{\"advance\":\"PT24H\"}");
    assert_eq!(server.send(&advance).status, 200);
    let lag = json!({"numberOfConnections": 2, "location": "EqDC2", "connectionsBandwidth": "1Gbps", "lagName": "l1"});
    server.accepted("CreateLag", lag);
    let clock = Request::control("GET", "/_crossconnect/clock", "");
    let before = (server.everything(), server.send(&clock).json());
    assert_eq!(before.0[0]["connections"][0]["connectionState"], "pending");
    server.stop();
    // Settings that are not given stay as the store has them, the clock among them.
    let server = Server::start(&flags);
    assert_eq!((server.everything(), server.send(&clock).json()), before);
}

#[test]
fn a_killed_server_has_lost_nothing_that_it_acknowledged() {
    let directory = tempfile::tempdir().unwrap();
    let config = directory.path().join("crossconnect.toml");
    std::fs::write(&config, "[plant]\nports_per_speed = 4096\n[quotas]\nconnections_per_location = 100000\n").unwrap();
    let store = directory.path().join("store");
    let flags = ["--store", store.to_str().unwrap(), "--config", config.to_str().unwrap()];
    let acknowledged = Mutex::new(Vec::new());
    for round in 1..=3_usize {
        let server = Server::start(&flags);
        let (address, pid, next) = (server.address, server.pid(), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    loop {
                        let name = format!("{round}-{}", next.fetch_add(1, Ordering::Relaxed));
                        let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": name});
                        let Some(id) = try_create(address, &input) else {
                            return;
                        };
                        let mut acknowledged = acknowledged.lock().unwrap();
                        acknowledged.push((id, name));
                        if acknowledged.len() == 60 * round {
                            rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
                        }
                    }
                });
            }
        });
        drop(server);
        let server = Server::start(&flags);
        let there = server.everything()[0]["connections"].clone();
        let there: Vec<(&str, &str)> = there
            .as_array()
            .unwrap()
            .iter()
            .map(|c| (c["connectionId"].as_str().unwrap(), c["connectionName"].as_str().unwrap()))
            .collect();
        let acknowledged = acknowledged.lock().unwrap();
        assert!(acknowledged.len() >= 60 * round);
        for (id, name) in acknowledged.iter() {
            assert!(there.contains(&(id, name)), "{id} is missing");
        }
        // At most the calls under way when it died are there as well.
        assert!(there.len() <= acknowledged.len() + 8 * round);
    }
}

/// Creates a connection, unless the server dies over it.
fn try_create(address: SocketAddr, input: &serde_json::Value) -> Option<String> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(address).ok()?;
    let request = Request::call("CreateConnection", input).bytes(&address.to_string());
    stream.write_all(&request).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let body = answer.split_once("\r\n\r\n")?.1;
    let body: serde_json::Value = serde_json::from_str(body).ok()?;
    Some(body["connectionId"].as_str()?.to_owned())
}

#[test]
fn a_store_that_cannot_be_opened_is_one_line_and_exit_code_1() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    let store = store.to_str().unwrap();
    let server = Server::start(&["--store", store]);
    let start = |store: &str| {
        let output = command(&["serve", "--listen", "127.0.0.1:0", "--store", store]).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), text.lines().count()), (Some(1), 1), "{text}");
        assert!(output.stdout.is_empty());
        text
    };
    let locked = start(store);
    assert!(locked.contains(&format!("{store} is in use by process {}", server.pid().as_raw_nonzero())), "{locked}");
    server.stop();
    std::fs::remove_file(format!("{store}/HEAD")).unwrap();
    assert!(start(store).contains("is damaged"));
    let foreign = directory.path().join("foreign");
    std::fs::create_dir(&foreign).unwrap();
    std::fs::write(foreign.join("letter.txt"), "dear").unwrap();
    assert!(start(foreign.to_str().unwrap()).contains("letter.txt"));
    assert_eq!(std::fs::read_dir(&foreign).unwrap().count(), 1);
}

#[test]
fn an_address_in_use_is_one_line_and_exit_code_1() {
    let server = Server::memory();
    let address = server.address.to_string();
    let output = command(&["serve", "--store", "memory:", "--listen", &address]).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), text.lines().count()), (Some(1), 1), "{text}");
    assert!(text.contains(&format!("cannot listen on {address} (--listen): Address already in use")), "{text}");
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let output = command(&["serve", "--store", store.to_str().unwrap(), "--listen", &address]).output().unwrap();
    assert_eq!((output.status.code(), store.exists()), (Some(1), false), "nothing is made before that is known");
}

#[test]
fn a_disk_without_room_refuses_writes_and_serves_reads() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    let store = store.to_str().unwrap();
    let server = Server::start(&["--store", store]);
    server.connection("c1");
    server.stop();
    let floor = u64::MAX.to_string();
    let server = Server::start(&["--store", store, "--free-floor", &floor]);
    let health = Request::control("GET", "/_crossconnect/health", "");
    let health = Document::of(&server).send(&server, &health);
    let reason = health.json()["reason"].as_str().map(str::to_owned);
    assert_eq!(health.status, 503, "it does not wait for a change that is refused");
    assert!(reason.is_some_and(|reason| reason.contains(&format!("floor of {floor} (--free-floor)"))));
    assert_eq!(server.everything()[0]["connections"].as_array().unwrap().len(), 1);
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c2"});
    let message = server.call("CreateConnection", input).error(500, "DirectConnectServerException");
    assert!(message.contains("make room"), "{message}");
    assert_eq!(server.everything()[0]["connections"].as_array().unwrap().len(), 1);
    let health = Request::control("GET", "/_crossconnect/health", "");
    let health = Document::of(&server).send(&server, &health);
    let body = health.json();
    assert_eq!((health.status, &body["status"], &body["ready"]), (503, &json!("not ready"), &json!(false)));
    assert_eq!(body["reason"], message);
    let figures = server.send(&Request::new("GET", "/metrics"));
    assert!(figures.text().contains("\ncrossconnect_ready 0\n"), "{}", figures.text());
}
