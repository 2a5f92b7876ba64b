//! Gateways of EC2 as the operator registers them, and the fast-forward of what leads to them.

use crate::ids::{AccountId, Region};
use crate::model::gateway::{Association, DirectConnectGateway, Ec2Gateway, Target};
use crate::ops::{ec2, pairing, prefixes};
use crate::prefix::Prefix;
use crate::rejection::{ControlRejection, GatewayRejection, Rejection};
use crate::settings::Delay;
use crate::tx::Tx;

/// A gateway of EC2 as the operator describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// `vgw-…` or `tgw-…`.
    pub id: String,
    /// Twelve digits.
    pub owner: String,
    /// The name of a Region.
    pub region: String,
    /// Its own ASN, where that is known.
    pub amazon_side_asn: Option<i64>,
    /// Networks of the VPC that a virtual private gateway is attached to; none when it is attached to none.
    pub cidrs: Vec<String>,
}

/// Registers or changes a gateway of EC2. One that is in use stays whose and where it is, and within the rules for its
/// associations; a virtual private one that is detached from its VPC is disassociated [guide].
pub(super) fn put(tx: &mut Tx<'_>, registration: &Registration) -> Result<(), Rejection> {
    let wanted = read(registration)?;
    let target = wanted.target;
    let associations = tx.associations_of_target(target.id);
    if let Some(used) = associations.iter().find(|association| association.target != target) {
        let (owner, region) = (used.target.owner, used.target.region);
        return Err(ControlRejection::GatewayInUse { id: target.id, owner, region }.into());
    }
    tx.put_ec2_gateway(wanted.clone());
    for association in associations {
        if wanted.is_detached() {
            end(tx, &association);
        } else {
            let gateway = tx.gateway(association.gateway).expect("an association joins a gateway that exists");
            pairing::has_another_asn(tx, &gateway, target)?;
            pairing::networks_do_not_overlap(tx, gateway.id, target)?;
        }
    }
    Ok(())
}

fn read(registration: &Registration) -> Result<Ec2Gateway, Rejection> {
    let Registration { id, owner, region, amazon_side_asn, cidrs } = registration;
    let (id, kind) = ec2::id("id", id)?;
    let unknown_owner = || ControlRejection::MalformedAccount { id: owner.clone() };
    let owner = AccountId::new(owner).ok_or_else(unknown_owner)?;
    let unknown = || ControlRejection::UnknownRegion { name: region.clone() };
    let known = |region: &Region| crate::catalogue::locations_in(*region).next().is_some();
    let region = Region::new(region).filter(known).ok_or_else(unknown)?;
    let asn = |value: i64| {
        let expected = "1 to 4294967294";
        let fitting = u32::try_from(value).ok().filter(|asn| (1..u32::MAX).contains(asn));
        fitting.ok_or(ControlRejection::Setting { setting: "amazonSideAsn", value, expected })
    };
    let network = |cidr: &String| {
        let malformed = || GatewayRejection::MalformedPrefix { member: "cidrs", value: cidr.clone() };
        Prefix::parse(cidr).ok_or_else(malformed)
    };
    let target = Target { id, kind, owner, region };
    let cidrs: Vec<_> = cidrs.iter().map(network).collect::<Result<_, _>>()?;
    let count = cidrs.len();
    if count > prefixes::NETWORKS_MAX {
        let (setting, expected) = ("count of cidrs", "at most 50");
        return Err(ControlRejection::Setting { setting, value: count as i64, expected }.into());
    }
    Ok(Ec2Gateway { target, amazon_side_asn: amazon_side_asn.map(asn).transpose()?, cidrs, told: None })
}

/// What is under way for a Direct Connect gateway ends now.
pub(super) fn hasten_gateway(tx: &mut Tx<'_>, gateway: &DirectConnectGateway) {
    let mut hastened = gateway.clone();
    hastened.phase.hasten(tx.now());
    tx.put_gateway(hastened);
}

/// What is under way for an association ends now.
pub(super) fn hasten_association(tx: &mut Tx<'_>, association: &Association) {
    let mut hastened = association.clone();
    hastened.phase.hasten(tx.now());
    tx.put_association(hastened);
}

fn end(tx: &mut Tx<'_>, association: &Association) {
    let now = tx.now();
    if association.is_ending(now) {
        return;
    }
    let mut ended = association.clone();
    ended.end(now, tx.delays().get(Delay::GatewayAssociation));
    tx.put_association(ended);
}
