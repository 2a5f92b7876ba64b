//! An engine that appends to a tape of bytes and can be cut anywhere, as a file can that a crash interrupts.

use super::script::Luck;
use crossconnect_store::{EachRow, Engine, Group, LastGroup, StoreError};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What survives the engine. A clone is the same tape.
#[derive(Debug, Clone, Default)]
pub(super) struct Tape(Arc<Mutex<Content>>);

#[derive(Debug)]
struct Content {
    bytes: Vec<u8>,
    /// The last whole group in them: what reading them all would come to, since only what is torn is ever cut.
    last: LastGroup,
    next: Luck,
    reopening_fails: bool,
    is_failed: bool,
}

impl Default for Content {
    fn default() -> Self {
        Content {
            bytes: Vec::new(),
            last: LastGroup::default(),
            next: Luck::Fine,
            reopening_fails: false,
            is_failed: false,
        }
    }
}

impl Tape {
    /// What becomes of the next commit.
    pub(super) fn plan(&self, luck: Luck) {
        self.content().next = luck;
    }

    /// Whether the next reopening fails.
    pub(super) fn plan_reopening(&self, fails: bool) {
        self.content().reopening_fails = fails;
    }

    /// The engine, as a new process opens it.
    pub(super) fn open(&self) -> Box<dyn Engine> {
        let mut content = self.content();
        content.is_failed = false;
        content.cut();
        Box::new(self.clone())
    }

    /// The last whole group.
    pub(super) fn last(&self) -> LastGroup {
        self.content().last
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Content {
    /// Leaves out what is not a whole group at the end.
    fn cut(&mut self) {
        let (_, whole) = frames(&self.bytes);
        self.bytes.truncate(whole);
    }
}

impl Engine for Tape {
    fn load(&mut self, each: &mut EachRow<'_>) -> Result<LastGroup, StoreError> {
        let (groups, _) = frames(&self.content().bytes);
        let mut rows = BTreeMap::new();
        let mut last = LastGroup::default();
        for group in groups {
            last = LastGroup { number: group.number, at: group.at };
            rows.extend(group.writes);
        }
        for (key, value) in rows {
            if let Some(value) = value {
                each(&key, &value)?;
            }
        }
        Ok(last)
    }

    fn commit(&mut self, group: &Group) -> Result<(), StoreError> {
        let mut content = self.content();
        if content.is_failed {
            return Err(failure("an earlier write failed, and it was not reopened since"));
        }
        let frame = frame(group);
        let luck = std::mem::replace(&mut content.next, Luck::Fine);
        let written = match luck {
            Luck::Full => return Err(StoreError::NoSpace { path: PathBuf::from("tape"), free: 0, floor: 1 }),
            Luck::Fine | Luck::More | Luck::Stalled(_) | Luck::Kept => frame.len(),
            Luck::Lost | Luck::Late => 0,
            Luck::Torn(part) => frame.len() * usize::from(part) / 256,
        };
        content.bytes.extend_from_slice(&frame[..written]);
        if written == frame.len() {
            content.last = LastGroup { number: group.number, at: group.at };
        }
        content.is_failed = matches!(luck, Luck::Kept | Luck::Lost | Luck::Late | Luck::Torn(_));
        if content.is_failed { Err(failure("as the run has it")) } else { Ok(()) }
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        let mut content = self.content();
        if std::mem::take(&mut content.reopening_fails) {
            return Err(failure("as the run has it"));
        }
        content.cut();
        content.is_failed = false;
        Ok(())
    }

    fn close(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}

fn failure(reason: &str) -> StoreError {
    StoreError::Engine { path: PathBuf::from("tape"), reason: reason.to_owned() }
}

/// A group as bytes: its length and a checksum, then what is in it.
fn frame(group: &Group) -> Vec<u8> {
    let mut body = Vec::new();
    body.extend_from_slice(&group.number.to_le_bytes());
    body.extend_from_slice(&group.at.to_le_bytes());
    for (key, value) in &group.writes {
        put(&mut body, key);
        body.push(u8::from(value.is_some()));
        put(&mut body, value.as_deref().unwrap_or_default());
    }
    let mut frame = Vec::with_capacity(body.len() + 16);
    frame.extend_from_slice(&(body.len() as u64).to_le_bytes());
    frame.extend_from_slice(&super::log::hash(&body).to_le_bytes());
    frame.extend_from_slice(&body);
    frame
}

fn put(bytes: &mut Vec<u8>, part: &[u8]) {
    bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
    bytes.extend_from_slice(part);
}

/// The whole groups of a tape, and how many bytes they take.
fn frames(bytes: &[u8]) -> (Vec<Group>, usize) {
    let (mut groups, mut rest) = (Vec::new(), bytes);
    while let Some((group, after)) = read(rest) {
        groups.push(group);
        rest = after;
    }
    (groups, bytes.len() - rest.len())
}

fn read(bytes: &[u8]) -> Option<(Group, &[u8])> {
    let (length, rest) = number(bytes)?;
    let (checksum, rest) = number(rest)?;
    let (mut body, after) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    if super::log::hash(body) != checksum {
        return None;
    }
    let (group_number, rest) = number(body)?;
    let (at, rest) = number(rest)?;
    body = rest;
    let mut writes = BTreeMap::new();
    while !body.is_empty() {
        let (key, rest) = part(body)?;
        let (is_there, rest) = rest.split_first()?;
        let (value, rest) = part(rest)?;
        writes.insert(key.to_vec(), (*is_there == 1).then(|| value.to_vec()));
        body = rest;
    }
    Some((Group { number: group_number, at: at.cast_signed(), writes }, after))
}

fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    Some((u64::from_le_bytes(*number), rest))
}

fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(usize::try_from(length).ok()?)
}
