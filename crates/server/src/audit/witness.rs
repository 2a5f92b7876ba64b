//! What the store's writer puts on record: the calls of a group, before it is committed.
//!
//! A record is written before its outcome is certain, and bears the group's number. Where the commit fails, further
//! records take their place at once; where the process ends in between, the next start finds out which groups the engine
//! has, and says so in the trail.
//!
//! An engine that keeps notes has the records beside the group, made durable by the one sync that makes the group so;
//! the trail itself is synced a little later, and what a power cut takes from it is written again at the next start.
//! With other engines nobody is told of a change before the trail was synced.

use super::draft::Filed;
use super::event::{self, Outcome};
use super::kept::{Kept, Unsettled, marked};
use super::notices::{notice, said, write_durably};
use super::reconcile::reconcile;
use super::trail::{Trail, Written};
use crate::clock;
use crossconnect_store::{Moment, Note, Notes, StoreError, Witness};
use serde_json::json;
use std::sync::Arc;

/// The error of a change that was put on record and not made.
const NOT_MADE: &str = "DirectConnectServerException";

/// What the writer was asked, and is to be answered.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) filed: Arc<Filed>,
    /// Milliseconds since 1970.
    pub(crate) at: i64,
    /// JSON, without what must not be shown.
    pub(crate) response: Option<String>,
    pub(crate) error: Option<(&'static str, String)>,
}

/// An answer that may have to be put on record.
pub(crate) trait Tells {
    /// What is to be put on record of it.
    fn told(&self) -> Option<&Told>;
}

/// The group that is being committed.
#[derive(Default)]
struct Group {
    number: u64,
    /// The number of the first of its records, and which of them rest on the commit.
    first: u64,
    records: Vec<Vec<u8>>,
    first_resting: usize,
    last: Written,
    /// Whether the engine keeps them beside it.
    is_noted: bool,
}

/// A record that is to be written before anything else is decided.
struct Owed {
    /// What it corrects: where that is lost, there is nothing to correct.
    corrects: Option<Written>,
    record: Vec<u8>,
}

/// Puts on record what groups come to.
struct Recorder {
    trail: Arc<Trail>,
    /// Whether the engine's groups outlive the process.
    keeps: bool,
    is_new: bool,
    /// What the engine had beside its groups when it was opened.
    found: Notes,
    group: Group,
    unsettled: Unsettled,
    /// The group whose commit has failed, until the engine tells whether it has it.
    failed: Option<u64>,
    owed: Vec<Owed>,
    /// Groups that were committed, and whose records may have been lost.
    doubtful: Vec<(u64, Written)>,
}

/// What is told of groups to `trail`. `keeps` says whether the engine's groups outlive the process.
pub(crate) fn witness<A: Tells>(trail: Arc<Trail>, keeps: bool) -> Witness<A> {
    let mut recorder = Recorder {
        trail,
        keeps,
        is_new: true,
        found: Notes::new(),
        group: Group::default(),
        unsettled: Unsettled::default(),
        failed: None,
        owed: Vec::new(),
        doubtful: Vec::new(),
    };
    Box::new(move |moment| recorder.hear(moment).map_err(|reason| StoreError::Unrecorded { reason }))
}

impl Recorder {
    fn hear<A: Tells>(&mut self, moment: Moment<'_, A>) -> Result<(), String> {
        match moment {
            Moment::Opened(notes) => {
                self.found = notes;
                Ok(())
            }
            Moment::Decided { group, first_write, answers, mut note } => {
                if self.is_new {
                    reconcile(&self.trail, group - 1, self.keeps, &self.found)?;
                    self.is_new = false;
                }
                self.settle()?;
                if let Some(note) = &mut note {
                    let found = self.found.last_key_value().map_or(0, |(number, _)| *number);
                    note.done = self.unsettled.settle(&self.trail)?.max(found);
                }
                decided(&self.trail, &mut self.group, (group, first_write), answers, note)
            }
            Moment::Committed if self.group.is_noted => {
                let Group { number, first_resting, last, .. } = self.group;
                self.unsettled.add(number, first_resting, std::mem::take(&mut self.group.records), last);
                Ok(())
            }
            Moment::Committed => {
                let recorded = self.trail.wait(self.group.last);
                if recorded.is_err() {
                    self.doubtful.push((self.group.number, self.group.last));
                }
                recorded
            }
            Moment::Failed(error) => {
                self.failed = Some(self.group.number);
                self.owed.extend(corrections(&self.group, &error.to_string()));
                self.settle()
            }
            Moment::Reopened(last) => {
                if let Some(number) = self.failed.take() {
                    let found = json!({"group": number, "committed": number <= last});
                    self.owed.push(Owed { corrects: None, record: said("GroupFound", &found) });
                }
                self.settle()
            }
        }
    }

    /// Writes what is owed. Until that is done nothing else is decided.
    fn settle(&mut self) -> Result<(), String> {
        self.owed.retain(|owed| owed.corrects.is_none_or(|corrected| self.trail.has(corrected)));
        let owed: Vec<&[u8]> = self.owed.iter().map(|owed| &*owed.record).collect();
        write_durably(&self.trail, &owed)?;
        self.owed.clear();
        while let Some((number, last)) = self.doubtful.first() {
            if !self.trail.has(*last) {
                notice(&self.trail, "GroupsWithoutRecord", &json!({"first": number, "last": number}))?;
            }
            self.doubtful.remove(0);
        }
        Ok(())
    }
}

fn decided<'a, A: Tells + 'a>(
    trail: &Trail,
    group: &mut Group,
    (number, first_write): (u64, Option<usize>),
    answers: &mut dyn Iterator<Item = &'a A>,
    note: Option<&mut Note>,
) -> Result<(), String> {
    (group.number, group.is_noted) = (number, false);
    group.records.clear();
    let mut filed = Vec::new();
    let mut first_resting = None;
    for (index, answer) in answers.enumerate() {
        let Some(told) = answer.told() else { continue };
        if first_write.is_some_and(|first| index >= first) {
            first_resting.get_or_insert(group.records.len());
        }
        group.records.push(record(told));
        filed.push(&told.filed);
    }
    if first_write.is_some() && first_resting.is_none() {
        // Something is changed that nobody called for: the group has a record all the same.
        first_resting = Some(group.records.len());
        group.records.push(said("GroupCommitted", &json!({"group": number})));
    }
    group.first_resting = first_resting.unwrap_or(group.records.len());
    if group.records.is_empty() {
        return Ok(());
    }
    let records = group.records.iter().map(|record| &**record);
    group.last = trail.write(marked(records, group.first_resting, number))?;
    group.first = group.last.sequence + 1 - group.records.len() as u64;
    if first_write.is_some() {
        let kept = Kept::of(group.first, group.first_resting, &group.records);
        match note.zip(kept) {
            Some((note, kept)) => (note.bytes, group.is_noted) = (kept.bytes(), true),
            None => trail.want(group.last),
        }
    }
    filed.into_iter().for_each(|filed| filed.recorded());
    Ok(())
}

fn record(told: &Told) -> Vec<u8> {
    let response = told.response.as_deref();
    let error = told.error.as_ref().map(|(name, text)| (*name, Some(&**text)));
    let mut record = Vec::with_capacity(told.filed.call.len() + response.map_or(0, str::len) + 64);
    record.extend_from_slice(&told.filed.call);
    super::draft::outcome(told.at, response, error).put(&mut record);
    record
}

/// Says of each record that rested on the commit that it came to nothing, or that nobody knows.
fn corrections(group: &Group, error: &str) -> Vec<Owed> {
    let resting = group.records.iter().zip(group.first..).skip(group.first_resting);
    let owed = resting.filter_map(|(record, sequence)| {
        let corrects = Some(group.last.with(sequence));
        Some(Owed { corrects, record: correction(record, sequence, error)? })
    });
    owed.collect()
}

/// The record that takes the place of another one.
pub(super) fn correction(record: &[u8], corrects: u64, error: &str) -> Option<Vec<u8>> {
    let mut corrected = event::first_half(record)?.to_vec();
    let outcome = Outcome {
        error: Some(NOT_MADE),
        message: Some(error),
        corrects: Some(corrects),
        ..Outcome::ok(clock::wall().0)
    };
    outcome.put(&mut corrected);
    Some(corrected)
}

#[cfg(test)]
mod tests;
