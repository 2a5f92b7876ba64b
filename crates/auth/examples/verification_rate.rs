//! How long the verification of one request takes: `cargo run --release -p crossconnect-auth --example
//! verification_rate`.
//!
//! The request is a DescribeConnections by id as botocore sends it. Each line is the median of several runs.

use std::hint::black_box;
use std::time::Instant;

use crossconnect_auth::signature::{AccessKey, Endpoint, Payload, Regions, Request, Secret, SigningKeys, check};

const ROUNDS: u32 = 200_000;
const RUNS: usize = 7;
/// 2026-01-01T00:00:07Z.
const NOW: i64 = 1_767_225_607;
const ENDPOINT: Endpoint<'_> = Endpoint { services: &["directconnect", "sts"], regions: Regions::WellFormed };
const BODY: &[u8] = br#"{"connectionId": "dxcon-ffabc123"}"#;
const HEADERS: [(&str, &[u8]); 11] = [
    ("host", b"directconnect.us-gov-west-1.amazonaws.com"),
    ("accept-encoding", b"identity"),
    ("x-amz-target", b"OvertureService.DescribeConnections"),
    ("content-type", b"application/x-amz-json-1.1"),
    ("user-agent", b"Botocore/1.43.11 ua/2.1 os/linux md/arch#x86_64 lang/python#3.11.7 md/pyimpl#CPython m/b,Z,e,D"),
    ("x-amz-date", b"20260101T000007Z"),
    (
        "authorization",
        b"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-gov-west-1/directconnect/aws4_request, \
          SignedHeaders=content-type;host;x-amz-date;x-amz-target, \
          Signature=8ead1e3e5d7c773d05f4d0ce67ef50b80ebc228c1d5bb3d1091b64e767ddf8b1",
    ),
    ("amz-sdk-invocation-id", b"342d42ed-2d57-4bdf-beef-21143284204e"),
    ("amz-sdk-request", b"attempt=1"),
    ("content-length", b"34"),
    ("connection", b"keep-alive"),
];

fn main() {
    let secret = Secret::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    let key = AccessKey::lasting("AKIAIOSFODNN7EXAMPLE", "111122223333", true, Some(secret));
    let keys = SigningKeys::default();
    report("head checked, nothing computed", || repeat(|| check_head(&key)));
    report("signing key cached", || repeat(|| verify(&key, &keys)));
    report("signing key cached, each of two threads", || {
        std::thread::scope(|scope| {
            scope.spawn(|| repeat(|| verify(&key, &keys)));
            repeat(|| verify(&key, &keys));
        });
    });
    report("signing key derived each time", || repeat(|| verify(&key, &SigningKeys::new(1))));
}

fn request() -> Request<'static, impl Iterator<Item = (&'static str, &'static [u8])> + Clone> {
    Request { method: "POST", path: "/", query: "", authority: None, headers: black_box(&HEADERS).iter().copied() }
}

fn check_head(key: &AccessKey) {
    let request = request();
    let checked = check(&request, None, NOW, &ENDPOINT, |_| Some(key));
    black_box(checked.is_ok());
}

fn verify(key: &AccessKey, keys: &SigningKeys) {
    let request = request();
    let verified = check(&request, None, NOW, &ENDPOINT, |_| Some(key))
        .and_then(|checked| checked.verify(Payload::Bytes(black_box(BODY)), keys));
    assert!(verified.is_ok(), "the request is signed");
}

fn repeat(work: impl Fn()) {
    for _ in 0..ROUNDS {
        work();
    }
}

/// Reports the time of one round of `run`, which has [`ROUNDS`].
fn report(what: &str, run: impl Fn()) {
    let mut times: Vec<_> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed() / ROUNDS
        })
        .collect();
    times.sort_unstable();
    println!("{what}: {:?}", times[RUNS / 2]);
}
