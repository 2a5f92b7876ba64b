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
mod tests;
