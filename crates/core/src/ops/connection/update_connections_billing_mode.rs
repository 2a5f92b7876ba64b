//! UpdateConnectionsBillingMode: changes how connections are paid for, all of them or none.

use crate::ids::{ConnectionId, LagId};
use crate::model::billing::{BillingMode, CHANGES_MAX};
use crate::model::connection::Connection;
use crate::model::lag::Lag;
use crate::model::virtual_interface::Parent;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, pairs, require, view};
use crate::rejection::{BillingRejection, InterconnectRejection, OrderRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dxcon", "dxlag"], "connectionIds")]);

/// What the call names: LAGs, and connections in the order of the answer, the members of those LAGs among them.
#[derive(Default)]
struct Named {
    lags: Vec<Arc<Lag>>,
    connections: Vec<Arc<Connection>>,
}

pub(in crate::ops) fn update_connections_billing_mode(
    tx: &mut Tx<'_>,
    input: &shapes::UpdateConnectionsBillingModeRequest,
) -> Result<shapes::UpdateConnectionsBillingModeResponse, Rejection> {
    let ids = input.connection_ids.iter().map(|text| find::port_id(text)).collect::<Result<Vec<_>, _>>()?;
    let mode = BillingMode::from_wire(input.billing_mode);
    let named = named(tx, &ids)?;
    is_offered(&named, mode)?;
    lags_change_whole(tx, &named)?;
    is_not_mixed(tx, &named, mode)?;
    for connection in named.connections.iter().filter(|connection| connection.billing != mode) {
        let count = connection.billing_changes.count(tx.now());
        require(count < CHANGES_MAX, || BillingRejection::TooManyChanges { id: connection.id })?;
    }

    for connection in &named.connections {
        change(tx, connection, mode);
    }
    // The mode of a LAG is that of its members, be it named or all of them.
    let lags: BTreeSet<LagId> = named.connections.iter().filter_map(|connection| connection.lag).collect();
    for id in lags.into_iter().chain(named.lags.iter().map(|lag| lag.id)) {
        let lag = tx.lag(id).expect("a member names its LAG");
        if lag.billing != mode {
            pairs::end_with(tx, Parent::Lag(id));
            tx.put_lag(Lag { billing: mode, ..Lag::clone(&lag) });
        }
    }
    let connections = named.connections.iter().map(|connection| view::changed_connection(tx, connection.id));
    Ok(shapes::UpdateConnectionsBillingModeResponse {
        connections: Some(connections.collect()),
        billing_mode: Some(mode.to_wire()),
    })
}

/// The caller's live connections and LAGs of these ids, none of them twice.
fn named(tx: &mut Tx<'_>, ids: &[find::PortName<'_>]) -> Result<Named, Rejection> {
    let (mut named, mut seen) = (Named::default(), BTreeSet::new());
    for id in ids {
        match *id {
            find::PortName::Connection(name) => {
                let connection = find::listed_connection(tx, name)?;
                find::is_live_connection(tx, &connection)?;
                named.connections.push(connection);
            }
            find::PortName::Lag(name) => {
                let lag = find::lag(tx, name)?;
                find::is_live_lag(tx, &lag)?;
                let is_new = named.lags.iter().all(|other| other.id != lag.id);
                require(is_new, || BillingRejection::NamedTwice { id: lag.id.to_string() })?;
                named.connections.extend(tx.members(lag.id));
                named.lags.push(lag);
            }
        }
    }
    for connection in &named.connections {
        require(seen.insert(connection.id), || BillingRejection::NamedTwice { id: connection.id.to_string() })?;
    }
    Ok(named)
}

/// Ports of every speed named have the mode.
fn is_offered(named: &Named, mode: BillingMode) -> Result<(), Rejection> {
    let speeds = named.connections.iter().map(|c| c.bandwidth).chain(named.lags.iter().map(|lag| lag.bandwidth));
    let is_payable = !mode.is_flat_rate() || named.lags.iter().all(|lag| !lag.allows_hosted);
    require(is_payable, || InterconnectRejection::FlatRate { mode: mode.as_str() })?;
    for bandwidth in speeds {
        require(!mode.is_flat_rate() || bandwidth.has_flat_rate(), || OrderRejection::FlatRateNotOffered {
            mode: mode.as_str(),
            bandwidth: bandwidth.as_str(),
        })?;
    }
    Ok(())
}

/// Members of a LAG are paid for alike, so they change together.
fn lags_change_whole(tx: &mut Tx<'_>, named: &Named) -> Result<(), BillingRejection> {
    let mut by_lag: BTreeMap<LagId, Vec<ConnectionId>> = BTreeMap::new();
    for connection in &named.connections {
        if let Some(lag) = connection.lag {
            by_lag.entry(lag).or_default().push(connection.id);
        }
    }
    for (lag, named) in by_lag {
        let members = tx.members(lag);
        let left_out = members.iter().find(|member| !named.contains(&member.id)).map(|member| member.id);
        left_out.map_or(Ok(()), |member| Err(BillingRejection::MemberLeftOut { id: named[0], lag, member }))?;
    }
    Ok(())
}

/// All of the account's dedicated connections at a location are at a flat rate afterwards, or none is.
fn is_not_mixed(tx: &mut Tx<'_>, named: &Named, mode: BillingMode) -> Result<(), OrderRejection> {
    let ids: BTreeSet<ConnectionId> = named.connections.iter().map(|connection| connection.id).collect();
    let locations: BTreeSet<_> = named.connections.iter().map(|connection| connection.location).collect();
    let (account, region) = (tx.caller(), tx.region());
    for location in locations {
        let others = tx.live_at_location(account, region, location).filter(|other| other.kind.is_dedicated());
        let mut others = others.filter(|other| !ids.contains(&other.id));
        let other = others.find(|other| other.billing.is_flat_rate() != mode.is_flat_rate()).map(|other| other.billing);
        require(other.is_none(), || OrderRejection::MixedBilling {
            mode: mode.as_str(),
            location,
            others: other.unwrap_or_default().as_str(),
        })?;
    }
    Ok(())
}

fn change(tx: &mut Tx<'_>, connection: &Connection, mode: BillingMode) {
    if connection.billing == mode {
        return;
    }
    pairs::end_with(tx, Parent::Connection(connection.id));
    let mut changed = Connection { billing: mode, ..connection.clone() };
    changed.billing_changes.push(tx.now());
    tx.put_connection(changed);
}
