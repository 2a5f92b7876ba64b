//! How much a client may ask of the server: one table, which the file's `[limits]` can change.

use std::time::Duration;

/// How much of a body that is too long is read and thrown away before the connection is given up, in bytes.
pub(super) const BODY_DRAINED_MAX: usize = 16 << 20;

/// In what a limit is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Pieces, or bytes.
    Count,
    /// Milliseconds.
    Time,
}

macro_rules! limits {
    ($($variant:ident = $name:literal, $unit:ident, $default:expr, $range:expr, $text:literal;)*) => {
        /// A limit.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Limit {
            $(#[doc = $text] $variant,)*
        }

        impl Limit {
            /// Every one.
            pub(crate) const ALL: &[Limit] = &[$(Limit::$variant,)*];

            /// Its name in `[limits]`.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Limit::$variant => $name,)* }
            }

            /// In what it is counted.
            pub(crate) fn unit(self) -> Unit {
                match self { $(Limit::$variant => Unit::$unit,)* }
            }

            /// What it may be set to; times in milliseconds.
            pub(crate) fn range(self) -> std::ops::RangeInclusive<u64> {
                match self { $(Limit::$variant => $range,)* }
            }

            /// What it bounds, as the README says it.
            #[cfg(test)]
            fn text(self) -> &'static str {
                match self { $(Limit::$variant => $text,)* }
            }

            const fn default(self) -> u64 {
                match self { $(Limit::$variant => $default,)* }
            }
        }
    };
}

const SECOND: u64 = 1000;
const HOUR: u64 = 3600 * SECOND;

limits! {
    Connections = "connections", Count, 1024, 1..=1 << 20, "Connections at one time. For one more, the oldest gives way that has asked for nothing yet.";
    ConnectionsPerAddress = "connections_per_address", Count, 512, 1..=1 << 20, "Connections of one address, or of one /64 of IPv6; further ones are closed at once.";
    HandshakeTimeout = "handshake_timeout", Time, 10 * SECOND, 100..=HOUR, "How long a handshake of TLS may take.";
    HeadBytes = "head_bytes", Count, 32 << 10, 8 << 10..=1 << 20, "The longest head of a request, in bytes.";
    Headers = "headers", Count, 100, 16..=1000, "Header lines of a request.";
    HeadTimeout = "head_timeout", Time, 15 * SECOND, 100..=HOUR, "How long a head may take from its first byte on; a connection ends before twice that.";
    IdleTimeout = "idle_timeout", Time, 75 * SECOND, 100..=24 * HOUR, "How long a connection may go without a byte in either direction; it ends before twice that.";
    BodyBytes = "body_bytes", Count, 1 << 20, 1 << 10..=64 << 20, "The longest body of a request, in bytes.";
    BodiesBytes = "bodies_bytes", Count, 256 << 20, 64 << 20..=1 << 31, "The bodies of all requests at one time, in bytes; of one address, a quarter.";
    BodyTimeout = "body_timeout", Time, 30 * SECOND, 100..=HOUR, "How long a body may take.";
    Streams = "streams", Count, 64, 1..=1 << 16, "Calls that one connection of HTTP/2 may have under way.";
    Requests = "requests", Count, 2048, 1..=1 << 20, "Calls of the API under way at one time.";
    RequestsPerAccount = "requests_per_account", Count, 256, 1..=1 << 20, "Those of one account that read, and as many that change something; the same of all at one address who have not proven who they are.";
    Queue = "queue", Count, 1024, 1..=1 << 20, "Changes that wait to be decided; when there are more, those of the account that has most give way.";
    DrainTimeout = "drain_timeout", Time, 10 * SECOND, 100..=HOUR, "How long the calls under way may take once the server was told to stop.";
}

/// The limits in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Limits([u64; Limit::ALL.len()]);

impl Default for Limits {
    fn default() -> Self {
        Limits(std::array::from_fn(|index| Limit::ALL[index].default()))
    }
}

impl Limits {
    /// Sets one of them, within its range.
    pub(crate) fn set(&mut self, limit: Limit, value: u64) {
        assert!(limit.range().contains(&value), "{} is checked before it is set", limit.name());
        self.0[limit as usize] = value;
    }

    /// A limit that is counted.
    pub(crate) fn count(&self, limit: Limit) -> usize {
        debug_assert_eq!(limit.unit(), Unit::Count);
        usize::try_from(self.0[limit as usize]).expect("its range fits")
    }

    /// The same for who wants fewer bits.
    pub(crate) fn count_u32(&self, limit: Limit) -> u32 {
        u32::try_from(self.0[limit as usize]).expect("its range fits")
    }

    /// A limit of time.
    pub(crate) fn time(&self, limit: Limit) -> Duration {
        debug_assert_eq!(limit.unit(), Unit::Time);
        Duration::from_millis(self.0[limit as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_within_its_range() {
        for limit in Limit::ALL {
            assert!(limit.range().contains(&limit.default()), "{}", limit.name());
        }
    }

    #[test]
    fn the_readme_has_every_limit() {
        let readme = include_str!("../../../../README.md");
        for limit in Limit::ALL {
            let default = match limit.unit() {
                Unit::Count => limit.default().to_string(),
                Unit::Time => format!("\"{}s\"", limit.default() / SECOND),
            };
            let row = format!("| `{}` | `{default}` | {} |", limit.name(), limit.text());
            assert!(readme.contains(&row), "the README lacks: {row}");
        }
    }
}
