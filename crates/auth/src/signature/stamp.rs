//! The date of a signature.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::error::shown;
use super::{SKEW_MAX_S, SignatureError};

/// When a request was signed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stamp<'r> {
    /// `YYYYMMDDTHHMMSSZ`, as it was sent and signed.
    pub(super) text: &'r str,
    /// Seconds since 1970.
    epoch: i64,
}

impl<'r> Stamp<'r> {
    pub(super) fn read(value: &'r [u8]) -> Result<Self, SignatureError> {
        let text = value.trim_ascii();
        parse(text).ok_or_else(|| SignatureError::DateFormat { got: shown(text) })
    }

    /// `YYYYMMDD`.
    pub(super) fn day(&self) -> &'r str {
        &self.text[..8]
    }

    /// Requires the date to be at most [`SKEW_MAX_S`] from `now`.
    pub(super) fn require_near(&self, now: i64) -> Result<(), SignatureError> {
        let [oldest, latest] = [now.saturating_sub(SKEW_MAX_S), now.saturating_add(SKEW_MAX_S)];
        let signed = || self.text.to_owned();
        if self.epoch < oldest {
            return Err(SignatureError::Expired { signed: signed(), oldest: basic(oldest), now: basic(now) });
        }
        if self.epoch > latest {
            return Err(SignatureError::NotYetCurrent { signed: signed(), latest: basic(latest), now: basic(now) });
        }
        Ok(())
    }
}

fn parse(text: &[u8]) -> Option<Stamp<'_>> {
    let &[y1, y2, y3, y4, o1, o2, d1, d2, b'T', h1, h2, m1, m2, s1, s2, b'Z'] = text else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i16, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0')))
    };
    let pair = |digits: [u8; 2]| number(&digits).and_then(|value| i8::try_from(value).ok());
    let [month, day, hour] = [pair([o1, o2])?, pair([d1, d2])?, pair([h1, h2])?];
    let [minute, second] = [pair([m1, m2])?, pair([s1, s2])?];
    let civil = DateTime::new(number(&[y1, y2, y3, y4])?, month, day, hour, minute, second, 0).ok()?;
    let epoch = Offset::UTC.to_timestamp(civil).ok()?.as_second();
    Some(Stamp { text: str::from_utf8(text).ok()?, epoch })
}

/// A time as AWS writes it. One beyond year 9999 is shown as a number: no clock is there.
pub(super) fn basic(epoch: i64) -> String {
    let Ok(timestamp) = Timestamp::from_second(epoch) else {
        return epoch.to_string();
    };
    let civil = Offset::UTC.to_datetime(timestamp);
    let [month, day, hour] = [civil.month(), civil.day(), civil.hour()];
    format!("{:04}{month:02}{day:02}T{hour:02}{:02}{:02}Z", civil.year(), civil.minute(), civil.second())
}
