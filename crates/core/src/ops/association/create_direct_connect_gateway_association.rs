//! CreateDirectConnectGatewayAssociation: leads one's Direct Connect gateway to one's own gateway of EC2, through the
//! Region where that one stands.

use crate::model::gateway::AssociationPhase;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{ec2, global, pairing, prefixes, require};
use crate::rejection::{GatewayRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dx-gateway"], "directConnectGatewayId")]);

pub(in crate::ops) fn create_direct_connect_gateway_association(
    tx: &mut Tx<'_>,
    input: &shapes::CreateDirectConnectGatewayAssociationRequest,
) -> Result<shapes::CreateDirectConnectGatewayAssociationResult, Rejection> {
    let id = global::gateway_id(&input.direct_connect_gateway_id)?;
    let named = target_id(input)?;
    let wanted = input.add_allowed_prefixes_to_direct_connect_gateway.as_deref();
    let wanted = prefixes::read("addAllowedPrefixesToDirectConnectGateway", wanted)?;
    let gateway = global::own_gateway(tx, id)?;
    let target = ec2::own(tx, named)?;
    global::is_live_gateway(tx, &gateway)?;
    let allowed = prefixes::or_networks(tx, target, wanted);
    pairing::may_be_made(tx, &gateway, target, &allowed)?;

    let association = pairing::make(tx, &gateway, target, allowed);
    let answer = association.to_wire(AssociationPhase::Associating);
    Ok(shapes::CreateDirectConnectGatewayAssociationResult { direct_connect_gateway_association: Some(answer) })
}

/// `gatewayId`, or `virtualGatewayId` as it was called before there were transit gateways.
fn target_id(input: &shapes::CreateDirectConnectGatewayAssociationRequest) -> Result<ec2::Named, GatewayRejection> {
    let newer = input.gateway_id.as_deref().map(|id| ec2::id("gatewayId", id)).transpose()?;
    let older = input.virtual_gateway_id.as_deref().map(|id| ec2::id("virtualGatewayId", id)).transpose()?;
    if let (Some((gateway, _)), Some((virtual_gateway, _))) = (newer, older) {
        require(gateway == virtual_gateway, || GatewayRejection::TwoTargets { gateway, virtual_gateway })?;
    }
    newer.or(older).ok_or(GatewayRejection::NoTarget)
}
