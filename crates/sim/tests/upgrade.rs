//! Stores and snapshots of earlier releases are opened by this one, and answer what they answered.
//!
//! `golden/<release>/` has a store's directory as a stopped server left it, a snapshot of the same state, and what a
//! server said when it was asked about everything in it; and a store with accounts and keys (`keys_kept/`). `UPDATE=1` makes
//! those of this release where there are none; those of a release that is out never change.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use crossconnect_core::{Record, Replay, State, Timestamp};
use crossconnect_sim::Workload;
use crossconnect_sim::process::{Server, server_binary};
use crossconnect_store::snapshot::{About, Options, restore, save, verify};
use crossconnect_store::{Embedded, Engine, Group, LastGroup, Published, load};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

mod keys_kept;

/// Every release whose stores are kept, and this one.
const RELEASES: [&str; 1] = ["0.1"];
/// Who is asked about, and where: those of the workload.
const ACCOUNTS: [&str; 3] = ["111122223333", "444455556666", "555555555555"];
const REGIONS: [&str; 2] = ["us-east-1", "us-west-1"];
/// What is asked.
const READS: [&str; 8] = [
    "DescribeConnections",
    "DescribeInterconnects",
    "DescribeLags",
    "DescribeVirtualInterfaces",
    "DescribeDirectConnectGateways",
    "DescribeDirectConnectGatewayAssociationProposals",
    "ListVirtualInterfaceTestHistory",
    "ListResiliencyGroups",
];
/// Kinds of records that stand in the other stores that are kept: the workload makes none of them.
const OF_KEYS: [&str; 3] = ["principal", "access_key", "key_use"];
/// After so many random steps there was everything at some time.
const STEPS_MAX: usize = 20_000;

fn golden(release: &str, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(release).join(name)
}

/// What is kept under this name; made where there is none and that is asked for.
fn kept(release: &str, name: &str, make: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
    let path = golden(release, name);
    let is_asked = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    if !path.exists() && is_asked && RELEASES.last() == Some(&release) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, make()).unwrap();
    }
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; UPDATE=1 makes those of this release", path.display()))
}

/// A state with everything that there can be.
fn everything() -> State {
    let mut workload = Workload::new(7);
    let lacks = |state: &State| {
        state.counts().iter().any(|(kind, count)| *count == 0 && *kind != "replay" && !OF_KEYS.contains(kind))
    };
    for _ in 0..STEPS_MAX {
        workload.step();
        if !lacks(workload.state()) {
            break;
        }
    }
    let mut state = workload.state().clone();
    let at = state.last_commit();
    let replay = Replay { call: [7; 32], answered: at, body: b"sealed".to_vec(), nonce: Some([9; 12]) };
    let replay = Record::Replay(Arc::new(replay));
    state.write(&replay.key(), Some(replay));
    state
}

fn snapshot_of(state: State) -> Vec<u8> {
    let last = LastGroup { number: 1500, at: state.last_commit().0 };
    let about = About { release: env!("CARGO_PKG_VERSION"), taken: Timestamp::MANUAL_START.0 };
    let mut bytes = Vec::new();
    let published = Published { state: Arc::new(state), last };
    save(&published, about, |piece| bytes.write_all(&piece)).unwrap();
    bytes
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut zip = GzEncoder::new(Vec::new(), Compression::best());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap()
}

fn unzipped(bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut content).unwrap();
    content
}

/// The snapshot that is kept.
fn snapshot(release: &str) -> Vec<u8> {
    unzipped(&kept(release, "state.snapshot.gz", || zipped(&snapshot_of(everything()))))
}

/// The files of a store, each with its length and bytes, after the lines of their names.
fn packed(directory: &Path) -> Vec<u8> {
    let mut files = BTreeMap::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => drop(files.insert(path.strip_prefix(directory).unwrap().to_owned(), fs::read(&path).unwrap())),
            }
        }
    }
    let mut bytes = Vec::new();
    for (name, content) in files {
        writeln!(bytes, "{} {}", content.len(), name.to_str().unwrap()).unwrap();
        bytes.extend_from_slice(&content);
    }
    bytes
}

fn unpack(mut bytes: &[u8], directory: &Path) {
    while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
        let (length, name) = std::str::from_utf8(&bytes[..end]).unwrap().split_once(' ').unwrap();
        let (content, rest) = bytes[end + 1..].split_at(length.parse().unwrap());
        let path = directory.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        bytes = rest;
    }
}

fn fill(directory: &Path, snapshot: &[u8]) {
    let mut engine = Embedded::open(directory, 0).unwrap();
    restore(&mut engine, snapshot, Options { replace: false, group_rows: 100 }, |_| {}).unwrap();
    engine.close().unwrap();
}

/// The store that is kept, in a directory of the test's own.
fn store(release: &str) -> tempfile::TempDir {
    let bytes = kept(release, "store.gz", || {
        let made = tempfile::tempdir().unwrap();
        fill(made.path(), &snapshot(release));
        // One more group lies in a journal that is no longer than what is in it.
        let mut engine = Embedded::open(made.path(), 0).unwrap();
        let (state, last) = load(&mut engine).unwrap();
        let clock = Record::Clock(state.clock());
        let writes = [(clock.key().encode(), Some(clock.encode()))].into();
        engine.commit(&Group { number: last.number + 1, at: last.at, writes }).unwrap();
        engine.close().unwrap();
        drop(engine);
        zipped(&packed(made.path()))
    });
    let directory = tempfile::tempdir().unwrap();
    unpack(&unzipped(&bytes), directory.path());
    directory
}

fn state_in(directory: &Path) -> State {
    let mut engine = Embedded::open(directory, 0).unwrap();
    let (state, _) = load(&mut engine).unwrap();
    engine.close().unwrap();
    state
}

fn call(server: &Server, (account, region): (&str, &str), operation: &str, input: &Value) -> (u16, Value) {
    let credential = format!("{account}/20261122/{region}/directconnect/aws4_request");
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    let mut answer = config
        .build()
        .new_agent()
        .post(server.url())
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", format!("OvertureService.{operation}"))
        .header(
            "authorization",
            format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature={:064}", 0),
        )
        .send(input.to_string())
        .unwrap();
    let text = answer.body_mut().read_to_string().unwrap();
    (
        answer.status().as_u16(),
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{operation}: {text} {error}")),
    )
}

/// What everyone is told about everything.
fn answers(server: &Server) -> Value {
    let mut all = Map::new();
    for account in ACCOUNTS {
        for region in REGIONS {
            for operation in READS {
                let (_, answer) = call(server, (account, region), operation, &json!({}));
                all.insert(format!("{account} {region} {operation}"), answer);
            }
        }
    }
    Value::Object(all)
}

fn start(binary: &Path, directory: &Path) -> Server {
    Server::start(binary, &["--store".as_ref(), directory.as_os_str(), "--log".as_ref(), "error".as_ref()]).unwrap()
}

#[test]
fn a_store_of_each_release_opens_and_answers_what_it_did() {
    let binary = server_binary().unwrap();
    for release in RELEASES {
        let directory = store(release);
        let mut server = start(&binary, directory.path());
        let now = answers(&server);
        let was = kept(release, "answers.json", || serde_json::to_vec_pretty(&now).unwrap());
        let was: Value = serde_json::from_slice(&was).unwrap();
        for (question, answer) in was.as_object().unwrap() {
            assert_eq!(now[question], *answer, "{release}: {question}");
        }
        let seen = was.to_string();
        for id in ["dxcon-", "dxlag-", "dxvif-", "dxrg-", "proposalId"] {
            assert!(seen.contains(id), "{release} has no {id}");
        }
        // It goes on from there.
        let order = json!({"connectionName": "new", "bandwidth": "1Gbps", "location": "EqSe2"});
        let (status, made) = call(&server, ("999988887777", "us-west-2"), "CreateConnection", &order);
        assert_eq!(status, 200, "{release}: {made}");
        server.stop().unwrap();
        let mut server = start(&binary, directory.path());
        let (_, listed) = call(&server, ("999988887777", "us-west-2"), "DescribeConnections", &json!({}));
        assert_eq!(listed["connections"][0]["connectionId"], made["connectionId"]);
        server.stop().unwrap();
    }
}

#[test]
fn a_snapshot_of_each_release_is_restored_to_the_state_of_its_store() {
    for release in RELEASES {
        let bytes = snapshot(release);
        let summary = verify(&bytes[..], |_, _| {}).unwrap();
        assert!(summary.header.release.starts_with(release), "{}", summary.header.release);
        let directory = tempfile::tempdir().unwrap();
        fill(directory.path(), &bytes);
        assert!(state_in(directory.path()) == state_in(store(release).path()), "{release}");
    }
}

#[test]
fn all_kinds_of_records_are_in_what_is_kept() {
    let kept: BTreeSet<String> = RELEASES
        .iter()
        .flat_map(|release| verify(&snapshot(release)[..], |_, _| {}).unwrap().header.counts)
        .map(|(kind, _)| kind)
        .chain(keys_kept::kinds())
        .collect();
    let counted = State::default().counts().map(|(kind, _)| kind);
    let missing: Vec<&str> =
        counted.into_iter().chain(["settings", "clock"]).filter(|kind| !kept.contains(*kind)).collect();
    assert!(
        missing.is_empty(),
        "no golden data has {missing:?}: a release that is not out yet is made anew with UPDATE=1"
    );
}
