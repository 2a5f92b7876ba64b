//! A Direct Connect gateway, its associations with gateways of EC2, and proposals of such. All are global.

mod association;
mod proposal;

pub use association::{Association, AssociationPhase};
pub use proposal::{Proposal, ProposalPhase};

use crate::arn::Arn;
use crate::ids::{AccountId, Ec2GatewayId, Region, Uuid};
use crate::prefix::Prefix;
use crate::steps::Steps;
use crate::tags::Tags;
use crate::time::Timestamp;
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use strum::VariantArray;

/// What calls and plans decide about a gateway. What is seen is the phase itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
#[cbor(index_only)]
pub enum GatewayPhase {
    /// Being made.
    #[n(0)]
    Pending,
    /// In use.
    #[n(1)]
    Available,
    /// Being deleted; it reverts to available when associations or attachments remain [observed].
    #[n(2)]
    Deleting,
    /// Gone, and never shown again [model].
    #[n(3)]
    Deleted,
}

impl GatewayPhase {
    /// Which phase may follow which (reference §3.6).
    pub fn may_follow(self, before: GatewayPhase) -> bool {
        use GatewayPhase::{Available, Deleted, Deleting, Pending};
        matches!(
            (before, self),
            (Pending, Available) | (Pending | Available, Deleting) | (Deleting, Available | Deleted)
        )
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::DirectConnectGatewayState {
        match self {
            GatewayPhase::Pending => shapes::DirectConnectGatewayState::Pending,
            GatewayPhase::Available => shapes::DirectConnectGatewayState::Available,
            GatewayPhase::Deleting => shapes::DirectConnectGatewayState::Deleting,
            GatewayPhase::Deleted => shapes::DirectConnectGatewayState::Deleted,
        }
    }
}

/// A Direct Connect gateway.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[expect(missing_docs, reason = "members of the wire's DirectConnectGateway under their own names")]
pub struct DirectConnectGateway {
    #[n(0)]
    pub id: Uuid,
    #[n(1)]
    pub owner: AccountId,
    #[n(2)]
    pub name: Box<str>,
    #[n(3)]
    pub amazon_side_asn: u32,
    #[n(4)]
    pub tags: Tags,
    #[n(5)]
    pub created: Timestamp,
    #[n(6)]
    pub phase: Steps<GatewayPhase>,
    /// Why its deletion failed: shown once it has reverted to available.
    #[n(7)]
    pub state_change_error: Option<Box<str>>,
}

/// The kinds of gateway of EC2 that a Direct Connect gateway leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum TargetKind {
    /// `vgw-…`.
    #[n(0)]
    VirtualPrivate,
    /// `tgw-…`.
    #[n(1)]
    Transit,
}

impl TargetKind {
    /// Reads the id of a gateway of EC2, which says what kind it is: `vgw-` or `tgw-` and 8 or 17 hexadecimal digits.
    pub fn of(id: &str) -> Option<(Ec2GatewayId, TargetKind)> {
        let (kind, digits) = match id.split_once('-')? {
            ("vgw", digits) => (TargetKind::VirtualPrivate, digits),
            ("tgw", digits) => (TargetKind::Transit, digits),
            _ => return None,
        };
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let well_formed = matches!(digits.len(), 8 | 17) && digits.bytes().all(is_digit);
        well_formed.then(|| Ec2GatewayId::new(id)).flatten().map(|id| (id, kind))
    }

    /// What the service calls a gateway of this kind where it does not find one [observed].
    pub fn service_name(self) -> &'static str {
        match self {
            TargetKind::VirtualPrivate => "VirtualGateway",
            TargetKind::Transit => "TransitGateway",
        }
    }

    /// Gateways of this kind in the words of the guide.
    pub fn plain_name(self) -> &'static str {
        match self {
            TargetKind::VirtualPrivate => "virtual private gateway",
            TargetKind::Transit => "transit gateway",
        }
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::GatewayType {
        match self {
            TargetKind::VirtualPrivate => shapes::GatewayType::VirtualPrivateGateway,
            TargetKind::Transit => shapes::GatewayType::TransitGateway,
        }
    }
}

/// A gateway of EC2 as associations and proposals name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Target {
    /// `vgw-` or `tgw-` and 8 or 17 hexadecimal digits.
    #[n(0)]
    pub id: Ec2GatewayId,
    /// Which of the two.
    #[n(1)]
    pub kind: TargetKind,
    /// Whose it is.
    #[n(2)]
    pub owner: AccountId,
    /// Where it is.
    #[n(3)]
    pub region: Region,
}

impl Target {
    /// As associations and proposals show it.
    pub fn to_wire(&self) -> shapes::AssociatedGateway {
        shapes::AssociatedGateway {
            id: Some(self.id.to_string()),
            type_: Some(self.kind.to_wire()),
            owner_account: Some(self.owner.to_string()),
            region: Some(self.region.to_string()),
        }
    }
}

/// A gateway of EC2 that the operator has registered, or that an EC2 endpoint has told of.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Ec2Gateway {
    /// Its id, kind, owner and Region.
    #[n(0)]
    pub target: Target,
    /// Its own ASN, where that is known.
    #[n(1)]
    pub amazon_side_asn: Option<u32>,
    /// Networks of the VPC that a virtual private gateway is attached to; empty when it is attached to none.
    #[n(2)]
    pub cidrs: Vec<Prefix>,
    /// When an EC2 endpoint told of it; absent for one that the operator has registered.
    #[n(3)]
    pub told: Option<Timestamp>,
}

/// What an EC2 endpoint said when it was asked for one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ec2Answer {
    /// There is no such gateway for the account that is said to own it, in the Region of the call.
    Absent(Ec2GatewayId),
    /// There is.
    Present(Ec2Gateway),
    /// The virtual private gateways of the caller in the Region of the call, each with its state as EC2 spells it.
    VirtualPrivate(Vec<(Ec2GatewayId, String)>),
}

impl Ec2Gateway {
    /// Whether it is a virtual private gateway that is attached to no VPC.
    pub fn is_detached(&self) -> bool {
        self.target.kind == TargetKind::VirtualPrivate && self.cidrs.is_empty()
    }
}

impl DirectConnectGateway {
    /// As the wire shows it in `phase`, with so many prefixes allocated to the virtual interfaces attached to it.
    pub fn to_wire(&self, phase: GatewayPhase, allocations: u32) -> shapes::DirectConnectGateway {
        // While another deletion is tried, the failure of the one before is no longer news.
        let error = self.state_change_error.as_deref().filter(|_| phase == GatewayPhase::Available);
        shapes::DirectConnectGateway {
            direct_connect_gateway_id: Some(self.id.to_string()),
            direct_connect_gateway_name: Some(self.name.to_string()),
            amazon_side_asn: Some(self.amazon_side_asn.into()),
            owner_account: Some(self.owner.to_string()),
            direct_connect_gateway_state: Some(phase.to_wire()),
            state_change_error: error.map(str::to_owned),
            total_prefix_pool_allocations: Some(i32::try_from(allocations).unwrap_or(i32::MAX)),
            tags: Some(self.tags.to_wire()),
        }
    }

    /// Whether calls may still use it at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        matches!(self.phase.at(now), GatewayPhase::Pending | GatewayPhase::Available)
    }

    /// Its ARN, without partition.
    pub fn arn(&self) -> Arn {
        Arn::DirectConnectGateway { account: self.owner, id: self.id }
    }

    /// Whether lists still show it at `now`: until it is deleted.
    pub fn is_listed(&self, now: Timestamp) -> bool {
        self.phase.at(now) != GatewayPhase::Deleted
    }
}

/// Prefixes as the wire shows them.
fn prefixes_to_wire(prefixes: &[Prefix]) -> Vec<shapes::RouteFilterPrefix> {
    prefixes.iter().map(|prefix| shapes::RouteFilterPrefix { cidr: Some(prefix.to_string()) }).collect()
}
