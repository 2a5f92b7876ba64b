//! AssociateHostedConnection: moves a hosted connection, with what is on it, to another interconnect or LAG of the partner's.

use crate::ids::ConnectionId;
use crate::model::hosted_connection::HostedConnection;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::find::{self, Named};
use crate::ops::hosted::{host, moves, shown};
use crate::ops::interfaces::parent;
use crate::ops::require;
use crate::rejection::{HostedConnectionRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts = Facts::of_partners(
    Access::Write,
    &[Resource::required(&["dxcon"], "connectionId"), Resource::required(&["dxcon", "dxlag"], "parentConnectionId")],
);

pub(in crate::ops) fn associate_hosted_connection(
    tx: &mut Tx<'_>,
    input: &shapes::AssociateHostedConnectionRequest,
) -> Result<shapes::Connection, Rejection> {
    let name = find::connection_id(&input.connection_id)?;
    let parent = parent::name(&input.parent_connection_id)?;
    let hosted = find(tx, name)?;
    let there = host::find(tx, parent)?;
    find::is_live_hosted(tx, &hosted)?;
    let (id, parent) = (hosted.id, there.parent.to_string());
    require(hosted.parent != there.parent, || HostedConnectionRejection::AlreadyThere { id, parent })?;
    there.carries(hosted.bandwidth)?;
    moves::have_room(tx, &[Arc::clone(&hosted)], there.parent)?;

    moves::carry(tx, &hosted, there.parent, there.location);
    Ok(shown::changed(tx, hosted.id))
}

/// The hosted connection of this name that the caller has allocated. A port of the caller's is none.
fn find(tx: &mut Tx<'_>, name: Named<'_, ConnectionId>) -> Result<Arc<HostedConnection>, Rejection> {
    match find::allocated(tx, name) {
        Some(hosted) => Ok(hosted),
        None => {
            let port = find::connection(tx, name)?;
            Err(HostedConnectionRejection::NotHosted { id: port.id }.into())
        }
    }
}
