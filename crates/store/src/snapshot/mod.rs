//! Snapshots: the whole state after one group, in a file that goes into any engine.
//!
//! ```text
//! file   = "XCONSNAP" format:u32 length:u32 header checksum:u64  block*  end      (little-endian)
//! header = CBOR: release, group, times, clock, how many records there are of each kind
//! block  = "XBLK" number:u32 records:u32 length:u32 record* checksum:u64
//! record = key:u16 value:u32 checksum:u32 key value
//! end    = "XEND" blocks:u32 records:u64 sha256:32 checksum:u64
//! ```
//! A checksum covers what stands before it in its own part, so that damage can be told with its place; the SHA-256
//! covers the whole file before it. Rows are those of the engines, as they are: secrets that are sealed stay sealed.
//! What cannot be read whole is never restored in part.

mod block;
mod read;
mod restore;
mod save;

pub use read::{Reader, Summary, verify};
pub use restore::{Options, restore};
pub use save::{About, save};

use crate::StoreError;
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// The number of the file's format. A release that changes it counts it up, and still reads those before.
pub const FORMAT: u32 = 1;

/// The row that is in a store from the first group of a restoring to its last: no state is loaded beside it. Keys of
/// records are CBOR arrays, so none of them is this one.
pub const RESTORING: &[u8] = b"\0restoring";

const MAGIC: &[u8; 8] = b"XCONSNAP";

/// What a snapshot says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Header {
    /// The release that wrote it.
    #[n(0)]
    pub release: String,
    /// The last group that is in it.
    #[n(1)]
    pub group: u64,
    /// The time of that group, in milliseconds since the epoch.
    #[n(2)]
    pub at: i64,
    /// When it was taken, by the wall clock, in milliseconds since the epoch.
    #[n(3)]
    pub taken: i64,
    /// What a manual clock showed; absent under the system's.
    #[n(4)]
    pub manual_clock: Option<i64>,
    /// How many records there are of each kind.
    #[n(5)]
    pub counts: BTreeMap<String, u64>,
}

impl Header {
    /// How many records there are.
    pub fn records(&self) -> u64 {
        self.counts.values().sum()
    }
}

/// Where in a file something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The byte, from 0.
    pub offset: u64,
    /// The block, from 1; none before the first and after the last.
    pub block: Option<u32>,
    /// The record in that block, from 1, where it could be told.
    pub record: Option<u32>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(block) = self.block {
            write!(f, "block {block}, ")?;
        }
        if let Some(record) = self.record {
            write!(f, "record {record}, ")?;
        }
        write!(f, "byte {}", self.offset)
    }
}

/// Why a snapshot is not read, or not restored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The file is something else.
    #[error("is not a snapshot of Crossconnect: it does not begin as one does")]
    Foreign,
    /// A later release wrote it.
    #[error("has snapshot format {found}, and this release reads up to {FORMAT}: use the release that wrote it")]
    Newer {
        /// The file's format.
        found: u32,
    },
    /// Bytes are missing, or are not what was written.
    #[error("is damaged at {place}: {what}; nothing of it is used")]
    Damaged {
        /// Where.
        place: Place,
        /// What is wrong there.
        what: String,
    },
    /// The store that it was to go into has something in it.
    #[error("cannot be restored: the store holds {rows} rows, the last of group {group}; --replace removes them first")]
    Occupied {
        /// How many rows.
        rows: u64,
        /// The last group.
        group: u64,
    },
    /// The store ended with another number of rows than the file has.
    #[error("was not restored: the store then held {found} rows instead of {expected}")]
    Miscounted {
        /// The rows in the store.
        found: u64,
        /// The records in the file.
        expected: u64,
    },
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// There is less room than must stay free.
    #[error(
        "cannot be restored: {} has {free} bytes free, and {floor} must stay free: make room, and restore it again",
        path.display()
    )]
    NoRoom {
        /// The store's directory.
        path: PathBuf,
        /// Bytes free to this process.
        free: u64,
        /// Bytes that must stay free.
        floor: u64,
    },
    /// The store cannot take it.
    #[error("cannot be restored: {0}")]
    Store(StoreError),
}

impl From<StoreError> for SnapshotError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoSpace { path, free, floor } => SnapshotError::NoRoom { path, free, floor },
            other => SnapshotError::Store(other),
        }
    }
}
