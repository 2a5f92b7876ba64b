//! DeleteConnection: gives a port back.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, ports, view};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Write, &[Resource::required(&["dxcon"], "connectionId")]);

pub(in crate::ops) fn delete_connection(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteConnectionRequest,
) -> Result<shapes::Connection, Rejection> {
    let id = find::connection_id(&input.connection_id)?;
    let connection = find::connection(tx, id)?;
    ports::give_back(tx, &connection)?;
    Ok(view::changed_connection(tx, connection.id))
}
