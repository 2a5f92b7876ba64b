//! An association: what leads from a Direct Connect gateway to a gateway of EC2.

use super::{Target, TargetKind, prefixes_to_wire};
use crate::ids::{AccountId, Uuid};
use crate::prefix::Prefix;
use crate::steps::Steps;
use crate::time::{Duration, Timestamp};
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use strum::VariantArray;

/// What calls and plans decide about an association. What is seen is the phase itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
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
