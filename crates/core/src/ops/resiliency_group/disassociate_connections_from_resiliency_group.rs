//! DisassociateConnectionsFromResiliencyGroup: takes connections and LAGs out of a group, all of them or none.

use crate::model::client_token::TokenAnswer;
use crate::model::resiliency_group::{GroupAssociation, GroupAssociationPhase};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::groups::Port;
use crate::ops::{groups, pairs, tokens};
use crate::rejection::{Rejection, ResiliencyGroupRejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(
    Access::Write,
    &[
        Resource::required(&["dx-resiliency-group"], "resiliencyGroupId"),
        Resource::required(&["dxcon", "dxlag"], "connectionIdentifiers"),
    ],
);

pub(in crate::ops) fn disassociate_connections_from_resiliency_group(
    tx: &mut Tx<'_>,
    input: &shapes::DisassociateConnectionsFromResiliencyGroupRequest,
) -> Result<shapes::DisassociateConnectionsFromResiliencyGroupResult, Rejection> {
    let identifiers = groups::identifiers(tx, &input.connection_identifiers)?;
    let asked = groups::asked(&input.resiliency_group_id, &input.connection_identifiers);
    let operation = "DisassociateConnectionsFromResiliencyGroup";
    let (token, known) = tokens::used(tx, operation, input.client_token.as_deref(), &asked)?;
    if let Some(known) = known {
        let resiliency_group_associations = groups::associations_of(known);
        return Ok(shapes::DisassociateConnectionsFromResiliencyGroupResult { resiliency_group_associations });
    }
    let group = groups::find_live(tx, &input.resiliency_group_id)?;
    let ports = groups::ports(tx, &identifiers)?;
    let now = tx.now();
    let is_in_group = |association: &GroupAssociation| association.group == group.id && !association.is_ending(now);
    let not_in_group =
        |port: &Port| ResiliencyGroupRejection::NotAssociated { port: port.id.to_string(), group: group.id };
    for port in &ports {
        let association = tx.group_association(port.id).filter(|association| is_in_group(association));
        association.ok_or_else(|| not_in_group(port))?;
    }

    let mut associations = Vec::with_capacity(ports.len());
    for port in ports {
        pairs::leave_group(tx, port.id);
        let ended = tx.group_association(port.id).expect("it was associated");
        associations.push(GroupAssociation::clone(&ended));
    }
    let phase = GroupAssociationPhase::Disassociating;
    let answer = groups::to_wire(&associations, phase);
    tokens::keep(tx, token, || TokenAnswer::Associations(associations, phase));
    Ok(shapes::DisassociateConnectionsFromResiliencyGroupResult { resiliency_group_associations: Some(answer) })
}
