//! A segment: a file with a head that says what comes before its first record, and the records.
//!
//! The file may end in zeros, room for records to come; nothing else may follow the last record.

use crate::chain::{ChainKey, LINK, Link};
use crate::error::LogError;
use crate::frame::{self, NoRecord, Record};
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// What every segment begins with.
const MAGIC: [u8; 8] = *b"XCAUDIT1";
/// The length of its head, and where the number of the segment, its first record, its time and the chain begin there.
pub(crate) const HEAD: usize = 128;
const NUMBER: usize = 8;
const FIRST: usize = 16;
const CREATED: usize = 24;
const BEFORE: usize = 32;
const SEAL: usize = HEAD - LINK;
/// The end of a segment's name.
const SUFFIX: &str = ".audit";
/// Digits of its number there.
const DIGITS: usize = 12;

/// What a segment's head says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) number: u64,
    pub(crate) first: u64,
    /// Milliseconds since 1970.
    pub(crate) created: i64,
    pub(crate) before: Link,
}

/// A segment that was read whole.
#[derive(Debug)]
pub struct Segment {
    pub(crate) head: Head,
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

impl Head {
    pub(crate) fn encode(&self, key: &ChainKey) -> [u8; HEAD] {
        let mut head = [0; HEAD];
        head[..NUMBER].copy_from_slice(&MAGIC);
        head[NUMBER..FIRST].copy_from_slice(&self.number.to_le_bytes());
        head[FIRST..CREATED].copy_from_slice(&self.first.to_le_bytes());
        head[CREATED..BEFORE].copy_from_slice(&self.created.to_le_bytes());
        head[BEFORE..BEFORE + LINK].copy_from_slice(&self.before.0);
        let seal = key.link(&[&head[..SEAL]]);
        head[SEAL..].copy_from_slice(&seal.0);
        head
    }

    /// That of a file.
    pub(crate) fn read(path: &Path) -> Result<Self, LogError> {
        let mut head = [0; HEAD];
        let read = File::open(path).and_then(|file| file.read_exact_at(&mut head, 0));
        read.map_err(LogError::io("read", path))?;
        Head::decode(&head).ok_or_else(|| headless(path))
    }

    /// What it says, whoever wrote it.
    fn decode(head: &[u8; HEAD]) -> Option<Self> {
        let number = |at: usize| u64::from_le_bytes(head[at..at + 8].try_into().expect("these are eight bytes"));
        let before = Link(head[BEFORE..BEFORE + LINK].try_into().expect("this is a chain value"));
        let created = number(CREATED).cast_signed();
        head.starts_with(&MAGIC).then(|| Head { number: number(NUMBER), first: number(FIRST), created, before })
    }
}

impl Segment {
    /// Reads a segment. Whether it is sound is another question; one without a head is not one.
    ///
    /// # Errors
    /// The file cannot be read, or does not begin as a segment does.
    pub fn read(path: &Path) -> Result<Self, LogError> {
        let bytes = fs::read(path).map_err(LogError::io("read", path))?;
        let head = bytes.first_chunk().and_then(Head::decode);
        match head {
            Some(head) => Ok(Segment { head, path: path.to_owned(), bytes }),
            None => Err(headless(path)),
        }
    }

    /// Its number.
    pub fn number(&self) -> u64 {
        self.head.number
    }

    /// The number of its first record.
    pub fn first(&self) -> u64 {
        self.head.first
    }

    /// When it was made, in milliseconds since 1970: no record is older that was written to a later one.
    pub fn created(&self) -> i64 {
        self.head.created
    }

    /// Its records in order, up to the first place where none is whole. Their chain values are not checked.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let (mut at, mut next) = (HEAD, self.head.first);
        std::iter::from_fn(move || {
            let (record, length) = frame::read(&self.bytes[at..]).ok()?;
            // A number that does not follow is what was there before, or damage.
            let is_next = record.sequence == next;
            at += length;
            next += 1;
            is_next.then_some(record)
        })
    }

    /// Whether its head is authentic, and is that of the file's name.
    pub(crate) fn has_sound_head(&self, key: &ChainKey) -> bool {
        key.is(&self.bytes[SEAL..HEAD], &[&self.bytes[..SEAL]]) && number_of(&self.path) == Some(self.head.number)
    }

    /// The records in order, each checked against the chain, then where and how they end.
    pub(crate) fn walk(&self, key: &ChainKey, each: &mut dyn FnMut(Record<'_>)) -> End {
        let mut end = End { at: HEAD, next: self.head.first, link: self.head.before, how: How::Whole };
        loop {
            let rest = &self.bytes[end.at..];
            let (record, length) = match frame::read(rest) {
                Ok(read) => read,
                Err(NoRecord::End) => return end,
                Err(NoRecord::Cut) => return End { how: How::Cut, ..end },
            };
            if record.sequence != end.next {
                return End { how: How::Numbered(record.sequence), ..end };
            }
            if !frame::follows(rest, length, key, end.link) {
                return End { how: How::Broken, ..end };
            }
            end = End { at: end.at + length, next: end.next + 1, link: record.link, ..end };
            each(record);
        }
    }
}

/// Where the sound records of a segment end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    /// In bytes from the beginning of the file.
    pub(crate) at: usize,
    /// The number that the next record has.
    pub(crate) next: u64,
    /// The chain value of the last one.
    pub(crate) link: Link,
    pub(crate) how: How,
}

/// What comes after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// Nothing but room.
    Whole,
    /// Something that is not a whole record.
    Cut,
    /// A record of another number.
    Numbered(u64),
    /// A record that the chain value does not fit.
    Broken,
}

/// The path of a segment.
pub(crate) fn path(directory: &Path, number: u64) -> PathBuf {
    directory.join(format!("{number:0DIGITS$}{SUFFIX}"))
}

/// The segments of a directory by their names, oldest first.
///
/// # Errors
/// The directory cannot be read.
pub fn segments(directory: &Path) -> Result<Vec<(u64, PathBuf)>, LogError> {
    let entries = fs::read_dir(directory).map_err(LogError::io("read", directory))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(LogError::io("read", directory))?.path();
        if let Some(number) = number_of(&path) {
            found.push((number, path));
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn headless(path: &Path) -> LogError {
    LogError::damaged(path.parent().unwrap_or(path), format!("{} does not begin as a segment does", name_of(path)))
}

/// Of a segment the number of its first record, and when it was made, in milliseconds since 1970.
///
/// # Errors
/// The file cannot be read, or does not begin as a segment does.
pub fn peek(path: &Path) -> Result<(u64, i64), LogError> {
    Head::read(path).map(|head| (head.first, head.created))
}

/// A file's name, for texts.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn number_of(path: &Path) -> Option<u64> {
    let digits = path.file_name()?.to_str()?.strip_suffix(SUFFIX)?;
    (digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit())).then(|| digits.parse().ok())?
}
