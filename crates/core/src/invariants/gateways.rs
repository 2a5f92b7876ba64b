//! Direct Connect gateways, associations and proposals.

use super::{Lint, records, time};
use crate::model::gateway::{
    Association, AssociationPhase, DirectConnectGateway, GatewayPhase, Proposal, ProposalPhase, TargetKind,
};
use crate::model::virtual_interface::{Gateway, Kind};
use crate::steps::{STEPS_MAX, Steps};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Display};

pub(super) fn check(lint: &mut Lint<'_>) {
    for gateway in lint.state.gateways.values() {
        records::tags(lint, &gateway.id, &gateway.tags);
        records::name(lint, &gateway.id, &gateway.name);
        phases(lint, &gateway.id, &gateway.phase, GatewayPhase::may_follow);
        gateway_rests(lint, gateway);
        leads_to_one_kind(lint, gateway);
    }
    for association in lint.state.associations.values() {
        phases(lint, &association.id, &association.phase, AssociationPhase::may_follow);
        association_rests(lint, association);
    }
    for proposal in lint.state.proposals.values() {
        phases(lint, &proposal.id, &proposal.phase, ProposalPhase::may_follow);
        proposal_agrees(lint, proposal);
    }
    pairs_are_single(lint);
    targets_have_one_owner(lint);
    what_is_behind_a_gateway_is_apart(lint);
}

/// Phases follow their table, in order, and are bounded: the past, and at most two that a call plans.
fn phases<T: Copy + Eq + Debug>(
    lint: &mut Lint<'_>,
    id: &dyn Display,
    steps: &Steps<T>,
    may_follow: impl Fn(T, T) -> bool,
) {
    time::follows(lint, id, "phases", steps, may_follow);
    let count = steps.iter().len();
    lint.require(count <= STEPS_MAX + 2, "phases are bounded", || format!("{id}: {count}"));
}

/// A gateway comes to rest; while anything is left on it, it is not deleted.
fn gateway_rests(lint: &mut Lint<'_>, gateway: &DirectConnectGateway) {
    let last = gateway.phase.last().1;
    let rests = matches!(last, GatewayPhase::Available | GatewayPhase::Deleted);
    lint.require(rests, "gateways come to rest", || gateway.id.to_string());
    let is_private = matches!(gateway.amazon_side_asn, 64_512..=65_534 | 4_200_000_000..=4_294_967_294);
    lint.require(is_private, "gateways have private ASNs", || format!("{}: {}", gateway.id, gateway.amazon_side_asn));
    if last == GatewayPhase::Deleted {
        let now = lint.now;
        let associations = lint.state.associations.values();
        let left = associations.filter(|a| a.gateway == gateway.id && a.is_present(now)).count();
        let interfaces = lint.state.virtual_interfaces.values();
        let on = Gateway::DirectConnect(gateway.id);
        let attached = interfaces.filter(|v| v.gateway == on && v.is_present(now)).count();
        lint.require(left + attached == 0, "what is deleted is left by all", || format!("{} has {left}", gateway.id));
    }
}

/// Present associations and attachments of a gateway are of one kind.
fn leads_to_one_kind(lint: &mut Lint<'_>, gateway: &DirectConnectGateway) {
    let now = lint.now;
    let associations = lint.state.associations.values().filter(|a| a.gateway == gateway.id && a.is_present(now));
    let mut kinds: BTreeSet<_> = associations.map(|association| association.target.kind).collect();
    let on = Gateway::DirectConnect(gateway.id);
    for interface in lint.state.virtual_interfaces.values().filter(|v| v.gateway == on && v.is_present(now)) {
        lint.require(interface.kind != Kind::Public, "no public interface is attached", || interface.id.to_string());
        let transit = interface.kind == Kind::Transit;
        kinds.insert(if transit { TargetKind::Transit } else { TargetKind::VirtualPrivate });
    }
    lint.require(kinds.len() <= 1, "a gateway leads to one kind", || format!("{}: {kinds:?}", gateway.id));
}

/// An association comes to rest, and while it is there it joins a gateway that is there, and its owner's.
fn association_rests(lint: &mut Lint<'_>, association: &Association) {
    let last = association.phase.last().1;
    let rests = matches!(last, AssociationPhase::Associated | AssociationPhase::Disassociated);
    lint.require(rests, "associations come to rest", || association.id.to_string());
    if !association.is_present(lint.now) {
        return;
    }
    let gateway = lint.state.gateways.get(&association.gateway);
    let agrees = gateway.is_some_and(|gateway| {
        gateway.owner == association.gateway_owner && gateway.phase.last().1 != GatewayPhase::Deleted
    });
    lint.require(agrees, "associations name live gateways", || association.id.to_string());
    let given = association.target.kind == TargetKind::VirtualPrivate || !association.allowed_prefixes.is_empty();
    lint.require(given, "transit gateways have prefixes", || association.id.to_string());
    let unique: BTreeSet<_> = association.allowed_prefixes.iter().collect();
    let same = unique.len() == association.allowed_prefixes.len();
    lint.require(same, "prefixes are given once", || association.id.to_string());
}

/// A pair has one present association, a virtual private gateway altogether one.
fn pairs_are_single(lint: &mut Lint<'_>) {
    let (mut pairs, mut virtual_private) = (BTreeSet::new(), BTreeSet::new());
    let now = lint.now;
    for association in lint.state.associations.values().filter(|association| association.is_present(now)) {
        let target = association.target;
        let single = pairs.insert((association.gateway, target.id));
        lint.require(single, "pairs are associated once", || association.id.to_string());
        let alone = target.kind == TargetKind::Transit || virtual_private.insert(target.id);
        lint.require(alone, "a virtual private gateway has one gateway", || association.id.to_string());
    }
}

/// Whoever names a gateway of EC2 in a present association agrees whose and where it is, as it is registered.
fn targets_have_one_owner(lint: &mut Lint<'_>) {
    let registered = lint.state.ec2_gateways.values().map(|gateway| (gateway.target.id, gateway.target));
    let mut known: BTreeMap<_, _> = registered.collect();
    let now = lint.now;
    for association in lint.state.associations.values().filter(|association| association.is_present(now)) {
        let first = *known.entry(association.target.id).or_insert(association.target);
        let same = first == association.target;
        lint.require(same, "gateways of EC2 have one owner", || format!("{}: {first:?}", association.id));
    }
}

/// Prefixes of transit gateways, and registered networks behind virtual private ones, do not overlap on one gateway.
fn what_is_behind_a_gateway_is_apart(lint: &mut Lint<'_>) {
    let now = lint.now;
    let present: Vec<_> = lint.state.associations.values().filter(|a| a.is_present(now)).collect();
    for (at, one) in present.iter().enumerate() {
        for other in present[at + 1..].iter().filter(|other| other.gateway == one.gateway) {
            let prefixes = |association: &Association| match association.target.kind {
                TargetKind::Transit => association.allowed_prefixes.clone(),
                TargetKind::VirtualPrivate => {
                    let registered = lint.state.ec2_gateways.get(&association.target.id);
                    registered.map(|registered| registered.cidrs.clone()).unwrap_or_default()
                }
            };
            let (some, others) = (prefixes(one), prefixes(other));
            let apart = !some.iter().any(|prefix| others.iter().any(|other| prefix.overlaps(*other)));
            lint.require(apart, "what is behind a gateway is apart", || format!("{} and {}", one.id, other.id));
        }
    }
}

/// A proposal ends, and an open one is the only one of its pair; while its gateway is kept, its owner is a party.
fn proposal_agrees(lint: &mut Lint<'_>, proposal: &Proposal) {
    let ends = proposal.phase.last().1 != ProposalPhase::Requested;
    lint.require(ends, "proposals end", || proposal.id.to_string());
    let gateway = lint.state.gateways.get(&proposal.gateway);
    let agrees = gateway.is_none_or(|gateway| gateway.owner == proposal.gateway_owner);
    lint.require(agrees, "proposals name the owner of the gateway", || proposal.id.to_string());
    let now = lint.now;
    let open = |one: &Proposal| one.phase.at(now) == ProposalPhase::Requested;
    let pair = |one: &Proposal| (one.gateway, one.target);
    let alike = lint.state.proposals.values().filter(|other| open(other) && pair(other) == pair(proposal)).count();
    lint.require(alike <= 1, "a pair has one open proposal", || format!("{} of {alike}", proposal.id));
}
