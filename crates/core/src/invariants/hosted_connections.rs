//! Hosted connections: what carries them, and what they take of it.

use super::Lint;
use super::records::{name, tags};
use super::time::{follows, history, steps};
use crate::model::hosted_connection::{HostedConnection, Phase, Seen};
use crate::model::virtual_interface::Parent;
use crate::tx::parent_up;
use std::collections::BTreeMap;

pub(super) fn check(lint: &mut Lint<'_>) {
    let (state, now) = (lint.state, lint.now);
    let mut vlans = BTreeMap::new();
    for hosted in state.hosted_connections.values() {
        time(lint, hosted);
        tags(lint, &hosted.id, &hosted.tags);
        name(lint, &hosted.id, &hosted.name);
        let is_port = state.connections.contains_key(&hosted.id);
        lint.require(!is_port, "an id names one connection", || hosted.id.to_string());
        if !hosted.is_present(now) {
            continue;
        }
        host_agrees(lint, hosted);
        let before = vlans.insert((hosted.parent, hosted.vlan), hosted.id);
        lint.require(before.is_none(), "a VLAN is hosted once", || {
            format!("{} of {} and {before:?} on {}", hosted.vlan, hosted.id, hosted.parent)
        });
    }
}

/// Plans follow the reference and come to rest; so does what is seen.
fn time(lint: &mut Lint<'_>, hosted: &HostedConnection) {
    let (id, now) = (&hosted.id, lint.now);
    let up = parent_up(lint.state, hosted.parent);
    let seen = hosted.seen(&up);
    steps(lint, id, "phase", &hosted.phase);
    steps(lint, id, "shown", &hosted.shown);
    follows(lint, id, "phases", &hosted.phase, Phase::may_follow);
    follows(lint, id, "states", &seen, Seen::may_follow);
    history(lint, id, hosted.created, &hosted.shown);
    let rests =
        matches!(hosted.phase.last().1, Phase::Ordering | Phase::Provisioned | Phase::Deleted | Phase::Rejected);
    lint.require(rests, "plans come to rest", || id.to_string());
    let carried = seen.at(now) != Seen::Available || up.at(now);
    lint.require(carried, "what carries an available connection is up", || id.to_string());
}

/// What carries it is live, an interconnect that stands alone or the LAG of a partner, the partner's, where it says, and
/// has ports that are as fast.
fn host_agrees(lint: &mut Lint<'_>, hosted: &HostedConnection) {
    let now = lint.now;
    let found = match hosted.parent {
        Parent::Connection(id) => {
            let found = lint.state.connections.get(&id);
            let found = found.filter(|c| c.is_live(now) && c.is_interconnect() && c.lag.is_none());
            found.map(|c| (c.owner, c.region, c.location, c.bandwidth))
        }
        Parent::Lag(id) => {
            let found = lint.state.lags.get(&id).filter(|lag| lag.is_live(now) && lag.allows_hosted);
            found.map(|lag| (lag.owner, lag.region, lag.location, lag.bandwidth))
        }
        Parent::Hosted(_) => None,
    };
    let said = (hosted.partner, hosted.region, hosted.location);
    let agrees = found.is_some_and(|found| (found.0, found.1, found.2) == said);
    lint.require(agrees, "hosted connections agree with what carries them", || {
        format!("{} on {}: {said:?} and {found:?}", hosted.id, hosted.parent)
    });
    let fits = found.is_some_and(|found| hosted.bandwidth.megabits() <= found.3.megabits());
    lint.require(fits, "hosted connections are no faster than a port", || hosted.id.to_string());
    lint.require((1..=4094).contains(&hosted.vlan), "VLANs are 1 to 4094", || hosted.id.to_string());
}
