//! A log stays as small as it was told to, and what is left of it is sound.

use crate::support::{add, open, paths, records, verified};
use crossconnect_audit::{Limits, LogError, RECORD_MAX};
use std::fs;

#[test]
fn the_oldest_segments_go_when_there_is_no_more_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = open(folder.path()).unwrap().log;
    for number in 0..200_u8 {
        add(&mut log, &[&[number; 200 << 10]]).unwrap();
        let bytes: u64 = paths(folder.path()).iter().map(|path| fs::metadata(path).unwrap().len()).sum();
        assert!(bytes <= Limits::TOTAL_MIN, "{bytes}");
        assert_eq!(bytes, log.bytes());
        if number % 20 == 0 {
            assert_eq!(verified(folder.path()).unwrap().last, u64::from(number) + 1);
        }
    }
    assert!(log.dropped() > 20);
    let first = log.first();
    log.close().unwrap();
    let report = verified(folder.path()).unwrap();
    assert_eq!((report.first, report.last), (first, 200));
    assert_eq!(records(folder.path()).len() as u64, 201 - first);
    let log = open(folder.path()).unwrap().log;
    assert_eq!((log.first(), log.written().sequence), (first, 200));
}

#[test]
fn a_segment_that_was_dropped_cannot_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = open(folder.path()).unwrap().log;
    add(&mut log, &[b"the first"]).unwrap();
    let first = paths(folder.path())[0].clone();
    let kept = fs::read(&first).unwrap();
    while log.dropped() == 0 {
        add(&mut log, &[&[1; 500 << 10]]).unwrap();
    }
    log.close().unwrap();
    fs::write(&first, kept).unwrap();
    assert!(verified(folder.path()).is_err());
}

#[test]
fn a_record_has_a_longest_length() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = open(folder.path()).unwrap().log;
    add(&mut log, &[&vec![1; RECORD_MAX]]).unwrap();
    let refused = add(&mut log, &[b"not written either", &vec![1; RECORD_MAX + 1]]);
    assert!(matches!(refused, Err(LogError::Oversized { .. })));
    assert_eq!(log.written().sequence, 1);
}

#[test]
fn a_log_grows_in_steps() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = open(folder.path()).unwrap().log;
    add(&mut log, &[b"one"]).unwrap();
    let before = log.bytes();
    add(&mut log, &[b"two"]).unwrap();
    assert_eq!(log.bytes(), before);
}
