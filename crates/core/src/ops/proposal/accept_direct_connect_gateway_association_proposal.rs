//! AcceptDirectConnectGatewayAssociationProposal: the owner of the Direct Connect gateway makes the association that was
//! proposed, or changes its prefixes, through the Region where the gateway of EC2 stands.

use crate::model::gateway::{AssociationPhase, Proposal, ProposalPhase};
use crate::ops::association::update_direct_connect_gateway_association::{is_associated, update};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{ec2, global, pairing, prefixes, require};
use crate::rejection::{ProposalRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dx-gateway"], "directConnectGatewayId")]);

pub(in crate::ops) fn accept_direct_connect_gateway_association_proposal(
    tx: &mut Tx<'_>,
    input: &shapes::AcceptDirectConnectGatewayAssociationProposalRequest,
) -> Result<shapes::AcceptDirectConnectGatewayAssociationProposalResult, Rejection> {
    let gateway_id = global::gateway_id(&input.direct_connect_gateway_id)?;
    let id = global::proposal_id(&input.proposal_id)?;
    let given = global::account_id("associatedGatewayOwnerAccount", &input.associated_gateway_owner_account)?;
    let instead = input.override_allowed_prefixes_to_direct_connect_gateway.as_deref();
    let instead = instead.map(|list| prefixes::read("overrideAllowedPrefixesToDirectConnectGateway", Some(list)));
    let instead = instead.transpose()?;
    let gateway = global::own_gateway(tx, gateway_id)?;
    let proposal = global::proposal(tx, id)?;
    require(proposal.gateway == gateway_id, || ProposalRejection::NotFound { id: id.to_string() })?;
    let target = proposal.target;
    ec2::exists(tx, target)?;
    require(given == target.owner, || ProposalRejection::OtherOwner { given, target: target.id, id })?;
    global::is_live_gateway(tx, &gateway)?;
    let is_open = proposal.phase.at(tx.now()) == ProposalPhase::Requested;
    require(is_open, || ProposalRejection::Accepted { id })?;
    let asked = instead.unwrap_or_else(|| proposal.requested_prefixes.clone());
    let allowed = prefixes::or_networks(tx, target, asked);

    let answer = match pairing::present(tx, gateway_id, target.id) {
        Some(association) => {
            is_associated(tx, &association)?;
            prefixes::are_given(target, &allowed)?;
            prefixes::do_not_overlap(tx, gateway_id, target, &allowed)?;
            prefixes::are_few(tx, target, &allowed)?;
            update(tx, &association, allowed.clone())
        }
        None => {
            pairing::may_be_made(tx, &gateway, target, &allowed)?;
            let association = pairing::make(tx, &gateway, target, allowed.clone());
            association.to_wire(AssociationPhase::Associating)
        }
    };
    let mut accepted = Proposal { requested_prefixes: allowed, ..Proposal::clone(&proposal) };
    accepted.phase.set(tx.now(), ProposalPhase::Accepted);
    tx.put_proposal(accepted);
    Ok(shapes::AcceptDirectConnectGatewayAssociationProposalResult { direct_connect_gateway_association: Some(answer) })
}
