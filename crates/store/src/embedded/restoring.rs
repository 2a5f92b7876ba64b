//! A directory that becomes a store by way of a snapshot.
//!
//! INVARIANT: where there was nothing yet, the file [`MARKER`] is durable before anything else is made, and goes when all
//! of the snapshot is there: whenever a restoring ends, what it leaves is refused, or is nothing at all.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Embedded;
use super::directory::{self, Directory};
use super::head::{self, HeadFile};
use crate::snapshot::{Options, SnapshotError, restore};
use crate::{Engine, StoreError};

/// While it is there the store is not served.
pub(super) const MARKER: &str = "RESTORING";

/// A directory that is held for a restoring. When it is dropped before anything was written, what was made for it goes.
pub struct Restoring {
    directory: Arc<Directory>,
    free_floor: u64,
    /// The directories that were made for it, outermost first.
    made: Vec<PathBuf>,
    is_marked: bool,
    /// Whether there was a store before, which stays.
    was_store: bool,
    /// Whether what is there stays, whole or not.
    is_kept: bool,
}

impl Restoring {
    /// Holds the directory `path`, which is made where there is none, so that it is not served from here on unless it
    /// holds something.
    ///
    /// # Errors
    /// The directory is another's, is in use, or cannot be made.
    pub fn begin(path: &Path, free_floor: u64) -> Result<Self, StoreError> {
        let made = directory::missing(path);
        if !made.is_empty() {
            directory::make_with(path, MARKER)?;
        }
        let directory = Directory::hold(path)?;
        let was_marked = made.is_empty() && is_marked(path);
        let (was_store, is_empty) = match HeadFile::open(path)? {
            Some(head) => (true, head.head().last.number == 0),
            None => {
                let has_database = directory.database().exists();
                (has_database || path.join(head::NAME).exists(), !has_database)
            }
        };
        let mut restoring = Restoring {
            directory: Arc::new(directory),
            free_floor,
            made,
            is_marked: false,
            was_store: was_store || was_marked,
            is_kept: false,
        };
        if is_empty && !was_marked {
            restoring.is_marked = true;
            restoring.mark()?;
        }
        Ok(restoring)
    }

    fn mark(&self) -> Result<(), StoreError> {
        let path = self.marker();
        File::create(&path).and_then(|file| file.sync_all()).map_err(StoreError::io("create", &path))?;
        directory::sync(self.directory.path())
    }

    fn marker(&self) -> PathBuf {
        self.directory.path().join(MARKER)
    }

    /// Fills the store, closes it, and lets it be served.
    ///
    /// # Errors
    /// Those of [`restore`]. The store is then as it was before, or is refused until a snapshot is restored into it.
    pub fn fill(mut self, file: impl Read, options: Options, progress: impl FnMut(u64)) -> Result<u64, SnapshotError> {
        // What panics in here leaves what is there.
        self.is_kept = true;
        let (filled, is_untouched) = match Embedded::open_in(self.directory.clone(), self.free_floor) {
            Ok(mut engine) => {
                let before = engine.last();
                let filled = restore(&mut engine, file, options, progress);
                let is_untouched = engine.database.is_some() && engine.last() == before;
                // Also after a failure: what was opened is left in order.
                let closed = engine.close();
                (filled.and_then(|rows| Ok(closed.map(|()| rows)?)), is_untouched)
            }
            Err(error) => (Err(error.into()), true),
        };
        match &filled {
            Ok(_) => self.unmark()?,
            Err(_) => self.is_kept = !is_untouched,
        }
        filled
    }

    fn unmark(&self) -> Result<(), StoreError> {
        let path = self.marker();
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::io("remove", &path)(error)),
            _ => directory::sync(self.directory.path()),
        }
    }
}

impl Drop for Restoring {
    fn drop(&mut self) {
        if self.is_kept || !self.is_marked {
            return;
        }
        let is_gone = self.was_store || Embedded::remove(&self.directory).is_ok();
        // Where something cannot be removed the marker stays, so that it is not served.
        if is_gone && self.unmark().is_ok() && !self.was_store {
            self.directory.remove(&self.made);
        }
    }
}

/// Whether a restoring into this directory has begun and has not ended.
pub(super) fn is_marked(path: &Path) -> bool {
    path.join(MARKER).exists()
}
