//! A store whose jobs write kept answers by number, and an engine that waits at a gate.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use std::sync::mpsc::{Receiver, Sender, channel};

use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::{Context, Key, Replay, State, Timestamp, Tx};
use crossconnect_store::{
    Decision, Disk, EachRow, Engine, Group, Hooks, LastGroup, Limits, Memory, Store, StoreError, Witness,
};

/// What a test asks of the writer.
pub(crate) enum Job {
    /// Writes a row, unless it is there: then it is refused.
    Put(u8),
    /// Looks whether a row is there.
    Look(u8),
    /// Writes a row, then panics.
    Panic(u8),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Written, in the group of this number.
    Written(u64),
    Refused,
    Seen(bool),
    Panicked,
    Failed(String),
}

pub(crate) type Desk = Store<Job, Answer>;
pub(crate) type Reply = crossconnect_store::Pending<Answer>;

pub(crate) fn open(engine: Option<Box<dyn Engine>>, limits: Limits) -> Desk {
    witnessed(engine, limits, None)
}

pub(crate) fn witnessed(engine: Option<Box<dyn Engine>>, limits: Limits, witness: Option<Witness<Answer>>) -> Desk {
    let hooks = Hooks {
        decide: Box::new(decide),
        panicked: Box::new(|| Answer::Panicked),
        failed: Box::new(|error| Answer::Failed(error.to_string())),
        committed: Box::new(|_| {}),
        witness,
    };
    Store::open(engine, hooks, limits).unwrap()
}

/// A store over what is on the disk.
pub(crate) fn over(disk: &Disk) -> Desk {
    open(Some(Box::new(Memory::open(disk))), Limits::default())
}

fn decide(draft: &State, job: Job, group: u64) -> Decision<Answer> {
    let number = match job {
        Job::Put(number) | Job::Look(number) | Job::Panic(number) => number,
    };
    let is_there = draft.get(&key(number)).is_some();
    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    let context = Context {
        account: AccountId::new("123456789012").unwrap(),
        region: Region::new("us-east-1").unwrap(),
        system_time: time(number),
    };
    let mut tx = Tx::new(draft, context, &mut random);
    let answer = match job {
        Job::Look(_) => Answer::Seen(is_there),
        Job::Put(_) if is_there => Answer::Refused,
        Job::Put(_) | Job::Panic(_) => {
            tx.put_replay(Replay { call: [number; 32], answered: time(number), body: vec![number; 100], nonce: None });
            Answer::Written(group)
        }
    };
    assert!(!matches!(job, Job::Panic(_)), "the panic that was asked for");
    Decision { answer, batch: tx.finish() }
}

pub(crate) fn key(number: u8) -> Key {
    Key::Replay([number; 32])
}

/// When the job of this number is decided.
pub(crate) fn time(number: u8) -> Timestamp {
    Timestamp(1_000_000 + i64::from(number))
}

pub(crate) fn ask(desk: &Desk, job: Job) -> Answer {
    desk.submit(0, job).unwrap().blocking_answer().unwrap()
}

/// The numbers of the rows in the published state.
pub(crate) fn published(desk: &Desk) -> Vec<u8> {
    let snapshot = desk.snapshot();
    (0..=u8::MAX).filter(|number| snapshot.get(&key(*number)).is_some()).collect()
}

/// An engine that tells how many rows each commit has, and waits for leave to make it.
pub(crate) struct Gated {
    inner: Memory,
    arrived: Sender<usize>,
    leave: Receiver<()>,
}

/// The test's side of the gate.
pub(crate) struct Gate {
    pub(crate) arrived: Receiver<usize>,
    pub(crate) leave: Sender<()>,
}

impl Gate {
    /// Waits for a commit to arrive, and answers how many rows it has.
    pub(crate) fn arrival(&self) -> usize {
        self.arrived.recv().unwrap()
    }

    pub(crate) fn open(&self) {
        self.leave.send(()).unwrap();
    }
}

pub(crate) fn gated(disk: &Disk, limits: Limits) -> (Desk, Gate) {
    let (arrived, arrivals) = channel();
    let (leave, leaves) = channel();
    let engine = Gated { inner: Memory::open(disk), arrived, leave: leaves };
    (open(Some(Box::new(engine)), limits), Gate { arrived: arrivals, leave })
}

impl Engine for Gated {
    fn load(&mut self, each: &mut EachRow<'_>) -> Result<LastGroup, StoreError> {
        self.inner.load(each)
    }

    fn commit(&mut self, group: &Group) -> Result<(), StoreError> {
        self.arrived.send(group.writes.len()).unwrap();
        self.leave.recv().unwrap();
        self.inner.commit(group)
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        self.inner.reopen()
    }

    fn close(&mut self) -> Result<(), StoreError> {
        self.inner.close()
    }
}
