//! Gateways of EC2 as callers name them: well-formed, then known to be the caller's in the Region of the call.

use super::require;
use crate::ids::Ec2GatewayId;
use crate::model::gateway::{Target, TargetKind};
use crate::rejection::GatewayRejection;
use crate::settings::Ec2Gateways;
use crate::tx::Tx;

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

/// What is known of a gateway: as it is registered; else as its associations have it; else, where ids are trusted, as
/// it is said to be.
fn known(tx: &mut Tx<'_>, said: Target) -> Option<Target> {
    if let Some(registered) = tx.ec2_gateway(said.id) {
        return Some(registered.target);
    }
    match tx.settings().ec2_gateways {
        Ec2Gateways::Registered => None,
        Ec2Gateways::Trusted => Some(tx.associations_of_target(said.id).first().map_or(said, |used| used.target)),
    }
}

/// A virtual private gateway is attached to a VPC, as far as is known.
pub(super) fn is_attached(tx: &mut Tx<'_>, target: Target) -> Result<(), GatewayRejection> {
    let detached = tx.ec2_gateway(target.id).is_some_and(|registered| registered.is_detached());
    require(!detached, || GatewayRejection::TargetDetached { id: target.id })
}
