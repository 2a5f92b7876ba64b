//! What answers show of records. A call that changes something answers with the first step that it added.

use crate::ids::{ConnectionId, LagId};
use crate::model::connection::Connection;
use crate::model::lag::{self, Lag};
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

/// A connection as it is at `now`.
pub(super) fn connection(tx: &Tx<'_>, connection: &Connection) -> shapes::Connection {
    connection.to_wire(connection.state(tx.now()), tx.now())
}

/// A LAG with its members as they are at `now`.
pub(super) fn lag(tx: &mut Tx<'_>, lag: &Lag) -> shapes::Lag {
    let members = tx.members(lag.id);
    let state = lag.seen(&members).at(tx.now());
    lag.to_wire(state, members.iter().map(|member| connection(tx, member)).collect())
}

/// A connection that this call has created or changed.
pub(super) fn changed_connection(tx: &mut Tx<'_>, id: ConnectionId) -> shapes::Connection {
    let after = tx.connection(id).expect("this call has written it");
    answered(tx, &after)
}

/// A LAG that this call has created or changed, or whose members it has.
pub(super) fn changed_lag(tx: &mut Tx<'_>, id: LagId) -> shapes::Lag {
    let after = tx.lag(id).expect("this call has written it");
    let members = tx.members(id);
    let before = tx.lag_before(id).map(|lag| lag.seen(&tx.members_before(id)));
    let state = after.seen(&members).answer(before.as_ref(), tx.now());
    after.to_wire(state, members.iter().map(|member| answered(tx, member)).collect())
}

/// Notes it when a LAG that was available is so no longer after this call.
pub(super) fn note_interruption(tx: &mut Tx<'_>, id: LagId) {
    let now = tx.now();
    let was = tx.lag_before(id).map(|lag| lag.seen(&tx.members_before(id)).at(now));
    let members = tx.members(id);
    let is = tx.lag(id).map(|lag| lag.seen(&members).at(now));
    if was == Some(lag::Seen::Available) && is != was {
        tx.interrupt(id);
    }
}

fn answered(tx: &Tx<'_>, after: &Arc<Connection>) -> shapes::Connection {
    let before = tx.connection_before(after.id).map(|connection| connection.seen());
    let state = after.seen().answer(before.as_ref(), tx.now());
    after.to_wire(state, tx.now())
}
