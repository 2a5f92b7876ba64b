//! Clients that would take the server down, slow it or fill it: each gets what it deserves, and others are served.

use crate::openapi::Document;
use crate::signer::Signer;
use crate::support::{ACCOUNT, Answer, Request, Server, command};
use serde_json::{Value, json};
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// How long what should end at once may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// More throttled calls than have records of their own.
const FLOOD: u64 = 60;
const ACCOUNTS: &str = "[[account]]\nid = \"111122223333\"\n[[account.key]]\naccess_key_id = \"AKIAROOT\"\n\
                        secret = \"s\"\nroot = true\n";

/// A server whose file has these lines, and the folder that it is in.
fn limited(config: &str, flags: &[&str]) -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crossconnect.toml");
    std::fs::write(&path, config).unwrap();
    let server = Server::start(&[&["--store", "memory:", "--config", path.to_str().unwrap()], flags].concat());
    (folder, server)
}

fn open(server: &Server, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(bytes).unwrap();
    stream
}

/// What comes until the other end closes the connection, which it must.
fn rest(stream: &mut TcpStream) -> Vec<u8> {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            panic!("the connection stays: {}", String::from_utf8_lossy(&bytes))
        }
        // A reset is an end like any other.
        _ => bytes,
    }
}

fn describe(server: &Server) -> Vec<u8> {
    Request::call("DescribeConnections", &json!({})).bytes(&server.address.to_string())
}

fn is_served(server: &Server) {
    server.accepted("DescribeConnections", json!({}));
}

/// A figure of the server's.
fn figure(server: &Server, name: &str) -> f64 {
    let figures = server.send(&Request::new("GET", "/metrics"));
    let line = figures.text().lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{name} is not there")).parse().unwrap()
}

#[test]
fn heads_that_never_end_are_given_up() {
    let (_folder, server) = limited("[limits]\nhead_timeout = \"300ms\"\n", &[]);
    let mut slow: Vec<_> = (0..50).map(|_| open(&server, b"POST / HTTP/1.1\r\nhost: localhost\r\nx-slow: ")).collect();
    is_served(&server);
    let began = Instant::now();
    // A byte now and then does not help.
    while slow.iter_mut().any(|stream| stream.write_all(b"a").is_ok()) {
        assert!(began.elapsed() < PATIENCE, "they are still there");
        std::thread::yield_now();
    }
    is_served(&server);
}

#[test]
fn a_body_that_never_ends_is_given_up() {
    let (_folder, server) = limited("[limits]\nbody_timeout = \"300ms\"\n", &[]);
    let bytes = describe(&server);
    let head = String::from_utf8(bytes).unwrap().replace("content-length: 2", "content-length: 20");
    let answer = Answer::read(&mut open(&server, head.as_bytes()));
    assert!(answer.error(400, "SerializationException").contains("did not arrive whole"));
}

#[test]
fn connections_that_say_nothing_are_given_up() {
    let (_folder, server) = limited("[limits]\nidle_timeout = \"300ms\"\nhead_timeout = \"200ms\"\n", &[]);
    let mut silent = open(&server, b"");
    assert_eq!(rest(&mut silent), b"");
    // One that has been served is no exception.
    let kept = String::from_utf8(describe(&server)).unwrap().replace("connection: close\r\n", "");
    let answered = rest(&mut open(&server, kept.as_bytes()));
    assert!(answered.starts_with(b"HTTP/1.1 200 OK"));
}

#[test]
fn one_address_has_only_so_many_connections() {
    let (_folder, server) = limited("[limits]\nconnections_per_address = 4\n", &[]);
    let kept = String::from_utf8(describe(&server)).unwrap().replace("connection: close\r\n", "");
    let mut open: Vec<_> = (0..4).map(|_| open(&server, kept.as_bytes())).collect();
    for stream in &mut open {
        assert!(stream.read(&mut [0; 16]).unwrap() > 0);
    }
    let mut fifth = TcpStream::connect(server.address).unwrap();
    let _ = fifth.write_all(kept.as_bytes());
    assert_eq!(rest(&mut fifth), b"");
    open.pop().unwrap().shutdown(Shutdown::Both).unwrap();
    let began = Instant::now();
    let refused = loop {
        let mut next = TcpStream::connect(server.address).unwrap();
        let _ = next.write_all(&Request::new("GET", "/metrics").bytes("localhost"));
        let bytes = rest(&mut next);
        if !bytes.is_empty() {
            break String::from_utf8(bytes).unwrap();
        }
        assert!(began.elapsed() < PATIENCE, "a place that was given back is not taken again");
    };
    let line = refused.lines().find_map(|line| line.strip_prefix("crossconnect_connections_refused_total ")).unwrap();
    assert!(line.parse::<u32>().unwrap() >= 1);
}

#[test]
fn connections_that_come_and_go_leave_nothing_behind() {
    let server = Server::memory();
    is_served(&server);
    let before = figure(&server, "crossconnect_resident_memory_bytes");
    for number in 0..3000 {
        let stream = open(&server, if number % 3 == 0 { b"" } else { b"POST / HTTP/1.1\r\nhost: lo" });
        drop(stream);
    }
    is_served(&server);
    let grown = figure(&server, "crossconnect_resident_memory_bytes") - before;
    assert!(grown < 64e6, "{grown} bytes more");
    assert_eq!(figure(&server, "crossconnect_calls_under_way"), 0.0);
}

#[test]
fn documents_that_nest_deeply_are_refused() {
    let server = Server::memory();
    let depth = 200_000;
    for open in ["[", "{\"a\":", "{\"tags\":[{\"key\":"] {
        let request = Request::call("CreateConnection", &json!({})).body(open.repeat(depth).as_bytes());
        let answer = server.send(&request);
        // What is longer than a body may be is refused for that.
        if open.len() * depth <= 1 << 20 {
            answer.error(400, "SerializationException");
        } else {
            answer.error(413, "RequestEntityTooLargeException");
        }
    }
    // Lists of one, maps of one with an empty name, tags, and the same without end.
    for byte in [&[0x81][..], &[0xa1, 0x60], &[0xc1], &[0x9f], &[0xbf, 0x60]] {
        let answer = server.send(&cbor(&byte.repeat(depth)));
        assert_eq!(answer.status, 400, "{byte:?}");
    }
    let nested = format!("{{\"advance\":{}", "[".repeat(depth));
    assert_eq!(server.send(&Request::control("POST", "/_crossconnect/clock", &nested)).status, 400);
    is_served(&server);
}

fn cbor(body: &[u8]) -> Request {
    Request::new("POST", "/service/OvertureService/operation/CreateConnection")
        .with("smithy-protocol", "rpc-v2-cbor")
        .with("content-type", "application/cbor")
        .signed(ACCOUNT, "us-east-1")
        .body(body)
}

#[test]
fn lengths_that_cbor_only_claims_take_no_memory() {
    let server = Server::memory();
    is_served(&server);
    let before = figure(&server, "crossconnect_resident_memory_bytes");
    // A list, a map, a text and bytes that would be of 2^63 bytes or entries, alone and as a member.
    for kind in [0x9b, 0xbb, 0x7b, 0x5b] {
        let bomb = [&[kind, 0x7f][..], &[0xff; 7]].concat();
        let member = [&[0xa1, 0x64][..], b"tags", &bomb].concat();
        for body in [bomb, member] {
            let answer = server.send(&cbor(&body));
            assert_eq!(answer.status, 400, "{body:?}");
        }
    }
    let grown = figure(&server, "crossconnect_resident_memory_bytes") - before;
    assert!(grown < 32e6, "{grown} bytes more");
}

#[test]
fn packed_bodies_are_refused() {
    let server = Server::memory();
    let form = Request::new("POST", "/").with("content-type", "application/x-www-form-urlencoded");
    let form = form.signed(ACCOUNT, "us-east-1").body(b"Action=GetCallerIdentity&Version=2011-06-15");
    for encoding in ["gzip", "deflate", "br", "zstd", "identity, gzip"] {
        let packed = |request: Request| server.send(&request.with("content-encoding", encoding));
        packed(Request::call("DescribeLags", &json!({}))).error(415, "UnsupportedMediaTypeException");
        assert_eq!(packed(cbor(&[0xa0])).status, 415);
        assert!(packed(form.clone()).text().contains("<Code>UnsupportedMediaType</Code>"));
        let control = packed(Request::control("POST", "/_crossconnect/reset", "{}"));
        assert_eq!((control.status, &control.json()["error"]["code"]), (415, &json!("UnsupportedMediaType")));
    }
    let plain = Request::call("DescribeLags", &json!({})).with("content-encoding", "identity");
    assert_eq!(server.send(&plain).status, 200);
}

#[test]
fn a_body_in_a_great_many_pieces_takes_no_more_than_its_length() {
    let server = Server::memory();
    is_served(&server);
    let before = figure(&server, "crossconnect_resident_memory_bytes");
    let head = String::from_utf8(describe(&server)).unwrap();
    let head = head.replace("content-length: 2\r\n\r\n{}", "transfer-encoding: chunked\r\n\r\n1\r\n{\r\n");
    let pieces = "1\r\n \r\n".repeat(200_000);
    for _ in 0..4 {
        let mut stream = open(&server, head.as_bytes());
        stream.write_all(pieces.as_bytes()).unwrap();
        stream.write_all(b"1\r\n}\r\n0\r\n\r\n").unwrap();
        assert_eq!(Answer::read(&mut stream).status, 200);
    }
    let grown = figure(&server, "crossconnect_resident_memory_bytes") - before;
    assert!(grown < 32e6, "{grown} bytes more");
}

#[test]
fn requests_that_are_sent_in_one_go_are_answered_in_their_order() {
    let server = Server::memory();
    let one = String::from_utf8(describe(&server)).unwrap();
    let kept = one.replace("connection: close\r\n", "");
    let count = 2000;
    let mut stream = open(&server, b"");
    let mut sending = stream.try_clone().unwrap();
    // From elsewhere: nobody may be made to hold all answers until the last request is there.
    let sender = std::thread::spawn(move || {
        for number in 0..count {
            let body = if number % 2 == 0 { "{}" } else { "[]" };
            sending.write_all(kept.replace("\r\n\r\n{}", &format!("\r\n\r\n{body}")).as_bytes()).unwrap();
        }
        sending.write_all(one.as_bytes()).unwrap();
    });
    let answers = String::from_utf8(rest(&mut stream)).unwrap();
    sender.join().unwrap();
    let statuses: Vec<&str> = answers.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
    assert_eq!(statuses.len(), count + 1);
    for (number, status) in statuses.iter().enumerate() {
        assert_eq!(*status, if number % 2 == 0 { "200" } else { "400" }, "{number}");
    }
}

#[test]
fn calls_of_http2_that_are_taken_back_at_once_end_their_connection() {
    let server = Server::memory();
    let mut stream = open(&server, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    let frame = |kind: u8, flags: u8, id: u32, payload: &[u8]| {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&length[1..], &[kind, flags], &id.to_be_bytes(), payload].concat()
    };
    stream.write_all(&frame(4, 0, 0, &[])).unwrap();
    // POST, http, / of HPACK's static table, and an authority: END_HEADERS, and the body is still to come.
    let head = [&[0x83, 0x86, 0x84, 0x41, 9][..], b"localhost"].concat();
    let mut ended = false;
    for number in 0..50_000 {
        let id = 2 * number + 1;
        let both = [frame(1, 4, id, &head), frame(3, 0, id, &8_u32.to_be_bytes())].concat();
        if stream.write_all(&both).is_err() {
            ended = true;
            break;
        }
    }
    assert!(ended || !rest(&mut stream).is_empty(), "it goes on");
    is_served(&server);
    assert_eq!(figure(&server, "crossconnect_calls_under_way"), 0.0);
}

#[test]
fn one_account_has_only_so_many_calls_under_way() {
    let trail = tempfile::tempdir().unwrap();
    let trail = trail.path().join("trail");
    let (_folder, server) = limited("[limits]\nrequests_per_account = 2\n", &["--audit", trail.to_str().unwrap()]);
    let half = String::from_utf8(describe(&server)).unwrap().replace("\r\n\r\n{}", "\r\n\r\n{");
    let mut slow: Vec<_> = (0..2).map(|_| open(&server, half.as_bytes())).collect();
    while figure(&server, "crossconnect_calls_under_way") < 2.0 {
        std::thread::yield_now();
    }
    let text = server.call("DescribeConnections", json!({})).error(400, "ThrottlingException");
    assert_eq!(text, "Rate exceeded");
    assert_eq!(server.send(&cbor(&[0xa0])).status, 400);
    let form = Request::new("POST", "/").with("content-type", "application/x-www-form-urlencoded");
    let form = form.signed(ACCOUNT, "us-east-1").body(b"Action=GetCallerIdentity&Version=2011-06-15");
    let throttled = server.send(&form);
    assert_eq!(throttled.status, 400);
    assert!(throttled.text().contains("<Code>Throttling</Code>"), "{}", throttled.text());
    // Of a flood some have records of their own, and all are counted.
    for _ in 0..FLOOD {
        server.call("DescribeConnections", json!({})).error(400, "ThrottlingException");
    }
    let other = Request::call("DescribeConnections", &json!({})).signed("555555555555", "us-east-1");
    assert_eq!(server.send(&other).status, 200, "another account is served");
    for stream in &mut slow {
        stream.write_all(b"}").unwrap();
        assert_eq!(Answer::read(stream).status, 200);
    }
    is_served(&server);
    server.stop();
    let shown =
        command(&["audit", "--json", "--last", "1000", "--directory", trail.to_str().unwrap()]).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    let records: Vec<Value> = shown.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let is_named = |record: &&Value| record["errorCode"].as_str().is_some_and(|name| name.starts_with("Throttling"));
    let named = records.iter().filter(is_named).count() as u64;
    let counted: u64 = records.iter().filter_map(|record| record["serviceEventDetails"]["calls"].as_u64()).sum();
    assert!(named > 0 && named + counted == FLOOD + 2, "{named} and {counted}");
}

#[test]
fn who_has_proven_nothing_cannot_use_up_what_is_another_s() {
    let accounts = format!("auth = \"sigv4\"\n[limits]\nrequests_per_account = 2\n{ACCOUNTS}");
    let (folder, server) = limited(&accounts, &[]);
    let token = folder.path().join("unused");
    assert!(!token.exists());
    let signer = Signer::new("AKIAROOT", "s");
    let signed = |request: Request| signer.sign(&server, request).bytes(&server.address.to_string());
    let kept = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace("connection: close\r\n", "");
    // This connection shows who it is.
    let call = kept(signed(Request::call("DescribeLags", &json!({}))));
    let mut proven = open(&server, call.as_bytes());
    let mut bytes = [0; 4096];
    let read = proven.read(&mut bytes).unwrap();
    assert!(bytes[..read].starts_with(b"HTTP/1.1 200 OK"));
    // Others name the same key, which everybody may know, and hold their calls up.
    let forged = Signer::new("AKIAROOT", "another secret");
    let forged = forged.sign(&server, Request::call("DescribeLags", &json!({}))).bytes(&server.address.to_string());
    // A server that asks for the body has counted the call.
    let forged = String::from_utf8(forged).unwrap().replacen("\r\n\r\n", "\r\nexpect: 100-continue\r\n\r\n", 1);
    let mut slow = [0, 1].map(|_| open(&server, &forged.as_bytes()[..forged.len() - 1]));
    for stream in &mut slow {
        let mut asked = *b"HTTP/1.1 100 Continue\r\n\r\n";
        stream.read_exact(&mut asked).unwrap();
        assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    }
    let began = Instant::now();
    let throttled = loop {
        let answer = server.send(&signer.sign(&server, Request::call("DescribeLags", &json!({}))));
        if answer.status != 200 {
            break answer;
        }
        assert!(began.elapsed() < PATIENCE, "the forged calls do not count");
    };
    throttled.error(400, "ThrottlingException");
    proven.write_all(call.as_bytes()).unwrap();
    let read = proven.read(&mut bytes).unwrap();
    assert!(bytes[..read].starts_with(b"HTTP/1.1 200 OK"), "who has proven it is served");
    for stream in &mut slow {
        stream.write_all(b"}").unwrap();
        Answer::read(stream).error(400, "InvalidSignatureException");
    }
}

#[test]
fn every_route_of_the_operator_wants_the_token_and_no_foreign_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let plain = Server::memory();
    let document = Document::of(&plain);
    let config = folder.path().join("crossconnect.toml");
    std::fs::write(&config, format!("auth = \"sigv4\"\n{ACCOUNTS}")).unwrap();
    let [file_text, config] = [&file, &config].map(|path| path.to_str().unwrap());
    let server = Server::start(&["--store", "memory:", "--token-file", file_text, "--config", config]);
    let token = std::fs::read_to_string(&file).unwrap();
    let bearer = format!("Bearer {}", token.trim());
    let routes = document.routes();
    assert!(routes.len() > 15, "{routes:?}");
    for (method, path) in routes {
        let request = Request::control(method, &path.replace(['{', '}'], ""), if method == "GET" { "" } else { "{" });
        let with = |authorization: &str| request.clone().with("authorization", authorization);
        let wrong = format!("Bearer {}", "0".repeat(token.trim().len()));
        for refused in [request.clone(), with(&wrong), with(&bearer[..bearer.len() - 1]), with(token.trim())] {
            assert_eq!(server.status(&refused), 401, "{method} {path}");
        }
        let allowed = with(&bearer);
        let status = server.status(&allowed);
        // The body is no document, or the resource is unknown: the door was open.
        assert!(![401, 403, 415].contains(&status), "{method} {path}: {status}");
        for (name, value) in [("origin", "http://evil.example"), ("origin", "null"), ("host", "evil.example")] {
            assert_eq!(server.status(&allowed.clone().with(name, value)), 403, "{method} {path} {name}");
        }
        if method != "GET" && path != "/moto-api/reset" {
            for media in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
                assert_eq!(server.status(&allowed.clone().with("content-type", media)), 415, "{method} {path}");
            }
        }
    }
}

#[test]
fn connections_that_ask_for_nothing_keep_nobody_out() {
    let (_folder, server) = limited("[limits]\nconnections = 20\n", &[]);
    let kept = String::from_utf8(describe(&server)).unwrap().replace("connection: close\r\n", "");
    let mut asking = open(&server, kept.as_bytes());
    let mut bytes = [0; 4096];
    assert!(asking.read(&mut bytes).unwrap() > 0);
    let _silent: Vec<_> = (0..40).map(|_| open(&server, b"POST / HT")).collect();
    is_served(&server);
    asking.write_all(kept.as_bytes()).unwrap();
    let read = asking.read(&mut bytes).unwrap();
    assert!(bytes[..read].starts_with(b"HTTP/1.1 200 OK"), "who has asked for something stays");
}
