//! The log as its one writer has it.
//!
//! Writing and making durable are apart, so that the second can go on without holding up the first: what is written
//! outlives the process, what is synced outlives the machine.

mod begin;
mod durable;
mod limits;

use crate::chain::{ChainKey, Link};
use crate::error::LogError;
use crate::frame::{self, OVERHEAD, RECORD_MAX};
use crate::head::{self, HeadFile, Said};
use crate::segment::{self, HEAD, Head};
use crate::tail::{self, Repair, Tail};
pub(crate) use begin::LOCK;
use begin::{begin, lock, make};
pub use durable::{Recovered, Synced, Unsynced};
pub use limits::Limits;
use std::collections::VecDeque;
use std::fs::{DirBuilder, File, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, FileExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// How much room is made in a segment at once: a sync is cheaper where the file has its length already.
const ROOM: u64 = 1 << 20;

/// A place in the log: after this record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The segment that has it.
    pub segment: u64,
    /// Its number; 0 before the first.
    pub sequence: u64,
    /// Its chain value.
    pub link: Link,
}

/// A log that was opened.
#[derive(Debug)]
pub struct Opened {
    /// The log.
    pub log: Log,
    /// What a crash had left at its end, which is gone now.
    pub repair: Option<Repair>,
    /// Whether it was left in order, or is new.
    pub was_clean: bool,
}

/// The log.
#[derive(Debug)]
pub struct Log {
    directory: PathBuf,
    key: ChainKey,
    limits: Limits,
    /// Held for as long as the log is.
    _lock: File,
    head: Arc<HeadFile>,
    said: Said,
    head_synced: Instant,
    /// Segments before the open one that are kept, oldest first: number and bytes.
    closed: VecDeque<(u64, u64)>,
    file: Arc<File>,
    written: Point,
    /// Where the next record goes in the open segment.
    at: u64,
    /// Up to where it has room.
    filled: u64,
    buffer: Vec<u8>,
    dropped: u64,
    /// Nobody knows what of the open segment is on the disk.
    has_failed: bool,
}

impl Log {
    /// Opens the log of a directory, made where there is none, and mends what a crash has left. `genesis` is what a new
    /// log begins with: nobody should be able to guess it. `now` is in milliseconds since 1970.
    ///
    /// # Errors
    /// The log is damaged, or in use, or the operating system refuses.
    pub fn open(
        directory: &Path,
        key: ChainKey,
        limits: Limits,
        genesis: [u8; 32],
        now: i64,
    ) -> Result<Opened, LogError> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(directory);
        made.map_err(LogError::io("make", directory))?;
        let lock = lock(directory)?;
        let Tail { said, end, was_clean, repair, closed } = match tail::find(directory, &key)? {
            Some(tail) => tail,
            None => begin(directory, &key, Link(genesis), now)?,
        };
        let path = segment::path(directory, end.point.segment);
        let file = OpenOptions::new().write(true).open(&path).map_err(LogError::io("open", &path))?;
        // Room, and what a crash has left in it.
        file.set_len(end.at).and_then(|()| file.sync_all()).map_err(LogError::io("mend", &path))?;
        let mut log = Log {
            directory: directory.to_owned(),
            key,
            limits,
            _lock: lock,
            head: Arc::new(HeadFile::open(directory)?),
            said,
            head_synced: Instant::now(),
            closed,
            file: Arc::new(file),
            written: end.point,
            at: end.at,
            filled: end.at,
            buffer: Vec::new(),
            dropped: 0,
            has_failed: false,
        };
        log.say(Said { is_clean: false, ..log.said.at(log.written) }, true)?;
        Ok(Opened { log, repair, was_clean })
    }

    /// The last record that was written.
    pub fn written(&self) -> Point {
        self.written
    }

    /// The number of the first record that is kept.
    pub fn first(&self) -> u64 {
        self.said.first
    }

    /// How many bytes its segments take.
    pub fn bytes(&self) -> u64 {
        self.closed.iter().map(|(_, bytes)| bytes).sum::<u64>() + self.filled.max(self.at)
    }

    /// How many segments were dropped, since it was opened, to make room.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Writes some records, each with its mark: all of them, or none. They outlive the process, but need a sync to
    /// outlive the machine.
    ///
    /// # Errors
    /// A record is too long, the operating system refuses, or a sync has failed before.
    pub fn write<'r>(
        &mut self,
        records: impl Iterator<Item = (u64, &'r [u8])> + Clone,
        now: i64,
    ) -> Result<Point, LogError> {
        if self.has_failed {
            return Err(LogError::Failed { path: self.directory.clone() });
        }
        let mut length = 0;
        for (_, bytes) in records.clone() {
            if bytes.len() > RECORD_MAX {
                return Err(LogError::Oversized { length: bytes.len() });
            }
            length += (bytes.len() + OVERHEAD) as u64;
        }
        if self.at + length > self.limits.segment && self.at > HEAD as u64 {
            self.roll(now)?;
        }
        let Point { segment, mut sequence, mut link } = self.written;
        self.make_room(length)?;
        self.buffer.clear();
        for (mark, bytes) in records {
            sequence += 1;
            link = frame::put(&mut self.buffer, &self.key, link, sequence, mark, bytes);
        }
        if self.at + length > self.filled {
            let padded = (self.at + length).next_multiple_of(ROOM).min(self.limits.segment).max(self.at + length);
            self.buffer.resize(usize::try_from(padded - self.at).unwrap_or(usize::MAX), 0);
        }
        let end = self.at + self.buffer.len() as u64;
        let wrote = self.file.write_all_at(&self.buffer, self.at);
        if let Err(error) = wrote {
            // What may be there now must not stand behind the next write.
            match self.file.set_len(self.at) {
                Ok(()) => self.filled = self.at,
                Err(_) => self.has_failed = true,
            }
            return Err(LogError::io("write", &segment::path(&self.directory, segment))(error));
        }
        self.filled = self.filled.max(end);
        self.at += length;
        self.written = Point { segment, sequence, link };
        Ok(self.written)
    }

    /// Syncs everything, and leaves the log in order.
    ///
    /// # Errors
    /// The operating system refuses, or a sync has failed before.
    pub fn close(mut self) -> Result<(), LogError> {
        if self.has_failed {
            return Err(LogError::Failed { path: self.directory });
        }
        let path = segment::path(&self.directory, self.written.segment);
        self.file.set_len(self.at).and_then(|()| self.file.sync_all()).map_err(LogError::io("sync", &path))?;
        self.say(Said { is_clean: true, ..self.said.at(self.written) }, true)
    }

    /// Closes the open segment, and opens the next one.
    fn roll(&mut self, now: i64) -> Result<(), LogError> {
        let path = segment::path(&self.directory, self.written.segment);
        if let Err(error) = self.file.set_len(self.at).and_then(|()| self.file.sync_all()) {
            self.has_failed = true;
            return Err(LogError::io("sync", &path)(error));
        }
        self.filled = self.at;
        self.say(self.said.at(self.written), false)?;
        let Point { segment, sequence, link } = self.written;
        let head = Head { number: segment + 1, first: sequence + 1, created: now, before: link };
        let file = make(&self.directory, &head, &self.key)?;
        self.closed.push_back((segment, self.at));
        self.file = Arc::new(file);
        self.written.segment += 1;
        (self.at, self.filled) = (HEAD as u64, HEAD as u64);
        Ok(())
    }

    /// Drops the oldest segments until `length` more bytes have room. `HEAD` first says so: a segment that is gone and
    /// not said to be is missing.
    fn make_room(&mut self, length: u64) -> Result<(), LogError> {
        let open = (self.at + length + ROOM).max(self.limits.segment);
        let mut kept: u64 = self.closed.iter().map(|(_, bytes)| bytes).sum();
        let mut count = 0;
        for (_, bytes) in &self.closed {
            if kept + open <= self.limits.total {
                break;
            }
            kept -= bytes;
            count += 1;
        }
        if count == 0 {
            return Ok(());
        }
        let first_segment = self.closed.get(count).map_or(self.written.segment, |(number, _)| *number);
        let path = segment::path(&self.directory, first_segment);
        let first = Head::read(&path)?.first;
        self.say(Said { first_segment, first, ..self.said }, true)?;
        for (number, _) in self.closed.drain(..count) {
            let path = segment::path(&self.directory, number);
            std::fs::remove_file(&path).map_err(LogError::io("remove", &path))?;
            self.dropped += 1;
        }
        Ok(())
    }

    fn say(&mut self, said: Said, durably: bool) -> Result<(), LogError> {
        let said = Said { turn: self.said.turn + 1, ..said };
        let path = || self.directory.join(head::FILE);
        self.head.write(&said, &self.key).map_err(|error| LogError::io("write", &path())(error))?;
        self.said = said;
        if durably {
            self.head.sync().map_err(|error| LogError::io("sync", &path())(error))?;
            self.head_synced = Instant::now();
        }
        Ok(())
    }
}

impl Said {
    /// The same, and durable up to there.
    pub(crate) fn at(self, point: Point) -> Self {
        Said { segment: point.segment, sequence: point.sequence, link: point.link, ..self }
    }
}
