//! Reads fjall's journals before fjall does.
//!
//! On opening, fjall cuts a journal at the first entry that it cannot decode, silently, and refuses
//! some writes that a power cut left half on disk. So its journals are read here first: every group
//! must be intact and follow the one before. Unreadable bytes with nothing after them, of which a
//! part is missing, are a write that a crash cut short: the journal is kept beside the database, and
//! one without them takes its place. Anything else is damage, also where HEAD lags so far behind that
//! it does not know of the group. fjall then finds only what it can read.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::batch::{self, Batch, START};
use crate::{Damage, StoreError};

/// How many copies of journals are kept beside the database.
const COPIES: usize = 3;
const COPY_PREFIX: &str = "journal-";

/// What the journals hold.
#[derive(Debug, Default)]
pub(super) struct Journals {
    last: Option<Batch>,
    /// The newest journal, or the one with a tail.
    live: Option<Live>,
    /// Whether that journal ends in bytes that must go.
    has_tail: bool,
}

/// A journal and what is in it.
#[derive(Debug)]
struct Live {
    path: PathBuf,
    /// The bytes up to the end of the last intact group.
    intact: u64,
    /// The bytes up to the last one that is not zero: fjall makes its journals long beforehand.
    used: u64,
}

/// A journal that was moved away, and where it stood.
#[derive(Debug)]
pub(super) struct Replaced {
    copy: PathBuf,
    journal: PathBuf,
}

impl Journals {
    /// Reads all journals of the database. Groups above `last_wanted` count as a write cut short:
    /// they were never acknowledged.
    pub(super) fn read(store: &Path, database: &Path, last_wanted: u64) -> Result<Self, StoreError> {
        let damaged = |damage| StoreError::Damaged { path: store.to_path_buf(), damage };
        let mut journals = Self::default();
        let ids = ids(database)?;
        if ids.is_empty() {
            let journal = String::from("every journal");
            return Err(damaged(Damage::NoJournal { journal }));
        }
        for (id, following) in ids.iter().zip(ids.iter().skip(1)) {
            if *following != id + 1 {
                let journal = file_name(id + 1);
                return Err(damaged(Damage::NoJournal { journal }));
            }
        }
        for id in ids {
            let path = database.join(file_name(id));
            let bytes = fs::read(&path).map_err(StoreError::io("read", &path))?;
            journals.take(path, &bytes, last_wanted).map_err(damaged)?;
        }
        Ok(journals)
    }

    /// The number of the last intact group, if there is any: the database's last group, unless all
    /// of them went to its tables already.
    pub(super) fn last(&self) -> Option<u64> {
        self.last.map(|batch| batch.group.last.number)
    }

    /// Whether the journals end in bytes that [`Journals::replace`] would leave out.
    pub(super) fn has_tail(&self) -> bool {
        self.has_tail
    }

    /// How many bytes [`Journals::copy_aside`] would write.
    pub(super) fn copy_bytes(&self) -> u64 {
        self.live.as_ref().map_or(0, |live| live.used)
    }

    /// Reads one journal, which follows those read before.
    fn take(&mut self, path: PathBuf, bytes: &[u8], last_wanted: u64) -> Result<(), Damage> {
        let bytes = &bytes[..used(bytes)];
        if self.has_tail {
            // An empty journal may follow: fjall can begin one before it notices a failed write.
            return match bytes {
                [] => Ok(()),
                _ => Err(self.unreadable(&path, 0)),
            };
        }
        let mut intact = 0;
        while let Some(batch) = Batch::read(&bytes[intact..]) {
            self.require_follows(&batch, &path, intact)?;
            if batch.group.last.number > last_wanted {
                break;
            }
            intact += batch.length;
            self.last = Some(batch);
        }
        self.has_tail = intact < bytes.len();
        let is_batch = |at: usize| bytes[at] == START && Batch::read(&bytes[at..]).is_some();
        let is_known = self.last().is_some_and(|last| last >= last_wanted);
        let is_cut_short = || is_known || batch::is_cut_short(&bytes[intact..], intact);
        if (intact + 1..bytes.len()).any(is_batch) || (self.has_tail && !is_cut_short()) {
            return Err(self.unreadable(&path, intact));
        }
        self.live = Some(Live { path, intact: intact as u64, used: bytes.len() as u64 });
        Ok(())
    }

    /// Groups follow each other without gaps, and so do fjall's sequence numbers without going back:
    /// it orders writes by them, so one that was changed on disk would make it prefer an older value.
    fn require_follows(&self, batch: &Batch, path: &Path, offset: usize) -> Result<(), Damage> {
        let Some(last) = self.last else {
            return Ok(());
        };
        let expected = last.group.last.number + 1;
        let found = batch.group.last.number;
        if found != expected {
            return Err(Damage::Gap { journal: name_of(path), expected, found });
        }
        if batch.group.seqno_floor <= last.seqno {
            return Err(self.unreadable(path, offset));
        }
        Ok(())
    }

    fn unreadable(&self, path: &Path, offset: usize) -> Damage {
        Damage::Unreadable { journal: name_of(path), offset: offset as u64, after: self.last().unwrap_or(0) }
    }

    /// Copies the live journal to `journal-<n>` in the store's directory.
    pub(super) fn copy_aside(&self, store: &Path) -> Result<(), StoreError> {
        if let Some(live) = self.live.as_ref().filter(|live| live.used > 0) {
            let copy = next_copy(store)?;
            copy_start(&live.path, &copy, live.used)?;
            drop_oldest_copies(store)?;
        }
        Ok(())
    }

    /// Moves the live journal to `journal-<n>` and leaves one with its intact groups alone in its place. `None` where
    /// the disk was too full to keep both.
    pub(super) fn replace(&self, store: &Path) -> Result<Option<Replaced>, StoreError> {
        let Some(live) = &self.live else {
            return Ok(None);
        };
        let copy = next_copy(store)?;
        fs::hard_link(&live.path, &copy).map_err(StoreError::io("link", &copy))?;
        if self.rewrite()? == Rewritten::InPlace {
            fs::remove_file(&copy).map_err(StoreError::io("remove", &copy))?;
            return Ok(None);
        }
        drop_oldest_copies(store)?;
        Ok(Some(Replaced { copy, journal: live.path.clone() }))
    }

    /// Leaves a new file with its intact groups alone in the place of the live journal. An engine that failed and is
    /// still letting go of the journal then writes to one that no longer has a name. Where the disk is too full for
    /// a second file, the journal is cut in place, unless it might be needed as it is.
    pub(super) fn rewrite(&self) -> Result<Rewritten, StoreError> {
        let Some(live) = &self.live else {
            return Ok(Rewritten::InPlace);
        };
        // fjall ignores files that do not end in its journals' suffix.
        let intact = live.path.with_extension("intact");
        match copy_start(&live.path, &intact, live.intact) {
            Ok(()) => {}
            Err(StoreError::Io { source, .. }) if source.kind() == ErrorKind::StorageFull && self.last.is_some() => {
                cut(&live.path, live.intact)?;
                return Ok(Rewritten::InPlace);
            }
            Err(other) => return Err(other),
        }
        fs::rename(&intact, &live.path).map_err(StoreError::io("replace", &live.path))?;
        if let Some(database) = live.path.parent() {
            super::directory::sync(database)?;
        }
        Ok(Rewritten::Anew)
    }
}

/// What became of a journal that was shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rewritten {
    /// Another file has its name.
    Anew,
    /// The file itself was cut.
    InPlace,
}

impl Replaced {
    /// Puts the journal back as it was, where the database turned out to be damaged.
    pub(super) fn undo(&self) -> Result<(), StoreError> {
        fs::rename(&self.copy, &self.journal).map_err(StoreError::io("restore", &self.journal))
    }
}

/// Writes the first `length` bytes of `from` to a new file, durably, or leaves no file.
fn copy_start(from: &Path, to: &Path, length: u64) -> Result<(), StoreError> {
    let write = || {
        let mut from = File::open(from)?.take(length);
        let mut to = File::create(to)?;
        std::io::copy(&mut from, &mut to)?;
        to.sync_all()
    };
    write().map_err(|e| {
        // What matters is why it could not be written; a part that stays is overwritten next time.
        let _ = fs::remove_file(to);
        StoreError::io("write", to)(e)
    })
}

fn cut(journal: &Path, length: u64) -> Result<(), StoreError> {
    let cut = || {
        let file = OpenOptions::new().write(true).open(journal)?;
        file.set_len(length)?;
        file.sync_all()
    };
    cut().map_err(StoreError::io("cut", journal))
}

fn next_copy(store: &Path) -> Result<PathBuf, StoreError> {
    let number = copies(store)?.last().map_or(1, |newest| newest + 1);
    Ok(store.join(format!("{COPY_PREFIX}{number}")))
}

fn drop_oldest_copies(store: &Path) -> Result<(), StoreError> {
    let numbers = copies(store)?;
    for oldest in &numbers[..numbers.len().saturating_sub(COPIES)] {
        let path = store.join(format!("{COPY_PREFIX}{oldest}"));
        fs::remove_file(&path).map_err(StoreError::io("remove", &path))?;
    }
    super::directory::sync(store)
}

/// How many bytes there are up to the last one that is not zero. The journal may be long and almost
/// empty, so the zeros are passed over in blocks.
fn used(bytes: &[u8]) -> usize {
    const ZEROS: [u8; 4096] = [0; 4096];
    let empty: usize =
        bytes.rchunks(ZEROS.len()).take_while(|block| **block == ZEROS[..block.len()]).map(<[u8]>::len).sum();
    let bytes = &bytes[..bytes.len() - empty];
    bytes.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1)
}

/// The journals' ids, which are their names, oldest first.
fn ids(database: &Path) -> Result<Vec<u64>, StoreError> {
    numbers(database, |name| name.strip_suffix(".jnl"))
}

fn copies(store: &Path) -> Result<Vec<u64>, StoreError> {
    numbers(store, |name| name.strip_prefix(COPY_PREFIX))
}

fn numbers(directory: &Path, part: fn(&str) -> Option<&str>) -> Result<Vec<u64>, StoreError> {
    let mut found: Vec<u64> =
        super::directory::names(directory)?.iter().filter_map(|name| part(name)?.parse().ok()).collect();
    found.sort_unstable();
    Ok(found)
}

fn file_name(id: u64) -> String {
    format!("{id}.jnl")
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
