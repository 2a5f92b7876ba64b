//! What jobs come to is on record before anybody is told of it.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use std::sync::mpsc::{Receiver, channel};

use crossconnect_store::Engine as _;
use crossconnect_store::suite::load;

use crate::desk::{Answer, Desk, Job, ask, published, witnessed};
use crossconnect_store::{Disk, Embedded, Fault, Limits, Memory, Moment, StoreError};

/// What a witness was told.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Decided(u64, Option<usize>, Vec<Answer>),
    Committed,
    Failed,
    Reopened(u64),
}

/// A store whose witness tells the test of everything, and is told by it when to fail.
fn watched(disk: &Disk, fails: impl Fn(&Told) -> bool + Send + 'static) -> (Desk, Receiver<Told>) {
    let (tell, told) = channel();
    let witness = move |moment: Moment<'_, Answer>| {
        let said = match moment {
            Moment::Opened(_) => unreachable!("this engine keeps no notes"),
            Moment::Decided { group, first_write, answers, note } => {
                assert!(note.is_none());
                Told::Decided(group, first_write, answers.cloned().collect())
            }
            Moment::Committed => Told::Committed,
            Moment::Failed(_) => Told::Failed,
            Moment::Reopened(last) => Told::Reopened(last),
        };
        let fails = fails(&said);
        tell.send(said).unwrap();
        if fails { Err(StoreError::Unrecorded { reason: "no room".to_owned() }) } else { Ok(()) }
    };
    (witnessed(Some(Box::new(Memory::open(disk))), Limits::default(), Some(Box::new(witness))), told)
}

fn unrecorded() -> Answer {
    Answer::Failed("the audit trail cannot be written: no room".to_owned())
}

#[test]
fn a_witness_is_told_before_the_commit_and_after_it() {
    let (desk, told) = watched(&Disk::default(), |_| false);
    assert_eq!(ask(&desk, Job::Put(1)), Answer::Written(1));
    assert_eq!(ask(&desk, Job::Put(1)), Answer::Refused);
    desk.shutdown().unwrap();
    let expected = [
        Told::Decided(1, Some(0), vec![Answer::Written(1)]),
        Told::Committed,
        Told::Decided(2, None, vec![Answer::Refused]),
    ];
    assert_eq!(told.iter().take(3).collect::<Vec<_>>(), expected);
}

#[test]
fn what_cannot_be_put_on_record_is_not_done() {
    let disk = Disk::default();
    let (desk, _told) = watched(&disk, |told| matches!(told, Told::Decided(..)));
    assert_eq!(ask(&desk, Job::Look(1)), unrecorded());
    assert_eq!(ask(&desk, Job::Put(1)), unrecorded());
    assert_eq!((disk.last().number, published(&desk)), (0, vec![]));
    assert!(desk.refusal().is_some_and(|text| text.contains("no room")));
}

#[test]
fn what_is_done_and_not_on_record_is_not_told() {
    let disk = Disk::default();
    let (desk, _told) = watched(&disk, |told| matches!(told, Told::Committed));
    assert_eq!(ask(&desk, Job::Put(1)), unrecorded());
    assert_eq!((disk.last().number, published(&desk)), (1, vec![1]));
}

#[test]
fn a_witness_hears_of_failures_and_of_what_was_found_after_them() {
    for (fault, last) in [(Fault::Lost, 0), (Fault::Kept, 1)] {
        let disk = Disk::default();
        disk.plan([Some(fault)]);
        let (desk, told) = watched(&disk, |_| false);
        assert!(matches!(ask(&desk, Job::Put(1)), Answer::Failed(_)));
        ask(&desk, Job::Look(1));
        let heard: Vec<Told> = told.iter().take(3).collect();
        assert_eq!(heard, [Told::Decided(1, Some(0), vec![Answer::Written(1)]), Told::Failed, Told::Reopened(last)]);
    }
}

#[test]
fn an_engine_that_keeps_notes_has_them_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    // Groups 1 and 2, then 3 and 4: the notes of those before them are done when they are decided the second time.
    for (first, kept) in [(1, vec![]), (3, vec![1, 2])] {
        let (tell, told) = channel();
        let witness = move |moment: Moment<'_, Answer>| {
            match moment {
                Moment::Opened(notes) => tell.send(notes).unwrap(),
                Moment::Decided { group, note, .. } => {
                    let note = note.unwrap();
                    note.bytes = group.to_string().into_bytes();
                    note.done = if first == 3 { 2 } else { 0 };
                }
                Moment::Committed | Moment::Failed(_) | Moment::Reopened(_) => {}
            }
            Ok(())
        };
        let engine = Box::new(Embedded::open(folder.path(), 0).unwrap());
        let desk = witnessed(Some(engine), Limits::default(), Some(Box::new(witness)));
        for number in [first, first + 1] {
            assert_eq!(ask(&desk, Job::Put(number)), Answer::Written(u64::from(number)));
        }
        desk.shutdown().unwrap();
        let found: Vec<(u64, Vec<u8>)> = told.recv().unwrap().into_iter().collect();
        let kept: Vec<_> = kept.into_iter().map(|group: u64| (group, group.to_string().into_bytes())).collect();
        assert_eq!(found, kept);
    }
    let mut engine = Embedded::open(folder.path(), 0).unwrap();
    assert_eq!(engine.notes().unwrap().unwrap().into_keys().collect::<Vec<_>>(), [3, 4]);
    let (rows, _) = load(&mut engine);
    assert_eq!(rows.len(), 4, "notes are no rows");
}
