//! What the state of a connection follows from: its phase and the causes that come and go, and which of them counts.

use super::{Change, Connection, Phase, Seen};
use crate::model::device::Light;
use crate::model::encryption::EncryptionMode;
use crate::model::mac_sec::FarEnd;
use crate::steps::Steps;
use crate::time::Timestamp;

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
pub(super) struct Causes {
    phase: Phase,
    change: Change,
    light: Light,
    device_light: Light,
    encryption: EncryptionMode,
    has_working_key: bool,
}

impl Causes {
    /// Deleted and deleting before requested and pending before down before available (design: precedence of causes).
    pub(super) fn seen(&self) -> Seen {
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
    pub(super) fn is_encrypted(&self) -> bool {
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

    pub(super) fn causes(&self, now: Timestamp) -> Causes {
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
