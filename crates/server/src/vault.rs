//! What seals the secrets of registered access keys before they enter the store: the operator's key, which is not in it.
//! Neither the store's files nor a copy of them reveal a secret without that.

use crate::config::{Auth, Config};
use crate::{Failure, clock, key_file};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use crossconnect_auth::signature::Secret;
use crossconnect_core::model::access_key::{AccessKey, Sealed};
use std::path::PathBuf;
use std::sync::OnceLock;
use zeroize::Zeroizing;

/// The alphabets of secrets and of ids [AWS's documentation of IAM].
const SECRET_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const ID_ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// How many characters a secret has.
const SECRET_LENGTH: usize = 40;

/// Seals and opens secrets.
pub(crate) struct Vault {
    cipher: OnceLock<XChaCha20Poly1305>,
    /// Where the operator's key is; none where what it seals ends with the process.
    path: Option<PathBuf>,
}

impl Vault {
    /// That of a configuration. Where signatures are verified the key is there from the start, and elsewhere from the
    /// first secret on.
    pub(crate) fn of(config: &Config) -> Result<Self, Failure> {
        let vault = Vault { cipher: OnceLock::new(), path: config.vault_file() };
        if config.auth == Auth::SigV4 {
            vault.cipher()?;
        }
        Ok(vault)
    }

    /// One whose key ends with the process.
    pub(crate) fn passing() -> Self {
        Vault { cipher: OnceLock::new(), path: None }
    }

    /// Where the operator's key is, for texts.
    pub(crate) fn place(&self) -> String {
        self.path.as_ref().map_or_else(|| "a key of this process".to_owned(), |path| path.display().to_string())
    }

    fn cipher(&self) -> Result<&XChaCha20Poly1305, Failure> {
        if self.cipher.get().is_none() {
            let key = match &self.path {
                Some(path) => key_file::load(path)?,
                None => {
                    let mut key = Zeroizing::new([0; 32]);
                    clock::random(&mut *key);
                    key
                }
            };
            // Whoever is second to set it has read the same file, or drops a key that has sealed nothing.
            let _ = self.cipher.set(XChaCha20Poly1305::new(Key::from_slice(&*key)));
        }
        Ok(self.cipher.get().expect("it was just set"))
    }

    /// Seals the secret of an account's key.
    pub(crate) fn seal(&self, id: &str, account: &str, secret: &str) -> Result<Sealed, Failure> {
        self.sealed(&bound(id, account), secret)
    }

    fn sealed(&self, bound: &str, secret: &str) -> Result<Sealed, Failure> {
        let mut nonce = [0; 24];
        clock::random(&mut nonce);
        let payload = Payload { msg: secret.as_bytes(), aad: bound.as_bytes() };
        let sealed = self.cipher()?.encrypt(XNonce::from_slice(&nonce), payload);
        Ok(Sealed { nonce, bytes: sealed.expect("a secret is far shorter than what one key may seal") })
    }

    /// The secret of a key; `None` when it was sealed with another operator's key.
    pub(crate) fn open(&self, key: &AccessKey) -> Option<Secret> {
        let (cipher, id) = (self.cipher().ok()?, key.id.as_str());
        let open = |bound: String| {
            let payload = Payload { msg: &key.secret.bytes, aad: bound.as_bytes() };
            cipher.decrypt(XNonce::from_slice(&key.secret.nonce), payload)
        };
        let opened = open(bound(id, &key.account.to_string())).or_else(|_| open(bound_to_id(id))).ok()?;
        let opened = Zeroizing::new(opened);
        str::from_utf8(&opened).ok().map(Secret::new)
    }
}

/// What a secret is bound to, so that it is none of another key or account, and nothing else that is sealed can be taken
/// for one.
fn bound(id: &str, account: &str) -> String {
    format!("secret of access key {id} of account {account}")
}

/// What secrets were bound to that a release before sealed. They stay as they are until their keys are rotated.
fn bound_to_id(id: &str) -> String {
    format!("secret of access key {id}")
}

/// A new id and its secret.
pub(crate) fn draw() -> (String, Zeroizing<String>) {
    let mut bytes = [0; 16];
    clock::random(&mut bytes);
    let id = bytes.iter().map(|byte| char::from(ID_ALPHABET[usize::from(byte & 31)]));
    let id = crossconnect_core::model::access_key::PREFIX.chars().chain(id).collect();
    let mut bytes = Zeroizing::new([0; SECRET_LENGTH]);
    clock::random(&mut *bytes);
    let secret = bytes.iter().map(|byte| char::from(SECRET_ALPHABET[usize::from(byte & 63)]));
    (id, Zeroizing::new(secret.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossconnect_core::Timestamp;
    use crossconnect_core::ids::{AccessKeyId, AccountId};
    use crossconnect_core::model::access_key::{Status, read_id};

    fn passing() -> Vault {
        Vault { cipher: OnceLock::new(), path: None }
    }

    const ACCOUNT: &str = "111122223333";

    fn key(id: &str, account: &str, secret: Sealed) -> AccessKey {
        let (id, account) = (AccessKeyId::new(id).unwrap(), AccountId::new(account).unwrap());
        AccessKey { id, account, user: None, secret, status: Status::Active, created: Timestamp(0) }
    }

    #[test]
    fn a_secret_opens_with_its_own_key_and_for_its_own_id_and_account_alone() {
        let vault = passing();
        let ((id, secret), (other, _)) = (draw(), draw());
        assert!(read_id(&id).is_some() && secret.len() == 40 && id != other, "{id}");
        let sealed = vault.seal(&id, ACCOUNT, &secret).ok().unwrap();
        assert!(!sealed.bytes.windows(8).any(|part| secret.as_bytes().starts_with(part)));
        assert_ne!(sealed, vault.seal(&id, ACCOUNT, &secret).ok().unwrap(), "no nonce is used twice");
        assert!(vault.open(&key(&id, ACCOUNT, sealed.clone())).unwrap().is(secret.as_bytes()));
        assert!(vault.open(&key(&other, ACCOUNT, sealed.clone())).is_none());
        assert!(vault.open(&key(&id, "444455556666", sealed.clone())).is_none());
        assert!(passing().open(&key(&id, ACCOUNT, sealed.clone())).is_none());
        let mut changed = sealed;
        changed.bytes[0] ^= 1;
        assert!(vault.open(&key(&id, ACCOUNT, changed)).is_none());
    }

    #[test]
    fn a_secret_that_was_sealed_before_accounts_counted_still_opens() {
        let (vault, (id, secret), (other, _)) = (passing(), draw(), draw());
        let sealed = vault.sealed(&format!("secret of access key {id}"), &secret).ok().unwrap();
        assert!(vault.open(&key(&id, ACCOUNT, sealed.clone())).unwrap().is(secret.as_bytes()));
        assert!(vault.open(&key(&other, ACCOUNT, sealed)).is_none());
    }
}
