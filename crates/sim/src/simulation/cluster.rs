//! Several nodes over one engine: each change goes its way through the store's own protocol, one step at a time.

use super::decide::{Answer, Decided, Job, decide, rehearse};
use super::place::{Ground, Place};
use super::script::{Ask, Luck};
use super::shared::{Flaw, Shared};
use crossconnect_core::State;
use crossconnect_store::shared::{Change, CommitError, Next, Until, apply};
use crossconnect_store::{Decision, StoreError};
use std::path::PathBuf;

/// How many commits a node hears of in one step of its own work.
const HEARD: usize = 3;

/// The nodes and their engine.
pub(super) struct Cluster {
    shared: Shared,
    members: Vec<Member>,
    sessions: u64,
}

#[derive(Default)]
struct Member {
    is_up: bool,
    /// Which fence is its own: that of one process.
    session: u64,
    /// The last revision that is in its state.
    applied: u64,
    state: State,
    flights: Vec<Flight>,
    /// The last revision that it has acknowledged.
    acknowledged: u64,
}

/// One change under way at one node.
struct Flight {
    job: Job,
    change: Change<Answer>,
    next: Next<Answer>,
    /// What was decided last.
    decided: Option<Decided>,
    /// How far its node must have heard before it goes on.
    until: Option<u64>,
    /// What the engine had committed when the change was asked for.
    asked_at: u64,
    /// The revision of its own commit.
    revision: Option<u64>,
}

impl Cluster {
    pub(super) fn new(nodes: usize, flaw: Option<Flaw>, ground: &mut Ground) -> Self {
        let shared = Shared::new(flaw);
        let members = (0..nodes).map(|_| Member::default()).collect();
        let mut cluster = Cluster { shared, members, sessions: 0 };
        (0..nodes).for_each(|node| cluster.start(node, ground));
        cluster
    }

    /// A node applies the next commit; false where it knows all.
    fn apply_next(&mut self, node: usize, ground: &mut Ground) -> bool {
        let member = &mut self.members[node];
        let Some(commit) = self.shared.commit_of(member.applied + 1) else { return false };
        let writes = commit.writes.iter().map(|(key, value)| (key.as_slice(), value.as_deref()));
        let applied = apply(&mut member.state, commit.at, writes);
        member.applied += 1;
        ground.history.require(applied.is_ok(), "commits are applied", || format!("{applied:?}"));
        true
    }

    fn step(&mut self, node: usize, flight: &mut Flight, luck: Luck, ground: &mut Ground) {
        let next = std::mem::replace(&mut flight.next, Next::Decide);
        flight.next = match next {
            Next::Decide => self.decide(node, flight, ground),
            Next::Commit(transaction) => {
                ground.strike(luck);
                let result = self.commit(node, flight, &transaction, luck, ground);
                if matches!(result, Err(CommitError::Conflict)) {
                    ground.coverage.met("conflict");
                }
                flight.revision = result.as_ref().ok().copied();
                flight.change.committed(result)
            }
            Next::Fence => {
                let fails = matches!(luck, Luck::Full | Luck::Lost | Luck::Kept | Luck::Late);
                let revision = (!fails || luck == Luck::Kept).then(|| {
                    ground.history.pass();
                    self.shared.fence(self.members[node].session)
                });
                ground.coverage.met(if fails { "a fence failed" } else { "fenced" });
                flight.change.fenced(revision.filter(|_| !fails).ok_or_else(|| failure("no answer")))
            }
            Next::CatchUp(until) => self.catch_up(node, flight, until, luck, ground),
            done @ (Next::Answer(_) | Next::Fail(_)) => done,
        };
    }

    fn decide(&mut self, node: usize, flight: &mut Flight, ground: &mut Ground) -> Next<Answer> {
        let (member, system_time) = (&self.members[node], ground.clock(node));
        let (answer, batch) = decide(&member.state, &flight.job, system_time, ground.sabotage);
        if flight.decided.is_some() {
            ground.coverage.met("decided again");
        }
        if let (Some((batch, _)), Answer::Accepted { body, .. }) = (&batch, &answer) {
            let (job, batch, body) = (flight.job.clone(), batch.clone(), body.clone());
            let last_commit = member.state.last_commit();
            flight.decided = Some(Decided { job, system_time, last_commit, batch, body });
        }
        flight.change.decided(&member.state, member.applied, Decision { answer, batch })
    }

    fn commit(
        &mut self,
        node: usize,
        flight: &Flight,
        transaction: &crossconnect_store::shared::Transaction,
        luck: Luck,
        ground: &mut Ground,
    ) -> Result<u64, CommitError> {
        let session = self.members[node].session;
        let Some(mut decided) = flight.decided.clone() else { return Err(CommitError::Conflict) };
        let unknown = || CommitError::Unknown(failure("no answer"));
        match luck {
            Luck::Full => {
                return Err(CommitError::Refused(StoreError::NoSpace { path: PathBuf::new(), free: 0, floor: 1 }));
            }
            Luck::Lost => return Err(unknown()),
            Luck::Late | Luck::Torn(_) => {
                self.shared.late.push((session, transaction.clone(), decided));
                return Err(unknown());
            }
            Luck::Fine | Luck::More | Luck::Stalled(_) | Luck::Kept => {}
        }
        let revision = self.shared.commit(session, transaction, &mut decided);
        if revision.is_some() {
            ground.history.commit(&decided, &mut ground.coverage);
        }
        if luck == Luck::Kept { Err(unknown()) } else { revision.ok_or(CommitError::Conflict) }
    }

    fn catch_up(
        &mut self,
        node: usize,
        flight: &mut Flight,
        until: Until,
        luck: Luck,
        ground: &mut Ground,
    ) -> Next<Answer> {
        let now = self.shared.revision();
        let target = *flight.until.get_or_insert(match until {
            Until::Quorum => now,
            Until::Revision(revision) => revision,
        });
        if matches!(luck, Luck::Lost | Luck::Late) {
            flight.until = None;
            ground.coverage.met("a watch stalled");
            return flight.change.caught_up(Err(failure("the watch is silent")));
        }
        for _ in 0..HEARD {
            if self.members[node].applied >= target {
                break;
            }
            self.apply_next(node, ground);
        }
        if self.members[node].applied < target {
            return Next::CatchUp(until);
        }
        flight.until = None;
        flight.change.caught_up(Ok(()))
    }

    /// The client gets its answer.
    fn land(&mut self, node: usize, flight: &Flight, answer: &Answer, ground: &mut Ground) {
        let member = &mut self.members[node];
        let (call, applied) = (flight.job.ask.call, member.applied);
        if let Some(revision) = flight.revision.filter(|_| matches!(answer, Answer::Accepted { again: false, .. })) {
            let is_seen = applied >= revision;
            ground.history.require(is_seen, "readers see what is acknowledged", || format!("call {call}"));
            member.acknowledged = member.acknowledged.max(revision);
        } else if !matches!(answer, Answer::Failed(_)) {
            let (asked, is_fresh) = (flight.asked_at, applied >= flight.asked_at);
            ground.history.require(is_fresh, "what changes nothing is decided on what is", || {
                format!("call {call} on revision {applied}, asked for at {asked}")
            });
        }
        ground.answer(&flight.job, answer);
    }
}

impl Place for Cluster {
    fn nodes(&self) -> usize {
        self.members.len()
    }

    fn is_up(&self, node: usize) -> bool {
        self.members[node].is_up
    }

    fn state(&self, node: usize) -> Option<State> {
        self.members.get(node).filter(|member| member.is_up).map(|member| member.state.clone())
    }

    fn send(&mut self, node: usize, job: Job, _: &mut Ground) {
        let asked_at = self.shared.revision();
        self.members[node].flights.push(Flight {
            job,
            change: Change::new(),
            next: Next::Decide,
            decided: None,
            until: None,
            asked_at,
            revision: None,
        });
    }

    fn work(&mut self, node: usize, which: usize, luck: Luck, ground: &mut Ground) {
        let flights = &mut self.members[node].flights;
        if flights.is_empty() {
            return;
        }
        let at = which % flights.len();
        let mut flight = flights.remove(at);
        self.step(node, &mut flight, luck, ground);
        match &flight.next {
            Next::Answer(answer) => {
                let answer = answer.clone();
                self.land(node, &flight, &answer, ground);
            }
            Next::Fail(error) => {
                let answer = Answer::Failed(error.to_string());
                self.land(node, &flight, &answer, ground);
            }
            Next::Decide | Next::Commit(_) | Next::Fence | Next::CatchUp(_) => {
                self.members[node].flights.insert(at, flight);
            }
        }
    }

    fn hear(&mut self, node: usize, commits: usize, ground: &mut Ground) {
        for _ in 0..commits {
            if !self.is_up(node) || !self.apply_next(node, ground) {
                break;
            }
        }
    }

    fn read(&mut self, node: usize, ask: &Ask, ground: &mut Ground) -> Answer {
        let is_linearizable = ask.seed.is_multiple_of(2);
        while is_linearizable && self.apply_next(node, ground) {}
        let member = &self.members[node];
        let own = member.applied >= member.acknowledged;
        ground.history.require(own, "nodes read what they acknowledged", || format!("node {node}"));
        ground.history.reads(node, member.applied, &member.state);
        let is_behind = member.applied < self.shared.revision();
        ground.coverage.met(if is_behind { "read from what was committed before" } else { "read" });
        rehearse(&member.state, ask, ground.clock(node))
    }

    fn kill(&mut self, node: usize, luck: Luck, ground: &mut Ground) {
        let flights = std::mem::take(&mut self.members[node].flights);
        for flight in &flights {
            if let Next::Commit(transaction) = &flight.next
                && luck != Luck::Fine
            {
                ground.coverage.met("killed in a commit");
                // Whoever sent it does not live to hear what came of it.
                let _ = self.commit(node, flight, transaction, luck, ground);
            }
        }
        ground.coverage.met("killed");
        ground.lose(flights.iter().map(|flight| &flight.job));
        self.members[node] = Member::default();
    }

    fn start(&mut self, node: usize, ground: &mut Ground) {
        self.sessions += 1;
        let mut state = State::default();
        let (rows, at) = self.shared.load();
        let loaded = apply(&mut state, at, rows);
        ground.history.require(loaded.is_ok(), "a store opens again", || format!("{loaded:?}"));
        let applied = self.shared.revision();
        ground.history.reads(node, applied, &state);
        let (session, flights) = (self.sessions, Vec::new());
        self.members[node] = Member { is_up: true, session, applied, state, flights, acknowledged: applied };
    }

    fn arrive(&mut self, lands: bool, ground: &mut Ground) {
        if self.shared.late.is_empty() {
            return;
        }
        let (session, transaction, mut decided) = self.shared.late.remove(0);
        if !lands {
            return;
        }
        match self.shared.commit(session, &transaction, &mut decided) {
            Some(_) => {
                ground.coverage.met("late and landed");
                ground.history.commit(&decided, &mut ground.coverage);
            }
            None => ground.coverage.met("late and void"),
        }
    }

    fn is_busy(&self) -> bool {
        !self.shared.late.is_empty() || (0..self.nodes()).any(|node| self.has_work(node))
    }

    fn has_work(&self, node: usize) -> bool {
        !self.members[node].flights.is_empty()
    }

    fn settle(&mut self, ground: &mut Ground) {
        for node in 0..self.nodes() {
            if !self.is_up(node) {
                self.start(node, ground);
            }
        }
        let mut lands = false;
        while !self.shared.late.is_empty() {
            lands = !lands;
            self.arrive(lands, ground);
        }
        while self.is_busy() {
            for node in 0..self.nodes() {
                self.work(node, 0, Luck::Fine, ground);
            }
        }
        for node in 0..self.nodes() {
            while self.apply_next(node, ground) {}
            let member = &self.members[node];
            ground.history.reads(node, member.applied, &member.state);
        }
    }
}

fn failure(reason: &str) -> StoreError {
    StoreError::Engine { path: PathBuf::from("cluster"), reason: reason.to_owned() }
}
