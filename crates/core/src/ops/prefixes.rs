//! Allowed prefixes: what an association lets through, or, for a transit gateway, originates.

use super::require;
use crate::ids::Uuid;
use crate::model::gateway::{Target, TargetKind};
use crate::prefix::Prefix;
use crate::rejection::GatewayRejection;
use crate::settings::Quota;
use crate::tx::Tx;
use crossconnect_api::shapes;

/// The most networks that a VPC has [inferred from the quota of CIDR blocks of a VPC].
pub(crate) const NETWORKS_MAX: usize = 50;

/// Reads a list of prefixes; repetitions are ignored [inferred].
pub(super) fn read(
    member: &'static str,
    wanted: Option<&[shapes::RouteFilterPrefix]>,
) -> Result<Vec<Prefix>, GatewayRejection> {
    let mut prefixes = Vec::new();
    for prefix in wanted.unwrap_or_default() {
        let value = prefix.cidr.as_deref().unwrap_or_default();
        let malformed = || GatewayRejection::MalformedPrefix { member, value: value.to_owned() };
        add(&mut prefixes, Prefix::parse(value).ok_or_else(malformed)?);
    }
    Ok(prefixes)
}

/// The present list with some added and some removed; what is there is not added again, what is not cannot be missed
/// [inferred].
pub(super) fn changed(present: &[Prefix], added: &[Prefix], removed: &[Prefix]) -> Vec<Prefix> {
    let mut prefixes = present.to_vec();
    added.iter().for_each(|prefix| add(&mut prefixes, *prefix));
    prefixes.retain(|prefix| !removed.contains(prefix));
    prefixes
}

fn add(prefixes: &mut Vec<Prefix>, prefix: Prefix) {
    if !prefixes.contains(&prefix) {
        prefixes.push(prefix);
    }
}

/// An empty list of a virtual private gateway stands for the networks of its VPC, where they are known.
pub(super) fn or_networks(tx: &mut Tx<'_>, target: Target, prefixes: Vec<Prefix>) -> Vec<Prefix> {
    if !prefixes.is_empty() || target.kind == TargetKind::Transit {
        return prefixes;
    }
    let mut networks = Vec::new();
    if let Some(registered) = tx.ec2_gateway(target.id) {
        // A network may be registered twice.
        registered.cidrs.iter().for_each(|network| add(&mut networks, *network));
    }
    networks
}

/// A transit gateway has some prefixes.
pub(super) fn are_given(target: Target, prefixes: &[Prefix]) -> Result<(), GatewayRejection> {
    let needs_some = target.kind == TargetKind::Transit;
    require(!needs_some || !prefixes.is_empty(), || GatewayRejection::NoPrefixes { target: target.id })
}

/// Prefixes of a transit gateway overlap none of the others' on the same Direct Connect gateway.
pub(super) fn do_not_overlap(
    tx: &mut Tx<'_>,
    gateway: Uuid,
    target: Target,
    prefixes: &[Prefix],
) -> Result<(), GatewayRejection> {
    if target.kind == TargetKind::VirtualPrivate {
        return Ok(());
    }
    let others = tx.associations_of_gateway(gateway);
    for other in others.iter().filter(|other| other.target.id != target.id) {
        if let Some((cidr, other_cidr)) = overlap(prefixes, &other.allowed_prefixes) {
            let (target, other) = (target.id, other.target.id);
            return Err(GatewayRejection::PrefixesOverlap { cidr, target, other_cidr, other });
        }
    }
    Ok(())
}

/// No more prefixes than an association may have.
pub(super) fn are_few(tx: &mut Tx<'_>, target: Target, prefixes: &[Prefix]) -> Result<(), GatewayRejection> {
    let (count, limit) = (prefixes.len(), tx.quota(Quota::AllowedPrefixesPerAssociation));
    require(count <= limit, || GatewayRejection::PrefixQuota { target: target.id, count, limit })
}

/// The first prefix of one list that shares addresses with one of the other.
pub(crate) fn overlap(some: &[Prefix], others: &[Prefix]) -> Option<(Prefix, Prefix)> {
    some.iter().find_map(|one| others.iter().find(|other| one.overlaps(**other)).map(|other| (*one, *other)))
}
