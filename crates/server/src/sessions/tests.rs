//! Which tokens open, when, and for how long.

use super::*;
use crossconnect_auth::signature::sign::{self, Signing};
use crossconnect_auth::signature::{Endpoint, Payload, Regions, Request, SignatureError, SigningKeys, check};

const ACCOUNT: &str = "111122223333";

fn root() -> Holder {
    Holder::of(&Principal::root(ACCOUNT)).unwrap()
}

fn known() -> Arc<Accounts> {
    let mut accounts = Accounts::default();
    accounts.declare(ACCOUNT);
    Arc::new(accounts)
}

#[test]
fn a_token_opens_with_its_own_key_alone() {
    let (sessions, accounts) = (Sessions::passing(), known());
    let made = sessions.make(root(), 1000, 900);
    let opened = sessions.open(&made.access_key_id, &made.session_token, &accounts).unwrap();
    let key = opened.key();
    assert_eq!((key.issued_at, key.expires_at), (Some(1000), Some(1900)));
    assert!(key.secret.as_ref().unwrap().is(made.secret.as_bytes()));
    assert_eq!(key.principal.label(), "root");
    assert!(!made.session_token.contains(made.secret.as_str()));
    let other = sessions.make(root(), 1000, 900);
    let mut changed = STANDARD.decode(&made.session_token).unwrap();
    *changed.last_mut().unwrap() ^= 1;
    let changed = STANDARD.encode(changed);
    // Also once the right token is remembered.
    for _ in 0..2 {
        for token in [&*other.session_token, "", &changed] {
            assert!(sessions.open(&made.access_key_id, token, &accounts).is_none());
        }
        assert!(sessions.open(&other.access_key_id, &made.session_token, &accounts).is_none());
        sessions.proved(&opened);
    }
    assert!(Sessions::passing().open(&made.access_key_id, &made.session_token, &accounts).is_none());
}

#[test]
fn who_is_gone_has_no_session() {
    let (sessions, accounts) = (Sessions::passing(), Arc::default());
    let made = sessions.make(Holder::role(ACCOUNT, ("deploy", "AROA1"), "s1", None), 1000, 900);
    assert!(sessions.open(&made.access_key_id, &made.session_token, &accounts).is_none());
    let root = sessions.make(root(), 1000, 900);
    assert!(sessions.open(&root.access_key_id, &root.session_token, &accounts).is_none());
    // A token that was remembered is of no use when its account has gone.
    sessions.proved(&sessions.open(&root.access_key_id, &root.session_token, &known()).unwrap());
    assert!(sessions.open(&root.access_key_id, &root.session_token, &accounts).is_none());
    assert!(sessions.trusting().open(&made.access_key_id, &made.session_token, &accounts).is_some());
}

#[test]
fn who_was_made_again_is_another() {
    let sessions = Sessions::passing();
    let accounts = |id: &str| {
        let mut accounts = Accounts::default();
        let user = Principal::user(ACCOUNT, "ann", Arc::new([]));
        accounts.register_user(Arc::new(Principal { id: id.to_owned(), ..user }));
        Arc::new(accounts)
    };
    let (before, after) = (accounts("AIDA1"), accounts("AIDA2"));
    let ann = before.user(ACCOUNT, "ann").unwrap();
    let made = sessions.make(Holder::of(ann).unwrap(), 1000, 900);
    let opened = sessions.open(&made.access_key_id, &made.session_token, &before).unwrap();
    sessions.proved(&opened);
    let again = sessions.open(&made.access_key_id, &made.session_token, &before).unwrap();
    assert!(Arc::ptr_eq(opened.key(), again.key()), "it is remembered");
    assert!(sessions.open(&made.access_key_id, &made.session_token, &after).is_none());
}

#[test]
fn a_key_that_is_remembered_ends_on_time_all_the_same() {
    let (sessions, accounts, keys) = (Sessions::passing(), known(), SigningKeys::default());
    const NOW: i64 = 1_767_225_607;
    let made = sessions.make(root(), NOW - 890, 900);
    let secret = Secret::new(&made.secret);
    let outcome = |stamp: &str, now: i64| {
        let mut headers = vec![("host", "localhost"), ("x-amz-date", stamp)];
        headers.push((TOKEN, &made.session_token));
        let fields = |headers: &[(&'static str, &str)]| -> Vec<_> {
            headers.iter().map(|(name, value)| (*name, value.as_bytes().to_vec())).collect()
        };
        let unsigned = fields(&headers);
        let (region, service, access_key_id) = ("us-east-1", "directconnect", &*made.access_key_id);
        let signing = Signing { access_key_id, secret: &secret, region, service, stamp };
        let names = format!("host;x-amz-date;{TOKEN}");
        let authorization = sign::authorization(signing, &request(&unsigned), &names, b"{}").unwrap();
        headers.push(("authorization", &authorization));
        let signed = fields(&headers);
        let request = request(&signed);
        let endpoint = Endpoint { services: &["directconnect"], regions: Regions::WellFormed };
        let find = |id: &str| sessions.open(id, &made.session_token, &accounts).map(|opened| opened.key().clone());
        check(&request, None, now, &endpoint, find)?.verify(Payload::Bytes(b"{}"), &keys).map(drop)
    };
    sessions.proved(&sessions.open(&made.access_key_id, &made.session_token, &accounts).unwrap());
    assert_eq!(outcome("20260101T000007Z", NOW), Ok(()));
    assert_eq!(outcome("20260101T000017Z", NOW + 10), Err(SignatureError::TokenExpired));
}

const TOKEN: &str = "x-amz-security-token";

fn request<'r>(
    fields: &'r [(&'static str, Vec<u8>)],
) -> Request<'r, impl Iterator<Item = (&'r str, &'r [u8])> + Clone> {
    let headers = fields.iter().map(|(name, value)| (*name, &**value));
    Request { method: "POST", path: "/", query: "", authority: None, headers }
}
