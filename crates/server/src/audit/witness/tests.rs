//! What stands in the trail after commits, failures and crashes.

use super::*;
use crate::audit::draft::{Came, Notes};
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
    let filed = Notes::default().file(Came {
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
