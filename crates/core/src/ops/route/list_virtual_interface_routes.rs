//! ListVirtualInterfaceRoutes: what is accepted and advertised on the sessions of a virtual interface that are up.

use crate::model::virtual_interface::VirtualInterface;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::{find, parent};
use crate::ops::sessions;
use crate::page::{PAGE_MAX, Page, Scope};
use crate::prefix::{Family, Prefix};
use crate::rejection::{PageRejection, Rejection, RouteRejection};
use crate::routes::{self, Direction, Route};
use crate::time::Timestamp;
use crate::tx::Tx;
use crossconnect_api::shapes;
use sha2::{Digest, Sha256};

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::List, &[Resource::required(&["dxvif"], "virtualInterfaceId")]);

pub(in crate::ops) fn list_virtual_interface_routes(
    tx: &mut Tx<'_>,
    input: &shapes::ListVirtualInterfaceRoutesRequest,
) -> Result<shapes::ListVirtualInterfaceRoutesResponse, Rejection> {
    let id = sessions::interface_named(input.virtual_interface_id.as_deref())?;
    find::id(id)?;
    let scope = Scope { operation: "ListVirtualInterfaceRoutes", account: tx.caller(), region: tx.region() };
    let size = input.max_results.unwrap_or(PAGE_MAX as i32);
    let page = Page::requested(scope, Some(size), input.next_token.as_deref())?;
    let filters = input.filters.clone().unwrap_or_default();
    let prefixes = prefixes(&filters)?;
    let list = list_of(id, &filters);
    let after = match page.after() {
        None => None,
        Some((bound, place)) => {
            let token = || PageRejection::Token { value: input.next_token.clone().unwrap_or_default() };
            Some(read_place(place).filter(|_| bound == list).ok_or_else(token)?)
        }
    };
    let interface = find::present(tx, id)?;

    let mut all = routes::accepted(tx, &interface);
    all.extend(routes::advertised(tx, &interface));
    all.retain(|route| lets_through(&filters, &prefixes, route));
    all.sort_by_key(Route::key);
    // Two sessions of a family carry the same.
    all.dedup_by_key(|route| route.key());
    let rest = all.into_iter().filter(|route| after.is_none_or(|after| route.key() > after));
    let (routes, next_token) = page.take(rest, |route| (list, place(route)));
    let device = device(tx, &interface);
    Ok(shapes::ListVirtualInterfaceRoutesResponse {
        virtual_interface_id: Some(interface.id.to_string()),
        routes: Some(routes.iter().map(|route| to_wire(route, device.as_deref())).collect()),
        next_token,
    })
}

fn prefixes(filters: &shapes::RouteFilters) -> Result<Vec<Prefix>, RouteRejection> {
    let given = filters.cidrs.as_deref().unwrap_or_default();
    let malformed = |value: &String| RouteRejection::MalformedCidr { member: "filters.cidrs", value: value.clone() };
    given.iter().map(|text| Prefix::parse(text).ok_or_else(|| malformed(text))).collect()
}

/// Every filter that is given must hold (reference §5.10): a route to one of the prefixes, by a path that goes through
/// the ASNs one after the other, with all of the communities.
fn lets_through(filters: &shapes::RouteFilters, prefixes: &[Prefix], route: &Route) -> bool {
    let path = filters.as_path.as_deref().unwrap_or_default();
    let own: Vec<i64> = route.as_path.iter().copied().map(i64::from).collect();
    let communities = filters.communities.as_deref().unwrap_or_default();
    filters.route_direction.is_none_or(|direction| direction == direction_to_wire(route.direction))
        && filters.address_family.is_none_or(|family| family == route.prefix.family().to_wire())
        && (prefixes.is_empty() || prefixes.contains(&route.prefix))
        && (path.is_empty() || own.windows(path.len()).any(|part| part == path))
        && communities.iter().all(|wanted| route.communities.iter().any(|own| **own == **wanted))
}

/// A number for the list that a token belongs to: an interface under the same filters.
fn list_of(interface: &str, filters: &shapes::RouteFilters) -> Timestamp {
    let hash = Sha256::digest(format!("{interface} {filters:?}"));
    let (first, _) = hash.split_first_chunk().expect("it has 32 bytes");
    Timestamp(i64::from_be_bytes(*first))
}

/// Where a route stands in the list, as a token holds it.
fn place(route: &Route) -> String {
    let direction = match route.direction {
        Direction::Accepted => 'a',
        Direction::Advertised => 'b',
    };
    format!("{direction}{}", route.prefix)
}

fn read_place(place: &str) -> Option<(Family, Direction, Prefix)> {
    let (direction, prefix) = (place.get(..1)?, Prefix::parse(place.get(1..)?)?);
    let direction = match direction {
        "a" => Direction::Accepted,
        "b" => Direction::Advertised,
        _ => return None,
    };
    Some((prefix.family(), direction, prefix))
}

/// The device that the sessions end on.
fn device(tx: &mut Tx<'_>, interface: &VirtualInterface) -> Option<String> {
    let device = parent::device(tx, interface.parent);
    device.map(|device| device.to_string())
}

fn direction_to_wire(direction: Direction) -> shapes::RouteDirection {
    match direction {
        Direction::Accepted => shapes::RouteDirection::Accepted,
        Direction::Advertised => shapes::RouteDirection::Advertised,
    }
}

fn to_wire(route: &Route, device: Option<&str>) -> shapes::Route {
    let path = route.as_path.iter().copied().map(i64::from).collect();
    let segment = shapes::AsPathSegment { path_type: Some(shapes::AsPathType::Seq), path: Some(path) };
    shapes::Route {
        cidr: Some(route.prefix.to_string()),
        route_direction: Some(direction_to_wire(route.direction)),
        address_family: Some(route.prefix.family().to_wire()),
        as_path: Some(vec![segment]),
        communities: Some(route.communities.iter().map(ToString::to_string).collect()),
        aws_logical_device_id: device.map(str::to_owned),
        route_installed_at: Some(route.since.to_wire()),
    }
}
