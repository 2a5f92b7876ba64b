//! Calls that wait for their turn, by account.

use super::lane::Lane;
use super::{LaneKey, Slot};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use tokio::sync::oneshot::Sender;

/// What a lane may use each time that its turn comes, in nanoseconds.
const QUANTUM_NANOS: i64 = 500_000;
/// How much a lane can owe, in nanoseconds.
const DEBT_NANOS: i64 = 20 * QUANTUM_NANOS;

/// Who waits, and how many were let on and have not finished.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    calls: BTreeMap<LaneKey, VecDeque<Sender<Slot>>>,
    /// The lanes that have calls, the next one first.
    order: VecDeque<Arc<Lane>>,
    length: usize,
    let_on: usize,
}

impl Waiting {
    /// Adds a call, and answers how many wait.
    pub(super) fn push(&mut self, lane: &Arc<Lane>, call: Sender<Slot>) -> usize {
        let calls = self.calls.entry(lane.key).or_default();
        if calls.is_empty() {
            self.order.push_back(lane.clone());
        }
        calls.push_back(call);
        self.length += 1;
        self.length
    }

    /// The call that is let on next, if there is one and fewer than `slots` are.
    pub(super) fn next(&mut self, slots: usize) -> Option<Sender<Slot>> {
        if self.let_on >= slots {
            return None;
        }
        loop {
            let lane = self.order.pop_front()?;
            let credit = lane.credit_nanos.load(Relaxed);
            // Who is alone has no one to wait for.
            if credit <= 0 && !self.order.is_empty() {
                lane.credit_nanos.store(credit + QUANTUM_NANOS, Relaxed);
                self.order.push_back(lane);
                continue;
            }
            let calls = self.calls.get_mut(&lane.key).expect("a lane in the order has calls");
            let call = calls.pop_front();
            if calls.is_empty() {
                self.calls.remove(&lane.key);
                lane.credit_nanos.store(credit.min(0), Relaxed);
            } else {
                self.order.push_back(lane);
            }
            self.length -= 1;
            self.let_on += 1;
            return call;
        }
    }

    /// A call that was let on has finished.
    pub(super) fn gives_back(&mut self) {
        self.let_on -= 1;
    }

    /// Notes what a call has used that was let on.
    pub(super) fn charge(&mut self, lane: &Lane, used: Duration) {
        let nanos = i64::try_from(used.as_nanos()).unwrap_or(i64::MAX);
        let credit = lane.credit_nanos.load(Relaxed).saturating_sub(nanos).max(-DEBT_NANOS);
        lane.credit_nanos.store(credit, Relaxed);
    }
}
