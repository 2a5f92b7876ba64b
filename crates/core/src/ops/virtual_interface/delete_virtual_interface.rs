//! DeleteVirtualInterface: ends an interface; or, for the account that it was allocated to, declines it.

use crate::model::bgp_peer;
use crate::model::virtual_interface::{Phase, Seen, VirtualInterface};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::{find, shown};
use crate::ops::{failover, require};
use crate::rejection::{Rejection, VirtualInterfaceRejection};
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dxvif"], "virtualInterfaceId")]);

pub(in crate::ops) fn delete_virtual_interface(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteVirtualInterfaceRequest,
) -> Result<shapes::DeleteVirtualInterfaceResponse, Rejection> {
    let interface = find::present(tx, &input.virtual_interface_id)?;
    let now = tx.now();
    require(interface.is_live(now), || VirtualInterfaceRejection::WrongState {
        id: interface.id,
        state: "deleting",
        expected: "confirming, verifying, pending, available, down or testing",
    })?;

    let parent_up = tx.parent_up(interface.parent);
    if interface.seen(&parent_up).at(now) == Seen::Available {
        tx.interrupt(interface.id);
    }
    let is_declined = interface.phase.at(now) == Phase::Confirming && interface.owner == tx.caller();
    let gone = now + tx.delays().get(Delay::Deleting);
    let mut deleted = VirtualInterface::clone(&interface);
    deleted.settle(&parent_up, now);
    failover::cancel(tx, &mut deleted);
    if is_declined {
        deleted.phase.set(now, Phase::Rejected);
    } else {
        deleted.phase.set(now, Phase::Deleting);
        deleted.phase.push(gone, Phase::Deleted);
    }
    for peer in deleted.peers.iter_mut().filter(|peer| peer.is_present(now)) {
        peer.phase.set(now, bgp_peer::Phase::Deleting);
        peer.phase.push(gone, bgp_peer::Phase::Deleted);
    }
    tx.put_virtual_interface(deleted);
    let state = shown::changed_state(tx, interface.id);
    Ok(shapes::DeleteVirtualInterfaceResponse { virtual_interface_state: Some(state) })
}
