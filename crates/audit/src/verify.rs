//! Whether a log is as it was written, from its first record that is kept to its last.

use crate::chain::{ChainKey, Link};
use crate::error::LogError;
use crate::head::{self, Said};
use crate::log::LOCK;
use crate::segment::{How, Segment, name_of, segments};
use std::fmt;
use std::fs::{File, TryLockError};
use std::path::Path;

/// What is known of a log from elsewhere: that it had this record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// Its number.
    pub sequence: u64,
    /// Its chain value.
    pub link: Link,
}

/// What was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Segments that are kept.
    pub segments: u64,
    /// The first record that is kept, or would be.
    pub first: u64,
    /// The last record; less than `first` when there is none.
    pub last: u64,
    /// The chain value of the last.
    pub link: Link,
    /// Bytes behind it that are no record: a write under way, or one that a crash cut short.
    pub torn: u64,
    /// Whether a process writes it now.
    pub is_open: bool,
}

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In which file.
    pub file: String,
    /// At which record, where it is one.
    pub sequence: Option<u64>,
    /// At which byte of the file, where it is one.
    pub at: Option<usize>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sequence) = self.sequence {
            write!(f, ", record {sequence}")?;
        }
        if let Some(at) = self.at {
            write!(f, ", byte {at}")?;
        }
        write!(f, ": {}", self.what)
    }
}

impl Fault {
    fn of(file: impl Into<String>, what: impl Into<String>) -> Self {
        Fault { file: file.into(), sequence: None, at: None, what: what.into() }
    }
}

/// Verifies the log of a directory; tells `progress` of bytes that are done, and of all. It may be open meanwhile.
///
/// # Errors
/// The outer one: it cannot be read. The inner one: it is not as it was written.
pub fn verify(
    directory: &Path,
    key: &ChainKey,
    expected: Option<Expected>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Result<Report, Fault>, LogError> {
    let is_open = is_open(directory)?;
    let found = head::read(directory, key)?;
    let present = segments(directory)?;
    let Some(said) = found.said.filter(|_| found.foreign == 0) else {
        let what = match (found.foreign, present.is_empty()) {
            (0, true) => "there is no audit trail here",
            (0, false) => "it is missing",
            _ => "it is not authentic: the key is another one, or it was changed",
        };
        return Ok(Err(Fault::of(head::FILE, what)));
    };
    let total = present.iter().filter_map(|(_, path)| path.metadata().ok()).map(|facts| facts.len()).sum();
    let mut walk = Walk { key, said, expected, known: None, met: None, before: None };
    let mut report = Report { segments: 0, first: said.first, last: 0, link: said.link, torn: 0, is_open };
    let mut done = 0;
    let last = present.last().map_or(0, |(number, _)| *number);
    for number in said.first_segment..=last.max(said.segment) {
        let Some((_, path)) = present.iter().find(|(present, _)| *present == number) else {
            return Ok(Err(Fault::of(format!("segment {number}"), "it is missing")));
        };
        let segment = match Segment::read(path) {
            Ok(segment) => segment,
            // It was dropped meanwhile.
            Err(LogError::Io { error, .. }) if is_open && error.kind() == std::io::ErrorKind::NotFound => {
                walk.before = None;
                continue;
            }
            Err(LogError::Damaged { what, .. }) => return Ok(Err(Fault::of(name_of(path), what))),
            Err(error) => return Err(error),
        };
        match walk.segment(&segment, number == last, is_open) {
            Ok(torn) => report.torn = torn,
            Err(fault) => return Ok(Err(fault)),
        }
        report.segments += 1;
        done += segment.bytes.len() as u64;
        progress(done, total);
    }
    let is_stray = |(number, _): &&(u64, _)| *number < said.first_segment;
    if let Some((_, path)) = present.iter().find(is_stray).filter(|_| said.is_clean) {
        return Ok(Err(Fault::of(name_of(path), "this segment was dropped, and is here again")));
    }
    Ok(walk.end().map(|(last, link)| Report { last, link, ..report }))
}

/// Whether a process writes the log.
fn is_open(directory: &Path) -> Result<bool, LogError> {
    let path = directory.join(LOCK);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(LogError::io("open", &path)(error)),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(LogError::io("lock", &path)(error)),
    }
}

/// What the segments have shown so far.
struct Walk<'a> {
    key: &'a ChainKey,
    said: Said,
    expected: Option<Expected>,
    /// The chain value of the record that `HEAD` names.
    known: Option<Link>,
    /// That of the record which is expected.
    met: Option<Link>,
    /// The number that comes next, and the chain value before it.
    before: Option<(u64, Link)>,
}

impl Walk<'_> {
    /// Checks one segment, and answers how many bytes behind its records are none.
    fn segment(&mut self, segment: &Segment, is_last: bool, is_open: bool) -> Result<u64, Fault> {
        let name = name_of(&segment.path);
        if !segment.has_sound_head(self.key) {
            return Err(Fault::of(name, "its head is not authentic, or that of another segment"));
        }
        let head = segment.head;
        match self.before {
            Some(expected) if expected != (head.first, head.before) => {
                let (first, next) = (head.first, expected.0);
                let text = format!("it begins with record {first}, and record {next} comes next");
                return Err(Fault::of(
                    name,
                    if first == next { "it does not follow on the one before" } else { &text },
                ));
            }
            None if !is_open && head.first != self.said.first => {
                let text = format!("it begins with record {}, and HEAD says {}", head.first, self.said.first);
                return Err(Fault::of(name, text));
            }
            Some(_) | None => {}
        }
        self.note(head.first - 1, head.before);
        let end = segment.walk(self.key, &mut |record| self.note(record.sequence, record.link));
        let may_be_cut = is_last && (is_open || !self.said.is_clean) && end.next > self.said.sequence;
        let what = match end.how {
            How::Whole => None,
            How::Cut => Some("it was changed, or what stands here was never a record".to_owned()),
            How::Broken => Some("it was changed: the chain does not fit it".to_owned()),
            How::Numbered(other) => Some(format!("record {other} stands in its place")),
        };
        self.before = Some((end.next, end.link));
        match what {
            Some(what) if !may_be_cut => Err(Fault { file: name, sequence: Some(end.next), at: Some(end.at), what }),
            Some(_) => Ok((segment.bytes.len() - end.at) as u64),
            None => Ok(0),
        }
    }

    fn note(&mut self, sequence: u64, link: Link) {
        if sequence == self.said.sequence {
            self.known = Some(link);
        }
        if self.expected.is_some_and(|expected| expected.sequence == sequence) {
            self.met = Some(link);
        }
    }

    /// The last record, if it is as late as those that are known of.
    fn end(self) -> Result<(u64, Link), Fault> {
        let said = self.said;
        let (next, link) = self.before.unwrap_or((said.first, said.link));
        let at = |sequence, what: String| Fault { sequence: Some(sequence), ..Fault::of("the end", what) };
        if next <= said.sequence {
            let text = format!("it is missing, and what follows it: HEAD knows of record {}", said.sequence);
            return Err(at(next, text));
        }
        if self.known.is_some_and(|known| known != said.link) {
            return Err(at(said.sequence, "it is another one than HEAD says".to_owned()));
        }
        if said.is_clean && next > said.sequence + 1 {
            return Err(at(said.sequence, "HEAD is an older one: it does not know of what follows".to_owned()));
        }
        if let Some(expected) = self.expected.filter(|expected| expected.sequence >= said.first.saturating_sub(1)) {
            if expected.sequence >= next {
                return Err(at(next, format!("it is missing, and what follows it up to record {}", expected.sequence)));
            }
            if self.met.is_some_and(|met| met != expected.link) {
                return Err(at(expected.sequence, "it is another one than was expected".to_owned()));
            }
        }
        Ok((next - 1, link))
    }
}
