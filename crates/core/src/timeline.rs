//! What was seen of a resource since when, and what comes next.

use crate::ids::{ConnectionId, LagId, ResiliencyGroupId, Uuid, VirtualInterfaceId};
use crate::state::State;
use crate::time::Timestamp;
use crate::tx::{members, parent_up};
use std::sync::Arc;

/// A state and since when it is or will be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Since when.
    pub at: Timestamp,
    /// The state, as the wire spells it.
    pub state: &'static str,
}

/// History and forecast of a connection, LAG, virtual interface, gateway, association or resiliency
/// group; `None` for an id that names none.
pub fn timeline(state: &State, id: &str) -> Option<Vec<Moment>> {
    if let Some(connection) = ConnectionId::parse(id).ok().flatten().and_then(|id| state.connections.get(&id)) {
        let seen = connection.seen();
        return Some(seen.iter().map(|(at, state)| Moment { at, state: state.to_wire().as_str() }).collect());
    }
    if let Some(hosted) = ConnectionId::parse(id).ok().flatten().and_then(|id| state.hosted_connections.get(&id)) {
        let seen = hosted.seen(&parent_up(state, hosted.parent));
        return Some(seen.iter().map(|(at, state)| Moment { at, state: state.to_wire().as_str() }).collect());
    }
    if let Some(interface) =
        VirtualInterfaceId::parse(id).ok().flatten().and_then(|id| state.virtual_interfaces.get(&id))
    {
        let seen = interface.seen(&parent_up(state, interface.parent));
        return Some(seen.iter().map(|(at, state)| Moment { at, state: state.to_wire().as_str() }).collect());
    }
    if let Some(gateway) = Uuid::parse(id).and_then(|id| state.gateways.get(&id)) {
        let seen = gateway.phase.iter();
        return Some(seen.map(|(at, phase)| Moment { at, state: phase.to_wire().as_str() }).collect());
    }
    if let Some(association) = Uuid::parse(id).and_then(|id| state.associations.get(&id)) {
        let seen = association.phase.iter();
        return Some(seen.map(|(at, phase)| Moment { at, state: phase.to_wire().as_str() }).collect());
    }
    if let Some(group) = ResiliencyGroupId::parse(id).and_then(|id| state.resiliency_groups.get(&id)) {
        let seen = group.phase.iter();
        return Some(seen.map(|(at, phase)| Moment { at, state: phase.to_wire().as_str() }).collect());
    }
    let lag = LagId::parse(id).ok().flatten().and_then(|id| state.lags.get(&id))?;
    let members: Vec<_> = members(state, lag.id).map(Arc::clone).collect();
    Some(lag.seen(&members).iter().map(|(at, state)| Moment { at, state: state.to_wire().as_str() }).collect())
}
