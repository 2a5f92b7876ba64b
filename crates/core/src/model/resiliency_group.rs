//! A resiliency group and the connections and LAGs associated with it. Groups are global; what is in them is not.

use super::virtual_interface::Parent;
use crate::arn::Arn;
use crate::ids::{AccountId, Region, ResiliencyGroupId};
use crate::settings::{Delay, Delays};
use crate::steps::Steps;
use crate::tags::Tags;
use crate::time::{Duration, Timestamp};
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use strum::VariantArray;

/// What calls and plans decide about a group. What is seen is the phase itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
#[cbor(index_only)]
pub enum GroupPhase {
    /// Being made.
    #[n(0)]
    Pending,
    /// In use.
    #[n(1)]
    Available,
    /// Being deleted.
    #[n(2)]
    Deleting,
    /// Gone.
    #[n(3)]
    Deleted,
}

impl GroupPhase {
    /// Which phase may follow which (reference §3.8).
    pub fn may_follow(self, before: GroupPhase) -> bool {
        use GroupPhase::{Available, Deleted, Deleting, Pending};
        matches!((before, self), (Pending, Available) | (Pending | Available, Deleting) | (Deleting, Deleted))
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::ResiliencyGroupState {
        match self {
            GroupPhase::Pending => shapes::ResiliencyGroupState::Pending,
            GroupPhase::Available => shapes::ResiliencyGroupState::Available,
            GroupPhase::Deleting => shapes::ResiliencyGroupState::Deleting,
            GroupPhase::Deleted => shapes::ResiliencyGroupState::Deleted,
        }
    }
}

/// What a group is meant to withstand. It is an intention: no answer shows it, and nothing is refused for it [inferred].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum ResiliencyModel {
    /// Two devices in each of two locations.
    #[n(0)]
    Maximum,
    /// One connection in each of two locations.
    #[n(1)]
    High,
    /// Two devices in one location.
    #[n(2)]
    Basic,
}

impl ResiliencyModel {
    /// As it is requested.
    pub fn from_wire(model: shapes::ResiliencyModel) -> Self {
        match model {
            shapes::ResiliencyModel::MaximumResiliency => ResiliencyModel::Maximum,
            shapes::ResiliencyModel::HighResiliency => ResiliencyModel::High,
            shapes::ResiliencyModel::BasicResiliency => ResiliencyModel::Basic,
        }
    }
}

/// A resiliency group.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[expect(missing_docs, reason = "members of the wire's ResiliencyGroup under their own names, unless said otherwise")]
pub struct ResiliencyGroup {
    #[n(0)]
    pub id: ResiliencyGroupId,
    #[n(1)]
    pub owner: AccountId,
    /// Where it was made; its ARN has the partition of this Region, and no Region.
    #[n(2)]
    pub region: Region,
    #[n(3)]
    pub name: Box<str>,
    /// `intendedResiliencyModel` of its creation.
    #[n(4)]
    pub model: ResiliencyModel,
    #[n(5)]
    pub tags: Tags,
    #[n(6)]
    pub created: Timestamp,
    #[n(7)]
    pub phase: Steps<GroupPhase>,
}

impl ResiliencyGroup {
    /// The plan of a new one.
    pub fn plan(now: Timestamp, delays: &Delays) -> Steps<GroupPhase> {
        let mut phase = Steps::new(now, GroupPhase::Pending);
        phase.push(now + delays.get(Delay::ResiliencyGroup), GroupPhase::Available);
        phase
    }

    /// It is deleted: deleting from `now` on.
    pub fn delete(&mut self, now: Timestamp, delays: &Delays) {
        self.phase = self.phase.history(now);
        self.phase.push(now, GroupPhase::Deleting);
        self.phase.push(now + delays.get(Delay::ResiliencyGroup), GroupPhase::Deleted);
    }

    /// As the wire shows it in `phase`.
    pub fn to_wire(&self, phase: GroupPhase) -> shapes::ResiliencyGroup {
        shapes::ResiliencyGroup {
            resiliency_group_id: Some(self.id.to_string()),
            resiliency_group_arn: Some(self.arn().to_string()),
            resiliency_group_name: Some(self.name.to_string()),
            resiliency_group_type: Some(shapes::ResiliencyGroupType::Managed),
            owner_account: Some(self.owner.to_string()),
            state: Some(phase.to_wire()),
            tags: Some(self.tags.to_wire()),
        }
    }

    /// As lists show it: the same without tags.
    pub fn to_wire_summary(&self, phase: GroupPhase) -> shapes::ResiliencyGroupSummary {
        let whole = self.to_wire(phase);
        shapes::ResiliencyGroupSummary {
            resiliency_group_id: whole.resiliency_group_id,
            resiliency_group_arn: whole.resiliency_group_arn,
            resiliency_group_name: whole.resiliency_group_name,
            resiliency_group_type: whole.resiliency_group_type,
            owner_account: whole.owner_account,
            state: whole.state,
        }
    }

    /// Its ARN.
    pub fn arn(&self) -> Arn {
        let partition = crate::arn::partition(self.region.as_str());
        Arn::ResiliencyGroup { partition, account: self.owner, id: self.id }
    }

    /// Whether calls may still use it at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        matches!(self.phase.at(now), GroupPhase::Pending | GroupPhase::Available)
    }

    /// Whether lists still show it at `now`: the deleted stay listed for `retention`.
    pub fn is_listed(&self, now: Timestamp, retention: Duration) -> bool {
        self.phase.at(now) != GroupPhase::Deleted || now < self.phase.since(now) + retention
    }
}

/// What calls and plans decide about an association. What is seen is the phase itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
#[cbor(index_only)]
pub enum GroupAssociationPhase {
    /// Being made.
    #[n(0)]
    Associating,
    /// In use.
    #[n(1)]
    Associated,
    /// Being ended.
    #[n(2)]
    Disassociating,
    /// Ended, and never shown again, as with gateways (decision 5 of the reference).
    #[n(3)]
    Disassociated,
}

impl GroupAssociationPhase {
    /// Which phase may follow which (reference §3.8).
    pub fn may_follow(self, before: GroupAssociationPhase) -> bool {
        use GroupAssociationPhase::{Associated, Associating, Disassociated, Disassociating};
        matches!(
            (before, self),
            (Associating, Associated) | (Associating | Associated, Disassociating) | (Disassociating, Disassociated)
        )
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::ResiliencyGroupAssociationState {
        use shapes::ResiliencyGroupAssociationState as Wire;
        match self {
            GroupAssociationPhase::Associating => Wire::Associating,
            GroupAssociationPhase::Associated => Wire::Associated,
            GroupAssociationPhase::Disassociating => Wire::Disassociating,
            GroupAssociationPhase::Disassociated => Wire::Disassociated,
        }
    }
}

/// The association of a connection or LAG with a group: it has one at a time, so a later one takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct GroupAssociation {
    /// What is associated: a connection that stands alone, or a LAG.
    #[n(0)]
    pub port: Parent,
    /// The Region of the port.
    #[n(1)]
    pub region: Region,
    /// Whose the port and the group are.
    #[n(2)]
    pub owner: AccountId,
    /// The group.
    #[n(3)]
    pub group: ResiliencyGroupId,
    /// When it was made.
    #[n(4)]
    pub created: Timestamp,
    /// What is seen of it.
    #[n(5)]
    pub phase: Steps<GroupAssociationPhase>,
    /// Until when the port is billed as one of a pair that has broken.
    #[n(6)]
    pub paired_until: Option<Timestamp>,
}

impl GroupAssociation {
    /// The plan of a new one.
    pub fn plan(now: Timestamp, delays: &Delays) -> Steps<GroupAssociationPhase> {
        let mut phase = Steps::new(now, GroupAssociationPhase::Associating);
        phase.push(now + delays.get(Delay::ResiliencyGroup), GroupAssociationPhase::Associated);
        phase
    }

    /// It ends: disassociating from `now` on.
    pub fn end(&mut self, now: Timestamp, delays: &Delays) {
        self.phase = self.phase.history(now);
        self.phase.push(now, GroupAssociationPhase::Disassociating);
        self.phase.push(now + delays.get(Delay::ResiliencyGroup), GroupAssociationPhase::Disassociated);
    }

    /// It will end at `at`, with its port, unless something is done about that before.
    pub fn end_at(&mut self, at: Timestamp, delays: &Delays) {
        let at = at.max(self.phase.last().0);
        self.phase.push(at, GroupAssociationPhase::Disassociating);
        self.phase.push(at + delays.get(Delay::ResiliencyGroup), GroupAssociationPhase::Disassociated);
    }

    /// It stays, whatever end was planned.
    pub fn keep(&mut self, now: Timestamp) {
        let end = self.phase.iter().find(|(at, phase)| *at > now && *phase == GroupAssociationPhase::Disassociating);
        if let Some((at, _)) = end {
            self.phase.cancel_from(at);
        }
    }

    /// Ends now what is under way. A planned end is not.
    pub fn hasten(&mut self, now: Timestamp) {
        if !self.is_associated(now) {
            self.phase.hasten_next(now);
        }
    }

    /// As the wire shows it in `phase`.
    pub fn to_wire(&self, phase: GroupAssociationPhase) -> shapes::ResiliencyGroupAssociation {
        let (region, account) = (self.region, self.owner);
        let arn = match self.port {
            Parent::Connection(id) | Parent::Hosted(id) => Arn::Connection { region, account, id },
            Parent::Lag(id) => Arn::Lag { region, account, id },
        };
        shapes::ResiliencyGroupAssociation {
            resiliency_group_id: Some(self.group.to_string()),
            connection_arn: Some(arn.to_string()),
            state: Some(phase.to_wire()),
        }
    }

    /// Whether it is in use at `now`.
    pub fn is_associated(&self, now: Timestamp) -> bool {
        self.phase.at(now) == GroupAssociationPhase::Associated
    }

    /// Whether it is on its way out at `now`, or gone.
    pub fn is_ending(&self, now: Timestamp) -> bool {
        matches!(self.phase.at(now), GroupAssociationPhase::Disassociating | GroupAssociationPhase::Disassociated)
    }

    /// Whether it is there at `now`, be it on its way in or out.
    pub fn is_present(&self, now: Timestamp) -> bool {
        self.phase.at(now) != GroupAssociationPhase::Disassociated
    }
}
