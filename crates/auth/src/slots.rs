//! A bounded memory of what was found out before: as many slots as it was made with, each for one thing.
//!
//! A name has one slot that it may be in, and the latest name of a slot stays. A reader thus looks at one slot, under a
//! lock that readers share and that is written only when something is new. Where a slot falls depends on a random seed, so
//! that no client can aim at another's slot.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::{PoisonError, RwLock};

/// The slots. They do not compare names: what is kept has to tell whose it is.
pub struct Slots<T> {
    slots: Box<[RwLock<Option<T>>]>,
    seed: RandomState,
}

impl<T> Slots<T> {
    /// Makes that many empty slots, at least one.
    pub fn new(slots: usize) -> Self {
        Self { slots: (0..slots.max(1)).map(|_| RwLock::new(None)).collect(), seed: RandomState::new() }
    }

    /// How many are taken at the moment.
    pub fn count(&self) -> usize {
        let is_used = |slot: &&RwLock<Option<T>>| slot.read().unwrap_or_else(PoisonError::into_inner).is_some();
        self.slots.iter().filter(is_used).count()
    }

    /// What `take` makes of the thing in this name's slot, which may be another's.
    pub fn get<U>(&self, name: &str, take: impl FnOnce(&T) -> Option<U>) -> Option<U> {
        self.slot(name).read().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(take)
    }

    /// Keeps a thing in this name's slot, in place of what was there.
    pub fn put(&self, name: &str, thing: T) {
        *self.slot(name).write().unwrap_or_else(PoisonError::into_inner) = Some(thing);
    }

    fn slot(&self, name: &str) -> &RwLock<Option<T>> {
        let slots = u64::try_from(self.slots.len()).expect("a length fits in 64 bits");
        let index = self.seed.hash_one(name) % slots;
        &self.slots[usize::try_from(index).expect("smaller than a length")]
    }
}

/// Shows nothing of what is kept: that may be secret.
impl<T> fmt::Debug for Slots<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slots").field("slots", &self.slots.len()).finish_non_exhaustive()
    }
}
