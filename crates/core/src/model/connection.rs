//! A dedicated connection or interconnect: its record, its phases and causes, and what a caller sees of it.

mod causes;
mod states;

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
use crate::time::{Duration, Timestamp};
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};

pub use states::{Change, Phase, Seen};

/// `portEncryptionStatus` while MACsec protects the link, and otherwise [model].
const ENCRYPTED: &str = "Encryption Up";
const CLEAR: &str = "Encryption Down";

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

    /// Keeps what was seen until `now` and lets the causes start anew from their values at `now`.
    // INVARIANT: called before a call adds to any cause, so that what it adds comes after what was there at the same moment.
    pub fn settle(&mut self, now: Timestamp) {
        self.shown = self.seen().history(now);
        if self.is_removed() && !self.is_live(now) {
            // No call has taken its keys. What it is told by is forgotten here, and so they go now.
            self.keys = Keys::default();
            self.keep_mode(now);
        }
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

    /// Takes back the planned end of a port whose link has not been up.
    pub fn cancel_removal(&mut self, now: Timestamp) {
        if self.is_removed() && self.phase.last().0 > now {
            self.phase.cancel_last();
        }
    }

    /// Whether it ends, or has ended, without a call: its link has not been up.
    pub fn is_removed(&self) -> bool {
        let mut last = self.phase.iter().rev().map(|(_, phase)| phase);
        last.next() == Some(Phase::Deleted) && last.next() == Some(Phase::Provisioned)
    }

    /// Ends now whatever is under way: phases and changes, up to the next resting state.
    pub fn hasten(&mut self, now: Timestamp) {
        self.settle(now);
        self.cancel_removal(now);
        self.phase.hasten(now);
        self.change.hasten(now);
        self.keys.hasten(now);
    }

    /// The port has this encryption mode from `now` on. When its last key goes, as is planned, a port that must encrypt
    /// only should from then on, so that its traffic goes on [guide]. The caller has settled the connection.
    pub fn encrypt(&mut self, now: Timestamp, mode: EncryptionMode) {
        self.encryption.set(now, mode);
        if mode == EncryptionMode::MustEncrypt
            && let Some(end) = self.keys.planned_end(now)
        {
            self.encryption.push(end, EncryptionMode::ShouldEncrypt);
        }
    }

    /// Dissociates every key, its own or its LAG's. The caller has settled the connection.
    pub fn drop_keys(&mut self, now: Timestamp, delay: Duration) {
        self.keys.end(now, delay, |_| true);
        self.keep_mode(now);
    }

    /// The mode stays as it is: no key is left whose end could change it.
    fn keep_mode(&mut self, now: Timestamp) {
        let mode = self.encryption.at(now);
        self.encryption.set(now, mode);
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
            mac_sec_keys: Some(if state == Seen::Deleted { Vec::new() } else { self.keys.to_wire(now) }),
            billing_mode: Some(self.billing.to_wire()),
            ..shapes::Connection::default()
        }
    }
}
