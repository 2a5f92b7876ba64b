//! A proposal: what the owner of a gateway of EC2 asks of that of a Direct Connect gateway.

use super::{Target, prefixes_to_wire};
use crate::ids::{AccountId, Uuid};
use crate::prefix::Prefix;
use crate::steps::Steps;
use crate::time::{Duration, Timestamp};
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use strum::VariantArray;

/// What calls and plans decide about a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
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
