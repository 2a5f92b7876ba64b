//! Accounts, users, roles and access keys: the invariants over them notice what they are there for, and what is decided
//! twice is done once.

use crossconnect_core::control::registry::{Change, Given, NewKey};
use crossconnect_core::control::{self, Request};
use crossconnect_core::ids::{AccessKeyId, AccountId, PrincipalId, Region, Short};
use crossconnect_core::model::access_key::{AccessKey, KeyUse, Sealed, Status};
use crossconnect_core::model::principal::{Principal, Terms};
use crossconnect_core::{Context, Key, Record, Rejection, State, Timestamp, Tx, invariants};
use std::sync::Arc;

const NOW: Timestamp = Timestamp::MANUAL_START;
const ACCOUNT: &str = "111122223333";

fn account(text: &str) -> AccountId {
    AccountId::new(text).expect("twelve digits")
}

fn decide(state: &mut State, change: Change) -> Result<(), Rejection> {
    let mut drawn = u8::try_from(state.records().count()).expect("a few records");
    let mut random = |bytes: &mut [u8]| {
        drawn += 1;
        bytes.fill(drawn);
    };
    let region = Region::new("us-east-1").expect("a short name");
    let context = Context { account: account(ACCOUNT), region, system_time: NOW };
    let mut tx = Tx::new(state, context, &mut random);
    control::run(&mut tx, &Request::Registry(change))?;
    if let Some((_, after)) = tx.finish() {
        *state = after;
    }
    Ok(())
}

fn key(letter: &str) -> NewKey {
    NewKey { id: format!("AKIA{}", letter.repeat(16)), secret: Sealed { nonce: [1; 24], bytes: vec![2; 56] } }
}

fn given(name: &str, terms: Option<Terms>) -> Change {
    let (account, policies) = (ACCOUNT.to_owned(), vec![("read".to_owned(), "{}".to_owned())]);
    Change::PutPrincipal(Given { account, name: name.to_owned(), policies, terms })
}

fn create(letter: &str) -> Change {
    Change::CreateAccessKey { account: ACCOUNT.to_owned(), user: Some("ann".to_owned()), key: key(letter) }
}

/// A user with two keys, of which one was used, and a role.
fn good() -> State {
    let mut state = State::default();
    let used = KeyUse {
        id: AccessKeyId::new(&key("A").id).expect("20 characters"),
        at: NOW,
        region: Region::new("us-east-1").expect("a short name"),
        service: Short::new("directconnect").expect("a short name"),
    };
    for change in [
        Change::PutAccount { id: ACCOUNT.to_owned(), partner: None, name: Some("lab".to_owned()) },
        given("ann", None),
        given("deploy", Some(Terms { trust: "{}".into(), session_max_s: 3600 })),
        create("A"),
        create("B"),
        Change::NoteUses(vec![used]),
    ] {
        decide(&mut state, change).expect("it keeps the rules");
    }
    assert_eq!(invariants::check(&state, NOW), []);
    state
}

fn finds(rule: &str, state: &State) {
    let found = invariants::check(state, NOW);
    assert!(found.iter().any(|violation| violation.name == rule), "{rule} is not among {found:?}");
}

fn write(state: &mut State, record: Record) {
    state.write(&record.key(), Some(record));
}

fn with_principal(name: &str, change: impl FnOnce(&mut Principal)) -> State {
    let mut state = good();
    let registry = state.registry();
    let known = registry.principals().find(|known| known.name.as_str() == name).expect("it is there");
    let mut changed = Principal::clone(known);
    change(&mut changed);
    write(&mut state, Record::Principal(Arc::new(changed)));
    state
}

fn with_key(change: impl FnOnce(&mut AccessKey)) -> State {
    let mut state = good();
    let mut changed = AccessKey::clone(state.registry().access_keys().next().expect("one is there"));
    change(&mut changed);
    write(&mut state, Record::AccessKey(Arc::new(changed)));
    state
}

#[test]
fn what_belongs_to_nobody_is_found() {
    let other = account("444455556666");
    finds("users and roles have an account", &with_principal("deploy", |role| role.account = other));
    finds("access keys have an account", &with_key(|key| key.account = other));
    let mut state = good();
    let gone = AccessKeyId::new(&key("A").id).expect("20 characters");
    state.write(&Key::AccessKey(gone), None);
    finds("what was used is there", &state);
}

#[test]
fn users_and_roles_that_break_rules_are_found() {
    let twin = PrincipalId::new("AIDAZZZZZZZZZZZZZZZZZ").expect("21 characters");
    finds("users and roles have names of their own", &with_principal("ann", |user| user.id = twin));
    let twice = |user: &mut Principal| user.policies.push(user.policies[0].clone());
    finds("policies are few and have names of their own", &with_principal("ann", twice));
    let as_user = |role: &mut Principal| role.id = twin;
    finds("ids say whose they are", &with_principal("deploy", as_user));
    let terms = Some(Terms { trust: "{}".into(), session_max_s: 60 });
    finds("sessions have a length", &with_principal("deploy", |role| role.terms = terms));
}

#[test]
fn keys_that_break_rules_are_found() {
    let state = good();
    let role = state.registry().principals().find(|known| known.terms.is_some()).map(|role| role.id);
    finds("access keys are those of users", &with_key(|key| key.user = role));
    finds("access keys are few", &with_key(|key| key.id = AccessKeyId::new("AKIACCCC").expect("a short name")));
}

#[test]
fn a_key_that_is_made_twice_is_made_once() {
    let mut state = good();
    let before = state.clone();
    decide(&mut state, create("B")).expect("it is the same call");
    assert_eq!(state, before);
    let inactive = Change::SetAccessKey { id: key("B").id, status: Status::Inactive };
    decide(&mut state, inactive.clone()).expect("the key is there");
    let after = state.clone();
    decide(&mut state, inactive).expect("it is so already");
    assert_eq!(state, after);
}

#[test]
fn an_earlier_use_does_not_replace_a_later_one() {
    let mut state = good();
    let known = **state.key_use(AccessKeyId::new(&key("A").id).expect("20 characters")).expect("it was used");
    let at = |at: i64| KeyUse { at: Timestamp(at), ..known };
    decide(&mut state, Change::NoteUses(vec![at(NOW.0 - 1)])).expect("it is never refused");
    assert_eq!(state.key_use(known.id).map(|usage| usage.at), Some(NOW));
    decide(&mut state, Change::NoteUses(vec![at(NOW.0 + 1)])).expect("it is never refused");
    assert_eq!(state.key_use(known.id).map(|usage| usage.at), Some(Timestamp(NOW.0 + 1)));
}
