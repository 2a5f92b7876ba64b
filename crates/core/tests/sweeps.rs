//! What is swept away while others may still change it: another node whose time is not as late, on the same store.

use crossconnect_api::{Request as Call, shapes};
use crossconnect_core::control::{self, ClockKind, Request};
use crossconnect_core::housekeeping::REPLAY_KEPT;
use crossconnect_core::ids::{AccountId, ConnectionId, Region};
use crossconnect_core::model::device::Light;
use crossconnect_core::settings::Settings;
use crossconnect_core::{
    Batch, Changed, Context, Duration, Key, Read, Record, Rejection, Repeat, Replay, State, Timestamp, Tx, change, run,
};
use std::sync::Arc;

/// A call that may be repeated.
struct Name([u8; 32]);

impl Repeat for Name {
    fn name(&self) -> [u8; 32] {
        self.0
    }

    fn seal(&self, answered: Timestamp, body: &[u8]) -> Replay {
        Replay { call: self.0, answered, body: body.to_vec(), nonce: None }
    }

    fn open(&self, kept: &Replay) -> Option<Vec<u8>> {
        Some(kept.body.clone())
    }
}

fn decide(state: &State, run: impl FnOnce(&mut Tx<'_>) -> Result<(), Rejection>) -> (Batch, State) {
    call(state, None, run)
}

fn call(
    state: &State,
    repeat: Option<&dyn Repeat>,
    run: impl FnOnce(&mut Tx<'_>) -> Result<(), Rejection>,
) -> (Batch, State) {
    let context = Context {
        account: AccountId::new("111122223333").expect("twelve digits"),
        region: Region::new("us-east-1").expect("a short name"),
        system_time: Timestamp::MANUAL_START,
    };
    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    let tx = Tx::new(state, context, &mut random);
    let (changed, written) = change(tx, repeat, |tx| run(tx).map(|()| Vec::new()));
    assert!(matches!(changed, Changed::Now { .. }), "{changed:?}");
    written.expect("it was written")
}

fn operate(state: &State, request: &Request) -> (Batch, State) {
    decide(state, |tx| control::run(tx, request))
}

fn advance(state: &State, seconds: i64) -> (Batch, State) {
    operate(state, &Request::AdvanceClock { by: Duration::from_seconds(seconds) })
}

/// A port without light, which will end a hundred days after its letter.
fn dark_port() -> (ConnectionId, State) {
    let (_, state) = operate(
        &State::default(),
        &Request::Configure { settings: Settings::default(), clock: Some(ClockKind::Manual) },
    );
    let input = shapes::CreateConnectionRequest {
        location: "EqDC2".to_owned(),
        bandwidth: "1Gbps".to_owned(),
        connection_name: "c1".to_owned(),
        ..Default::default()
    };
    let (batch, state) = decide(&state, |tx| run(tx, &Call::CreateConnection(input)).map(drop));
    let id = batch.writes.keys().find_map(|key| match key {
        Key::Connection(id) => Some(*id),
        _ => None,
    });
    let id = id.expect("a connection was written");
    let request = Request::SetPortLight { connection_id: id.to_string(), light: Light::Dark };
    (id, operate(&state, &request).1)
}

const DAY: i64 = 24 * 60 * 60;

#[test]
fn an_end_that_comes_with_the_call_itself_is_rested_on() {
    let (id, state) = dark_port();
    let (batch, _) = advance(&state, 200 * DAY);
    assert_eq!(batch.writes.get(&Key::Connection(id)), Some(&None), "it is swept");
    // Who allocates something on the port meanwhile takes its end back: only one of the two can be committed.
    assert!(batch.reads.contains(&Read::Row(Key::Connection(id))));
}

#[test]
fn what_ended_long_before_the_last_commit_gets_in_nobodys_way() {
    let (id, state) = dark_port();
    let (_, state) = advance(&state, 100 * DAY + 10 * 60);
    assert!(state.get(&Key::Connection(id)).is_some(), "it has ended, and is still shown");
    let (batch, _) = advance(&state, 8 * 60);
    assert_eq!(batch.writes.get(&Key::Connection(id)), Some(&None), "it is swept");
    assert!(!batch.reads.contains(&Read::Row(Key::Connection(id))));
    assert!(batch.swept.contains(&Key::Connection(id)), "it goes unless it was written since");
}

#[test]
fn an_answer_that_is_kept_anew_is_not_swept_with_the_old_one() {
    let old = Timestamp::MANUAL_START - REPLAY_KEPT - REPLAY_KEPT;
    let mut state = State::default();
    for call in [[1; 32], [2; 32]] {
        let kept = Record::Replay(Arc::new(Replay { call, answered: old, body: Vec::new(), nonce: None }));
        state.write(&kept.key(), Some(kept));
    }
    let (batch, _) = call(&state, Some(&Name([1; 32])), |_| Ok(()));
    assert!(matches!(batch.writes.get(&Key::Replay([1; 32])), Some(Some(_))), "it is kept anew");
    assert_eq!(batch.writes.get(&Key::Replay([2; 32])), Some(&None));
    assert_eq!(batch.swept, [Key::Replay([2; 32])].into());
}
