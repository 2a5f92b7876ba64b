//! Direct Connect gateways, associations and proposals as callers name them: the same through every Region.

use super::{find, require};
use crate::ids::{AccountId, Uuid};
use crate::model::gateway::{Association, DirectConnectGateway, Proposal, ProposalPhase};
use crate::page::{PAGE_MAX, Page, Scope};
use crate::rejection::{AssociationRejection, GatewayRejection, PageRejection, ProposalRejection};
use crate::settings::Delay;
use crate::time::Timestamp;
use crate::tx::Tx;
use std::sync::Arc;

/// Reads the id of a Direct Connect gateway.
pub(super) fn gateway_id(text: &str) -> Result<Uuid, GatewayRejection> {
    Uuid::parse(text).ok_or_else(|| GatewayRejection::MalformedId { id: text.to_owned() })
}

/// Reads the id of an association.
pub(super) fn association_id(text: &str) -> Result<Uuid, AssociationRejection> {
    Uuid::parse(text).ok_or_else(|| AssociationRejection::MalformedId { id: text.to_owned() })
}

/// Reads the id of a proposal.
pub(super) fn proposal_id(text: &str) -> Result<Uuid, ProposalRejection> {
    Uuid::parse(text).ok_or_else(|| ProposalRejection::MalformedId { id: text.to_owned() })
}

/// Reads an account's id.
pub(super) fn account_id(member: &'static str, text: &str) -> Result<AccountId, ProposalRejection> {
    AccountId::new(text).ok_or_else(|| ProposalRejection::MalformedAccount { member, value: text.to_owned() })
}

/// The caller's Direct Connect gateway, unless it is deleted.
pub(super) fn own_gateway(tx: &mut Tx<'_>, id: Uuid) -> Result<Arc<DirectConnectGateway>, GatewayRejection> {
    find::gateway(tx, Some(id)).ok_or_else(|| GatewayRejection::DoesNotExist { id: id.to_string() })
}

/// The gateway is not deleted or being deleted.
pub(super) fn is_live_gateway(tx: &Tx<'_>, gateway: &DirectConnectGateway) -> Result<(), GatewayRejection> {
    let state = gateway.phase.at(tx.now()).to_wire().as_str();
    require(gateway.is_live(tx.now()), || GatewayRejection::NotLive { id: gateway.id, state })
}

/// An association that is there, when the caller owns one of the two that it joins.
pub(super) fn association(tx: &mut Tx<'_>, id: Uuid) -> Option<Arc<Association>> {
    let found = tx.association(id);
    found.filter(|association| association.is_present(tx.now()) && association.is_party(tx.caller()))
}

/// A proposal that is still listed, when the caller is one of its parties.
pub(super) fn listed_proposal(tx: &mut Tx<'_>, id: Uuid) -> Option<Arc<Proposal>> {
    let retention = tx.delays().get(Delay::ProposalRetention);
    let found = tx.proposal(id);
    found.filter(|proposal| proposal.is_listed(tx.now(), retention) && proposal.is_party(tx.caller()))
}

/// The same, and it has not ended: whoever answers it would find nothing to do [inferred].
pub(super) fn proposal(tx: &mut Tx<'_>, id: Uuid) -> Result<Arc<Proposal>, ProposalRejection> {
    let found = listed_proposal(tx, id).filter(|proposal| proposal.phase.at(tx.now()) != ProposalPhase::Deleted);
    found.ok_or_else(|| ProposalRejection::NotFound { id: id.to_string() })
}

/// The part of a list that was asked for: these lists have had pages from the first day, of 100 unless said otherwise.
pub(super) fn page(
    tx: &Tx<'_>,
    operation: &'static str,
    filters: &[Option<&str>],
    max_results: Option<i32>,
    next_token: Option<&str>,
) -> Result<Page, PageRejection> {
    let scope = Scope { operation, account: tx.caller(), region: tx.region() };
    Page::filtered(scope, filters, Some(max_results.unwrap_or(PAGE_MAX as i32)), next_token)
}

/// Where a page begins in a list of what is named by UUIDs.
pub(super) fn after(page: &Page) -> Result<Option<(Timestamp, Uuid)>, PageRejection> {
    let Some((created, id)) = page.after() else { return Ok(None) };
    let id = Uuid::parse(id).ok_or_else(|| PageRejection::Token { value: id.to_owned() })?;
    Ok(Some((created, id)))
}
