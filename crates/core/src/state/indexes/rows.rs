//! What stands in the rows of the indexes: each follows from one record alone, and ends in its id.

use super::{Shelf, Tenure};
use crate::ids::{
    AccountId, ConnectionId, DeviceId, Ec2GatewayId, LagId, LocationCode, Region, ResiliencyGroupId, Uuid,
    VirtualInterfaceId,
};
use crate::model::bandwidth::Bandwidth;
use crate::model::client_token::ClientToken;
use crate::model::connection::{self, Connection};
use crate::model::failover_test::FailoverTest;
use crate::model::gateway::{Association, AssociationPhase, DirectConnectGateway, GatewayPhase, Proposal};
use crate::model::hosted_connection::HostedConnection;
use crate::model::lag::{self, Lag};
use crate::model::resiliency_group::{GroupAssociation, GroupAssociationPhase, GroupPhase, ResiliencyGroup};
use crate::model::virtual_interface::{Gateway, Kind, Parent, VirtualInterface};
use crate::record::{Key, Replay};
use crate::time::Timestamp;
use std::net::IpAddr;

pub(super) type Listed<Id> = (AccountId, Region, Timestamp, Id);

pub(super) fn listed_connection(c: &Connection) -> Listed<ConnectionId> {
    (c.owner, c.region, c.created, c.id)
}

pub(super) fn connection_at_location(c: &Connection) -> (AccountId, Region, LocationCode, bool, ConnectionId) {
    (c.owner, c.region, c.location, c.billing.is_flat_rate(), c.id)
}

pub(super) fn port_of(c: &Connection) -> (DeviceId, Bandwidth, Tenure, u16, ConnectionId) {
    let tenure = if c.phase.last().1 == connection::Phase::Deleted { Tenure::Ending } else { Tenure::Lasting };
    (c.device(), c.bandwidth, tenure, c.port.number, c.id)
}

pub(super) fn membership_of(c: &Connection) -> Option<(LagId, Timestamp, ConnectionId)> {
    c.lag.map(|lag| (lag, c.created, c.id))
}

pub(super) type End = (Shelf, Timestamp, Key);

pub(super) fn end_of_connection(c: &Connection) -> Option<End> {
    match c.phase.last() {
        (at, connection::Phase::Deleted) => Some((Shelf::Usual, at, Key::Connection(c.id))),
        _ => None,
    }
}

pub(super) fn listed_hosted(hosted: &HostedConnection) -> Listed<ConnectionId> {
    (hosted.owner, hosted.region, hosted.created, hosted.id)
}

pub(super) fn hosted_on(hosted: &HostedConnection) -> (Parent, Timestamp, ConnectionId) {
    (hosted.parent, hosted.created, hosted.id)
}

pub(super) fn end_of_hosted(hosted: &HostedConnection) -> Option<End> {
    let (at, phase) = hosted.phase.last();
    phase.has_ended().then_some((Shelf::Usual, at, Key::HostedConnection(hosted.id)))
}

pub(super) fn listed_lag(lag: &Lag) -> Listed<LagId> {
    (lag.owner, lag.region, lag.created, lag.id)
}

pub(super) fn end_of_lag(lag: &Lag) -> Option<End> {
    match lag.phase.last() {
        (at, lag::Phase::Deleted) => Some((Shelf::Usual, at, Key::Lag(lag.id))),
        _ => None,
    }
}

pub(super) fn age_of(replay: &Replay) -> (Timestamp, [u8; 32]) {
    (replay.answered, replay.call)
}

/// One row for its owner, one for the owner of what it sits on, which may be the same.
pub(super) fn listed_interface(v: &VirtualInterface) -> impl Iterator<Item = Listed<VirtualInterfaceId>> + use<> {
    let row = |account| (account, v.region, v.created, v.id);
    let other = (v.parent_owner != v.owner).then(|| row(v.parent_owner));
    [row(v.owner)].into_iter().chain(other)
}

pub(super) fn interface_on_parent(v: &VirtualInterface) -> (Parent, Timestamp, VirtualInterfaceId) {
    (v.parent, v.created, v.id)
}

pub(super) fn interface_on_gateway(v: &VirtualInterface) -> Option<(Uuid, Timestamp, VirtualInterfaceId)> {
    match v.gateway {
        Gateway::DirectConnect(gateway) => Some((gateway, v.created, v.id)),
        Gateway::None | Gateway::VirtualPrivate(_) => None,
    }
}

/// Both ends of each session of a public one.
pub(super) fn public_addresses(v: &VirtualInterface) -> impl Iterator<Item = (IpAddr, VirtualInterfaceId)> + use<'_> {
    let peers = v.peers.iter().filter(|_| v.kind == Kind::Public);
    peers.flat_map(|peer| [peer.amazon_address, peer.customer_address]).map(|end| (end.address(), v.id))
}

pub(super) fn end_of_interface(v: &VirtualInterface) -> Option<End> {
    let (at, phase) = v.phase.last();
    phase.has_ended().then_some((Shelf::Usual, at, Key::VirtualInterface(v.id)))
}

pub(super) fn listed_gateway(gateway: &DirectConnectGateway) -> (AccountId, Timestamp, Uuid) {
    (gateway.owner, gateway.created, gateway.id)
}

pub(super) fn end_of_gateway(gateway: &DirectConnectGateway) -> Option<End> {
    match gateway.phase.last() {
        (at, GatewayPhase::Deleted) => Some((Shelf::Usual, at, Key::Gateway(gateway.id))),
        _ => None,
    }
}

pub(super) fn association_of_gateway(association: &Association) -> (Uuid, Timestamp, Uuid) {
    (association.gateway, association.created, association.id)
}

pub(super) fn association_of_target(association: &Association) -> (Ec2GatewayId, Timestamp, Uuid) {
    (association.target.id, association.created, association.id)
}

pub(super) fn end_of_association(association: &Association) -> Option<End> {
    match association.phase.last() {
        (at, AssociationPhase::Disassociated) => Some((Shelf::Usual, at, Key::Association(association.id))),
        _ => None,
    }
}

/// One row for each of the two parties, which may be the same.
pub(super) fn listed_proposal(proposal: &Proposal) -> impl Iterator<Item = (AccountId, Timestamp, Uuid)> + use<> {
    let row = |account| (account, proposal.created, proposal.id);
    let other = (proposal.target.owner != proposal.gateway_owner).then(|| row(proposal.target.owner));
    [row(proposal.gateway_owner)].into_iter().chain(other)
}

/// A proposal ends some day, if only by expiry.
pub(super) fn end_of_proposal(proposal: &Proposal) -> End {
    (Shelf::Proposals, proposal.phase.last().0, Key::Proposal(proposal.id))
}

pub(super) fn test_of_interface(test: &FailoverTest) -> (VirtualInterfaceId, Timestamp, Uuid) {
    (test.virtual_interface, test.started, test.id)
}

pub(super) fn test_in_history(test: &FailoverTest) -> Listed<Uuid> {
    (test.owner, test.region, test.started, test.id)
}

pub(super) fn end_of_test(test: &FailoverTest) -> End {
    (Shelf::FailoverTests, test.status.last().0, Key::FailoverTest(test.id))
}

pub(super) fn listed_group(group: &ResiliencyGroup) -> (AccountId, Timestamp, ResiliencyGroupId) {
    (group.owner, group.created, group.id)
}

pub(super) fn end_of_group(group: &ResiliencyGroup) -> Option<End> {
    match group.phase.last() {
        (at, GroupPhase::Deleted) => Some((Shelf::Usual, at, Key::ResiliencyGroup(group.id))),
        _ => None,
    }
}

pub(super) fn association_in_group(association: &GroupAssociation) -> (ResiliencyGroupId, Timestamp, Parent) {
    (association.group, association.created, association.port)
}

/// An association is kept for as long as its port is billed as one of a pair.
pub(super) fn end_of_group_association(association: &GroupAssociation) -> Option<End> {
    match association.phase.last() {
        (at, GroupAssociationPhase::Disassociated) => {
            let at = association.paired_until.map_or(at, |until| at.max(until));
            Some((Shelf::Usual, at, Key::GroupAssociation(association.port)))
        }
        _ => None,
    }
}

pub(super) fn end_of_token(token: &ClientToken) -> End {
    (Shelf::ClientTokens, token.used, Key::ClientToken(token.id))
}
