use super::*;
use crate::caller::Claimant;
use crossconnect_core::ids::AccountId;
use std::collections::VecDeque;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

const ALICE: LaneKey = 111_122_223_333;
const BOB: LaneKey = 555_555_555_555;

fn turns() -> Arc<Turns> {
    Turns::new(6, 4, 1)
}

fn standing(address: &str) -> Standing {
    Standing::new(address.parse().unwrap())
}

/// A standing that has looked up its lane, and the lane.
fn lane(turns: &Turns, key: LaneKey) -> (Standing, Arc<Lane>) {
    let standing = standing("192.0.2.1");
    let lane = turns.lane(&standing, key);
    (standing, lane)
}

#[test]
fn each_account_has_so_many_calls_under_way_and_all_have_so_many() {
    let turns = turns();
    let [(alice, _), (bob, _)] = [ALICE, BOB].map(|key| lane(&turns, key));
    let mut hers: Vec<_> = (0..4).map(|_| turns.admit(&alice, ALICE, Work::Reads).unwrap()).collect();
    assert!(turns.admit(&alice, ALICE, Work::Reads).is_none());
    let his: Vec<_> =
        (0..4).map(|_| turns.admit(&bob, BOB, Work::Reads).expect("few calls are always let in")).collect();
    let change = turns.admit(&alice, ALICE, Work::Changes).expect("those that change something are counted apart");
    drop(change);
    assert_eq!(turns.under_way()[0], 8, "a call that was not let in does not count");
    hers.pop();
    assert!(turns.admit(&alice, ALICE, Work::Reads).is_some());
    drop((hers, his));
    assert_eq!(turns.under_way(), [0, 9]);
}

#[test]
fn when_all_have_as_many_as_may_be_who_has_many_gets_no_more() {
    let turns = Turns::new(20, 100, 1);
    let [(alice, _), (bob, _)] = [ALICE, BOB].map(|key| lane(&turns, key));
    let hers: Vec<_> = (0..20).map(|_| turns.admit(&alice, ALICE, Work::Reads).unwrap()).collect();
    assert!(turns.admit(&alice, ALICE, Work::Reads).is_none());
    let his: Vec<_> = (0..RESERVED).map(|_| turns.admit(&bob, BOB, Work::Reads).unwrap()).collect();
    assert!(turns.admit(&bob, BOB, Work::Reads).is_none());
    drop((hers, his));
}

#[test]
fn only_who_is_not_alone_and_has_used_much_waits() {
    let turns = turns();
    let [(_, alice), (_, bob)] = [ALICE, BOB].map(|key| lane(&turns, key));
    // Whole moments, so that the test does not depend on how long it takes.
    let long = Duration::from_micros(MOMENT_MICROS);
    let now = || Instant::now() + Duration::from_secs(3600);
    let charge = |lane: &Lane, used| {
        let micros = turns.micros(now());
        lane.charge(micros / MOMENT_MICROS, used);
        if lane.is_new_in(micros / ACTIVE_MICROS) {
            turns.active.one_more(micros / ACTIVE_MICROS);
        }
    };
    charge(&alice, long);
    assert!(!turns.must_wait(&alice, now()), "she is alone");
    let has_to_wait = (0..1000).any(|_| {
        charge(&bob, Duration::from_nanos(1));
        charge(&alice, long);
        let at = now();
        assert!(!turns.must_wait(&bob, at), "he has used little");
        turns.must_wait(&alice, at)
    });
    assert!(has_to_wait);
    assert!(!turns.must_wait(&alice, now() + Duration::from_secs(5)), "others have gone");
}

#[test]
fn who_waits_is_let_on_in_turn_and_who_has_used_much_less_often() {
    let turns = turns();
    let [(_, alice), (_, bob)] = [ALICE, BOB].map(|key| lane(&turns, key));
    let mut cx = Context::from_waker(Waker::noop());
    let mut calls: Vec<(LaneKey, _)> = Vec::new();
    for lane in [&alice, &alice, &alice, &alice, &alice, &alice, &bob, &bob] {
        let (turns, lane) = (turns.clone(), lane.clone());
        calls.push((lane.key, Box::pin(async move { turns.wait(&lane).await })));
    }
    let mut waiting = calls.into_iter().collect::<VecDeque<_>>();
    let mut order = Vec::new();
    let mut held = VecDeque::new();
    // All begin to wait, then one finishes after the other.
    while !waiting.is_empty() {
        let mut still = VecDeque::new();
        for (key, mut call) in waiting {
            match call.as_mut().poll(&mut cx) {
                Poll::Ready(slot) => {
                    order.push(key);
                    held.push_back((key, slot));
                }
                Poll::Pending => still.push_back((key, call)),
            }
        }
        waiting = still;
        if let Some((key, slot)) = held.pop_front() {
            if key == ALICE {
                turns.waiting().charge(&alice, Duration::from_millis(5));
            }
            drop(slot);
        }
    }
    assert_eq!(order.len(), 8);
    let bobs_last = order.iter().rposition(|key| *key == BOB).unwrap();
    assert!(bobs_last <= 4, "{order:?}");
    drop(held);
    assert_eq!(turns.waiting().next(100).map(drop), None, "nobody is left");
}

#[test]
fn a_call_whose_client_has_gone_holds_up_nobody() {
    let turns = turns();
    let (_, alice) = lane(&turns, ALICE);
    let mut cx = Context::from_waker(Waker::noop());
    let slots = SLOTS;
    let mut wait = || {
        let (turns, lane) = (turns.clone(), alice.clone());
        let mut call = Box::pin(async move { turns.wait(&lane).await });
        // It is let on at once, or begins to wait; either way nobody looks at it again.
        let _ = call.as_mut().poll(&mut cx);
        call
    };
    for _ in 0..10 * slots {
        drop(wait());
    }
    let mut last = wait();
    let mut cx = Context::from_waker(Waker::noop());
    assert!(matches!(last.as_mut().poll(&mut cx), Poll::Ready(Some(_)) | Poll::Pending));
    assert_eq!(turns.waiting().push(&alice, oneshot::channel().0), 1);
}

#[test]
fn names_are_lanes_of_their_own_and_claims_are_none() {
    let standing = standing("192.0.2.1");
    let account = AccountId::new("111122223333").unwrap();
    assert_eq!(standing.lane_of(&Claimant::Believed("111122223333")), ALICE);
    let named = standing.lane_of(&Claimant::Believed("AKIAEXAMPLE"));
    assert!(![ALICE, UNPROVEN, OPERATOR].contains(&named));
    assert_eq!(standing.lane_of(&Claimant::Claimed(account)), UNPROVEN);
    standing.proves(account);
    assert_eq!(standing.lane_of(&Claimant::Claimed(account)), ALICE);
    assert_eq!(standing.lane_of(&Claimant::Claimed(AccountId::new("555555555555").unwrap())), UNPROVEN);
}

#[test]
fn who_has_proven_nothing_uses_up_the_calls_of_one_address_alone() {
    let turns = turns();
    let [one, other] = ["192.0.2.1", "192.0.2.2"].map(standing);
    let held: Vec<_> = (0..4).map(|_| turns.admit(&one, UNPROVEN, Work::Reads).unwrap()).collect();
    assert!(turns.admit(&one, UNPROVEN, Work::Reads).is_none());
    assert!(turns.admit(&one, ALICE, Work::Reads).is_some(), "who has proven it is another matter");
    let another = turns.admit(&other, UNPROVEN, Work::Reads).unwrap();
    assert_eq!(another.lane.key, held[0].lane.key, "they take turns as one");
}
