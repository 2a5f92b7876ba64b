//! Pairing a Direct Connect gateway with a gateway of EC2: what a new association and an accepted proposal ask alike.

use super::{ec2, prefixes, require};
use crate::ids::{Ec2GatewayId, Uuid};
use crate::model::gateway::{Association, DirectConnectGateway, Target, TargetKind};
use crate::model::virtual_interface::Kind;
use crate::prefix::Prefix;
use crate::rejection::GatewayRejection;
use crate::settings::{Delay, Quota};
use crate::tx::Tx;
use std::sync::Arc;

/// The association of the two that is there, be it on its way in or out.
pub(super) fn present(tx: &mut Tx<'_>, gateway: Uuid, target: Ec2GatewayId) -> Option<Arc<Association>> {
    tx.associations_of_target(target).into_iter().find(|association| association.gateway == gateway)
}

/// The rules for a new association, in the order in which they are reported.
pub(super) fn may_be_made(
    tx: &mut Tx<'_>,
    gateway: &DirectConnectGateway,
    target: Target,
    prefixes: &[Prefix],
) -> Result<(), GatewayRejection> {
    ec2::is_attached(tx, target)?;
    prefixes::are_given(target, prefixes)?;
    is_free(tx, gateway.id, target)?;
    is_open_to(tx, gateway.id, target.kind)?;
    has_another_asn(tx, gateway, target)?;
    networks_do_not_overlap(tx, gateway.id, target)?;
    prefixes::do_not_overlap(tx, gateway.id, target, prefixes)?;
    prefixes::are_few(tx, target, prefixes)?;
    is_within_quotas(tx, gateway.id, target)
}

/// Makes an association that keeps the rules.
pub(super) fn make(
    tx: &mut Tx<'_>,
    gateway: &DirectConnectGateway,
    target: Target,
    allowed_prefixes: Vec<Prefix>,
) -> Association {
    let now = tx.now();
    let association = Association {
        id: tx.new_uuid(),
        gateway: gateway.id,
        gateway_owner: gateway.owner,
        target,
        allowed_prefixes,
        created: now,
        phase: Association::plan(now, tx.delays().get(Delay::GatewayAssociation)),
    };
    tx.put_association(association.clone());
    association
}

/// The two are not associated, and a virtual private gateway with no other either.
fn is_free(tx: &mut Tx<'_>, gateway: Uuid, target: Target) -> Result<(), GatewayRejection> {
    let others = tx.associations_of_target(target.id);
    let pair = others.iter().any(|other| other.gateway == gateway);
    require(!pair, || GatewayRejection::AlreadyAssociated { target: target.id, gateway })?;
    let takes_more = target.kind == TargetKind::Transit || others.is_empty();
    require(takes_more, || GatewayRejection::AssociatedElsewhere { target: target.id })
}

/// A Direct Connect gateway leads to gateways of one kind. The first association or attachment decides which; when all
/// are gone it is free again [inferred].
pub(super) fn is_open_to(tx: &mut Tx<'_>, gateway: Uuid, wanted: TargetKind) -> Result<(), GatewayRejection> {
    let holds = match tx.associations_of_gateway(gateway).first() {
        Some(association) => Some(association.target.kind),
        None => kind_of_attachments(tx, gateway),
    };
    match holds {
        Some(holds) if holds != wanted => {
            let (holds, wanted) = (plural(holds), plural(wanted));
            Err(GatewayRejection::OtherKind { gateway, holds, wanted })
        }
        Some(_) | None => Ok(()),
    }
}

fn kind_of_attachments(tx: &mut Tx<'_>, gateway: Uuid) -> Option<TargetKind> {
    let now = tx.now();
    let attached = tx.on_gateway(gateway).into_iter().find(|interface| interface.is_present(now))?;
    match attached.kind {
        Kind::Private => Some(TargetKind::VirtualPrivate),
        Kind::Transit => Some(TargetKind::Transit),
        Kind::Public => None,
    }
}

fn plural(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::VirtualPrivate => "virtual private gateways",
        TargetKind::Transit => "transit gateways",
    }
}

/// A transit gateway has another ASN than the Direct Connect gateway, where it is known.
pub(crate) fn has_another_asn(
    tx: &mut Tx<'_>,
    gateway: &DirectConnectGateway,
    target: Target,
) -> Result<(), GatewayRejection> {
    let asn = tx.ec2_gateway(target.id).and_then(|registered| registered.amazon_side_asn);
    let same = target.kind == TargetKind::Transit && asn == Some(gateway.amazon_side_asn);
    let (gateway, asn) = (gateway.id, gateway.amazon_side_asn);
    require(!same, || GatewayRejection::SameAsn { target: target.id, gateway, asn })
}

/// Networks of VPCs behind one Direct Connect gateway do not overlap, where they are known.
pub(crate) fn networks_do_not_overlap(tx: &mut Tx<'_>, gateway: Uuid, target: Target) -> Result<(), GatewayRejection> {
    let Some(registered) = tx.ec2_gateway(target.id) else { return Ok(()) };
    if target.kind == TargetKind::Transit {
        return Ok(());
    }
    let others = tx.associations_of_gateway(gateway);
    for other in others.iter().map(|other| other.target.id).filter(|other| *other != target.id) {
        let networks = tx.ec2_gateway(other).map(|other| other.cidrs.clone()).unwrap_or_default();
        if let Some((cidr, other_cidr)) = prefixes::overlap(&registered.cidrs, &networks) {
            return Err(GatewayRejection::CidrsOverlap { cidr, target: target.id, other_cidr, other });
        }
    }
    Ok(())
}

fn is_within_quotas(tx: &mut Tx<'_>, gateway: Uuid, target: Target) -> Result<(), GatewayRejection> {
    let quota = match target.kind {
        TargetKind::VirtualPrivate => Quota::VirtualPrivateGatewaysPerGateway,
        TargetKind::Transit => Quota::TransitGatewaysPerGateway,
    };
    let (count, limit) = (tx.associations_of_gateway(gateway).len(), tx.quota(quota));
    let kind = target.kind.plain_name();
    require(count < limit, || GatewayRejection::TargetQuota { gateway, kind, limit })?;
    if target.kind == TargetKind::Transit {
        let (count, limit) = (tx.associations_of_target(target.id).len(), tx.quota(Quota::GatewaysPerTransitGateway));
        require(count < limit, || GatewayRejection::GatewaysOfTargetQuota { target: target.id, limit })?;
    }
    Ok(())
}
