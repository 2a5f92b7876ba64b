//! A server that is told to stop answers what is under way, and leaves its store in order.

use crate::support::{Answer, Request, Server};
use rustix::process::{Signal, kill_process};
use serde_json::json;
use std::io::Write;
use std::net::TcpStream;

/// A call of which all but the last byte was sent.
fn half_sent(server: &Server) -> (TcpStream, u8) {
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    let bytes = Request::call("CreateConnection", &input).bytes(&server.address.to_string());
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(&bytes[..bytes.len() - 1]).unwrap();
    // Once a later request on another connection was answered, this one has been accepted.
    server.accepted("DescribeConnections", json!({}));
    (stream, bytes[bytes.len() - 1])
}

#[test]
fn a_call_under_way_is_answered_and_kept() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    let flags = ["--store", store.to_str().unwrap()];
    for signal in [Signal::TERM, Signal::INT] {
        let mut server = Server::start(&flags);
        let before = server.everything()[0]["connections"].as_array().unwrap().len();
        let (mut stream, last) = half_sent(&server);
        kill_process(server.pid(), signal).unwrap();
        server.log_line("stopping");
        stream.write_all(&[last]).unwrap();
        let answer = Answer::read(&mut stream);
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(server.wait().code(), Some(0));
        let server = Server::start(&flags);
        let connections = server.everything()[0]["connections"].clone();
        assert_eq!(connections.as_array().unwrap().len(), before + 1);
        server.stop();
    }
}

#[test]
fn idle_connections_do_not_hold_it_up() {
    let mut server = Server::memory();
    let idle = TcpStream::connect(server.address).unwrap();
    let mut kept = TcpStream::connect(server.address).unwrap();
    let keep = Request::call("DescribeConnections", &json!({})).bytes("localhost");
    let keep = String::from_utf8(keep).unwrap().replace("connection: close\r\n", "");
    kept.write_all(keep.as_bytes()).unwrap();
    server.accepted("DescribeConnections", json!({}));
    let began = std::time::Instant::now();
    kill_process(server.pid(), Signal::TERM).unwrap();
    assert_eq!(server.wait().code(), Some(0));
    assert!(began.elapsed().as_secs() < 5, "it waited for clients that say nothing");
    drop((idle, kept));
}

#[test]
fn a_second_signal_stops_at_once() {
    let mut server = Server::memory();
    let (stream, _) = half_sent(&server);
    kill_process(server.pid(), Signal::TERM).unwrap();
    server.log_line("stopping");
    kill_process(server.pid(), Signal::TERM).unwrap();
    assert_eq!(server.wait().code(), Some(1));
    drop(stream);
}
