//! A hosted connection: a VLAN of a partner's interconnect or LAG, which another account owns and puts its one virtual
//! interface on. What is seen of it follows from its phases and from what it sits on.

use super::bandwidth::HostedBandwidth;
use super::virtual_interface::Parent;
use crate::arn::Arn;
use crate::ids::{AccountId, ConnectionId, LocationCode, Position, Region};
use crate::settings::{Delay, Delays};
use crate::steps::Steps;
use crate::tags::Tags;
use crate::time::{Duration, Timestamp};
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use strum::VariantArray;

/// What calls and plans decide about one hosted connection alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
#[cbor(index_only)]
pub enum Phase {
    /// Allocated to its owner, who has not answered yet.
    #[n(0)]
    Ordering,
    /// Being set up.
    #[n(1)]
    Pending,
    /// Ready; what is seen follows from what it sits on.
    #[n(2)]
    Provisioned,
    /// Being deleted.
    #[n(3)]
    Deleting,
    /// Gone; its VLAN is free.
    #[n(4)]
    Deleted,
    /// Declined by its owner.
    #[n(5)]
    Rejected,
}

impl Phase {
    /// Which phase may follow which (reference §3.2). One that the partner takes back unanswered is gone at once [inferred].
    pub fn may_follow(self, before: Phase) -> bool {
        use Phase::{Deleted, Deleting, Ordering, Pending, Provisioned, Rejected};
        matches!(
            (before, self),
            (Ordering, Pending | Rejected | Deleted)
                | (Pending, Provisioned | Deleting)
                | (Provisioned, Deleting)
                | (Deleting, Deleted)
        )
    }

    /// Whether calls may still use it.
    pub fn is_live(self) -> bool {
        self < Phase::Deleting
    }

    /// Whether it has ended: its VLAN is free again.
    pub fn has_ended(self) -> bool {
        matches!(self, Phase::Deleted | Phase::Rejected)
    }
}

/// The state that a caller sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, VariantArray)]
#[cbor(index_only)]
#[expect(missing_docs, reason = "the wire's own words: ConnectionState of the model")]
pub enum Seen {
    #[n(0)]
    Ordering,
    #[n(1)]
    Pending,
    #[n(2)]
    Available,
    #[n(3)]
    Down,
    #[n(4)]
    Deleting,
    #[n(5)]
    Deleted,
    #[n(6)]
    Rejected,
}

impl Seen {
    /// Which state may be seen right after which (reference §3.2).
    pub fn may_follow(self, before: Seen) -> bool {
        use Seen::{Available, Deleted, Deleting, Down, Ordering, Pending, Rejected};
        matches!(
            (before, self),
            (Ordering, Pending | Rejected | Deleted)
                | (Pending, Available | Down | Deleting)
                | (Available, Down | Deleting)
                | (Down, Available | Deleting)
                | (Deleting, Deleted)
        )
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::ConnectionState {
        match self {
            Seen::Ordering => shapes::ConnectionState::Ordering,
            Seen::Pending => shapes::ConnectionState::Pending,
            Seen::Available => shapes::ConnectionState::Available,
            Seen::Down => shapes::ConnectionState::Down,
            Seen::Deleting => shapes::ConnectionState::Deleting,
            Seen::Deleted => shapes::ConnectionState::Deleted,
            Seen::Rejected => shapes::ConnectionState::Rejected,
        }
    }
}

/// A hosted connection.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[expect(missing_docs, reason = "members of the wire's Connection under their own names, unless said otherwise")]
pub struct HostedConnection {
    #[n(0)]
    pub id: ConnectionId,
    #[n(1)]
    pub owner: AccountId,
    #[n(2)]
    pub region: Region,
    #[n(3)]
    pub location: LocationCode,
    #[n(4)]
    pub name: Box<str>,
    #[n(5)]
    pub bandwidth: HostedBandwidth,
    #[n(6)]
    pub vlan: u16,
    /// The interconnect that stands alone, or the LAG, that carries it.
    #[n(7)]
    pub parent: Parent,
    /// Who owns that, and allocated this.
    #[n(8)]
    pub partner: AccountId,
    #[n(9)]
    pub tags: Tags,
    #[n(10)]
    pub created: Timestamp,
    #[n(11)]
    pub phase: Steps<Phase>,
    /// What was seen before the phase or the parent was last changed by a call.
    #[n(12)]
    pub shown: Steps<Seen>,
    /// Since when what is seen follows from the present parent.
    #[n(13)]
    pub derived_since: Timestamp,
}

/// What may change the state that is seen.
enum Event {
    Derive,
    Phase(Phase),
    Parent(bool),
}

impl HostedConnection {
    /// Everything that was seen and, as planned, will be, on a parent that carries traffic when `parent_up` says so.
    pub fn seen(&self, parent_up: &Steps<bool>) -> Steps<Seen> {
        let since = self.derived_since;
        let mut events = vec![(since, Event::Derive)];
        events.extend(self.phase.iter().skip(1).map(|(at, phase)| (at, Event::Phase(phase))));
        let later = parent_up.iter().filter(|(at, _)| *at > since);
        events.extend(later.map(|(at, is_up)| (at, Event::Parent(is_up))));
        // What a call planned for the moment at which derivation begins comes first: it is what the call shows.
        events.sort_by_key(|(at, event)| (*at, matches!(event, Event::Derive)));
        let (mut phase, mut is_up) = (self.phase.first().1, parent_up.at(since));
        let mut seen = self.shown.clone();
        for (at, event) in events {
            match event {
                Event::Derive => {}
                Event::Phase(next) => phase = next,
                Event::Parent(next) => is_up = next,
            }
            seen.push(at, state_with(phase, is_up));
        }
        seen
    }

    /// Keeps what was seen until `now` and lets the phase start anew from its value at `now`.
    // INVARIANT: called before a call adds to the phase, or changes the parent.
    pub fn settle(&mut self, parent_up: &Steps<bool>, now: Timestamp) {
        self.shown = self.seen(parent_up).history(now);
        self.phase.forget_until(now);
        self.derived_since = now;
    }

    /// Writes the plan of a confirmed one. The caller has settled it.
    pub fn confirm(&mut self, now: Timestamp, delays: &Delays) {
        self.phase.set(now, Phase::Pending);
        self.phase.push(now + delays.get(Delay::HostedConnectionPending), Phase::Provisioned);
    }

    /// Ends now whatever is under way.
    pub fn hasten(&mut self, parent_up: &Steps<bool>, now: Timestamp) {
        self.settle(parent_up, now);
        self.phase.hasten(now);
    }

    /// Whether calls may still use it at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.phase.at(now).is_live()
    }

    /// Whether it still takes its VLAN at `now`.
    pub fn is_present(&self, now: Timestamp) -> bool {
        !self.phase.at(now).has_ended()
    }

    /// Whether lists still show it: the deleted and rejected stay listed for `retention`.
    pub fn is_listed(&self, now: Timestamp, retention: Duration) -> bool {
        self.is_present(now) || now < self.phase.since(now) + retention
    }

    /// Where it stands in lists.
    pub fn position(&self) -> Position<ConnectionId> {
        (self.created, self.id)
    }

    /// Its ARN, without partition.
    pub fn arn(&self) -> Arn {
        Arn::Connection { region: self.region, account: self.owner, id: self.id }
    }
}

/// Deleted, deleting and rejected before ordering before pending before down and available.
fn state_with(phase: Phase, is_up: bool) -> Seen {
    match phase {
        Phase::Ordering => Seen::Ordering,
        Phase::Pending => Seen::Pending,
        Phase::Provisioned if is_up => Seen::Available,
        Phase::Provisioned => Seen::Down,
        Phase::Deleting => Seen::Deleting,
        Phase::Deleted => Seen::Deleted,
        Phase::Rejected => Seen::Rejected,
    }
}
