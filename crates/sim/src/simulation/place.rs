//! Where a run takes place, as its steps see it: one node over an engine of its own, or several over one that they share.

use super::coverage::Coverage;
use super::decide::{Answer, Job, Sabotage};
use super::history::History;
use super::script::{Ask, Luck};
use crossconnect_core::{State, Timestamp};

/// What both kinds of place stand on.
pub(super) struct Ground {
    pub(super) history: History,
    pub(super) coverage: Coverage,
    /// What a clock without skew shows.
    pub(super) time: Timestamp,
    pub(super) skew: Vec<i64>,
    pub(super) sabotage: Option<Sabotage>,
}

impl Ground {
    /// What a node's own clock shows.
    pub(super) fn clock(&self, node: usize) -> Timestamp {
        Timestamp(self.time.0 + self.skew.get(node).copied().unwrap_or(0))
    }

    /// Counts what strikes.
    pub(super) fn strike(&mut self, luck: Luck) {
        if let Some(fault) = luck.fault() {
            self.coverage.met(fault);
        }
        if let Luck::Stalled(millis) = luck {
            self.time = Timestamp(self.time.0 + i64::from(millis));
        }
    }

    /// A client's answer has arrived.
    pub(super) fn answer(&mut self, job: &Job, answer: &Answer) {
        match answer {
            Answer::Accepted { again, .. } => {
                if *again {
                    self.coverage.met("answered from what was kept");
                }
                self.succeeded(&job.ask);
            }
            Answer::Refused { name, .. } => self.coverage.refused(name),
            Answer::Failed(_) | Answer::Panicked => {}
        }
        self.history.answer(job.attempt, &job.ask, answer);
    }

    /// Whoever had sent these hears no more of them.
    pub(super) fn lose<'a>(&mut self, jobs: impl IntoIterator<Item = &'a Job>) {
        for job in jobs {
            self.history.call(&job.ask).pending = None;
        }
    }

    /// Counts a call that was answered without a commit.
    pub(super) fn succeeded(&mut self, ask: &Ask) {
        if let super::script::What::Call(request, _) = &ask.what {
            self.coverage.succeeded(request.operation());
        }
    }
}

/// Nodes and what they write to.
pub(super) trait Place {
    /// How many nodes there are.
    fn nodes(&self) -> usize;
    /// Whether a node runs.
    fn is_up(&self, node: usize) -> bool;
    /// What a node would answer reads from; none while it is down.
    fn state(&self, node: usize) -> Option<State>;
    /// A change arrives at a node that runs.
    fn send(&mut self, node: usize, job: Job, ground: &mut Ground);
    /// A node takes one step.
    fn work(&mut self, node: usize, which: usize, luck: Luck, ground: &mut Ground);
    /// A node hears of commits.
    fn hear(&mut self, node: usize, commits: usize, ground: &mut Ground);
    /// A node that runs answers a read, or a rehearsal.
    fn read(&mut self, node: usize, ask: &Ask, ground: &mut Ground) -> Answer;
    /// A node dies.
    fn kill(&mut self, node: usize, luck: Luck, ground: &mut Ground);
    /// A node that is down comes up.
    fn start(&mut self, node: usize, ground: &mut Ground);
    /// A commit that was lost from sight arrives.
    fn arrive(&mut self, lands: bool, ground: &mut Ground);
    /// Whether anything is under way.
    fn is_busy(&self) -> bool;
    /// Whether anything is under way at a node.
    fn has_work(&self, node: usize) -> bool;
    /// All nodes run, what is under way ends, and nothing goes wrong any more.
    fn settle(&mut self, ground: &mut Ground);
}
