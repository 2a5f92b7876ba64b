//! DescribeLocations: the locations of the Region and what each offers.

use crate::catalogue::{self, Location};
use crate::model::bandwidth::Bandwidth;
use crate::model::billing::BillingMode;
use crate::ops::facts::{Access, Facts};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::{Unit, shapes};

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Read, &[]);

pub(in crate::ops) fn describe_locations(tx: &mut Tx<'_>, _: &Unit) -> Result<shapes::Locations, Rejection> {
    let region = tx.region();
    let locations = catalogue::locations_in(region).map(|location| to_wire(location, region.as_str()));
    Ok(shapes::Locations { locations: Some(locations.collect()) })
}

fn to_wire(location: &Location, region: &str) -> shapes::Location {
    let providers = location.providers.iter().map(|provider| (*provider).to_owned());
    shapes::Location {
        location_code: Some(location.code.to_owned()),
        location_name: Some(location.name.to_owned()),
        region: Some(region.to_owned()),
        available_port_speeds: Some(speeds(location.port_speeds.iter().copied())),
        available_providers: Some(providers.collect()),
        available_mac_sec_port_speeds: Some(speeds(location.mac_sec_port_speeds.iter().copied())),
        available_billing_modes: Some(
            BillingMode::ALL.iter().filter_map(|mode| offer(location, region, *mode)).collect(),
        ),
    }
}

/// A billing mode and the speeds it is offered for, where it is offered at all.
fn offer(location: &Location, region: &str, mode: BillingMode) -> Option<shapes::AvailableBillingMode> {
    let has_mode = |speed: &Bandwidth| !mode.is_flat_rate() || speed.has_flat_rate();
    let offered: Vec<Bandwidth> = location.port_speeds.iter().copied().filter(has_mode).collect();
    let included = catalogue::included(region, mode).into_iter();
    (!offered.is_empty()).then(|| shapes::AvailableBillingMode {
        billing_mode: Some(mode.to_wire()),
        available_port_speeds: Some(speeds(offered.into_iter())),
        included_regions: mode.is_flat_rate().then(|| included.map(str::to_owned).collect()),
    })
}

fn speeds(speeds: impl Iterator<Item = Bandwidth>) -> Vec<String> {
    speeds.map(|speed| speed.port_speed().to_owned()).collect()
}
