//! DeleteDirectConnectGatewayAssociationProposal: its maker withdraws it, or the owner of the Direct Connect gateway
//! declines it. An accepted one may go, too; its association stays (decision 10 of the reference).

use crate::model::gateway::{Proposal, ProposalPhase};
use crate::ops::facts::{Access, Facts};
use crate::ops::global;
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Write, &[]);

pub(in crate::ops) fn delete_direct_connect_gateway_association_proposal(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteDirectConnectGatewayAssociationProposalRequest,
) -> Result<shapes::DeleteDirectConnectGatewayAssociationProposalResult, Rejection> {
    let id = global::proposal_id(&input.proposal_id)?;
    let proposal = global::proposal(tx, id)?;

    let mut changed = Proposal::clone(&proposal);
    changed.phase.set(tx.now(), ProposalPhase::Deleted);
    tx.put_proposal(changed.clone());
    let answer = changed.to_wire(ProposalPhase::Deleted);
    Ok(shapes::DeleteDirectConnectGatewayAssociationProposalResult {
        direct_connect_gateway_association_proposal: Some(answer),
    })
}
