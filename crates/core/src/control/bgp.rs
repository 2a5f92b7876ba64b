//! The customer's router: its end of a BGP session, and what it announces.

use crate::ids::{BgpPeerId, VirtualInterfaceId};
use crate::model::bgp_peer::Announced;
use crate::model::virtual_interface::VirtualInterface;
use crate::ops::sessions;
use crate::prefix::{Family, Prefix};
use crate::rejection::{ControlRejection, Rejection, RouteRejection};
use crate::routes;
use crate::time::Timestamp;
use crate::tx::Tx;
use std::collections::BTreeSet;

/// The most routes that a customer announces on one interface: more than any session takes.
pub const ANNOUNCED_MAX: usize = 3000;
/// The longest AS path of a route.
pub const AS_PATH_MAX: usize = 64;
/// The most communities of a route.
pub const COMMUNITIES_MAX: usize = 32;

/// What the customer's end of a session does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Session {
    /// It is there, with the right key.
    Up,
    /// It is not.
    Down,
    /// What it does unless somebody says otherwise: it is there.
    Auto,
}

/// A route as the customer announces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// The destination: `address/length`, host bits zero.
    pub cidr: String,
    /// ASNs, nearest first; empty for that of the peer alone.
    pub as_path: Vec<u32>,
    /// `0:0` to `65535:65535`.
    pub communities: Vec<String>,
}

/// Sets the customer's end of one session.
pub(super) fn set_session(tx: &mut Tx<'_>, id: &str, session: Session) -> Result<(), Rejection> {
    let peer_id = BgpPeerId::parse(id).ok().flatten();
    let holder = peer_id.and_then(|id| Some((id, tx.interface_of_peer(id)?)));
    let (peer_id, interface) = holder.ok_or_else(|| ControlRejection::UnknownResource { id: id.to_owned() })?;
    let now = tx.now();
    let mut changed = sessions::settled(tx, &interface);
    let is_there = match session {
        Session::Up | Session::Auto => true,
        Session::Down => false,
    };
    for peer in changed.peers.iter_mut().filter(|peer| peer.id == peer_id) {
        peer.far_end.set(now, is_there);
    }
    sessions::note_interruption(tx, &interface, &changed);
    tx.put_virtual_interface(changed);
    Ok(())
}

/// Replaces everything that the customer announces on an interface: each prefix on the sessions of its family.
pub(super) fn set_routes(tx: &mut Tx<'_>, id: &str, announced: &[Announcement]) -> Result<(), Rejection> {
    let count = announced.len();
    if count > ANNOUNCED_MAX {
        return Err(RouteRejection::TooManyAnnounced { count, limit: ANNOUNCED_MAX }.into());
    }
    let routes = read(announced, tx.now())?;
    let found = VirtualInterfaceId::parse(id).ok().flatten().and_then(|id| tx.virtual_interface(id));
    let now = tx.now();
    let interface = found.filter(|interface| interface.is_present(now));
    let interface = interface.ok_or_else(|| ControlRejection::UnknownResource { id: id.to_owned() })?;
    for route in &routes {
        has_session(&interface, route.prefix.family(), now)?;
    }
    let mut changed = sessions::settled(tx, &interface);
    for peer in changed.peers.iter_mut().filter(|peer| peer.is_present(now)) {
        let own = routes.iter().filter(|route| route.prefix.family() == peer.family);
        let own = own.map(|route| {
            let mut route = route.clone();
            if route.as_path.is_empty() {
                route.as_path.push(peer.asn);
            }
            // A route that stays as it is has been there all along.
            let same = |known: &&Announced| Announced { since: known.since, ..route.clone() } == **known;
            route.since = peer.announced.iter().find(same).map_or(now, |known| known.since);
            route
        });
        peer.announced = own.collect();
    }
    routes::recount(&mut changed, now);
    sessions::note_interruption(tx, &interface, &changed);
    tx.put_virtual_interface(changed);
    Ok(())
}

fn has_session(interface: &VirtualInterface, family: Family, now: Timestamp) -> Result<(), RouteRejection> {
    let has = interface.peers.iter().any(|peer| peer.family == family && peer.is_present(now));
    if has { Ok(()) } else { Err(RouteRejection::NoSession { id: interface.id, family: family.to_wire().as_str() }) }
}

fn read(announced: &[Announcement], now: Timestamp) -> Result<Vec<Announced>, RouteRejection> {
    let mut seen = BTreeSet::new();
    let mut routes = Vec::with_capacity(announced.len());
    for route in announced {
        let malformed = || RouteRejection::MalformedCidr { member: "announced.cidr", value: route.cidr.clone() };
        let prefix = Prefix::parse(&route.cidr).ok_or_else(malformed)?;
        if !seen.insert(prefix) {
            return Err(RouteRejection::AnnouncedTwice { cidr: prefix });
        }
        if route.as_path.len() > AS_PATH_MAX || route.as_path.contains(&0) {
            return Err(RouteRejection::AsPath { cidr: prefix, limit: AS_PATH_MAX });
        }
        if route.communities.len() > COMMUNITIES_MAX {
            let count = route.communities.len();
            return Err(RouteRejection::TooManyCommunities { cidr: prefix, count, limit: COMMUNITIES_MAX });
        }
        let communities = route.communities.iter().map(|text| community(text)).collect::<Result<_, _>>()?;
        routes.push(Announced { prefix, as_path: route.as_path.clone(), communities, since: now });
    }
    Ok(routes)
}

/// Two numbers of 16 bits, written without needless zeros.
fn community(text: &str) -> Result<Box<str>, RouteRejection> {
    let parts = text.split_once(':').and_then(|(high, low)| Some((high.parse().ok()?, low.parse().ok()?)));
    let (high, low): (u16, u16) = parts.ok_or_else(|| RouteRejection::MalformedCommunity { value: text.to_owned() })?;
    Ok(format!("{high}:{low}").into())
}
