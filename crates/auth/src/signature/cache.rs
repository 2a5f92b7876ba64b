//! Signing keys that were derived before.
//!
//! Deriving one costs more than all the rest of a verification, and a client uses the same one all day.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::{PoisonError, RwLock};

use super::key::{Secret, SigningKey};

/// How many signing keys are kept by default. Each takes about 400 bytes.
const SLOTS: usize = 256;

/// A bounded cache of signing keys: as many slots as it was made with, each for one key.
///
/// A key has one slot that it may be in, and the latest key of a slot stays. A reader thus looks at one slot, under a
/// lock that readers share and that is written only when a key is new. Where a slot falls depends on a random seed, so
/// that no client can aim at another's slot.
pub struct SigningKeys {
    slots: Box<[RwLock<Option<Entry>>]>,
    seed: RandomState,
}

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
        Self { slots: (0..slots.max(1)).map(|_| RwLock::new(None)).collect(), seed: RandomState::new() }
    }

    /// How many signing keys are kept at the moment.
    pub fn count(&self) -> usize {
        let is_used = |slot: &&RwLock<Option<Entry>>| slot.read().unwrap_or_else(PoisonError::into_inner).is_some();
        self.slots.iter().filter(is_used).count()
    }

    pub(super) fn get(&self, credential: &str, secret: &Secret) -> Option<SigningKey> {
        let slot = self.slot(credential).read().unwrap_or_else(PoisonError::into_inner);
        let entry = slot.as_ref()?;
        let fits = *entry.credential == *credential && entry.fingerprint == *secret.fingerprint();
        fits.then(|| entry.key.clone())
    }

    pub(super) fn put(&self, credential: &str, secret: &Secret, key: SigningKey) {
        let entry = Entry { credential: credential.into(), fingerprint: *secret.fingerprint(), key };
        *self.slot(credential).write().unwrap_or_else(PoisonError::into_inner) = Some(entry);
    }

    fn slot(&self, credential: &str) -> &RwLock<Option<Entry>> {
        let slots = u64::try_from(self.slots.len()).expect("a length fits in 64 bits");
        let index = self.seed.hash_one(credential) % slots;
        &self.slots[usize::try_from(index).expect("smaller than a length")]
    }
}

impl Default for SigningKeys {
    fn default() -> Self {
        Self::new(SLOTS)
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKeys").field("slots", &self.slots.len()).finish_non_exhaustive()
    }
}
