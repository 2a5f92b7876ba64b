//! MACsec keys: the invariants notice what they are there for, and what Secrets Manager says is believed.

use crossconnect_api::{Request, Response, shapes};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::connection::Connection;
use crossconnect_core::model::encryption::EncryptionMode;
use crossconnect_core::model::lag::Lag;
use crossconnect_core::model::mac_sec::{Ckn, FarEnd, Key, KeyState, Keys, SecretAnswer};
use crossconnect_core::{
    Context, Duration, Key as Row, MacSecRejection, Record, Rejection, State, Steps, Timestamp, Tx, invariants, run,
};
use std::sync::Arc;

const NOW: Timestamp = Timestamp(Timestamp::MANUAL_START.0 + 10_000);

fn context(system_time: Timestamp) -> Context {
    Context {
        account: AccountId::new("111122223333").expect("twelve digits"),
        region: Region::new("us-east-1").expect("a short name"),
        system_time,
    }
}

/// One call, with what Secrets Manager answered, if it was asked; the state is changed when it is accepted.
fn call(state: &mut State, request: &Request, answer: Option<SecretAnswer>) -> Result<Response, Rejection> {
    let mut drawn = u64::try_from(state.records().count()).expect("a few records");
    let mut random = |bytes: &mut [u8]| {
        drawn += 1;
        bytes.fill(drawn.to_le_bytes()[0]);
    };
    let mut tx = Tx::new(state, context(NOW), &mut random);
    if let Some(answer) = answer {
        tx.hear_of_secret(answer);
    }
    let response = run(&mut tx, request)?;
    let written = tx.finish();
    if let Some((_, after)) = written {
        *state = after;
    }
    Ok(response)
}

fn lag_order() -> Request {
    Request::CreateLag(shapes::CreateLagRequest {
        number_of_connections: 1,
        location: "EqDC2".into(),
        connections_bandwidth: "10Gbps".into(),
        lag_name: "g1".into(),
        request_mac_sec: Some(true),
        ..shapes::CreateLagRequest::default()
    })
}

/// A LAG of one member, both with one key.
fn good() -> (State, String) {
    let mut state = State::default();
    let Ok(Response::CreateLag(lag)) = call(&mut state, &lag_order(), None) else {
        panic!("an order that keeps the rules");
    };
    let id = lag.lag_id.expect("a LAG has an id");
    call(&mut state, &pair(&id, "a"), None).expect("a key that keeps the rules");
    (state, id)
}

fn pair(id: &str, digit: &str) -> Request {
    Request::AssociateMacSecKey(shapes::AssociateMacSecKeyRequest {
        connection_id: id.to_owned(),
        ckn: Some(digit.repeat(64)),
        cak: Some("c".repeat(64)),
        secret_arn: None,
    })
}

fn secret(id: &str, arn: &str) -> Request {
    Request::AssociateMacSecKey(shapes::AssociateMacSecKeyRequest {
        connection_id: id.to_owned(),
        ckn: None,
        cak: None,
        secret_arn: Some(arn.to_owned()),
    })
}

fn arn(account: &str, digit: &str, drawn: &str) -> String {
    let name = format!("directconnect!prod/us-east-1/directconnect/{}", digit.repeat(64));
    format!("arn:aws:secretsmanager:us-east-1:{account}:secret:{name}-{drawn}")
}

fn secrets_of(response: Response) -> Vec<String> {
    let Response::AssociateMacSecKey(answer) = response else { panic!("another answer") };
    answer.mac_sec_keys.unwrap_or_default().into_iter().filter_map(|key| key.secret_arn).collect()
}

fn member_of(state: &State) -> Connection {
    let members = state.records().filter_map(|record| match record {
        Record::Connection(connection) => Some(Connection::clone(&connection)),
        _ => None,
    });
    members.last().expect("a member")
}

fn with_member(change: impl FnOnce(&mut Connection)) -> State {
    let (mut state, _) = good();
    let mut member = member_of(&state);
    change(&mut member);
    state.write(&Row::Connection(member.id), Some(Record::Connection(Arc::new(member))));
    state
}

fn with_lag(change: impl FnOnce(&mut Lag)) -> State {
    let (mut state, _) = good();
    let lag = state.records().find_map(|record| if let Record::Lag(lag) = record { Some(lag) } else { None });
    let mut lag = Lag::clone(&lag.expect("a LAG"));
    change(&mut lag);
    state.write(&Row::Lag(lag.id), Some(Record::Lag(Arc::new(lag))));
    state
}

fn key(digit: &str, state: Steps<KeyState>) -> Key {
    let ckn = Ckn::parse(&digit.repeat(64)).expect("64 digits");
    Key {
        ckn,
        spelled: digit.repeat(64).into(),
        secret: arn("111122223333", digit, "AAAAAA").into(),
        start_on: NOW,
        state,
    }
}

fn broken(name: &str, state: State) {
    let found = invariants::check(&state, NOW);
    assert!(found.iter().any(|violation| violation.name == name), "{name} is not among {found:?}");
}

#[test]
fn a_good_state_breaks_nothing() {
    assert_eq!(invariants::check(&good().0, NOW), []);
}

#[test]
fn keys_that_cannot_be_are_found() {
    let associated = || Steps::new(NOW, KeyState::Associated);
    broken("keys want MACsec", with_lag(|lag| lag.mac_sec = false));
    broken(
        "keys want MACsec",
        with_member(|c| c.phase.set(NOW, crossconnect_core::model::connection::Phase::Deleting)),
    );
    broken("keys have secrets", with_member(|c| c.keys.add(key("d", associated()))));
    broken("keys are few", with_lag(|lag| ["b", "c", "d"].iter().for_each(|one| lag.keys.add(key(one, associated())))));
    broken("members have the keys of their LAG", with_member(|c| c.keys = Keys::default()));
    broken("members have the keys of their LAG", with_lag(|lag| lag.keys.end(NOW, Duration::ZERO, |_| true)));
    let mut backwards = Steps::new(NOW, KeyState::Associated);
    backwards.push(NOW, KeyState::Associating);
    backwards.push(NOW, KeyState::Associated);
    broken("states follow the reference", with_member(|c| c.keys.add(key("a", backwards))));
    broken("plans come to rest", with_lag(|lag| lag.keys.add(key("a", Steps::new(NOW, KeyState::Associating)))));
    let flapping = |c: &mut Connection| {
        let mut far_end = Steps::new(NOW, FarEnd::Match);
        for at in 1..=crossconnect_core::STEPS_MAX as i64 {
            far_end.push(Timestamp(NOW.0 + at), if at % 2 == 0 { FarEnd::Match } else { FarEnd::Mismatch });
        }
        c.far_end = Some(Box::new(far_end));
    };
    broken("steps are bounded", with_member(flapping));
}

/// Members of the LAG have its keys, so both are changed alike.
fn with_both(change: impl Fn(&mut Keys), mode: impl Fn(&mut Connection)) -> State {
    let mut state = with_lag(|lag| change(&mut lag.keys));
    let mut member = member_of(&state);
    change(&mut member.keys);
    mode(&mut member);
    state.write(&Row::Connection(member.id), Some(Record::Connection(Arc::new(member))));
    state
}

#[test]
fn keys_that_end_apart_from_their_secrets_and_modes_are_found() {
    let ckn = Ckn::parse(&"a".repeat(64)).expect("64 digits");
    let end = NOW + Duration::from_seconds(60);
    let ends = |keys: &mut Keys| keys.end_at(ckn, NOW, end, Duration::ZERO);
    broken("keys go with their secrets", with_both(ends, |_| {}));
    let must = |member: &mut Connection| member.encryption = Steps::new(member.created, EncryptionMode::MustEncrypt);
    broken("a mode ends with the last key", with_both(ends, must));
    let early = |member: &mut Connection| {
        member.encryption = Steps::new(member.created, EncryptionMode::MustEncrypt);
        member.encryption.push(end, EncryptionMode::ShouldEncrypt);
    };
    broken("a mode ends with the last key", with_both(|_| {}, early));
    let twice = |keys: &mut Keys| {
        let all: Vec<Key> = keys.iter().chain(keys.iter()).cloned().collect();
        *keys = minicbor::decode(&minicbor::to_vec(all).expect("bytes")).expect("a list of keys");
    };
    broken("keys have names of their own", with_both(twice, |_| {}));
}

#[test]
fn a_name_is_64_hexadecimal_digits_in_either_case() {
    assert_eq!(Ckn::parse(&"aB".repeat(32)), Ckn::parse(&"Ab".repeat(32)));
    assert_eq!(Ckn::parse(&"aB".repeat(32)).map(|ckn| ckn.to_string()), Some("ab".repeat(32)));
    for wrong in
        ["", &"a".repeat(63), &"a".repeat(65), &"g".repeat(64), &"+a".repeat(32), &"ä".repeat(32), &" a".repeat(32)]
    {
        assert_eq!(Ckn::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn the_arn_that_secrets_manager_gave_is_shown_and_known_from_then_on() {
    let (mut state, id) = good();
    let given = arn("000000000000", "b", "Zz9876");
    let answer = call(&mut state, &pair(&id, "b"), Some(SecretAnswer::Held { arn: given.clone() }));
    assert_eq!(secrets_of(answer.unwrap()).last(), Some(&given));
    let Ok(Response::CreateLag(other)) = call(&mut state, &lag_order(), None) else { panic!("an order") };
    let other = other.lag_id.expect("an id");
    let answer = call(&mut state, &secret(&other, &given), None);
    assert_eq!(secrets_of(answer.unwrap()), [given]);
    assert_eq!(invariants::check(&state, NOW), []);
}

#[test]
fn secrets_manager_knows_best_which_secrets_there_are() {
    let (mut state, id) = good();
    let Ok(Response::CreateLag(other)) = call(&mut state, &lag_order(), None) else { panic!("an order") };
    let other = other.lag_id.expect("an id");
    let lag = state.records().find_map(|record| match record {
        Record::Lag(lag) if lag.id.to_string() == id => Some(lag),
        _ => None,
    });
    let made = lag.expect("the first LAG").keys.iter().next().expect("its key").secret.to_string();
    let unknown = |arn: &str| Rejection::from(MacSecRejection::UnknownSecret { arn: arn.to_owned() });
    let ending = Rejection::from(MacSecRejection::EndingSecret { arn: made.clone() });
    // One that this service has made may have been deleted since, or be about to.
    assert_eq!(call(&mut state, &secret(&other, &made), Some(SecretAnswer::Missing)), Err(unknown(&made)));
    assert_eq!(call(&mut state, &secret(&other, &made), Some(SecretAnswer::Ending)), Err(ending));
    // Neither can a pair be put there.
    let name = format!("directconnect!prod/us-east-1/directconnect/{}", "a".repeat(64));
    let ending = Rejection::from(MacSecRejection::EndingSecret { arn: name });
    assert_eq!(call(&mut state, &pair(&other, "a"), Some(SecretAnswer::Ending)), Err(ending));
    let held = Some(SecretAnswer::Held { arn: made.clone() });
    assert!(call(&mut state, &secret(&other, &made), held).is_ok());
    // One that it has not may have been made before its store was emptied.
    let older = arn("111122223333", "b", "Zz9876");
    assert_eq!(call(&mut state, &secret(&other, &older), None), Err(unknown(&older)));
    let held = Some(SecretAnswer::Held { arn: older.clone() });
    assert_eq!(secrets_of(call(&mut state, &secret(&other, &older), held).unwrap()).last(), Some(&older));
    assert_eq!(invariants::check(&state, NOW), []);
}
