//! Snapshots of servers that run and of stores that are closed: saved, inspected, restored.

use crate::support::{Answer, Request, Server, command};
use serde_json::json;
use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What the command came to: its exit code, and what it printed where.
struct Done {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(arguments: &[&str]) -> Done {
    let output = command(&[&["snapshot"], arguments].concat()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Done { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn done(arguments: &[&str]) -> String {
    let Done { code, out, err } = run(arguments);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{arguments:?}");
    out
}

/// The one line that says why not.
fn refused(code: i32, arguments: &[&str]) -> String {
    let refused = run(arguments);
    assert_eq!(
        (refused.code, refused.out.as_str(), refused.err.lines().count()),
        (Some(code), "", 1),
        "{}",
        refused.err
    );
    refused.err
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn at(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }
}

fn url(server: &Server) -> String {
    format!("http://{}", server.address)
}

#[test]
fn a_restored_store_gives_the_same_answers_and_its_time_goes_on() {
    let folder = Folder::new();
    let (store, file, other) = (folder.at("store"), folder.at("one.snapshot"), folder.at("other"));
    let settings = ["--clock", "manual", "--lifecycle", "realistic", "--placement", "spread"];
    let server = Server::start(&[&["--store", &store], &settings[..]].concat());
    let order = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    let call = Request::call("CreateConnection", &order).with("amz-sdk-invocation-id", "once");
    let ordered = server.send(&call);
    let advance = Request::control("POST", "/_crossconnect/clock", "{\"advance\":\"PT24H\"}");
    assert_eq!(server.send(&advance).status, 200);
    let lag = json!({"numberOfConnections": 2, "location": "EqDC2", "connectionsBandwidth": "1Gbps", "lagName": "l1"});
    server.accepted("CreateLag", lag);
    let before = server.everything();
    assert_eq!(before[0]["connections"][0]["connectionState"], "pending");
    let saved = done(&["save", "--server", &url(&server), &file]);
    assert!(saved.contains("111122223333 connection 3, lag 1\n"), "{saved}");
    assert!(saved.contains("clock      manual, at 2026-01-02T00:00:00Z\n"), "{saved}");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    // What comes after it is not in it.
    server.connection("later");
    server.stop();
    let restored = done(&["restore", "--store", &other, &file]);
    assert_eq!(restored.lines().skip(1).collect::<Vec<_>>(), saved.lines().skip(1).collect::<Vec<_>>());
    let server = Server::start(&["--store", &other]);
    assert_eq!(server.everything(), before);
    let again = server.send(&call);
    assert_eq!((again.status, again.body), (200, ordered.body), "the answer that was kept");
    assert_eq!(server.everything(), before);
    assert_eq!(server.send(&advance).status, 200);
    assert_eq!(server.everything()[0]["connections"][0]["connectionState"], "available");
    server.stop();
    // The store as it was saved last, without a server.
    let offline = folder.at("offline.snapshot");
    let saved = done(&["save", "--store", &store, &offline]);
    assert!(saved.contains("111122223333 connection 4, lag 1\n"), "{saved}");
    let inspected = done(&["inspect", &offline]);
    assert_eq!(inspected.lines().skip(1).collect::<Vec<_>>(), saved.lines().skip(1).collect::<Vec<_>>());
}

#[test]
fn a_snapshot_under_load_holds_all_that_was_acknowledged_before_and_nothing_in_part() {
    let folder = Folder::new();
    let config = folder.at("crossconnect.toml");
    fs::write(&config, "[plant]\nports_per_speed = 4096\n[quotas]\nconnections_per_location = 100000\n").unwrap();
    let server = Server::start(&["--store", &folder.at("store"), "--config", &config, "--clock", "manual"]);
    let address = server.address;
    let (is_over, acknowledged) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let order = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c"});
                    let mut stream = TcpStream::connect(address).unwrap();
                    stream.write_all(&Request::call("CreateConnection", &order).bytes("localhost")).unwrap();
                    assert_eq!(Answer::read(&mut stream).status, 200);
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for number in 0..5 {
            while acknowledged.load(Ordering::Relaxed) < 20 * number {
                std::thread::yield_now();
            }
            let before = acknowledged.load(Ordering::Relaxed);
            let file = folder.at(&format!("{number}.snapshot"));
            let saved = run(&["save", "--server", &url(&server), &file]);
            let after = acknowledged.load(Ordering::Relaxed);
            // Before the threads are waited for.
            is_over.store(number == 4 || saved.code != Some(0), Ordering::Relaxed);
            assert_eq!((saved.code, saved.err.as_str()), (Some(0), ""));
            let store = folder.at(&format!("store-{number}"));
            done(&["restore", "--store", &store, &file]);
            let restored = Server::start(&["--store", &store]);
            let found = restored.everything()[0]["connections"].as_array().unwrap().len();
            assert!((before..=after + 4).contains(&found), "{found} of {before} to {after}");
            restored.connection("more");
        }
    });
}

#[test]
fn the_operators_token_is_wanted_where_there_is_one() {
    let folder = Folder::new();
    let (accounts, store) = (folder.at("accounts.toml"), folder.at("store"));
    let key = "[[account.key]]\naccess_key_id = \"AKIAROOT\"\nsecret = \"s\"\nroot = true\n";
    fs::write(&accounts, format!("[[account]]\nid = \"111122223333\"\n{key}")).unwrap();
    let server = Server::start(&["--store", &store, "--auth", "sigv4", "--accounts", &accounts]);
    let (address, file) = (url(&server), folder.at("one.snapshot"));
    let text = refused(1, &["save", "--server", &address, &file]);
    assert!(text.contains("401") && text.contains("operator's token"), "{text}");
    let absent = refused(2, &["save", "--server", &address, "--token-file", &folder.at("absent"), &file]);
    assert!(absent.contains("absent"), "{absent}");
    let token = PathBuf::from(&store).join("operator-token");
    done(&["save", "--server", &address, "--token-file", token.to_str().unwrap(), &file]);
    let held = fs::read(&file).unwrap();
    let token = fs::read_to_string(token).unwrap();
    assert!(!held.windows(20).any(|part| token.as_bytes().starts_with(part)));
    let files = fs::read_dir(folder.0.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(files.into_iter().all(|name| Path::new(&name).extension().is_none_or(|end| end != "part")));
}

#[test]
fn what_is_in_the_way_is_said_in_one_line_and_stays_as_it_is() {
    let folder = Folder::new();
    let (store, file, other) = (folder.at("store"), folder.at("one.snapshot"), folder.at("other"));
    let server = Server::start(&["--store", &store]);
    server.connection("c1");
    done(&["save", "--server", &url(&server), &file]);
    assert!(refused(2, &["save", "--server", &url(&server), &file]).contains("exists"));
    let new = folder.at("two.snapshot");
    assert!(refused(1, &["save", "--store", &store, &new]).contains("is in use by process"));
    assert!(refused(1, &["restore", "--store", &store, "--replace", &file]).contains("is in use by process"));
    assert!(refused(2, &["save", "--store", &folder.at("nowhere"), &new]).contains("there is no store"));
    assert!(refused(1, &["save", "--server", "http://127.0.0.1:1", &new]).contains("cannot reach http://127.0.0.1:1"));
    assert!(!Path::new(&new).exists() && !Path::new(&folder.at("nowhere")).exists());
    server.connection("c2");
    let everything = server.everything();
    server.stop();
    assert!(refused(1, &["restore", "--store", &store, &file]).contains("--replace removes them first"));
    let server = Server::start(&["--store", &store]);
    assert_eq!(server.everything()[0]["connections"].as_array().unwrap().len(), 2, "{everything:?}");
    server.stop();
    done(&["restore", "--store", &store, "--replace", &file]);
    let server = Server::start(&["--store", &store]);
    assert_eq!(server.everything()[0]["connections"].as_array().unwrap().len(), 1);
    let mut bytes = fs::read(&file).unwrap();
    let at = bytes.len() - 200;
    bytes[at] ^= 1;
    fs::write(&file, bytes).unwrap();
    for arguments in [&["inspect", &file][..], &["restore", "--store", &other, &file]] {
        let text = refused(1, arguments);
        assert!(text.contains("is damaged at block 1, record "), "{text}");
    }
    assert!(!Path::new(&other).exists(), "a damaged snapshot is found before the store is made");
    let text = refused(1, &["inspect", &folder.at("absent")]);
    assert!(text.contains("absent"), "{text}");
}
