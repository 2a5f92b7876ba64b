//! Virtual interfaces whose bytes are stored.

use super::{at, connection_id, lag_id, location, owner, partner, region, tags};
use crossconnect_core::ids::{BgpPeerId, Ec2GatewayId, Uuid, VirtualInterfaceId};
use crossconnect_core::model::auth_key::AuthKey;
use crossconnect_core::model::bgp_peer::{self, Announced, BgpPeer};
use crossconnect_core::model::virtual_interface::{Change, Gateway, Kind, Parent, Phase, Seen, VirtualInterface};
use crossconnect_core::prefix::{Family, Interface, Prefix};
use crossconnect_core::{Duration, Record, Steps};
use std::sync::Arc;

pub(super) fn records() -> Vec<(&'static str, Record)> {
    vec![
        ("virtual-interface-private", Record::VirtualInterface(Arc::new(private()))),
        ("virtual-interface-public", Record::VirtualInterface(Arc::new(public()))),
        ("virtual-interface-sealed", Record::VirtualInterface(Arc::new(sealed()))),
        ("virtual-interface-transit", Record::VirtualInterface(Arc::new(transit()))),
    ]
}

fn id(text: &str) -> VirtualInterfaceId {
    VirtualInterfaceId::parse(text).ok().flatten().expect("an id")
}

fn prefix(text: &str) -> Prefix {
    Prefix::parse(text).expect("a prefix")
}

fn peer(id: &str, family: Family, ends: [&str; 2]) -> BgpPeer {
    let mut phase = Steps::new(at(10), bgp_peer::Phase::Verifying);
    phase.push(at(12), bgp_peer::Phase::Pending);
    phase.push(at(14), bgp_peer::Phase::Available);
    let [amazon_address, customer_address] = ends.map(|end| Interface::parse(end).expect("an address"));
    BgpPeer {
        id: BgpPeerId::parse(id).ok().flatten().expect("an id"),
        family,
        asn: 4_200_000_000,
        auth_key: "0xzxgA9YoW9h58u8SvOmXRTw".into(),
        amazon_address,
        customer_address,
        phase,
        far_end: Steps::new(at(10), true),
        fits: Steps::new(at(10), true),
        untested: Steps::new(at(10), true),
        announced: Vec::new(),
    }
}

/// Whose peers' keys are sealed.
fn sealed() -> VirtualInterface {
    let mut interface = private();
    interface.id = id("dxvif-f0000009");
    interface.peers.iter_mut().for_each(|peer| peer.auth_key = AuthKey::sealed(&[7; 40]));
    interface
}

/// On a connection of its owner's, moving, with peers of both families, one of them deleted.
fn private() -> VirtualInterface {
    let mut phase = Steps::new(at(10), Phase::Pending);
    phase.push(at(14), Phase::Provisioned);
    let mut change = Steps::new(at(10), Change::None);
    change.push(at(20), Change::Move);
    change.push(at(21), Change::None);
    let mut shown = Steps::new(at(10), Seen::Pending);
    shown.push(at(14), Seen::Down);
    shown.push(at(15), Seen::Available);
    let mut second = peer("dxpeer-f0000002", Family::Ipv6, ["fd00:ec2:dc::1/125", "fd00:ec2:dc::6/125"]);
    second.phase.push(at(16), bgp_peer::Phase::Deleting);
    second.phase.push(at(17), bgp_peer::Phase::Deleted);
    second.far_end.push(at(15), false);
    second.fits.push(at(16), false);
    let mut first = peer("dxpeer-f0000001", Family::Ipv4, ["169.254.10.1/29", "169.254.10.6/29"]);
    first.announced = vec![Announced {
        prefix: prefix("10.0.0.0/16"),
        as_path: vec![65001, 4_200_000_000],
        communities: vec!["7224:7100".into()],
        since: at(15),
    }];
    VirtualInterface {
        id: id("dxvif-f0000001"),
        owner: owner(),
        region: region(),
        location: location(),
        parent: Parent::Connection(connection_id("dxcon-fg31dyv6")),
        parent_owner: owner(),
        kind: Kind::Private,
        name: "first ä".into(),
        vlan: 4094,
        mtu: 9001,
        site_link: false,
        gateway: Gateway::VirtualPrivate(Ec2GatewayId::new("vgw-0123456789abcdef0").expect("a short name")),
        amazon_side_asn: 64512,
        route_filters: Vec::new(),
        rate_limit: Some(1200),
        prefixes_ipv4: 1000,
        prefixes_ipv6: 0,
        tags: tags(&[("a", "1")]),
        created: at(10),
        phase,
        change,
        peers: vec![first, second],
        session_delay: Duration::from_seconds(1),
        shown,
        derived_since: at(20),
        hastened: Some(at(19)),
    }
}

/// Allocated to another account on a LAG, which has declined it.
fn public() -> VirtualInterface {
    let mut phase = Steps::new(at(10), Phase::Confirming);
    phase.push(at(30), Phase::Rejected);
    VirtualInterface {
        id: id("dxvif-f0000002"),
        owner: partner(),
        parent: Parent::Lag(lag_id()),
        kind: Kind::Public,
        gateway: Gateway::None,
        amazon_side_asn: 7224,
        mtu: 1500,
        route_filters: vec![prefix("198.51.100.0/24"), prefix("2001:db8::/64")],
        rate_limit: None,
        prefixes_ipv4: 0,
        tags: tags(&[]),
        phase,
        change: Steps::new(at(10), Change::None),
        peers: vec![peer("dxpeer-f0000003", Family::Ipv4, ["203.0.113.1/30", "203.0.113.2/30"])],
        shown: Steps::new(at(10), Seen::Confirming),
        derived_since: at(10),
        hastened: None,
        ..private()
    }
}

/// On a Direct Connect gateway, under a failover test.
fn transit() -> VirtualInterface {
    let mut change = Steps::new(at(40), Change::Test);
    change.push(at(100), Change::None);
    VirtualInterface {
        id: id("dxvif-f0000003"),
        kind: Kind::Transit,
        site_link: true,
        gateway: Gateway::DirectConnect(Uuid::parse("5f294f92-bafb-4011-916d-9b0bec297c50").expect("a UUID")),
        change,
        ..private()
    }
}
