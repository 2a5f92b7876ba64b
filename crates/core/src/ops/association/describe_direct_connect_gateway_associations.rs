//! DescribeDirectConnectGatewayAssociations: the associations that the caller has a part in, by at least one selector.
//! Ended ones are never shown (decision 5 of the reference).

use crate::model::gateway::Association;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{ec2, global, require};
use crate::rejection::{AssociationRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Read, &[Resource::optional(&["dx-gateway"], "directConnectGatewayId")]);

/// Ids that are well-formed and name nothing give an empty list.
pub(in crate::ops) fn describe_direct_connect_gateway_associations(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeDirectConnectGatewayAssociationsRequest,
) -> Result<shapes::DescribeDirectConnectGatewayAssociationsResult, Rejection> {
    let id = input.association_id.as_deref().map(global::association_id).transpose()?;
    let gateway = input.direct_connect_gateway_id.as_deref().map(global::gateway_id).transpose()?;
    let associated = input.associated_gateway_id.as_deref().map(|id| ec2::id("associatedGatewayId", id)).transpose()?;
    let older = input.virtual_gateway_id.as_deref().map(|id| ec2::id("virtualGatewayId", id)).transpose()?;
    let expected = "associationId, associatedGatewayId, directConnectGatewayId and virtualGatewayId";
    let selects = id.is_some() || gateway.is_some() || associated.is_some() || older.is_some();
    require(selects, || AssociationRejection::NoSelector { expected })?;
    let operation = "DescribeDirectConnectGatewayAssociations";
    let filters = [
        input.association_id.as_deref(),
        input.direct_connect_gateway_id.as_deref(),
        input.associated_gateway_id.as_deref(),
        input.virtual_gateway_id.as_deref(),
    ];
    let page = global::page(tx, operation, &filters, input.max_results, input.next_token.as_deref())?;
    let after = global::after(&page)?;

    let candidates = match (id, associated.or(older), gateway) {
        (Some(id), ..) => global::association(tx, id).into_iter().collect(),
        (None, Some((target, _)), _) => tx.associations_of_target(target),
        (None, None, Some(gateway)) => tx.associations_of_gateway(gateway),
        (None, None, None) => Vec::new(),
    };
    let caller = tx.caller();
    let is_wanted = |association: &Arc<Association>| {
        let targets = [associated, older].into_iter().flatten();
        after.is_none_or(|after| (association.created, association.id) > after)
            && gateway.is_none_or(|gateway| association.gateway == gateway)
            && targets.into_iter().all(|(target, _)| association.target.id == target)
            && association.is_party(caller)
    };
    let listed = candidates.into_iter().filter(is_wanted);
    let (listed, next_token) = page.take(listed, |association| (association.created, association.id.to_string()));
    let now = tx.now();
    let associations = listed.iter().map(|association| association.to_wire(association.phase.at(now))).collect();
    Ok(shapes::DescribeDirectConnectGatewayAssociationsResult {
        direct_connect_gateway_associations: Some(associations),
        next_token,
    })
}
