//! Gateways of EC2 as callers name them: well-formed, then known to be the caller's in the Region of the call.

use super::{pairing, require};
use crate::ids::{Ec2GatewayId, Uuid};
use crate::model::gateway::{Ec2Answer, Ec2Gateway, Target, TargetKind};
use crate::rejection::GatewayRejection;
use crate::settings::Ec2Gateways;
use crate::state::State;
use crate::tx::{Context, Tx};
use crossconnect_api::Request;

/// A well-formed id, which says what kind of gateway it is.
pub(crate) type Named = (Ec2GatewayId, TargetKind);

/// Reads the id of a gateway of EC2.
pub(crate) fn id(member: &'static str, text: &str) -> Result<Named, GatewayRejection> {
    TargetKind::of(text).ok_or_else(|| GatewayRejection::MalformedTarget { member, id: text.to_owned() })
}

/// The gateway of this id, when it is the caller's in the Region of the call: what belongs to another account, or stands
/// in another Region, does not exist [observed].
pub(super) fn own(tx: &mut Tx<'_>, (id, kind): Named) -> Result<Target, GatewayRejection> {
    let own = Target { id, kind, owner: tx.caller(), region: tx.region() };
    exists(tx, own)?;
    Ok(own)
}

/// The gateway is whose and where it is said to be, and the call is made in its Region.
pub(super) fn exists(tx: &mut Tx<'_>, said: Target) -> Result<(), GatewayRejection> {
    let known = known(tx, said);
    require(known == Some(said) && said.region == tx.region(), || GatewayRejection::TargetDoesNotExist {
        kind: said.kind.service_name(),
        id: said.id,
    })
}

/// What is known of a gateway: as it is registered; else as its associations have it; else as an EC2 endpoint tells;
/// else, where ids are trusted, as it is said to be.
fn known(tx: &mut Tx<'_>, said: Target) -> Option<Target> {
    let found = tx.ec2_gateway(said.id);
    if let Some(registered) = found.as_ref().filter(|found| found.told.is_none()) {
        return Some(registered.target);
    }
    if tx.ec2_answer() == Some(&Ec2Answer::Absent(said.id)) {
        return None;
    }
    let used = tx.associations_of_target(said.id).first().map(|used| used.target);
    if let Some(told) = found {
        let known = used.unwrap_or(told.target);
        if known == told.target && may_be_kept(tx, &told) {
            tx.put_ec2_gateway(Ec2Gateway::clone(&told));
        }
        return Some(known);
    }
    match tx.settings().ec2_gateways {
        Ec2Gateways::Registered => None,
        Ec2Gateways::Trusted => used.or(Some(said)),
    }
}

/// Whether what an EC2 endpoint has told is news, and keeps the rules for the associations that there are. It is kept for
/// calls to come that do not ask: for the networks that are advertised, and for those of others that overlap them.
fn may_be_kept(tx: &mut Tx<'_>, told: &Ec2Gateway) -> bool {
    let before = tx.ec2_gateway_before(told.target.id);
    let is_known = before.is_some_and(|kept| Ec2Gateway { told: told.told, ..Ec2Gateway::clone(&kept) } == *told);
    let mut associations = tx.associations_of_target(told.target.id).into_iter();
    !is_known
        && associations.all(|association| {
            let gateway = tx.gateway(association.gateway).expect("an association joins a gateway that exists");
            pairing::has_another_asn(tx, &gateway, told.target).is_ok()
                && pairing::networks_do_not_overlap(tx, gateway.id, told.target).is_ok()
        })
}

/// What an EC2 endpoint is asked before a call is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ec2Question {
    /// Whether there is this gateway.
    Gateway(Target),
    /// Which virtual private gateways the caller has in the Region of the call.
    VirtualPrivate,
}

/// What an EC2 endpoint knows better than `state`; nothing for calls that name no gateway of EC2 as theirs, and for
/// gateways that the operator has registered.
pub fn ec2_question(state: &State, context: Context, request: &Request) -> Option<Ec2Question> {
    let said = match request {
        Request::DescribeVirtualGateways(_) => return Some(Ec2Question::VirtualPrivate),
        Request::CreateDirectConnectGatewayAssociation(input) => {
            input.gateway_id.as_deref().or(input.virtual_gateway_id.as_deref())
        }
        Request::CreateDirectConnectGatewayAssociationProposal(input) => Some(&*input.gateway_id),
        Request::CreatePrivateVirtualInterface(input) => {
            input.new_private_virtual_interface.virtual_gateway_id.as_deref()
        }
        Request::ConfirmPrivateVirtualInterface(input) => input.virtual_gateway_id.as_deref(),
        Request::AcceptDirectConnectGatewayAssociationProposal(input) => {
            let proposal = Uuid::parse(&input.proposal_id).and_then(|id| state.proposals.get(&id))?;
            let target = Some(proposal.target).filter(|target| target.region == context.region)?;
            return is_open(state, target.id).then_some(Ec2Question::Gateway(target));
        }
        _ => None,
    };
    let (id, kind) = TargetKind::of(said?)?;
    let target = Target { id, kind, owner: context.account, region: context.region };
    is_open(state, id).then_some(Ec2Question::Gateway(target))
}

/// Nobody has registered the gateway.
fn is_open(state: &State, id: Ec2GatewayId) -> bool {
    state.ec2_gateways.get(&id).is_none_or(|kept| kept.told.is_some())
}

/// A virtual private gateway is attached to a VPC, as far as is known.
pub(super) fn is_attached(tx: &mut Tx<'_>, target: Target) -> Result<(), GatewayRejection> {
    let detached = tx.ec2_gateway(target.id).is_some_and(|registered| registered.is_detached());
    require(!detached, || GatewayRejection::TargetDetached { id: target.id })
}
