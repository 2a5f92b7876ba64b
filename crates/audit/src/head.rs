//! `HEAD`: which segment is the first that is kept, and which record is the last that is durable, sealed.
//!
//! There are two places, written in turn, so that one is whole whatever happens to the other.
//! INVARIANT: what `HEAD` says has been synced; it may lag behind the log, and never leads.

use crate::chain::{ChainKey, LINK, Link};
use crate::error::LogError;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

/// Its name.
pub(crate) const FILE: &str = "HEAD";
/// The length of what one place holds, and how far apart the two are: they share no sector.
const LENGTH: usize = 8 * 6 + LINK * 2;
const APART: u64 = 4096;
const PLACES: u64 = 2;

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    /// How often it was written: the larger one counts.
    pub(crate) turn: u64,
    /// The first segment that is kept.
    pub(crate) first_segment: u64,
    /// The number of its first record.
    pub(crate) first: u64,
    /// The segment of the last durable record.
    pub(crate) segment: u64,
    /// The last durable record; 0 when there is none.
    pub(crate) sequence: u64,
    /// Its chain value, or what comes before the first.
    pub(crate) link: Link,
    /// Whether the log was left in order: nothing follows.
    pub(crate) is_clean: bool,
}

/// The file.
#[derive(Debug)]
pub(crate) struct HeadFile {
    file: File,
}

/// What was found in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) said: Option<Said>,
    /// How many of the places hold something that is not ours.
    pub(crate) foreign: usize,
}

impl Said {
    fn encode(&self, key: &ChainKey) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        let numbers =
            [self.turn, self.first_segment, self.first, self.segment, self.sequence, u64::from(self.is_clean)];
        for (number, place) in numbers.iter().zip(bytes.as_chunks_mut::<8>().0) {
            *place = number.to_le_bytes();
        }
        let (said, seal) = bytes.split_at_mut(LENGTH - LINK);
        said[8 * numbers.len()..].copy_from_slice(&self.link.0);
        seal.copy_from_slice(&key.link(&[FILE.as_bytes(), said]).0);
        bytes
    }

    fn decode(bytes: &[u8; LENGTH], key: &ChainKey) -> Option<Self> {
        let (said, seal) = bytes.split_at(LENGTH - LINK);
        if !key.is(seal, &[FILE.as_bytes(), said]) {
            return None;
        }
        let (numbers, link) = said.split_at(said.len() - LINK);
        let (numbers, _) = numbers.as_chunks::<8>();
        let number = |index: usize| u64::from_le_bytes(numbers[index]);
        Some(Said {
            turn: number(0),
            first_segment: number(1),
            first: number(2),
            segment: number(3),
            sequence: number(4),
            is_clean: number(5) != 0,
            link: Link(link.try_into().expect("this is a chain value")),
        })
    }
}

impl HeadFile {
    /// Opens it to write, made where there is none.
    pub(crate) fn open(directory: &Path) -> Result<Self, LogError> {
        let path = directory.join(FILE);
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
        Ok(HeadFile { file: file.map_err(LogError::io("open", &path))? })
    }

    pub(crate) fn write(&self, said: &Said, key: &ChainKey) -> std::io::Result<()> {
        self.file.write_all_at(&said.encode(key), said.turn % PLACES * APART)
    }

    pub(crate) fn sync(&self) -> std::io::Result<()> {
        self.file.sync_data()
    }
}

/// What the file of a directory says; nothing where there is none.
pub(crate) fn read(directory: &Path, key: &ChainKey) -> Result<Found, LogError> {
    let path = directory.join(FILE);
    let mut found = Found { said: None, foreign: 0 };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(LogError::io("read", &path)(error)),
    };
    for place in 0..PLACES {
        let start = usize::try_from(place * APART).expect("both places are near");
        let held = bytes.get(start..).and_then(|rest| rest.first_chunk());
        let said = held.and_then(|held| Said::decode(held, key));
        let end = bytes.len().min(start + LENGTH);
        match said {
            Some(said) if found.said.is_none_or(|best| best.turn < said.turn) => found.said = Some(said),
            Some(_) => {}
            None if bytes.get(start..end).is_some_and(|held| held.iter().any(|byte| *byte != 0)) => found.foreign += 1,
            None => {}
        }
    }
    // Between the places, and after them, there is nothing.
    let is_stray = |at: usize| at % APART as usize >= LENGTH || at >= (PLACES * APART) as usize;
    if bytes.iter().enumerate().any(|(at, byte)| *byte != 0 && is_stray(at)) {
        found.foreign += 1;
    }
    Ok(found)
}
