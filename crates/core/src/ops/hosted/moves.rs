//! Hosted connections whose interconnect or LAG changes: what they have shown is kept, and some move along.

use super::host;
use crate::ids::LocationCode;
use crate::model::connection::Connection;
use crate::model::hosted_connection::{HostedConnection, Seen};
use crate::model::virtual_interface::Parent;
use crate::ops::interfaces::{addresses, moves, parent};
use crate::rejection::HostedConnectionRejection;
use crate::tx::Tx;
use std::net::IpAddr;
use std::sync::Arc;

/// The hosted connections find their place on `there`: their VLANs are free, and so are the addresses of the interfaces on
/// them, which nobody else's on `there` have.
pub(in crate::ops) fn have_room(
    tx: &mut Tx<'_>,
    moving: &[Arc<HostedConnection>],
    there: Parent,
) -> Result<(), HostedConnectionRejection> {
    for hosted in moving {
        host::is_vlan_free(tx, hosted.vlan, there)?;
    }
    let others = host::present(tx, there);
    let taken: Vec<_> =
        others.iter().flat_map(|other| addresses_of(tx, other).map(|address| (address, other.id))).collect();
    for hosted in moving {
        for address in addresses_of(tx, hosted) {
            // The interface that has it is its owner's affair, and unknown to the partner.
            if let Some((address, by)) = taken.iter().find(|(other, _)| *other == address).copied() {
                return Err(HostedConnectionRejection::AddressUsed { address, by, parent: there.to_string() });
            }
        }
    }
    Ok(())
}

/// The addresses of the sessions on a hosted connection.
fn addresses_of(tx: &mut Tx<'_>, hosted: &HostedConnection) -> impl Iterator<Item = IpAddr> + use<> {
    let interfaces = parent::present(tx, Parent::Hosted(hosted.id));
    let pairs: Vec<_> = interfaces.iter().flat_map(|interface| addresses::pairs(tx, interface)).collect();
    pairs.into_iter().flat_map(|pair| [pair.amazon.address(), pair.customer.address()])
}

/// Those of an interconnect that stands alone.
pub(in crate::ops) fn of_port(tx: &mut Tx<'_>, connection: &Connection) -> Vec<Arc<HostedConnection>> {
    host::present(tx, Parent::Connection(connection.id))
}

/// Moves a hosted connection to another interconnect or LAG, with what is on it, which is interrupted meanwhile.
pub(in crate::ops) fn carry(tx: &mut Tx<'_>, hosted: &HostedConnection, there: Parent, location: LocationCode) {
    let (parent_up, now) = (tx.parent_up(hosted.parent), tx.now());
    if hosted.seen(&parent_up).at(now) == Seen::Available {
        tx.interrupt(hosted.id);
    }
    let on_it = Parent::Hosted(hosted.id);
    for interface in parent::present(tx, on_it) {
        let mut moved = moves::moved(tx, &interface, on_it);
        moved.location = location;
        tx.put_virtual_interface(moved);
    }
    let mut carried = hosted.clone();
    carried.settle(&parent_up, now);
    carried.parent = there;
    carried.location = location;
    tx.put_hosted_connection(carried);
}

/// Keeps what the hosted connections on an interconnect or LAG have shown so far, and the interfaces on them.
pub(in crate::ops) fn settle_on(tx: &mut Tx<'_>, parent: Parent) {
    for hosted in host::present(tx, parent) {
        moves::settle_on(tx, Parent::Hosted(hosted.id));
        let settled = settled(tx, &hosted);
        if settled != *hosted {
            tx.put_hosted_connection(settled);
        }
    }
}

/// The hosted connection with what it has shown so far kept: its phase may be changed.
pub(in crate::ops) fn settled(tx: &mut Tx<'_>, hosted: &HostedConnection) -> HostedConnection {
    let parent_up = tx.parent_up(hosted.parent);
    let mut settled = hosted.clone();
    settled.settle(&parent_up, tx.now());
    settled
}

/// Notes those on `parent` that were available before this call and are so no longer, and the interfaces on them.
pub(in crate::ops) fn note_interruptions(tx: &mut Tx<'_>, parent: Parent) {
    let (now, parent_up) = (tx.now(), tx.parent_up(parent));
    for hosted in host::present(tx, parent) {
        let before = tx.hosted_connection_before(hosted.id);
        let was = before.is_some_and(|(before, up)| before.seen(&up).at(now) == Seen::Available);
        if was && hosted.seen(&parent_up).at(now) != Seen::Available {
            tx.interrupt(hosted.id);
            moves::note_interruptions(tx, Parent::Hosted(hosted.id));
        }
    }
}

/// Ends now whatever is under way for the hosted connections on an interconnect or LAG.
pub(in crate::ops) fn hasten_on(tx: &mut Tx<'_>, parent: Parent) {
    for hosted in host::present(tx, parent) {
        hasten(tx, &hosted);
    }
}

/// Ends now whatever is under way for a hosted connection and what is on it.
pub(crate) fn hasten(tx: &mut Tx<'_>, hosted: &HostedConnection) {
    moves::settle_on(tx, Parent::Hosted(hosted.id));
    let parent_up = tx.parent_up(hosted.parent);
    let mut hastened = hosted.clone();
    hastened.hasten(&parent_up, tx.now());
    tx.put_hosted_connection(hastened);
    moves::hasten_on(tx, Parent::Hosted(hosted.id));
}
