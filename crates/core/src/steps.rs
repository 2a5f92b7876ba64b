//! `Steps`: a value from each moment on, past and planned. History and forecast are read from the same value.

use crate::time::{Duration, Timestamp};
use minicbor::data::Type;
use minicbor::decode::{self, Decoder};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};
use smallvec::{SmallVec, smallvec};

/// How many steps of the past a value remembers.
pub const STEPS_MAX: usize = 64;

/// A value from each moment on. Never empty; moments never decrease; of several steps at one moment the last one holds,
/// and the others are kept, so that an interval of length zero is still part of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps<T> {
    // Most values never change: the first step needs no allocation.
    steps: SmallVec<[(Timestamp, T); 1]>,
}

impl<T: Copy + Eq> Steps<T> {
    /// One value from `since` on.
    pub fn new(since: Timestamp, value: T) -> Self {
        Steps { steps: smallvec![(since, value)] }
    }

    /// The value at `now`: that of the last step not after it, or the first value when `now` lies before all.
    pub fn at(&self, now: Timestamp) -> T {
        self.steps[self.past(now).saturating_sub(1)].1
    }

    /// Since when the value at `now` holds.
    pub fn since(&self, now: Timestamp) -> Timestamp {
        self.steps[self.past(now).saturating_sub(1)].0
    }

    /// The next planned step after `now`.
    pub fn next(&self, now: Timestamp) -> Option<(Timestamp, T)> {
        self.steps.get(self.past(now)).copied()
    }

    /// The first step: what the value starts from.
    pub fn first(&self) -> (Timestamp, T) {
        self.steps[0]
    }

    /// The same steps of another value that follows from this one.
    pub fn map<U: Copy + Eq>(&self, of: impl Fn(T) -> U) -> Steps<U> {
        let (since, value) = self.first();
        let mut mapped = Steps::new(since, of(value));
        for (at, value) in self.iter().skip(1) {
            mapped.push(at, of(value));
        }
        mapped
    }

    /// Every step, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Timestamp, T)> + ExactSizeIterator + '_ {
        self.steps.iter().copied()
    }

    /// The last step, planned ones included.
    pub fn last(&self) -> (Timestamp, T) {
        *self.steps.last().expect("steps are never empty")
    }

    /// Whether the value was ever `value` up to `now`.
    pub fn was(&self, value: T, now: Timestamp) -> bool {
        self.steps[..self.past(now)].iter().any(|step| step.1 == value)
    }

    /// Drops what was planned after `now`, then holds `value` from `now` on.
    pub fn set(&mut self, now: Timestamp, value: T) {
        self.steps.truncate(self.past(now).max(1));
        self.push(now, value);
    }

    /// Drops every step from `from` on but the first one.
    pub fn cancel_from(&mut self, from: Timestamp) {
        self.steps.truncate(self.steps.partition_point(|step| step.0 < from).max(1));
    }

    /// Takes the last step away, unless it is the only one.
    pub fn cancel_last(&mut self) {
        self.steps.truncate(self.steps.len().saturating_sub(1).max(1));
    }

    /// Adds one more step at the end; a step that repeats the value before it is no step.
    ///
    /// # Panics
    /// When `from` lies before the last step: a plan is written in order.
    pub fn push(&mut self, from: Timestamp, value: T) {
        let (last, held) = self.last();
        assert!(last <= from, "a step at {from:?} cannot follow one at {last:?}");
        if held != value {
            self.steps.push((from, value));
        }
    }

    /// Forgets every step up to `now` but the one that holds, which becomes the value to start from.
    pub fn forget_until(&mut self, now: Timestamp) {
        self.steps.drain(..self.past(now).saturating_sub(1));
    }

    /// What was up to `now`, without plans, bounded to the last [`STEPS_MAX`] steps.
    pub fn history(&self, now: Timestamp) -> Self {
        let past = &self.steps[..self.past(now).max(1)];
        Steps { steps: past[past.len().saturating_sub(STEPS_MAX)..].into() }
    }

    /// Moves everything planned after `now` to `now`, in its order: what was under way has just ended.
    pub fn hasten(&mut self, now: Timestamp) {
        let past = self.past(now);
        for step in &mut self.steps[past..] {
            step.0 = now;
        }
    }

    /// Moves the next planned step to `now`, and leaves what is planned after it.
    pub fn hasten_next(&mut self, now: Timestamp) {
        let past = self.past(now);
        if let Some(next) = self.steps.get_mut(past) {
            next.0 = now;
        }
    }

    /// What a call made at `now` answers with: the first step that it added, else the value that holds.
    /// `before` is the same value as it was before the call.
    pub fn answer(&self, before: Option<&Steps<T>>, now: Timestamp) -> T {
        let at_now = |steps: &Steps<T>| steps.iter().filter(|step| step.0 == now).count();
        let known = before.map_or(0, at_now);
        match self.iter().filter(|step| step.0 == now).nth(known) {
            Some((_, value)) => value,
            None => self.at(now),
        }
    }

    fn past(&self, now: Timestamp) -> usize {
        self.steps.partition_point(|step| step.0 <= now)
    }
}

impl Steps<bool> {
    /// Holds when all of `causes` and `outside` hold. It begins where the last of the causes does: none of them is
    /// known to have held before. `outside` has a history of its own, and is only looked at from there on.
    ///
    /// # Panics
    /// When there is no cause.
    pub fn all(causes: &[&Steps<bool>], outside: &Steps<bool>) -> Self {
        let since = causes.iter().map(|cause| cause.first().0).max().expect("a conjunction has causes");
        // As many as a session has, so that most need no allocation.
        let mut held = SmallVec::<[bool; 8]>::new();
        let mut events = SmallVec::<[(Timestamp, usize, bool); 8]>::new();
        for (cause, steps) in causes.iter().enumerate() {
            let before = steps.steps.partition_point(|step| step.0 < since).max(1);
            held.push(steps.steps[before - 1].1);
            events.extend(steps.steps[before..].iter().map(|(at, holds)| (*at, cause, *holds)));
        }
        held.push(outside.at(since));
        events.extend(outside.iter().filter(|(at, _)| *at > since).map(|(at, holds)| (at, causes.len(), holds)));
        events.sort_by_key(|(at, ..)| *at);
        let mut all = Steps::new(since, held.iter().all(|holds| *holds));
        for (at, cause, holds) in events {
            held[cause] = holds;
            all.push(at, held.iter().all(|holds| *holds));
        }
        all
    }

    /// Holds from `delay` after this began to hold, for as long as it does; from `hastened` on where that lies between.
    pub fn delayed(&self, delay: Duration, hastened: Option<Timestamp>) -> Self {
        let (since, _) = self.first();
        let mut delayed = Steps::new(since, false);
        let mut steps = self.iter().peekable();
        while let Some((at, holds)) = steps.next() {
            let ends = steps.peek().map(|(end, _)| *end);
            let from = hastened.filter(|hastened| (at..at + delay).contains(hastened)).unwrap_or(at + delay);
            if !holds {
                delayed.push(at, false);
            } else if ends.is_none_or(|end| from < end || (delay == Duration::ZERO && at == end)) {
                delayed.push(from, true);
            }
        }
        delayed
    }
}

impl<C, T: Encode<C>> Encode<C> for Steps<T> {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, ctx: &mut C) -> Result<(), encode::Error<W::Error>> {
        e.array(self.steps.len() as u64 * 2)?;
        for (from, value) in &self.steps {
            from.encode(e, ctx)?;
            value.encode(e, ctx)?;
        }
        Ok(())
    }
}

impl<'b, C, T: Decode<'b, C>> Decode<'b, C> for Steps<T> {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, decode::Error> {
        let position = d.position();
        let length = d.array()?.unwrap_or(0);
        if length == 0 || length % 2 == 1 {
            return Err(decode::Error::type_mismatch(Type::Array)
                .at(position)
                .with_message("steps are pairs, at least one"));
        }
        let mut steps = SmallVec::with_capacity((length / 2).min(2 * STEPS_MAX as u64) as usize);
        for _ in 0..length / 2 {
            steps.push((Timestamp::decode(d, ctx)?, T::decode(d, ctx)?));
        }
        Ok(Steps { steps })
    }
}
