//! Moments and durations as the core knows them: whole milliseconds, always arguments, never read from a clock.

use minicbor::{Decode, Encode};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Timestamp(#[n(0)] pub i64);

/// A length of time, in milliseconds, never negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Duration(#[n(0)] pub i64);

impl Timestamp {
    /// Where a manual clock starts: 2026-01-01T00:00:00Z.
    pub const MANUAL_START: Timestamp = Timestamp(1_767_225_600_000);

    /// This moment on the wire: the API's timestamps have the same unit.
    pub fn to_wire(self) -> crossconnect_api::Timestamp {
        crossconnect_api::Timestamp { millis: self.0 }
    }
}

impl Duration {
    /// No time at all.
    pub const ZERO: Duration = Duration(0);

    /// So many whole seconds.
    pub const fn from_seconds(seconds: i64) -> Duration {
        Duration(seconds * 1000)
    }
}

impl std::ops::Add<Duration> for Timestamp {
    type Output = Timestamp;

    fn add(self, duration: Duration) -> Timestamp {
        Timestamp(self.0.saturating_add(duration.0))
    }
}

impl std::ops::Sub<Duration> for Timestamp {
    type Output = Timestamp;

    fn sub(self, duration: Duration) -> Timestamp {
        Timestamp(self.0.saturating_sub(duration.0))
    }
}
