//! The wall clock and the operating system's randomness: what the core takes as arguments.

use crossconnect_core::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// What the machine's clock shows.
pub(crate) fn wall() -> Timestamp {
    let millis = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |millis| -millis),
    };
    Timestamp(millis)
}

/// Fills `bytes` from the operating system.
pub(crate) fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system has randomness");
}
