//! What the store's writer puts on record: the calls of a group, before it is committed.
//!
//! The engine and the trail make the group durable at the same time, so a record is there before its outcome is certain.
//! Each such record bears the group's number. Where the commit fails, further records take their place at once; where
//! the process ends in between, the next start finds out which groups the engine has, and says so in the trail.

use super::draft::Filed;
use super::event::{self, Call, Outcome, Source};
use super::trail::Trail;
use crate::clock;
use crossconnect_audit::{Segment, segments};
use crossconnect_store::{Moment, StoreError, Witness};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The error of a change that was put on record and not made.
const NOT_MADE: &str = "DirectConnectServerException";
/// How many segments, from the last one back, are searched for records of a group that was not committed: a group is
/// far shorter than two.
const SEARCHED: usize = 4;

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
    last: u64,
}

/// What is told of groups to `trail`. `keeps` says whether the engine's groups outlive the process.
pub(crate) fn witness<A: Tells>(trail: Arc<Trail>, keeps: bool) -> Witness<A> {
    let mut group = Group::default();
    let mut is_new = true;
    let mut failed: Option<u64> = None;
    Box::new(move |moment| {
        let done = match moment {
            Moment::Decided { group: number, first_write, answers } => {
                if std::mem::take(&mut is_new) {
                    reconcile(&trail, number - 1, keeps)
                        .and_then(|()| decided(&trail, &mut group, number, first_write, answers))
                } else {
                    decided(&trail, &mut group, number, first_write, answers)
                }
            }
            Moment::Committed => trail.wait(group.last),
            Moment::Failed(error) => {
                failed = Some(group.number);
                correct(&trail, &group, &error.to_string())
            }
            Moment::Reopened(last) => match failed.take() {
                Some(number) => notice(&trail, "GroupFound", &json!({"group": number, "committed": number <= last})),
                None => Ok(()),
            },
        };
        done.map_err(|reason| StoreError::Unrecorded { reason })
    })
}

fn decided<'a, A: Tells + 'a>(
    trail: &Trail,
    group: &mut Group,
    number: u64,
    first_write: Option<usize>,
    answers: &mut dyn Iterator<Item = &'a A>,
) -> Result<(), String> {
    group.number = number;
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
    let first_resting = group.first_resting;
    let mark = |index| if index >= first_resting { number } else { 0 };
    let records = group.records.iter().enumerate().map(|(index, record)| (mark(index), &**record));
    if group.records.is_empty() {
        return Ok(());
    }
    group.last = trail.write(records)?;
    group.first = group.last + 1 - group.records.len() as u64;
    if first_write.is_some() {
        trail.want(group.last);
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
fn correct(trail: &Trail, group: &Group, error: &str) -> Result<(), String> {
    let resting = group.records.iter().zip(group.first..).skip(group.first_resting);
    let corrected = resting.filter_map(|(record, sequence)| correction(record, sequence, error)).collect::<Vec<_>>();
    write_durably(trail, &corrected)
}

/// The record that takes the place of another one.
fn correction(record: &[u8], corrects: u64, error: &str) -> Option<Vec<u8>> {
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

/// Says something of the trail itself.
fn notice(trail: &Trail, name: &str, details: &serde_json::Value) -> Result<(), String> {
    write_durably(trail, &[said(name, details)])
}

fn write_durably(trail: &Trail, records: &[Vec<u8>]) -> Result<(), String> {
    if records.is_empty() {
        return Ok(());
    }
    let last = trail.write(records.iter().map(|record| (0, &**record)))?;
    trail.want(last);
    trail.wait(last)
}

fn said(name: &str, details: &serde_json::Value) -> Vec<u8> {
    let mut record = Vec::new();
    let details = details.to_string();
    let call = Call {
        source: Source::Trail,
        name,
        region: None,
        address: &[],
        user_agent: None,
        request_id: "",
        identity: None,
        parameters: Some(&details),
        is_read_only: false,
        is_dry_run: false,
        tls_host: None,
    };
    call.put(&mut record);
    Outcome::ok(clock::wall().0).put(&mut record);
    record
}

/// Says that the trail was opened, where no engine of ours tells which groups it has.
pub(crate) fn announce(trail: &Trail) -> Result<(), String> {
    reconcile(trail, 0, false)
}

/// Compares what the trail says was changed with what the engine holds, whose last group is `committed`.
fn reconcile(trail: &Trail, committed: u64, keeps: bool) -> Result<(), String> {
    let mut details = json!({"version": env!("CARGO_PKG_VERSION"), "clean": trail.was_clean});
    if let Some(repair) = trail.repair {
        details["repaired"] = json!({"after": repair.after, "bytes": repair.bytes});
    }
    if keeps {
        details["group"] = committed.into();
    }
    let before = trail.opened_at;
    notice(trail, "TrailOpened", &details)?;
    if !keeps || before == 0 {
        return Ok(());
    }
    let (last, open) = unsettled(trail, committed, before)?;
    let text = "The server ended before this was committed. It was not done, and nobody was told that it was.";
    let corrected: Vec<_> = open.iter().filter_map(|(sequence, record)| correction(record, *sequence, text)).collect();
    write_durably(trail, &corrected)?;
    match last {
        Some(last) if last < committed => {
            notice(trail, "GroupsWithoutRecord", &json!({"first": last + 1, "last": committed}))
        }
        Some(last) if last > committed + 1 => {
            notice(trail, "StoreIsOlder", &json!({"committed": committed, "recorded": last}))
        }
        Some(_) | None => Ok(()),
    }
}

/// A record and its number.
type Numbered = (u64, Vec<u8>);

/// The last group that the trail knows of, and the records of the one after `committed` that nobody has corrected yet.
fn unsettled(trail: &Trail, committed: u64, before: u64) -> Result<(Option<u64>, Vec<Numbered>), String> {
    let text = |error: crossconnect_audit::LogError| error.to_string();
    let present = segments(trail.directory()).map_err(text)?;
    let (mut last, mut open, mut corrected) = (None, Vec::new(), BTreeSet::new());
    for (_, path) in present.iter().rev().take(SEARCHED).rev() {
        let segment = Segment::read(path).map_err(text)?;
        for record in segment.records().take_while(|record| record.sequence <= before) {
            if record.mark > 0 {
                last = Some(record.mark);
                if record.mark == committed + 1 {
                    open.push((record.sequence, record.bytes.to_vec()));
                }
            }
            corrected.extend(event::read(record.bytes).and_then(|(_, outcome)| outcome.corrects));
        }
    }
    open.retain(|(sequence, _)| !corrected.contains(sequence));
    Ok((last, open))
}

#[cfg(test)]
mod tests {
    use super::super::draft::{Came, Notes};
    use super::super::query::{Cursor, Query, page};
    use super::*;
    use crate::http::Peer;
    use crossconnect_audit::ChainKey;
    use hyper::HeaderMap;
    use std::path::Path;

    struct Answer(Told);

    impl Tells for Answer {
        fn told(&self) -> Option<&Told> {
            Some(&self.0)
        }
    }

    fn open(directory: &Path) -> (Arc<Trail>, Witness<Answer>) {
        let trail = Arc::new(Trail::open(directory, ChainKey::derive(b"key"), 0).unwrap());
        (trail.clone(), witness(trail, true))
    }

    fn answer(name: &str) -> Answer {
        let (peer, headers) = (Peer { address: [127, 0, 0, 1].into(), is_secure: false }, HeaderMap::new());
        let filed = Notes::default().file(Came {
            source: Source::DirectConnect,
            name,
            request_id: "r",
            peer,
            headers: &headers,
        });
        Answer(Told { filed, at: 1, response: None, error: None })
    }

    /// Has the calls of a group decided.
    fn decide(witness: &mut Witness<Answer>, group: u64, calls: &[&str]) {
        let answers: Vec<Answer> = calls.iter().map(|name| answer(name)).collect();
        let moment = Moment::Decided { group, first_write: Some(0), answers: &mut answers.iter() };
        witness(moment).unwrap();
    }

    /// Each record's name, its error, and which it corrects.
    fn records(directory: &Path) -> Vec<(String, bool, Option<u64>)> {
        let page = page(directory, &Query::default(), Cursor::After(0), 1000, u64::MAX).unwrap();
        let of = |record: &serde_json::Value| {
            let name = record["eventName"].as_str().unwrap().to_owned();
            (name, record["errorCode"].is_string(), record["additionalEventData"]["corrects"].as_u64())
        };
        page.records.iter().map(of).collect()
    }

    fn record(name: &str) -> (String, bool, Option<u64>) {
        (name.to_owned(), false, None)
    }

    fn correction_of(name: &str, corrects: u64) -> (String, bool, Option<u64>) {
        (name.to_owned(), true, Some(corrects))
    }

    #[test]
    fn what_was_not_committed_before_a_crash_is_corrected_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let (trail, mut witness) = open(folder.path());
        decide(&mut witness, 1, &["Kept"]);
        witness(Moment::Committed).unwrap();
        decide(&mut witness, 2, &["Lost", "LostToo"]);
        trail.close().unwrap();
        let before = [record("TrailOpened"), record("Kept"), record("Lost"), record("LostToo")];
        assert_eq!(records(folder.path()), before);
        // Twice, since what was corrected once is not corrected again.
        for _ in 0..2 {
            let (trail, mut witness) = open(folder.path());
            decide(&mut witness, 2, &[]);
            trail.close().unwrap();
        }
        let records = records(folder.path());
        let after =
            [record("TrailOpened"), correction_of("Lost", 3), correction_of("LostToo", 4), record("GroupCommitted")];
        assert_eq!(records[4..8], after);
        assert_eq!(records[8..], [record("TrailOpened"), correction_of("GroupCommitted", 8), record("GroupCommitted")]);
    }

    #[test]
    fn a_commit_that_fails_is_corrected_at_once_and_only_then() {
        let folder = tempfile::tempdir().unwrap();
        let (trail, mut witness) = open(folder.path());
        decide(&mut witness, 1, &["Failed"]);
        witness(Moment::Failed(&StoreError::Unrecorded { reason: "a test".to_owned() })).unwrap();
        witness(Moment::Reopened(0)).unwrap();
        decide(&mut witness, 1, &["Again"]);
        witness(Moment::Committed).unwrap();
        trail.close().unwrap();
        let expected = [
            record("TrailOpened"),
            record("Failed"),
            correction_of("Failed", 2),
            record("GroupFound"),
            record("Again"),
        ];
        assert_eq!(records(folder.path()), expected);
        let (trail, mut witness) = open(folder.path());
        decide(&mut witness, 2, &[]);
        trail.close().unwrap();
        assert_eq!(records(folder.path())[5..], [record("TrailOpened"), record("GroupCommitted")]);
    }

    #[test]
    fn groups_without_a_record_are_named_and_an_older_store_is() {
        let folder = tempfile::tempdir().unwrap();
        for (group, notice) in [(1, None), (5, Some("GroupsWithoutRecord")), (6, None), (3, Some("StoreIsOlder"))] {
            let before = records(folder.path()).len();
            let (trail, mut witness) = open(folder.path());
            decide(&mut witness, group, &[]);
            witness(Moment::Committed).unwrap();
            trail.close().unwrap();
            let names: Vec<String> = records(folder.path())[before..].iter().map(|(name, ..)| name.clone()).collect();
            let expected = ["TrailOpened"].into_iter().chain(notice).chain(["GroupCommitted"]);
            assert_eq!(names, expected.collect::<Vec<_>>(), "{group}");
        }
    }
}
