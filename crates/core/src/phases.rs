//! Which changes of phase the model's tables allow, and which of them the records of a state have taken: what a run of
//! tests must have met.

use crate::model::failover_test::Status;
use crate::model::gateway::{AssociationPhase, GatewayPhase, ProposalPhase};
use crate::model::mac_sec::{self, KeyState};
use crate::model::resiliency_group::{GroupAssociationPhase, GroupPhase};
use crate::model::{bgp_peer, connection, hosted_connection, lag, virtual_interface};
use crate::state::State;
use crate::steps::Steps;
use crate::time::Timestamp;
use crate::tx::{members, parent_up};
use std::collections::BTreeSet;
use std::fmt;
use std::fmt::Debug;
use strum::VariantArray;

/// One step of a table: from which value to which.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhaseChange {
    /// Of what: `connection phase`, `lag state`.
    pub of: &'static str,
    /// The value before.
    pub from: String,
    /// The value after.
    pub to: String,
}

impl fmt::Display for PhaseChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} to {}", self.of, self.from, self.to)
    }
}

/// Every step that a table allows.
pub fn possible() -> BTreeSet<PhaseChange> {
    let mut all = BTreeSet::new();
    table("connection phase", connection::Phase::may_follow, &mut all);
    table("connection state", connection::Seen::may_follow, &mut all);
    table("hosted connection phase", hosted_connection::Phase::may_follow, &mut all);
    table("hosted connection state", hosted_connection::Seen::may_follow, &mut all);
    table("lag phase", lag::Phase::may_follow, &mut all);
    table("lag state", lag::Seen::may_follow, &mut all);
    table("virtual interface phase", virtual_interface::Phase::may_follow, &mut all);
    table("virtual interface state", virtual_interface::Seen::may_follow, &mut all);
    table("BGP peer phase", bgp_peer::Phase::may_follow, &mut all);
    table("failover test status", Status::may_follow, &mut all);
    table("MACsec key state", KeyState::may_follow, &mut all);
    table("gateway phase", GatewayPhase::may_follow, &mut all);
    table("association phase", AssociationPhase::may_follow, &mut all);
    table("proposal phase", ProposalPhase::may_follow, &mut all);
    table("resiliency group phase", GroupPhase::may_follow, &mut all);
    table("resiliency group association phase", GroupAssociationPhase::may_follow, &mut all);
    all
}

/// Every step that a record of `state` has taken up to `now`.
pub fn taken(state: &State, now: Timestamp) -> BTreeSet<PhaseChange> {
    let mut taken = Taken { now, found: BTreeSet::new() };
    for c in state.connections.values() {
        taken.steps("connection phase", &c.phase);
        taken.steps("connection state", &c.seen());
        taken.steps("connection state", &c.shown);
        taken.keys(&c.keys);
    }
    for hosted in state.hosted_connections.values() {
        taken.steps("hosted connection phase", &hosted.phase);
        taken.steps("hosted connection state", &hosted.seen(&parent_up(state, hosted.parent)));
    }
    for lag in state.lags.values() {
        taken.steps("lag phase", &lag.phase);
        taken.steps("lag state", &lag.seen(&members(state, lag.id).cloned().collect::<Vec<_>>()));
        taken.keys(&lag.keys);
    }
    for interface in state.virtual_interfaces.values() {
        taken.steps("virtual interface phase", &interface.phase);
        taken.steps("virtual interface state", &interface.seen(&parent_up(state, interface.parent)));
        for peer in &interface.peers {
            taken.steps("BGP peer phase", &peer.phase);
        }
    }
    for test in state.failover_tests.values() {
        taken.steps("failover test status", &test.status);
    }
    for gateway in state.gateways.values() {
        taken.steps("gateway phase", &gateway.phase);
    }
    for association in state.associations.values() {
        taken.steps("association phase", &association.phase);
    }
    for proposal in state.proposals.values() {
        taken.steps("proposal phase", &proposal.phase);
    }
    for group in state.resiliency_groups.values() {
        taken.steps("resiliency group phase", &group.phase);
    }
    for association in state.group_associations.values() {
        taken.steps("resiliency group association phase", &association.phase);
    }
    taken.found
}

struct Taken {
    now: Timestamp,
    found: BTreeSet<PhaseChange>,
}

impl Taken {
    fn steps<T: Copy + Eq + Debug>(&mut self, of: &'static str, steps: &Steps<T>) {
        for ((_, from), (at, to)) in steps.iter().zip(steps.iter().skip(1)) {
            if at <= self.now {
                self.found.insert(PhaseChange { of, from: format!("{from:?}"), to: format!("{to:?}") });
            }
        }
    }

    fn keys(&mut self, keys: &mac_sec::Keys) {
        for key in keys.iter() {
            self.steps("MACsec key state", &key.state);
        }
    }
}

fn table<T: VariantArray + Copy + Debug>(
    of: &'static str,
    may_follow: impl Fn(T, T) -> bool,
    all: &mut BTreeSet<PhaseChange>,
) {
    for from in T::VARIANTS {
        for to in T::VARIANTS.iter().filter(|to| may_follow(**to, *from)) {
            all.insert(PhaseChange { of, from: format!("{from:?}"), to: format!("{to:?}") });
        }
    }
}
