//! The way of one change into a store with several writers, step by step.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::account::Account;
use crossconnect_core::settings::Clock;
use crossconnect_core::{Context, Replay, State, Timestamp, Tx};
use crossconnect_store::shared::{ATTEMPTS_MAX, Change, CommitError, Expected, Next, Transaction, Until, apply};
use crossconnect_store::{Decision, StoreError};

fn context() -> Context {
    Context {
        account: AccountId::new("123456789012").unwrap(),
        region: Region::new("us-east-1").unwrap(),
        system_time: Timestamp(1_000_000),
    }
}

/// Writes a row, unless it is there: then it is refused.
fn decide(state: &State) -> Decision<&'static str> {
    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    let mut tx = Tx::new(state, context(), &mut random);
    if tx.replay([1; 32]).is_some() {
        return Decision { answer: "refused", batch: None };
    }
    tx.put_replay(Replay { call: [1; 32], answered: Timestamp(1_000_000), body: vec![1], nonce: None });
    Decision { answer: "written", batch: tx.finish() }
}

fn decided(change: &mut Change<&'static str>, state: &State, revision: u64) -> Transaction {
    match change.decided(state, revision, decide(state)) {
        Next::Commit(transaction) => transaction,
        next => panic!("{next:?}"),
    }
}

fn written() -> State {
    decide(&State::default()).batch.unwrap().1
}

fn failure() -> StoreError {
    StoreError::Contended { attempts: 1 }
}

#[test]
fn a_change_is_answered_when_its_own_node_has_it() {
    let mut change = Change::new();
    let transaction = decided(&mut change, &State::default(), 5);
    assert_eq!(transaction.since, 5);
    assert!(transaction.rows.values().any(|expected| *expected == Expected::Absent), "its own row");
    assert!(transaction.rows.values().any(|expected| *expected == Expected::Lasting), "the clock");
    assert!(matches!(change.committed(Ok(9)), Next::CatchUp(Until::Revision(9))));
    assert!(matches!(change.caught_up(Ok(())), Next::Answer("written")));
    let mut state = State::default();
    let rows = transaction.writes.iter().map(|(key, value)| (key.as_slice(), value.as_deref()));
    apply(&mut state, transaction.at, rows).unwrap();
    assert_eq!(state, written(), "what is applied is what was decided");
}

/// It finds over what another node may just have put off, and sweeps it.
#[test]
fn a_clock_that_jumps_rests_on_every_record() {
    let (state, mut random) = (State::default(), |bytes: &mut [u8]| bytes.fill(7));
    let mut jump = Tx::new(&state, context(), &mut random);
    jump.put_clock(Clock::Manual { now: Timestamp(2_000_000) });
    let (jump, _) = jump.finish().unwrap();
    let jump = Transaction::new(&jump, &state, 5);
    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    let mut change = Tx::new(&state, context(), &mut random);
    let id = AccountId::new("444455556666").unwrap();
    change.put_account(Account { id, partner: None, agreements: Vec::new(), name: None });
    let (change, _) = change.finish().unwrap();
    let change = Transaction::new(&change, &state, 5);
    assert!(jump.guards.intersection(&change.bumps).next().is_some());
}

#[test]
fn a_refusal_is_decided_on_a_state_that_has_caught_up() {
    let mut change = Change::new();
    assert!(matches!(change.decided(&written(), 5, decide(&written())), Next::CatchUp(Until::Quorum)));
    assert!(matches!(change.caught_up(Ok(())), Next::Decide));
    assert!(matches!(change.decided(&written(), 6, decide(&written())), Next::Answer("refused")));
}

#[test]
fn what_changed_is_decided_again_and_given_up_at_last() {
    let mut change = Change::new();
    for _ in 1..ATTEMPTS_MAX {
        decided(&mut change, &State::default(), 5);
        assert!(matches!(change.committed(Err(CommitError::Conflict)), Next::CatchUp(Until::Quorum)));
        assert!(matches!(change.caught_up(Ok(())), Next::Decide));
    }
    decided(&mut change, &State::default(), 5);
    let given_up = change.committed(Err(CommitError::Conflict));
    assert!(matches!(given_up, Next::Fail(StoreError::Contended { attempts: ATTEMPTS_MAX })));
}

#[test]
fn after_an_outcome_that_nobody_knows_nothing_is_decided_before_the_fence() {
    let mut change = Change::new();
    decided(&mut change, &State::default(), 5);
    assert!(matches!(change.committed(Err(CommitError::Unknown(failure()))), Next::Fence));
    assert!(matches!(change.fenced(Ok(8)), Next::CatchUp(Until::Revision(8))));
    assert!(matches!(change.caught_up(Ok(())), Next::Decide));
    // The fence was bumped after the change was asked for, so a refusal counts now.
    assert!(matches!(change.decided(&written(), 8, decide(&written())), Next::Answer("refused")));
}

#[test]
fn without_a_fence_the_caller_is_told_to_try_again() {
    let mut change = Change::new();
    decided(&mut change, &State::default(), 5);
    change.committed(Err(CommitError::Unknown(failure())));
    assert!(matches!(change.fenced(Err(failure())), Next::Fail(_)));
    let mut change = Change::new();
    decided(&mut change, &State::default(), 5);
    assert!(matches!(change.committed(Err(CommitError::Refused(failure()))), Next::Fail(_)));
}
