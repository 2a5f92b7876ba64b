//! What a crash leaves is mended where it may be one, and is damage where it may not.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use crate::support::{add, copy, open, paths, records, verified};
use crossconnect_audit::{Log, LogError, Repair};
use std::fs;
use std::path::Path;

/// A log as a process leaves it that is killed: two records that are synced, then one that is only written.
fn killed(directory: &Path) -> (u64, u64) {
    let mut log = open(directory).unwrap().log;
    add(&mut log, &[b"synced", b"as well"]).unwrap();
    let synced = length(directory);
    log.write([(9, &b"written"[..])].into_iter(), 0).unwrap();
    let all = length(directory);
    drop(log);
    (synced, all)
}

/// Where the records of the first segment end, which has room behind them.
fn length(directory: &Path) -> u64 {
    let bytes = fs::read(&paths(directory)[0]).unwrap();
    let last = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    last as u64 + 1
}

fn reopened(directory: &Path) -> Result<(Log, Option<Repair>), LogError> {
    open(directory).map(|opened| {
        assert!(!opened.was_clean);
        (opened.log, opened.repair)
    })
}

#[test]
fn a_killed_process_loses_nothing_that_it_wrote() {
    let folder = tempfile::tempdir().unwrap();
    killed(folder.path());
    assert_eq!(verified(folder.path()).unwrap().last, 3);
    let (mut log, repair) = reopened(folder.path()).unwrap();
    assert_eq!((log.written().sequence, repair), (3, None));
    add(&mut log, &[b"after"]).unwrap();
    log.close().unwrap();
    assert_eq!(records(folder.path()), [&b"synced"[..], b"as well", b"written", b"after"]);
    assert_eq!(verified(folder.path()).unwrap().last, 4);
}

#[test]
fn a_write_that_was_cut_short_is_mended_at_every_length() {
    let folder = tempfile::tempdir().unwrap();
    let (synced, all) = killed(folder.path());
    for length in synced..all {
        for rest in [0, 0xff] {
            let cut = copy(folder.path());
            let path = &paths(cut.path())[0];
            let mut bytes = fs::read(path).unwrap();
            bytes[length as usize..all as usize].fill(rest);
            fs::write(path, bytes).unwrap();
            let (mut log, repair) = reopened(cut.path()).unwrap();
            let is_torn = length > synced || rest != 0;
            assert_eq!(repair.map(|repair| repair.after), is_torn.then_some(2), "{length}");
            assert_eq!(log.written().sequence, 2);
            add(&mut log, &[b"after"]).unwrap();
            log.close().unwrap();
            assert_eq!(records(cut.path()), [&b"synced"[..], b"as well", b"after"]);
            assert_eq!(verified(cut.path()).unwrap().last, 3);
        }
    }
}

#[test]
fn what_was_synced_is_damaged_and_not_mended() {
    let folder = tempfile::tempdir().unwrap();
    let (synced, _) = killed(folder.path());
    for at in 0..synced as usize {
        let changed = copy(folder.path());
        let path = &paths(changed.path())[0];
        let mut bytes = fs::read(path).unwrap();
        bytes[at] ^= 1;
        fs::write(path, &bytes).unwrap();
        assert!(matches!(reopened(changed.path()), Err(LogError::Damaged { .. })), "{at}");
        assert_eq!(fs::read(path).unwrap(), bytes, "it is left as it was found");
        assert!(verified(changed.path()).is_err(), "{at}");
    }
}

#[test]
fn one_process_writes_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let opened = open(folder.path()).unwrap();
    assert!(matches!(open(folder.path()), Err(LogError::InUse { .. })));
    let report = verified(folder.path()).unwrap();
    assert!(report.is_open && report.last == 0);
    opened.log.close().unwrap();
    assert!(!verified(folder.path()).unwrap().is_open);
}

#[test]
fn a_segment_that_a_crash_left_without_a_head_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    killed(folder.path());
    for length in [0, 64, 128] {
        fs::write(folder.path().join("000000000002.audit"), vec![0; length]).unwrap();
        let (log, repair) = reopened(folder.path()).unwrap();
        assert_eq!(repair.map_or(0, |repair| repair.bytes), length as u64);
        assert_eq!(log.written().segment, 1);
    }
}
