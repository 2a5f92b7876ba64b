//! ConfirmConnection: accepts a hosted connection that a partner allocated to the caller.

use crate::model::hosted_connection::Phase;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::find;
use crate::ops::hosted::{moves, shown};
use crate::ops::require;
use crate::rejection::{HostedConnectionRejection, Rejection};
use crate::tx::{AnyConnection, Tx};
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Write, &[Resource::required(&["dxcon"], "connectionId")]);

pub(in crate::ops) fn confirm_connection(
    tx: &mut Tx<'_>,
    input: &shapes::ConfirmConnectionRequest,
) -> Result<shapes::ConfirmConnectionResponse, Rejection> {
    let name = find::connection_id(&input.connection_id)?;
    let hosted = match find::any_connection(tx, name)? {
        AnyConnection::Hosted(hosted) => hosted,
        // Nobody else orders a port for its owner, so that there is nothing to confirm.
        AnyConnection::Port(port) => {
            let state = port.state(tx.now()).to_wire().as_str();
            return Err(HostedConnectionRejection::NotOrdering { id: port.id, state }.into());
        }
    };
    let parent_up = tx.parent_up(hosted.parent);
    let state = hosted.seen(&parent_up).at(tx.now()).to_wire().as_str();
    let is_ordering = hosted.phase.at(tx.now()) == Phase::Ordering;
    require(is_ordering, || HostedConnectionRejection::NotOrdering { id: hosted.id, state })?;

    let delays = tx.delays();
    let mut confirmed = moves::settled(tx, &hosted);
    confirmed.confirm(tx.now(), &delays);
    tx.put_hosted_connection(confirmed);
    let connection_state = shown::changed(tx, hosted.id).connection_state;
    Ok(shapes::ConfirmConnectionResponse { connection_state })
}
