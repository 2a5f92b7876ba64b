//! `HEAD`: the number of the last synced group, kept outside the database that it watches over.
//!
//! It may lag behind the database and never leads it, so a database that ends before its HEAD has
//! lost acknowledged groups. Two slots in pages of their own are written in turn: whatever becomes
//! of the one being written, the other still says what it said. Every group is written to it at
//! once, which survives a killed process; it is synced about once a second, which is how far it may
//! lag after a power cut.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use xxhash_rust::xxh3::xxh3_64;

use crate::{LastGroup, StoreError};

/// The number of the store's format: what the directory holds and what its rows mean. A release
/// that changes either counts it up.
pub const FORMAT: u32 = 2;

pub(super) const NAME: &str = "HEAD";
const MAGIC: &[u8; 8] = b"XCONHEAD";
const SLOT_BYTES: usize = 48;
const SLOT_DISTANCE: u64 = 4096;
const SYNC_EVERY: Duration = Duration::from_secs(1);
const SYNC_GROUPS: u64 = 1024;

/// What a slot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// The last group known to be synced.
    pub(super) last: LastGroup,
    /// Whether the store was closed in order.
    pub(super) is_clean: bool,
    format: u32,
    /// How often HEAD was written: the slot with the higher count is the newer one.
    count: u64,
}

/// The open file, and what was last written to it.
#[derive(Debug)]
pub(super) struct HeadFile {
    file: File,
    path: PathBuf,
    head: Head,
    synced_at: Instant,
    unsynced_groups: u64,
}

impl HeadFile {
    /// Makes the file of a new store, durably.
    pub(super) fn create(directory: &Path) -> Result<Self, StoreError> {
        let path = directory.join(NAME);
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)
            .map_err(StoreError::io("create", &path))?;
        // Both slots have their blocks from the first day on, so that a full disk cannot refuse them.
        file.write_all_at(&vec![0; 2 * SLOT_DISTANCE as usize], 0).map_err(StoreError::io("write", &path))?;
        let head = Head { last: LastGroup::default(), is_clean: false, format: FORMAT, count: 0 };
        let mut created = Self::over(file, path, head);
        created.mark(LastGroup::default(), false)?;
        super::directory::sync(directory)?;
        Ok(created)
    }

    /// Opens the file of an existing store; `None` when there is none, or neither slot is whole.
    pub(super) fn open(directory: &Path) -> Result<Option<Self>, StoreError> {
        let path = directory.join(NAME);
        let file = match OpenOptions::new().read(true).write(true).open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(StoreError::io("open", &path)(e)),
        };
        let bytes = std::fs::read(&path).map_err(StoreError::io("read", &path))?;
        let newest = [0, SLOT_DISTANCE as usize]
            .into_iter()
            .filter_map(|offset| Head::decode(bytes.get(offset..offset + SLOT_BYTES)?))
            .max_by_key(|head| head.count);
        let Some(mut head) = newest else {
            return Ok(None);
        };
        if head.format > FORMAT {
            return Err(StoreError::NewerRelease {
                path: directory.to_path_buf(),
                found: head.format,
                supported: FORMAT,
            });
        }
        head.format = FORMAT;
        Ok(Some(Self::over(file, path, head)))
    }

    fn over(file: File, path: PathBuf, head: Head) -> Self {
        Self { file, path, head, synced_at: Instant::now(), unsynced_groups: 0 }
    }

    pub(super) fn head(&self) -> Head {
        self.head
    }

    /// Records a group. INVARIANT: the group has been synced before.
    pub(super) fn advance(&mut self, last: LastGroup) -> Result<(), StoreError> {
        self.write(last, false)?;
        self.unsynced_groups += 1;
        if self.unsynced_groups >= SYNC_GROUPS || self.synced_at.elapsed() >= SYNC_EVERY {
            self.sync()?;
        }
        Ok(())
    }

    /// Records the last group and whether the store is closed, and syncs.
    pub(super) fn mark(&mut self, last: LastGroup, is_clean: bool) -> Result<(), StoreError> {
        self.write(last, is_clean)?;
        self.sync()
    }

    fn write(&mut self, last: LastGroup, is_clean: bool) -> Result<(), StoreError> {
        let head = Head { last, is_clean, format: FORMAT, count: self.head.count + 1 };
        self.file
            .write_all_at(&head.encode(), (head.count % 2) * SLOT_DISTANCE)
            .map_err(StoreError::io("write", &self.path))?;
        self.head = head;
        Ok(())
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(StoreError::io("sync", &self.path))?;
        self.synced_at = Instant::now();
        self.unsynced_groups = 0;
        Ok(())
    }
}

impl Head {
    fn encode(&self) -> [u8; SLOT_BYTES] {
        let mut slot = [0; SLOT_BYTES];
        slot[..8].copy_from_slice(MAGIC);
        slot[8..12].copy_from_slice(&self.format.to_le_bytes());
        slot[12] = u8::from(self.is_clean);
        slot[16..24].copy_from_slice(&self.count.to_le_bytes());
        slot[24..32].copy_from_slice(&self.last.number.to_le_bytes());
        slot[32..40].copy_from_slice(&self.last.at.to_le_bytes());
        let checksum = xxh3_64(&slot[..40]);
        slot[40..].copy_from_slice(&checksum.to_le_bytes());
        slot
    }

    fn decode(slot: &[u8]) -> Option<Self> {
        let word = |at: usize| Some(u64::from_le_bytes(slot.get(at..at + 8)?.try_into().ok()?));
        if slot.get(..8)? != MAGIC || xxh3_64(slot.get(..40)?) != word(40)? {
            return None;
        }
        Some(Self {
            last: LastGroup { number: word(24)?, at: word(32)?.cast_signed() },
            is_clean: slot.get(12)? & 1 == 1,
            format: u32::from_le_bytes(slot.get(8..12)?.try_into().ok()?),
            count: word(16)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(number: u64) -> LastGroup {
        LastGroup { number, at: 7 }
    }

    #[test]
    fn any_one_damaged_slot_leaves_the_other() {
        let directory = tempfile::tempdir().unwrap();
        let mut head = HeadFile::create(directory.path()).unwrap();
        head.advance(group(1)).unwrap();
        head.advance(group(2)).unwrap();
        let path = directory.path().join(NAME);
        let whole = std::fs::read(&path).unwrap();
        // The first mark went to the second slot, and so on in turn.
        for (slot, survivor) in [(0, 2), (1, 1)] {
            for byte in 0..SLOT_BYTES {
                let mut bytes = whole.clone();
                bytes[slot * SLOT_DISTANCE as usize + byte] ^= 0x10;
                std::fs::write(&path, bytes).unwrap();
                let found = HeadFile::open(directory.path()).unwrap().unwrap().head();
                assert_eq!(found.last.number, survivor, "slot {slot}, byte {byte}");
            }
        }
    }

    #[test]
    fn two_damaged_slots_are_no_head() {
        let directory = tempfile::tempdir().unwrap();
        let mut head = HeadFile::create(directory.path()).unwrap();
        head.advance(group(1)).unwrap();
        let path = directory.path().join(NAME);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[24] ^= 1;
        bytes[SLOT_DISTANCE as usize + 24] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        assert!(HeadFile::open(directory.path()).unwrap().is_none());
    }
}
