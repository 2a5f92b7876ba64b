//! Records that somebody asks for, a page at a time.

use super::cloud_trail::{document, shown, source};
use super::event::{self, Call, Outcome};
use crossconnect_audit::{LogError, Record, Segment, peek, segments};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::VecDeque;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The longest page.
pub(crate) const PAGE_MAX: usize = 1000;
/// How many segments are read for one page at most, so that nobody waits long for the next.
const SEGMENTS_MAX: usize = 8;
/// By how much the time of a record may lie before that of the segment that it is in, in milliseconds: it waited.
const WAITED_MAX: i64 = 60_000;

/// Which records are asked for: those that fit all that is given.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    /// Milliseconds since 1970, from this one on.
    pub(crate) from: Option<i64>,
    /// Up to before this one.
    pub(crate) to: Option<i64>,
    pub(crate) account: Option<String>,
    pub(crate) operation: Option<String>,
    /// An id or an ARN that stands in what was said or answered.
    pub(crate) resource: Option<String>,
    /// The name of an error; `any`, or `none`.
    pub(crate) error: Option<String>,
    pub(crate) access_key_id: Option<String>,
}

/// The names by which a query is given.
pub(crate) const NAMES: [&str; 7] = ["from", "to", "account", "operation", "resource", "error", "accessKeyId"];

/// In which order, from where on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// The oldest first, after this record.
    After(u64),
    /// The newest first, before this record.
    Before(u64),
}

/// Some records, and from where on there are more.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) records: Vec<Value>,
    /// The record after or before which the next page begins; nothing after the last one.
    pub(crate) next: Option<u64>,
}

impl Query {
    /// Sets one of [`NAMES`]; an error is what was expected.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        let moment = || value.parse::<Timestamp>().map(Timestamp::as_millisecond);
        let text = || Some(value.to_owned());
        match name {
            "from" => self.from = Some(moment().map_err(|_| MOMENT)?),
            "to" => self.to = Some(moment().map_err(|_| MOMENT)?),
            "account" => self.account = text(),
            "operation" => self.operation = text(),
            "resource" => self.resource = text(),
            "error" => self.error = text(),
            "accessKeyId" => self.access_key_id = text(),
            _ => return Err("one of the filters"),
        }
        Ok(())
    }

    fn fits(&self, call: &Call<'_>, outcome: &Outcome<'_>) -> bool {
        let identity = call.identity;
        let is = |wanted: &Option<String>, value: Option<&str>| wanted.as_deref().is_none_or(|it| Some(it) == value);
        let is_named = |wanted: &String| {
            let service = source(call.source).split('.').next().unwrap_or_default();
            let name = wanted.strip_prefix(service).and_then(|rest| rest.strip_prefix(':')).unwrap_or(wanted);
            name.eq_ignore_ascii_case(call.name)
        };
        let has_error = |wanted: &String| match &**wanted {
            "any" => outcome.error.is_some(),
            "none" => outcome.error.is_none(),
            name => outcome.error == Some(name),
        };
        self.from.is_none_or(|from| outcome.at >= from)
            && self.to.is_none_or(|to| outcome.at < to)
            && is(&self.account, identity.and_then(|identity| identity.account))
            && is(&self.access_key_id, identity.and_then(|identity| identity.access_key_id))
            && self.operation.as_ref().is_none_or(is_named)
            && self.error.as_ref().is_none_or(has_error)
            && self.resource.as_ref().is_none_or(|wanted| names(call, outcome, wanted))
    }

    fn shown(&self, record: &Record<'_>) -> Option<Value> {
        let (call, outcome) = event::read(record.bytes)?;
        self.fits(&call, &outcome).then(|| shown(record.sequence, record.link, &call, &outcome))
    }
}

const MOMENT: &str = "a moment such as 2026-01-01T00:00:00Z";

/// Whether an id, or the ARN of that id, stands in what was said or answered.
fn names(call: &Call<'_>, outcome: &Outcome<'_>, wanted: &str) -> bool {
    let id = wanted.rsplit('/').next().unwrap_or(wanted);
    let texts = [call.parameters, outcome.response];
    // Most records do not have it anywhere.
    texts.into_iter().flatten().any(|text| text.contains(id) && holds(&document(Some(text)), wanted, id))
}

fn holds(value: &Value, wanted: &str, id: &str) -> bool {
    match value {
        Value::String(text) => text == wanted || text == id || (id == wanted && text.rsplit('/').next() == Some(id)),
        Value::Array(values) => values.iter().any(|value| holds(value, wanted, id)),
        Value::Object(members) => members.values().any(|value| holds(value, wanted, id)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A page of at most `limit` records of the trail in a directory, up to the record `last`.
pub(crate) fn page(directory: &Path, query: &Query, from: Cursor, limit: usize, last: u64) -> Result<Page, LogError> {
    let segments = facts(directory)?;
    let in_time = |index: usize| {
        let ended = segments.get(index + 1).map(|next| next.created);
        let begins_late = query.to.is_some_and(|to| segments[index].created.saturating_sub(WAITED_MAX) > to);
        !begins_late && query.from.is_none_or(|from| ended.is_none_or(|ended| ended >= from))
    };
    let in_reach = |index: usize| {
        let next = segments.get(index + 1).map_or(u64::MAX, |next| next.first);
        match from {
            Cursor::After(after) => next > after.saturating_add(1),
            Cursor::Before(before) => segments[index].first < before,
        }
    };
    let mut wanted: Vec<usize> = (0..segments.len()).filter(|index| in_time(*index) && in_reach(*index)).collect();
    if matches!(from, Cursor::Before(_)) {
        wanted.reverse();
    }
    let mut page = Page::default();
    for (read, index) in wanted.into_iter().enumerate() {
        let facts = &segments[index];
        if read == SEGMENTS_MAX {
            let next = segments.get(index + 1).map_or(u64::MAX, |next| next.first);
            page.next = Some(if matches!(from, Cursor::After(_)) { facts.first - 1 } else { next });
            return Ok(page);
        }
        let segment = match Segment::read(&facts.path) {
            Ok(segment) => segment,
            // It was dropped meanwhile.
            Err(LogError::Io { error, .. }) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        let room = limit - page.records.len();
        page.next = match from {
            Cursor::After(after) => oldest(&segment, query, &mut page.records, (after, last), room),
            Cursor::Before(before) => newest(&segment, query, &mut page.records, (before, last), room),
        };
        if page.next.is_some() {
            return Ok(page);
        }
    }
    Ok(page)
}

/// Adds the oldest records of a segment after one; the last of them if there is no more room.
fn oldest(
    segment: &Segment,
    query: &Query,
    out: &mut Vec<Value>,
    (after, last): (u64, u64),
    room: usize,
) -> Option<u64> {
    let mut found = 0;
    for record in segment.records().take_while(|record| record.sequence <= last) {
        if record.sequence <= after {
            continue;
        }
        if let Some(shown) = query.shown(&record) {
            out.push(shown);
            found += 1;
            if found == room {
                return Some(record.sequence);
            }
        }
    }
    None
}

/// Adds the newest records of a segment before one, the newest first; the last of them if there is no more room.
fn newest(
    segment: &Segment,
    query: &Query,
    out: &mut Vec<Value>,
    (before, last): (u64, u64),
    room: usize,
) -> Option<u64> {
    let mut found: VecDeque<(u64, Value)> = VecDeque::new();
    for record in segment.records().take_while(|record| record.sequence <= last && record.sequence < before) {
        if let Some(shown) = query.shown(&record) {
            if found.len() == room {
                found.pop_front();
            }
            found.push_back((record.sequence, shown));
        }
    }
    let next = (found.len() == room).then(|| found.front().map(|(sequence, _)| *sequence)).flatten();
    out.extend(found.into_iter().rev().map(|(_, shown)| shown));
    next
}

/// A segment that is there.
struct Facts {
    path: PathBuf,
    first: u64,
    created: i64,
}

fn facts(directory: &Path) -> Result<Vec<Facts>, LogError> {
    let mut facts = Vec::new();
    for (_, path) in segments(directory)? {
        match peek(&path) {
            Ok((first, created)) => facts.push(Facts { path, first, created }),
            Err(LogError::Io { error, .. }) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(facts)
}
