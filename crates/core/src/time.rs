//! Moments and durations as the core knows them: whole milliseconds, always arguments, never read from a clock.

use minicbor::{Decode, Encode};
use std::fmt;

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

    /// The last moment that has a spelling: the end of the year 9999.
    pub const LAST: Timestamp = Timestamp(253_402_300_799_999);

    /// This moment on the wire: the API's timestamps have the same unit.
    pub fn to_wire(self) -> crossconnect_api::Timestamp {
        crossconnect_api::Timestamp { millis: self.0 }
    }
}

impl From<Timestamp> for crossconnect_papers::Moment {
    /// The second that it lies in.
    fn from(at: Timestamp) -> Self {
        let millis = at.0.clamp(0, Timestamp::LAST.0);
        let ((year, month, day), of_day) = (civil(millis / 86_400_000), millis / 1000 % 86_400);
        let part = |value: i64| u8::try_from(value).expect("months, days, hours, minutes and seconds are small");
        crossconnect_papers::Moment {
            year: u16::try_from(year).expect("the last year is 9999"),
            month: part(month),
            day: part(day),
            hour: part(of_day / 3600),
            minute: part(of_day / 60 % 60),
            second: part(of_day % 60),
        }
    }
}

/// As RFC 3339 spells it, in UTC; what lies before the year 0 or after the year 9999 shows as its edge.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const FIRST: i64 = -62_167_219_200_000;
        let millis = self.0.clamp(FIRST, Timestamp::LAST.0);
        let (year, month, day) = civil(millis.div_euclid(86_400_000));
        let of_day = millis.rem_euclid(86_400_000);
        let (hour, minute, second) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1000 % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        match of_day % 1000 {
            0 => f.write_str("Z"),
            millis => write!(f, ".{millis:03}Z"),
        }
    }
}

/// Year, month and day of a day that is counted from 1970-01-01, in the Gregorian calendar. Years are counted from
/// March, so that a leap day ends one, in cycles of 400 years.
fn civil(days: i64) -> (i64, i64, i64) {
    const CYCLE: i64 = 146_097;
    let days = days + 719_468;
    let (cycle, day) = (days.div_euclid(CYCLE), days.rem_euclid(CYCLE));
    let year = (day - day / 1460 + day / 36_524 - day / (CYCLE - 1)) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let march_based = (5 * of_year + 2) / 153;
    let month = if march_based < 10 { march_based + 3 } else { march_based - 9 };
    let is_next_year = i64::from(month <= 2);
    (year + 400 * cycle + is_next_year, month, of_year - (153 * march_based + 2) / 5 + 1)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_spelled_in_utc() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (951_868_799_007, "2000-02-29T23:59:59.007Z"),
            (951_868_800_000, "2000-03-01T00:00:00Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z"),
            (4_107_456_000_000, "2100-02-28T00:00:00Z"),
            (Timestamp::MANUAL_START.0, "2026-01-01T00:00:00Z"),
            (Timestamp::LAST.0, "9999-12-31T23:59:59.999Z"),
            (i64::MAX, "9999-12-31T23:59:59.999Z"),
            (i64::MIN, "0000-01-01T00:00:00Z"),
        ] {
            assert_eq!(Timestamp(millis).to_string(), text);
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut before = civil(-719_529);
        for day in -719_528..=2_932_896 {
            let next = civil(day);
            let (year, month, of_month) = before;
            let follows = [(year, month, of_month + 1), (year, month + 1, 1), (year + 1, 1, 1)];
            assert!(follows.contains(&next), "{before:?} {next:?}");
            before = next;
        }
        assert_eq!(before, (9999, 12, 31));
    }
}
