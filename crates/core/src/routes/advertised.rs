//! What is advertised to the customer: networks behind the interface's gateway, routes of SiteLink, prefixes of Amazon.

use super::{Direction, Route, accepted, amazon, sessions_up};
use crate::ids::{Ec2GatewayId, Uuid};
use crate::model::gateway::{Association, AssociationPhase, TargetKind};
use crate::model::virtual_interface::{Gateway, Kind, VirtualInterface};
use crate::prefix::{Family, Prefix};
use crate::time::Timestamp;
use crate::tx::Tx;
use std::collections::BTreeMap;

/// What is advertised at `now` on the sessions that are up: of several routes to one prefix the best one.
pub(crate) fn advertised(tx: &mut Tx<'_>, interface: &VirtualInterface) -> Vec<Route> {
    let up: BTreeMap<Family, Timestamp> =
        sessions_up(tx, interface).into_iter().map(|(peer, since)| (peer.family, since)).collect();
    if up.is_empty() {
        return Vec::new();
    }
    let mut best: BTreeMap<Prefix, Route> = BTreeMap::new();
    for route in behind(tx, interface) {
        match best.get(&route.prefix) {
            Some(known) if known.preference() >= route.preference() => {}
            Some(_) | None => drop(best.insert(route.prefix, route)),
        }
    }
    let on_session = |route: Route| {
        let since = *up.get(&route.prefix.family())?;
        Some(Route { since: route.since.max(since), ..route })
    };
    best.into_values().filter_map(on_session).collect()
}

/// Everything that the interface leads to, with its AS path as the customer sees it. `since` is when it came to be,
/// whatever the session was then.
fn behind(tx: &mut Tx<'_>, interface: &VirtualInterface) -> Vec<Route> {
    let own = |(prefix, since)| Route {
        direction: Direction::Advertised,
        prefix,
        as_path: vec![interface.amazon_side_asn],
        communities: Vec::new(),
        since,
    };
    match (interface.kind, interface.gateway) {
        (Kind::Public, _) => amazon::prefixes(interface.region, interface.amazon_side_asn, interface.created),
        (Kind::Private | Kind::Transit, Gateway::None) => Vec::new(),
        (Kind::Private | Kind::Transit, Gateway::VirtualPrivate(id)) => {
            let networks = networks_of(tx, id).unwrap_or_default();
            networks.into_iter().map(|network| own((network, interface.created))).collect()
        }
        (Kind::Private | Kind::Transit, Gateway::DirectConnect(id)) => {
            let associations = tx.associations_of_gateway(id);
            let networks: Vec<_> =
                associations.iter().flat_map(|association| networks_through(tx, association)).collect();
            networks.into_iter().map(own).chain(through_site_link(tx, interface, id)).collect()
        }
    }
}

/// The networks of the VPC that a virtual private gateway is attached to, where somebody has told.
fn networks_of(tx: &mut Tx<'_>, id: Ec2GatewayId) -> Option<Vec<Prefix>> {
    tx.ec2_gateway(id).map(|gateway| gateway.cidrs.clone())
}

/// What an association lets through: for a transit gateway the allowed prefixes themselves; for a virtual private
/// gateway those networks of its VPC that one of them equals or contains, or all when there is none [guide]. A VPC that
/// nobody has told of is taken to have the networks that are allowed [inferred].
fn networks_through(tx: &mut Tx<'_>, association: &Association) -> Vec<(Prefix, Timestamp)> {
    let now = tx.now();
    let allowed = &association.allowed_prefixes;
    let networks = match association.phase.at(now) {
        AssociationPhase::Associating | AssociationPhase::Disassociating | AssociationPhase::Disassociated => {
            return Vec::new();
        }
        AssociationPhase::Associated | AssociationPhase::Updating => match association.target.kind {
            TargetKind::Transit => allowed.clone(),
            TargetKind::VirtualPrivate => networks_of(tx, association.target.id).map_or_else(
                || allowed.clone(),
                |mut networks| {
                    networks.retain(|own| allowed.is_empty() || allowed.iter().any(|filter| filter.contains(*own)));
                    networks
                },
            ),
        },
    };
    // An update does not disturb what stays [guide].
    let associated = association.phase.iter().find(|(_, phase)| *phase == AssociationPhase::Associated);
    let since = associated.map_or(association.created, |(at, _)| at);
    networks.into_iter().map(|network| (network, since)).collect()
}

/// Routes accepted on the other interfaces of the gateway, when these and this one have SiteLink.
fn through_site_link(tx: &mut Tx<'_>, interface: &VirtualInterface, gateway: Uuid) -> Vec<Route> {
    if !interface.site_link {
        return Vec::new();
    }
    let mut routes = Vec::new();
    for other in tx.on_gateway(gateway) {
        if other.id == interface.id || !other.site_link {
            continue;
        }
        routes.extend(accepted(tx, &other).into_iter().map(|route| Route {
            direction: Direction::Advertised,
            as_path: [interface.amazon_side_asn].into_iter().chain(route.as_path).collect(),
            ..route
        }));
    }
    routes
}
