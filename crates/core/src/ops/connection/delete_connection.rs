//! DeleteConnection: gives a port back, or ends a hosted connection; or, for the account that it was allocated to, declines
//! it.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, hosted, ports, view};
use crate::rejection::Rejection;
use crate::tx::{AnyConnection, Tx};
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Write, &[Resource::required(&["dxcon"], "connectionId")]);

pub(in crate::ops) fn delete_connection(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteConnectionRequest,
) -> Result<shapes::Connection, Rejection> {
    let name = find::connection_id(&input.connection_id)?;
    // Who is a party to a hosted connection deletes it: its owner, and the partner that allocated it [observed].
    let found = find::allocated(tx, name).map(AnyConnection::Hosted);
    let found = found.map_or_else(|| find::any_connection(tx, name), Ok)?;
    match found {
        AnyConnection::Port(port) => {
            ports::give_back(tx, &port)?;
            Ok(view::changed_connection(tx, port.id))
        }
        AnyConnection::Hosted(hosted) => {
            hosted::ending::end(tx, &hosted)?;
            Ok(hosted::shown::changed(tx, hosted.id))
        }
    }
}
