//! A link aggregation group: its record, its phases, and what a caller sees of it and its members.

use super::bandwidth::Bandwidth;
use super::billing::BillingMode;
use super::connection::{self, Connection};
use super::encryption::EncryptionMode;
use super::mac_sec::Keys;
use crate::arn::Arn;
use crate::ids::{AccountId, DeviceId, LagId, LocationCode, Position, Region};
use crate::steps::Steps;
use crate::tags::Tags;
use crate::time::{Duration, Timestamp};
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use std::sync::Arc;
use strum::VariantArray;

/// What calls decide about one LAG alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
#[cbor(index_only)]
pub enum Phase {
    /// In use.
    #[n(0)]
    Live,
    /// Being deleted.
    #[n(1)]
    Deleting,
    /// Gone.
    #[n(2)]
    Deleted,
}

impl Phase {
    /// Which phase may follow which: an empty LAG is gone at once [observed].
    pub fn may_follow(self, before: Phase) -> bool {
        before < self
    }
}

/// The state that a caller sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, VariantArray)]
#[cbor(index_only)]
#[expect(missing_docs, reason = "the wire's own words: LagState of the model")]
pub enum Seen {
    #[n(0)]
    Pending,
    #[n(1)]
    Available,
    #[n(2)]
    Down,
    #[n(3)]
    Deleting,
    #[n(4)]
    Deleted,
}

impl Seen {
    /// Which state may be seen right after which (reference §3.3).
    pub fn may_follow(self, before: Seen) -> bool {
        use Seen::{Available, Deleted, Deleting, Down, Pending};
        matches!(
            (before, self),
            (Pending, Available)
                | (Available, Down)
                | (Down, Available)
                | (Pending | Available | Down, Deleting | Deleted)
                | (Deleting, Deleted)
        )
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::LagState {
        match self {
            Seen::Pending => shapes::LagState::Pending,
            Seen::Available => shapes::LagState::Available,
            Seen::Down => shapes::LagState::Down,
            Seen::Deleting => shapes::LagState::Deleting,
            Seen::Deleted => shapes::LagState::Deleted,
        }
    }
}

/// A link aggregation group. Its members are the connections that name it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[expect(missing_docs, reason = "members of the wire's Lag under their own names, unless said otherwise")]
pub struct Lag {
    #[n(0)]
    pub id: LagId,
    #[n(1)]
    pub owner: AccountId,
    #[n(2)]
    pub region: Region,
    #[n(3)]
    pub location: LocationCode,
    /// Number of the device that all members are on; an empty LAG keeps it.
    #[n(4)]
    pub device: u16,
    #[n(5)]
    pub name: Box<str>,
    #[n(6)]
    pub bandwidth: Bandwidth,
    #[n(7)]
    pub provider: Option<Box<str>>,
    /// Whether MACsec was requested.
    #[n(8)]
    pub mac_sec: bool,
    #[n(9)]
    pub billing: BillingMode,
    #[n(10)]
    pub minimum_links: u16,
    /// The mode of every member, until [it ends](Self::encryption_ends).
    #[n(11)]
    pub encryption: EncryptionMode,
    #[n(12)]
    pub tags: Tags,
    #[n(13)]
    pub created: Timestamp,
    #[n(14)]
    pub phase: Steps<Phase>,
    /// What was seen before members, minimum links or phase were last changed by a call.
    #[n(15)]
    pub shown: Steps<Seen>,
    /// Since when what is seen follows from the present members and minimum links.
    #[n(16)]
    pub derived_since: Timestamp,
    /// Whether it was made by a partner: its members are interconnects, and no virtual interface sits on it [model].
    #[n(17)]
    #[cbor(skip_if = "carries_interfaces")]
    pub allows_hosted: bool,
    /// Its MACsec keys, which every member has as well.
    #[n(18)]
    pub keys: Keys,
    /// When its last key goes, if that is planned: from then on a LAG that must encrypt only should [guide].
    #[n(19)]
    pub encryption_ends: Option<Timestamp>,
}

fn carries_interfaces(allows_hosted: &bool) -> bool {
    !allows_hosted
}

/// What may change the state that is seen.
enum Event {
    /// Derivation begins, with the members as they are then.
    Derive,
    /// The LAG's own phase.
    Phase(Phase),
    /// A member, by its place, carries traffic or not.
    Link(usize, bool),
}

impl Lag {
    /// Everything that was seen and, as planned, will be, when its members are `members`.
    pub fn seen(&self, members: &[Arc<Connection>]) -> Steps<Seen> {
        let since = self.derived_since;
        let is_up = |state: connection::Seen| state == connection::Seen::Available;
        let mut up = Vec::with_capacity(members.len());
        let mut events = vec![(since, Event::Derive)];
        events.extend(self.phase.iter().skip(1).map(|(at, phase)| (at, Event::Phase(phase))));
        for (member, connection) in members.iter().enumerate() {
            let history = connection.seen();
            up.push(is_up(history.at(since)));
            let later = history.iter().filter(|(at, _)| *at > since);
            events.extend(later.map(|(at, state)| (at, Event::Link(member, is_up(state)))));
        }
        events.sort_by_key(|(at, _)| *at);
        let mut seen = self.shown.clone();
        let mut phase = self.phase.at(Timestamp(i64::MIN));
        let mut was_available = seen.iter().any(|(_, state)| state == Seen::Available);
        for (at, event) in events {
            match event {
                Event::Derive => {}
                Event::Phase(next) => phase = next,
                Event::Link(member, is_up) => up[member] = is_up,
            }
            let state = self.state_with(up.iter().filter(|up| **up).count(), phase, was_available);
            was_available |= state == Seen::Available;
            seen.push(at, state);
        }
        seen
    }

    /// Deleted and deleting, then available with enough links, then down if it was ever available, else pending.
    fn state_with(&self, links: usize, phase: Phase, was_available: bool) -> Seen {
        match phase {
            Phase::Deleted => Seen::Deleted,
            Phase::Deleting => Seen::Deleting,
            Phase::Live if links >= usize::from(self.minimum_links).max(1) => Seen::Available,
            Phase::Live if was_available => Seen::Down,
            Phase::Live => Seen::Pending,
        }
    }

    /// The mode of every member at `now`.
    pub fn encryption_at(&self, now: Timestamp) -> EncryptionMode {
        match self.encryption_ends {
            Some(end) if end <= now => EncryptionMode::ShouldEncrypt,
            Some(_) | None => self.encryption,
        }
    }

    /// The mode of every member since it was made or last settled, and as planned. It is known since when, not what was
    /// before.
    pub fn encryption_steps(&self) -> Steps<EncryptionMode> {
        let mut steps = Steps::new(self.derived_since, self.encryption);
        if let Some(end) = self.encryption_ends {
            steps.push(end.max(self.derived_since), EncryptionMode::ShouldEncrypt);
        }
        steps
    }

    /// Its members have this mode from `now` on, as [each of them](Connection::encrypt) does.
    pub fn encrypt(&mut self, now: Timestamp, mode: EncryptionMode) {
        self.encryption = mode;
        let ends = self.keys.planned_end(now).filter(|_| mode == EncryptionMode::MustEncrypt);
        self.encryption_ends = ends;
    }

    /// Dissociates every key. The mode stays as it is: no key is left whose end could change it. The caller has settled
    /// the LAG.
    pub fn drop_keys(&mut self, now: Timestamp, delay: Duration) {
        self.keys.end(now, delay, |_| true);
        (self.encryption, self.encryption_ends) = (self.encryption_at(now), None);
    }

    /// Keeps what was seen until `now` with the members so far; what follows is derived anew.
    // INVARIANT: called before a call changes members, minimum links or phase.
    pub fn settle(&mut self, members: &[Arc<Connection>], now: Timestamp) {
        self.shown = self.seen(members).history(now);
        self.phase.forget_until(now);
        self.keys.settle(now);
        if self.encryption_ends.is_some_and(|end| end <= now) {
            (self.encryption, self.encryption_ends) = (EncryptionMode::ShouldEncrypt, None);
        }
        self.derived_since = now;
    }

    /// Whether calls may still use it at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.phase.at(now) == Phase::Live
    }

    /// The device that its members are on.
    pub fn device(&self) -> DeviceId {
        DeviceId { region: self.region, location: self.location, number: self.device }
    }

    /// Where it stands in lists.
    pub fn position(&self) -> Position<LagId> {
        (self.created, self.id)
    }

    /// Its ARN, without partition.
    pub fn arn(&self) -> Arn {
        Arn::Lag { region: self.region, account: self.owner, id: self.id }
    }

    /// What its owner sees of it, in state `state`, with `connections` as its members, at `now`.
    pub fn to_wire(&self, state: Seen, connections: Vec<shapes::Connection>, now: Timestamp) -> shapes::Lag {
        let device = self.device().to_string();
        shapes::Lag {
            connections_bandwidth: Some(self.bandwidth.as_str().to_owned()),
            number_of_connections: Some(connections.len() as i32),
            lag_id: Some(self.id.to_string()),
            owner_account: Some(self.owner.to_string()),
            lag_name: Some(self.name.to_string()),
            lag_state: Some(state.to_wire()),
            location: Some(self.location.to_string()),
            region: Some(self.region.to_string()),
            minimum_links: Some(i32::from(self.minimum_links)),
            aws_device: Some(device.clone()),
            aws_device_v2: Some(device.clone()),
            aws_logical_device_id: Some(device),
            connections: Some(connections),
            allows_hosted_connections: Some(self.allows_hosted),
            jumbo_frame_capable: Some(true),
            has_logical_redundancy: Some(shapes::HasLogicalRedundancy::Unknown),
            tags: Some(self.tags.to_wire()),
            provider_name: self.provider.as_deref().map(str::to_owned),
            mac_sec_capable: Some(self.mac_sec),
            encryption_mode: Some(self.encryption_at(now).as_str().to_owned()),
            mac_sec_keys: Some(self.keys.to_wire(now)),
            billing_mode: Some(self.billing.to_wire()),
            ..shapes::Lag::default()
        }
    }
}
