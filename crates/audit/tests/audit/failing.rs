//! A log whose sync has failed takes nothing until it is recovered, and goes on with what is there.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use crate::support::{add, open, paths, records, verified};
use crossconnect_audit::{Log, LogError};
use std::fs;
use std::path::Path;

/// A log with two durable records and two that were written before a sync failed.
fn failed(directory: &Path) -> Log {
    let mut log = open(directory).unwrap().log;
    add(&mut log, &[b"one", b"two"]).unwrap();
    log.write([(0, &b"three"[..]), (0, b"four")].into_iter(), 0).unwrap();
    log.fail();
    assert!(log.has_failed() && matches!(add(&mut log, &[b"refused"]), Err(LogError::Failed { .. })));
    log
}

/// Changes what is behind a text in the first segment.
fn spoil(directory: &Path, text: &[u8], change: impl Fn(&mut [u8])) {
    let path = &paths(directory)[0];
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.windows(text.len()).position(|part| part == text).unwrap();
    change(&mut bytes[at..]);
    fs::write(path, bytes).unwrap();
}

#[test]
fn nothing_is_lost_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = failed(folder.path());
    // The rest of a record whose writer was told that it was not written.
    fs::write(folder.path().join("000000000001.audit"), {
        let mut bytes = fs::read(&paths(folder.path())[0]).unwrap();
        let end = bytes.iter().rposition(|byte| *byte != 0).unwrap();
        bytes[end + 1..end + 9].fill(7);
        bytes
    })
    .unwrap();
    let recovered = log.recover().unwrap();
    assert_eq!((recovered.point.sequence, recovered.lost), (4, 0));
    assert_eq!(verified(folder.path()).unwrap().last, 4);
    add(&mut log, &[b"five"]).unwrap();
    log.close().unwrap();
    assert_eq!(records(folder.path()), [&b"one"[..], b"two", b"three", b"four", b"five"]);
    assert_eq!(verified(folder.path()).unwrap().last, 5);
}

#[test]
fn it_goes_on_after_what_never_was_durable_and_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = failed(folder.path());
    spoil(folder.path(), b"four", |rest| rest.fill(0));
    let recovered = log.recover().unwrap();
    assert_eq!((recovered.point.sequence, recovered.lost), (3, 1));
    add(&mut log, &[b"after"]).unwrap();
    log.close().unwrap();
    assert_eq!(records(folder.path()), [&b"one"[..], b"two", b"three", b"after"]);
    assert_eq!(verified(folder.path()).unwrap().last, 4);
}

#[test]
fn it_does_not_go_on_without_what_was_durable() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = failed(folder.path());
    spoil(folder.path(), b"two", |rest| rest[0] ^= 1);
    for _ in 0..2 {
        assert!(matches!(log.recover(), Err(LogError::Damaged { .. })));
        assert!(log.has_failed());
    }
    fs::remove_file(&paths(folder.path())[0]).unwrap();
    assert!(matches!(log.recover(), Err(LogError::Io { .. })));
    assert!(matches!(log.close(), Err(LogError::Failed { .. })));
}
