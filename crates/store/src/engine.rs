//! What every engine does: load everything, then commit groups in order.
//!
//! An engine knows bytes and numbers. It never decides anything, and never reads what it stores.

use std::collections::BTreeMap;

use crate::{Room, StoreError};

/// What one commit makes durable, all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// One more than that of the group before; the first is 1.
    pub number: u64,
    /// The group's time, in milliseconds since the epoch.
    pub at: i64,
    /// The new value of each row, or `None` where the row goes.
    pub writes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

/// The last group that an engine holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LastGroup {
    /// Its number; 0 when nothing was ever committed.
    pub number: u64,
    /// Its time, in milliseconds since the epoch; 0 when nothing was ever committed.
    pub at: i64,
}

/// Something that is kept beside a group until it may go. It is no row: it is not loaded, and stands in no snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// What is kept beside the group that is committed; nothing where it is empty.
    pub bytes: Vec<u8>,
    /// The notes of groups up to this number go.
    pub done: u64,
}

/// The notes that an engine keeps, by the numbers of their groups.
pub type Notes = BTreeMap<u64, Vec<u8>>;

/// Takes one row while an engine loads; its error ends the loading.
pub type EachRow<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), StoreError> + 'a;

/// A durable, ordered map of bytes with one writer.
pub trait Engine: Send {
    /// Passes every row to `each`, in the order of their keys' bytes, and answers which group was
    /// the last.
    fn load(&mut self, each: &mut EachRow<'_>) -> Result<LastGroup, StoreError>;

    /// Which group was the last, as [`Engine::load`] answers it.
    fn last(&mut self) -> Result<LastGroup, StoreError> {
        self.load(&mut |_, _| Ok(()))
    }

    /// Makes the group durable before it returns, as a whole.
    ///
    /// After an error nothing of the group may be relied on, and unless
    /// [`StoreError::is_untouched`] every further commit is refused until [`Engine::reopen`].
    fn commit(&mut self, group: &Group) -> Result<(), StoreError>;

    /// The notes that are kept; `None` from an engine that keeps none.
    fn notes(&mut self) -> Result<Option<Notes>, StoreError> {
        Ok(None)
    }

    /// The room that commits need, of an engine that looks at it before each.
    fn room(&self) -> Option<Room> {
        None
    }

    /// [`Engine::commit`], with a note that is as durable as the group. Only for engines that keep notes.
    fn commit_with(&mut self, group: &Group, note: &Note) -> Result<(), StoreError> {
        assert_eq!(note, &Note::default(), "this engine keeps no notes");
        self.commit(group)
    }

    /// Closes and opens again, after a failed commit. The caller then loads anew: whether a group
    /// that failed is there is the engine's to say. May be tried again when it fails.
    fn reopen(&mut self) -> Result<(), StoreError>;

    /// Leaves the store in order. No other call follows.
    fn close(&mut self) -> Result<(), StoreError>;
}
