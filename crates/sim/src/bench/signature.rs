//! Verifying a signature whose signing key is cached, in process.

use super::{Bench, Row, median};
use crate::signer::{Signer, Unsigned};
use crossconnect_auth::signature::{AccessKey, Endpoint, Payload, Regions, Request, Secret, SigningKeys, check};
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: u32 = 100_000;
const STAMP: &str = "20260101T000007Z";
/// The same moment in seconds since 1970.
const NOW: i64 = 1_767_225_607;
const HOST: &str = "127.0.0.1:8023";
const TARGET: &str = "OvertureService.DescribeConnections";
const BODY: &[u8] = br#"{"connectionId":"dxcon-ffabc123"}"#;

pub(super) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let signer =
        Signer { access_key_id: "AKIABENCHMARK0000000".into(), secret: "s".into(), region: "us-east-1".into() };
    let authorization = signer.authorization(Unsigned { host: HOST, target: TARGET, body: BODY, stamp: STAMP });
    let headers: [(&str, &[u8]); 5] = [
        ("host", HOST.as_bytes()),
        ("content-type", b"application/x-amz-json-1.1"),
        ("x-amz-target", TARGET.as_bytes()),
        ("x-amz-date", STAMP.as_bytes()),
        ("authorization", authorization.as_bytes()),
    ];
    let key = AccessKey::lasting("AKIABENCHMARK0000000", "111122223333", true, Some(Secret::new("s")));
    let keys = SigningKeys::default();
    let endpoint = Endpoint { services: &["directconnect"], regions: Regions::WellFormed };
    let micros = median(bench.scale.rounds.max(5), || {
        let began = Instant::now();
        for _ in 0..ROUNDS {
            let headers = black_box(&headers).iter().copied();
            let request = Request { method: "POST", path: "/", query: "", authority: None, headers };
            check(&request, NOW, &endpoint, |_| Some(&key))
                .and_then(|checked| checked.verify(Payload::Bytes(black_box(BODY)), &keys))
                .map_err(|error| error.to_string())?;
        }
        Ok(began.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS))
    })?;
    Ok(vec![Row::at_most("verifying a signature, its key cached", micros, 2.0, " µs")])
}
