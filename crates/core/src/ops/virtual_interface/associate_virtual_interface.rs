//! AssociateVirtualInterface: moves an interface to another connection or LAG of the caller's.

use crate::model::bgp_peer::{BgpPeer, Phase};
use crate::model::virtual_interface::{Parent, Seen, VirtualInterface};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::{addresses, find, moves, parent, pools, rate, shown};
use crate::ops::require;
use crate::rejection::{Rejection, VirtualInterfaceRejection};
use crate::settings::Delay;
use crate::steps::Steps;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts {
    redacted: &["asn", "asnLong", "authKey", "amazonAddress", "customerAddress", "customerRouterConfig"],
    ..Facts::new(
        Access::Write,
        &[
            Resource::required(&["dxvif"], "virtualInterfaceId"),
            Resource::required(&["dxcon", "dxlag"], "connectionId"),
        ],
    )
};

/// Every connection in service takes jumbo frames, so that there is no rule about them.
pub(in crate::ops) fn associate_virtual_interface(
    tx: &mut Tx<'_>,
    input: &shapes::AssociateVirtualInterfaceRequest,
) -> Result<shapes::VirtualInterface, Rejection> {
    find::id(&input.virtual_interface_id)?;
    let name = parent::name(&input.connection_id)?;
    let interface = find::present(tx, &input.virtual_interface_id)?;
    let place = parent::find(tx, name)?;
    find::is_in(tx, &interface, &[Seen::Available, Seen::Down], "available or down")?;
    place.is_in_service()?;
    place.is_no_member()?;
    place.is_no_host()?;
    leaves_hosted(&interface, &place)?;
    place.has_vlan(interface.vlan)?;
    let (id, there) = (interface.id, place.parent);
    require(interface.parent != there, || VirtualInterfaceRejection::AlreadyThere { id, parent: there.to_string() })?;
    let others = parent::present(tx, there);
    parent::is_vlan_free(interface.vlan, there, &others)?;
    let pairs = addresses::pairs(tx, &interface);
    addresses::are_free(tx, &pairs, there, &others)?;
    rate::fits_speed(&place, interface.rate_limit)?;
    parent::has_room(tx, there, &others, &[interface.kind])?;
    pools::covers(tx, there, &others, pools::taken_by(&interface))?;
    let limiters = usize::from(interface.rate_limit.is_some());
    rate::is_within_quota(tx, there, &others, limiters).map_err(rate::Excess::undeclared)?;

    let mut moved = moves::moved(tx, &interface, there);
    moved.parent_owner = place.owner;
    moved.location = place.location;
    replace_peers(tx, &mut moved);
    tx.put_virtual_interface(moved);
    Ok(shown::changed(tx, id))
}

/// What is on a hosted connection moves with it, to another interconnect or LAG of the partner's; alone it can only move to
/// a dedicated connection.
fn leaves_hosted(interface: &VirtualInterface, place: &parent::Place) -> Result<(), VirtualInterfaceRejection> {
    let is_bound = matches!(interface.parent, Parent::Hosted(_));
    let (from, to) = (interface.parent, place.parent);
    let may_take = matches!(to, Parent::Connection(_));
    require(!is_bound || from == to || may_take, || VirtualInterfaceRejection::BoundToHosted {
        id: interface.id,
        from: from.to_string(),
        to: to.to_string(),
    })
}

/// Each peer goes, and one with the same ends and key comes [observed]. What was only planned for the old one, and what
/// the customer announces on it, goes over to the new one.
fn replace_peers(tx: &mut Tx<'_>, moved: &mut VirtualInterface) {
    let (now, delays) = (tx.now(), tx.delays());
    let gone = now + delays.get(Delay::Deleting);
    let ready = now + delays.get(Delay::InterfaceMove);
    moved.peers.retain(|peer| peer.phase.at(now) != Phase::Deleted);
    let mut replacing = Vec::new();
    for peer in moved.peers.iter_mut().filter(|peer| peer.is_present(now)) {
        let mut phase = Steps::new(now, Phase::Pending);
        phase.push(ready, Phase::Available);
        replacing.push(BgpPeer { id: tx.new_bgp_peer_id(), phase, ..peer.clone() });
        peer.phase.set(now, Phase::Deleting);
        peer.phase.push(gone, Phase::Deleted);
    }
    moved.peers.extend(replacing);
}
