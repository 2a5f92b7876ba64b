//! Virtual interfaces whose connection or LAG changes: what they have shown is kept, and some move along.

use super::{addresses, parent, pools, rate};
use crate::ids::LagId;
use crate::model::connection::Connection;
use crate::model::lag::Lag;
use crate::model::virtual_interface::{Change, Kind, Parent, Seen, VirtualInterface};
use crate::ops::{failover, hosted, require};
use crate::rejection::{Rejection, VirtualInterfaceRejection};
use crate::settings::Delay;
use crate::tx::Tx;
use std::sync::Arc;

/// Keeps what the interfaces on a connection or LAG have shown so far, since that is about to change.
// INVARIANT: called before a call writes the connection or LAG, or its members.
pub(crate) fn settle_on(tx: &mut Tx<'_>, parent: Parent) {
    hosted::moves::settle_on(tx, parent);
    let (parent_up, now) = (tx.parent_up(parent), tx.now());
    for interface in parent::present(tx, parent) {
        let mut settled = VirtualInterface::clone(&interface);
        settled.settle(&parent_up, now);
        if settled != *interface {
            tx.put_virtual_interface(settled);
        }
    }
}

/// What is on a connection that stands alone finds its place on the LAG that it joins: 13 the LAG takes interfaces at all,
/// VLANs and addresses, those of hosted connections too (a LAG always takes jumbo frames), 14 counts, 15 the prefix pools
/// of the LAG and of one that is left, 16 rate limiters.
pub(in crate::ops) fn may_join(tx: &mut Tx<'_>, connection: &Connection, lag: &Lag) -> Result<(), Rejection> {
    may_host(tx, connection, lag.id, lag.allows_hosted)?;
    let carried = hosted::moves::of_port(tx, connection);
    hosted::moves::have_room(tx, &carried, Parent::Lag(lag.id))?;
    let (moving, there) = (present_on_port(tx, connection), Parent::Lag(lag.id));
    let others = parent::present(tx, there);
    for interface in &moving {
        parent::is_vlan_free(interface.vlan, there, &others)?;
    }
    for interface in &moving {
        let pairs = addresses::pairs(tx, interface);
        addresses::are_free(tx, &pairs, there, &others)?;
    }
    let kinds: Vec<Kind> = moving.iter().map(|interface| interface.kind).collect();
    parent::has_room(tx, there, &others, &kinds)?;
    pools::covers_after_joining(tx, lag.id, connection, &others, pools::taken(&moving))?;
    pools::may_leave(tx, connection)?;
    let limiters = moving.iter().filter(|interface| interface.rate_limit.is_some()).count();
    rate::is_within_quota(tx, there, &others, limiters).map_err(rate::Excess::declared)?;
    Ok(())
}

/// A connection becomes an interconnect in a LAG that allows hosted connections: nothing is on it by then.
pub(in crate::ops) fn may_host(
    tx: &mut Tx<'_>,
    connection: &Connection,
    lag: impl ToString,
    allows_hosted: bool,
) -> Result<(), VirtualInterfaceRejection> {
    let fits = !allows_hosted || present_on_port(tx, connection).is_empty();
    require(fits, || VirtualInterfaceRejection::OnHost { id: lag.to_string() })
}

fn present_on_port(tx: &mut Tx<'_>, connection: &Connection) -> Vec<Arc<VirtualInterface>> {
    parent::present(tx, Parent::Connection(connection.id))
}

/// Moves what is on a connection that stands alone to the LAG that it joins, hosted connections too; one that comes from another LAG has
/// none of its own. The caller has settled what the LAG has shown, and has not written the connection yet.
pub(in crate::ops) fn follow(tx: &mut Tx<'_>, connection: &Connection, lag: LagId) {
    for interface in present_on_port(tx, connection) {
        let moved = moved(tx, &interface, Parent::Lag(lag));
        tx.put_virtual_interface(moved);
    }
    for carried in hosted::moves::of_port(tx, connection) {
        hosted::moves::carry(tx, &carried, Parent::Lag(lag), connection.location);
    }
}

/// The interface on its way to another parent, interrupted meanwhile.
pub(in crate::ops) fn moved(tx: &mut Tx<'_>, interface: &VirtualInterface, to: Parent) -> VirtualInterface {
    let (parent_up, now) = (tx.parent_up(interface.parent), tx.now());
    if interface.seen(&parent_up).at(now) == Seen::Available {
        tx.interrupt(interface.id);
    }
    let mut moved = interface.clone();
    moved.settle(&parent_up, now);
    failover::cancel(tx, &mut moved);
    moved.parent = to;
    if interface.is_live(now) {
        let delays = tx.delays();
        moved.change.set(now, Change::Move);
        moved.change.push(now + delays.get(Delay::InterfaceMove), Change::None);
        moved.session_delay = delays.get(Delay::BgpSession);
    }
    moved
}

/// Notes those that were available before this call and are so no longer, all of them on `parent`.
pub(crate) fn note_interruptions(tx: &mut Tx<'_>, parent: Parent) {
    let (now, parent_up) = (tx.now(), tx.parent_up(parent));
    for interface in parent::present(tx, parent) {
        let before = tx.virtual_interface_before(interface.id);
        let was = before.is_some_and(|(before, up)| before.seen(&up).at(now) == Seen::Available);
        if was && interface.seen(&parent_up).at(now) != Seen::Available {
            tx.interrupt(interface.id);
        }
    }
    hosted::moves::note_interruptions(tx, parent);
}

/// Ends now whatever is under way for the interfaces on a connection or LAG.
pub(crate) fn hasten_on(tx: &mut Tx<'_>, parent: Parent) {
    for interface in parent::present(tx, parent) {
        hasten(tx, &interface);
    }
    hosted::moves::hasten_on(tx, parent);
}

/// Ends now whatever is under way for an interface; a failover test goes on for as long as it was meant to.
pub(crate) fn hasten(tx: &mut Tx<'_>, interface: &VirtualInterface) {
    let (parent_up, now) = (tx.parent_up(interface.parent), tx.now());
    let mut hastened = interface.clone();
    hastened.hasten(&parent_up, now);
    tx.put_virtual_interface(hastened);
}
