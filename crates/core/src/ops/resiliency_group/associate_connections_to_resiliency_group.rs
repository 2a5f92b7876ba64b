//! AssociateConnectionsToResiliencyGroup: puts connections and LAGs into a group, all of them or none.

use crate::model::client_token::TokenAnswer;
use crate::model::resiliency_group::{GroupAssociation, GroupAssociationPhase};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{groups, require, tokens};
use crate::rejection::{Rejection, ResiliencyGroupRejection};
use crate::settings::Quota;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(
    Access::Write,
    &[
        Resource::required(&["dx-resiliency-group"], "resiliencyGroupId"),
        Resource::required(&["dxcon", "dxlag"], "connectionIdentifiers"),
    ],
);

pub(in crate::ops) fn associate_connections_to_resiliency_group(
    tx: &mut Tx<'_>,
    input: &shapes::AssociateConnectionsToResiliencyGroupRequest,
) -> Result<shapes::AssociateConnectionsToResiliencyGroupResult, Rejection> {
    let identifiers = groups::identifiers(tx, &input.connection_identifiers)?;
    let asked = groups::asked(&input.resiliency_group_id, &input.connection_identifiers);
    let operation = "AssociateConnectionsToResiliencyGroup";
    let (token, known) = tokens::used(tx, operation, input.client_token.as_deref(), &asked)?;
    if let Some(known) = known {
        let resiliency_group_associations = groups::associations_of(known);
        return Ok(shapes::AssociateConnectionsToResiliencyGroupResult { resiliency_group_associations });
    }
    let group = groups::find_live(tx, &input.resiliency_group_id)?;
    let ports = groups::ports(tx, &identifiers)?;
    for port in &ports {
        groups::may_be_associated(tx, *port)?;
    }
    let count = tx.group_associations(group.id).len() + ports.len();
    let limit = tx.quota(Quota::AssociationsPerResiliencyGroup);
    require(count <= limit, || ResiliencyGroupRejection::AssociationQuota { id: group.id, count, limit })?;

    let (now, delays, owner) = (tx.now(), tx.delays(), tx.caller());
    let mut associations = Vec::with_capacity(ports.len());
    for port in ports {
        // A port whose pair has broken stays billed as one of it until the hour ends, wherever it goes.
        let paired_until = tx.group_association(port.id).and_then(|before| before.paired_until);
        let association = GroupAssociation {
            port: port.id,
            region: port.region,
            owner,
            group: group.id,
            created: now,
            phase: GroupAssociation::plan(now, &delays),
            paired_until,
        };
        tx.put_group_association(association.clone());
        associations.push(association);
    }
    let phase = GroupAssociationPhase::Associating;
    let answer = groups::to_wire(&associations, phase);
    tokens::keep(tx, token, || TokenAnswer::Associations(associations, phase));
    Ok(shapes::AssociateConnectionsToResiliencyGroupResult { resiliency_group_associations: Some(answer) })
}
