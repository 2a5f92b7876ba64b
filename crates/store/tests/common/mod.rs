//! Copies of stores, and what is in them.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crossconnect_store::suite::{group, load};
use crossconnect_store::{Embedded, Engine, Group, StoreError};

pub(crate) type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// A group that writes a row of its own, overwrites one, and removes that of the group before. The seventh is long.
pub(crate) fn sample(number: u64) -> Group {
    let own = format!("own/{number}");
    let before = format!("own/{}", number - 1);
    let value = format!("value of {number}{}", if number == 7 { ", and more".repeat(60) } else { String::new() });
    group(
        number,
        &[(own.as_bytes(), Some(value.as_bytes())), (b"shared", Some(value.as_bytes())), (before.as_bytes(), None)],
    )
}

/// The rows after the first `number` samples.
pub(crate) fn rows_after(number: u64) -> Rows {
    let mut rows = Rows::new();
    for number in 1..=number {
        for (key, value) in sample(number).writes {
            match value {
                Some(value) => rows.insert(key, value),
                None => rows.remove(&key),
            };
        }
    }
    rows
}

/// Opens the store and answers its last group, having compared its rows with the samples.
pub(crate) fn open_and_compare(path: &Path) -> Result<u64, StoreError> {
    let mut store = Embedded::open(path, 0)?;
    let (rows, last) = load(&mut store);
    assert_eq!(rows, rows_after(last.number), "no group is there in part");
    Ok(last.number)
}

/// A store of `closed` samples that was closed and opened again, so that its journal is no longer
/// than its content, and of further ones up to `last`.
pub(crate) fn store_with(path: &Path, closed: u64, last: u64) -> Embedded {
    let mut store = Embedded::open(path, 0).unwrap();
    for number in 1..=last {
        store.commit(&sample(number)).unwrap();
        if number == closed {
            store.close().unwrap();
            drop(store);
            store = Embedded::open(path, 0).unwrap();
        }
    }
    store
}

/// Every file below a directory with its bytes, by its path within.
pub(crate) fn image(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(directory).unwrap().to_path_buf();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

/// Writes an image to a directory, which is emptied before.
pub(crate) fn write_image(directory: &Path, files: &BTreeMap<PathBuf, Vec<u8>>) {
    if directory.exists() {
        fs::remove_dir_all(directory).unwrap();
    }
    for (name, bytes) in files {
        let path = directory.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
