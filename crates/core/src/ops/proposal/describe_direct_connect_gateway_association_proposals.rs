//! DescribeDirectConnectGatewayAssociationProposals: the proposals that the caller has made, and those made to it.

use crate::model::gateway::Proposal;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{ec2, global};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Read, &[Resource::optional(&["dx-gateway"], "directConnectGatewayId")]);

/// Ids that are well-formed and name nothing give an empty list.
pub(in crate::ops) fn describe_direct_connect_gateway_association_proposals(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeDirectConnectGatewayAssociationProposalsRequest,
) -> Result<shapes::DescribeDirectConnectGatewayAssociationProposalsResult, Rejection> {
    let id = input.proposal_id.as_deref().map(global::proposal_id).transpose()?;
    let gateway = input.direct_connect_gateway_id.as_deref().map(global::gateway_id).transpose()?;
    let target = input.associated_gateway_id.as_deref().map(|id| ec2::id("associatedGatewayId", id)).transpose()?;
    let operation = "DescribeDirectConnectGatewayAssociationProposals";
    let filters = [
        input.proposal_id.as_deref(),
        input.direct_connect_gateway_id.as_deref(),
        input.associated_gateway_id.as_deref(),
    ];
    let page = global::page(tx, operation, &filters, input.max_results, input.next_token.as_deref())?;
    let after = global::after(&page)?;

    let is_wanted = |proposal: &Arc<Proposal>| {
        gateway.is_none_or(|gateway| proposal.gateway == gateway)
            && target.is_none_or(|(target, _)| proposal.target.id == target)
    };
    let position = |proposal: &Arc<Proposal>| (proposal.created, proposal.id.to_string());
    let (listed, next_token) = match id {
        Some(id) => (global::listed_proposal(tx, id).into_iter().filter(is_wanted).collect(), None),
        None => page.take(tx.listed_proposals(after).map(Arc::clone).filter(is_wanted), position),
    };
    let now = tx.now();
    let proposals = listed.iter().map(|proposal| proposal.to_wire(proposal.phase.at(now))).collect();
    Ok(shapes::DescribeDirectConnectGatewayAssociationProposalsResult {
        direct_connect_gateway_association_proposals: Some(proposals),
        next_token,
    })
}
