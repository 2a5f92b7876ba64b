//! What a crash or a bad disk leaves of a journal: every acknowledged group is there or the store is
//! refused, and no group is there in part.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::{image, open_and_compare, sample, store_with, write_image};
use crossconnect_store::{Damage, Embedded, Engine, StoreError};

/// A store as it stood after each group, as files.
struct Images {
    directory: tempfile::TempDir,
    after: BTreeMap<u64, BTreeMap<PathBuf, Vec<u8>>>,
    journal: PathBuf,
}

impl Images {
    fn take() -> Self {
        // In memory where the machine has such: nothing here depends on a disk.
        let directory = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let origin = directory.path().join("origin");
        let mut store = store_with(&origin, 2, 2);
        let mut after = BTreeMap::new();
        for number in 3..=7 {
            store.commit(&sample(number)).unwrap();
            after.insert(number, image(&origin));
        }
        let journal = journal_in(&after[&7]);
        Self { directory, after, journal }
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join("copy")
    }

    fn length(&self, number: u64) -> usize {
        self.after[&number][&self.journal].len()
    }

    /// Opens the store as it stood after group `head`, but with this journal.
    fn open(&self, head: u64, journal: &[u8]) -> Result<u64, StoreError> {
        let mut files = self.after[&head].clone();
        files.insert(self.journal.clone(), journal.to_vec());
        write_image(&self.path(), &files);
        let opened = open_and_compare(&self.path());
        if is_damaged(&opened) {
            files.remove(Path::new("LOCK"));
            let mut left = image(&self.path());
            left.remove(Path::new("LOCK"));
            assert!(left == files, "a damaged store is left as it was");
        }
        opened
    }
}

/// The only journal in an image.
fn journal_in(files: &BTreeMap<PathBuf, Vec<u8>>) -> PathBuf {
    let mut journals = files.keys().filter(|name| name.extension().is_some_and(|e| e == "jnl"));
    let journal = journals.next().unwrap().clone();
    assert_eq!(journals.next(), None, "one journal");
    journal
}

fn is_damaged<T>(result: &Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::Damaged { .. }))
}

#[test]
fn a_cut_after_the_last_acknowledged_group_loses_nothing() {
    let images = Images::take();
    let whole = &images.after[&7][&images.journal];
    for length in images.length(6)..=whole.len() {
        let last = images.open(6, &whole[..length]).unwrap();
        let expected = if length == whole.len() { 7 } else { 6 };
        assert_eq!(last, expected, "cut at {length}");
        // It goes on from there, and what came after the cut is found too.
        let mut store = Embedded::open(&images.path(), 0).unwrap();
        store.commit(&sample(last + 1)).unwrap();
        drop(store);
        assert_eq!(open_and_compare(&images.path()).unwrap(), last + 1);
    }
}

#[test]
fn sectors_missing_from_an_unacknowledged_group_lose_nothing() {
    let images = Images::take();
    let mut journal = images.after[&7][&images.journal].clone();
    let start = images.length(6);
    let hole = start..(start / 512 + 1) * 512;
    assert!(hole.end < journal.len(), "the group lies in two sectors");
    journal[hole].fill(0);
    assert_eq!(images.open(6, &journal).unwrap(), 6);
}

#[test]
fn a_cut_before_the_last_acknowledged_group_ends_is_refused() {
    let images = Images::take();
    let whole = &images.after[&6][&images.journal];
    for length in 0..whole.len() {
        let refused = images.open(6, &whole[..length]);
        assert!(is_damaged(&refused), "cut at {length}: {refused:?}");
    }
}

#[test]
fn a_changed_byte_in_an_acknowledged_group_is_refused() {
    let images = Images::take();
    let whole = &images.after[&6][&images.journal];
    let mut refused = 0;
    for at in 0..whole.len() {
        for mask in [0x01, 0x80] {
            let mut journal = whole.clone();
            journal[at] ^= mask;
            // A change that matters to nobody, of the last sequence number, may pass.
            match images.open(6, &journal) {
                Err(StoreError::Damaged { .. }) => refused += 1,
                opened => assert_eq!(opened.unwrap(), 6, "byte {at} ^ {mask:#x}"),
            }
        }
    }
    assert!(refused > 2 * whole.len() - 16, "{refused} of {} bytes", whole.len());
}

/// HEAD may lag by a second of groups after a power cut. What it does not know of the journal itself tells: a group of
/// which nothing is missing was not cut short.
#[test]
fn a_changed_byte_that_head_does_not_know_of_is_refused() {
    let images = Images::take();
    let whole = &images.after[&6][&images.journal];
    let mut refused = 0;
    for at in 0..whole.len() {
        let mut journal = whole.clone();
        journal[at] ^= 0x04;
        match images.open(4, &journal) {
            Err(StoreError::Damaged { .. }) => refused += 1,
            opened => assert_eq!(opened.unwrap(), 6, "byte {at}"),
        }
    }
    assert!(refused > whole.len() - 8, "{refused} of {} bytes", whole.len());
}

#[test]
fn a_group_missing_from_the_middle_is_refused() {
    let images = Images::take();
    let whole = &images.after[&6][&images.journal];
    let mut journal = whole[..images.length(4)].to_vec();
    journal.extend_from_slice(&whole[images.length(5)..]);
    let refused = images.open(4, &journal);
    let Err(StoreError::Damaged { damage, .. }) = refused else {
        panic!("{refused:?}");
    };
    let expected = Damage::Gap {
        journal: images.journal.file_name().unwrap().to_string_lossy().into_owned(),
        expected: 5,
        found: 6,
    };
    assert_eq!(damage, expected);
}

/// Journals as long as fjall makes them beforehand, full of zeros behind the groups.
#[test]
fn a_store_that_was_never_closed_is_found_whole() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    drop(store_with(&path, 0, 5));
    assert_eq!(open_and_compare(&path).unwrap(), 5);
    assert!(path.join("journal-1").exists(), "its journal was copied aside");
    for _ in 0..5 {
        assert_eq!(open_and_compare(&path).unwrap(), 5);
    }
    let files = image(&path);
    let copies = files.keys().filter(|name| name.to_string_lossy().starts_with("journal-"));
    assert_eq!(copies.count(), 3, "old copies go");
}
