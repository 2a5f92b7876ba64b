//! The wall clock and the operating system's randomness: what the core takes as arguments.

use crossconnect_core::{ControlRejection, Rejection, Timestamp};
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

/// A moment as the control API spells it; what lies beyond the year 9999 shows as its end.
pub(crate) fn rfc3339(at: Timestamp) -> String {
    let saturated = if at.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    jiff::Timestamp::from_millisecond(at.0).unwrap_or(saturated).to_string()
}

/// Why the operator was refused, with moments as the control API spells them.
pub(crate) fn rejection_text(rejection: &Rejection) -> String {
    match rejection {
        Rejection::Control(ControlRejection::ClockBackwards { now, wanted }) => format!(
            "The clock cannot go back: it shows {}, and {} was asked for",
            rfc3339(Timestamp(*now)),
            rfc3339(Timestamp(*wanted))
        ),
        Rejection::Control(ControlRejection::ClockAhead { last, system }) => format!(
            "the store's last commit was made at {}, more than 5 s ahead of this machine's clock, which shows {}; \
             set the clock right, or start with --clock manual",
            rfc3339(Timestamp(*last)),
            rfc3339(Timestamp(*system))
        ),
        other => other.to_string(),
    }
}

/// A random id in the form of a UUID of version 4.
pub(crate) fn request_id() -> String {
    let mut bytes = [0; 16];
    random(&mut bytes);
    let mut id = u128::from_be_bytes(bytes);
    id = id & !(0xf << 76) | 0x4 << 76;
    id = id & !(0x3 << 62) | 0x2 << 62;
    let hex = format!("{id:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_ids_are_uuids() {
        let (one, other) = (request_id(), request_id());
        assert_ne!(one, other);
        let lengths: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(&one[14..15], "4", "{one}");
        assert!("89ab".contains(&one[19..20]), "{one}");
    }

    #[test]
    fn moments_are_spelled_in_utc() {
        assert_eq!(rfc3339(Timestamp::MANUAL_START), "2026-01-01T00:00:00Z");
        assert_eq!(rfc3339(Timestamp(i64::MAX)), rfc3339(Timestamp(i64::MAX - 1)));
    }
}
