//! Logs to try things on.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use crossconnect_audit::{ChainKey, Fault, Limits, Log, LogError, Opened, Report, Segment, segments, verify};
use std::path::{Path, PathBuf};

/// What a new log begins with.
const GENESIS: [u8; 32] = [7; 32];
const NOW: i64 = 1_700_000_000_000;

pub(crate) fn key() -> ChainKey {
    ChainKey::derive(b"the operator's key")
}

pub(crate) fn open(directory: &Path) -> Result<Opened, LogError> {
    Log::open(directory, key(), Limits::of(0), GENESIS, NOW)
}

/// Writes records of these bytes, each with its length as its mark, and syncs them.
pub(crate) fn add(log: &mut Log, records: &[&[u8]]) -> Result<(), LogError> {
    log.write(records.iter().map(|bytes| (bytes.len() as u64, *bytes)), NOW)?;
    let synced = log.unsynced().sync().unwrap();
    log.synced(synced)
}

/// A log of three small records, closed.
pub(crate) fn small(directory: &Path) {
    let mut log = open(directory).unwrap().log;
    add(&mut log, &[b"the first", b""]).unwrap();
    add(&mut log, &[b"the third"]).unwrap();
    log.close().unwrap();
}

/// A log of several segments, closed.
pub(crate) fn large(directory: &Path) {
    let mut log = open(directory).unwrap().log;
    for number in 0..12_u8 {
        add(&mut log, &[&[number; 300 << 10]]).unwrap();
    }
    log.close().unwrap();
    assert_eq!(paths(directory).len(), 4);
}

pub(crate) fn paths(directory: &Path) -> Vec<PathBuf> {
    segments(directory).unwrap().into_iter().map(|(_, path)| path).collect()
}

/// The bytes of all records.
pub(crate) fn records(directory: &Path) -> Vec<Vec<u8>> {
    let read = |path: &PathBuf| Segment::read(path).unwrap();
    let all = paths(directory);
    let all = all.iter().map(read).collect::<Vec<_>>();
    all.iter().flat_map(|segment| segment.records().map(|record| record.bytes.to_vec()).collect::<Vec<_>>()).collect()
}

pub(crate) fn verified(directory: &Path) -> Result<Report, Fault> {
    verify(directory, &key(), None, &mut |_, _| {}).unwrap()
}

/// A copy of a log, to change.
pub(crate) fn copy(directory: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}
