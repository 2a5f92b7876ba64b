//! What jobs come to is on record before anybody is told of it.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use std::sync::mpsc::{Receiver, channel};

use crate::desk::{Answer, Desk, Job, ask, published, witnessed};
use crossconnect_store::{Disk, Fault, Limits, Memory, Moment, StoreError};

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
            Moment::Decided { group, first_write, answers } => {
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
