//! Access keys with their secrets, and the signing keys that follow from a secret.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::authorization::Credential;
use crate::principal::Principal;

/// What the secret is preceded by, as a key.
const PREFIX: &str = "AWS4";

/// What signs with a derived key. Its state is as good as the key, but cannot be wiped.
pub(super) type SigningKey = Hmac<Sha256>;

/// A secret or a session token: never shown, and wiped when it is dropped.
#[derive(Clone)]
pub struct Secret {
    /// [`PREFIX`], then the secret: the first key of every derivation.
    prefixed: Zeroizing<String>,
    /// Tells secrets apart without comparing them.
    fingerprint: Zeroizing<[u8; 32]>,
}

/// A registered access key.
#[derive(Debug, Clone)]
pub struct AccessKey {
    /// The id that requests name.
    pub id: String,
    /// Whose it is.
    pub principal: Arc<Principal>,
    /// What signs; a key without a secret signs nothing.
    pub secret: Option<Secret>,
    /// What must come along with every request, for a temporary key.
    pub session_token: Option<Secret>,
    /// Whether its owner lets it be used.
    pub status: Status,
    /// When a temporary key was made, in seconds since 1970.
    pub issued_at: Option<i64>,
    /// From when on it is no longer valid, in seconds since 1970.
    pub expires_at: Option<i64>,
    /// The minute since 1970 in which its use was last noted, for a key of which that is kept. All copies share it.
    pub noted: Option<Arc<AtomicI64>>,
}

/// Whether an access key may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It may.
    Active,
    /// It is refused as if it did not exist.
    Inactive,
}

impl AccessKey {
    /// A key that is used without limits of time: of the account's root user, or of a user without policies that has the
    /// key's id for a name.
    pub fn lasting(id: &str, account: &str, is_root: bool, secret: Option<Secret>) -> Self {
        let user = || Principal::user(account, id, Arc::new([]));
        Self::of(id, Arc::new(if is_root { Principal::root(account) } else { user() }), secret)
    }

    /// A principal's key that is used without limits of time.
    pub fn of(id: &str, principal: Arc<Principal>, secret: Option<Secret>) -> Self {
        let id = id.to_owned();
        let (session_token, issued_at, expires_at) = (None, None, None);
        Self { id, principal, secret, session_token, status: Status::Active, issued_at, expires_at, noted: None }
    }
}

impl Secret {
    /// Keeps a secret. The caller's own copy is the caller's to wipe.
    pub fn new(text: &str) -> Self {
        let mut prefixed = Zeroizing::new(String::with_capacity(PREFIX.len() + text.len()));
        prefixed.push_str(PREFIX);
        prefixed.push_str(text);
        let fingerprint = Zeroizing::new(Sha256::digest(prefixed.as_bytes()).into());
        Self { prefixed, fingerprint }
    }

    /// Whether it is this one, in constant time for its length.
    pub fn is(&self, given: &[u8]) -> bool {
        let kept = &self.prefixed.as_bytes()[PREFIX.len()..];
        if kept.len() != given.len() {
            return false;
        }
        // Eight bytes at a time: session tokens are long, and come with every call.
        let ((kept, kept_rest), (given, given_rest)) = (kept.as_chunks::<8>(), given.as_chunks::<8>());
        let mut is_same = kept_rest.ct_eq(given_rest);
        for (kept, given) in kept.iter().zip(given) {
            is_same &= u64::from_ne_bytes(*kept).ct_eq(&u64::from_ne_bytes(*given));
        }
        is_same.into()
    }

    /// How long it is, in bytes.
    pub fn length(&self) -> usize {
        self.prefixed.len() - PREFIX.len()
    }

    pub(super) fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// The key that signs for one day, Region and service.
pub(super) fn derive(secret: &Secret, credential: &Credential<'_>) -> SigningKey {
    let mut key = mac(secret.prefixed.as_bytes());
    for part in [credential.date, credential.region, credential.service, credential.terminator] {
        key.update(part.as_bytes());
        let bytes: Zeroizing<[u8; 32]> = Zeroizing::new(key.finalize().into_bytes().into());
        key = mac(&*bytes);
    }
    key
}

fn mac(key: &[u8]) -> SigningKey {
    SigningKey::new_from_slice(key).expect("HMAC takes keys of any length")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_itself_alone_at_every_length() {
        let text = "abcdefghijklmnopqrstuvwxy";
        for length in 0..text.len() {
            let (secret, given) = (Secret::new(&text[..length]), &text.as_bytes()[..length]);
            assert!(secret.is(given) && !secret.is(&text.as_bytes()[..=length]), "{length}");
            for at in 0..length {
                let mut other = given.to_vec();
                other[at] ^= 1;
                assert!(!secret.is(&other), "{length} {at}");
                assert!(!secret.is(&given[1..]) && !secret.is(&given[..length - 1]), "{length}");
            }
        }
    }
}
