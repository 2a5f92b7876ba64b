//! What one account uses.

use super::{LaneKey, Work};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize};
use std::time::Duration;

/// The calls of one account. Its numbers are kept without locks: what two threads note at one time may be off by one
/// call, which the next moment forgets.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) key: LaneKey,
    /// Calls that are under way, by [`Work`].
    under_way: [AtomicUsize; 2],
    /// What it may still use before others have their turn, in nanoseconds. It changes under the lock of who waits.
    pub(super) credit_nanos: AtomicI64,
    moment: AtomicU64,
    used_nanos: AtomicU64,
    /// The second in which it was counted as active.
    second: AtomicU64,
}

impl Lane {
    pub(super) fn new(key: LaneKey) -> Self {
        Lane {
            key,
            under_way: Default::default(),
            credit_nanos: AtomicI64::new(0),
            moment: AtomicU64::new(0),
            used_nanos: AtomicU64::new(0),
            second: AtomicU64::new(u64::MAX),
        }
    }

    /// Its calls of that kind that are under way.
    pub(super) fn under_way(&self, work: Work) -> &AtomicUsize {
        &self.under_way[work as usize]
    }

    /// What was used in that moment.
    pub(super) fn used_nanos(&self, moment: u64) -> u64 {
        if self.moment.load(Relaxed) == moment { self.used_nanos.load(Relaxed) } else { 0 }
    }

    /// Adds to what was used in that moment.
    pub(super) fn charge(&self, moment: u64, used: Duration) {
        let nanos = u64::try_from(used.as_nanos()).unwrap_or(u64::MAX);
        if self.moment.swap(moment, Relaxed) == moment {
            self.used_nanos.fetch_add(nanos, Relaxed);
        } else {
            self.used_nanos.store(nanos, Relaxed);
        }
    }

    /// Whether it was not active in that second before.
    pub(super) fn is_new_in(&self, second: u64) -> bool {
        self.second.load(Relaxed) != second && self.second.swap(second, Relaxed) != second
    }
}
