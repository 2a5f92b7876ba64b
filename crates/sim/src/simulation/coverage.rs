//! What runs have met: operations that succeeded, rules that were broken, phases that changed, faults that struck.

use crossconnect_api::Operation;
use crossconnect_core::Rejection;
use crossconnect_core::phases::{self, PhaseChange};
use std::collections::{BTreeMap, BTreeSet};

/// Of one run, or of many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How often each operation succeeded.
    pub operations: BTreeMap<Operation, u64>,
    /// How often each rule was broken, by its name.
    pub rejections: BTreeMap<String, u64>,
    /// How often it was seen that each change of phase was taken.
    pub phases: BTreeMap<PhaseChange, u64>,
    /// How often each fault struck, and each turn that it may lead to was taken.
    pub events: BTreeMap<&'static str, u64>,
    /// Steps that were made.
    pub steps: u64,
    /// Changes that were committed.
    pub commits: u64,
}

/// Faults, and what follows from them. Each must be met.
const EVENTS: [&str; 21] = [
    // What strikes.
    "no room",
    "lost",
    "kept though it failed",
    "torn",
    "stalled",
    "late",
    "reopening failed",
    "a fence failed",
    "a watch stalled",
    "killed",
    // What follows.
    "late and landed",
    "late and void",
    "killed in a commit",
    "started",
    "conflict",
    "decided again",
    "fenced",
    "repeated",
    "answered from what was kept",
    "read",
    "read from what was committed before",
];

impl Coverage {
    /// Notes that something happened.
    pub(super) fn met(&mut self, event: &'static str) {
        debug_assert!(EVENTS.contains(&event), "{event} is not in the list");
        *self.events.entry(event).or_default() += 1;
    }

    /// Notes that an operation succeeded.
    pub(super) fn succeeded(&mut self, operation: Operation) {
        *self.operations.entry(operation).or_default() += 1;
    }

    /// Notes that a rule was broken.
    pub(super) fn refused(&mut self, name: &str) {
        *self.rejections.entry(name.to_owned()).or_default() += 1;
    }

    /// Notes which changes of phase were taken.
    pub(super) fn taken(&mut self, changes: BTreeSet<PhaseChange>) {
        for change in changes {
            *self.phases.entry(change).or_default() += 1;
        }
    }

    /// Adds what another run has met.
    pub fn add(&mut self, other: Coverage) {
        sum(&mut self.operations, other.operations);
        sum(&mut self.rejections, other.rejections);
        sum(&mut self.phases, other.phases);
        sum(&mut self.events, other.events);
        self.steps += other.steps;
        self.commits += other.commits;
    }

    /// What was never met and has no excuse.
    pub fn unmet(&self) -> Vec<String> {
        let all = self.counts().into_iter();
        all.filter(|(name, times)| *times == 0 && excuse(name).is_none()).map(|(name, _)| name).collect()
    }

    /// What is excused, and was met all the same, and not just by accident.
    pub fn excused_and_met(&self) -> Vec<String> {
        let all = self.counts().into_iter();
        let met = all.filter(|(name, times)| *times >= NO_ACCIDENT && excuse(name).is_some());
        met.map(|(name, times)| format!("{name} is excused, and was met {times} times")).collect()
    }

    /// Everything there is to meet, and how often it was met.
    pub fn counts(&self) -> Vec<(String, u64)> {
        let operations = Operation::ALL.iter().map(|o| (o.to_string(), self.operations.get(o).copied()));
        let rejections = Rejection::all_names().into_iter().map(|name| {
            let times = self.rejections.get(&name).copied();
            (name, times)
        });
        let phases = phases::possible().into_iter().map(|c| (c.to_string(), self.phases.get(&c).copied()));
        let events = EVENTS.iter().map(|event| ((*event).to_owned(), self.events.get(event).copied()));
        let all = operations.chain(rejections).chain(phases).chain(events);
        all.map(|(name, times)| (name, times.unwrap_or(0))).collect()
    }

    /// How many faults have struck.
    pub fn faults(&self) -> u64 {
        EVENTS[..FAULTS].iter().filter_map(|fault| self.events.get(fault)).sum()
    }

    /// How much of what there is was met: operations, rules, changes of phase, faults and turns; of how many.
    pub fn shares(&self) -> [(usize, usize); 4] {
        let possible = phases::possible();
        [
            (self.operations.len(), Operation::ALL.len()),
            (self.rejections.len(), Rejection::all_names().len()),
            (possible.iter().filter(|change| self.phases.contains_key(change)).count(), possible.len()),
            (self.events.len(), EVENTS.len()),
        ]
    }

    /// The same in words.
    pub fn summary(&self) -> String {
        let [operations, rules, phases, events] = self.shares().map(|(met, all)| format!("{met} of {all}"));
        format!("{operations} operations, {rules} rules, {phases} changes of phase, {events} faults and turns")
    }
}

/// How many of them strike; the others follow.
const FAULTS: usize = 10;

/// What random calls reach too seldom, or not at all, and why. Each rule among them has its scenario.
const EXCUSED: [(&str, &str); 10] = [
    ("Customer::TooManyAgreements", "wants more than twenty agreements of one account"),
    ("HostedConnection::NotAllowed", "wants a LAG with members of a partner that is one no more"),
    ("HostedConnection::AddressUsed", "wants one address on two hosts, one of which moves to the other"),
    ("VirtualInterface::BoundToHosted", "wants an interface on a hosted connection that moves to a foreign port"),
    ("BgpPeer::FamilyFull", "wants two peers of a family on a redundant device"),
    ("MacSec::TooManyKeys", "wants as many keys on one port as it may have"),
    ("ResiliencyGroup::AssociationQuota", "wants three ports of one group"),
    ("Order::LagQuota", "the plant is mostly full before"),
    ("lag phase: Live to Deleting", "wants a LAG deleted whose members carry nothing"),
    ("lag state: Available to Deleted", "an available LAG has members, and takes its time"),
];

/// What was met so often is met by other seeds as well.
const NO_ACCIDENT: u64 = 25;

fn sum<K: Ord>(own: &mut BTreeMap<K, u64>, other: BTreeMap<K, u64>) {
    for (key, times) in other {
        *own.entry(key).or_default() += times;
    }
}

fn excuse(name: &str) -> Option<&'static str> {
    EXCUSED.iter().find(|(excused, _)| *excused == name).map(|(_, why)| *why)
}
