//! What answers show of records. A call that changes something answers with the first step that it added.

use super::interfaces::{moves, parent, pools, rate};
use super::pairs;
use crate::ids::{ConnectionId, LagId};
use crate::model::connection::Connection;
use crate::model::interconnect;
use crate::model::lag::{self, Lag};
use crate::model::virtual_interface::Parent;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

/// A connection as it is at `now`.
pub(super) fn connection(tx: &mut Tx<'_>, connection: &Connection) -> shapes::Connection {
    let mut wire = connection.to_wire(connection.state(tx.now()), tx.now());
    add_surroundings(tx, connection, &mut wire);
    wire
}

/// An interconnect as it is at `now`.
pub(super) fn interconnect(tx: &mut Tx<'_>, interconnect: &Connection) -> shapes::Interconnect {
    interconnect::to_wire(connection(tx, interconnect))
}

/// A LAG with its members as they are at `now`.
pub(super) fn lag(tx: &mut Tx<'_>, lag: &Lag) -> shapes::Lag {
    let members = tx.members(lag.id);
    let state = lag.seen(&members).at(tx.now());
    let wire = lag.to_wire(state, members.iter().map(|member| connection(tx, member)).collect(), tx.now());
    with_capacity_of_lag(tx, lag, wire)
}

/// A connection that this call has created or changed.
pub(super) fn changed_connection(tx: &mut Tx<'_>, id: ConnectionId) -> shapes::Connection {
    let after = tx.connection(id).expect("this call has written it");
    answered(tx, &after)
}

/// An interconnect that this call has created or changed.
pub(super) fn changed_interconnect(tx: &mut Tx<'_>, id: ConnectionId) -> shapes::Interconnect {
    interconnect::to_wire(changed_connection(tx, id))
}

/// A LAG that this call has created or changed, or whose members it has.
pub(super) fn changed_lag(tx: &mut Tx<'_>, id: LagId) -> shapes::Lag {
    let after = tx.lag(id).expect("this call has written it");
    let members = tx.members(id);
    let before = tx.lag_before(id).map(|lag| lag.seen(&tx.members_before(id)));
    let state = after.seen(&members).answer(before.as_ref(), tx.now());
    let wire = after.to_wire(state, members.iter().map(|member| answered(tx, member)).collect(), tx.now());
    with_capacity_of_lag(tx, &after, wire)
}

/// Notes it when a LAG that was available is so no longer after this call, and what sits on it.
pub(crate) fn note_interruption(tx: &mut Tx<'_>, id: LagId) {
    let now = tx.now();
    let was = tx.lag_before(id).map(|lag| lag.seen(&tx.members_before(id)).at(now));
    let members = tx.members(id);
    let is = tx.lag(id).map(|lag| lag.seen(&members).at(now));
    if was == Some(lag::Seen::Available) && is != was {
        tx.interrupt(id);
        moves::note_interruptions(tx, Parent::Lag(id));
    }
}

fn answered(tx: &mut Tx<'_>, after: &Arc<Connection>) -> shapes::Connection {
    let before = tx.connection_before(after.id).map(|connection| connection.seen());
    let state = after.seen().answer(before.as_ref(), tx.now());
    let mut wire = after.to_wire(state, tx.now());
    add_surroundings(tx, after, &mut wire);
    wire
}

/// What a connection shows of its surroundings: whether its device has logical redundancy, once it shows one (decision 9
/// of the reference), how it is paid for, and what it has left for virtual interfaces. The prefixes and rate limiters of
/// a member are its LAG's; an interconnect has none [model].
fn add_surroundings(tx: &mut Tx<'_>, connection: &Connection, wire: &mut shapes::Connection) {
    if wire.aws_device_v2.is_some()
        && let Some(device) = tx.device(connection.device())
    {
        wire.has_logical_redundancy = Some(device.redundancy_to_wire());
    }
    if connection.is_interconnect() {
        return;
    }
    let port = connection.lag.map_or(Parent::Connection(connection.id), Parent::Lag);
    wire.billing_mode = Some(pairs::shown(tx, port, connection.billing));
    if connection.lag.is_none() {
        let size = pools::of_port(tx, connection.bandwidth);
        let (limiters, pool) = capacity(tx, port, size);
        wire.rate_limiter_status = Some(limiters);
        wire.prefix_pool_size_ipv4 = pool.size;
        wire.prefix_pool_size_ipv6 = pool.size;
        [wire.prefix_pool_unallocated_count_ipv4, wire.prefix_pool_unallocated_count_ipv6] = pool.unallocated;
    }
}

/// The same of a LAG.
fn with_capacity_of_lag(tx: &mut Tx<'_>, lag: &Lag, wire: shapes::Lag) -> shapes::Lag {
    let redundancy = tx.device(lag.device()).map(|device| device.redundancy_to_wire());
    let wire = shapes::Lag { has_logical_redundancy: redundancy.or(wire.has_logical_redundancy), ..wire };
    if wire.allows_hosted_connections == Some(true) {
        return wire;
    }
    let size = pools::size(tx, Parent::Lag(lag.id));
    let (limiters, pool) = capacity(tx, Parent::Lag(lag.id), size);
    shapes::Lag {
        billing_mode: Some(pairs::shown(tx, Parent::Lag(lag.id), lag.billing)),
        rate_limiter_status: Some(limiters),
        prefix_pool_size_ipv4: pool.size,
        prefix_pool_size_ipv6: pool.size,
        prefix_pool_unallocated_count_ipv4: pool.unallocated[0],
        prefix_pool_unallocated_count_ipv6: pool.unallocated[1],
        ..wire
    }
}

/// A prefix pool as the wire counts it, IPv4 and IPv6.
struct Pool {
    size: Option<i32>,
    unallocated: [Option<i32>; 2],
}

fn capacity(tx: &mut Tx<'_>, parent: Parent, size: usize) -> (shapes::RateLimiterStatus, Pool) {
    let present = parent::present(tx, parent);
    let wire = |count: usize| Some(i32::try_from(count).unwrap_or(i32::MAX));
    let unallocated = pools::taken(&present).map(|taken| wire(size.saturating_sub(taken)));
    (rate::status(tx, &present), Pool { size: wire(size), unallocated })
}
