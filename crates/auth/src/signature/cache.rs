//! Signing keys that were derived before.
//!
//! Deriving one costs more than all the rest of a verification, and a client uses the same one all day.

use super::key::{Secret, SigningKey};
use crate::slots::Slots;

/// How many signing keys are kept by default. Each takes about 400 bytes.
const SLOTS: usize = 256;

/// A bounded cache of signing keys.
#[derive(Debug)]
pub struct SigningKeys(Slots<Entry>);

struct Entry {
    /// The credential: access key id, day, Region, service, terminator.
    credential: Box<str>,
    /// That of the secret, so that a new secret for the same access key id is not served the old one's signing key.
    fingerprint: [u8; 32],
    key: SigningKey,
}

impl SigningKeys {
    /// Makes an empty cache of that many slots, at least one.
    pub fn new(slots: usize) -> Self {
        Self(Slots::new(slots))
    }

    /// How many signing keys are kept at the moment.
    pub fn count(&self) -> usize {
        self.0.count()
    }

    pub(super) fn get(&self, credential: &str, secret: &Secret) -> Option<SigningKey> {
        self.0.get(credential, |entry| {
            let fits = *entry.credential == *credential && entry.fingerprint == *secret.fingerprint();
            fits.then(|| entry.key.clone())
        })
    }

    pub(super) fn put(&self, credential: &str, secret: &Secret, key: SigningKey) {
        self.0.put(credential, Entry { credential: credential.into(), fingerprint: *secret.fingerprint(), key });
    }
}

impl Default for SigningKeys {
    fn default() -> Self {
        Self::new(SLOTS)
    }
}
