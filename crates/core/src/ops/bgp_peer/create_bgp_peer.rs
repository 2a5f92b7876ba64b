//! CreateBGPPeer: one more session on a virtual interface, for the other address family, or beside one of the same family
//! on a device with logical redundancy.

use crate::model::bgp_peer::Phase;
use crate::model::virtual_interface::Kind;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::peer::Asked;
use crate::ops::interfaces::{addresses, find, parent, shown};
use crate::ops::{require, sessions};
use crate::rejection::{BgpPeerRejection, Rejection, VirtualInterfaceRejection};
use crate::settings::Delay;
use crate::steps::Steps;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts {
    redacted: &["asn", "asnLong", "authKey", "amazonAddress", "customerAddress", "customerRouterConfig"],
    ..Facts::new(Access::Write, &[Resource::required(&["dxvif"], "virtualInterfaceId")])
};

/// With logical redundancy there are two sessions of a family; without there is one [model].
pub(crate) const PEERS_PER_FAMILY_MAX: usize = 2;

/// What is asked of the peer hangs on the interface's kind: it is looked at once the interface is found.
pub(in crate::ops) fn create_bgp_peer(
    tx: &mut Tx<'_>,
    input: &shapes::CreateBGPPeerRequest,
) -> Result<shapes::CreateBGPPeerResponse, Rejection> {
    let id = sessions::interface_named(input.virtual_interface_id.as_deref())?;
    find::id(id)?;
    let missing = VirtualInterfaceRejection::Missing { member: "newBGPPeer" };
    let asked = asked(input.new_bgp_peer.as_ref().ok_or(missing)?);
    let interface = find::present(tx, id)?;
    let wanted = asked.read(interface.kind)?;
    find::is_owner(tx, &interface, "CreateBGPPeer")?;
    find::is_in(tx, &interface, &sessions::CHANGEABLE, sessions::CHANGEABLE_EXPECTED)?;
    let now = tx.now();
    let count = interface.peers.iter().filter(|peer| peer.family == wanted.family && peer.is_present(now)).count();
    let (id, family) = (interface.id, wanted.family.to_wire().as_str());
    let is_redundant = parent::device(tx, interface.parent)
        .and_then(|device| tx.device(device))
        .is_some_and(|device| device.has_logical_redundancy == Some(true));
    require(count == 0 || is_redundant, || BgpPeerRejection::FamilyTaken { id, family })?;
    require(count < PEERS_PER_FAMILY_MAX, || BgpPeerRejection::FamilyFull { id, family, limit: PEERS_PER_FAMILY_MAX })?;
    let others = tx.on_parent(interface.parent);
    if let Some(pair) = wanted.addresses {
        addresses::are_free(tx, &[pair], interface.parent, &others)?;
        addresses::are_unique(tx, interface.kind, &[pair])?;
    }

    let phase = plan(tx, interface.kind);
    let peer = wanted.make(tx, interface.kind, phase, &others);
    let mut changed = sessions::settled(tx, &interface);
    // What is gone and no longer shown need not be kept beside it.
    changed.peers.retain(|peer| peer.phase.at(now) != Phase::Deleted);
    changed.peers.push(peer);
    tx.put_virtual_interface(changed);
    Ok(shapes::CreateBGPPeerResponse { virtual_interface: Some(shown::changed(tx, interface.id)) })
}

fn asked(new: &shapes::NewBGPPeer) -> Asked<'_> {
    Asked {
        asn: new.asn,
        asn_long: new.asn_long,
        auth_key: new.auth_key.as_deref(),
        family: new.address_family,
        amazon_address: new.amazon_address.as_deref(),
        customer_address: new.customer_address.as_deref(),
    }
}

/// A public peer's addresses are checked first [model].
fn plan(tx: &mut Tx<'_>, kind: Kind) -> Steps<Phase> {
    let (now, delays) = (tx.now(), tx.delays());
    let pending = delays.get(Delay::VirtualInterfacePending);
    match kind {
        Kind::Public => {
            let verified = now + delays.get(Delay::PublicInterfaceVerifying);
            let mut phase = Steps::new(now, Phase::Verifying);
            phase.push(verified, Phase::Pending);
            phase.push(verified + pending, Phase::Available);
            phase
        }
        Kind::Private | Kind::Transit => {
            let mut phase = Steps::new(now, Phase::Pending);
            phase.push(now + pending, Phase::Available);
            phase
        }
    }
}
