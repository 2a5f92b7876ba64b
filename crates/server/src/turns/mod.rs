//! Whose turn it is: how many calls an account may have under way, and in which order their work is done.
//!
//! Most calls are decided where they arrive, at once. Where several accounts call at one time, one that has used up its
//! part of a moment waits, and those who wait are let on in turn, so that a flood of one account's calls holds up its
//! own. Callers who have not proven who they are share one turn, since a name that is merely claimed proves nothing.

mod lane;
mod standing;
mod waiting;

pub(crate) use standing::Standing;

use lane::Lane;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicU64, AtomicUsize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::oneshot;
use waiting::Waiting;

/// A moment: over this time it is counted what an account has used, in microseconds.
const MOMENT_MICROS: u64 = 2_000;
/// How long an account that has called counts as one that calls, in microseconds; at most twice this.
const ACTIVE_MICROS: u64 = 1_000_000;
/// What part of its share of a moment an account uses before its calls wait for others'.
const AT_ONCE: u64 = 4;
/// How many calls are let on at one time for each thread.
const SLOTS: usize = 2;
/// As many calls of a kind an account may have under way even when all accounts together have as many as they may.
const RESERVED: usize = 8;
/// How many lanes are kept before those that nobody uses are forgotten.
const LANES_KEPT: usize = 1024;

/// Names a lane: an account's number, or one of [`UNPROVEN`] and the hashes of names that are believed.
pub(crate) type LaneKey = u64;

/// All who have not proven who they are.
const UNPROVEN: LaneKey = LaneKey::MAX;
/// The operator, whom no account holds up.
pub(crate) const OPERATOR: LaneKey = LaneKey::MAX - 1;

/// What a call does. The two are counted apart: who changes much can still read, which costs no more than a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// It reads, or rehearses a change.
    Reads,
    /// It waits for the writer.
    Changes,
}

/// Everybody's turns.
#[derive(Debug)]
pub(crate) struct Turns {
    all_max: usize,
    each_max: usize,
    threads: usize,
    began: Instant,
    under_way: AtomicUsize,
    under_way_most: AtomicUsize,
    lanes: Mutex<BTreeMap<LaneKey, Arc<Lane>>>,
    active: Active,
    waiting: Mutex<Waiting>,
    waiting_most: AtomicUsize,
}

/// How many lanes are in use.
#[derive(Debug, Default)]
struct Active {
    second: AtomicU64,
    now: AtomicUsize,
    before: AtomicUsize,
}

/// A call that is under way until this value is dropped.
pub(crate) struct Admitted<'a> {
    turns: &'a Arc<Turns>,
    work: Work,
    /// Among whose calls it counts.
    counted: Arc<Lane>,
    /// With whose calls it takes turns.
    lane: Arc<Lane>,
}

/// A call that is under way, and the time in which its work is done. That time must be over before anything is awaited.
pub(crate) struct Turn<'a> {
    call: Admitted<'a>,
    began: Option<Instant>,
    slot: Option<Slot>,
}

/// One of the places for calls that have waited.
#[derive(Debug)]
struct Slot(Option<Arc<Turns>>);

impl Turns {
    /// Turns for so many calls under way, so many of them one account's, on so many threads.
    pub(crate) fn new(all_max: usize, each_max: usize, threads: usize) -> Arc<Self> {
        Arc::new(Turns {
            all_max,
            each_max,
            threads,
            began: Instant::now(),
            under_way: AtomicUsize::new(0),
            under_way_most: AtomicUsize::new(0),
            lanes: Mutex::default(),
            active: Active::default(),
            waiting: Mutex::default(),
            waiting_most: AtomicUsize::new(0),
        })
    }

    /// Lets a call begin, unless as many are under way as may be. Who has proven nothing takes turns with all such
    /// callers, but can only use up the calls of the address that he has.
    pub(crate) fn admit<'a>(
        self: &'a Arc<Self>,
        standing: &Standing,
        key: LaneKey,
        work: Work,
    ) -> Option<Admitted<'a>> {
        let lane = self.lane(standing, key);
        let counted = if key == UNPROVEN { self.find(standing.address) } else { lane.clone() };
        let all = self.under_way.fetch_add(1, Relaxed) + 1;
        let own = counted.under_way(work).fetch_add(1, Relaxed) + 1;
        // From here on it is counted, and no longer when it is dropped.
        let admitted = Admitted { turns: self, work, counted, lane };
        if own > self.each_max || (all > self.all_max && own > RESERVED) {
            return None;
        }
        if all > self.under_way_most.load(Relaxed) {
            self.under_way_most.fetch_max(all, Relaxed);
        }
        Some(admitted)
    }

    /// How many calls are under way, and have been at most.
    pub(crate) fn under_way(&self) -> [usize; 2] {
        [self.under_way.load(Relaxed), self.under_way_most.load(Relaxed)]
    }

    /// How many calls have waited for their turn at most.
    pub(crate) fn waiting_most(&self) -> usize {
        self.waiting_most.load(Relaxed)
    }

    /// A lane, which a connection looks up once for all calls of one account.
    fn lane(&self, standing: &Standing, key: LaneKey) -> Arc<Lane> {
        let mut shown = standing.shown();
        if let Some(lane) = shown.lane.as_ref().filter(|lane| lane.key == key) {
            return lane.clone();
        }
        let lane = self.find(key);
        shown.lane = Some(lane.clone());
        lane
    }

    fn find(&self, key: LaneKey) -> Arc<Lane> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if lanes.len() >= LANES_KEPT && !lanes.contains_key(&key) {
            lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
        }
        lanes.entry(key).or_insert_with(|| Arc::new(Lane::new(key))).clone()
    }

    fn micros(&self, now: Instant) -> u64 {
        u64::try_from(now.saturating_duration_since(self.began).as_micros()).unwrap_or(u64::MAX)
    }

    /// Whether calls of a lane must wait for others: it is not alone, and has used up its part of this moment.
    fn must_wait(&self, lane: &Lane, now: Instant) -> bool {
        let micros = self.micros(now);
        let active = self.active.count(micros / ACTIVE_MICROS);
        if active < 2 {
            return false;
        }
        let all_nanos = MOMENT_MICROS * 1000 * self.threads as u64;
        lane.used_nanos(micros / MOMENT_MICROS) > all_nanos / active as u64 / AT_ONCE
    }

    /// Notes what a call has used.
    fn charge(&self, lane: &Lane, began: Instant, has_waited: bool) {
        let now = Instant::now();
        let micros = self.micros(now);
        let used = now - began;
        lane.charge(micros / MOMENT_MICROS, used);
        if lane.is_new_in(micros / ACTIVE_MICROS) {
            self.active.one_more(micros / ACTIVE_MICROS);
        }
        if has_waited {
            self.waiting().charge(lane, used);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn wait(self: &Arc<Self>, lane: &Arc<Lane>) -> Option<Slot> {
        let (sender, slot) = oneshot::channel();
        let length = self.waiting().push(lane, sender);
        self.waiting_most.fetch_max(length, Relaxed);
        // Others whose requests have arrived come to wait here first, or pass: only then is it known who is next.
        tokio::task::yield_now().await;
        self.let_on();
        slot.await.ok()
    }

    /// Lets on who is next while there are places.
    fn let_on(self: &Arc<Self>) {
        loop {
            let next = self.waiting().next(self.threads * SLOTS);
            let Some(next) = next else { return };
            if let Err(mut slot) = next.send(Slot(Some(self.clone()))) {
                // Its client has gone.
                slot.0 = None;
                self.waiting().gives_back();
            }
        }
    }
}

impl Active {
    fn count(&self, second: u64) -> usize {
        match second - self.second.load(Relaxed).min(second) {
            0 => self.now.load(Relaxed).max(self.before.load(Relaxed)),
            1 => self.now.load(Relaxed),
            _ => 0,
        }
    }

    /// Counts a lane that is new in a second. What two threads do at one time may be counted wrongly once, and is
    /// forgotten a second later.
    fn one_more(&self, second: u64) {
        let last = self.second.swap(second, Relaxed);
        if last != second {
            let before = self.now.swap(0, Relaxed);
            self.before.store(if last + 1 == second { before } else { 0 }, Relaxed);
        }
        self.now.fetch_add(1, Relaxed);
    }
}

impl<'a> Admitted<'a> {
    /// Waits until it is this call's turn.
    pub(crate) async fn turn(self) -> Turn<'a> {
        let mut turn = Turn { call: self, began: None, slot: None };
        turn.goes_on().await;
        turn
    }
}

impl Turn<'_> {
    /// Waits until it is this call's turn again, after it has ended.
    pub(crate) async fn goes_on(&mut self) {
        let began = Instant::now();
        let Admitted { turns, lane, .. } = &self.call;
        let must_wait = turns.must_wait(lane, began);
        if must_wait {
            self.slot = turns.wait(lane).await;
        }
        self.began = Some(if must_wait { Instant::now() } else { began });
    }

    /// The work is done; the call goes on, and waits for somebody else's.
    pub(crate) fn ends(&mut self) {
        if let Some(began) = self.began.take() {
            self.call.turns.charge(&self.call.lane, began, self.slot.is_some());
            self.slot = None;
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.ends();
    }
}

impl Drop for Admitted<'_> {
    fn drop(&mut self) {
        self.counted.under_way(self.work).fetch_sub(1, Relaxed);
        self.turns.under_way.fetch_sub(1, Relaxed);
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if let Some(turns) = self.0.take() {
            turns.waiting().gives_back();
            turns.let_on();
        }
    }
}

#[cfg(test)]
mod tests;
