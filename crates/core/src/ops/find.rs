//! From what the caller names to the record: well-formed, then known, then live.

use crate::ids::{ConnectionId, LagId, Uuid, VirtualInterfaceId};
use crate::model::connection::Connection;
use crate::model::gateway::DirectConnectGateway;
use crate::model::hosted_connection::HostedConnection;
use crate::model::lag::Lag;
use crate::model::virtual_interface::VirtualInterface;
use crate::rejection::{ConnectionRejection, HostedConnectionRejection, InterconnectRejection, LagRejection};
use crate::settings::Delay;
use crate::tx::{AnyConnection, Tx};
use std::sync::Arc;

/// A well-formed id as the caller wrote it; `id` is absent when none of ours can be it.
#[derive(Clone, Copy)]
pub(super) struct Named<'a, Id> {
    pub(super) text: &'a str,
    pub(super) id: Option<Id>,
}

/// Reads a connection's id.
pub(super) fn connection_id(text: &str) -> Result<Named<'_, ConnectionId>, ConnectionRejection> {
    let id = ConnectionId::parse(text).map_err(|_| ConnectionRejection::MalformedId { id: text.to_owned() })?;
    Ok(Named { text, id })
}

/// Reads a LAG's id.
pub(super) fn lag_id(text: &str) -> Result<Named<'_, LagId>, LagRejection> {
    let id = LagId::parse(text).map_err(|_| LagRejection::MalformedId { id: text.to_owned() })?;
    Ok(Named { text, id })
}

/// A connection or LAG as the caller wrote it, for calls that take either.
#[derive(Clone, Copy)]
pub(super) enum PortName<'a> {
    Connection(Named<'a, ConnectionId>),
    Lag(Named<'a, LagId>),
}

/// Reads the id of a connection or LAG.
pub(super) fn port_id(text: &str) -> Result<PortName<'_>, ConnectionRejection> {
    match lag_id(text) {
        Ok(name) => Ok(PortName::Lag(name)),
        Err(_) => connection_id(text).map(PortName::Connection),
    }
}

/// The caller's connection of this name, hosted or not: unknown, another account's, another Region's and purged ones are
/// alike.
pub(super) fn any_connection(
    tx: &mut Tx<'_>,
    name: Named<'_, ConnectionId>,
) -> Result<AnyConnection, ConnectionRejection> {
    let found = name.id.and_then(|id| tx.any_connection(id));
    let (whose, now, retention) = ((tx.caller(), tx.region()), tx.now(), tx.delays().get(Delay::Retention));
    let is_visible = |found: &AnyConnection| match found {
        AnyConnection::Port(port) => (port.owner, port.region) == whose && port.is_listed(now, retention),
        AnyConnection::Hosted(hosted) => (hosted.owner, hosted.region) == whose && hosted.is_listed(now, retention),
    };
    found.filter(is_visible).ok_or_else(|| ConnectionRejection::NotFound { id: name.text.to_owned() })
}

/// The same, for calls about ports: a hosted connection has none.
pub(super) fn connection(
    tx: &mut Tx<'_>,
    name: Named<'_, ConnectionId>,
) -> Result<Arc<Connection>, ConnectionRejection> {
    any_connection(tx, name).and_then(port)
}

/// What is found is a port, and no hosted connection.
pub(super) fn port(found: AnyConnection) -> Result<Arc<Connection>, ConnectionRejection> {
    match found {
        AnyConnection::Port(port) => Ok(port),
        AnyConnection::Hosted(hosted) => Err(ConnectionRejection::Hosted { id: hosted.id }),
    }
}

/// The hosted connection of this name that the caller, a partner, has allocated.
pub(super) fn allocated(tx: &mut Tx<'_>, name: Named<'_, ConnectionId>) -> Option<Arc<HostedConnection>> {
    let found = name.id.and_then(|id| tx.hosted_connection(id));
    let (whose, now, retention) = ((tx.caller(), tx.region()), tx.now(), tx.delays().get(Delay::Retention));
    found.filter(|hosted| (hosted.partner, hosted.region) == whose && hosted.is_listed(now, retention))
}

/// The hosted connection is not deleted, declined or being deleted.
pub(super) fn is_live_hosted(tx: &mut Tx<'_>, hosted: &HostedConnection) -> Result<(), HostedConnectionRejection> {
    let parent_up = tx.parent_up(hosted.parent);
    let state = hosted.seen(&parent_up).at(tx.now()).to_wire().as_str();
    super::require(hosted.is_live(tx.now()), || HostedConnectionRejection::NotLive { id: hosted.id, state })
}

/// The same, of those that are dedicated: an interconnect is none of them [inferred].
pub(super) fn listed_connection(
    tx: &mut Tx<'_>,
    name: Named<'_, ConnectionId>,
) -> Result<Arc<Connection>, ConnectionRejection> {
    let found = connection(tx, name)?;
    super::require(!found.is_interconnect(), || ConnectionRejection::NotFound { id: name.text.to_owned() })?;
    Ok(found)
}

/// The caller's interconnect of this id: a connection that is none is as unknown as one that does not exist.
pub(super) fn interconnect(tx: &mut Tx<'_>, text: &str) -> Result<Arc<Connection>, InterconnectRejection> {
    let name = connection_id(text).map_err(|_| InterconnectRejection::MalformedId { id: text.to_owned() })?;
    let found = connection(tx, name).ok().filter(|found| found.is_interconnect());
    found.ok_or_else(|| InterconnectRejection::NotFound { id: text.to_owned() })
}

/// The caller's LAG of this name: unknown, another account's, another Region's and purged ones are alike.
pub(super) fn lag(tx: &mut Tx<'_>, name: Named<'_, LagId>) -> Result<Arc<Lag>, LagRejection> {
    let found = name.id.and_then(|id| tx.lag(id));
    let retention = tx.delays().get(Delay::Retention);
    let is_visible =
        |lag: &Arc<Lag>| (lag.owner, lag.region) == (tx.caller(), tx.region()) && lag.is_listed(tx.now(), retention);
    found.filter(is_visible).ok_or_else(|| LagRejection::NotFound { id: name.text.to_owned() })
}

/// A virtual interface that the caller sees in the Region of the call: its own, or one on what it owns.
pub(super) fn virtual_interface(tx: &mut Tx<'_>, id: Option<VirtualInterfaceId>) -> Option<Arc<VirtualInterface>> {
    let found = id.and_then(|id| tx.virtual_interface(id));
    let retention = tx.delays().get(Delay::Retention);
    let is_visible = |v: &Arc<VirtualInterface>| {
        let is_party = v.owner == tx.caller() || v.parent_owner == tx.caller();
        is_party && v.region == tx.region() && v.is_listed(tx.now(), retention)
    };
    found.filter(is_visible)
}

/// The caller's Direct Connect gateway, unless it is deleted.
pub(super) fn gateway(tx: &mut Tx<'_>, id: Option<Uuid>) -> Option<Arc<DirectConnectGateway>> {
    let found = id.and_then(|id| tx.gateway(id));
    found.filter(|gateway| gateway.owner == tx.caller() && gateway.is_listed(tx.now()))
}

/// The connection is not deleted or being deleted.
pub(super) fn is_live_connection(tx: &Tx<'_>, connection: &Connection) -> Result<(), ConnectionRejection> {
    let state = connection.state(tx.now()).to_wire().as_str();
    super::require(connection.is_live(tx.now()), || ConnectionRejection::NotLive { id: connection.id, state })
}

/// The LAG is not deleted or being deleted.
pub(super) fn is_live_lag(tx: &Tx<'_>, lag: &Lag) -> Result<(), LagRejection> {
    // The members do not matter to a LAG that is gone.
    let rejection = || LagRejection::NotLive { id: lag.id, state: lag.seen(&[]).at(tx.now()).to_wire().as_str() };
    super::require(lag.is_live(tx.now()), rejection)
}
