//! Documents that the service hands out, made of facts alone: the letter that lets a facility connect a port, as PDF,
//! and the configuration of the router at the customer's end.
//!
//! The same facts give the same bytes. Nothing here knows records, callers or time: whoever calls has already decided
//! who may read what.

#![forbid(unsafe_code)]

pub mod loa;
mod metrics;
mod page;
pub mod router;

/// A moment as documents show it, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Year of the Gregorian calendar.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl Moment {
    /// The day in words, such as `1 January 2026`.
    fn day(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = MONTHS.get(usize::from(self.month) - 1).copied().unwrap_or_default();
        format!("{} {month} {}", self.day, self.year)
    }

    /// Day and time, such as `1 January 2026, 08:30 UTC`.
    fn day_and_time(self) -> String {
        format!("{}, {:02}:{:02} UTC", self.day(), self.hour, self.minute)
    }
}
