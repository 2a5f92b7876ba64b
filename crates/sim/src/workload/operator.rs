//! The operator's random calls: time passes, fibres are cut, settings change.

use super::inputs::Inputs;
use super::registry::HOLDER;
use super::{ACCOUNTS, Known, Workload, mac_sec};
use crate::random::Random;
use crossconnect_core::control::registry::Change;
use crossconnect_core::control::{ClockKind, Peer, Request, Secret};
use crossconnect_core::model::account::PartnerKind;
use crossconnect_core::model::device::Light;
use crossconnect_core::settings::{Clock, Delay, Delays, Ipv4Blocks, Lifecycle, Placement, Plant, Quota, Settings};
use crossconnect_core::{Duration, State, Timestamp};

/// The settings that a workload starts with: small, and some of them random.
pub(crate) fn start(random: &mut Random) -> Request {
    let mut settings = Settings { plant: Plant { devices_per_location: 2, ports_per_speed: 6 }, ..Settings::default() };
    // Where few are allowed, the quota is reached before the plant is full.
    let few = u32::from(random.one_in(4));
    settings.quotas.set(Quota::ConnectionsPerLocation, 5 - 2 * few);
    settings.quotas.set(Quota::LagsPerRegion, 2 - few);
    settings.quotas.set(Quota::TagsPerResource, 4);
    settings.quotas.set(Quota::GatewaysPerAccount, 4);
    settings.quotas.set(Quota::ResiliencyGroupsPerAccount, 2);
    settings.quotas.set(Quota::AssociationsPerResiliencyGroup, 2);
    settings.quotas.set(Quota::VirtualPrivateGatewaysPerGateway, 2);
    settings.quotas.set(Quota::TransitGatewaysPerGateway, 1);
    settings.quotas.set(Quota::GatewaysPerTransitGateway, 1);
    settings.quotas.set(Quota::AllowedPrefixesPerAssociation, 2);
    settings.quotas.set(Quota::InterfacesPerConnection, 5);
    settings.quotas.set(Quota::PrivateAndPublicInterfacesPerConnection, 4);
    settings.quotas.set(Quota::TransitInterfacesPerConnection, 2);
    settings.quotas.set(Quota::InterfacesPerGateway, 2);
    settings.quotas.set(Quota::RateLimitersPerConnection, 1);
    settings.quotas.set(Quota::PrefixesPerPublicInterface, 3);
    for pool in [Quota::PrefixPool1gbps, Quota::PrefixPool10gbps, Quota::PrefixPool100gbps, Quota::PrefixPool400gbps] {
        settings.quotas.set(pool, 150);
    }
    settings.quotas.set(Quota::PrefixPoolPerGateway, 300);
    shuffle(&mut settings, random);
    Request::Configure { settings, clock: None }
}

/// The account that begins as a partner.
pub(crate) fn partner() -> Request {
    let id = ACCOUNTS[2].to_owned();
    Request::Registry(Change::PutAccount { id, partner: Some(PartnerKind::V2), name: Some("partner".to_owned()) })
}

/// An account that holds users, roles and keys from the beginning: keys are about all that happens to it.
pub(crate) fn holder() -> Request {
    Request::Registry(Change::PutAccount { id: HOLDER.to_owned(), partner: None, name: Some("holder".to_owned()) })
}

fn shuffle(settings: &mut Settings, random: &mut Random) {
    let presets = [Lifecycle::Instant, Lifecycle::Brisk, Lifecycle::Realistic];
    settings.delays = Delays::preset(presets[random.below(presets.len())]);
    // A change that outlasts an order, now and then.
    if random.one_in(2) {
        settings.delays.set(Delay::LagChange, Duration::from_seconds(random.below(10) as i64));
    }
    settings.ipv4_blocks = if random.one_in(2) { Ipv4Blocks::OfEight } else { Ipv4Blocks::OfFour };
    settings.placement = if random.one_in(2) { Placement::Pack } else { Placement::Spread };
}

impl Workload {
    pub(super) fn control(&mut self, request: &Request) {
        if let Err(rejection) = self.machine.control(request).outcome {
            *self.rejected.entry(rejection.name()).or_default() += 1;
        }
    }

    /// One of the operator's calls, or a sweep.
    pub(super) fn operate(&mut self) {
        let known = self.known();
        let mut calls = Calls { random: &mut self.random, known: &known, state: self.machine.state() };
        match calls.call() {
            Some(request) => self.control(&request),
            None => self.machine.sweep(),
        }
    }
}

/// The operator's calls on what there is.
pub(crate) struct Calls<'a> {
    pub(crate) random: &'a mut Random,
    pub(crate) known: &'a Known,
    pub(crate) state: &'a State,
}

impl Calls<'_> {
    /// One of them; nothing stands for a sweep.
    pub(crate) fn call(&mut self) -> Option<Request> {
        Some(match self.random.below(40) {
            34..=39 => self.registry(),
            30 | 31 => self.mac_sec_peer(),
            32 | 33 => self.secret(),
            0..=9 => self.advance(),
            10..=14 => self.port_light(),
            15 | 16 => self.device_light(),
            17 | 18 => self.hasten(),
            19 => self.configure(),
            20 => self.account(),
            24..=27 => self.router(),
            28 | 29 => self.register(),
            21 => self.clock(),
            22 if self.random.one_in(10) => Request::Reset,
            _ => return None,
        })
    }

    fn advance(&mut self) -> Request {
        let seconds = [0, 1, 1, 2, 2, 3, 20, 600, 1000, if self.random.one_in(6) { 10_000_000 } else { 100_000 }];
        if self.random.one_in(40) {
            // Further than a clock may go at once.
            return Request::AdvanceClock { by: Duration::from_seconds(200 * 366 * 86_400) };
        }
        let millis = seconds[self.random.below(seconds.len())] * 1000 + self.random.below(2) as i64;
        Request::AdvanceClock { by: Duration(millis) }
    }

    fn light(&mut self) -> Light {
        if self.random.one_in(2) { Light::Lit } else { Light::Dark }
    }

    fn port_light(&mut self) -> Request {
        let id = self.random.pick(&self.known.connections).map(|connection| connection.id.to_string());
        Request::SetPortLight { connection_id: id.unwrap_or_else(|| "nonsense".to_owned()), light: self.light() }
    }

    fn device_light(&mut self) -> Request {
        let device = self.random.pick(&self.known.lags).map(|lag| lag.device().to_string());
        let device = device.unwrap_or_else(|| "nonsense".to_owned());
        if self.random.one_in(3) {
            let has = [None, Some(true), Some(true), Some(false)];
            return Request::SetDeviceRedundancy { device, has: has[self.random.below(has.len())] };
        }
        Request::SetDeviceLight { device, light: self.light() }
    }

    fn mac_sec_peer(&mut self) -> Request {
        let id = self.random.pick(&self.known.connections).map(|connection| connection.id.to_string());
        let peer = match self.random.below(6) {
            0 | 1 => Peer::Match,
            2 | 3 => Peer::Mismatch,
            4 => Peer::Holds(mac_sec::ckn(self.random)),
            _ => Peer::Holds("nonsense".to_owned()),
        };
        Request::SetMacSecPeer { connection_id: id.unwrap_or_else(|| "nonsense".to_owned()), peer }
    }

    fn secret(&mut self) -> Request {
        let (ckn, owner, region) = match self.random.pick(&self.known.secrets) {
            Some(known) => (known.ckn.to_string(), known.owner.to_string(), known.region.to_string()),
            None => (mac_sec::ckn(self.random), ACCOUNTS[0].to_owned(), "us-east-1".to_owned()),
        };
        let ckn = if self.random.one_in(12) { "nonsense".to_owned() } else { ckn };
        let region = if self.random.one_in(12) { "nowhere".to_owned() } else { region };
        Request::SetSecret { secret: Secret { ckn, owner, region }, is_ending: self.random.one_in(2) }
    }

    fn hasten(&mut self) -> Request {
        let connection = self.random.pick(&self.known.connections).map(|connection| connection.id.to_string());
        let lag = self.random.pick(&self.known.lags).map(|lag| lag.id.to_string());
        let gateway = self.random.pick(&self.known.gateways).map(|gateway| gateway.id.to_string());
        let association = self.random.pick(&self.known.associations).map(|association| association.id.to_string());
        let interface = self.random.pick(&self.known.interfaces).map(|interface| interface.id.to_string());
        let hosted = self.random.pick(&self.known.hosted).map(|hosted| hosted.id.to_string());
        let ids = [connection, lag, gateway, association, interface, hosted];
        let id = ids[self.random.below(6)].clone();
        Request::AdvanceResource { id: id.unwrap_or_else(|| "nonsense".to_owned()) }
    }

    fn configure(&mut self) -> Request {
        let mut settings = self.state.settings().clone();
        shuffle(&mut settings, self.random);
        settings.plant.ports_per_speed = self.random.below(6) as u16;
        Request::Configure { settings, clock: None }
    }

    fn register(&mut self) -> Request {
        Request::PutGateway(Inputs { random: self.random, known: self.known }.registration())
    }

    fn account(&mut self) -> Request {
        let ids = [ACCOUNTS[0], ACCOUNTS[2], "5555"];
        let kinds = [None, Some(PartnerKind::V1), Some(PartnerKind::V2)];
        let (id, partner) = (ids[self.random.below(3)].to_owned(), kinds[self.random.below(3)]);
        let names = [None, Some("lab"), Some(""), Some("two\nlines")];
        let name = names[self.random.below(4)].map(str::to_owned);
        Request::Registry(Change::PutAccount { id, partner, name })
    }

    /// Backwards, which is refused; or to the other clock: the system's is refused once much time has passed.
    fn clock(&mut self) -> Request {
        if self.random.one_in(2) {
            return Request::SetClock { to: Timestamp::MANUAL_START };
        }
        let settings = self.state.settings().clone();
        let kind = if self.state.clock() == Clock::System { ClockKind::Manual } else { ClockKind::System };
        Request::Configure { settings, clock: Some(kind) }
    }
}
