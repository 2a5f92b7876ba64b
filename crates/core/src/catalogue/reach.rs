//! How far the flat rates reach: the Regions whose traffic each tier includes. The tiers are metro, regional,
//! continental, long-haul and global, and each includes those before it [guide]. Which Regions that makes is not
//! published: it follows here from their names [inferred].

use super::generated;
use crate::arn::partition;
use crate::model::billing::BillingMode;
use std::collections::BTreeSet;

/// Areas of Region names that are one continent, and the continents that a long haul leads to from there, by place.
const CONTINENTS: [(&[&str], &[usize]); 6] = [
    (&["us", "ca", "mx"], &[1, 2]),
    (&["sa"], &[0]),
    (&["eu", "eusc"], &[0, 3, 4]),
    (&["me", "il"], &[2, 4, 5]),
    (&["af"], &[2, 3]),
    (&["ap", "cn"], &[3]),
];

/// The Regions of the catalogue that a flat rate at a location of `region` includes; none for pay as you go.
pub fn included(region: &str, mode: BillingMode) -> Vec<&'static str> {
    let all: BTreeSet<&str> = generated::LOCATIONS.iter().flat_map(|location| location.regions).copied().collect();
    let (here, around) = continents(region);
    let reaches = |other: &&str| match mode {
        BillingMode::PayAsYouGo => false,
        BillingMode::FlatRateTier1 => *other == region,
        BillingMode::FlatRateTier2 => metropolitan(other) == metropolitan(region),
        BillingMode::FlatRateTier3 => continents(other).0 == here,
        BillingMode::FlatRateTier4 => continents(other).0 == here || around.contains(&continents(other).0),
        BillingMode::FlatRateTier5 => true,
    };
    all.into_iter().filter(|other| partition(other) == partition(region)).filter(reaches).collect()
}

/// The name without its number: `us-east`.
fn metropolitan(region: &str) -> &str {
    region.rsplit_once('-').map_or(region, |(place, _)| place)
}

/// The continent of a Region and those a long haul away; a Region of no known area is a continent of its own.
fn continents(region: &str) -> (usize, &'static [usize]) {
    let area = region.split('-').next().unwrap_or_default();
    let found = CONTINENTS.iter().position(|(areas, _)| areas.contains(&area));
    found.map_or((CONTINENTS.len(), &[]), |at| (at, CONTINENTS[at].1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tier_includes_those_before_it() {
        for region in generated::LOCATIONS.iter().flat_map(|location| location.regions) {
            assert_eq!(included(region, BillingMode::PayAsYouGo), Vec::<&str>::new());
            assert_eq!(included(region, BillingMode::FlatRateTier1), [*region]);
            for pair in BillingMode::ALL[1..].windows(2) {
                let (near, far) = (included(region, pair[0]), included(region, pair[1]));
                assert!(near.iter().all(|region| far.contains(region)), "{region}: {near:?} {far:?}");
            }
        }
        assert_eq!(included("us-east-1", BillingMode::FlatRateTier2), ["us-east-1", "us-east-2"]);
        assert!(included("us-east-1", BillingMode::FlatRateTier3).contains(&"ca-central-1"));
        assert!(!included("us-east-1", BillingMode::FlatRateTier4).contains(&"ap-south-1"));
        assert!(included("us-east-1", BillingMode::FlatRateTier5).contains(&"ap-south-1"));
        assert!(!included("us-east-1", BillingMode::FlatRateTier5).contains(&"cn-north-1"));
        assert_eq!(included("cn-north-1", BillingMode::FlatRateTier5), ["cn-north-1", "cn-northwest-1"]);
    }

    #[test]
    fn continents_are_a_long_haul_from_each_other() {
        for (at, (_, around)) in CONTINENTS.iter().enumerate() {
            for other in *around {
                assert!(CONTINENTS[*other].1.contains(&at) && *other != at, "{at} and {other}");
            }
        }
    }
}
