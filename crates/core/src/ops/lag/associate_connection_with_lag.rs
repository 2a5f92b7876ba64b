//! AssociateConnectionWithLag: interrupts a connection and re-establishes it as a member of a LAG.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::moves;
use crate::ops::membership::LastMember;
use crate::ops::{find, membership, order, require, view};
use crate::rejection::{LagRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(
    Access::Write,
    &[Resource::required(&["dxcon"], "connectionId"), Resource::required(&["dxlag"], "lagId")],
);

/// The rules in the order in which they are reported.
pub(in crate::ops) fn associate_connection_with_lag(
    tx: &mut Tx<'_>,
    input: &shapes::AssociateConnectionWithLagRequest,
) -> Result<shapes::Connection, Rejection> {
    let connection_id = find::connection_id(&input.connection_id)?;
    let lag_id = find::lag_id(&input.lag_id)?;
    let found = find::any_connection(tx, connection_id)?;
    let lag = find::lag(tx, lag_id)?;
    let connection = find::port(found)?;
    find::is_live_connection(tx, &connection)?;
    find::is_live_lag(tx, &lag)?;
    membership::is_settled(tx, &connection)?;
    require(connection.lag != Some(lag.id), || LagRejection::AlreadyMember { connection: connection.id, lag: lag.id })?;
    membership::takes(connection.kind, format!("Connection {}", connection.id), lag.id, lag.allows_hosted)?;
    require(connection.location == lag.location, || LagRejection::OtherLocation {
        what: format!("Connection {}", connection.id),
        location: connection.location,
        lag: lag.id.to_string(),
        lag_location: lag.location,
    })?;
    let port = membership::port_on(tx, &connection, lag.device(), lag.id)?;
    require(connection.bandwidth == lag.bandwidth, || LagRejection::OtherBandwidth {
        what: format!("Connection {}", connection.id),
        bandwidth: connection.bandwidth.as_str(),
        lag: lag.id.to_string(),
        lag_bandwidth: lag.bandwidth.as_str(),
    })?;
    let differs = || LagRejection::MacSecDiffers { connection: connection.id.to_string() };
    require(connection.mac_sec == lag.mac_sec, differs)?;
    let what = format!("Connection {}", connection.id);
    let billing = membership::billing_in(what, connection.billing, lag.id, lag.billing)?;
    if !lag.allows_hosted {
        order::is_billed_alike(tx, connection.location, billing, Some(connection.id))?;
    }
    membership::has_room(tx, &lag, 1)?;
    membership::may_leave(tx, &connection, LastMember::Counts)?;
    moves::may_join(tx, &connection, &lag)?;

    membership::join(tx, &connection, &lag, port, billing);
    if let Some(left) = connection.lag {
        view::note_interruption(tx, left);
    }
    view::note_interruption(tx, lag.id);
    Ok(view::changed_connection(tx, connection.id))
}
