//! What was written becomes durable; and what becomes of it where that fails.
//!
//! A sync that fails says nothing of what is on the disk, and the next one would say nothing of it either: the operating
//! system takes what it could not write for written. So a log that has failed takes no records until all of the open
//! segment was written once more, and synced.

use super::{Log, Point};
use crate::error::LogError;
use crate::head::{HeadFile, Said};
use crate::segment::{self, Segment};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often `HEAD` itself is synced: after a power cut it may lag by that much.
const HEAD_SYNC: Duration = Duration::from_secs(1);

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

/// What a log that has failed goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recovered {
    /// The last record that is there, which is durable now.
    pub point: Point,
    /// How many after that had been written, and never were said to be durable, and are gone.
    pub lost: u64,
}

impl Log {
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

    /// Notes that a sync has failed: nothing is written before [`Log::recover`].
    pub fn fail(&mut self) {
        self.has_failed = true;
    }

    /// Whether a sync has failed since the log was opened or recovered.
    pub fn has_failed(&self) -> bool {
        self.has_failed
    }

    /// Goes on after a sync has failed: what is there of the open segment, and sound, is written again and synced.
    ///
    /// # Errors
    /// The operating system still refuses, or something that was durable is not there. Then nothing is written either.
    pub fn recover(&mut self) -> Result<Recovered, LogError> {
        let path = segment::path(&self.directory, self.written.segment);
        let found = Segment::read(&path)?;
        let (end, is_next) = (found.walk(&self.key, &mut |_| {}), found.head.number == self.written.segment);
        if !found.has_sound_head(&self.key) || !is_next || end.next <= self.said.sequence {
            let (ends, had) = (end.next.saturating_sub(1), self.said.sequence);
            return Err(LogError::damaged(&self.directory, format!("it ends with record {ends}, and had {had}")));
        }
        // What follows the last record that was taken is the rest of one whose writer was told that it was not.
        let is_whole = end.next > self.written.sequence;
        let at = if is_whole { self.at } else { end.at as u64 };
        let point = match is_whole {
            true => self.written,
            false => Point { sequence: end.next - 1, link: end.link, ..self.written },
        };
        let cannot = |error| LogError::io("mend", &path)(error);
        let bytes = usize::try_from(at).ok().and_then(|at| found.bytes.get(..at));
        let bytes =
            bytes.ok_or_else(|| LogError::damaged(&self.directory, "its last segment is shorter than it was"))?;
        // Another descriptor: that of the failed sync has told what it knew.
        let file = OpenOptions::new().write(true).open(&path).map_err(cannot)?;
        file.write_all_at(bytes, 0).and_then(|()| file.set_len(at)).and_then(|()| file.sync_all()).map_err(cannot)?;
        File::open(&self.directory).and_then(|folder| folder.sync_all()).map_err(cannot)?;
        let lost = self.written.sequence - point.sequence;
        self.head = Arc::new(HeadFile::open(&self.directory)?);
        (self.file, self.at, self.filled, self.written) = (Arc::new(file), at, at, point);
        self.say(Said { is_clean: false, ..self.said.at(point) }, true)?;
        self.has_failed = false;
        Ok(Recovered { point, lost })
    }
}
