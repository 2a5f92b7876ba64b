//! A Direct Connect gateway, its associations with gateways of EC2, and proposals of such. All are global.

use crate::arn::Arn;
use crate::ids::{AccountId, Ec2GatewayId, Region, Uuid};
use crate::prefix::Prefix;
use crate::steps::Steps;
use crate::tags::Tags;
use crate::time::{Duration, Timestamp};
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};

/// What calls and plans decide about a gateway. What is seen is the phase itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
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

/// What calls and plans decide about an association. What is seen is the phase itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum AssociationPhase {
    /// Being made.
    #[n(0)]
    Associating,
    /// In use.
    #[n(1)]
    Associated,
    /// Its prefixes are being changed.
    #[n(2)]
    Updating,
    /// Being ended.
    #[n(3)]
    Disassociating,
    /// Ended, and never shown again (decision 5 of the reference).
    #[n(4)]
    Disassociated,
}

impl AssociationPhase {
    /// Which phase may follow which (reference §3.6).
    pub fn may_follow(self, before: AssociationPhase) -> bool {
        use AssociationPhase::{Associated, Associating, Disassociated, Disassociating, Updating};
        matches!(
            (before, self),
            (Associating | Updating, Associated)
                | (Associated, Updating)
                | (Associating | Associated | Updating, Disassociating)
                | (Disassociating, Disassociated)
        )
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::DirectConnectGatewayAssociationState {
        use shapes::DirectConnectGatewayAssociationState as Wire;
        match self {
            AssociationPhase::Associating => Wire::Associating,
            AssociationPhase::Associated => Wire::Associated,
            AssociationPhase::Updating => Wire::Updating,
            AssociationPhase::Disassociating => Wire::Disassociating,
            AssociationPhase::Disassociated => Wire::Disassociated,
        }
    }
}

/// An association of a Direct Connect gateway with a gateway of EC2.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[expect(missing_docs, reason = "members of the wire's DirectConnectGatewayAssociation under their own names")]
pub struct Association {
    #[n(0)]
    pub id: Uuid,
    #[n(1)]
    pub gateway: Uuid,
    #[n(2)]
    pub gateway_owner: AccountId,
    #[n(3)]
    pub target: Target,
    #[n(4)]
    pub allowed_prefixes: Vec<Prefix>,
    #[n(5)]
    pub created: Timestamp,
    #[n(6)]
    pub phase: Steps<AssociationPhase>,
}

/// What calls and plans decide about a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum ProposalPhase {
    /// Waits for the owner of the Direct Connect gateway.
    #[n(0)]
    Requested,
    /// Was accepted.
    #[n(1)]
    Accepted,
    /// Was withdrawn, declined, replaced, or expired.
    #[n(2)]
    Deleted,
}

impl ProposalPhase {
    /// Which phase may follow which (reference §3.6; decision 10 for the deletion of accepted ones).
    pub fn may_follow(self, before: ProposalPhase) -> bool {
        before < self
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::DirectConnectGatewayAssociationProposalState {
        use shapes::DirectConnectGatewayAssociationProposalState as Wire;
        match self {
            ProposalPhase::Requested => Wire::Requested,
            ProposalPhase::Accepted => Wire::Accepted,
            ProposalPhase::Deleted => Wire::Deleted,
        }
    }
}

/// A proposal to associate, made by the owner of the gateway of EC2.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[expect(missing_docs, reason = "members of the wire's DirectConnectGatewayAssociationProposal under their own names")]
pub struct Proposal {
    #[n(0)]
    pub id: Uuid,
    #[n(1)]
    pub gateway: Uuid,
    #[n(2)]
    pub gateway_owner: AccountId,
    #[n(3)]
    pub target: Target,
    #[n(4)]
    pub existing_prefixes: Vec<Prefix>,
    #[n(5)]
    pub requested_prefixes: Vec<Prefix>,
    #[n(6)]
    pub created: Timestamp,
    #[n(7)]
    pub phase: Steps<ProposalPhase>,
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

impl Association {
    /// A new one: being made from `now` on, for `delay`.
    pub fn plan(now: Timestamp, delay: Duration) -> Steps<AssociationPhase> {
        let mut phase = Steps::new(now, AssociationPhase::Associating);
        phase.push(now + delay, AssociationPhase::Associated);
        phase
    }

    /// It takes other prefixes: updating from `now` on, for `delay`.
    pub fn update(&mut self, allowed_prefixes: Vec<Prefix>, now: Timestamp, delay: Duration) {
        self.allowed_prefixes = allowed_prefixes;
        self.phase = self.phase.history(now);
        self.phase.push(now, AssociationPhase::Updating);
        self.phase.push(now + delay, AssociationPhase::Associated);
    }

    /// It ends: disassociating from `now` on, for `delay`.
    pub fn end(&mut self, now: Timestamp, delay: Duration) {
        self.phase = self.phase.history(now);
        self.phase.push(now, AssociationPhase::Disassociating);
        self.phase.push(now + delay, AssociationPhase::Disassociated);
    }

    /// As the wire shows it in `phase`.
    pub fn to_wire(&self, phase: AssociationPhase) -> shapes::DirectConnectGatewayAssociation {
        let target = &self.target;
        // The older members are those of virtual private gateways alone [model].
        let is_virtual_private = target.kind == TargetKind::VirtualPrivate;
        shapes::DirectConnectGatewayAssociation {
            direct_connect_gateway_id: Some(self.gateway.to_string()),
            direct_connect_gateway_owner_account: Some(self.gateway_owner.to_string()),
            association_state: Some(phase.to_wire()),
            state_change_error: None,
            associated_gateway: Some(target.to_wire()),
            association_id: Some(self.id.to_string()),
            allowed_prefixes_to_direct_connect_gateway: Some(prefixes_to_wire(&self.allowed_prefixes)),
            associated_core_network: None,
            virtual_gateway_id: is_virtual_private.then(|| target.id.to_string()),
            virtual_gateway_region: is_virtual_private.then(|| target.region.to_string()),
            virtual_gateway_owner_account: is_virtual_private.then(|| target.owner.to_string()),
        }
    }

    /// Whether it is on its way out at `now`, or gone.
    pub fn is_ending(&self, now: Timestamp) -> bool {
        matches!(self.phase.at(now), AssociationPhase::Disassociating | AssociationPhase::Disassociated)
    }

    /// Whether `account` owns one of the two that are associated.
    pub fn is_party(&self, account: AccountId) -> bool {
        self.gateway_owner == account || self.target.owner == account
    }

    /// Whether it is there at `now`, be it on its way in or out.
    pub fn is_present(&self, now: Timestamp) -> bool {
        self.phase.at(now) != AssociationPhase::Disassociated
    }
}

/// Prefixes as the wire shows them.
fn prefixes_to_wire(prefixes: &[Prefix]) -> Vec<shapes::RouteFilterPrefix> {
    prefixes.iter().map(|prefix| shapes::RouteFilterPrefix { cidr: Some(prefix.to_string()) }).collect()
}

impl Proposal {
    /// How long a proposal waits to be accepted [guide].
    pub const LIFE: Duration = Duration::from_seconds(7 * 24 * 3600);

    /// A new one: it waits from `now` on, and expires.
    pub fn plan(now: Timestamp) -> Steps<ProposalPhase> {
        let mut phase = Steps::new(now, ProposalPhase::Requested);
        phase.push(now + Proposal::LIFE, ProposalPhase::Deleted);
        phase
    }

    /// As the wire shows it in `phase`.
    pub fn to_wire(&self, phase: ProposalPhase) -> shapes::DirectConnectGatewayAssociationProposal {
        shapes::DirectConnectGatewayAssociationProposal {
            proposal_id: Some(self.id.to_string()),
            direct_connect_gateway_id: Some(self.gateway.to_string()),
            direct_connect_gateway_owner_account: Some(self.gateway_owner.to_string()),
            proposal_state: Some(phase.to_wire()),
            associated_gateway: Some(self.target.to_wire()),
            existing_allowed_prefixes_to_direct_connect_gateway: Some(prefixes_to_wire(&self.existing_prefixes)),
            requested_allowed_prefixes_to_direct_connect_gateway: Some(prefixes_to_wire(&self.requested_prefixes)),
        }
    }

    /// Whether `account` owns one of the two that it is about.
    pub fn is_party(&self, account: AccountId) -> bool {
        self.gateway_owner == account || self.target.owner == account
    }

    /// Whether lists still show it at `now`: those that have ended for `retention`.
    pub fn is_listed(&self, now: Timestamp, retention: Duration) -> bool {
        self.phase.at(now) == ProposalPhase::Requested || now < self.phase.since(now) + retention
    }
}
