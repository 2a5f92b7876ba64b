//! A moment on the wire.

/// Milliseconds since 1970-01-01T00:00:00Z, the finest that the wire carries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Milliseconds, negative before 1970.
    pub millis: i64,
}

impl Timestamp {
    /// The first moment that the wire carries: the year 1.
    pub const MIN: Self = Self { millis: -62_135_596_800_000 };
    /// The last moment that the wire carries: the end of the year 9999.
    pub const MAX: Self = Self { millis: 253_402_300_799_999 };

    /// The moment of whole seconds since 1970, if the wire carries it.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        Self::within(seconds.checked_mul(1000)?)
    }

    /// The moment of seconds with a fraction since 1970, to the nearest millisecond, if the wire carries it.
    pub fn from_fractional_seconds(seconds: f64) -> Option<Self> {
        let millis = (seconds * 1000.0).round();
        // Every value within the range of the wire is a whole number that i64 holds; NaN fails both comparisons.
        let carried = millis >= Self::MIN.millis as f64 && millis <= Self::MAX.millis as f64;
        carried.then_some(Self { millis: millis as i64 })
    }

    fn within(millis: i64) -> Option<Self> {
        (Self::MIN.millis..=Self::MAX.millis).contains(&millis).then_some(Self { millis })
    }
}
