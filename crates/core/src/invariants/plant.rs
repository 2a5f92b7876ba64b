//! Devices, ports, light.

use super::Lint;
use crate::catalogue;
use crate::model::bandwidth::Bandwidth;
use crate::model::device::Light;
use std::collections::BTreeMap;

pub(super) fn check(lint: &mut Lint<'_>) {
    ports_have_one_holder(lint);
    numbers_are_within_the_plant(lint);
    light_is_that_of_the_device(lint);
    locations_offer_what_they_host(lint);
}

/// Whoever is not deleted holds its port, alone.
fn ports_have_one_holder(lint: &mut Lint<'_>) {
    let mut holders = BTreeMap::new();
    for c in lint.holders() {
        let before = holders.insert((c.device(), c.bandwidth, c.port.number), c.id);
        lint.require(before.is_none(), "ports have one holder", || format!("{} and {before:?}", c.id));
    }
}

/// Devices and ports in use are among those that there are.
fn numbers_are_within_the_plant(lint: &mut Lint<'_>) {
    let plant = lint.state.settings.plant;
    for c in lint.holders() {
        let within = c.port.device < plant.devices_per_location && c.port.number < plant.ports_per_speed;
        lint.require(within, "ports are within the plant", || format!("{} on {:?}", c.id, c.port));
    }
    let now = lint.now;
    for lag in lint.lags().filter(|lag| lag.is_live(now)) {
        let within = lag.device < plant.devices_per_location;
        lint.require(within, "devices are within the plant", || format!("{} on {}", lag.id, lag.device));
    }
}

/// A device that is off is off for every port on it.
fn light_is_that_of_the_device(lint: &mut Lint<'_>) {
    for c in lint.holders() {
        let light = lint.state.devices.get(&c.device()).map_or(Light::Lit, |device| device.light);
        let same = c.device_light.at(lint.now) == light;
        lint.require(same, "a port has the light of its device", || format!("{} on {}", c.id, c.device()));
    }
}

/// Nothing stands where it is not offered.
fn locations_offer_what_they_host(lint: &mut Lint<'_>) {
    for c in lint.connections() {
        let offered = |bandwidths: &[Bandwidth]| bandwidths.contains(&c.bandwidth);
        let fits = catalogue::find(c.region, c.location.as_str()).is_some_and(|location| {
            offered(location.port_speeds) && (!c.mac_sec || offered(location.mac_sec_port_speeds))
        });
        let fits = fits && (!c.billing.is_flat_rate() || c.bandwidth.has_flat_rate());
        lint.require(fits, "locations offer what they host", || format!("{} at {}", c.id, c.location));
    }
}
