//! Creating a virtual interface: the rules that all six creators share, in the order in which they are reported.

use super::attributes::{self, MTU_DEFAULT};
use super::{addresses, gateways, parent, peer, pools, rate};
use crate::ids::VirtualInterfaceId;
use crate::model::bgp_peer;
use crate::model::virtual_interface::{Change, Gateway, Kind, Phase, Seen, VirtualInterface};
use crate::ops::require;
use crate::prefix::{Family, Prefix};
use crate::rejection::{Rejection, VirtualInterfaceRejection};
use crate::settings::Delay;
use crate::steps::Steps;
use crate::tags::Tags;
use crate::tx::Tx;
use crossconnect_api::shapes;

/// The members that ask for a virtual interface, whatever the type.
pub(in crate::ops) struct Order<'a> {
    pub(in crate::ops) kind: Kind,
    pub(in crate::ops) name: Option<&'a str>,
    pub(in crate::ops) vlan: Option<i32>,
    pub(in crate::ops) peer: peer::Asked<'a>,
    pub(in crate::ops) mtu: Option<i32>,
    pub(in crate::ops) tags: Option<&'a [shapes::Tag]>,
    pub(in crate::ops) site_link: bool,
    /// IPv4 and IPv6.
    pub(in crate::ops) prefixes: [Option<i32>; 2],
    pub(in crate::ops) rate_limit: Option<&'a str>,
    pub(in crate::ops) route_filters: Option<&'a [shapes::RouteFilterPrefix]>,
    /// Absent where the type has no gateway, or names it later.
    pub(in crate::ops) gateway: Option<gateways::Asked<'a>>,
}

/// What an order says once each member is read.
struct Form<'a> {
    name: &'a str,
    vlan: u16,
    peer: peer::Wanted<'a>,
    mtu: u16,
    prefixes: [u16; 2],
    rate_limit: Option<u32>,
    route_filters: Vec<Prefix>,
    gateway: Option<gateways::Name>,
}

impl<'a> Form<'a> {
    fn read(tx: &mut Tx<'_>, order: &Order<'a>) -> Result<Self, Rejection> {
        let missing = |member| VirtualInterfaceRejection::Missing { member };
        let name = order.name.ok_or(missing("virtualInterfaceName"))?;
        attributes::is_name(name)?;
        let vlan = attributes::vlan(order.vlan.ok_or(missing("vlan"))?)?;
        let peer = order.peer.read(order.kind)?;
        let mtu = order.mtu.map_or(Ok(MTU_DEFAULT), |value| attributes::mtu(order.kind, value))?;
        let prefixes = prefixes(tx, order)?;
        let rate_limit = order.rate_limit.map_or(Ok(None), rate::limit)?;
        let route_filters = match order.kind {
            Kind::Public => attributes::route_filters(tx, order.route_filters, peer.family)?,
            Kind::Private | Kind::Transit => Vec::new(),
        };
        let gateway = order.gateway.map(|asked| asked.read(order.kind)).transpose()?;
        Ok(Form { name, vlan, peer, mtu, prefixes, rate_limit, route_filters, gateway })
    }
}

fn prefixes(tx: &mut Tx<'_>, order: &Order<'_>) -> Result<[u16; 2], VirtualInterfaceRejection> {
    // What a public one may announce is the same for all, and taken from no pool.
    if !order.kind.has_prefix_pool() {
        return Ok([0; 2]);
    }
    let [ipv4, ipv6] = order.prefixes;
    let mut count = |family, asked: Option<i32>| match asked {
        Some(value) => attributes::prefix_count(tx, family, value),
        None => Ok(pools::DEFAULT),
    };
    Ok([count(Family::Ipv4, ipv4)?, count(Family::Ipv6, ipv6)?])
}

/// Creates what is ordered on the connection or LAG of this id: for the caller, or allocated to the account `owner`, which
/// has to confirm it.
pub(in crate::ops) fn place(
    tx: &mut Tx<'_>,
    connection_id: &str,
    owner: Option<&str>,
    order: &Order<'_>,
) -> Result<VirtualInterfaceId, Rejection> {
    let name = parent::name(connection_id)?;
    let owner = owner.map(attributes::account).transpose()?;
    let form = Form::read(tx, order)?;

    let place = parent::find(tx, name)?;
    let gateway = form.gateway.map(|name| gateways::find(tx, name)).transpose()?;
    require(owner != Some(place.owner), || VirtualInterfaceRejection::OwnAllocation)?;
    place.is_in_service()?;
    if let Some(gateway) = &gateway {
        gateway.is_in_service(tx)?;
    }

    place.is_no_member()?;
    place.is_no_host()?;
    place.has_vlan(form.vlan)?;
    let others = parent::present(tx, place.parent);
    parent::is_vlan_free(form.vlan, place.parent, &others)?;
    addresses::are_free(tx, form.peer.addresses.as_slice(), place.parent, &others)?;
    addresses::are_unique(tx, order.kind, form.peer.addresses.as_slice())?;
    let gateway_of = gateway.as_ref().map_or(Gateway::None, gateways::Target::gateway);
    if order.site_link {
        gateways::may_site_link(tx, gateway_of)?;
    }
    rate::fits_speed(&place, form.rate_limit)?;
    if let Some(gateway) = &gateway {
        gateway.takes(tx, order.kind)?;
    }
    let tags = Tags::requested(tx, order.tags)?;
    let more = form.prefixes.map(usize::from);
    parent::has_room(tx, place.parent, &others, &[order.kind])?;
    if let Some(gateway) = &gateway {
        gateway.has_room(tx, more)?;
    }
    pools::covers(tx, place.parent, &others, more)?;
    let limiters = usize::from(form.rate_limit.is_some());
    rate::is_within_quota(tx, place.parent, &others, limiters).map_err(rate::Excess::declared)?;

    let (now, delays) = (tx.now(), tx.delays());
    let is_confirmed = owner.is_none();
    let (phase, peer_phase) = plan(tx, order.kind, is_confirmed);
    let interface = VirtualInterface {
        id: tx.new_virtual_interface_id(),
        owner: owner.unwrap_or(place.owner),
        region: tx.region(),
        location: place.location,
        parent: place.parent,
        parent_owner: place.owner,
        kind: order.kind,
        name: form.name.into(),
        vlan: form.vlan,
        mtu: form.mtu,
        site_link: order.site_link,
        gateway: gateway_of,
        amazon_side_asn: gateways::asn(gateway.as_ref()),
        route_filters: form.route_filters,
        rate_limit: form.rate_limit,
        prefixes_ipv4: form.prefixes[0],
        prefixes_ipv6: form.prefixes[1],
        tags,
        created: now,
        shown: Steps::new(now, first_seen(phase.first().1)),
        phase,
        change: Steps::new(now, Change::None),
        peers: vec![form.peer.make(tx, order.kind, peer_phase, &others)],
        session_delay: delays.get(Delay::BgpSession),
        derived_since: now,
        hastened: None,
    };
    let id = interface.id;
    tx.put_virtual_interface(interface);
    Ok(id)
}

/// The plan of a new interface and of its peer. One that is not confirmed waits without end.
fn plan(tx: &mut Tx<'_>, kind: Kind, is_confirmed: bool) -> (Steps<Phase>, Steps<bgp_peer::Phase>) {
    let now = tx.now();
    let (mut phase, mut peer) = (Steps::new(now, Phase::Confirming), Steps::new(now, bgp_peer::Phase::Pending));
    if is_confirmed {
        if kind == Kind::Public {
            phase = Steps::new(now, Phase::Verifying);
            peer = Steps::new(now, bgp_peer::Phase::Verifying);
        } else {
            phase = Steps::new(now, Phase::Pending);
        }
        proceed(tx, kind, &mut phase, &mut peer);
    }
    (phase, peer)
}

/// Adds what follows once an interface is confirmed: a public one is verified, and each is set up.
pub(in crate::ops) fn proceed(
    tx: &mut Tx<'_>,
    kind: Kind,
    phase: &mut Steps<Phase>,
    peer: &mut Steps<bgp_peer::Phase>,
) {
    let (mut at, delays) = (tx.now(), tx.delays());
    if kind == Kind::Public {
        phase.push(at, Phase::Verifying);
        peer.push(at, bgp_peer::Phase::Verifying);
        at = at + delays.get(Delay::PublicInterfaceVerifying);
    }
    phase.push(at, Phase::Pending);
    peer.push(at, bgp_peer::Phase::Pending);
    at = at + delays.get(Delay::VirtualInterfacePending);
    phase.push(at, Phase::Provisioned);
    peer.push(at, bgp_peer::Phase::Available);
}

fn first_seen(phase: Phase) -> Seen {
    match phase {
        Phase::Confirming => Seen::Confirming,
        Phase::Verifying => Seen::Verifying,
        Phase::Pending => Seen::Pending,
        Phase::Provisioned | Phase::Deleting | Phase::Deleted | Phase::Rejected => {
            unreachable!("no plan begins with {phase:?}")
        }
    }
}
