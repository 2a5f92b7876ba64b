//! Virtual interfaces: what they sit on, what they take of it, and what is seen of them.

use super::Lint;
use super::time::{follows, history, steps};
use crate::model::bandwidth::Bandwidth;
use crate::model::bgp_peer;
use crate::model::connection;
use crate::model::gateway::GatewayPhase;
use crate::model::hosted_connection;
use crate::model::virtual_interface::{Change, Gateway, Kind, Parent, Phase, Seen, VirtualInterface};
use crate::settings::Quota;
use crate::tx::parent_up;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

pub(super) fn check(lint: &mut Lint<'_>) {
    let mut on_parents: BTreeMap<Parent, Vec<Arc<VirtualInterface>>> = BTreeMap::new();
    let mut on_gateways: BTreeMap<crate::ids::Uuid, Vec<Arc<VirtualInterface>>> = BTreeMap::new();
    for interface in lint.state.virtual_interfaces.values() {
        time(lint, interface);
        kind(lint, interface);
        if !interface.is_present(lint.now) {
            continue;
        }
        parent_agrees(lint, interface);
        on_parents.entry(interface.parent).or_default().push(interface.clone());
        if let Gateway::DirectConnect(gateway) = interface.gateway {
            on_gateways.entry(gateway).or_default().push(interface.clone());
        }
    }
    public_addresses_are_unique(lint);
    for (parent, interfaces) in &on_parents {
        unique(lint, *parent, interfaces);
        counts(lint, *parent, interfaces);
        pool(lint, *parent, interfaces);
    }
    for (gateway, interfaces) in &on_gateways {
        on_gateway(lint, *gateway, interfaces);
    }
}

/// Plans follow the reference and come to rest; so does what is seen.
fn time(lint: &mut Lint<'_>, interface: &VirtualInterface) {
    let id = &interface.id;
    let up = parent_up(lint.state, interface.parent);
    let seen = interface.seen(&up);
    steps(lint, id, "phase", &interface.phase);
    steps(lint, id, "change", &interface.change);
    steps(lint, id, "shown", &interface.shown);
    follows(lint, id, "phases", &interface.phase, Phase::may_follow);
    follows(lint, id, "states", &seen, Seen::may_follow);
    history(lint, id, interface.created, &interface.shown);
    let rests =
        matches!(interface.phase.last().1, Phase::Confirming | Phase::Provisioned | Phase::Deleted | Phase::Rejected);
    let rests = rests && (interface.change.last().1 == Change::None || !interface.is_live(lint.now));
    lint.require(rests, "plans come to rest", || id.to_string());
    let session = interface.peers.iter().any(|peer| interface.session(peer, &up).at(lint.now));
    let available = seen.at(lint.now) == Seen::Available;
    lint.require(session || !available, "an available interface has a session", || id.to_string());
    let gone = interface.peers.iter().all(|peer| peer.phase.at(lint.now) >= bgp_peer::Phase::Deleting);
    lint.require(gone || interface.is_live(lint.now), "peers end with their interface", || id.to_string());
}

/// Each type has what it may have.
fn kind(lint: &mut Lint<'_>, interface: &VirtualInterface) {
    let is_confirming = interface.phase.first().1 == Phase::Confirming || interface.gateway == Gateway::None;
    let leads = match (interface.kind, interface.gateway) {
        (Kind::Public, gateway) => gateway == Gateway::None,
        (Kind::Private, gateway) => is_confirming || gateway != Gateway::None,
        (Kind::Transit, gateway) => !matches!(gateway, Gateway::VirtualPrivate(_)),
    };
    lint.require(leads, "interfaces lead where their type may", || interface.id.to_string());
    let mtus: &[u16] = match interface.kind {
        Kind::Private => &[1500, 8500, 9001],
        Kind::Public => &[1500],
        Kind::Transit => &[1500, 8500],
    };
    lint.require(mtus.contains(&interface.mtu), "MTUs are those of the type", || interface.id.to_string());
    let filters = !interface.route_filters.is_empty();
    lint.require(filters == (interface.kind == Kind::Public), "public interfaces alone have filters", || {
        interface.id.to_string()
    });
    let linked = !interface.site_link || matches!(interface.gateway, Gateway::DirectConnect(_));
    lint.require(linked, "SiteLink runs over Direct Connect gateways", || interface.id.to_string());
    let named = (1..=100).contains(&interface.name.chars().count()) && (1..=4094).contains(&interface.vlan);
    lint.require(named, "interfaces have a name and a VLAN", || interface.id.to_string());
}

/// What it sits on is there, stands for itself, and is where and whose it says.
fn parent_agrees(lint: &mut Lint<'_>, interface: &VirtualInterface) {
    let now = lint.now;
    let (found, speed) = match interface.parent {
        Parent::Connection(id) => {
            let found = lint.state.connections.get(&id).filter(|found| found.is_live(now) && found.lag.is_none());
            let in_service = found.filter(|found| !found.is_interconnect());
            let in_service = in_service.filter(|found| found.phase.at(now) == connection::Phase::Provisioned);
            (in_service.map(|found| (found.owner, found.region, found.location)), found.map(|found| found.bandwidth))
        }
        Parent::Lag(id) => {
            let found = lint.state.lags.get(&id).filter(|found| found.is_live(now) && !found.allows_hosted);
            (found.map(|found| (found.owner, found.region, found.location)), found.map(|found| found.bandwidth))
        }
        Parent::Hosted(id) => {
            let found = lint.state.hosted_connections.get(&id).filter(|found| found.vlan == interface.vlan);
            let in_service = found.filter(|found| found.phase.at(now) == hosted_connection::Phase::Provisioned);
            // Rate limiters have no place on it, whatever its speed.
            (in_service.map(|found| (found.owner, found.region, found.location)), None)
        }
    };
    let said = (interface.parent_owner, interface.region, interface.location);
    lint.require(found == Some(said), "interfaces agree with what they sit on", || {
        format!("{} on {}: {said:?} and {found:?}", interface.id, interface.parent)
    });
    let fits = match (interface.rate_limit, speed) {
        (None, _) => true,
        (Some(limit), Some(speed)) => {
            // Members may leave a LAG under its limiters, so that only its largest size bounds them.
            let ports = if matches!(interface.parent, Parent::Lag(_)) { speed.lag_members_max() } else { 1 };
            limit as usize <= speed.megabits() as usize * ports
        }
        (Some(_), None) => false,
    };
    lint.require(fits, "rate limits are no faster than their port", || interface.id.to_string());
}

/// A VLAN and an address are used once on a connection or LAG.
fn unique(lint: &mut Lint<'_>, parent: Parent, interfaces: &[Arc<VirtualInterface>]) {
    let now = lint.now;
    let (mut vlans, mut addresses) = (BTreeMap::new(), BTreeMap::<IpAddr, _>::new());
    for interface in interfaces {
        let before = vlans.insert(interface.vlan, interface.id);
        lint.require(before.is_none(), "a VLAN is used once on a port", || {
            format!("{} of {} and {before:?} on {parent}", interface.vlan, interface.id)
        });
        for peer in interface.peers.iter().filter(|peer| peer.phase.at(now) != bgp_peer::Phase::Deleted) {
            for address in [peer.amazon_address.address(), peer.customer_address.address()] {
                // A peer that is being replaced has the addresses of the one that replaces it.
                let before = addresses.insert(address, interface.id).filter(|before| *before != interface.id);
                lint.require(before.is_none(), "an address is used once on a port", || {
                    format!("{address} of {} and {before:?} on {parent}", interface.id)
                });
            }
        }
    }
}

/// An address of a public interface is that of no other, whatever they sit on.
fn public_addresses_are_unique(lint: &mut Lint<'_>) {
    let now = lint.now;
    let mut addresses = BTreeMap::<IpAddr, _>::new();
    for interface in lint.state.virtual_interfaces.values().filter(|interface| interface.kind == Kind::Public) {
        for peer in interface.peers.iter().filter(|peer| peer.phase.at(now) != bgp_peer::Phase::Deleted) {
            for address in [peer.amazon_address.address(), peer.customer_address.address()] {
                let before = addresses.insert(address, interface.id).filter(|before| *before != interface.id);
                lint.require(before.is_none(), "a public address is used once", || {
                    format!("{address} of {} and {before:?}", interface.id)
                });
            }
        }
    }
}

/// No more interfaces and rate limiters than the quotas allow. A quota is not lowered below what is there.
fn counts(lint: &mut Lint<'_>, parent: Parent, interfaces: &[Arc<VirtualInterface>]) {
    let transit = interfaces.iter().filter(|interface| interface.kind == Kind::Transit).count();
    let limited = interfaces.iter().filter(|interface| interface.rate_limit.is_some()).count();
    let counts = [
        (Quota::InterfacesPerConnection, interfaces.len()),
        (Quota::TransitInterfacesPerConnection, transit),
        (Quota::PrivateAndPublicInterfacesPerConnection, interfaces.len() - transit),
        (Quota::RateLimitersPerConnection, limited),
    ];
    if matches!(parent, Parent::Hosted(_)) {
        lint.require(interfaces.len() == 1, "a hosted connection has one interface", || parent.to_string());
    }
    for (quota, count) in counts {
        let most = lint.state.settings.quotas.get(quota);
        lint.require(count <= most, "ports hold no more than their quotas", || {
            format!("{parent}: {count} of {} {most}", quota.name())
        });
    }
}

/// Pools are not overdrawn. A LAG whose last member has gone keeps what fitted that member (decision 11).
fn pool(lint: &mut Lint<'_>, parent: Parent, interfaces: &[Arc<VirtualInterface>]) {
    let now = lint.now;
    let (bandwidth, ports) = match parent {
        Parent::Connection(id) => (lint.state.connections.get(&id).map(|found| found.bandwidth), 1),
        Parent::Lag(id) => {
            let found = lint.state.lags.get(&id);
            let members = found.map(|lag| lint.members(lag)).unwrap_or_default();
            let active = members.iter().filter(|member| member.phase.at(now) == connection::Phase::Provisioned);
            (found.map(|found| found.bandwidth), active.count().max(1))
        }
        Parent::Hosted(_) => return,
    };
    let quota = match bandwidth {
        Some(Bandwidth::Gbps1) => Quota::PrefixPool1gbps,
        Some(Bandwidth::Gbps10) => Quota::PrefixPool10gbps,
        Some(Bandwidth::Gbps100) => Quota::PrefixPool100gbps,
        Some(Bandwidth::Gbps400) => Quota::PrefixPool400gbps,
        None => return,
    };
    let size = lint.state.settings.quotas.get(quota) * ports;
    let pooled = interfaces.iter().filter(|interface| interface.kind != Kind::Public);
    let taken = pooled.map(|one| [usize::from(one.prefixes_ipv4), usize::from(one.prefixes_ipv6)]);
    let taken = taken.fold([0, 0], |sum, one| [sum[0] + one[0], sum[1] + one[1]]);
    let fits = taken.iter().all(|taken| *taken <= size);
    lint.require(fits, "prefix pools are not overdrawn", || format!("{parent}: {taken:?} of {size}"));
}

/// A Direct Connect gateway is there and its owner's, has interfaces of one kind, not too many, and prefixes for them.
fn on_gateway(lint: &mut Lint<'_>, gateway: crate::ids::Uuid, interfaces: &[Arc<VirtualInterface>]) {
    let found = lint.state.gateways.get(&gateway);
    let is_there = found.is_some_and(|found| found.phase.at(lint.now) != GatewayPhase::Deleted);
    lint.require(is_there, "interfaces lead to gateways that exist", || gateway.to_string());
    let owned = interfaces.iter().all(|one| found.is_some_and(|found| found.owner == one.owner));
    lint.require(owned, "interfaces lead to gateways of their owner", || gateway.to_string());
    let alike = interfaces.iter().all(|one| one.kind == interfaces[0].kind);
    lint.require(alike, "a gateway has interfaces of one kind", || gateway.to_string());
    let quotas = &lint.state.settings.quotas;
    let most = quotas.get(Quota::InterfacesPerGateway);
    lint.require(interfaces.len() <= most, "gateways have no more interfaces than their quota", || gateway.to_string());
    let size = quotas.get(Quota::PrefixPoolPerGateway);
    let taken: usize =
        interfaces.iter().map(|one| usize::from(one.prefixes_ipv4) + usize::from(one.prefixes_ipv6)).sum();
    lint.require(taken <= size, "prefix pools are not overdrawn", || format!("{gateway}: {taken} of {size}"));
}
