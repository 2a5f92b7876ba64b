//! Ordering dedicated ports: what CreateConnection and CreateLag ask of an order alike.

use super::require;
use crate::catalogue::{self, Location};
use crate::ids::{ConnectionId, LocationCode};
use crate::model::bandwidth::Bandwidth;
use crate::model::billing::BillingMode;
use crate::rejection::OrderRejection;
use crate::settings::Quota;
use crate::tx::Tx;

/// The longest name, in characters [inferred].
const NAME_MAX: usize = 255;

/// Ports as they are ordered.
pub(super) struct Order<'a> {
    /// Where.
    pub(super) location: &'static Location,
    /// The speed of each.
    pub(super) bandwidth: Bandwidth,
    /// The member that names the speed.
    pub(super) bandwidth_member: &'static str,
    /// Through whom.
    pub(super) provider: Option<&'a str>,
    /// With MACsec or not.
    pub(super) mac_sec: bool,
    /// How each is paid for.
    pub(super) billing: BillingMode,
}

/// A name has 1 to 255 characters.
pub(super) fn is_name(member: &'static str, name: &str) -> Result<(), OrderRejection> {
    let length = name.chars().count();
    require(length > 0, || OrderRejection::EmptyName { member })?;
    require(length <= NAME_MAX, || OrderRejection::LongName { member, length })
}

/// The speed of this name.
pub(super) fn bandwidth(member: &'static str, value: &str) -> Result<Bandwidth, OrderRejection> {
    Bandwidth::parse(value).ok_or_else(|| OrderRejection::UnknownBandwidth { member, value: value.to_owned() })
}

/// The location of this code in the Region of the call.
pub(super) fn location(tx: &Tx<'_>, code: &str) -> Result<&'static Location, OrderRejection> {
    catalogue::find(tx.region(), code)
        .ok_or_else(|| OrderRejection::UnknownLocation { code: code.to_owned(), region: tx.region() })
}

/// The location offers what is ordered.
pub(super) fn is_offered(order: &Order<'_>) -> Result<(), OrderRejection> {
    let location = order.location;
    let (key, bandwidth) = (location.key(), order.bandwidth.as_str());
    require(location.port_speeds.contains(&order.bandwidth), || OrderRejection::BandwidthNotOffered {
        member: order.bandwidth_member,
        bandwidth,
        location: key,
        offered: location.port_speeds.iter().map(|speed| speed.as_str()).collect::<Vec<_>>().join(", "),
    })?;
    if let Some(provider) = order.provider {
        require(location.has_provider(provider), || OrderRejection::UnknownProvider {
            value: provider.to_owned(),
            location: key,
            known: location.providers.join(", "),
        })?;
    }
    let has_mac_sec = location.mac_sec_port_speeds.contains(&order.bandwidth);
    require(!order.mac_sec || has_mac_sec, || OrderRejection::MacSecNotOffered { bandwidth, location: key })?;
    require(!order.billing.is_flat_rate() || order.bandwidth.has_flat_rate(), || OrderRejection::FlatRateNotOffered {
        mode: order.billing.as_str(),
        bandwidth,
    })
}

/// All of the account's dedicated connections at the location are at a flat rate, or none is; `except` does not count.
pub(super) fn is_billed_alike(
    tx: &mut Tx<'_>,
    location: LocationCode,
    mode: BillingMode,
    except: Option<ConnectionId>,
) -> Result<(), OrderRejection> {
    match tx.live_at_rate(location, !mode.is_flat_rate(), except) {
        None => Ok(()),
        Some(other) => {
            let others = other.billing.as_str();
            Err(OrderRejection::MixedBilling { mode: mode.as_str(), location, others })
        }
    }
}

/// So many more connections at the location stay within the account's quota.
pub(super) fn is_within_quota(tx: &mut Tx<'_>, location: LocationCode, wanted: usize) -> Result<(), OrderRejection> {
    let (account, region) = (tx.caller(), tx.region());
    let limit = tx.quota(Quota::ConnectionsPerLocation);
    // Counting stops where the answer is known.
    let live = tx.live_at_location(account, region, location).take(limit + 1).count();
    require(live + wanted <= limit, || OrderRejection::ConnectionQuota { location, account, live, wanted, limit })
}
