//! What answers show of virtual interfaces. A call that changes something answers with the first step that it added.

use super::{parent, router_config};
use crate::ids::{AccountId, VirtualInterfaceId};
use crate::model::bgp_peer::{BgpPeer, Phase};
use crate::model::virtual_interface::{Gateway, Parent, Seen, VirtualInterface};
use crate::steps::Steps;
use crate::time::Timestamp;
use crate::tx::Tx;
use crossconnect_api::shapes;
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// What interfaces show of what they sit on, looked up once for each connection and LAG of a list.
#[derive(Default)]
pub(in crate::ops) struct Parents(BTreeMap<Parent, (Steps<bool>, Option<String>)>);

impl Parents {
    fn of(&mut self, tx: &mut Tx<'_>, parent: Parent) -> &(Steps<bool>, Option<String>) {
        self.0.entry(parent).or_insert_with(|| (tx.parent_up(parent), device(tx, parent)))
    }
}

/// The name of the device that it is on.
fn device(tx: &mut Tx<'_>, parent: Parent) -> Option<String> {
    parent::device(tx, parent).map(|device| device.to_string())
}

/// An interface as it is at `now`.
pub(in crate::ops) fn interface(
    tx: &mut Tx<'_>,
    interface: &VirtualInterface,
    parents: &mut Parents,
) -> shapes::VirtualInterface {
    let (now, caller, sealer) = (tx.now(), tx.caller(), tx.sealer());
    let (parent_up, device) = parents.of(tx, interface.parent);
    let (state, sessions) = interface.at(parent_up, now);
    let peers = interface.peers.iter().zip(sessions);
    let peers = peers
        .map(|(peer, is_up)| Peer::new(peer, peer.phase.at(now), is_up, peer.auth_key.reveal(sealer, interface.id)));
    to_wire(interface, state, &peers.collect::<Peers<'_>>(), device.as_deref(), caller)
}

/// An interface that this call has created or changed.
pub(in crate::ops) fn changed(tx: &mut Tx<'_>, id: VirtualInterfaceId) -> shapes::VirtualInterface {
    let (now, sealer) = (tx.now(), tx.sealer());
    let after = tx.virtual_interface(id).expect("this call has written it");
    let (parent_up, device) = (tx.parent_up(after.parent), device(tx, after.parent));
    let before = tx.virtual_interface_before(id);
    let seen_before = before.as_ref().map(|(before, up)| before.seen(up));
    let state = after.seen(&parent_up).answer(seen_before.as_ref(), now);
    let is_in_use = matches!(state, Seen::Available | Seen::Testing);
    let peers = after.peers.iter().map(|peer| {
        let known = before.as_ref().and_then(|(before, _)| before.peers.iter().find(|known| known.id == peer.id));
        let phase = first_added(&peer.phase, known.map(|known| &known.phase), now);
        let is_up = is_in_use && phase == Phase::Available && after.session(peer, &parent_up).at(now);
        Peer::new(peer, phase, is_up, peer.auth_key.reveal(sealer, id))
    });
    let peers: Peers<'_> = peers.collect();
    to_wire(&after, state, &peers, device.as_deref(), tx.caller())
}

/// The state that a call which has just changed an interface answers with.
pub(in crate::ops) fn changed_state(tx: &mut Tx<'_>, id: VirtualInterfaceId) -> shapes::VirtualInterfaceState {
    let after = tx.virtual_interface(id).expect("this call has written it");
    let parent_up = tx.parent_up(after.parent);
    let before = tx.virtual_interface_before(id).map(|(before, up)| before.seen(&up));
    after.seen(&parent_up).answer(before.as_ref(), tx.now()).to_wire()
}

/// The first step that a call made at `now` added to a phase, else what holds. The call may have forgotten what came
/// before the step that held, so that they cannot be counted; no phase comes twice.
fn first_added(after: &Steps<Phase>, before: Option<&Steps<Phase>>, now: Timestamp) -> Phase {
    let held = before.map(|before| before.at(now));
    let mut added = after.iter().skip_while(|(_, phase)| held.is_some_and(|held| *phase != held));
    let first = added.nth(usize::from(held.is_some()));
    first.filter(|(at, _)| *at == now).map_or(after.at(now), |(_, phase)| phase)
}

/// A peer and what is seen of it.
struct Peer<'a> {
    peer: &'a BgpPeer,
    phase: Phase,
    is_up: bool,
    ends: Ends<'a>,
}

/// As many as nearly every interface has.
type Peers<'a> = SmallVec<[Peer<'a>; 2]>;

/// Both addresses of a peer and its key as texts, which an answer shows in several places.
pub(super) struct Ends<'a> {
    pub(super) amazon: String,
    pub(super) customer: String,
    pub(super) key: &'a str,
}

impl<'a> Peer<'a> {
    fn new(peer: &'a BgpPeer, phase: Phase, is_up: bool, key: &'a str) -> Self {
        let ends = Ends { amazon: peer.amazon_address.to_string(), customer: peer.customer_address.to_string(), key };
        Peer { peer, phase, is_up, ends }
    }
}

fn to_wire(
    interface: &VirtualInterface,
    state: Seen,
    peers: &[Peer<'_>],
    device: Option<&str>,
    caller: AccountId,
) -> shapes::VirtualInterface {
    let device = || device.map(str::to_owned);
    let present = peers.iter().filter(|peer| peer.phase < Phase::Deleting);
    let present: SmallVec<[_; 2]> = present.map(|peer| (peer.peer, &peer.ends)).collect();
    // The interface mirrors its first peer, also when all are gone with it [observed].
    let first = present.first().copied().or(peers.first().map(|peer| (peer.peer, &peer.ends)));
    let (asn, asn_long) = echoed(first.map_or(0, |(peer, _)| peer.asn));
    let (virtual_private, direct_connect) = match interface.gateway {
        Gateway::None => (String::new(), String::new()),
        Gateway::VirtualPrivate(id) => (id.as_str().to_owned(), String::new()),
        Gateway::DirectConnect(id) => (String::new(), id.to_string()),
    };
    let pool = |count: u16| interface.kind.has_prefix_pool().then_some(i32::from(count));
    let filters = interface.route_filters.iter();
    let filters = filters.map(|prefix| shapes::RouteFilterPrefix { cidr: Some(prefix.to_string()) }).collect();
    // Tags are the owner's alone [guide].
    let tags = if interface.owner == caller { interface.tags.to_wire() } else { Vec::new() };
    shapes::VirtualInterface {
        owner_account: Some(interface.owner.to_string()),
        virtual_interface_id: Some(interface.id.to_string()),
        location: Some(interface.location.as_str().to_owned()),
        connection_id: Some(interface.parent.to_string()),
        virtual_interface_type: Some(interface.kind.as_str().to_owned()),
        virtual_interface_name: Some(interface.name.to_string()),
        vlan: Some(i32::from(interface.vlan)),
        asn: Some(asn),
        asn_long: Some(asn_long),
        amazon_side_asn: Some(interface.amazon_side_asn.into()),
        auth_key: first.map(|(_, ends)| ends.key.to_owned()),
        amazon_address: first.map(|(_, ends)| ends.amazon.clone()),
        customer_address: first.map(|(_, ends)| ends.customer.clone()),
        address_family: first.map(|(peer, _)| peer.family.to_wire()),
        virtual_interface_state: Some(state.to_wire()),
        customer_router_config: Some(router_config::xml(interface, &present)),
        mtu: Some(i32::from(interface.mtu)),
        jumbo_frame_capable: Some(true),
        virtual_gateway_id: Some(virtual_private),
        direct_connect_gateway_id: Some(direct_connect),
        route_filter_prefixes: Some(filters),
        bgp_peers: Some(
            peers.iter().filter(|peer| peer.phase != Phase::Deleted).map(|peer| peer_to_wire(peer, device())).collect(),
        ),
        region: Some(interface.region.as_str().to_owned()),
        aws_device_v2: device(),
        aws_logical_device_id: device(),
        tags: Some(tags),
        site_link_enabled: Some(interface.site_link),
        prefix_pool_allocated_count_ipv4: pool(interface.prefixes_ipv4),
        prefix_pool_allocated_count_ipv6: pool(interface.prefixes_ipv6),
        rate_limit: interface.rate_limit.map(super::rate::spelled),
    }
}

fn peer_to_wire(seen: &Peer<'_>, device: Option<String>) -> shapes::BGPPeer {
    let (asn, asn_long) = echoed(seen.peer.asn);
    shapes::BGPPeer {
        bgp_peer_id: Some(seen.peer.id.to_string()),
        asn: Some(asn),
        asn_long: Some(asn_long),
        auth_key: Some(seen.ends.key.to_owned()),
        address_family: Some(seen.peer.family.to_wire()),
        amazon_address: Some(seen.ends.amazon.clone()),
        customer_address: Some(seen.ends.customer.clone()),
        bgp_peer_state: Some(seen.phase.to_wire()),
        bgp_status: Some(if seen.is_up { shapes::BGPStatus::Up } else { shapes::BGPStatus::Down }),
        aws_device_v2: device.clone(),
        aws_logical_device_id: device,
    }
}

/// `asn` holds what fits it, else 0; `asnLong` holds all [model].
fn echoed(asn: u32) -> (i32, i64) {
    (i32::try_from(asn).unwrap_or(0), asn.into())
}
