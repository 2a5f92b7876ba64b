//! DeleteConnection: gives a port back.

use crate::model::connection::{Connection, Phase};
use crate::model::virtual_interface::Parent;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::{moves, parent, pools};
use crate::ops::membership::LastMember;
use crate::ops::{find, membership, view};
use crate::rejection::Rejection;
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Write, &[Resource::required(&["dxcon"], "connectionId")]);

pub(in crate::ops) fn delete_connection(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteConnectionRequest,
) -> Result<shapes::Connection, Rejection> {
    let id = find::connection_id(&input.connection_id)?;
    let connection = find::connection(tx, id)?;
    find::is_live_connection(tx, &connection)?;
    let port = Parent::Connection(connection.id);
    parent::is_empty(tx, "Connection", port)?;
    membership::may_leave(tx, &connection, LastMember::Counts)?;
    pools::may_leave(tx, &connection)?;

    let now = tx.now();
    if connection.is_operational(now) {
        tx.interrupt(connection.id);
    }
    moves::settle_on(tx, port);
    let mut deleted = Connection::clone(&connection);
    deleted.settle(now);
    membership::leave(tx, &mut deleted);
    // A port that was only requested is gone at once [observed].
    if deleted.phase.at(now) == Phase::Requested {
        deleted.phase.set(now, Phase::Deleted);
    } else {
        deleted.phase.set(now, Phase::Deleting);
        deleted.phase.push(now + tx.delays().get(Delay::Deleting), Phase::Deleted);
    }
    tx.put_connection(deleted);
    if let Some(left) = connection.lag {
        view::note_interruption(tx, left);
    }
    Ok(view::changed_connection(tx, connection.id))
}
