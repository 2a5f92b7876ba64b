//! Every kind of change is seen.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use crate::support::{add, copy, key, large, open, paths, small, verified};
use crossconnect_audit::{ChainKey, Expected, Fault, Link, verify};
use std::fs;
use std::path::Path;

/// Copying answers how much it was, which is something.
fn copied(copied: std::io::Result<u64>) {
    assert!(copied.unwrap() > 0);
}

/// Fails unless the log is sound as it is, and is not after `change`; what is wrong is answered.
fn seen(log: &Path, change: impl FnOnce(&Path)) -> Fault {
    assert!(verified(log).is_ok());
    let changed = copy(log);
    change(changed.path());
    verified(changed.path()).expect_err("the change is seen")
}

#[test]
fn a_changed_byte_is_seen_wherever_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    small(folder.path());
    let mut files = paths(folder.path());
    files.push(folder.path().join("HEAD"));
    for path in files {
        let bytes = fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            for bit in [0, 7] {
                let mut changed = bytes.clone();
                changed[at] ^= 1 << bit;
                fs::write(&path, &changed).unwrap();
                assert!(verified(folder.path()).is_err(), "{} byte {at} bit {bit}", path.display());
                // One place of HEAD is enough to open a log, but not to call it sound.
                assert!(path.ends_with("HEAD") || open(folder.path()).is_err(), "{} byte {at}", path.display());
            }
        }
        fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn a_log_that_was_cut_is_seen_at_every_length() {
    let folder = tempfile::tempdir().unwrap();
    small(folder.path());
    let path = &paths(folder.path())[0];
    let bytes = fs::read(path).unwrap();
    for length in 0..bytes.len() {
        let fault =
            seen(folder.path(), |copy| fs::write(copy.join(path.file_name().unwrap()), &bytes[..length]).unwrap());
        assert!(fault.sequence.is_some() || length < 128, "{fault}");
    }
}

#[test]
fn more_at_the_end_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    small(folder.path());
    let path = &paths(folder.path())[0];
    let mut bytes = fs::read(path).unwrap();
    bytes.extend_from_slice(&[0, 0, 1]);
    let fault = seen(folder.path(), |copy| fs::write(copy.join(path.file_name().unwrap()), &bytes).unwrap());
    assert_eq!(fault.sequence, Some(4));
}

/// The places of the records in a segment: where each begins and ends.
fn places(bytes: &[u8]) -> Vec<(usize, usize)> {
    let (mut at, mut places) = (128, Vec::new());
    while at < bytes.len() {
        let length = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize + 20 + 32;
        places.push((at, at + length));
        at += length;
    }
    places
}

#[test]
fn records_that_are_removed_doubled_or_swapped_are_seen() {
    let folder = tempfile::tempdir().unwrap();
    small(folder.path());
    let path = &paths(folder.path())[0];
    let bytes = fs::read(path).unwrap();
    let places = places(&bytes);
    let [first, second, third] = [0, 1, 2].map(|index: usize| &bytes[places[index].0..places[index].1]);
    let head = &bytes[..128];
    for (records, sequence) in [
        (vec![second, third], 1),
        (vec![first, third], 2),
        (vec![first, second], 3),
        (vec![first, first, second, third], 2),
        (vec![first, second, third, third], 4),
        (vec![second, first, third], 1),
        (vec![first, third, second], 2),
    ] {
        let changed = [&[head], &*records].concat().concat();
        let fault = seen(folder.path(), |copy| fs::write(copy.join(path.file_name().unwrap()), &changed).unwrap());
        assert_eq!(fault.sequence, Some(sequence), "{fault}");
    }
}

#[test]
fn segments_that_are_missing_doubled_or_swapped_are_seen() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path());
    let names: Vec<_> = paths(folder.path()).iter().map(|path| path.file_name().unwrap().to_owned()).collect();
    for name in &names {
        seen(folder.path(), |copy| fs::remove_file(copy.join(name)).unwrap());
    }
    for (from, to) in [(0, 1), (1, 0), (2, 3), (0, 3)] {
        seen(folder.path(), |copy| copied(fs::copy(copy.join(&names[from]), copy.join(&names[to]))));
        seen(folder.path(), |copy| {
            fs::rename(copy.join(&names[from]), copy.join("aside")).unwrap();
            fs::rename(copy.join(&names[to]), copy.join(&names[from])).unwrap();
            fs::rename(copy.join("aside"), copy.join(&names[to])).unwrap();
        });
    }
    // As one more at the end, and as one from before the first.
    seen(folder.path(), |copy| copied(fs::copy(copy.join(&names[3]), copy.join("000000000005.audit"))));
    seen(folder.path(), |copy| copied(fs::copy(copy.join(&names[3]), copy.join("000000000000.audit"))));
}

#[test]
fn changes_in_any_segment_are_named() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path());
    for (index, path) in paths(folder.path()).iter().enumerate() {
        let bytes = fs::read(path).unwrap();
        for (number, (start, end)) in places(&bytes).into_iter().enumerate() {
            for at in [start, start + 4, start + 12, start + 20, (start + end) / 2, end - 33, end - 32, end - 1] {
                let mut changed = bytes.clone();
                changed[at] ^= 4;
                let name = path.file_name().unwrap();
                let fault = seen(folder.path(), |copy| fs::write(copy.join(name), &changed).unwrap());
                assert_eq!(fault.file, name.to_str().unwrap());
                assert_eq!(fault.sequence, Some((3 * index + number + 1) as u64), "byte {at}: {fault}");
            }
        }
    }
}

#[test]
fn another_key_fits_nothing() {
    let folder = tempfile::tempdir().unwrap();
    small(folder.path());
    let other = ChainKey::derive(b"another key");
    assert!(verify(folder.path(), &other, None, &mut |_, _| {}).unwrap().is_err());
    let (limits, genesis) = (crossconnect_audit::Limits::of(0), [7; 32]);
    assert!(crossconnect_audit::Log::open(folder.path(), other, limits, genesis, 0).is_err());
    // A log of the same records under another key is no replacement.
    let foreign = tempfile::tempdir().unwrap();
    let key = ChainKey::derive(b"another key");
    let mut log = crossconnect_audit::Log::open(foreign.path(), key, limits, genesis, 0).unwrap().log;
    add(&mut log, &[b"the first", b"", b"the third"]).unwrap();
    log.close().unwrap();
    let name = paths(folder.path())[0].file_name().unwrap().to_owned();
    seen(folder.path(), |copy| copied(fs::copy(foreign.path().join(&name), copy.join(&name))));
    seen(folder.path(), |copy| copied(fs::copy(foreign.path().join("HEAD"), copy.join("HEAD"))));
}

#[test]
fn a_head_that_is_gone_or_an_older_one_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    small(folder.path());
    seen(folder.path(), |copy| fs::remove_file(copy.join("HEAD")).unwrap());
    let older = fs::read(folder.path().join("HEAD")).unwrap();
    let mut log = open(folder.path()).unwrap().log;
    add(&mut log, &[b"the fourth"]).unwrap();
    log.close().unwrap();
    let fault = seen(folder.path(), |copy| fs::write(copy.join("HEAD"), older).unwrap());
    assert_eq!(fault.sequence, Some(3));
}

#[test]
fn an_older_copy_of_everything_is_seen_by_a_head_that_is_kept_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    small(folder.path());
    let older = copy(folder.path());
    let mut log = open(folder.path()).unwrap().log;
    add(&mut log, &[b"the fourth"]).unwrap();
    let head = log.written();
    log.close().unwrap();
    let expected = Some(Expected { sequence: head.sequence, link: head.link });
    assert!(verify(folder.path(), &key(), expected, &mut |_, _| {}).unwrap().is_ok());
    assert!(verified(older.path()).is_ok());
    let fault = verify(older.path(), &key(), expected, &mut |_, _| {}).unwrap().unwrap_err();
    assert_eq!(fault.sequence, Some(4));
    let another = Some(Expected { sequence: 2, link: Link([0; 32]) });
    let fault = verify(folder.path(), &key(), another, &mut |_, _| {}).unwrap().unwrap_err();
    assert_eq!(fault.sequence, Some(2));
}
