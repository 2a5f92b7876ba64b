//! What answers show of hosted connections.

use crate::ids::ConnectionId;
use crate::model::hosted_connection::{HostedConnection, Seen};
use crate::model::virtual_interface::Parent;
use crate::ops::view;
use crate::tx::Tx;
use crossconnect_api::shapes;

/// A hosted connection as it is at `now`.
pub(in crate::ops) fn connection(tx: &mut Tx<'_>, hosted: &HostedConnection) -> shapes::Connection {
    let parent_up = tx.parent_up(hosted.parent);
    let state = hosted.seen(&parent_up).at(tx.now());
    to_wire(tx, hosted, state)
}

/// A hosted connection that this call has created or changed.
pub(in crate::ops) fn changed(tx: &mut Tx<'_>, id: ConnectionId) -> shapes::Connection {
    let after = tx.hosted_connection(id).expect("this call has written it");
    let parent_up = tx.parent_up(after.parent);
    let before = tx.hosted_connection_before(id).map(|(before, up)| before.seen(&up));
    let state = after.seen(&parent_up).answer(before.as_ref(), tx.now());
    to_wire(tx, &after, state)
}

/// What it shows of the interconnect or LAG that carries it.
#[derive(Default)]
struct OfHost {
    device: Option<String>,
    provider: Option<String>,
    mac_sec: bool,
    redundancy: Option<shapes::HasLogicalRedundancy>,
}

fn of_host(tx: &mut Tx<'_>, parent: Parent) -> OfHost {
    match parent {
        Parent::Connection(id) => tx.connection(id).map(|interconnect| {
            let seen = view::connection(tx, &interconnect);
            OfHost {
                device: seen.aws_device_v2,
                provider: seen.provider_name,
                mac_sec: interconnect.mac_sec,
                redundancy: seen.has_logical_redundancy,
            }
        }),
        Parent::Lag(id) => tx.lag(id).map(|lag| OfHost {
            device: Some(lag.device().to_string()),
            provider: lag.provider.as_deref().map(str::to_owned),
            mac_sec: lag.mac_sec,
            redundancy: tx.device(lag.device()).map(|device| device.redundancy_to_wire()),
        }),
        Parent::Hosted(_) => None,
    }
    .unwrap_or_default()
}

/// It has no MACsec, prefixes, rate limiters or billing mode of its own [model].
fn to_wire(tx: &mut Tx<'_>, hosted: &HostedConnection, state: Seen) -> shapes::Connection {
    let host = of_host(tx, hosted.parent);
    let lag_id = match hosted.parent {
        Parent::Lag(id) => Some(id.to_string()),
        Parent::Connection(_) | Parent::Hosted(_) => None,
    };
    // Tags are the owner's alone: the partner sees none [guide].
    let tags = if hosted.owner == tx.caller() { hosted.tags.to_wire() } else { Vec::new() };
    shapes::Connection {
        owner_account: Some(hosted.owner.to_string()),
        connection_id: Some(hosted.id.to_string()),
        connection_name: Some(hosted.name.to_string()),
        connection_state: Some(state.to_wire()),
        region: Some(hosted.region.to_string()),
        location: Some(hosted.location.to_string()),
        bandwidth: Some(hosted.bandwidth.to_string()),
        vlan: Some(i32::from(hosted.vlan)),
        // A partner is known by the provider that it ordered through, or by its account.
        partner_name: Some(host.provider.clone().unwrap_or_else(|| hosted.partner.to_string())),
        lag_id,
        jumbo_frame_capable: Some(host.device.is_some()),
        aws_device: host.device.clone(),
        aws_device_v2: host.device.clone(),
        aws_logical_device_id: host.device,
        has_logical_redundancy: host.redundancy.or(Some(shapes::HasLogicalRedundancy::Unknown)),
        tags: Some(tags),
        provider_name: host.provider,
        mac_sec_capable: Some(false),
        partner_interconnect_mac_sec_capable: Some(host.mac_sec),
        ..shapes::Connection::default()
    }
}
