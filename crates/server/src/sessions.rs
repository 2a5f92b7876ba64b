//! Temporary access keys. All that there is to know of one stands in its session token, sealed, so that nothing is
//! kept: whoever has the key that seals can open it, after a restart as well.

use crate::clock;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use crossconnect_auth::Accounts;
use crossconnect_auth::policy::Policy;
use crossconnect_auth::principal::{Name, Principal, Role};
use crossconnect_auth::signature::{AccessKey, Secret};
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
        Sessions { cipher: XChaCha20Poly1305::new(Key::from_slice(key)), trusts: false }
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
    pub(crate) fn open(&self, access_key_id: &str, token: &str, accounts: &Accounts) -> Option<AccessKey> {
        if !access_key_id.starts_with(PREFIX) {
            return None;
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
        Some(AccessKey { session_token: Some(Secret::new(token)), issued_at, expires_at, ..key })
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

    #[test]
    fn a_token_opens_with_its_own_key_alone() {
        let (sessions, mut accounts) = (Sessions::passing(), Accounts::default());
        accounts.declare("111122223333");
        let holder = Holder::of(&Principal::root("111122223333")).unwrap();
        let made = sessions.make(holder, 1000, 900);
        let key = sessions.open(&made.access_key_id, &made.session_token, &accounts).unwrap();
        assert_eq!((key.issued_at, key.expires_at), (Some(1000), Some(1900)));
        assert!(key.secret.unwrap().is(made.secret.as_bytes()));
        assert_eq!(key.principal.label(), "root");
        assert!(!made.session_token.contains(made.secret.as_str()));
        let other = sessions.make(Holder::of(&Principal::root("111122223333")).unwrap(), 1000, 900);
        assert!(sessions.open(&made.access_key_id, &other.session_token, &accounts).is_none());
        assert!(Sessions::passing().open(&made.access_key_id, &made.session_token, &accounts).is_none());
        assert!(sessions.open(&made.access_key_id, "", &accounts).is_none());
        let mut changed = STANDARD.decode(&made.session_token).unwrap();
        *changed.last_mut().unwrap() ^= 1;
        assert!(sessions.open(&made.access_key_id, &STANDARD.encode(changed), &accounts).is_none());
    }

    #[test]
    fn who_is_gone_has_no_session() {
        let (sessions, accounts) = (Sessions::passing(), Accounts::default());
        let made = sessions.make(Holder::role("111122223333", ("deploy", "AROA1"), "s1", None), 1000, 900);
        assert!(sessions.open(&made.access_key_id, &made.session_token, &accounts).is_none());
        let root = sessions.make(Holder::of(&Principal::root("111122223333")).unwrap(), 1000, 900);
        assert!(sessions.open(&root.access_key_id, &root.session_token, &accounts).is_none());
        assert!(sessions.trusting().open(&made.access_key_id, &made.session_token, &accounts).is_some());
    }

    #[test]
    fn who_was_made_again_is_another() {
        let sessions = Sessions::passing();
        let accounts = |id: &str| {
            let mut accounts = Accounts::default();
            let user = Principal::user("111122223333", "ann", Arc::new([]));
            accounts.register_user(Arc::new(Principal { id: id.to_owned(), ..user }));
            accounts
        };
        let (before, after) = (accounts("AIDA1"), accounts("AIDA2"));
        let ann = before.user("111122223333", "ann").unwrap();
        let made = sessions.make(Holder::of(ann).unwrap(), 1000, 900);
        assert!(sessions.open(&made.access_key_id, &made.session_token, &before).is_some());
        assert!(sessions.open(&made.access_key_id, &made.session_token, &after).is_none());
    }
}
