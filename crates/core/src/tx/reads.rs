//! What a decision rests on: rows, and what indexes name under their first key parts.

use crate::ids::{
    AccountId, DeviceId, Ec2GatewayId, LagId, LocationCode, Region, ResiliencyGroupId, Uuid, VirtualInterfaceId,
};
use crate::model::bandwidth::Bandwidth;
use crate::model::virtual_interface::Parent;
use crate::record::Key;
use minicbor::Encode;
use std::net::IpAddr;

/// What a decision rested on: a row, or the contents of an index under its first key part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Read {
    /// One row, present or not.
    Row(Key),
    /// Which rows an index names.
    Scan(Guard),
}

/// An index and its first key part: whoever adds or takes away a row there bumps the guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode)]
pub enum Guard {
    /// An account's connections in a Region.
    #[n(0)]
    Connections(#[n(0)] AccountId, #[n(1)] Region),
    /// An account's LAGs in a Region.
    #[n(1)]
    Lags(#[n(0)] AccountId, #[n(1)] Region),
    /// A LAG's members.
    #[n(2)]
    Members(#[n(0)] LagId),
    /// The virtual interfaces that an account sees in a Region.
    #[n(3)]
    VirtualInterfaces(#[n(0)] AccountId, #[n(1)] Region),
    /// The virtual interfaces on a connection or LAG.
    #[n(4)]
    OnParent(#[n(0)] Parent),
    /// The hosted connections on an interconnect or LAG.
    #[n(5)]
    HostedOn(#[n(0)] Parent),
    /// The virtual interfaces on a Direct Connect gateway.
    #[n(6)]
    OnGateway(#[n(0)] Uuid),
    /// The public virtual interfaces that have an address.
    #[n(7)]
    PublicAddress(#[n(0)] IpAddr),
    /// An account's Direct Connect gateways.
    #[n(8)]
    Gateways(#[n(0)] AccountId),
    /// The associations of a Direct Connect gateway.
    #[n(9)]
    AssociationsOfGateway(#[n(0)] Uuid),
    /// The associations of a gateway of EC2.
    #[n(10)]
    AssociationsOfTarget(#[n(0)] Ec2GatewayId),
    /// The proposals that an account sees.
    #[n(11)]
    Proposals(#[n(0)] AccountId),
    /// The failover tests of a virtual interface.
    #[n(12)]
    FailoverTests(#[n(0)] VirtualInterfaceId),
    /// An account's failover tests in a Region.
    #[n(13)]
    TestHistory(#[n(0)] AccountId, #[n(1)] Region),
    /// An account's resiliency groups.
    #[n(14)]
    ResiliencyGroups(#[n(0)] AccountId),
    /// What is associated with a resiliency group.
    #[n(15)]
    InGroup(#[n(0)] ResiliencyGroupId),
    /// The gateways of EC2 that are registered.
    #[n(16)]
    Ec2Gateways,
    /// An account's connections at a location.
    #[n(17)]
    AtLocation(#[n(0)] AccountId, #[n(1)] Region, #[n(2)] LocationCode),
    /// A device's ports of one speed.
    #[n(18)]
    Ports(#[n(0)] DeviceId, #[n(1)] Bandwidth),
    /// Everything, for calls that take it all away.
    #[n(19)]
    All,
    /// An account's users and roles.
    #[n(20)]
    Principals(#[n(0)] AccountId),
    /// An account's access keys.
    #[n(21)]
    AccessKeys(#[n(0)] AccountId),
}

impl Guard {
    /// The row after which it is named, if it is named after one that is removed some day. Once that row has gone, there
    /// is nothing any more that the guard could be bumped for, and nobody finds anything under it.
    pub fn owner(&self) -> Option<Key> {
        match self {
            Guard::Members(lag) => Some(Key::Lag(*lag)),
            Guard::OnParent(parent) | Guard::HostedOn(parent) => Some(match parent {
                Parent::Connection(connection) => Key::Connection(*connection),
                Parent::Lag(lag) => Key::Lag(*lag),
                Parent::Hosted(connection) => Key::HostedConnection(*connection),
            }),
            Guard::OnGateway(gateway) | Guard::AssociationsOfGateway(gateway) => Some(Key::Gateway(*gateway)),
            Guard::FailoverTests(interface) => Some(Key::VirtualInterface(*interface)),
            Guard::InGroup(group) => Some(Key::ResiliencyGroup(*group)),
            Guard::Connections(..)
            | Guard::Lags(..)
            | Guard::VirtualInterfaces(..)
            | Guard::PublicAddress(_)
            | Guard::Gateways(_)
            | Guard::AssociationsOfTarget(_)
            | Guard::Proposals(_)
            | Guard::TestHistory(..)
            | Guard::ResiliencyGroups(_)
            | Guard::Ec2Gateways
            | Guard::AtLocation(..)
            | Guard::Ports(..)
            | Guard::All
            | Guard::Principals(_)
            | Guard::AccessKeys(_) => None,
        }
    }

    /// The guards that are named after this row: those whose [`Guard::owner`] it is.
    pub fn owned(key: &Key) -> Vec<Guard> {
        let of_parent = |parent| vec![Guard::OnParent(parent), Guard::HostedOn(parent)];
        match key {
            Key::Connection(connection) => of_parent(Parent::Connection(*connection)),
            Key::HostedConnection(connection) => of_parent(Parent::Hosted(*connection)),
            Key::Lag(lag) => [vec![Guard::Members(*lag)], of_parent(Parent::Lag(*lag))].concat(),
            Key::VirtualInterface(interface) => vec![Guard::FailoverTests(*interface)],
            Key::Gateway(gateway) => vec![Guard::OnGateway(*gateway), Guard::AssociationsOfGateway(*gateway)],
            Key::ResiliencyGroup(group) => vec![Guard::InGroup(*group)],
            Key::Settings
            | Key::Clock
            | Key::Account(_)
            | Key::Device(_)
            | Key::Replay(_)
            | Key::Association(_)
            | Key::Proposal(_)
            | Key::FailoverTest(_)
            | Key::Ec2Gateway(_)
            | Key::GroupAssociation(_)
            | Key::ClientToken(_)
            | Key::MacSecSecret(..)
            | Key::Principal(_)
            | Key::AccessKey(_)
            | Key::KeyUse(_) => Vec::new(),
        }
    }

    /// Its bytes in an engine that others write to as well. No other engine stores guards.
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ConnectionId;

    #[test]
    fn a_guard_is_owned_by_the_row_after_which_it_is_named() {
        let (connection, lag) = (ConnectionId::LEAST, LagId::LEAST);
        let uuid = Uuid::LEAST;
        for key in [
            Key::Connection(connection),
            Key::HostedConnection(connection),
            Key::Lag(lag),
            Key::VirtualInterface(VirtualInterfaceId::LEAST),
            Key::Gateway(uuid),
            Key::ResiliencyGroup(ResiliencyGroupId::LEAST),
        ] {
            let owned = Guard::owned(&key);
            assert!(!owned.is_empty() && owned.iter().all(|guard| guard.owner() == Some(key)), "{owned:?}");
        }
        assert_eq!(Guard::All.owner(), None);
    }
}
