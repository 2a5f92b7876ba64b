//! UpdateDirectConnectGateway: renames a gateway, and can do nothing else.

use crate::model::gateway::DirectConnectGateway;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::gateway::describe_direct_connect_gateways::shown;
use crate::ops::{global, require};
use crate::rejection::{GatewayRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dx-gateway"], "directConnectGatewayId")]);

/// The longest name, in characters [inferred].
const NAME_MAX: usize = 255;

pub(in crate::ops) fn update_direct_connect_gateway(
    tx: &mut Tx<'_>,
    input: &shapes::UpdateDirectConnectGatewayRequest,
) -> Result<shapes::UpdateDirectConnectGatewayResponse, Rejection> {
    let id = global::gateway_id(&input.direct_connect_gateway_id)?;
    is_name("newDirectConnectGatewayName", &input.new_direct_connect_gateway_name)?;
    let gateway = global::own_gateway(tx, id)?;
    global::is_live_gateway(tx, &gateway)?;

    let name = input.new_direct_connect_gateway_name.as_str().into();
    let changed = DirectConnectGateway { name, ..DirectConnectGateway::clone(&gateway) };
    tx.put_gateway(changed.clone());
    Ok(shapes::UpdateDirectConnectGatewayResponse { direct_connect_gateway: Some(shown(tx, &changed)) })
}

/// A gateway's name has 1 to 255 characters.
pub(in crate::ops) fn is_name(member: &'static str, name: &str) -> Result<(), GatewayRejection> {
    let length = name.chars().count();
    require(length > 0, || GatewayRejection::EmptyName { member })?;
    require(length <= NAME_MAX, || GatewayRejection::LongName { member, length })
}
