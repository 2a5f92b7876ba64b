//! A reset among the calls of others: before it, after it, and at the same time on another node.

use crossconnect_core::control::registry::Change;
use crossconnect_core::control::{self, Request};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::account::PartnerKind;
use crossconnect_core::{
    Batch, Changed, Context, Guard, Key, Read, Rejection, Repeat, Replay, State, Timestamp, Tx, change,
};

fn context() -> Context {
    Context {
        account: AccountId::new("111122223333").expect("twelve digits"),
        region: Region::new("us-east-1").expect("a short name"),
        system_time: Timestamp::MANUAL_START,
    }
}

/// Answers are kept as they are.
struct Named(u8);

impl Repeat for Named {
    fn name(&self) -> [u8; 32] {
        [self.0; 32]
    }

    fn seal(&self, answered: Timestamp, body: &[u8]) -> Replay {
        Replay { call: self.name(), answered, body: body.to_vec(), nonce: None }
    }

    fn open(&self, kept: &Replay) -> Option<Vec<u8>> {
        Some(kept.body.clone())
    }
}

fn decide(state: &State, call: u8, request: &Request) -> (Changed<Rejection>, Option<(Batch, State)>) {
    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    let tx = Tx::new(state, context(), &mut random);
    change(tx, Some(&Named(call) as &dyn Repeat), |tx| control::run(tx, request).map(|()| vec![call]))
}

fn partner() -> Request {
    let id = "555555555555".to_owned();
    Request::Registry(Change::PutAccount { id, partner: Some(PartnerKind::V2), name: None })
}

#[test]
fn what_was_done_before_a_reset_is_not_done_again_after_it() {
    let (_, done) = decide(&State::default(), 1, &partner());
    let (_, reset) = decide(&done.expect("it was written").1, 2, &Request::Reset);
    let state = reset.expect("it was written").1;
    let account = Key::Account(AccountId::new("555555555555").expect("twelve digits"));
    assert_eq!(state.get(&account), None, "the store is empty");
    let (changed, written) = decide(&state, 1, &partner());
    assert_eq!(changed, Changed::Before(vec![1]));
    assert!(written.is_none());
}

#[test]
fn a_reset_rests_on_everything_that_it_takes_away() {
    let (_, reset) = decide(&State::default(), 1, &Request::Reset);
    let reads = reset.expect("it was written").0.reads;
    assert!(reads.contains(&Read::Scan(Guard::All)));
    let (_, registered) = decide(&State::default(), 2, &partner());
    assert!(registered.expect("it was written").0.guards.contains(&Guard::All));
}
