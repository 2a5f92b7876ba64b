//! The sessions of a virtual interface as calls find and change them.

use crate::ids::BgpPeerId;
use crate::model::bgp_peer::BgpPeer;
use crate::model::virtual_interface::{Seen, VirtualInterface};
use crate::rejection::{BgpPeerRejection, VirtualInterfaceRejection};
use crate::tx::Tx;

/// The interface with what it has shown so far kept: its peers and causes may be changed.
pub(crate) fn settled(tx: &mut Tx<'_>, interface: &VirtualInterface) -> VirtualInterface {
    let (now, parent_up) = (tx.now(), tx.parent_up(interface.parent));
    let mut settled = interface.clone();
    settled.settle(&parent_up, now);
    settled
}

/// Notes it when a session that was up is so no longer after this call.
pub(crate) fn note_interruption(tx: &mut Tx<'_>, before: &VirtualInterface, after: &VirtualInterface) {
    let (now, parent_up) = (tx.now(), tx.parent_up(before.parent));
    let is_up = |interface: &VirtualInterface, peer: &BgpPeer| interface.session(peer, &parent_up).at(now);
    let goes_down = |peer: &BgpPeer| {
        let later = after.peers.iter().find(|later| later.id == peer.id);
        is_up(before, peer) && !later.is_some_and(|later| is_up(after, later))
    };
    if before.peers.iter().any(goes_down) {
        tx.interrupt(before.id);
    }
}

/// Reads a peer's id.
pub(super) fn peer_id(text: &str) -> Result<Option<BgpPeerId>, BgpPeerRejection> {
    BgpPeerId::parse(text).map_err(|_| BgpPeerRejection::MalformedId { id: text.to_owned() })
}

/// The peer of this id, unless it is deleted or being deleted.
pub(super) fn peer<'a>(
    tx: &Tx<'_>,
    interface: &'a VirtualInterface,
    text: &str,
    id: Option<BgpPeerId>,
) -> Result<&'a BgpPeer, BgpPeerRejection> {
    let found = interface.peers.iter().find(|peer| Some(peer.id) == id && peer.is_present(tx.now()));
    found.ok_or_else(|| BgpPeerRejection::DoesNotExist { peer: text.to_owned(), interface: interface.id })
}

/// The model does not require the interface's id of every call, and none can do without.
pub(super) fn interface_named(id: Option<&str>) -> Result<&str, VirtualInterfaceRejection> {
    id.ok_or(VirtualInterfaceRejection::Missing { member: "virtualInterfaceId" })
}

/// The states in which peers come and go.
pub(super) const CHANGEABLE: [Seen; 5] = [Seen::Verifying, Seen::Pending, Seen::Available, Seen::Down, Seen::Testing];
/// The same, as texts name them.
pub(super) const CHANGEABLE_EXPECTED: &str = "verifying, pending, available, down or testing";
