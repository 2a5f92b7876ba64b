//! The locations of Direct Connect and what each offers: facts of the model, not rows of the store.
//!
//! A building may be offered in several Regions, so an entry is found by Region and code together.

use crate::ids::{LocationCode, Region};
use crate::model::bandwidth::Bandwidth;

mod generated;
mod reach;

pub use reach::included;

/// One building as offered in one or more Regions.
#[derive(Debug, PartialEq, Eq)]
pub struct Location {
    /// Its code in the service's own spelling, such as `EqDC2`.
    pub code: &'static str,
    /// Operator, site, city and country.
    pub name: &'static str,
    /// The Regions whose endpoints list it.
    pub regions: &'static [&'static str],
    /// Port speeds on offer.
    pub port_speeds: &'static [Bandwidth],
    /// Those of them that can be ordered with MACsec.
    pub mac_sec_port_speeds: &'static [Bandwidth],
    /// Network providers present; empty where none is known, and then every name is accepted.
    pub providers: &'static [&'static str],
}

impl Location {
    /// The code as a key.
    pub fn key(&self) -> LocationCode {
        LocationCode::new(self.code).expect("codes of the catalogue are short")
    }

    /// Whether `provider` works here; where no list is known every provider does.
    pub fn has_provider(&self, provider: &str) -> bool {
        self.providers.is_empty() || self.providers.iter().any(|known| known.eq_ignore_ascii_case(provider))
    }
}

/// The locations of a Region, in the catalogue's order.
pub fn locations_in(region: Region) -> impl Iterator<Item = &'static Location> {
    generated::LOCATIONS.iter().filter(move |location| location.regions.contains(&region.as_str()))
}

/// The location with this code in this Region; the case of the code does not matter [observed].
pub fn find(region: Region, code: &str) -> Option<&'static Location> {
    locations_in(region).find(|location| location.code.eq_ignore_ascii_case(code))
}

/// Every Region in which the location with this code is offered.
pub fn places(code: &str) -> impl Iterator<Item = (Region, LocationCode)> {
    let entries = generated::LOCATIONS.iter().filter(move |location| location.code == code);
    entries.flat_map(|location| {
        let regions = location.regions.iter().filter_map(|region| Region::new(region));
        regions.map(|region| (region, location.key()))
    })
}
