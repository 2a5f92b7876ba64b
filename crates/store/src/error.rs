//! How a store fails: a variant for each cause.
//!
//! Each text names the path and the numbers, and says what to do, since the person who reads it has
//! a server that will not start. A broken rule of the service is never one of these.

use std::io;
use std::path::PathBuf;

/// The store could not do what was asked; the caller of the service did nothing wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process has the store open.
    #[error("{} is in use by {}: stop it, or choose another --store", path.display(), process(*pid))]
    Locked {
        /// The store's directory.
        path: PathBuf,
        /// The holder's process id, where it could be read.
        pid: Option<u32>,
    },
    /// The store was written by a release that this one does not understand.
    #[error(
        "{} has store format {found}, and this release reads up to {supported}: use the release that wrote it, or choose another --store",
        path.display()
    )]
    NewerRelease {
        /// The store's directory.
        path: PathBuf,
        /// The format number in the store.
        found: u32,
        /// The highest format number that this release reads.
        supported: u32,
    },
    /// The directory holds something else.
    #[error("{} is not a Crossconnect store: it holds {found}; choose an empty or absent directory for --store", path.display())]
    Foreign {
        /// The directory that was named as a store.
        path: PathBuf,
        /// One name found in it.
        found: String,
    },
    /// There is something else in its place.
    #[error("{} is not a directory; choose an empty or absent directory for --store", path.display())]
    NoDirectory {
        /// What was named as a store.
        path: PathBuf,
    },
    /// Acknowledged changes are missing, or bytes are not what was written.
    #[error(
        "{} is damaged: {damage}; nothing was changed: put back a copy of the whole directory, or move it away to start empty",
        path.display()
    )]
    Damaged {
        /// The store's directory.
        path: PathBuf,
        /// What is wrong, with its numbers.
        damage: Damage,
    },
    /// The file system has less room than the store needs to go on safely. Nothing was written.
    #[error("{} has {free} bytes free, too few for the floor of {floor} (--free-floor): make room, and writes go on by themselves", path.display())]
    NoSpace {
        /// The store's directory.
        path: PathBuf,
        /// Bytes free to this process.
        free: u64,
        /// Bytes that must stay free.
        floor: u64,
    },
    /// A row is longer than the engine can hold. Nothing was written.
    #[error("a {part} of {length} bytes is above the engine's limit of {limit}")]
    Oversized {
        /// `key` or `value`.
        part: &'static str,
        /// Its length in bytes.
        length: usize,
        /// The longest the engine takes, in bytes.
        limit: usize,
    },
    /// The operating system refused.
    #[error("cannot {doing} {}: {source}", path.display())]
    Io {
        /// What was tried, as a verb: `read`, `write`, `create`.
        doing: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// The engine failed for a reason of its own, or failed before and was not reopened since.
    #[error("the engine under {} failed: {reason}", path.display())]
    Engine {
        /// The store's directory, or the engine's name where it has none.
        path: PathBuf,
        /// The engine's words.
        reason: String,
    },
    /// Others changed what a decision rested on, each time that it was made.
    #[error("what this change rests on was changed by others {attempts} times in a row: try again")]
    Contended {
        /// How often it was decided.
        attempts: u32,
    },
    /// A snapshot was being restored, and the last row of it was never written.
    #[error(
        "the store holds a part of a snapshot, which is being restored or was left half restored: where nobody restores it, do that again, with --replace"
    )]
    HalfRestored,
    /// A group was not the next: another writer was quicker. Nothing of it was written.
    #[error("group {number} is not the next in {place}: others write there")]
    Overtaken {
        /// Where the store is.
        place: String,
        /// The group's number.
        number: u64,
    },
    /// What jobs came to cannot be put on record, so that nobody is told.
    #[error("the audit trail cannot be written: {reason}")]
    Unrecorded {
        /// Why not.
        reason: String,
    },
    /// The cluster does not answer. What was refused for this was not done.
    #[error(
        "{place} has not answered for {silent_ms} ms{}: changes are refused until it does, and are then taken again by themselves",
        .reason.as_ref().map_or_else(String::new, |reason| format!(" ({reason})"))
    )]
    Silent {
        /// Where the store is.
        place: String,
        /// For how long nobody has answered, in milliseconds.
        silent_ms: u64,
        /// What came instead of an answer.
        reason: Option<String>,
    },
    /// The cluster has no room. Nothing was written.
    #[error(
        "{place} is full: compact and defragment it, or raise --quota-backend-bytes, and disarm its alarm; changes are then taken again by themselves"
    )]
    Full {
        /// Where the store is.
        place: String,
    },
    /// One change is more than the cluster takes at once. Nothing was written.
    #[error(
        "this change is {operations} operations, more than etcd takes in one transaction: start its members with a greater --max-txn-ops"
    )]
    TooManyOperations {
        /// How many operations it is, as etcd counts.
        operations: usize,
    },
    /// Nobody can tell whether a change was made.
    #[error("nobody can tell yet whether this change was made ({reason}): repeat the same call to learn it")]
    InDoubt {
        /// What happened.
        reason: String,
    },
    /// This node's clock would date what it commits into the future of the others.
    #[error(
        "this node's clock is {ahead_ms} ms ahead of the median of all nodes: set it right, and changes are taken again by themselves"
    )]
    ClockAhead {
        /// How far it is ahead, in milliseconds.
        ahead_ms: i64,
    },
    /// A stored row does not decode.
    #[error("the row with key {key} does not decode ({reason}): it was changed by hand, or written by another release")]
    Undecodable {
        /// The key, readable where it is text, otherwise in hexadecimal.
        key: String,
        /// The decoder's words.
        reason: String,
    },
}

/// What is wrong with a damaged store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// Acknowledged groups are missing from the end.
    #[error("the last group found is {found}, while HEAD records {head} as synced and the journals hold {journaled}")]
    Behind {
        /// The last group found.
        found: u64,
        /// The last group in the journals; 0 when there is none in them.
        journaled: u64,
        /// The group that HEAD records.
        head: u64,
    },
    /// There are rows, or a database that should hold some, and no way to know how many there were.
    #[error("there is a database and no readable HEAD beside it")]
    NoHead,
    /// HEAD is there and what it speaks of is not.
    #[error("HEAD says that group {head} was synced, and there is no database")]
    NoDatabase {
        /// The group that HEAD records.
        head: u64,
    },
    /// Groups are missing from the middle.
    #[error("{journal} has group {found} where group {expected} belongs")]
    Gap {
        /// The journal's file name.
        journal: String,
        /// The number that should have come.
        expected: u64,
        /// The number that came.
        found: u64,
    },
    /// Intact groups lie beyond bytes that cannot be read, so it is not a write cut short by a crash.
    #[error("{journal} cannot be read at byte {offset}, after group {after}, and more groups follow")]
    Unreadable {
        /// The journal's file name.
        journal: String,
        /// Where the unreadable bytes begin.
        offset: u64,
        /// The last group before them; 0 when there is none in the journals.
        after: u64,
    },
    /// A journal is missing between two others.
    #[error("{journal} is missing")]
    NoJournal {
        /// The file name of the missing journal.
        journal: String,
    },
    /// The database holds rows that no group of ours wrote.
    #[error("it holds rows and no group number")]
    NoGroup,
    /// The engine found it out by itself.
    #[error("the engine says: {0}")]
    Engine(String),
}

impl StoreError {
    /// Whether the engine refused before it wrote anything, and can go on without being reopened.
    pub fn is_untouched(&self) -> bool {
        matches!(
            self,
            Self::NoSpace { .. } | Self::Oversized { .. } | Self::Unrecorded { .. } | Self::TooManyOperations { .. }
        )
    }

    /// An [`StoreError::Io`], for `map_err`.
    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }
}

fn process(pid: Option<u32>) -> String {
    match pid {
        Some(pid) => format!("process {pid}"),
        None => String::from("another process"),
    }
}
