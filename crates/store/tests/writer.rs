//! The writer: groups, the order of sync, publication and answers, and what becomes of failures.

mod desk;
#[path = "writer/witness.rs"]
mod witness;

use std::sync::atomic::Ordering::Relaxed;

use crossconnect_store::{Disk, Embedded, Fault, Limits, SubmitError};
use desk::{Answer, Desk, Job, Reply, ask, gated, key, open, over, published, time};

fn submit(desk: &Desk, job: Job) -> Reply {
    desk.submit(0, job).expect("there is room")
}

fn answer(reply: Reply) -> Answer {
    reply.blocking_answer().expect("an answer")
}

#[test]
fn jobs_that_wait_become_one_group_and_none_is_answered_before_its_sync() {
    let disk = Disk::default();
    let (desk, gate) = gated(&disk, Limits::default());
    let first = submit(&desk, Job::Put(0));
    assert_eq!(gate.arrival(), 1);
    let mut waiting: Vec<Reply> = (1..=50).map(|number| submit(&desk, Job::Put(number))).collect();
    waiting.push(submit(&desk, Job::Put(50)));
    assert_eq!(published(&desk), [0; 0], "nothing is seen before its sync");
    gate.open();
    assert_eq!(gate.arrival(), 50, "all that waited came in one group");
    assert_eq!(answer(first), Answer::Written(1));
    assert_eq!(published(&desk), [0]);
    for reply in &mut waiting {
        assert_eq!(reply.try_answer(), Ok(None), "the refusal too waits for its neighbour's sync");
    }
    gate.open();
    let refusal = waiting.pop().unwrap();
    assert!(waiting.into_iter().all(|reply| answer(reply) == Answer::Written(2)));
    assert_eq!(answer(refusal), Answer::Refused);
    assert_eq!(published(&desk).len(), 51);
    assert_eq!(desk.counters().groups.load(Relaxed), 2);
    assert_eq!(desk.counters().grouped_jobs.load(Relaxed), 52);
    assert_eq!(desk.queued(), 0);
    assert_eq!(desk.counters().queued_most.load(Relaxed), 51);
}

#[test]
fn a_group_has_no_more_jobs_and_few_more_bytes_than_the_limits() {
    for limits in [Limits { group_jobs: 3, ..Limits::default() }, Limits { group_bytes: 400, ..Limits::default() }] {
        let (desk, gate) = gated(&Disk::default(), limits);
        let first = submit(&desk, Job::Put(0));
        gate.arrival();
        let rest: Vec<Reply> = (1..=6).map(|number| submit(&desk, Job::Put(number))).collect();
        gate.open();
        for _ in 0..2 {
            assert_eq!(gate.arrival(), 3, "{limits:?}");
            gate.open();
        }
        assert_eq!(answer(first), Answer::Written(1));
        assert!(rest.into_iter().all(|reply| matches!(answer(reply), Answer::Written(2 | 3))));
    }
}

#[test]
fn what_changes_nothing_needs_no_commit() {
    let disk = Disk::default();
    let desk = over(&disk);
    assert_eq!(ask(&desk, Job::Look(1)), Answer::Seen(false));
    assert_eq!(ask(&desk, Job::Put(1)), Answer::Written(1));
    assert_eq!(ask(&desk, Job::Put(1)), Answer::Refused);
    assert_eq!(disk.last().number, 1);
}

#[test]
fn a_failed_commit_takes_with_it_what_rests_on_it_and_nothing_else() {
    let disk = Disk::default();
    let (desk, gate) = gated(&disk, Limits::default());
    let first = submit(&desk, Job::Put(0));
    gate.arrival();
    let before = submit(&desk, Job::Look(9));
    let written = submit(&desk, Job::Put(9));
    let refused = submit(&desk, Job::Put(9));
    let after = submit(&desk, Job::Look(9));
    disk.plan([None, Some(Fault::Lost)]);
    gate.open();
    gate.arrival();
    gate.open();
    assert_eq!(answer(first), Answer::Written(1));
    assert_eq!(answer(before), Answer::Seen(false), "it rests on what was published");
    for reply in [written, refused, after] {
        assert!(matches!(answer(reply), Answer::Failed(_)));
    }
    assert_eq!(published(&desk), [0]);
    gate.leave.send(()).unwrap();
    assert_eq!(ask(&desk, Job::Put(9)), Answer::Written(2), "the number is used again");
    assert_eq!(desk.counters().reopened.load(Relaxed), 1);
    assert_eq!(disk.last().number, 2);
    assert_eq!(published(&desk), [0, 9]);
}

#[test]
fn a_group_that_the_engine_kept_after_all_is_found_again_before_the_next_decision() {
    let disk = Disk::default();
    let desk = over(&disk);
    disk.plan([Some(Fault::Kept)]);
    assert!(matches!(ask(&desk, Job::Put(1)), Answer::Failed(_)));
    assert_eq!(ask(&desk, Job::Put(1)), Answer::Refused, "it is there");
    assert_eq!(ask(&desk, Job::Put(2)), Answer::Written(2));
    assert_eq!(published(&desk), [1, 2]);
}

#[test]
fn while_the_engine_cannot_be_reopened_writes_are_refused_and_reads_go_on() {
    let disk = Disk::default();
    let desk = over(&disk);
    assert_eq!(ask(&desk, Job::Put(1)), Answer::Written(1));
    disk.plan([Some(Fault::Lost), Some(Fault::Reopen), Some(Fault::Reopen)]);
    let mut refused = 0;
    // Jobs that come while the writer still refuses others share its attempt to reopen.
    while let Answer::Failed(_) = ask(&desk, Job::Put(2)) {
        refused += 1;
        assert_eq!(published(&desk), [1]);
    }
    assert!(refused >= 3, "{refused}");
    assert_eq!(published(&desk), [1, 2]);
    assert_eq!(disk.last().number, 2);
    assert_eq!(desk.counters().failures.load(Relaxed), 1);
}

#[test]
fn a_full_disk_refuses_writes_until_there_is_room() {
    let disk = Disk::default();
    let desk = over(&disk);
    disk.plan([Some(Fault::NoSpace), Some(Fault::NoSpace)]);
    for _ in 0..2 {
        let Answer::Failed(reason) = ask(&desk, Job::Put(1)) else {
            panic!("it was written");
        };
        assert!(reason.contains("make room"), "{reason}");
        assert_eq!(desk.refusal(), Some(reason));
    }
    assert_eq!(ask(&desk, Job::Put(1)), Answer::Written(1));
    assert_eq!(desk.refusal(), None);
    assert_eq!(desk.counters().reopened.load(Relaxed), 0, "nothing was written, so nothing is reopened");
}

#[test]
fn whether_changes_can_be_taken_again_is_found_out_without_any() {
    for fault in [Fault::NoSpace, Fault::Lost] {
        let disk = Disk::default();
        let desk = over(&disk);
        disk.plan([Some(fault)]);
        assert!(matches!(ask(&desk, Job::Put(1)), Answer::Failed(_)));
        assert!(desk.refusal().is_some());
        while desk.refusal().is_some() {
            std::thread::yield_now();
        }
        assert_eq!(published(&desk), [0; 0]);
        assert_eq!(ask(&desk, Job::Put(1)), Answer::Written(disk.last().number));
        desk.shutdown().unwrap();
        assert_eq!(desk.refusal().as_deref(), Some("the store is shutting down"));
    }
}

#[test]
fn a_panic_takes_only_its_own_job() {
    let disk = Disk::default();
    let (desk, gate) = gated(&disk, Limits::default());
    let first = submit(&desk, Job::Put(0));
    gate.arrival();
    let replies = [Job::Put(1), Job::Panic(2), Job::Put(3)].map(|job| submit(&desk, job));
    gate.open();
    assert_eq!(gate.arrival(), 2);
    gate.open();
    assert_eq!(answer(first), Answer::Written(1));
    assert_eq!(replies.map(answer), [Answer::Written(2), Answer::Panicked, Answer::Written(2)]);
    assert_eq!(published(&desk), [0, 1, 3]);
    assert_eq!(desk.counters().panics.load(Relaxed), 1);
}

#[test]
fn a_full_queue_refuses_at_once() {
    let (desk, gate) = gated(&Disk::default(), Limits { queue: 2, ..Limits::default() });
    let first = submit(&desk, Job::Put(0));
    gate.arrival();
    let waiting = [1, 2].map(|number| submit(&desk, Job::Put(number)));
    assert_eq!(desk.submit(0, Job::Put(3)).unwrap_err(), SubmitError::Full { limit: 2 });
    gate.open();
    gate.arrival();
    gate.open();
    assert_eq!(answer(first), Answer::Written(1));
    assert_eq!(waiting.map(answer), [Answer::Written(2), Answer::Written(2)]);
}

#[test]
fn a_lane_that_floods_the_queue_gives_way_to_others() {
    let (desk, gate) = gated(&Disk::default(), Limits { queue: 3, group_jobs: 2, ..Limits::default() });
    let first = submit(&desk, Job::Put(0));
    gate.arrival();
    let mut flood: Vec<Reply> = (1..=3).map(|number| submit(&desk, Job::Put(number))).collect();
    let full = SubmitError::Full { limit: 3 };
    assert!(!desk.has_room(0) && desk.has_room(7));
    assert_eq!(desk.submit(0, Job::Put(4)).unwrap_err(), full);
    let other = desk.submit(7, Job::Put(5)).expect("the flood gives way");
    assert_eq!(flood.pop().unwrap().blocking_answer(), Err(full));
    for _ in 0..2 {
        gate.open();
        gate.arrival();
    }
    gate.open();
    assert_eq!(answer(first), Answer::Written(1));
    let [one, two] = flood.try_into().unwrap();
    assert_eq!(answer(one), Answer::Written(2));
    assert_eq!(answer(other), Answer::Written(2), "it did not wait behind the flood");
    assert_eq!(answer(two), Answer::Written(3));
}

#[test]
fn shutting_down_answers_all_that_waits_and_leaves_the_engine_in_order() {
    let disk = Disk::default();
    let (desk, gate) = gated(&disk, Limits::default());
    let first = submit(&desk, Job::Put(0));
    gate.arrival();
    let waiting = [1, 2].map(|number| submit(&desk, Job::Put(number)));
    drop(submit(&desk, Job::Put(3)));
    gate.open();
    gate.open();
    desk.shutdown().unwrap();
    assert_eq!(answer(first), Answer::Written(1));
    assert_eq!(waiting.map(answer), [Answer::Written(2), Answer::Written(2)]);
    assert_eq!(published(&desk), [0, 1, 2, 3], "a job whose sender has gone counts too");
    assert!(disk.is_clean());
    assert_eq!(desk.submit(0, Job::Put(4)).unwrap_err(), SubmitError::Stopped);
    desk.shutdown().unwrap();
}

#[test]
fn shutting_down_after_a_failure_leaves_the_engine_as_after_a_crash() {
    let disk = Disk::default();
    let desk = over(&disk);
    disk.plan([Some(Fault::Lost)]);
    assert!(matches!(ask(&desk, Job::Put(1)), Answer::Failed(_)));
    assert!(desk.shutdown().is_err());
    assert!(!disk.is_clean());
}

#[test]
fn a_store_opened_again_has_the_same_state_and_the_time_of_its_last_group() {
    let directory = tempfile::tempdir().unwrap();
    let engine = || Some(Box::new(Embedded::open(directory.path(), 0).unwrap()) as Box<_>);
    let desk = open(engine(), Limits::default());
    for number in [5, 3, 9, 4] {
        ask(&desk, Job::Put(number));
    }
    desk.shutdown().unwrap();
    let before = desk.snapshot();
    let desk = open(engine(), Limits::default());
    assert_eq!(*desk.snapshot(), *before);
    assert_eq!(desk.opened_at().number, 4);
    assert_eq!(desk.opened_at().at, time(9).0, "time never goes back");
    assert_eq!(desk.snapshot().last_commit(), time(9));
    assert_eq!(ask(&desk, Job::Put(10)), Answer::Written(5));
    desk.shutdown().unwrap();
}

#[test]
fn without_an_engine_everything_goes_on_in_memory() {
    let desk = open(None, Limits::default());
    assert_eq!(ask(&desk, Job::Put(1)), Answer::Written(1));
    assert_eq!(ask(&desk, Job::Put(1)), Answer::Refused);
    assert!(desk.snapshot().get(&key(1)).is_some());
    desk.shutdown().unwrap();
}
