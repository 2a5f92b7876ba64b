//! The files that a log begins with, and the lock that makes its writer the only one.

use super::Point;
use crate::chain::{ChainKey, Link};
use crate::error::LogError;
use crate::head::Said;
use crate::segment::{self, HEAD, Head};
use crate::tail::{Tail, TailEnd};
use std::collections::VecDeque;
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

/// Who writes holds this file's lock.
pub(crate) const LOCK: &str = "LOCK";

/// Takes the lock of a log.
pub(super) fn lock(directory: &Path) -> Result<File, LogError> {
    let path = directory.join(LOCK);
    let mut options = OpenOptions::new();
    let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
    let file = file.map_err(LogError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(LogError::InUse { path: directory.to_owned() }),
        Err(TryLockError::Error(error)) => Err(LogError::io("lock", &path)(error)),
    }
}

/// Makes a segment durable that has no records yet, and opens it.
pub(super) fn make(directory: &Path, head: &Head, key: &ChainKey) -> Result<File, LogError> {
    let path = segment::path(directory, head.number);
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(0o600).open(&path);
    let file = file.map_err(LogError::io("make", &path))?;
    let written = file.write_all_at(&head.encode(key), 0).and_then(|()| file.sync_all());
    written.map_err(LogError::io("write", &path))?;
    File::open(directory).and_then(|folder| folder.sync_all()).map_err(LogError::io("sync", directory))?;
    Ok(file)
}

/// Begins a new log: its first segment, then its `HEAD`.
pub(super) fn begin(directory: &Path, key: &ChainKey, genesis: Link, now: i64) -> Result<Tail, LogError> {
    make(directory, &Head { number: 1, first: 1, created: now, before: genesis }, key)?;
    let said = Said { turn: 0, first_segment: 1, first: 1, segment: 1, sequence: 0, link: genesis, is_clean: false };
    let end = TailEnd { point: Point { segment: 1, sequence: 0, link: genesis }, at: HEAD as u64 };
    Ok(Tail { said, end, was_clean: true, repair: None, closed: VecDeque::new() })
}
