//! Routes on the sessions of a virtual interface: what is accepted of what the customer announces, and what is
//! advertised to the customer. No packet is forwarded: routes follow from records alone.

mod advertised;
mod amazon;

use crate::model::bgp_peer::{Announced, BgpPeer};
use crate::model::virtual_interface::{Kind, VirtualInterface};
use crate::prefix::{Family, Prefix};
use crate::time::Timestamp;
use crate::tx::Tx;

pub(crate) use advertised::advertised;

/// Prefixes on a session of a public virtual interface; not raisable [guide].
pub(crate) const PUBLIC_PREFIXES_MAX: usize = 1000;

/// Communities that are heard of the customer on private and transit interfaces: local preference, from the lowest [guide].
const PREFERENCES: [&str; 3] = ["7224:7100", "7224:7200", "7224:7300"];
/// And on public ones: how far Amazon spreads the prefix [guide].
const SCOPES: [&str; 3] = ["7224:9100", "7224:9200", "7224:9300"];

/// Which way a route goes. In the order of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Direction {
    /// From the customer.
    Accepted,
    /// To the customer.
    Advertised,
}

/// A route on a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) direction: Direction,
    pub(crate) prefix: Prefix,
    /// Nearest first.
    pub(crate) as_path: Vec<u32>,
    pub(crate) communities: Vec<Box<str>>,
    /// Since when it is installed.
    pub(crate) since: Timestamp,
}

impl Route {
    /// Where it stands in lists: by family, direction, prefix.
    pub(crate) fn key(&self) -> (Family, Direction, Prefix) {
        (self.prefix.family(), self.direction, self.prefix)
    }

    /// How much Amazon prefers it: local preference goes before the length of the AS path [guide].
    fn preference(&self) -> (usize, std::cmp::Reverse<usize>) {
        let heard = |community: &&str| self.communities.iter().any(|own| **own == **community);
        // Without a community the preference is the middle one.
        let level = PREFERENCES.iter().position(heard).unwrap_or(1);
        (level, std::cmp::Reverse(self.as_path.len()))
    }
}

/// How many prefixes the customer may announce on a session of this family.
pub(crate) fn prefixes_max(interface: &VirtualInterface, family: Family) -> usize {
    match (interface.kind, family) {
        (Kind::Public, _) => PUBLIC_PREFIXES_MAX,
        (Kind::Private | Kind::Transit, Family::Ipv4) => interface.prefixes_ipv4.into(),
        (Kind::Private | Kind::Transit, Family::Ipv6) => interface.prefixes_ipv6.into(),
    }
}

/// How many prefixes a session carries: what no filter keeps out.
pub(crate) fn prefixes_carried(interface: &VirtualInterface, peer: &BgpPeer) -> usize {
    peer.announced.iter().filter(|announced| is_let_in(interface, announced)).count()
}

/// Brings sessions down that carry too many prefixes, and those back that no longer do. To be called whenever what the
/// customer announces or the allocation has changed; the caller has settled the interface, and writes it.
pub(crate) fn recount(interface: &mut VirtualInterface, now: Timestamp) {
    for place in 0..interface.peers.len() {
        let peer = &interface.peers[place];
        let fits = prefixes_carried(interface, peer) <= prefixes_max(interface, peer.family);
        interface.peers[place].fits.set(now, fits);
    }
}

/// A public interface takes what lies within its route filter prefixes, others take everything.
fn is_let_in(interface: &VirtualInterface, announced: &Announced) -> bool {
    match interface.kind {
        Kind::Private | Kind::Transit => true,
        Kind::Public => interface.route_filters.iter().any(|filter| filter.contains(announced.prefix)),
    }
}

/// What is accepted of what the customer announces at `now`: while the session is up, without communities that nobody
/// listens to.
pub(crate) fn accepted(tx: &mut Tx<'_>, interface: &VirtualInterface) -> Vec<Route> {
    let heard = match interface.kind {
        Kind::Private | Kind::Transit => PREFERENCES,
        Kind::Public => SCOPES,
    };
    let mut routes = Vec::new();
    for (peer, up_since) in sessions_up(tx, interface) {
        let let_in = peer.announced.iter().filter(|announced| is_let_in(interface, announced));
        routes.extend(let_in.map(|announced| Route {
            direction: Direction::Accepted,
            prefix: announced.prefix,
            as_path: announced.as_path.clone(),
            communities: announced.communities.iter().filter(|own| heard.contains(&&***own)).cloned().collect(),
            since: announced.since.max(up_since),
        }));
    }
    routes
}

/// The sessions that are up at `now`, and since when.
fn sessions_up<'a>(tx: &mut Tx<'_>, interface: &'a VirtualInterface) -> Vec<(&'a BgpPeer, Timestamp)> {
    let (now, parent_up) = (tx.now(), tx.parent_up(interface.parent));
    let sessions = interface.peers.iter().map(|peer| (peer, interface.session(peer, &parent_up)));
    sessions.filter(|(_, up)| up.at(now)).map(|(peer, up)| (peer, up.since(now))).collect()
}
