//! fjall, set up for small durable transactions, with its errors in our words.

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use fjall::{Database as Fjall, Keyspace, KeyspaceCreateOptions, PersistMode};

use super::batch::{GROUP_KEY, GroupRow, NOTE_PREFIX, ROW_PREFIX};
use crate::engine::EachRow;
use crate::{Damage, Group, LastGroup, Notes, StoreError};

/// Reads happen once, at load: little is worth keeping.
const CACHE_BYTES: u64 = 4 << 20;
/// Rows held in memory until they become a table.
const MEMTABLE_BYTES: u64 = 8 << 20;
/// The least that fjall allows; it begins a new journal at 64 MB.
const JOURNAL_BYTES: u64 = 128 << 20;
const OPEN_FILES: usize = 64;
/// One thread flushes and merges.
const WORKERS: usize = 1;
const KEYSPACE: &str = "rows";

/// The open database.
pub(super) struct Database {
    // Dropped before the database, which waits for its threads.
    rows: Keyspace,
    fjall: Fjall,
}

impl Database {
    /// Opens or creates the database at `path`. `store` is named in errors.
    pub(super) fn open(store: &Path, path: &Path) -> Result<Self, StoreError> {
        // fjall trusts some of its files so far as to panic on a wrong one.
        let opened = catch_unwind(AssertUnwindSafe(|| {
            let fjall = Fjall::builder(path)
                .cache_size(CACHE_BYTES)
                .max_cached_files(Some(OPEN_FILES))
                .max_journaling_size(JOURNAL_BYTES)
                .worker_threads(WORKERS)
                .manual_journal_persist(true)
                .open()?;
            let rows = fjall.keyspace(KEYSPACE, || {
                KeyspaceCreateOptions::default().max_memtable_size(MEMTABLE_BYTES).manual_journal_persist(true)
            })?;
            Ok(Self { rows, fjall })
        }));
        match opened {
            Ok(opened) => opened.map_err(|e| match error(store, e) {
                // Where there is a database, all of its files are there.
                StoreError::Io { source, .. } if source.kind() == ErrorKind::NotFound => {
                    damaged(store, "a file of it is missing")
                }
                other => other,
            }),
            Err(_) => Err(damaged(store, "it gave up while opening its files")),
        }
    }

    /// The last group, 0 in a database without rows.
    pub(super) fn last(&self, store: &Path) -> Result<LastGroup, StoreError> {
        match self.rows.get(GROUP_KEY).map_err(|e| error(store, e))? {
            Some(row) => Ok(GroupRow::decode(&row)
                .ok_or_else(|| damaged(store, "the row of the group's number is malformed"))?
                .last),
            None if self.rows.is_empty().map_err(|e| error(store, e))? => Ok(LastGroup::default()),
            None => Err(StoreError::Damaged { path: store.to_path_buf(), damage: Damage::NoGroup }),
        }
    }

    pub(super) fn load(&self, store: &Path, each: &mut EachRow<'_>) -> Result<(), StoreError> {
        for row in self.rows.prefix([ROW_PREFIX]) {
            let (key, value) = row.into_inner().map_err(|e| error(store, e))?;
            each(&key[1..], &value)?;
        }
        Ok(())
    }

    /// The notes that are kept.
    pub(super) fn notes(&self, store: &Path) -> Result<Notes, StoreError> {
        let mut notes = Notes::new();
        for row in self.rows.prefix([NOTE_PREFIX]) {
            let (key, value) = row.into_inner().map_err(|e| error(store, e))?;
            let number = key[1..].try_into().map_err(|_| damaged(store, "the key of a note is malformed"))?;
            notes.insert(u64::from_be_bytes(number), value.to_vec());
        }
        Ok(notes)
    }

    /// Writes the group and its note, removes the notes that are done, and syncs once. Until that sync nothing of it is
    /// seen by anyone.
    pub(super) fn commit(
        &self,
        store: &Path,
        group: &Group,
        note: &[u8],
        done: impl Iterator<Item = u64>,
    ) -> Result<(), StoreError> {
        let mut batch = self.fjall.batch().durability(Some(PersistMode::SyncData));
        let row = GroupRow { last: LastGroup { number: group.number, at: group.at }, seqno_floor: self.fjall.seqno() };
        batch.insert(&self.rows, GROUP_KEY, row.encode());
        for (key, value) in &group.writes {
            let mut row_key = Vec::with_capacity(1 + key.len());
            row_key.push(ROW_PREFIX);
            row_key.extend_from_slice(key);
            match value {
                Some(value) => batch.insert(&self.rows, row_key, value.as_slice()),
                None => batch.remove(&self.rows, row_key),
            }
        }
        if !note.is_empty() {
            batch.insert(&self.rows, note_key(group.number), note);
        }
        done.for_each(|number| batch.remove(&self.rows, note_key(number)));
        batch.commit().map_err(|e| error(store, e))
    }
}

fn note_key(group: u64) -> [u8; 9] {
    let mut key = [NOTE_PREFIX; 9];
    key[1..].copy_from_slice(&group.to_be_bytes());
    key
}

/// fjall's errors by what they mean to the person who runs the store.
fn error(store: &Path, error: fjall::Error) -> StoreError {
    match error {
        fjall::Error::Io(source) | fjall::Error::Storage(fjall::LsmError::Io(source)) => {
            StoreError::io("use the database in", store)(source)
        }
        fjall::Error::Locked => StoreError::Locked { path: store.to_path_buf(), pid: None },
        fjall::Error::Poisoned => StoreError::Engine {
            path: store.to_path_buf(),
            reason: String::from("an earlier write failed, and it was not reopened since"),
        },
        other => damaged(store, &other.to_string()),
    }
}

fn damaged(store: &Path, words: &str) -> StoreError {
    StoreError::Damaged { path: store.to_path_buf(), damage: Damage::Engine(String::from(words)) }
}
