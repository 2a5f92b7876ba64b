//! What is committed, as those see it who follow it.

use crate::openapi::Document;
use crate::support::{Request, Server};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

/// A connection that follows.
struct Follower(BufReader<TcpStream>);

/// An event.
#[derive(Debug, PartialEq)]
struct Event {
    id: u64,
    name: String,
    data: Value,
}

impl Follower {
    fn new(server: &Server, seen: Option<u64>) -> Self {
        let mut request = Request::new("GET", "/_crossconnect/events");
        if let Some(seen) = seen {
            request = request.with("last-event-id", &seen.to_string());
        }
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.write_all(&request.bytes(&server.address.to_string())).unwrap();
        let mut follower = Follower(BufReader::new(stream));
        let head: Vec<String> = std::iter::from_fn(|| follower.line().filter(|line| !line.is_empty())).collect();
        assert!(head[0].starts_with("HTTP/1.1 200"), "{head:?}");
        assert!(head.iter().any(|line| line.eq_ignore_ascii_case("content-type: text/event-stream")), "{head:?}");
        // Until the comment that comes first: from here on nothing is missed.
        while follower.line().is_some_and(|line| line != ": crossconnect") {}
        follower
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        (self.0.read_line(&mut line).unwrap() > 0).then(|| line.trim_end().to_owned())
    }

    /// The next event; nothing when there will be none.
    fn next(&mut self) -> Option<Event> {
        let (mut id, mut name) = (None, None);
        loop {
            // Sizes of chunks, and empty lines, stand between.
            let line = self.line()?;
            match line.split_once(": ") {
                Some(("id", value)) => id = Some(value.parse().unwrap()),
                Some(("event", value)) => name = Some(value.to_owned()),
                Some(("data", value)) => {
                    let data = serde_json::from_str(value).unwrap();
                    return Some(Event { id: id?, name: name?, data });
                }
                _ => {}
            }
        }
    }
}

#[test]
fn each_commit_is_an_event_with_its_plan() {
    let server = Server::memory();
    let document = Document::of(&server);
    let mut follower = Follower::new(&server, None);
    let id = server.connection("c1");
    let created = follower.next().unwrap();
    document.is("Commit", &created.data);
    let expected = json!({
        "group": 2,
        "at": "2026-01-01T00:00:00Z",
        "changes": [{
            "kind": "connection",
            "id": id,
            "state": "requested",
            "since": "2026-01-01T00:00:00Z",
            "next": [
                {"at": "2026-01-01T00:00:02Z", "state": "pending"},
                {"at": "2026-01-01T00:00:04Z", "state": "available"},
            ],
        }],
    });
    assert_eq!(created, Event { id: 2, name: "commit".to_owned(), data: expected });
    let advance = Request::control("POST", "/_crossconnect/clock", "{\"advance\":\"PT1H\"}");
    assert_eq!(server.send(&advance).status, 200);
    let moved = follower.next().unwrap();
    document.is("Commit", &moved.data);
    assert_eq!(moved.data["changes"], json!([{"kind": "clock", "now": "2026-01-01T01:00:00Z"}]));
    let reset = Request::control("POST", "/_crossconnect/reset", "");
    assert_eq!(server.send(&reset).status, 200);
    assert_eq!(follower.next().unwrap().data["changes"], json!([{"kind": "connection", "id": id, "removed": true}]));
    // What changes nothing is no event.
    server.call("DeleteConnection", json!({"connectionId": id}));
    server.connection("c2");
    assert_eq!(follower.next().unwrap().id, 5);
}

#[test]
fn readers_come_back_to_where_they_were() {
    let server = Server::memory();
    let ids: Vec<String> = ["c1", "c2", "c3"].iter().map(|name| server.connection(name)).collect();
    let mut follower = Follower::new(&server, Some(2));
    for (group, id) in [(3, &ids[1]), (4, &ids[2])] {
        let event = follower.next().unwrap();
        assert_eq!((event.id, &event.data["changes"][0]["id"]), (group, &json!(id)));
    }
    // A number of another store, from which nothing follows.
    let mut lost = Follower::new(&server, Some(99));
    let gap = lost.next().unwrap();
    assert_eq!((gap.id, gap.name.as_str(), &gap.data), (4, "gap", &json!({"after": 99, "until": 4})));
    Document::of(&server).is("Gap", &gap.data);
    let wrong = Request::new("GET", "/_crossconnect/events").with("last-event-id", "yesterday");
    assert_eq!(Document::of(&server).send(&server, &wrong).status, 400);
}

#[test]
fn a_restart_is_a_gap_that_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    let flags = ["--store", store.to_str().unwrap(), "--clock", "manual"];
    let server = Server::start(&flags);
    server.connection("c1");
    server.connection("c2");
    server.stop();
    let server = Server::start(&flags);
    let mut follower = Follower::new(&server, Some(1));
    let gap = follower.next().unwrap();
    assert_eq!((gap.name.as_str(), &gap.data["after"]), ("gap", &json!(1)));
    let until = gap.data["until"].as_u64().unwrap();
    assert!(until >= 3, "{gap:?}");
    server.connection("c3");
    assert_eq!(follower.next().unwrap().id, until + 1);
}

#[test]
fn the_events_end_with_the_server() {
    let server = Server::memory();
    let mut followers: Vec<Follower> = (0..3).map(|_| Follower::new(&server, None)).collect();
    let began = std::time::Instant::now();
    server.stop();
    assert!(followers.iter_mut().all(|follower| follower.next().is_none()));
    assert!(began.elapsed() < std::time::Duration::from_secs(5), "nobody waited for them");
}

#[test]
fn so_many_may_follow_and_no_more() {
    let server = Server::memory();
    let followers: Vec<Follower> = (0..64).map(|_| Follower::new(&server, None)).collect();
    let document = Document::of(&server);
    let another = Request::new("GET", "/_crossconnect/events");
    assert_eq!(document.send(&server, &another).status, 503);
    drop(followers);
    while server.status(&another) == 503 {
        std::thread::yield_now();
    }
}

#[test]
fn a_reader_that_does_not_read_holds_nothing_up() {
    let server = Server::memory();
    let _stuck = Follower::new(&server, None);
    let mut reading = Follower::new(&server, None);
    let mut last = 0;
    for number in 0..1500 {
        server.accepted("TagResource", tag(&server, number));
        let event = reading.next().unwrap();
        assert!(event.name == "commit" && event.id > last, "{event:?}");
        last = event.id;
    }
    let mut late = Follower::new(&server, Some(1));
    let gap = late.next().unwrap();
    assert_eq!((gap.name.as_str(), &gap.data["after"]), ("gap", &json!(1)), "the ring has a size");
    let first = late.next().unwrap();
    assert_eq!(json!(first.id - 1), gap.data["until"]);
}

/// A change of one connection.
fn tag(server: &Server, number: u32) -> Value {
    let connections = server.accepted("DescribeConnections", json!({}));
    let id = match connections["connections"][0]["connectionId"].as_str() {
        Some(id) => id.to_owned(),
        None => server.connection("c1"),
    };
    let arn = format!("arn:aws:directconnect:us-east-1:{}:dxcon/{id}", crate::support::ACCOUNT);
    json!({"resourceArn": arn, "tags": [{"key": "number", "value": number.to_string()}]})
}
