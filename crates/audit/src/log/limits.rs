//! How large a log may become.

/// How large the log and its segments may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub(super) total: u64,
    pub(super) segment: u64,
}

impl Limits {
    /// The smallest log.
    pub const TOTAL_MIN: u64 = 16 << 20;
    const SEGMENTS: u64 = 16;
    const SEGMENT_MAX: u64 = 16 << 20;

    /// A log of so many bytes at most; what is less than the least counts as that.
    pub fn of(total: u64) -> Self {
        let total = total.max(Self::TOTAL_MIN);
        Limits { total, segment: (total / Self::SEGMENTS).min(Self::SEGMENT_MAX) }
    }
}
