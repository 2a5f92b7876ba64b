//! DescribeRouterConfiguration: what the router at the customer's end of a virtual interface is to be told.

use crate::model::bandwidth::Bandwidth;
use crate::model::bgp_peer::BgpPeer;
use crate::model::encryption::EncryptionMode;
use crate::model::mac_sec::Keys;
use crate::model::virtual_interface::{Kind, Parent, Seen, VirtualInterface};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::find;
use crate::ops::require;
use crate::prefix::Prefix;
use crate::rejection::{Rejection, RouterRejection};
use crate::time::Timestamp;
use crate::tx::Tx;
use crossconnect_api::shapes;
use crossconnect_papers::router::{self, Interface, MacSec, Reach, RouterType, Session, Speed};

pub(in crate::ops) const FACTS: Facts = Facts {
    redacted: &["customerRouterConfig"],
    ..Facts::new(Access::Read, &[Resource::required(&["dxvif"], "virtualInterfaceId")])
};

/// Every state but that of being deleted: then its peers are gone.
const LIVE: [Seen; 6] = [Seen::Confirming, Seen::Verifying, Seen::Pending, Seen::Available, Seen::Down, Seen::Testing];

pub(in crate::ops) fn describe_router_configuration(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeRouterConfigurationRequest,
) -> Result<shapes::DescribeRouterConfigurationResponse, Rejection> {
    let id = &input.virtual_interface_id;
    find::id(id)?;
    let identifier = input.router_type_identifier.as_deref().ok_or(RouterRejection::TypeMissing)?;
    let unknown = || RouterRejection::UnknownType { value: identifier.to_owned() };
    let router = RouterType::find(identifier).ok_or_else(unknown)?;
    let interface = find::present(tx, id)?;
    // Whoever owns only the interface has no router at the end of the port.
    require(interface.parent_owner == tx.caller(), || RouterRejection::OnOtherPort { id: interface.id })?;
    find::is_in(tx, &interface, &LIVE, "one that is not being deleted")?;

    let facts = facts(tx, &interface);
    Ok(shapes::DescribeRouterConfigurationResponse {
        customer_router_config: Some(router::configuration(router, &facts)),
        router: Some(to_wire(router)),
        virtual_interface_id: Some(interface.id.to_string()),
        virtual_interface_name: Some(interface.name.to_string()),
    })
}

/// The port or ports below an interface.
struct Port {
    bandwidth: Bandwidth,
    count: Option<usize>,
    mac_sec: Option<MacSec>,
}

fn port(tx: &mut Tx<'_>, parent: Parent) -> Port {
    match parent {
        Parent::Connection(id) => {
            let connection = tx.connection(id).expect("a connection outlives what sits on it");
            let mac_sec = mac_sec(connection.encryption.at(tx.now()), &connection.keys, tx.now());
            Port { bandwidth: connection.bandwidth, count: None, mac_sec }
        }
        Parent::Lag(id) => {
            let lag = tx.lag(id).expect("a LAG outlives what sits on it");
            let mac_sec = mac_sec(lag.encryption_at(tx.now()), &lag.keys, tx.now());
            Port { bandwidth: lag.bandwidth, count: Some(tx.members(id).len()), mac_sec }
        }
        Parent::Hosted(id) => {
            let hosted = tx.hosted_connection(id).expect("a hosted connection outlives what sits on it");
            // MACsec is between the partner and AWS, and the customer's router has no part in it.
            Port { mac_sec: None, ..port(tx, hosted.parent) }
        }
    }
}

/// MACsec as the far end is to have it. The CAKs are no part of any record.
fn mac_sec(mode: EncryptionMode, keys: &Keys, now: Timestamp) -> Option<MacSec> {
    let names = || keys.lasting(now).map(|key| key.spelled.to_string()).collect();
    match mode {
        EncryptionMode::NoEncrypt => None,
        EncryptionMode::ShouldEncrypt => Some(MacSec { names: names(), is_required: false }),
        EncryptionMode::MustEncrypt => Some(MacSec { names: names(), is_required: true }),
    }
}

fn facts(tx: &mut Tx<'_>, interface: &VirtualInterface) -> Interface {
    let (now, sealer) = (tx.now(), tx.sealer());
    let port = port(tx, interface.parent);
    Interface {
        id: interface.id.to_string(),
        name: interface.name.to_string(),
        reach: match interface.kind {
            Kind::Private => Reach::Private,
            Kind::Public => Reach::Public,
            Kind::Transit => Reach::Transit,
        },
        vlan: interface.vlan,
        mtu: interface.mtu,
        amazon_asn: interface.amazon_side_asn,
        sessions: interface
            .peers
            .iter()
            .filter(|peer| peer.is_present(now))
            .map(|peer| session(peer, peer.auth_key.reveal(sealer, interface.id)))
            .collect(),
        announced: interface.route_filters.iter().copied().map(prefix).collect(),
        parent: interface.parent.to_string(),
        location: interface.location.to_string(),
        speed: match port.bandwidth {
            Bandwidth::Gbps1 => Speed::Gbps1,
            Bandwidth::Gbps10 => Speed::Gbps10,
            Bandwidth::Gbps100 => Speed::Gbps100,
            Bandwidth::Gbps400 => Speed::Gbps400,
        },
        lag_ports: port.count,
        mac_sec: port.mac_sec,
    }
}

fn session(peer: &BgpPeer, key: &str) -> Session {
    Session {
        customer: peer.customer_address.address(),
        amazon: peer.amazon_address.address(),
        length: peer.customer_address.net().prefix_len(),
        asn: peer.asn,
        key: key.to_owned(),
    }
}

fn prefix(prefix: Prefix) -> router::Prefix {
    router::Prefix { address: prefix.net().addr(), length: prefix.net().prefix_len() }
}

fn to_wire(router: &RouterType) -> shapes::RouterType {
    shapes::RouterType {
        vendor: Some(router.vendor.to_owned()),
        platform: Some(router.platform.to_owned()),
        software: Some(router.software.to_owned()),
        xslt_template_name: Some(router.xslt_template.to_owned()),
        xslt_template_name_for_mac_sec: Some(router.xslt_template_for_mac_sec.to_owned()),
        router_type_identifier: Some(router.identifier.to_owned()),
    }
}
