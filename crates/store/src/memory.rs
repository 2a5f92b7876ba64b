//! A deterministic engine in memory that fails when it is told to: what tests put under a writer.
//!
//! The rows live on a [`Disk`], which outlives the engines opened over it, so a test can kill an
//! engine and open another over what it left.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::engine::EachRow;
use crate::{Engine, Group, LastGroup, StoreError};

/// How a call of the engine fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The commit is refused below the floor of free space; nothing is written.
    NoSpace,
    /// The commit fails and is lost.
    Lost,
    /// The commit fails, and is found there when the engine is opened again.
    Kept,
    /// Reopening fails.
    Reopen,
}

/// What survives the engine, and the faults to come. A clone is the same disk.
#[derive(Debug, Clone, Default)]
pub struct Disk(Arc<Mutex<Content>>);

#[derive(Debug, Default)]
struct Content {
    rows: BTreeMap<Vec<u8>, Vec<u8>>,
    last: LastGroup,
    faults: VecDeque<Option<Fault>>,
    is_clean: bool,
}

impl Disk {
    /// Plans what becomes of the next calls to commit and reopen, one entry a call; `None` lets one pass.
    pub fn plan(&self, faults: impl IntoIterator<Item = Option<Fault>>) {
        self.content().faults.extend(faults);
    }

    /// The last group on the disk.
    pub fn last(&self) -> LastGroup {
        self.content().last
    }

    /// The rows on the disk.
    pub fn rows(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        self.content().rows.clone()
    }

    /// Whether the last engine over it was closed in order.
    pub fn is_clean(&self) -> bool {
        self.content().is_clean
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The engine over a [`Disk`].
#[derive(Debug)]
pub struct Memory {
    disk: Disk,
    is_failed: bool,
}

impl Memory {
    /// Opens what is on the disk.
    pub fn open(disk: &Disk) -> Self {
        disk.content().is_clean = false;
        Self { disk: disk.clone(), is_failed: false }
    }
}

impl Engine for Memory {
    fn load(&mut self, each: &mut EachRow<'_>) -> Result<LastGroup, StoreError> {
        let content = self.disk.content();
        for (key, value) in &content.rows {
            each(key, value)?;
        }
        Ok(content.last)
    }

    fn commit(&mut self, group: &Group) -> Result<(), StoreError> {
        if self.is_failed {
            return Err(failure("an earlier write failed, and it was not reopened since"));
        }
        let mut content = self.disk.content();
        assert_eq!(group.number, content.last.number + 1, "groups are committed in order");
        let fault = content.faults.pop_front().flatten();
        match fault {
            Some(Fault::NoSpace) => {
                return Err(StoreError::NoSpace { path: PathBuf::from("memory"), free: 0, floor: 1 });
            }
            Some(Fault::Lost | Fault::Reopen) => {}
            Some(Fault::Kept) | None => content.apply(group),
        }
        self.is_failed = fault.is_some();
        match fault {
            Some(_) => Err(failure("the fault that was planned")),
            None => Ok(()),
        }
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        if self.disk.content().faults.pop_front().flatten().is_some() {
            return Err(failure("the fault that was planned"));
        }
        self.is_failed = false;
        Ok(())
    }

    fn close(&mut self) -> Result<(), StoreError> {
        self.disk.content().is_clean = true;
        Ok(())
    }
}

impl Content {
    fn apply(&mut self, group: &Group) {
        for (key, value) in &group.writes {
            match value {
                Some(value) => self.rows.insert(key.clone(), value.clone()),
                None => self.rows.remove(key),
            };
        }
        self.last = LastGroup { number: group.number, at: group.at };
    }
}

fn failure(reason: &str) -> StoreError {
    StoreError::Engine { path: PathBuf::from("memory"), reason: String::from(reason) }
}
