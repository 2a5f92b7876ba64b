//! Resiliency groups, what is in them, and how often billing modes were changed.

use super::Lint;
use super::records::{name, tags};
use super::time::{follows, steps};
use crate::model::billing::CHANGES_MAX;
use crate::model::resiliency_group::{GroupAssociation, GroupAssociationPhase, GroupPhase};
use crate::model::virtual_interface::Parent;

pub(super) fn check(lint: &mut Lint<'_>) {
    for group in lint.state.resiliency_groups.values() {
        tags(lint, &group.id, &group.tags);
        name(lint, &group.id, &group.name);
        steps(lint, &group.id, "phase", &group.phase);
        follows(lint, &group.id, "phases", &group.phase, GroupPhase::may_follow);
        let rests = matches!(group.phase.last().1, GroupPhase::Available | GroupPhase::Deleted);
        lint.require(rests, "plans come to rest", || group.id.to_string());
    }
    for association in lint.state.group_associations.values() {
        association_agrees(lint, association);
    }
    let now = lint.now;
    for connection in lint.connections() {
        let count = connection.billing_changes.count(now);
        lint.require(count <= CHANGES_MAX, "billing modes change three times in six months", || {
            format!("{}: {count}", connection.id)
        });
    }
}

/// Whatever is in a group is live, stands alone, and has the group's owner; the group is live as well.
fn association_agrees(lint: &mut Lint<'_>, association: &GroupAssociation) {
    let (now, port) = (lint.now, association.port);
    steps(lint, &port, "association", &association.phase);
    follows(lint, &port, "associations", &association.phase, GroupAssociationPhase::may_follow);
    let rests =
        matches!(association.phase.last().1, GroupAssociationPhase::Associated | GroupAssociationPhase::Disassociated);
    lint.require(rests, "plans come to rest", || port.to_string());
    if !association.is_present(now) {
        return;
    }
    let group = lint.state.resiliency_groups.get(&association.group);
    let agrees = group.is_some_and(|group| group.owner == association.owner && group.is_live(now));
    lint.require(agrees, "associations are with live groups of their owner", || port.to_string());
    if association.is_ending(now) {
        return;
    }
    let (whose, region) = match port {
        Parent::Connection(id) => {
            let connection = lint.state.connections.get(&id).filter(|c| c.is_live(now) && c.lag.is_none());
            connection.map(|connection| (connection.owner, connection.region)).unzip()
        }
        Parent::Lag(id) => {
            let lag = lint.state.lags.get(&id).filter(|lag| lag.is_live(now));
            lag.map(|lag| (lag.owner, lag.region)).unzip()
        }
        Parent::Hosted(_) => (None, None),
    };
    let agrees = (whose, region) == (Some(association.owner), Some(association.region));
    lint.require(agrees, "what is in a group is live and stands alone", || port.to_string());
}
