//! The embedded engine: one directory, one process, one sync a group.
//!
//! ```text
//! PATH/LOCK        held while the store is open; our process id
//! PATH/HEAD        the last synced group and the store's format (head.rs)
//! PATH/db/         fjall's
//! PATH/journal-N   copies of fjall's journal, made before one was opened after a crash
//! PATH/RESTORING   there while a snapshot is restored where nothing was (restoring.rs)
//! ```
//! INVARIANT: what is refused as damaged is left as it was found.

mod batch;
mod database;
mod directory;
mod head;
mod journal;
mod restoring;
mod room;

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use database::Database;
use directory::Directory;
use head::HeadFile;
use journal::{Journals, Replaced};

pub use head::FORMAT;
pub use restoring::Restoring;
pub use room::Room;

use crate::engine::EachRow;
use crate::{Damage, Engine, Group, LastGroup, Note, Notes, StoreError};

/// The longest key in bytes: fjall counts in 16 bits, and a prefix is ours.
pub const KEY_MAX: usize = u16::MAX as usize - 1;
/// The longest value in bytes, far above any record.
pub const VALUE_MAX: usize = 64 << 20;
/// Bytes that stay free on the file system unless the settings say otherwise: room for a journal.
pub const FREE_FLOOR: u64 = 64 << 20;

/// A store in a directory of its own.
pub struct Embedded {
    // Dropped in this order: the database first, the lock last.
    database: Option<Database>,
    head: HeadFile,
    last: LastGroup,
    /// The groups beside which a note is kept.
    noted: BTreeSet<u64>,
    free_floor: u64,
    directory: Arc<Directory>,
}

/// What the database is opened after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Start,
    Failure,
}

impl Embedded {
    /// Opens the store in `path`, or makes one where there is nothing. Commits are refused while
    /// fewer than `free_floor` bytes are free.
    pub fn open(path: &Path, free_floor: u64) -> Result<Self, StoreError> {
        let directory = Directory::hold(path)?;
        if restoring::is_marked(path) {
            return Err(StoreError::HalfRestored);
        }
        Self::open_in(Arc::new(directory), free_floor)
    }

    fn open_in(directory: Arc<Directory>, free_floor: u64) -> Result<Self, StoreError> {
        let path = directory.path();
        let head = match HeadFile::open(path)? {
            Some(head) => head,
            None if directory.database().exists() => return Err(damaged(path, Damage::NoHead)),
            None => HeadFile::create(path)?,
        };
        let mut store =
            Self { database: None, head, last: LastGroup::default(), noted: BTreeSet::new(), free_floor, directory };
        store.open_database(After::Start)?;
        Ok(store)
    }

    /// Whether there is a store in `path`, whole or not: where there is none, [`Embedded::open`] makes one.
    pub fn is_at(path: &Path) -> bool {
        [head::NAME, directory::DATABASE, restoring::MARKER].iter().any(|name| path.join(name).exists())
    }

    /// Removes a store in which nothing was ever written.
    fn remove(directory: &Directory) -> Result<(), StoreError> {
        let head = directory.path().join(head::NAME);
        directory.remove_database()?;
        match std::fs::remove_file(&head) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::io("remove", &head)(error)),
            _ => Ok(()),
        }
    }

    /// The last group in the store.
    pub fn last(&self) -> LastGroup {
        self.last
    }

    /// Changes how many bytes must stay free.
    pub fn set_free_floor(&mut self, bytes: u64) {
        self.free_floor = bytes;
    }

    /// Opens the database if it holds all that HEAD says. After a failed commit it is to hold
    /// nothing else.
    fn open_database(&mut self, after: After) -> Result<(), StoreError> {
        let path = self.directory.path();
        let head = self.head.head();
        if !self.directory.has_database() {
            if head.last.number > 0 {
                let head = head.last.number;
                return Err(damaged(path, Damage::NoDatabase { head }));
            }
            self.directory.remove_database()?;
        }
        let (journaled, replaced) =
            if self.directory.has_database() { self.prepare_journals(after)? } else { (0, None) };
        let opened = self.require_whole(journaled);
        if matches!(opened, Err(StoreError::Damaged { .. })) {
            replaced.map_or(Ok(()), |journal| journal.undo())?;
        }
        let (database, last) = opened?;
        let noted = database.notes(path)?.into_keys().collect();
        self.head.mark(last, false)?;
        self.database = Some(database);
        (self.last, self.noted) = (last, noted);
        Ok(())
    }

    /// The database with its last group, unless it ends before HEAD or its journals.
    fn require_whole(&self, journaled: u64) -> Result<(Database, LastGroup), StoreError> {
        let path = self.directory.path();
        let database = Database::open(path, &self.directory.database())?;
        let last = database.last(path)?;
        let (found, head) = (last.number, self.head.head().last.number);
        if found < head.max(journaled) {
            return Err(damaged(path, Damage::Behind { found, head, journaled }));
        }
        Ok((database, last))
    }

    /// Leaves journals that the database can read to their end, and a copy where bytes may go.
    /// Answers the last group in them.
    fn prepare_journals(&self, after: After) -> Result<(u64, Option<Replaced>), StoreError> {
        let path = self.directory.path();
        let last_wanted = match after {
            After::Start => u64::MAX,
            After::Failure => self.last.number,
        };
        let journals = Journals::read(path, &self.directory.database(), last_wanted)?;
        let head = self.head.head().last.number;
        let journaled = journals.last().unwrap_or(0);
        if (1..head).contains(&journaled) {
            let damage = Damage::Behind { found: journaled, head, journaled };
            return Err(damaged(path, damage));
        }
        if after == After::Failure {
            journals.rewrite()?;
            return Ok((journaled, None));
        }
        if journals.has_tail() {
            return Ok((journaled, journals.replace(path)?));
        }
        let bytes = journals.copy_bytes();
        let is_room = || self.directory.room(self.free_floor).require(bytes).is_ok();
        if !self.head.head().is_clean && is_room() {
            journals.copy_aside(path)?;
        }
        Ok((journaled, None))
    }

    fn database(&self) -> Result<&Database, StoreError> {
        self.database.as_ref().ok_or_else(|| StoreError::Engine {
            path: self.directory.path().to_path_buf(),
            reason: String::from("an earlier write failed, and it was not reopened since"),
        })
    }
}

impl Engine for Embedded {
    fn load(&mut self, each: &mut EachRow<'_>) -> Result<LastGroup, StoreError> {
        self.database()?.load(self.directory.path(), each)?;
        Ok(self.last)
    }

    fn last(&mut self) -> Result<LastGroup, StoreError> {
        self.database().map(|_| self.last)
    }

    fn commit(&mut self, group: &Group) -> Result<(), StoreError> {
        self.commit_with(group, &Note::default())
    }

    fn notes(&mut self) -> Result<Option<Notes>, StoreError> {
        self.database()?.notes(self.directory.path()).map(Some)
    }

    fn commit_with(&mut self, group: &Group, note: &Note) -> Result<(), StoreError> {
        assert_eq!(group.number, self.last.number + 1, "groups are committed in order");
        let database = self.database()?;
        let bytes = measure(group, &note.bytes)?;
        self.directory.room(self.free_floor).require(bytes)?;
        let done = self.noted.range(..=note.done).copied();
        let committed = database.commit(self.directory.path(), group, &note.bytes, done);
        if committed.is_err() {
            self.database = None;
            return committed;
        }
        self.last = LastGroup { number: group.number, at: group.at };
        while self.noted.first().is_some_and(|number| *number <= note.done) {
            self.noted.pop_first();
        }
        if !note.bytes.is_empty() {
            self.noted.insert(group.number);
        }
        // The group is durable, whatever becomes of HEAD: that failure is the next commit's.
        if self.head.advance(self.last).is_err() {
            self.database = None;
        }
        Ok(())
    }

    fn room(&self) -> Option<Room> {
        Some(self.directory.room(self.free_floor))
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        self.database = None;
        // A group that failed may stand whole in the journal, unsynced. Nobody was told that it
        // holds, and the operating system may have given up on its pages, so it goes.
        self.open_database(After::Failure)
    }

    fn close(&mut self) -> Result<(), StoreError> {
        self.database()?;
        self.database = None;
        self.head.mark(self.last, true)
    }
}

/// How many bytes the group adds at least; refuses rows that fjall would silently mangle.
fn measure(group: &Group, note: &[u8]) -> Result<u64, StoreError> {
    let mut bytes = 0;
    let rows = group.writes.iter().map(|(key, value)| (key.len(), value.as_ref().map_or(0, Vec::len)));
    for (key, value) in rows.chain([(0, note.len())]) {
        for (part, length, limit) in [("key", key, KEY_MAX), ("value", value, VALUE_MAX)] {
            if length > limit {
                return Err(StoreError::Oversized { part, length, limit });
            }
            bytes += length as u64;
        }
    }
    Ok(bytes)
}

fn damaged(path: &Path, damage: Damage) -> StoreError {
    StoreError::Damaged { path: path.to_path_buf(), damage }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::{group, load};

    /// The sync of a group can fail when all of it is in the journal already.
    #[test]
    fn a_failed_group_is_gone_after_reopening_and_its_number_used_again() {
        let directory = tempfile::tempdir().unwrap();
        let mut store = Embedded::open(directory.path(), 0).unwrap();
        store.commit(&group(1, &[(b"a", Some(b"1"))])).unwrap();
        let failed = group(2, &[(b"a", Some(b"failed")), (b"b", Some(b"failed"))]);
        store.database().unwrap().commit(directory.path(), &failed, b"", [].into_iter()).unwrap();
        store.database = None;
        let refused = store.commit(&group(2, &[])).unwrap_err();
        assert!(matches!(refused, StoreError::Engine { .. }) && !refused.is_untouched());
        store.reopen().unwrap();
        let (rows, last) = load(&mut store);
        assert_eq!((rows.len(), last.number), (1, 1));
        store.commit(&group(2, &[(b"c", Some(b"2"))])).unwrap();
        drop(store);
        let (rows, last) = load(&mut Embedded::open(directory.path(), 0).unwrap());
        assert_eq!(rows.into_keys().collect::<Vec<_>>(), [b"a", b"c"]);
        assert_eq!(last.number, 2);
    }
}
