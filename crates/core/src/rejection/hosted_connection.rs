//! Why a hosted connection cannot be allocated, answered, moved or listed.

use super::{AccountId, ConnectionId, LagId, Shown};
use std::net::IpAddr;
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a hosted connection cannot be allocated, answered, moved or listed.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum HostedConnectionRejection {
    /// An account has twelve digits [inferred].
    #[error("ownerAccount {} is not twelve digits", Shown(value))]
    MalformedAccount { value: String },
    /// Hosted connections have eleven speeds; AllocateConnectionOnInterconnect knows ten of them [model].
    #[error("bandwidth {} is not the speed of a hosted connection; expected {expected}", Shown(value))]
    UnknownBandwidth { value: String, expected: String },
    /// A partner of kind v1 allocates up to 500 Mbps, one of kind v2 1 Gbps and more [model].
    #[error("bandwidth {bandwidth} cannot be allocated by a partner of type {kind}; expected {expected}")]
    BandwidthOfPartner { bandwidth: String, kind: &'static str, expected: &'static str },
    /// A hosted connection is no faster than a port of what carries it [inferred].
    #[error("bandwidth {bandwidth} is more than {parent} has, whose ports have {speed}")]
    TooFast { bandwidth: String, parent: String, speed: &'static str },
    /// VLANs are 1 to 4094 [guide].
    #[error("vlan {value} is out of range; expected 1 to 4094")]
    Vlan { value: i32 },
    /// Only interconnects carry hosted connections [model].
    #[error("Connection {id} is not an interconnect; hosted connections are put on interconnects and LAGs of these")]
    NotInterconnect { id: ConnectionId },
    /// Nor do the LAGs of accounts that were no partners [model].
    #[error("Lag {id} does not allow hosted connections")]
    NotAllowed { id: LagId },
    /// The hosted connections of a LAG sit on the LAG, not on its members [inferred].
    #[error("Interconnect {interconnect} is a member of {lag}; hosted connections are put on the LAG")]
    OnMember { interconnect: ConnectionId, lag: LagId },
    /// A VLAN is used once on what carries hosted connections [model].
    #[error("vlan {vlan} is already used by {by} on {parent}")]
    VlanUsed { vlan: u16, by: ConnectionId, parent: String },
    /// So is an address of the interfaces on them [model].
    #[error("Address {address} is already used on {by} on {parent}")]
    AddressUsed { address: IpAddr, by: ConnectionId, parent: String },
    /// Only the hosted connections on an interconnect or LAG of the caller's are listed [observed].
    #[error("{account} DescribeHostedConnections failed for connection {} doesn't exist.", Shown(id))]
    NoParent { account: AccountId, id: String },
    /// An account confirms what was allocated to it, once [observed].
    #[error("ConfirmConnection failed. {id} is in state {state}")]
    NotOrdering { id: ConnectionId, state: &'static str },
    /// Calls use hosted connections that are not deleted, declined or being deleted [inferred].
    #[error("Connection {id} is in state {state}; expected ordering, pending, available or down")]
    NotLive { id: ConnectionId, state: &'static str },
    /// Only a hosted connection moves from one interconnect to another [model].
    #[error("Connection {id} is not a hosted connection")]
    NotHosted { id: ConnectionId },
    /// A hosted connection moves to another place [inferred].
    #[error("Connection {id} is on {parent} already")]
    AlreadyThere { id: ConnectionId, parent: String },
    /// What carries hosted connections outlives them [model].
    #[error("{what} {id} cannot be deleted until its hosted connections are deleted")]
    Remain { what: &'static str, id: String },
}
