//! A dedicated connection or interconnect: its record, its phases and causes, and what a caller sees of it.

use super::bandwidth::Bandwidth;
use super::billing::{BillingChanges, BillingMode};
use super::device::Light;
use super::encryption::EncryptionMode;
use super::interconnect::Kind;
use super::mac_sec::{FarEnd, Keys};
use crate::arn::Arn;
use crate::ids::{AccountId, ConnectionId, DeviceId, LagId, LocationCode, Position, Region};
use crate::settings::{Delay, Delays};
use crate::steps::Steps;
use crate::tags::Tags;
use crate::time::Timestamp;
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};

/// `portEncryptionStatus` while MACsec protects the link, and otherwise [model].
const ENCRYPTED: &str = "Encryption Up";
const CLEAR: &str = "Encryption Down";

/// What calls and plans decide about one connection alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Phase {
    /// Ordered; AWS has not made its LOA yet.
    #[n(0)]
    Requested,
    /// The port is assigned; nobody has cabled it yet.
    #[n(1)]
    Pending,
    /// The port is in service.
    #[n(2)]
    Provisioned,
    /// Being deleted.
    #[n(3)]
    Deleting,
    /// Gone; its port is free.
    #[n(4)]
    Deleted,
}

impl Phase {
    /// Which phase may follow which (reference §3.1). A request that is deleted is gone at once [observed].
    pub fn may_follow(self, before: Phase) -> bool {
        use Phase::{Deleted, Deleting, Pending, Provisioned, Requested};
        matches!(
            (before, self),
            (Requested, Pending | Deleted)
                | (Pending, Provisioned | Deleting)
                | (Provisioned, Deleting)
                | (Deleting, Deleted)
        )
    }

    /// Whether calls may still use the connection.
    pub fn is_live(self) -> bool {
        self < Phase::Deleting
    }
}

/// A change under way that interrupts a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Change {
    /// Nothing is under way.
    #[n(0)]
    None,
    /// It is joining a LAG.
    #[n(1)]
    Joining,
    /// It is leaving a LAG.
    #[n(2)]
    Leaving,
}

/// The state that a caller sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
#[expect(missing_docs, reason = "the wire's own words: ConnectionState of the model")]
pub enum Seen {
    #[n(0)]
    Requested,
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
}

impl Seen {
    /// Which state may be seen right after which (reference §3.1).
    pub fn may_follow(self, before: Seen) -> bool {
        use Seen::{Available, Deleted, Deleting, Down, Pending, Requested};
        matches!(
            (before, self),
            (Requested, Pending | Deleted)
                | (Pending, Available | Down | Deleting)
                | (Available, Down | Deleting)
                | (Down, Available | Deleting)
                | (Deleting, Deleted)
        )
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::ConnectionState {
        match self {
            Seen::Requested => shapes::ConnectionState::Requested,
            Seen::Pending => shapes::ConnectionState::Pending,
            Seen::Available => shapes::ConnectionState::Available,
            Seen::Down => shapes::ConnectionState::Down,
            Seen::Deleting => shapes::ConnectionState::Deleting,
            Seen::Deleted => shapes::ConnectionState::Deleted,
        }
    }
}

/// A port: the device's number at its location, and the port's among those of its speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Port {
    /// Number of the device.
    #[n(0)]
    pub device: u16,
    /// Number of the port among the device's ports of this speed.
    #[n(1)]
    pub number: u16,
}

/// A dedicated connection, or an interconnect.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[expect(missing_docs, reason = "members of the wire's Connection under their own names, unless said otherwise")]
pub struct Connection {
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
    pub bandwidth: Bandwidth,
    #[n(6)]
    pub provider: Option<Box<str>>,
    /// The reserved port; shown from `pending` on.
    #[n(7)]
    pub port: Port,
    /// Whether MACsec was requested.
    #[n(8)]
    pub mac_sec: bool,
    #[n(9)]
    pub billing: BillingMode,
    #[n(10)]
    pub lag: Option<LagId>,
    #[n(11)]
    pub tags: Tags,
    #[n(12)]
    pub created: Timestamp,
    #[n(13)]
    pub phase: Steps<Phase>,
    #[n(14)]
    pub change: Steps<Change>,
    /// Light on its own fibre.
    #[n(15)]
    pub light: Steps<Light>,
    /// Light on the whole device.
    #[n(16)]
    pub device_light: Steps<Light>,
    /// The mode in force, the LAG's for a member.
    #[n(17)]
    pub encryption: Steps<EncryptionMode>,
    /// What was seen before the causes above were last changed by a call.
    #[n(18)]
    pub shown: Steps<Seen>,
    /// What it carries.
    #[n(19)]
    #[cbor(skip_if = "Kind::is_dedicated")]
    pub kind: Kind,
    /// When its LOA was last handed out.
    #[n(20)]
    pub loa_issue_time: Option<Timestamp>,
    /// When its billing mode was changed.
    #[n(21)]
    pub billing_changes: BillingChanges,
    /// Its MACsec keys, a member's those of its LAG.
    #[n(22)]
    pub keys: Keys,
    /// Which keys the far end has; absent until somebody says.
    #[n(23)]
    pub far_end: Option<Box<Steps<FarEnd>>>,
}

/// One step of one cause.
enum Event {
    Phase(Phase),
    Change(Change),
    Light(Light),
    DeviceLight(Light),
    Encryption(EncryptionMode),
    HasWorkingKey(bool),
}

/// The value of every cause at one moment.
struct Causes {
    phase: Phase,
    change: Change,
    light: Light,
    device_light: Light,
    encryption: EncryptionMode,
    has_working_key: bool,
}

impl Causes {
    /// Deleted and deleting before requested and pending before down before available (design: precedence of causes).
    fn seen(&self) -> Seen {
        let is_clear_refused = self.encryption == EncryptionMode::MustEncrypt && !self.has_working_key;
        match self.phase {
            Phase::Requested => Seen::Requested,
            Phase::Pending => Seen::Pending,
            Phase::Provisioned if !self.is_link_up() || is_clear_refused => Seen::Down,
            Phase::Provisioned => Seen::Available,
            Phase::Deleting => Seen::Deleting,
            Phase::Deleted => Seen::Deleted,
        }
    }

    fn is_link_up(&self) -> bool {
        self.change == Change::None && self.light == Light::Lit && self.device_light == Light::Lit
    }

    /// Whether MACsec protects the link: both ends have a key in common, and the port is to use it.
    fn is_encrypted(&self) -> bool {
        let is_wanted = self.encryption != EncryptionMode::NoEncrypt;
        self.phase == Phase::Provisioned && self.is_link_up() && is_wanted && self.has_working_key
    }

    fn take(&mut self, event: &Event) {
        match *event {
            Event::Phase(phase) => self.phase = phase,
            Event::Change(change) => self.change = change,
            Event::Light(light) => self.light = light,
            Event::DeviceLight(light) => self.device_light = light,
            Event::Encryption(mode) => self.encryption = mode,
            Event::HasWorkingKey(works) => self.has_working_key = works,
        }
    }
}

impl Connection {
    /// The plan of a new order: its phases, with the delays in force.
    pub fn order_plan(now: Timestamp, delays: &Delays) -> Steps<Phase> {
        let pending = now + delays.get(Delay::ConnectionRequested);
        let mut phase = Steps::new(now, Phase::Requested);
        phase.push(pending, Phase::Pending);
        phase.push(pending + delays.get(Delay::ConnectionPending), Phase::Provisioned);
        phase
    }

    /// The state seen at `now`.
    pub fn state(&self, now: Timestamp) -> Seen {
        self.causes(now).seen()
    }

    /// Whether it carries traffic at `now`.
    pub fn is_operational(&self, now: Timestamp) -> bool {
        self.state(now) == Seen::Available
    }

    /// Whether calls may still use it at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.phase.at(now).is_live()
    }

    /// Everything that was seen and, as planned, will be.
    pub fn seen(&self) -> Steps<Seen> {
        let mut events: Vec<(Timestamp, Event)> = Vec::new();
        // The first step of each cause is what it starts from.
        events.extend(self.phase.iter().skip(1).map(|(at, phase)| (at, Event::Phase(phase))));
        events.extend(self.change.iter().skip(1).map(|(at, change)| (at, Event::Change(change))));
        events.extend(self.light.iter().skip(1).map(|(at, light)| (at, Event::Light(light))));
        events.extend(self.device_light.iter().skip(1).map(|(at, light)| (at, Event::DeviceLight(light))));
        events.extend(self.encryption.iter().skip(1).map(|(at, mode)| (at, Event::Encryption(mode))));
        // After the mode: when the last key goes and the mode with it, nothing is interrupted.
        events.extend(self.key_changes().map(|at| (at, Event::HasWorkingKey(self.has_working_key(at)))));
        events.sort_by_key(|(at, _)| *at);
        let mut causes = self.causes(Timestamp(i64::MIN));
        let mut seen = self.shown.clone();
        for (at, event) in &events {
            causes.take(event);
            seen.push(*at, causes.seen());
        }
        seen
    }

    /// Keeps what was seen until `now` and lets the causes start anew from their values at `now`.
    // INVARIANT: called before a call adds to any cause, so that what it adds comes after what was there at the same moment.
    pub fn settle(&mut self, now: Timestamp) {
        self.shown = self.seen().history(now);
        self.phase.forget_until(now);
        self.change.forget_until(now);
        self.light.forget_until(now);
        self.device_light.forget_until(now);
        self.encryption.forget_until(now);
        self.keys.settle(now);
        if let Some(far_end) = &mut self.far_end {
            far_end.forget_until(now);
        }
    }

    /// Interrupts it from `now` on for as long as a change of LAG takes.
    pub fn interrupt(&mut self, now: Timestamp, change: Change, delays: &Delays) {
        self.change.set(now, change);
        self.change.push(now + delays.get(Delay::LagChange), Change::None);
    }

    /// Ends now whatever is under way: phases and changes, up to the next resting state.
    pub fn hasten(&mut self, now: Timestamp) {
        self.settle(now);
        self.phase.hasten(now);
        self.change.hasten(now);
        self.keys.hasten(now);
    }

    /// The far end has other keys from `now` on. The caller has settled the connection.
    pub fn set_far_end(&mut self, now: Timestamp, far_end: FarEnd) {
        let created = self.created;
        self.far_end.get_or_insert_with(|| Box::new(Steps::new(created, FarEnd::Match))).set(now, far_end);
    }

    /// Whether MACsec protects the link at `now`.
    pub fn is_encrypted(&self, now: Timestamp) -> bool {
        self.causes(now).is_encrypted()
    }

    /// Whether it carries hosted connections.
    pub fn is_interconnect(&self) -> bool {
        self.kind == Kind::Interconnect
    }

    /// Makes an interconnect of it. These are paid as they go [model].
    pub fn become_interconnect(&mut self) {
        self.kind = Kind::Interconnect;
        self.billing = BillingMode::PayAsYouGo;
    }

    /// The device that its port is on.
    pub fn device(&self) -> DeviceId {
        DeviceId { region: self.region, location: self.location, number: self.port.device }
    }

    /// Where it stands in lists.
    pub fn position(&self) -> Position<ConnectionId> {
        (self.created, self.id)
    }

    /// Its ARN, without partition.
    pub fn arn(&self) -> Arn {
        Arn::Connection { region: self.region, account: self.owner, id: self.id }
    }

    /// What its owner sees of it, in state `state`, at `now`.
    pub fn to_wire(&self, state: Seen, now: Timestamp) -> shapes::Connection {
        let is_port_shown = match state {
            Seen::Requested => false,
            Seen::Pending | Seen::Available | Seen::Down => true,
            // A long history has lost its beginning, but whatever came after pending tells as much.
            Seen::Deleting | Seen::Deleted => {
                let seen = self.seen();
                [Seen::Pending, Seen::Available, Seen::Down].into_iter().any(|shown| seen.was(shown, now))
            }
        };
        let device = is_port_shown.then(|| self.device().to_string());
        shapes::Connection {
            owner_account: Some(self.owner.to_string()),
            connection_id: Some(self.id.to_string()),
            connection_name: Some(self.name.to_string()),
            connection_state: Some(state.to_wire()),
            region: Some(self.region.to_string()),
            location: Some(self.location.to_string()),
            bandwidth: Some(self.bandwidth.as_str().to_owned()),
            lag_id: self.lag.map(|id| id.to_string()),
            aws_device: device.clone(),
            aws_device_v2: device.clone(),
            aws_logical_device_id: device,
            jumbo_frame_capable: Some(is_port_shown),
            has_logical_redundancy: Some(shapes::HasLogicalRedundancy::Unknown),
            tags: Some(self.tags.to_wire()),
            provider_name: self.provider.as_deref().map(str::to_owned),
            loa_issue_time: self.loa_issue_time.map(Timestamp::to_wire),
            mac_sec_capable: Some(self.mac_sec),
            port_encryption_status: Some(if self.is_encrypted(now) { ENCRYPTED } else { CLEAR }.to_owned()),
            encryption_mode: Some(self.encryption.at(now).as_str().to_owned()),
            mac_sec_keys: Some(self.keys.to_wire(now)),
            billing_mode: Some(self.billing.to_wire()),
            ..shapes::Connection::default()
        }
    }

    fn causes(&self, now: Timestamp) -> Causes {
        Causes {
            phase: self.phase.at(now),
            change: self.change.at(now),
            light: self.light.at(now),
            device_light: self.device_light.at(now),
            encryption: self.encryption.at(now),
            has_working_key: self.has_working_key(now),
        }
    }

    fn has_working_key(&self, now: Timestamp) -> bool {
        let far_end = self.far_end.as_ref().map_or(FarEnd::Match, |steps| steps.at(now));
        self.keys.work_with(far_end, now)
    }

    /// The later moments at which one end has other keys.
    fn key_changes(&self) -> impl Iterator<Item = Timestamp> + '_ {
        let far_end = self.far_end.iter().flat_map(|steps| steps.iter().skip(1).map(|(at, _)| at));
        self.keys.changes().chain(far_end)
    }
}
