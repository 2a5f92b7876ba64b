//! From the id of a virtual interface to its record, for calls that change it.

use crate::ids::VirtualInterfaceId;
use crate::model::virtual_interface::{Change, Seen, VirtualInterface};
use crate::ops::{find, require};
use crate::rejection::VirtualInterfaceRejection;
use crate::tx::Tx;
use std::sync::Arc;

/// A virtual interface that the caller sees and that has not ended: others do not exist.
pub(in crate::ops) fn present(tx: &mut Tx<'_>, text: &str) -> Result<Arc<VirtualInterface>, VirtualInterfaceRejection> {
    let id = id(text)?;
    let found = find::virtual_interface(tx, id).filter(|interface| interface.is_present(tx.now()));
    found.ok_or_else(|| VirtualInterfaceRejection::DoesNotExist { id: text.to_owned() })
}

/// Reads the id of a virtual interface; `None` when none of ours can be it.
pub(in crate::ops) fn id(text: &str) -> Result<Option<VirtualInterfaceId>, VirtualInterfaceRejection> {
    VirtualInterfaceId::parse(text).map_err(|_| VirtualInterfaceRejection::MalformedId { id: text.to_owned() })
}

/// The caller owns the interface itself, not just what it sits on.
pub(in crate::ops) fn is_owner(
    tx: &Tx<'_>,
    interface: &VirtualInterface,
    operation: &'static str,
) -> Result<(), VirtualInterfaceRejection> {
    require(interface.owner == tx.caller(), || VirtualInterfaceRejection::NotOwner { id: interface.id, operation })
}

/// The interface is seen in one of `states`; `expected` names them.
pub(in crate::ops) fn is_in(
    tx: &mut Tx<'_>,
    interface: &VirtualInterface,
    states: &[Seen],
    expected: &'static str,
) -> Result<(), VirtualInterfaceRejection> {
    let parent_up = tx.parent_up(interface.parent);
    let seen = interface.seen(&parent_up).at(tx.now());
    let state = seen.to_wire().as_str();
    let wrong = || VirtualInterfaceRejection::WrongState { id: interface.id, state, expected };
    require(states.contains(&seen), wrong)
}

/// No update, move or failover test is under way.
pub(in crate::ops) fn is_settled(tx: &Tx<'_>, interface: &VirtualInterface) -> Result<(), VirtualInterfaceRejection> {
    let settled = interface.change.at(tx.now()) == Change::None;
    require(settled, || VirtualInterfaceRejection::Transitioning { id: interface.id })
}
