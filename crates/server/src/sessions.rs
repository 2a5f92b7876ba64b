//! Temporary access keys. All that there is to know of one stands in its session token, sealed, so that nothing need be
//! kept: whoever has the key that seals can open it, after a restart as well.

mod remembered;

pub(crate) use remembered::Opened;

use crate::clock;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use crossconnect_auth::Accounts;
use crossconnect_auth::policy::Policy;
use crossconnect_auth::principal::{Name, Principal, Role};
use crossconnect_auth::signature::{AccessKey, Secret};
use remembered::Remembered;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use zeroize::{Zeroize, Zeroizing};

/// What the ids of temporary keys begin with.
const PREFIX: &str = "ASIA";
/// The alphabet of access key ids.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// The length of a nonce.
const NONCE: usize = 24;
/// What a token is bound to besides its key's id, so that nothing else that is sealed can be taken for one.
const PURPOSE: &str = "session token of ";

/// Seals and opens session tokens.
pub(crate) struct Sessions {
    cipher: XChaCha20Poly1305,
    /// Whether a session of a role that is not registered may do anything.
    trusts: bool,
    remembered: Remembered,
}

/// Whose a session is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Holder {
    account: String,
    user: Option<String>,
    role: Option<String>,
    session: Option<String>,
    /// The unique id of the user or role: one that was made again under the same name is another.
    #[serde(default)]
    id: Option<String>,
    /// What it may do at most: a document.
    policy: Option<String>,
}

/// What a token says.
#[derive(Serialize, Deserialize)]
struct Token {
    secret: String,
    holder: Holder,
    issued_at: i64,
    expires_at: i64,
}

impl Drop for Token {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// A new temporary key, as it is shown once.
pub(crate) struct Credentials {
    pub(crate) access_key_id: String,
    pub(crate) secret: Zeroizing<String>,
    pub(crate) session_token: String,
    /// Seconds since 1970.
    pub(crate) expires_at: i64,
}

impl Holder {
    /// A session of a role.
    pub(crate) fn role(account: &str, role: (&str, &str), session: &str, policy: Option<String>) -> Self {
        let (name, id) = role;
        let [account, role, session, id] = [account, name, session, id].map(str::to_owned);
        Holder { account, user: None, role: Some(role), session: Some(session), id: Some(id), policy }
    }

    /// A session of a user, or of the root user.
    pub(crate) fn of(principal: &Principal) -> Option<Self> {
        let user = match &principal.name {
            Name::Root => None,
            Name::User(name) => Some(name.clone()),
            Name::Session { .. } => return None,
        };
        let (account, id) = (principal.account.clone(), Some(principal.id.clone()));
        Some(Holder { account, user, role: None, session: None, id, policy: None })
    }

    /// The principal as its policies are now; `None` when it is gone.
    fn principal(&self, accounts: &Accounts, trusts: bool) -> Option<Principal> {
        let session_policy = match &self.policy {
            None => None,
            Some(text) => Some(Policy::identity(text).ok()?),
        };
        let account = self.account.as_str();
        let base = match (&self.role, &self.session, &self.user) {
            (Some(role), Some(session), None) => match accounts.role(account, role) {
                Some(role) => Principal::session(role, session),
                None if trusts => {
                    let name = Name::Session { role: role.clone(), session: session.clone() };
                    let (account, id) = (account.to_owned(), Role::id_of(account, role));
                    Principal { account, name, id, policies: Arc::new([]), session_policy: None }
                }
                None => return None,
            },
            (None, None, Some(user)) => Principal::clone(accounts.user(account, user)?),
            (None, None, None) if trusts || accounts.is_known(account) => Principal::root(account),
            _ => return None,
        };
        let is_same = |id: &String| trusts || *id == base.id;
        if !self.id.as_ref().is_none_or(is_same) {
            return None;
        }
        Some(Principal { session_policy, ..base })
    }
}

impl Sessions {
    /// Seals with this key.
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        let cipher = XChaCha20Poly1305::new(Key::from_slice(key));
        Sessions { cipher, trusts: false, remembered: Remembered::default() }
    }

    /// The same for open mode, where nothing need be registered.
    pub(crate) fn trusting(self) -> Self {
        Sessions { trusts: true, ..self }
    }

    /// Seals with a key that ends with the process.
    pub(crate) fn passing() -> Self {
        let mut key = Zeroizing::new([0; 32]);
        clock::random(&mut *key);
        Sessions::new(&key)
    }

    /// Makes a key that is valid for so many seconds from `now`, in seconds since 1970.
    pub(crate) fn make(&self, holder: Holder, now: i64, duration_s: u32) -> Credentials {
        let access_key_id = format!("{PREFIX}{}", letters(16));
        let secret = Zeroizing::new(letters(40));
        let expires_at = now.saturating_add(i64::from(duration_s));
        let token = Token { secret: secret.to_string(), holder, issued_at: now, expires_at };
        let token = Zeroizing::new(serde_json::to_vec(&token).expect("our own values can be written as JSON"));
        let mut bytes = vec![0; NONCE];
        clock::random(&mut bytes);
        let bound = format!("{PURPOSE}{access_key_id}");
        let payload = Payload { msg: &token, aad: bound.as_bytes() };
        let sealed = self.cipher.encrypt(XNonce::from_slice(&bytes), payload);
        bytes.extend(sealed.expect("a token is far shorter than what one key may seal"));
        Credentials { access_key_id, secret, session_token: STANDARD.encode(bytes), expires_at }
    }

    /// The temporary key of this id, if `token` is its token.
    pub(crate) fn open(&self, access_key_id: &str, token: &str, accounts: &Arc<Accounts>) -> Option<Opened> {
        if !access_key_id.starts_with(PREFIX) {
            return None;
        }
        if let Some(known) = self.remembered.get(access_key_id, token, accounts) {
            return Some(known);
        }
        let bytes = STANDARD.decode(token).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        let bound = format!("{PURPOSE}{access_key_id}");
        let payload = Payload { msg: sealed, aad: bound.as_bytes() };
        let opened = Zeroizing::new(self.cipher.decrypt(XNonce::from_slice(nonce), payload).ok()?);
        let said: Token = serde_json::from_slice(&opened).ok()?;
        let principal = Arc::new(said.holder.principal(accounts, self.trusts)?);
        let key = AccessKey::of(access_key_id, principal, Some(Secret::new(&said.secret)));
        let (issued_at, expires_at) = (Some(said.issued_at), Some(said.expires_at));
        let session_token = Some(Secret::new(token));
        Some(Opened::new(AccessKey { session_token, issued_at, expires_at, ..key }, accounts))
    }

    /// Notes that the holder of a key has signed with it: its token need not be opened the next time.
    pub(crate) fn proved(&self, opened: &Opened) {
        self.remembered.put(opened);
    }
}

/// Letters and digits at random.
fn letters(count: usize) -> String {
    let mut bytes = Zeroizing::new(vec![0; count]);
    clock::random(&mut bytes);
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
}

#[cfg(test)]
mod tests {
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
}
