//! DeleteDirectConnectGatewayAssociation: ends an association; the owner of either side may. Virtual interfaces do not
//! keep it.

use crate::model::gateway::{Association, AssociationPhase};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{ec2, global, pairing, require};
use crate::rejection::{AssociationRejection, Rejection};
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts = Facts::new(
    Access::Write,
    &[
        Resource::optional(&["dx-gateway"], "associationId"),
        Resource::optional(&["dx-gateway"], "directConnectGatewayId"),
    ],
);

pub(in crate::ops) fn delete_direct_connect_gateway_association(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteDirectConnectGatewayAssociationRequest,
) -> Result<shapes::DeleteDirectConnectGatewayAssociationResult, Rejection> {
    let association = named(tx, input)?;
    let phase = association.phase.at(tx.now());
    let state = phase.to_wire().as_str();
    let is_ending = phase == AssociationPhase::Disassociating;
    require(!is_ending, || AssociationRejection::Disassociating { id: association.id, state })?;

    let mut changed = Association::clone(&association);
    changed.end(tx.now(), tx.delays().get(Delay::GatewayAssociation));
    tx.put_association(changed.clone());
    let answer = changed.to_wire(AssociationPhase::Disassociating);
    Ok(shapes::DeleteDirectConnectGatewayAssociationResult { direct_connect_gateway_association: Some(answer) })
}

/// By its id, or by the two that it joins.
fn named(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteDirectConnectGatewayAssociationRequest,
) -> Result<Arc<Association>, Rejection> {
    if let Some(id) = &input.association_id {
        let id = global::association_id(id)?;
        let found = global::association(tx, id);
        return Ok(found.ok_or_else(|| AssociationRejection::DoesNotExist { id: id.to_string() })?);
    }
    let (Some(gateway), Some(target)) = (&input.direct_connect_gateway_id, &input.virtual_gateway_id) else {
        return Err(AssociationRejection::NotNamed.into());
    };
    let (gateway, (target, _)) = (global::gateway_id(gateway)?, ec2::id("virtualGatewayId", target)?);
    let found = pairing::present(tx, gateway, target).filter(|association| association.is_party(tx.caller()));
    Ok(found.ok_or_else(|| AssociationRejection::PairDoesNotExist { gateway: gateway.to_string(), target })?)
}
