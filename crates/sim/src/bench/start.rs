//! How soon a server answers after it was started, and how much memory it takes.

use super::decision::filled;
use super::http::{Api, describe};
use super::{Bench, Row, median};
use crate::random::Random;
use crossconnect_core::{Record, State};
use crossconnect_store::{Embedded, Engine, Group};
use serde_json::json;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;
use std::time::{Duration, Instant};

/// Rows in one group of a store that is made.
const GROUP_ROWS: usize = 20_000;
/// How long a server is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(2);

pub(super) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let large = bench.scale.large;
    let folder = bench.folder.join("large");
    make(&folder, &filled(large, &mut Random::new(7)))?;
    // What a new store costs is the disk's: some thirty syncs.
    let new_ms = median(bench.scale.rounds.max(5), || {
        let new = tempfile::tempdir_in(bench.folder).map_err(|error| error.to_string())?;
        first_answer(bench, &new.path().join("store")).map(|(_, seconds)| seconds * 1e3)
    })?;
    let empty = bench.folder.join("empty");
    first_answer(bench, &empty)?.0.server.stop()?;
    let empty_ms = median(bench.scale.rounds.max(5), || {
        let (mut api, seconds) = first_answer(bench, &empty)?;
        api.server.stop()?;
        Ok(seconds * 1e3)
    })?;
    let large_s = median(bench.scale.rounds.min(3), || first_answer(bench, &folder).map(|(_, seconds)| seconds))?;
    let (mut api, _) = first_answer(bench, &empty)?;
    std::thread::sleep(IDLE);
    let idle = api.server.resident_bytes()? as f64;
    api.server.stop()?;
    let (mut api, _) = first_answer(bench, &folder)?;
    std::thread::sleep(IDLE);
    let full = api.server.resident_bytes()? as f64;
    api.server.stop()?;
    Ok(vec![
        Row::plain("start to first answer, store made anew", format!("{new_ms:.0} ms")),
        Row::at_most("start to first answer, empty store", empty_ms, 100.0, " ms"),
        Row::at_most(&format!("start to first answer, {large} connections"), large_s, 4.0, " s"),
        Row::at_most("idle memory", idle / f64::from(1 << 20), 20.0, " MiB"),
        Row::at_most("memory of a stored connection", (full - idle) / large as f64 / 1024.0, 1.5, " KiB"),
    ])
}

/// Starts a server and asks it for something that it does not have.
fn first_answer(bench: &Bench<'_>, store: &Path) -> Result<(Api, f64), String> {
    let began = Instant::now();
    let options: [&OsStr; 2] = ["--store".as_ref(), store.as_os_str()];
    let api = Api::start(bench, &options)?;
    match api.call("DescribeLags", &json!({})) {
        Ok(_) => Ok((api, began.elapsed().as_secs_f64())),
        Err(error) => Err(format!("{error} (asked for {})", describe("no connection"))),
    }
}

/// Writes a state as a store.
fn make(folder: &Path, state: &State) -> Result<(), String> {
    let mut engine = Embedded::open(folder, 0).map_err(|error| error.to_string())?;
    let mut number = 0;
    let mut commit = |writes: BTreeMap<Vec<u8>, Option<Vec<u8>>>| {
        number += 1;
        engine.commit(&Group { number, at: 1, writes }).map_err(|error| error.to_string())
    };
    let mut writes = BTreeMap::new();
    for record in state.records() {
        // The server writes its own settings.
        if matches!(record, Record::Settings(_) | Record::Clock(_)) {
            continue;
        }
        writes.insert(record.key().encode(), Some(record.encode()));
        if writes.len() == GROUP_ROWS {
            commit(std::mem::take(&mut writes))?;
        }
    }
    commit(writes)?;
    engine.close().map_err(|error| error.to_string())
}
