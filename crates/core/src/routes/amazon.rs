//! Prefixes that Amazon advertises on public virtual interfaces. The real service advertises thousands; here one of each
//! family stands for each of some Regions, enough to tell Regions and continents apart by community.

use super::{Direction, Route};
use crate::ids::Region;
use crate::prefix::Prefix;
use crate::time::Timestamp;

/// Amazon's own network behind the routers of Direct Connect.
const AMAZON_ASN: u32 = 16509;
/// Every route bears it: the customer must not pass it on [guide].
const NO_EXPORT: &str = "NO_EXPORT";
/// From the Region of the interface [guide].
const SAME_REGION: &str = "7224:8100";
/// From its continent [guide].
const SAME_CONTINENT: &str = "7224:8200";

/// A Region, and one of its prefixes of each family.
const PREFIXES: [(&str, &str, &str); 14] = [
    ("us-east-1", "52.216.0.0/15", "2600:1f18::/36"),
    ("us-east-2", "52.219.80.0/20", "2600:1f16::/36"),
    ("us-west-1", "52.219.112.0/21", "2600:1f1c::/36"),
    ("us-west-2", "52.92.128.0/17", "2600:1f14::/35"),
    ("ca-central-1", "52.95.144.0/24", "2600:1f11::/36"),
    ("sa-east-1", "52.95.164.0/23", "2600:1f1e::/36"),
    ("eu-west-1", "52.218.0.0/17", "2a05:d018::/35"),
    ("eu-west-2", "52.95.148.0/23", "2a05:d01c::/36"),
    ("eu-central-1", "52.219.44.0/22", "2a05:d014::/36"),
    ("eu-north-1", "52.95.169.0/24", "2a05:d016::/36"),
    ("ap-south-1", "52.219.62.0/23", "2406:da1a::/36"),
    ("ap-southeast-1", "52.219.32.0/21", "2406:da18::/36"),
    ("ap-southeast-2", "52.95.128.0/21", "2406:da1c::/36"),
    ("ap-northeast-1", "52.219.0.0/20", "2406:da14::/36"),
];

/// All of them, as an interface in `region` is told; no path is shorter than three [guide].
pub(super) fn prefixes(region: Region, amazon_side_asn: u32, since: Timestamp) -> Vec<Route> {
    let told = |(origin, ipv4, ipv6): &(&str, &'static str, &'static str)| {
        let nearness = if *origin == region.as_str() {
            Some(SAME_REGION)
        } else {
            (continent(origin) == continent(region.as_str())).then_some(SAME_CONTINENT)
        };
        let communities: Vec<Box<str>> = nearness.into_iter().chain([NO_EXPORT]).map(Box::from).collect();
        [*ipv4, *ipv6].map(|text| Route {
            direction: Direction::Advertised,
            prefix: Prefix::parse(text).expect("the table holds prefixes"),
            as_path: vec![amazon_side_asn, AMAZON_ASN, AMAZON_ASN],
            communities: communities.clone(),
            since,
        })
    };
    PREFIXES.iter().flat_map(told).collect()
}

/// The continent of a Region, as the first part of its name tells.
fn continent(region: &str) -> &str {
    match region.split('-').next().unwrap_or_default() {
        "us" | "ca" | "mx" => "North America",
        "eu" | "eusc" => "Europe",
        "ap" | "cn" => "Asia and Pacific",
        "me" | "il" => "Middle East",
        other => other,
    }
}
