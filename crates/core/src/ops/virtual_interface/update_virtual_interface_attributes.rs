//! UpdateVirtualInterfaceAttributes: changes an interface's MTU, SiteLink, name, prefixes or rate limit.

use crate::model::virtual_interface::{Change, Gateway, Kind, Phase, Seen, VirtualInterface};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::{attributes, find, gateways, parent, pools, rate, shown};
use crate::ops::require;
use crate::prefix::Family;
use crate::rejection::{Rejection, VirtualInterfaceRejection};
use crate::routes;
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts {
    redacted: &["asn", "asnLong", "authKey", "amazonAddress", "customerAddress", "customerRouterConfig"],
    ..Facts::new(Access::Write, &[Resource::required(&["dxvif"], "virtualInterfaceId")])
};

const LIVE: [Seen; 6] = [Seen::Confirming, Seen::Verifying, Seen::Pending, Seen::Available, Seen::Down, Seen::Testing];

pub(in crate::ops) fn update_virtual_interface_attributes(
    tx: &mut Tx<'_>,
    input: &shapes::UpdateVirtualInterfaceAttributesRequest,
) -> Result<shapes::VirtualInterface, Rejection> {
    find::id(&input.virtual_interface_id)?;
    if let Some(name) = &input.virtual_interface_name {
        attributes::is_name(name)?;
    }
    let asked_prefixes = [
        (Family::Ipv4, input.prefix_pool_allocated_count_ipv4),
        (Family::Ipv6, input.prefix_pool_allocated_count_ipv6),
    ];
    let mut prefixes = [None, None];
    for (at, (family, asked)) in asked_prefixes.into_iter().enumerate() {
        prefixes[at] = asked.map(|value| attributes::prefix_count(tx, family, value)).transpose()?;
    }
    let rate_limit = input.rate_limit.as_deref().map(rate::limit).transpose()?;

    let interface = find::present(tx, &input.virtual_interface_id)?;
    find::is_owner(tx, &interface, "UpdateVirtualInterfaceAttributes")?;
    find::is_in(tx, &interface, &LIVE, "confirming, verifying, pending, available, down or testing")?;
    is_something(input, interface.id)?;
    let mut changed = VirtualInterface::clone(&interface);
    if let Some(value) = input.mtu {
        changed.mtu = attributes::mtu(interface.kind, value)?;
    }
    if interface.kind == Kind::Public {
        is_of_public(input, interface.id)?;
    }
    if changed.mtu != interface.mtu {
        find::is_settled(tx, &interface)?;
    }
    if let Some(site_link) = input.enable_site_link {
        if site_link {
            gateways::may_site_link(tx, interface.gateway)?;
        }
        changed.site_link = site_link;
    }
    if let Some(name) = &input.virtual_interface_name {
        changed.name = name.as_str().into();
    }
    set_prefixes(tx, &mut changed, prefixes)?;
    if let Some(limit) = rate_limit {
        set_rate_limit(tx, &mut changed, limit)?;
    }

    if changed.mtu != interface.mtu {
        interrupt(tx, &mut changed);
    }
    tx.put_virtual_interface(changed);
    Ok(shown::changed(tx, interface.id))
}

fn is_something(
    input: &shapes::UpdateVirtualInterfaceAttributesRequest,
    id: crate::ids::VirtualInterfaceId,
) -> Result<(), VirtualInterfaceRejection> {
    let changes = input.mtu.is_some()
        || input.enable_site_link.is_some()
        || input.virtual_interface_name.is_some()
        || input.prefix_pool_allocated_count_ipv4.is_some()
        || input.prefix_pool_allocated_count_ipv6.is_some()
        || input.rate_limit.is_some();
    require(changes, || VirtualInterfaceRejection::NothingToUpdate { id })
}

/// A public interface has no SiteLink and no prefixes of a pool.
fn is_of_public(
    input: &shapes::UpdateVirtualInterfaceAttributesRequest,
    id: crate::ids::VirtualInterfaceId,
) -> Result<(), VirtualInterfaceRejection> {
    let members = [
        ("enableSiteLink", input.enable_site_link == Some(true)),
        (attributes::prefix_member(Family::Ipv4), input.prefix_pool_allocated_count_ipv4.is_some()),
        (attributes::prefix_member(Family::Ipv6), input.prefix_pool_allocated_count_ipv6.is_some()),
    ];
    for (member, is_asked) in members {
        require(!is_asked, || VirtualInterfaceRejection::NotOfPublic { member, id })?;
    }
    Ok(())
}

/// More prefixes fit the pools of the port and of the gateway; fewer still cover what the sessions carry.
fn set_prefixes(
    tx: &mut Tx<'_>,
    changed: &mut VirtualInterface,
    asked: [Option<u16>; 2],
) -> Result<(), VirtualInterfaceRejection> {
    let before = [changed.prefixes_ipv4, changed.prefixes_ipv6];
    let after = [asked[0].unwrap_or(before[0]), asked[1].unwrap_or(before[1])];
    if asked == [None, None] {
        return Ok(());
    }
    for (at, family) in [Family::Ipv4, Family::Ipv6].into_iter().enumerate() {
        let used = carried(tx, changed, family);
        // What overran the allocation is not received, and does not keep it from being lowered.
        let is_received = used <= usize::from(before[at]);
        let (member, value) = (attributes::prefix_member(family), i32::from(after[at]));
        let below = || VirtualInterfaceRejection::PrefixesInUse { member, value, used, id: changed.id };
        require(!is_received || used <= usize::from(after[at]), below)?;
    }
    let more = [0, 1].map(|at| usize::from(after[at].saturating_sub(before[at])));
    let present = parent::present(tx, changed.parent);
    pools::covers(tx, changed.parent, &present, more)?;
    if let Gateway::DirectConnect(gateway) = changed.gateway {
        let now = tx.now();
        let mut attached = tx.on_gateway(gateway);
        attached.retain(|interface| interface.is_present(now));
        // What one family gives back is there for the other.
        let less = (0..2).map(|at| usize::from(before[at].saturating_sub(after[at]))).sum::<usize>();
        pools::gateway_covers(tx, gateway, &attached, [more.iter().sum::<usize>().saturating_sub(less), 0])?;
    }
    [changed.prefixes_ipv4, changed.prefixes_ipv6] = after;
    // Sessions that were down for too many prefixes may come up again.
    let (now, parent_up) = (tx.now(), tx.parent_up(changed.parent));
    changed.settle(&parent_up, now);
    routes::recount(changed, now);
    Ok(())
}

/// The most prefixes of a family that one session carries.
fn carried(tx: &Tx<'_>, interface: &VirtualInterface, family: Family) -> usize {
    let peers = interface.peers.iter().filter(|peer| peer.family == family && peer.is_present(tx.now()));
    peers.map(|peer| routes::prefixes_carried(interface, peer)).max().unwrap_or(0)
}

fn set_rate_limit(
    tx: &mut Tx<'_>,
    changed: &mut VirtualInterface,
    limit: Option<u32>,
) -> Result<(), VirtualInterfaceRejection> {
    let place = parent::of(tx, changed.parent);
    rate::fits_speed(&place, limit)?;
    let is_new = limit.is_some() && changed.rate_limit.is_none();
    let present = parent::present(tx, changed.parent);
    rate::is_within_quota(tx, changed.parent, &present, usize::from(is_new)).map_err(rate::Excess::undeclared)?;
    changed.rate_limit = limit;
    Ok(())
}

/// A changed MTU interrupts an interface that is in service.
fn interrupt(tx: &mut Tx<'_>, changed: &mut VirtualInterface) {
    let (now, parent_up) = (tx.now(), tx.parent_up(changed.parent));
    if changed.seen(&parent_up).at(now) == Seen::Available {
        tx.interrupt(changed.id);
    }
    if changed.phase.at(now) == Phase::Provisioned {
        let delays = tx.delays();
        changed.settle(&parent_up, now);
        changed.change.set(now, Change::Update);
        changed.change.push(now + delays.get(Delay::InterfaceUpdate), Change::None);
        changed.session_delay = delays.get(Delay::BgpSession);
    }
}
