//! CreateDirectConnectGatewayAssociationProposal: the owner of a gateway of EC2 proposes to associate it with another
//! account's Direct Connect gateway, or other prefixes for an association that there is.

use crate::ids::{AccountId, Uuid};
use crate::model::gateway::{AssociationPhase, DirectConnectGateway, Proposal, ProposalPhase, Target};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{ec2, global, pairing, prefixes};
use crate::prefix::Prefix;
use crate::rejection::{GatewayRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dx-gateway"], "directConnectGatewayId")]);

/// Whether the two go together is looked at when the proposal is accepted: until then everything may change.
pub(in crate::ops) fn create_direct_connect_gateway_association_proposal(
    tx: &mut Tx<'_>,
    input: &shapes::CreateDirectConnectGatewayAssociationProposalRequest,
) -> Result<shapes::CreateDirectConnectGatewayAssociationProposalResult, Rejection> {
    let id = global::gateway_id(&input.direct_connect_gateway_id)?;
    let owner = global::account_id("directConnectGatewayOwnerAccount", &input.direct_connect_gateway_owner_account)?;
    let named = ec2::id("gatewayId", &input.gateway_id)?;
    let added = input.add_allowed_prefixes_to_direct_connect_gateway.as_deref();
    let added = prefixes::read("addAllowedPrefixesToDirectConnectGateway", added)?;
    let removed = input.remove_allowed_prefixes_to_direct_connect_gateway.as_deref();
    let removed = prefixes::read("removeAllowedPrefixesToDirectConnectGateway", removed)?;
    let gateway = gateway_of(tx, id, owner)?;
    let target = ec2::own(tx, named)?;
    global::is_live_gateway(tx, &gateway)?;
    ec2::is_attached(tx, target)?;
    let existing = existing_prefixes(tx, id, target);
    let requested = prefixes::changed(&existing, &added, &removed);
    let requested = prefixes::or_networks(tx, target, requested);
    prefixes::are_given(target, &requested)?;
    prefixes::are_few(tx, target, &requested)?;

    replace(tx, id, target);
    let now = tx.now();
    let proposal = Proposal {
        id: tx.new_uuid(),
        gateway: id,
        gateway_owner: owner,
        target,
        existing_prefixes: existing,
        requested_prefixes: requested,
        created: now,
        phase: Proposal::plan(now),
    };
    tx.put_proposal(proposal.clone());
    let answer = proposal.to_wire(ProposalPhase::Requested);
    Ok(shapes::CreateDirectConnectGatewayAssociationProposalResult {
        direct_connect_gateway_association_proposal: Some(answer),
    })
}

/// The Direct Connect gateway, whose owner the caller knows.
fn gateway_of(tx: &mut Tx<'_>, id: Uuid, owner: AccountId) -> Result<Arc<DirectConnectGateway>, GatewayRejection> {
    let found = tx.gateway(id).filter(|gateway| gateway.owner == owner && gateway.is_listed(tx.now()));
    found.ok_or_else(|| GatewayRejection::DoesNotExist { id: id.to_string() })
}

/// What is allowed now, where the two are associated already.
fn existing_prefixes(tx: &mut Tx<'_>, gateway: Uuid, target: Target) -> Vec<Prefix> {
    let now = tx.now();
    let present = pairing::present(tx, gateway, target.id);
    let lasting = present.filter(|association| association.phase.at(now) != AssociationPhase::Disassociating);
    lasting.map(|association| association.allowed_prefixes.clone()).unwrap_or_default()
}

/// An open proposal of the caller's for the same pair ends (decision 12 of the reference).
fn replace(tx: &mut Tx<'_>, gateway: Uuid, target: Target) {
    let now = tx.now();
    let is_open = |proposal: &&Arc<Proposal>| {
        (proposal.gateway, proposal.target) == (gateway, target) && proposal.phase.at(now) == ProposalPhase::Requested
    };
    let open: Vec<_> = tx.listed_proposals(None).filter(is_open).cloned().collect();
    for proposal in open {
        let mut replaced = Proposal::clone(&proposal);
        replaced.phase.set(now, ProposalPhase::Deleted);
        tx.put_proposal(replaced);
    }
}
