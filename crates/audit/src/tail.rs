//! The end of a log that is opened: where its sound records end, and what a crash has left there.
//!
//! Only what comes after the last record that `HEAD` knows to be durable can be what a crash has cut short. Anything
//! else that does not fit is damage, and is left as it was found.

use crate::chain::{ChainKey, Link};
use crate::error::LogError;
use crate::head::{self, Said};
use crate::log::Point;
use crate::segment::{HEAD, How, Segment, segments};
use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

/// What a crash had left at the end of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// The last sound record.
    pub after: u64,
    /// How many bytes that are no record followed it, and are gone.
    pub bytes: u64,
}

/// The end of a log.
pub(crate) struct Tail {
    pub(crate) said: Said,
    pub(crate) end: TailEnd,
    pub(crate) was_clean: bool,
    pub(crate) repair: Option<Repair>,
    /// The segments before the last: number and bytes.
    pub(crate) closed: VecDeque<(u64, u64)>,
}

/// Where it is.
#[derive(Clone, Copy)]
pub(crate) struct TailEnd {
    pub(crate) point: Point,
    pub(crate) at: u64,
}

/// The end of the log of a directory; nothing where there is no log yet.
pub(crate) fn find(directory: &Path, key: &ChainKey) -> Result<Option<Tail>, LogError> {
    let damaged = |what: String| Err(LogError::damaged(directory, what));
    let found = head::read(directory, key)?;
    let mut present = segments(directory)?;
    let Some(said) = found.said else {
        return match (found.foreign, &*present) {
            (0, []) => Ok(None),
            // A crash while it was made.
            (0, [(1, path)]) if fs::metadata(path).is_ok_and(|facts| facts.len() <= HEAD as u64) => Ok(None),
            (0, _) => damaged("HEAD is missing".to_owned()),
            _ => damaged("HEAD is not authentic: the key is another one, or HEAD was changed".to_owned()),
        };
    };
    remove_dropped(&mut present, said.first_segment)?;
    let missing = present.iter().zip(said.first_segment..).find(|((number, _), expected)| number != expected);
    if let Some((_, missing)) = missing {
        return damaged(format!("segment {missing} is missing"));
    }
    let last = present.last().map_or(0, |(number, _)| *number);
    if last < said.segment {
        return damaged(format!("segment {} is missing", last.max(said.first_segment.saturating_sub(1)) + 1));
    }
    let mut bytes = remove_unborn(&mut present, &said, key)?;
    let (end, torn) = walk(directory, &present, &said, key)?;
    bytes += torn;
    present.pop();
    let mut closed = VecDeque::new();
    for (number, path) in present {
        let length = fs::metadata(&path).map_err(LogError::io("read", &path))?.len();
        closed.push_back((number, length));
    }
    let repair = (bytes > 0).then_some(Repair { after: end.point.sequence, bytes });
    Ok(Some(Tail { said, end, was_clean: said.is_clean, repair, closed }))
}

/// Segments that were dropped, but for a crash that came before their files went.
fn remove_dropped(present: &mut Vec<(u64, PathBuf)>, first: u64) -> Result<(), LogError> {
    for (_, path) in present.extract_if(.., |(number, _)| *number < first) {
        fs::remove_file(&path).map_err(LogError::io("remove", &path))?;
    }
    Ok(())
}

/// Takes away a last segment that a crash has left without a head, and answers how many bytes that were.
fn remove_unborn(present: &mut Vec<(u64, PathBuf)>, said: &Said, key: &ChainKey) -> Result<u64, LogError> {
    let Some((_, path)) = present.last().filter(|(number, _)| *number > said.segment && !said.is_clean) else {
        return Ok(0);
    };
    if Segment::read(path).is_ok_and(|segment| segment.has_sound_head(key)) {
        return Ok(0);
    }
    let length = fs::metadata(path).map_err(LogError::io("read", path))?.len();
    // With a head there may be records behind it, and those nobody cuts short.
    if length > HEAD as u64 {
        return Ok(0);
    }
    fs::remove_file(path).map_err(LogError::io("remove", path))?;
    present.pop();
    Ok(length)
}

/// From the segment that `HEAD` names to the end: where it is, and how many bytes behind it are no record.
fn walk(directory: &Path, present: &[(u64, PathBuf)], said: &Said, key: &ChainKey) -> Result<(TailEnd, u64), LogError> {
    let damaged = |what: String| LogError::damaged(directory, what);
    let mut before: Option<(u64, Link)> = None;
    let mut known = None;
    let mut last = None;
    for (number, path) in present.iter().filter(|(number, _)| *number >= said.segment) {
        let segment = Segment::read(path)?;
        let is_next = before.is_none_or(|expected| expected == (segment.head.first, segment.head.before));
        if !segment.has_sound_head(key) || !is_next {
            return Err(damaged(format!("the head of segment {number} is not authentic, or not the next")));
        }
        if segment.head.first == said.sequence + 1 {
            known = Some(segment.head.before);
        }
        let end = segment.walk(key, &mut |record| {
            if record.sequence == said.sequence {
                known = Some(record.link);
            }
        });
        let is_last = present.last().is_some_and(|(last, _)| last == number);
        let is_torn = end.how != How::Whole;
        if is_torn && (!is_last || said.is_clean || end.next <= said.sequence) {
            return Err(damaged(format!("segment {number} has no sound record {} at byte {}", end.next, end.at)));
        }
        before = Some((end.next, end.link));
        let torn = if is_torn { segment.bytes.len() - end.at } else { 0 };
        let point = Point { segment: *number, sequence: end.next - 1, link: end.link };
        last = Some((TailEnd { point, at: end.at as u64 }, torn as u64));
    }
    let (end, torn) = last.ok_or_else(|| damaged(format!("segment {} is missing", said.segment)))?;
    if end.point.sequence < said.sequence {
        let (ends, had) = (end.point.sequence, said.sequence);
        return Err(damaged(format!("it ends with record {ends}, and had {had}")));
    }
    if said.is_clean && end.point.sequence > said.sequence {
        return Err(damaged(format!("HEAD is an older one: it knows of record {} as the last", said.sequence)));
    }
    if known != Some(said.link) {
        return Err(damaged(format!("record {} is another than HEAD says", said.sequence)));
    }
    Ok((end, torn))
}
