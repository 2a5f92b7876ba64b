//! DisassociateConnectionFromLag: interrupts a member and re-establishes it as a connection that stands alone.

use crate::model::connection::{Change, Connection, Phase};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::pools;
use crate::ops::membership::LastMember;
use crate::ops::{find, membership, require, view};
use crate::rejection::{ConnectionRejection, LagRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(
    Access::Write,
    &[Resource::required(&["dxcon"], "connectionId"), Resource::required(&["dxlag"], "lagId")],
);

pub(in crate::ops) fn disassociate_connection_from_lag(
    tx: &mut Tx<'_>,
    input: &shapes::DisassociateConnectionFromLagRequest,
) -> Result<shapes::Connection, Rejection> {
    let connection_id = find::connection_id(&input.connection_id)?;
    let lag_id = find::lag_id(&input.lag_id)?;
    // This call has words of its own for what does not exist [observed]; a deleted connection or LAG does not, either.
    let gone = || ConnectionRejection::DoesNotExist { id: input.connection_id.clone() };
    let found = find::any_connection(tx, connection_id).map_err(|_| gone())?;
    let connection = find::port(found)?;
    require(connection.phase.at(tx.now()) != Phase::Deleted, gone)?;
    let gone = || LagRejection::DoesNotExist { id: input.lag_id.clone() };
    let lag = find::lag(tx, lag_id).map_err(|_| gone())?;
    require(lag.phase.at(tx.now()) != crate::model::lag::Phase::Deleted, gone)?;
    find::is_live_connection(tx, &connection)?;
    find::is_live_lag(tx, &lag)?;
    membership::is_settled(tx, &connection)?;
    require(connection.lag == Some(lag.id), || LagRejection::NotMember { connection: connection.id, lag: lag.id })?;
    membership::may_leave(tx, &connection, LastMember::MayLeave)?;
    pools::may_leave(tx, &connection)?;

    let mut alone = Connection::clone(&connection);
    alone.settle(tx.now());
    membership::interrupt(tx, &mut alone, Change::Leaving);
    membership::stand_alone(tx, &mut alone);
    tx.put_connection(alone);
    view::note_interruption(tx, lag.id);
    Ok(view::changed_connection(tx, connection.id))
}
