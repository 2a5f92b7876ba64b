//! What stands in the trail after commits, failures and crashes.

use super::*;
use crate::audit::draft::{self, Came};
use crate::audit::event::Source;
use crate::audit::query::{Cursor, Query, page};
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
    let (peer, headers) = (Peer { address: [127, 0, 0, 1].into(), tls: None }, HeaderMap::new());
    let filed = draft::Notes::default().file(Came {
        source: Source::DirectConnect,
        name,
        request_id: "r",
        peer,
        authority: None,
        headers: &headers,
    });
    Answer(Told { filed, at: 1, response: None, error: None })
}

/// Has the calls of a group decided.
fn decide(witness: &mut Witness<Answer>, group: u64, calls: &[&str]) {
    let answers: Vec<Answer> = calls.iter().map(|name| answer(name)).collect();
    let moment = Moment::Decided { group, first_write: Some(0), answers: &mut answers.iter(), note: None };
    witness(moment).unwrap();
}

/// Has the calls of a group decided and committed by an engine that keeps `notes`.
fn commit(witness: &mut Witness<Answer>, group: u64, calls: &[&str], notes: &mut Notes) -> Result<(), StoreError> {
    let answers: Vec<Answer> = calls.iter().map(|name| answer(name)).collect();
    let mut note = Note::default();
    let answers = &mut answers.iter();
    witness(Moment::Decided { group, first_write: Some(1), answers, note: Some(&mut note) })?;
    notes.retain(|number, _| *number > note.done);
    notes.insert(group, note.bytes);
    witness(Moment::Committed)
}

/// Every file of a folder as it is now: what a disk would have had if the power went.
fn image(from: &Path) -> tempfile::TempDir {
    let image = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, image.path().join(path.file_name().unwrap())).unwrap();
    }
    image
}

fn names(directory: &Path) -> Vec<String> {
    records(directory).into_iter().map(|(name, ..)| name).collect()
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
    let expected =
        [record("TrailOpened"), record("Failed"), correction_of("Failed", 2), record("GroupFound"), record("Again")];
    assert_eq!(records(folder.path()), expected);
    let (trail, mut witness) = open(folder.path());
    decide(&mut witness, 2, &[]);
    trail.close().unwrap();
    assert_eq!(records(folder.path())[5..], [record("TrailOpened"), record("GroupCommitted")]);
}

#[test]
fn groups_without_a_record_are_named_and_an_older_store_is() {
    let folder = tempfile::tempdir().unwrap();
    let starts = [
        (1, None),
        (5, Some("GroupsWithoutRecord")),
        (6, None),
        (7, None),
        // A store that was restored: its groups have numbers that others had before, and nothing of those is taken back.
        (5, Some("StoreIsOlder")),
        (6, None),
        (7, None),
    ];
    for (group, notice) in starts {
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

#[test]
fn what_a_power_cut_takes_from_the_trail_is_written_again_once() {
    let folder = tempfile::tempdir().unwrap();
    let (trail, mut witness) = open(folder.path());
    let mut notes = Notes::new();
    commit(&mut witness, 1, &["Refused", "One"], &mut notes).unwrap();
    let early = image(folder.path());
    commit(&mut witness, 2, &["Looked", "Two"], &mut notes).unwrap();
    commit(&mut witness, 3, &["Looked", "Three", "ThreeToo"], &mut notes).unwrap();
    trail.close().unwrap();
    let whole = ["TrailOpened", "Refused", "One", "Looked", "Two", "Looked", "Three", "ThreeToo"];
    assert_eq!(names(folder.path()), whole);
    // The disk has nothing of the last two groups, then everything: each time the engine has their notes.
    for start in 1..=2 {
        let (trail, mut witness) = open(early.path());
        witness(Moment::Opened(notes.clone())).unwrap();
        let mut none = Notes::new();
        commit(&mut witness, 3 + start, &["Looked", "Next"], &mut none).unwrap();
        trail.close().unwrap();
        let restored = [whole.as_slice(), &["TrailOpened", "Looked", "Next"]].concat();
        assert_eq!(names(early.path())[..restored.len()], restored);
        let verified = crossconnect_audit::verify(early.path(), &ChainKey::derive(b"key"), None, &mut |_, _| {});
        assert_eq!(verified.unwrap().unwrap().last, 8 + 3 * start);
    }
    let page = page(early.path(), &Query::default(), Cursor::After(0), 1000, u64::MAX).unwrap();
    assert_eq!(page.records[8]["serviceEventDetails"]["restored"], 5);
    assert_eq!(page.records[11]["serviceEventDetails"]["restored"], serde_json::Value::Null);
}

#[test]
fn groups_with_neither_record_nor_note_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (trail, mut witness) = open(folder.path());
    let mut notes = Notes::new();
    commit(&mut witness, 1, &["Looked", "One"], &mut notes).unwrap();
    let early = image(folder.path());
    commit(&mut witness, 2, &["Looked", "Two"], &mut notes).unwrap();
    trail.close().unwrap();
    let note = notes.remove(&2).unwrap();
    notes.insert(5, note);
    let (trail, mut witness) = open(early.path());
    witness(Moment::Opened(notes)).unwrap();
    decide(&mut witness, 8, &[]);
    trail.close().unwrap();
    let page = page(early.path(), &Query::default(), Cursor::After(3), 1000, u64::MAX).unwrap();
    let gaps = page.records.iter().filter(|record| record["eventName"] == "GroupsWithoutRecord");
    let gaps: Vec<_> = gaps.map(|record| &record["serviceEventDetails"]).collect();
    assert_eq!(gaps, [&json!({"first": 2, "last": 4}), &json!({"first": 6, "last": 7})]);
}

#[test]
fn what_a_failed_sync_costs_the_trail_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let (trail, mut witness) = open(folder.path());
    let mut notes = Notes::new();
    commit(&mut witness, 1, &["Looked", "One"], &mut notes).unwrap();
    let (_, segment) = crossconnect_audit::segments(folder.path()).unwrap().remove(0);
    let before = std::fs::read(&segment).unwrap();
    commit(&mut witness, 2, &["Looked", "Two"], &mut notes).unwrap();
    // The disk fails, and what it had not written yet is gone.
    std::fs::write(&segment, before).unwrap();
    trail.fail_next_sync();
    while trail.losses() == 0 {
        std::thread::yield_now();
    }
    while commit(&mut witness, 3, &["Looked", "Three"], &mut notes).is_err() {
        std::thread::yield_now();
    }
    trail.close().unwrap();
    let expected = ["TrailOpened", "Looked", "One", "TrailRecovered", "Looked", "Two", "Looked", "Three"];
    assert_eq!(names(folder.path()), expected);
}

#[test]
fn notes_go_when_the_trail_has_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let (trail, mut witness) = open(folder.path());
    let mut notes = Notes::new();
    for group in 1.. {
        commit(&mut witness, group, &["Looked", "Changed"], &mut notes).unwrap();
        if !notes.contains_key(&1) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    trail.close().unwrap();
}
