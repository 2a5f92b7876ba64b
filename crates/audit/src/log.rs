//! The log as its one writer has it.
//!
//! Writing and making durable are apart, so that the second can go on without holding up the first: what is written
//! outlives the process, what is synced outlives the machine.

use crate::chain::{ChainKey, Link};
use crate::error::LogError;
use crate::frame::{self, OVERHEAD, RECORD_MAX};
use crate::head::{self, HeadFile, Said};
use crate::segment::{self, HEAD, Head};
use crate::tail::{self, Repair, Tail, TailEnd};
use std::collections::VecDeque;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Who writes holds this file's lock.
pub(crate) const LOCK: &str = "LOCK";
/// How much room is made in a segment at once: a sync is cheaper where the file has its length already.
const ROOM: u64 = 1 << 20;
/// How often `HEAD` itself is synced: after a power cut it may lag by that much.
const HEAD_SYNC: Duration = Duration::from_secs(1);

/// How large the log and its segments may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    total: u64,
    segment: u64,
}

impl Limits {
    /// The smallest log.
    pub const TOTAL_MIN: u64 = 16 << 20;
    const SEGMENTS: u64 = 16;
    const SEGMENT_MAX: u64 = 16 << 20;

    /// A log of so many bytes at most; what is less than the least counts as that.
    pub fn of(total: u64) -> Self {
        let total = total.max(Self::TOTAL_MIN);
        Limits { total, segment: (total / Self::SEGMENTS).min(Self::SEGMENT_MAX) }
    }
}

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
    has_failed: bool,
}

/// What is to be synced, without the log.
#[derive(Debug)]
pub struct Unsynced {
    file: Arc<File>,
    head: Option<Arc<HeadFile>>,
    /// Up to where it will be durable.
    pub point: Point,
}

/// That it was synced.
#[derive(Debug)]
pub struct Synced(Point);

impl Unsynced {
    /// Syncs it.
    ///
    /// # Errors
    /// What the operating system says. The log must be told, by [`Log::fail`].
    pub fn sync(self) -> std::io::Result<Synced> {
        if let Some(head) = &self.head {
            head.sync()?;
        }
        self.file.sync_data()?;
        Ok(Synced(self.point))
    }
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

    /// What is to be synced so that everything that was written is durable.
    pub fn unsynced(&mut self) -> Unsynced {
        let is_due = self.head_synced.elapsed() >= HEAD_SYNC;
        if is_due {
            self.head_synced = Instant::now();
        }
        Unsynced { file: self.file.clone(), head: is_due.then(|| self.head.clone()), point: self.written }
    }

    /// Notes that it was synced.
    ///
    /// # Errors
    /// `HEAD` cannot be written.
    pub fn synced(&mut self, Synced(point): Synced) -> Result<(), LogError> {
        if point.sequence > self.said.sequence { self.say(self.said.at(point), false) } else { Ok(()) }
    }

    /// Notes that a sync has failed: nothing is written any more.
    pub fn fail(&mut self) {
        self.has_failed = true;
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
        self.file.set_len(self.at).and_then(|()| self.file.sync_all()).map_err(LogError::io("sync", &path))?;
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

/// Takes the lock of a log.
fn lock(directory: &Path) -> Result<File, LogError> {
    let path = directory.join(LOCK);
    let mut options = OpenOptions::new();
    let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
    let file = file.map_err(LogError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(LogError::InUse { path: directory.to_owned() }),
        Err(TryLockError::Error(error)) => Err(LogError::io("lock", &path)(error)),
    }
}

/// Makes a segment durable that has no records yet, and opens it.
fn make(directory: &Path, head: &Head, key: &ChainKey) -> Result<File, LogError> {
    let path = segment::path(directory, head.number);
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(0o600).open(&path);
    let file = file.map_err(LogError::io("make", &path))?;
    let written = file.write_all_at(&head.encode(key), 0).and_then(|()| file.sync_all());
    written.map_err(LogError::io("write", &path))?;
    File::open(directory).and_then(|folder| folder.sync_all()).map_err(LogError::io("sync", directory))?;
    Ok(file)
}

/// Begins a new log: its first segment, then its `HEAD`.
fn begin(directory: &Path, key: &ChainKey, genesis: Link, now: i64) -> Result<Tail, LogError> {
    make(directory, &Head { number: 1, first: 1, created: now, before: genesis }, key)?;
    let said = Said { turn: 0, first_segment: 1, first: 1, segment: 1, sequence: 0, link: genesis, is_clean: false };
    let end = TailEnd { point: Point { segment: 1, sequence: 0, link: genesis }, at: HEAD as u64 };
    Ok(Tail { said, end, was_clean: true, repair: None, closed: VecDeque::new() })
}
