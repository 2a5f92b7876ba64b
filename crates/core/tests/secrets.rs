//! The secrets of MACsec keys: what a Secrets Manager is asked about a call, what its answer does to a secret that is
//! known, and which are watched.

use crossconnect_api::{Request, Response, Unit, shapes};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::mac_sec::{MacSecSecret, SecretAnswer};
use crossconnect_core::{
    Context, MacSecRejection, Record, Rejection, SecretQuestion, State, Timestamp, Tx, control, run, secret_question,
    watched_secrets,
};

const NOW: Timestamp = Timestamp(Timestamp::MANUAL_START.0 + 10_000);
const OWN: &str = "111122223333";
const OTHER: &str = "444455556666";

fn account(text: &str) -> AccountId {
    AccountId::new(text).expect("twelve digits")
}

fn region(text: &str) -> Region {
    Region::new(text).expect("a short name")
}

/// Does something for an account in a Region; the state is changed by what is accepted. Every draw begins anew with the
/// number of records.
fn within<T>(
    state: &mut State,
    owner: &str,
    place: &str,
    act: impl FnOnce(&mut Tx<'_>) -> Result<T, Rejection>,
) -> Result<T, Rejection> {
    let first = u8::try_from(state.records().count()).expect("a few records");
    let mut random = |bytes: &mut [u8]| {
        for (byte, at) in bytes.iter_mut().zip(0_u8..) {
            *byte = at.wrapping_mul(37).wrapping_add(first);
        }
    };
    let context = Context { account: account(owner), region: region(place), system_time: NOW };
    let mut tx = Tx::new(state, context, &mut random);
    let answer = act(&mut tx)?;
    let written = tx.finish();
    if let Some((_, after)) = written {
        *state = after;
    }
    Ok(answer)
}

fn call(state: &mut State, asked: &Request, told: Option<SecretAnswer>) -> Result<Response, Rejection> {
    within(state, OWN, "us-east-1", |tx| {
        if let Some(told) = told {
            tx.hear_of_secret(told);
        }
        run(tx, asked)
    })
}

/// A connection that takes keys: its id.
fn connection(state: &mut State, owner: &str, place: (&str, &str)) -> String {
    let order = Request::CreateConnection(shapes::CreateConnectionRequest {
        location: place.1.into(),
        bandwidth: "10Gbps".into(),
        connection_name: "c1".into(),
        request_mac_sec: Some(true),
        ..shapes::CreateConnectionRequest::default()
    });
    let Ok(Response::CreateConnection(made)) = within(state, owner, place.0, |tx| run(tx, &order)) else {
        panic!("an order that keeps the rules");
    };
    made.connection_id.expect("it has an id")
}

fn pair(id: &str, digit: &str) -> Request {
    let (ckn, cak) = (Some(digit.repeat(64)), Some("c".repeat(64)));
    Request::AssociateMacSecKey(shapes::AssociateMacSecKeyRequest {
        connection_id: id.into(),
        ckn,
        cak,
        secret_arn: None,
    })
}

fn named(id: &str, arn: &str) -> Request {
    Request::AssociateMacSecKey(shapes::AssociateMacSecKeyRequest {
        connection_id: id.into(),
        ckn: None,
        cak: None,
        secret_arn: Some(arn.into()),
    })
}

fn arn(place: &str, owner: &str, digit: &str, drawn: &str) -> String {
    let name = format!("directconnect!prod/{place}/directconnect/{}", digit.repeat(64));
    format!("arn:aws:secretsmanager:{place}:{owner}:secret:{name}-{drawn}")
}

fn secrets(state: &State) -> Vec<MacSecSecret> {
    let secrets = state.records().filter_map(|record| match record {
        Record::MacSecSecret(secret) => Some(MacSecSecret::clone(&secret)),
        _ => None,
    });
    secrets.collect()
}

#[test]
fn the_end_of_an_arn_is_drawn() {
    let mut state = State::default();
    let id = connection(&mut state, OWN, ("us-east-1", "EqDC2"));
    call(&mut state, &pair(&id, "a"), None).expect("a key that keeps the rules");
    assert_eq!(*secrets(&state)[0].arn, arn("us-east-1", OWN, "a", "gkacCA"));
}

#[test]
fn a_secret_that_is_held_all_the_same_is_scheduled_for_deletion_no_more() {
    let mut state = State::default();
    let first = connection(&mut state, OWN, ("us-east-1", "EqDC2"));
    let second = connection(&mut state, OWN, ("us-east-1", "EqDC2"));
    call(&mut state, &pair(&first, "a"), None).expect("a key that keeps the rules");
    let made = secrets(&state).remove(0);
    let secret = control::Secret { ckn: "a".repeat(64), owner: OWN.to_owned(), region: "us-east-1".to_owned() };
    let scheduled = control::Request::SetSecret { secret, is_ending: true };
    within(&mut state, OWN, "us-east-1", |tx| control::run(tx, &scheduled)).expect("a secret that is known");
    assert_eq!(secrets(&state)[0].ending, Some(NOW));
    let refused = call(&mut state, &named(&second, &made.arn), None);
    assert_eq!(refused, Err(MacSecRejection::EndingSecret { arn: made.arn.to_string() }.into()));
    let held = Some(SecretAnswer::Held { arn: made.arn.to_string() });
    call(&mut state, &named(&second, &made.arn), held).expect("it is there");
    assert_eq!(secrets(&state), [made]);
}

#[test]
fn what_is_held_is_of_an_account_and_of_the_region_of_the_call() {
    let mut state = State::default();
    let id = connection(&mut state, OWN, ("us-east-1", "EqDC2"));
    for arn in [arn("us-west-1", OWN, "a", "Zz9876"), arn("us-east-1", "nobody", "a", "Zz9876")] {
        let answer = call(&mut state, &named(&id, &arn), Some(SecretAnswer::Held { arn: arn.clone() }));
        assert_eq!(answer, Err(MacSecRejection::UnknownSecret { arn }.into()));
    }
    let arn = arn("us-east-1", OTHER, "a", "Zz9876");
    call(&mut state, &named(&id, &arn), Some(SecretAnswer::Held { arn: arn.clone() })).expect("it is shared");
}

#[test]
fn a_secrets_manager_is_asked_about_keys_that_are_well_formed() {
    let place = region("us-west-1");
    let name = format!("directconnect!prod/us-west-1/directconnect/{}", "A".repeat(64));
    let (ckn, cak) = ("A".repeat(64), "c".repeat(64));
    let hold = SecretQuestion::Hold { name, ckn, cak };
    assert!(secret_question(place, &pair("dxcon-11111111", "A")) == Some(hold));
    let good = arn("us-west-1", OWN, "a", "Zz9876");
    assert!(secret_question(place, &named("x", &good)) == Some(SecretQuestion::Find { arn: good.clone() }));
    let mut both = shapes::AssociateMacSecKeyRequest { secret_arn: Some(good), ..Default::default() };
    both.ckn = Some("A".repeat(64));
    both.cak = Some("not a key".to_owned());
    let pair_alone = shapes::AssociateMacSecKeyRequest { secret_arn: None, ..both.clone() };
    for asked in [both, pair_alone, shapes::AssociateMacSecKeyRequest::default()] {
        assert!(secret_question(place, &Request::AssociateMacSecKey(asked)).is_none());
    }
    assert!(secret_question(place, &named("x", "nonsense")).is_none());
    assert!(secret_question(place, &Request::DescribeLocations(Unit {})).is_none());
}

#[test]
fn the_secrets_of_an_account_in_a_region_are_watched_by_calls_about_what_has_keys() {
    let mut state = State::default();
    for (owner, place) in
        [(OWN, ("us-east-1", "EqDC2")), (OWN, ("us-west-1", "EqSV5")), (OTHER, ("us-east-1", "EqDC2"))]
    {
        let id = connection(&mut state, owner, place);
        within(&mut state, owner, place.0, |tx| run(tx, &pair(&id, "a"))).expect("a key that keeps the rules");
    }
    assert_eq!(secrets(&state).len(), 3);
    let listed = Request::DescribeConnections(shapes::DescribeConnectionsRequest::default());
    let watched = |owner: &str, place: &str, asked: &Request| -> Vec<_> {
        let found = watched_secrets(&state, account(owner), region(place), asked);
        found.iter().map(|secret| (secret.owner, secret.region)).collect()
    };
    for (owner, place) in [(OWN, "us-east-1"), (OWN, "us-west-1"), (OTHER, "us-east-1")] {
        assert_eq!(watched(owner, place, &listed), [(account(owner), region(place))]);
    }
    assert_eq!(watched(OTHER, "us-west-1", &listed), []);
    assert_eq!(watched(OWN, "us-east-1", &Request::DescribeLocations(Unit {})), []);
}
