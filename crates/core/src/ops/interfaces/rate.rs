//! Rate limits of virtual interfaces: which speeds there are, how they are spelled, and how many a port takes.

use super::parent::Place;
use crate::model::virtual_interface::{Parent, VirtualInterface};
use crate::ops::require;
use crate::rejection::VirtualInterfaceRejection;
use crate::settings::Quota;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

/// The speeds of rate limiters, in megabits per second [model].
const SPEEDS: [u32; 70] = [
    50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1200, 1500, 1800, 2000, 2100, 2400, 2700, 3000, 3200, 3600,
    4000, 5000, 6000, 7000, 8000, 9000, 10_000, 12_000, 15_000, 18_000, 20_000, 21_000, 24_000, 27_000, 30_000, 32_000,
    36_000, 40_000, 50_000, 60_000, 70_000, 80_000, 100_000, 120_000, 150_000, 180_000, 200_000, 210_000, 240_000,
    270_000, 300_000, 320_000, 360_000, 400_000, 450_000, 480_000, 500_000, 540_000, 600_000, 700_000, 800_000,
    900_000, 1_000_000, 1_100_000, 1_200_000, 1_300_000, 1_400_000, 1_500_000, 1_600_000,
];

/// Reads a limit; `None` where the text takes it away: the API does not say how, so both an empty text and the console's
/// word do [inferred].
pub(in crate::ops) fn limit(text: &str) -> Result<Option<u32>, VirtualInterfaceRejection> {
    if matches!(text, "" | "Unlimited") {
        return Ok(None);
    }
    let found = SPEEDS.into_iter().find(|speed| spelled(*speed) == text);
    found.map(Some).ok_or_else(|| VirtualInterfaceRejection::RateLimit { value: text.to_owned() })
}

/// A speed as the wire spells it: `50Mbps`, `1.2Gbps`, `1Tbps`.
pub(in crate::ops) fn spelled(megabits: u32) -> String {
    let (unit, name) = match megabits {
        0..1000 => return format!("{megabits}Mbps"),
        1000..1_000_000 => (1000, "Gbps"),
        _ => (1_000_000, "Tbps"),
    };
    let (whole, rest) = (megabits / unit, megabits % unit);
    let fraction = format!("{:0width$}", rest, width = unit.ilog10() as usize);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{whole}{point}{fraction}{name}")
}

/// A limit is no faster than the port, or than the ports of a LAG together [model].
pub(in crate::ops) fn fits_speed(place: &Place, limit: Option<u32>) -> Result<(), VirtualInterfaceRejection> {
    let Some(limit) = limit else { return Ok(()) };
    require(!place.is_hosted(), || VirtualInterfaceRejection::RateLimitOnHosted {
        value: spelled(limit),
        connection: place.parent.to_string(),
    })?;
    require(limit <= place.megabits, || VirtualInterfaceRejection::RateLimitTooFast {
        value: spelled(limit),
        parent: place.parent.to_string(),
        speed: spelled(place.megabits),
    })
}

/// How many limiters there would be, and how many there may be.
pub(in crate::ops) struct Excess {
    count: usize,
    limit: usize,
    parent: Parent,
}

impl Excess {
    /// In the exception of its own.
    pub(in crate::ops) fn declared(self) -> VirtualInterfaceRejection {
        VirtualInterfaceRejection::RateLimiters {
            parent: self.parent.to_string(),
            count: self.count,
            limit: self.limit,
        }
    }

    /// From a call that does not declare it.
    pub(in crate::ops) fn undeclared(self) -> VirtualInterfaceRejection {
        let (parent, count, limit) = (self.parent.to_string(), self.count, self.limit);
        VirtualInterfaceRejection::RateLimitersUndeclared { parent, count, limit }
    }
}

/// So many more limiters beside those of `others` stay within the quota; none is always fine.
pub(in crate::ops) fn is_within_quota(
    tx: &mut Tx<'_>,
    parent: Parent,
    others: &[Arc<VirtualInterface>],
    more: usize,
) -> Result<(), Excess> {
    let count = others.iter().filter(|other| other.rate_limit.is_some()).count() + more;
    let limit = tx.quota(Quota::RateLimitersPerConnection);
    require(more == 0 || count <= limit, || Excess { count, limit, parent })
}

/// The limiters of a connection or LAG, as its owner sees them.
pub(in crate::ops) fn status(tx: &mut Tx<'_>, others: &[Arc<VirtualInterface>]) -> shapes::RateLimiterStatus {
    let allowed = tx.quota(Quota::RateLimitersPerConnection);
    let limits = others.iter().filter_map(|other| other.rate_limit);
    let (in_use, total) = (limits.clone().count(), limits.sum());
    let wire = |count: usize| Some(i32::try_from(count).unwrap_or(i32::MAX));
    shapes::RateLimiterStatus {
        max_allowed: wire(allowed),
        in_use: wire(in_use),
        remaining: wire(allowed.saturating_sub(in_use)),
        total_bandwidth: Some(spelled(total)),
    }
}
