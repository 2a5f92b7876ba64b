//! What was committed, in order, and whether it could have been: each commit is decided again, alone, on one plain state
//! that has taken those before it, and must come to the same.
//!
//! This is where the claims are checked: writes are strictly serializable, in the order of their commits; nothing that
//! was acknowledged is lost, and nothing is done twice; what a node reads from is what was committed.

use super::coverage::Coverage;
use super::decide::{Answer, Decided, Sabotage, again};
use super::script::Ask;
use crate::machine::changed_past;
use crossconnect_core::{Batch, Key, Record, State, Timestamp, housekeeping, invariants, phases};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many rows a sweep without limits takes.
const ALL: usize = usize::MAX;
/// Every which commit the phases of all records are looked at, and the pasts of all resources are compared.
const EVERY: usize = 8;

/// What the run knows to be true.
pub(super) struct History {
    /// The states after each commit, by its revision; the first is the empty one. None knows when it was committed: a
    /// commit is decided again at its own time, whatever the clocks of others showed before it.
    states: Vec<State>,
    /// The time of the latest commit of those so far, by revision.
    times: Vec<Timestamp>,
    calls: BTreeMap<u32, Call>,
    /// What is broken, and which check says so.
    pub(super) violations: Vec<Violation>,
    sabotage: Option<Sabotage>,
    commits: usize,
}

/// Something that must never be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The check that found it: a run that is made shorter must still break the same.
    pub check: String,
    /// What was found.
    pub text: String,
}

/// What has become of a call.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) ask: Arc<Ask>,
    /// The attempt that is under way.
    pub(super) pending: Option<u32>,
    /// How often it was sent.
    pub(super) attempts: usize,
    /// Whether its client knows what came of it.
    pub(super) is_answered: bool,
    /// The answer of the attempt that was committed, and which one it was.
    committed: Option<(u32, Vec<u8>)>,
    /// The last answer that its client has.
    pub(super) answer: Option<Answer>,
}

impl History {
    pub(super) fn new(sabotage: Option<Sabotage>) -> Self {
        History {
            states: vec![State::default()],
            times: vec![Timestamp::default()],
            calls: BTreeMap::new(),
            violations: Vec::new(),
            sabotage,
            commits: 0,
        }
    }

    pub(super) fn calls(&self) -> &BTreeMap<u32, Call> {
        &self.calls
    }

    pub(super) fn call(&mut self, ask: &Arc<Ask>) -> &mut Call {
        let new =
            || Call { ask: ask.clone(), pending: None, attempts: 0, is_answered: false, committed: None, answer: None };
        self.calls.entry(ask.call).or_insert_with(new)
    }

    pub(super) fn commits(&self) -> usize {
        self.commits
    }

    pub(super) fn revision(&self) -> u64 {
        self.states.len() as u64 - 1
    }

    /// The state after the commit of that revision, as a node should have it.
    pub(super) fn state(&self, revision: u64) -> State {
        let at = usize::try_from(revision).unwrap_or(usize::MAX).min(self.states.len() - 1);
        let mut state = self.states[at].clone();
        state.committed(self.times[at]);
        state
    }

    pub(super) fn require(&mut self, holds: bool, check: &str, text: impl FnOnce() -> String) {
        if !holds {
            self.violations.push(Violation { check: check.to_owned(), text: text() });
        }
    }

    /// A revision at which nothing of the service changes, such as that of a fence.
    pub(super) fn pass(&mut self) {
        let (state, time) = (self.states[self.states.len() - 1].clone(), self.times[self.times.len() - 1]);
        self.states.push(state);
        self.times.push(time);
    }

    /// One attempt was committed.
    pub(super) fn commit(&mut self, decided: &Decided, coverage: &mut Coverage) {
        self.commits += 1;
        let before = self.states[self.states.len() - 1].clone();
        let call = decided.job.ask.call;
        self.is_serial(&before, decided);
        let entry = self.call(&decided.job.ask);
        let earlier = entry.committed.replace((decided.job.attempt, decided.body.clone()));
        self.require(earlier.is_none(), "done once", || format!("call {call} was committed twice"));
        let mut after = before.clone();
        let mut cannot = Vec::new();
        for (key, record) in &decided.batch.writes {
            match read_back(key, record.as_ref()) {
                Ok((key, record)) => after.write(&key, record),
                Err(error) => cannot.push(format!("{key:?}: {error}")),
            }
        }
        self.require(cannot.is_empty(), "rows are read back", || cannot.join(", "));
        let time = self.times[self.times.len() - 1].max(decided.batch.at);
        let mut seen = after.clone();
        seen.committed(time);
        for violation in invariants::check(&seen, time) {
            self.require(false, violation.name, || violation.text);
        }
        if self.commits.is_multiple_of(EVERY) {
            coverage.taken(phases::taken(&before, decided.batch.at));
            for text in changed_past(&before, &after, decided.batch.at) {
                self.require(false, "the past stays", || text);
            }
        }
        self.states.push(after);
        self.times.push(time);
    }

    /// Decided alone at its place in the order of commits, it is the same.
    fn is_serial(&mut self, before: &State, decided: &Decided) {
        let mut alone = before.clone();
        alone.committed(decided.last_commit);
        let call = decided.job.ask.call;
        match again(&alone, decided, self.sabotage) {
            Err(rejection) => {
                self.require(false, "writes are serializable", || {
                    format!("call {call} was committed, and is refused in its place: {rejection}")
                });
            }
            Ok((body, batch)) => {
                self.require(body == decided.body, "writes are serializable", || {
                    format!("call {call} has another answer in its place")
                });
                let wrong = differs(&alone, decided, batch.as_ref());
                self.require(wrong.is_none(), "writes are serializable", || {
                    format!("call {call} writes something else in its place: {}", wrong.unwrap_or_default())
                });
            }
        }
    }

    /// A client gets an answer.
    pub(super) fn answer(&mut self, attempt: u32, ask: &Arc<Ask>, answer: &Answer) {
        let (number, call) = (ask.call, self.call(ask));
        call.pending = None;
        call.is_answered = !matches!(answer, Answer::Failed(_));
        call.answer = Some(answer.clone());
        let committed = call.committed.clone();
        let (own, kept) = (committed.as_ref().map(|(attempt, _)| *attempt), committed.map(|(_, body)| body));
        match answer {
            Answer::Accepted { body, again } => {
                self.require(kept.as_ref() == Some(body), "nothing acknowledged is lost", || {
                    format!("call {number} was accepted, and committed was {kept:?}")
                });
                // An attempt that did not know what came of its commit finds its own answer.
                self.require(*again || own == Some(attempt), "what is done is answered", || {
                    format!("attempt {attempt} of call {number}: {own:?}")
                });
            }
            Answer::Refused { text, .. } => {
                self.require(own != Some(attempt), "nothing refused is done", || {
                    format!("attempt {attempt} of call {number} was committed and answered with: {text}")
                });
            }
            Answer::Failed(_) => {}
            Answer::Panicked => self.require(false, "nothing panics", || format!("call {number}: {:?}", ask.what)),
        }
    }

    /// What a node reads from is what was committed up to there.
    pub(super) fn reads(&mut self, node: usize, revision: u64, state: &State) {
        let is_same = self.state(revision) == *state;
        self.require(is_same, "nodes have what was committed", || format!("node {node} at revision {revision}"));
    }

    /// The last look, when all is quiet.
    pub(super) fn end(&mut self, now: Timestamp, coverage: &mut Coverage) {
        let state = self.state(self.revision());
        let now = state.now(now);
        coverage.taken(phases::taken(&state, now));
        for violation in invariants::check(&state, now) {
            self.require(false, violation.name, || violation.text);
        }
    }
}

/// Where two batches differ, but for what is swept and kept beside the change itself.
fn differs(before: &State, decided: &Decided, alone: Option<&Batch>) -> Option<String> {
    let (committed, at) = (&decided.batch, decided.system_time);
    let none = BTreeMap::new();
    let expected = alone.map_or(&none, |batch| &batch.writes);
    let swept = |key: &Key| before.get(key).is_none() || over(before, expected, at).contains(key);
    let is_other = |(key, record): &(&Key, &Option<Record>)| match committed.writes.get(key) {
        // What is over may be changed and swept in one.
        Some(None) => record.is_some() && !over(before, expected, at).contains(key),
        written => written != Some(record),
    };
    if let Some((key, _)) = expected.iter().find(is_other) {
        return Some(format!("{key:?}"));
    }
    let mut extra = committed.writes.iter().filter(|(key, _)| !expected.contains_key(key));
    let is_beside = |(key, record): &(&Key, &Option<Record>)| match record {
        Some(record) => matches!(record, Record::Replay(_)),
        None => swept(key),
    };
    extra.find(|write| !is_beside(write)).map(|(key, _)| format!("{key:?} besides"))
}

/// What a sweep would take after these writes, which may have moved the clock, where a node's clock shows `at`.
fn over(before: &State, writes: &BTreeMap<Key, Option<Record>>, at: Timestamp) -> BTreeSet<Key> {
    let mut state = before.clone();
    writes.iter().for_each(|(key, record)| state.write(key, record.clone()));
    let mut nothing = |_: &mut [u8]| ();
    let context = crossconnect_core::Context {
        account: crate::workload::account("000000000000"),
        region: crate::workload::region("us-east-1"),
        system_time: at,
    };
    let mut tx = crossconnect_core::Tx::new(&state, context, &mut nothing);
    housekeeping::sweep(&mut tx, ALL);
    tx.finish().map(|(batch, _)| batch.writes.into_keys().collect()).unwrap_or_default()
}

type Row = (Key, Option<Record>);

/// A row as an engine gives it back.
fn read_back(key: &Key, record: Option<&Record>) -> Result<Row, String> {
    let key = Key::decode(&key.encode()).map_err(|error| error.to_string())?;
    let record = record.map(|record| Record::decode(&key, &record.encode())).transpose();
    Ok((key, record.map_err(|error| error.to_string())?))
}
