//! Stores that are not opened, and why; writes that are refused.

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use common::{image, open_and_compare, rows_after, sample, store_with, write_image};
use crossconnect_store::suite::load;
use crossconnect_store::{Damage, Embedded, Engine, FORMAT, Group, KEY_MAX, StoreError};

fn refusal(path: &Path) -> StoreError {
    match Embedded::open(path, 0) {
        Ok(_) => panic!("{} opens", path.display()),
        Err(refusal) => refusal,
    }
}

fn damage(path: &Path) -> Damage {
    match refusal(path) {
        StoreError::Damaged { damage, .. } => damage,
        other => panic!("{other}"),
    }
}

fn closed_store(path: &Path) {
    store_with(path, 0, 3).close().expect("closes");
}

#[test]
fn a_store_in_use_names_the_process() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    let held = Embedded::open(&path, 0).unwrap();
    let refused = refusal(&path);
    let StoreError::Locked { pid, .. } = &refused else {
        panic!("{refused}");
    };
    assert_eq!(*pid, Some(std::process::id()));
    drop(held);
    assert!(Embedded::open(&path, 0).is_ok(), "the lock goes with its holder");
}

#[test]
fn a_directory_of_something_else_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("letter.txt"), "dear").unwrap();
    let refused = refusal(directory.path());
    assert!(matches!(&refused, StoreError::Foreign { found, .. } if found == "letter.txt"));
    assert_eq!(image(directory.path()).len(), 1);
}

#[test]
fn a_file_is_not_a_store() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("file");
    fs::write(&path, "x").unwrap();
    assert!(matches!(refusal(&path), StoreError::NoDirectory { .. }));
}

#[test]
fn a_newer_format_is_refused_with_both_numbers() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    closed_store(&path);
    let head = path.join("HEAD");
    let mut bytes = fs::read(&head).unwrap();
    for slot in [0, 4096] {
        bytes[slot + 8] += 1;
        let checksum = xxhash_rust::xxh3::xxh3_64(&bytes[slot..slot + 40]);
        bytes[slot + 40..slot + 48].copy_from_slice(&checksum.to_le_bytes());
    }
    fs::write(&head, bytes).unwrap();
    let refused = refusal(&path);
    let StoreError::NewerRelease { found, supported, .. } = refused else {
        panic!("{refused}");
    };
    assert_eq!((found, supported), (FORMAT + 1, FORMAT));
}

#[test]
fn rows_without_a_head_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    closed_store(&path);
    fs::remove_file(path.join("HEAD")).unwrap();
    assert_eq!(damage(&path), Damage::NoHead);
    fs::write(path.join("HEAD"), vec![0; 8192]).unwrap();
    assert_eq!(damage(&path), Damage::NoHead);
}

#[test]
fn a_head_without_its_database_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    closed_store(&path);
    fs::remove_dir_all(path.join("db")).unwrap();
    assert_eq!(damage(&path), Damage::NoDatabase { head: 3 });
}

#[test]
fn a_database_behind_its_head_is_refused_with_the_numbers() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    let mut store = store_with(&path, 2, 2);
    let old = image(&path);
    store.commit(&sample(3)).unwrap();
    store.close().unwrap();
    drop(store);
    let mut mixed = old;
    mixed.insert("HEAD".into(), fs::read(path.join("HEAD")).unwrap());
    write_image(&path, &mixed);
    let expected = Damage::Behind { found: 2, journaled: 2, head: 3 };
    assert_eq!(damage(&path), expected);
}

#[test]
fn a_missing_journal_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    closed_store(&path);
    fs::copy(path.join("db/0.jnl"), path.join("db/2.jnl")).unwrap();
    assert!(matches!(damage(&path), Damage::NoJournal { journal } if journal == "1.jnl"));
}

#[test]
fn lost_journals_are_refused_again_and_again() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    closed_store(&path);
    fs::remove_file(path.join("db/0.jnl")).unwrap();
    for _ in 0..2 {
        assert!(matches!(damage(&path), Damage::NoJournal { .. }));
    }
}

#[test]
fn a_store_whose_making_was_interrupted_is_made_anew() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    drop(Embedded::open(&path, 0).unwrap());
    fs::remove_file(path.join("db/version")).unwrap();
    let mut store = Embedded::open(&path, 0).unwrap();
    store.commit(&sample(1)).unwrap();
    drop(store);
    assert_eq!(open_and_compare(&path).unwrap(), 1);
}

#[test]
fn below_the_floor_writes_are_refused_and_reads_go_on() {
    let directory = tempfile::tempdir().unwrap();
    let mut store = store_with(directory.path(), 0, 2);
    store.set_free_floor(u64::MAX);
    let refused = store.commit(&sample(3)).unwrap_err();
    assert!(matches!(refused, StoreError::NoSpace { floor: u64::MAX, .. }), "{refused}");
    assert!(refused.is_untouched());
    assert_eq!(load(&mut store).0, rows_after(2));
    store.set_free_floor(0);
    store.commit(&sample(3)).unwrap();
    assert_eq!(load(&mut store).0, rows_after(3));
}

#[test]
fn a_new_store_is_its_owners_alone_and_a_file_is_none() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("above/store");
    drop(Embedded::open(&path, 0).unwrap());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    let refused = Embedded::open(&file, 0).map(drop).unwrap_err().to_string();
    assert!(refused.contains("is not a directory") && refused.contains("--store"), "{refused}");
}

#[test]
fn the_room_is_told_before_a_commit_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let store = Embedded::open(directory.path(), u64::MAX).unwrap();
    assert!(matches!(store.room().unwrap().require(0), Err(StoreError::NoSpace { floor: u64::MAX, .. })));
    drop(store);
    let store = Embedded::open(directory.path(), 0).unwrap();
    store.room().unwrap().require(0).unwrap();
    assert!(store.room().unwrap().require(u64::MAX).is_err());
}

#[test]
fn a_key_too_long_for_the_engine_is_refused_and_the_longest_kept() {
    let directory = tempfile::tempdir().unwrap();
    let mut store = Embedded::open(directory.path(), 0).unwrap();
    let group = |length: usize| Group { number: 1, at: 0, writes: [(vec![7; length], Some(vec![]))].into() };
    let refused = store.commit(&group(KEY_MAX + 1)).unwrap_err();
    assert!(refused.is_untouched(), "{refused}");
    store.commit(&group(KEY_MAX)).unwrap();
    drop(store);
    let mut store = Embedded::open(directory.path(), 0).unwrap();
    assert_eq!(load(&mut store).0.len(), 1);
}
