//! DeleteDirectConnectGateway: ends a gateway that nothing is associated with or attached to. Otherwise the call is
//! accepted all the same, and the gateway reverts to available with the reason (decision 4 of the reference).

use crate::model::gateway::{DirectConnectGateway, GatewayPhase};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::gateway::describe_direct_connect_gateways::allocations;
use crate::ops::global;
use crate::rejection::Rejection;
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dx-gateway"], "directConnectGatewayId")]);

pub(in crate::ops) fn delete_direct_connect_gateway(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteDirectConnectGatewayRequest,
) -> Result<shapes::DeleteDirectConnectGatewayResult, Rejection> {
    let id = global::gateway_id(&input.direct_connect_gateway_id)?;
    let gateway = global::own_gateway(tx, id)?;
    global::is_live_gateway(tx, &gateway)?;

    let (now, error) = (tx.now(), what_remains(tx, &gateway));
    let end = if error.is_some() { GatewayPhase::Available } else { GatewayPhase::Deleted };
    let mut changed = DirectConnectGateway::clone(&gateway);
    changed.phase = changed.phase.history(now);
    changed.phase.push(now, GatewayPhase::Deleting);
    changed.phase.push(now + tx.delays().get(Delay::GatewayDeleting), end);
    changed.state_change_error = error.map(Into::into);
    tx.put_gateway(changed.clone());
    let answer = changed.to_wire(GatewayPhase::Deleting, allocations(tx, id));
    Ok(shapes::DeleteDirectConnectGatewayResult { direct_connect_gateway: Some(answer) })
}

/// What keeps the gateway: associations, those that are disassociating included, and attachments.
fn what_remains(tx: &mut Tx<'_>, gateway: &DirectConnectGateway) -> Option<String> {
    let now = tx.now();
    let associations = tx.associations_of_gateway(gateway.id).len();
    let attachments = tx.on_gateway(gateway.id).iter().filter(|interface| interface.is_present(now)).count();
    let remains = associations + attachments > 0;
    remains.then(|| format!("The gateway has {associations} associations and {attachments} attachments; expected none"))
}
