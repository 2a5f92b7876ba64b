//! Calls that were throttled. Under a flood they are what there is most of, so that a record of each would push out what
//! the trail is kept for: the first of a span of time have records of their own, the others are counted, and one more
//! record says how many they were and from where.

use crate::clock;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How long a span is, in milliseconds.
const SPAN_MS: i64 = 10_000;
/// How many calls of a span have a record.
const NAMED_MAX: u32 = 20;
/// How many addresses are counted apart.
const ADDRESSES_MAX: usize = 16;

/// The throttled calls of the current span.
#[derive(Debug, Default)]
pub(crate) struct Throttled(Mutex<Span>);

#[derive(Debug, Default)]
struct Span {
    /// In milliseconds since 1970; none before the first call.
    began: Option<i64>,
    named: u32,
    counted: u64,
    addresses: BTreeMap<IpAddr, u64>,
}

impl Throttled {
    /// Whether a call that was throttled now has a record of its own.
    pub(crate) fn is_named(&self) -> bool {
        let mut span = self.span();
        span.began.get_or_insert_with(|| clock::wall().0);
        span.named += u32::from(span.named <= NAMED_MAX);
        span.named <= NAMED_MAX
    }

    /// Counts a call that has none.
    pub(crate) fn count(&self, address: IpAddr) {
        let mut span = self.span();
        span.began.get_or_insert_with(|| clock::wall().0);
        span.counted += 1;
        let is_room = span.addresses.len() < ADDRESSES_MAX;
        match span.addresses.get_mut(&address) {
            Some(calls) => *calls += 1,
            None if is_room => drop(span.addresses.insert(address, 1)),
            None => {}
        }
    }

    /// What is to be said of a span that is over, or is ended.
    pub(crate) fn summary(&self, is_ending: bool) -> Option<Value> {
        let (mut span, now) = (self.span(), clock::wall().0);
        let began = span.began?;
        // A clock that was set back must not keep a span open.
        if !is_ending && (began..began.saturating_add(SPAN_MS)).contains(&now) {
            return None;
        }
        let Span { counted, addresses, .. } = std::mem::take(&mut *span);
        let by_address: BTreeMap<String, u64> =
            addresses.iter().map(|(address, calls)| (address.to_canonical().to_string(), *calls)).collect();
        let others = counted - by_address.values().sum::<u64>();
        let time = super::cloud_trail::time;
        let said = json!({
            "errorCode": "ThrottlingException", "from": time(began), "to": time(now), "calls": counted,
            "addresses": by_address, "others": others,
        });
        (counted > 0).then_some(said)
    }

    fn span(&self) -> MutexGuard<'_, Span> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_a_flood_is_bounded() {
        let throttled = Throttled::default();
        assert_eq!(throttled.summary(true), None);
        let named = (0..1000).filter(|_| throttled.is_named()).count();
        assert_eq!(named, NAMED_MAX as usize);
        for last in 0..100 {
            throttled.count([192, 0, 2, last].into());
        }
        assert_eq!(throttled.summary(false), None, "the span is not over");
        let said = throttled.summary(true).unwrap();
        assert_eq!((&said["calls"], &said["others"]), (&json!(100), &json!(84)));
        assert_eq!(said["addresses"].as_object().unwrap().len(), ADDRESSES_MAX);
        // The next span begins with the next call.
        assert!(throttled.is_named());
        assert_eq!(throttled.summary(true), None, "all of its calls have records");
    }
}
