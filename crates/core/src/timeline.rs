//! What was seen of a resource since when, and what comes next.

use crate::ids::{ConnectionId, LagId, ResiliencyGroupId, Uuid, VirtualInterfaceId};
use crate::model::encryption::EncryptionMode;
use crate::model::mac_sec::Keys;
use crate::model::resiliency_group::GroupAssociation;
use crate::model::virtual_interface::Parent;
use crate::state::State;
use crate::steps::Steps;
use crate::time::Timestamp;
use crate::tx::{in_group, members, parent_up};
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

/// Something of a resource that changes by itself, beside its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aspect {
    /// Which: `encryption_mode`, `mac_sec_key` or `resiliency_group_association`.
    pub name: &'static str,
    /// Of several, which one: the CKN of a key, the group that a port is associated with, the port that a group has.
    pub of: Option<String>,
    /// What was seen of it since its resource was last changed, and what comes next.
    pub moments: Vec<Moment>,
}

/// What else there is to see of a connection, LAG or resiliency group; nothing for an id that names none.
pub fn aspects(state: &State, id: &str) -> Vec<Aspect> {
    if let Some(connection) = ConnectionId::parse(id).ok().flatten().and_then(|id| state.connections.get(&id)) {
        let mode = connection.mac_sec.then(|| connection.encryption.clone());
        let group = state.group_associations.get(&Parent::Connection(connection.id));
        return of_port(mode, &connection.keys, group);
    }
    if let Some(lag) = LagId::parse(id).ok().flatten().and_then(|id| state.lags.get(&id)) {
        let mode = lag.mac_sec.then(|| lag.encryption_steps());
        return of_port(mode, &lag.keys, state.group_associations.get(&Parent::Lag(lag.id)));
    }
    let group = ResiliencyGroupId::parse(id).and_then(|id| state.resiliency_groups.get(&id));
    let within = group.into_iter().flat_map(|group| in_group(state, group.id));
    within.map(|association| of_association(association, association.port.to_string())).collect()
}

/// What was seen of the association of a connection or LAG with a resiliency group, and what comes next.
pub fn association_timeline(association: &GroupAssociation) -> Vec<Moment> {
    association.phase.iter().map(|(at, phase)| Moment { at, state: phase.to_wire().as_str() }).collect()
}

fn of_port(mode: Option<Steps<EncryptionMode>>, keys: &Keys, group: Option<&Arc<GroupAssociation>>) -> Vec<Aspect> {
    let mode = mode.map(|mode| Aspect {
        name: "encryption_mode",
        of: None,
        moments: mode.iter().map(|(at, mode)| Moment { at, state: mode.as_str() }).collect(),
    });
    let keys = keys.iter().map(|key| Aspect {
        name: "mac_sec_key",
        of: Some(key.ckn.to_string()),
        moments: key.state.iter().map(|(at, state)| Moment { at, state: state.as_str() }).collect(),
    });
    let group = group.map(|association| of_association(association, association.group.to_string()));
    mode.into_iter().chain(keys).chain(group).collect()
}

fn of_association(association: &GroupAssociation, of: String) -> Aspect {
    let moments = association_timeline(association);
    Aspect { name: "resiliency_group_association", of: Some(of), moments }
}
