//! DeleteBGPPeer: ends a session of a virtual interface, by the peer's id or by ASN and the customer's address.

use crate::ids::BgpPeerId;
use crate::model::bgp_peer::{BgpPeer, Phase};
use crate::model::virtual_interface::VirtualInterface;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::{find, shown};
use crate::ops::{failover, require, sessions};
use crate::prefix::Interface;
use crate::rejection::{BgpPeerRejection, Rejection, VirtualInterfaceRejection};
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::net::IpAddr;

pub(in crate::ops) const FACTS: Facts = Facts {
    redacted: &["asn", "asnLong", "customerAddress", "authKey", "amazonAddress", "customerRouterConfig"],
    ..Facts::new(Access::Write, &[Resource::required(&["dxvif"], "virtualInterfaceId")])
};

/// What a peer is named by.
enum Named<'a> {
    Id(&'a str, Option<BgpPeerId>),
    /// Its ASN and the customer's address.
    Ends(i64, IpAddr),
}

pub(in crate::ops) fn delete_bgp_peer(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteBGPPeerRequest,
) -> Result<shapes::DeleteBGPPeerResponse, Rejection> {
    let id = sessions::interface_named(input.virtual_interface_id.as_deref())?;
    find::id(id)?;
    let named = named(input)?;
    let interface = find::present(tx, id)?;
    find::is_owner(tx, &interface, "DeleteBGPPeer")?;
    find::is_in(tx, &interface, &sessions::CHANGEABLE, sessions::CHANGEABLE_EXPECTED)?;
    let peer = peer_named(tx, &interface, &named)?;
    let now = tx.now();
    let present = interface.peers.iter().filter(|peer| peer.is_present(now)).count();
    require(present > 1, || BgpPeerRejection::Last)?;

    let deleting = tx.delays().get(Delay::Deleting);
    let mut changed = sessions::settled(tx, &interface);
    for peer in changed.peers.iter_mut().filter(|other| other.id == peer) {
        peer.phase.set(now, Phase::Deleting);
        peer.phase.push(now + deleting, Phase::Deleted);
    }
    // A test without peers is over (decision 12 of the reference).
    let is_tested = |id: &BgpPeerId| changed.peers.iter().any(|peer| peer.id == *id && peer.is_present(now));
    if failover::running(tx, interface.id).is_some_and(|test| !test.peers.iter().any(is_tested)) {
        failover::cancel(tx, &mut changed);
    }
    sessions::note_interruption(tx, &interface, &changed);
    tx.put_virtual_interface(changed);
    Ok(shapes::DeleteBGPPeerResponse { virtual_interface: Some(shown::changed(tx, interface.id)) })
}

fn named(input: &shapes::DeleteBGPPeerRequest) -> Result<Named<'_>, Rejection> {
    if let Some(text) = &input.bgp_peer_id {
        return Ok(Named::Id(text, sessions::peer_id(text)?));
    }
    let missing = |member| VirtualInterfaceRejection::Missing { member };
    let asn = input.asn_long.or(input.asn.map(i64::from));
    let address = input.customer_address.as_deref();
    let (asn, address) = match (asn, address) {
        (None, None) => return Err(missing("bgpPeerId").into()),
        (None, Some(_)) => return Err(VirtualInterfaceRejection::AsnMissing.into()),
        (Some(_), None) => return Err(missing("customerAddress").into()),
        (Some(asn), Some(address)) => (asn, address),
    };
    let parsed = address.parse().ok().or_else(|| Interface::parse(address).map(Interface::address));
    let malformed = || BgpPeerRejection::MalformedAddress { value: address.to_owned() };
    Ok(Named::Ends(asn, parsed.ok_or_else(malformed)?))
}

fn peer_named(tx: &Tx<'_>, interface: &VirtualInterface, named: &Named<'_>) -> Result<BgpPeerId, BgpPeerRejection> {
    match named {
        Named::Id(text, id) => sessions::peer(tx, interface, text, *id).map(|peer| peer.id),
        Named::Ends(asn, address) => {
            let is_meant = |peer: &&BgpPeer| {
                let ends = (i64::from(peer.asn), peer.customer_address.address());
                peer.is_present(tx.now()) && ends == (*asn, *address)
            };
            let unknown = || BgpPeerRejection::DoesNotExist {
                peer: format!("with ASN {asn} and customer address {address}"),
                interface: interface.id,
            };
            interface.peers.iter().find(is_meant).map(|peer| peer.id).ok_or_else(unknown)
        }
    }
}
