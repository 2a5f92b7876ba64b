//! DeleteInterconnect: gives the port of an interconnect back.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, ports, view};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::of_partners(Access::Write, &[Resource::required(&["dxcon"], "interconnectId")]);

pub(in crate::ops) fn delete_interconnect(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteInterconnectRequest,
) -> Result<shapes::DeleteInterconnectResponse, Rejection> {
    let interconnect = find::interconnect(tx, &input.interconnect_id)?;
    ports::give_back(tx, &interconnect)?;
    let interconnect_state = view::changed_interconnect(tx, interconnect.id).interconnect_state;
    Ok(shapes::DeleteInterconnectResponse { interconnect_state })
}
