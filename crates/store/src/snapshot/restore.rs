//! A snapshot into an engine, whichever it is.
//!
//! INVARIANT: from the first row that is written or removed until the last, the store holds the row [`RESTORING`], beside
//! which no state is loaded: a restoring that ends early leaves a store that is refused, never one that is half full.

use super::read::Reader;
use super::{RESTORING, SnapshotError};
use crate::{Engine, Group, LastGroup, StoreError};
use std::collections::BTreeMap;
use std::io::Read;

/// How a snapshot goes into a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether what the store holds is removed first; otherwise it must be empty.
    pub replace: bool,
    /// How many rows go into one group at most: what the engine takes.
    pub group_rows: usize,
}

/// How often the first group is tried where nodes change the store meanwhile. Once it is there, they do not.
const TRIES_MAX: u32 = 200;
/// About how many bytes go into one group; the row that passes this is still in it.
const GROUP_BYTES: usize = 1 << 20;

/// Restores what `file` holds, and answers how many records that were; `progress` is told of those written so far.
///
/// The engine is then to be closed, or loaded. After an error it holds nothing that would be loaded, unless the error
/// says that nothing was changed.
///
/// # Errors
/// The store is not empty, the snapshot is damaged, or either fails. [`super::verify`] the file before, so that
/// damage is found while nothing was changed.
pub fn restore(
    engine: &mut dyn Engine,
    file: impl Read,
    options: Options,
    mut progress: impl FnMut(u64),
) -> Result<u64, SnapshotError> {
    let mut reader = Reader::open(file)?;
    if !options.replace {
        let (last, keys) = held(engine)?;
        if last.number > 0 || !keys.is_empty() {
            return Err(SnapshotError::Occupied { rows: keys.len() as u64, group: last.number });
        }
    }
    let at = reader.header().at;
    mark(engine, at)?;
    let (last, keys) = held(engine)?;
    let mut groups = Groups { engine, options, last, at, writes: BTreeMap::new(), bytes: 0 };
    for key in keys.into_iter().filter(|key| key != RESTORING) {
        groups.put(key, None)?;
    }
    groups.commit()?;
    let mut written = 0;
    while let Some(rows) = reader.block()? {
        written += rows.len() as u64;
        for (key, value) in rows {
            groups.put(key, Some(value))?;
        }
        progress(written);
    }
    groups.commit()?;
    // The row of the restoring is the one more.
    let found = (held(groups.engine)?.1.len() as u64).saturating_sub(1);
    if found != written {
        return Err(SnapshotError::Miscounted { found, expected: written });
    }
    groups.put(RESTORING.to_vec(), None)?;
    groups.commit()?;
    Ok(written)
}

/// Writes the row of the restoring, beside which nobody else writes.
fn mark(engine: &mut dyn Engine, at: i64) -> Result<(), SnapshotError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let number = engine.last()?.number + 1;
        let writes = BTreeMap::from([(RESTORING.to_vec(), Some(Vec::new()))]);
        match engine.commit(&Group { number, at, writes }) {
            Err(StoreError::Overtaken { .. }) if tries < TRIES_MAX => engine.reopen()?,
            result => return Ok(result?),
        }
    }
}

/// The keys that an engine holds.
fn held(engine: &mut dyn Engine) -> Result<(LastGroup, Vec<Vec<u8>>), SnapshotError> {
    let mut keys = Vec::new();
    let last = engine.load(&mut |key, _| {
        keys.push(key.to_vec());
        Ok(())
    })?;
    Ok((last, keys))
}

/// Rows on their way into an engine.
struct Groups<'a> {
    engine: &'a mut dyn Engine,
    options: Options,
    last: LastGroup,
    at: i64,
    writes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    bytes: usize,
}

impl Groups<'_> {
    fn put(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) -> Result<(), SnapshotError> {
        self.bytes += key.len() + value.as_ref().map_or(0, Vec::len);
        self.writes.insert(key, value);
        if self.writes.len() >= self.options.group_rows.max(1) || self.bytes >= GROUP_BYTES {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), SnapshotError> {
        if self.writes.is_empty() {
            return Ok(());
        }
        let group = Group { number: self.last.number + 1, at: self.at, writes: std::mem::take(&mut self.writes) };
        self.bytes = 0;
        self.engine.commit(&group)?;
        self.last = LastGroup { number: group.number, at: group.at };
        Ok(())
    }
}
