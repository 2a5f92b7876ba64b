//! The engine that several nodes share, as etcd does it: transactions that compare what they name, in one order.

use super::decide::Decided;
use crossconnect_store::shared::{Expected, Transaction};
use std::collections::BTreeMap;

/// A way in which the engine may be broken, to see that it is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It compares no guards.
    Guards,
    /// It compares no rows.
    Rows,
}

/// The engine.
#[derive(Default)]
pub(super) struct Shared {
    /// Each row with the revision that wrote it last.
    rows: BTreeMap<Vec<u8>, (Vec<u8>, u64)>,
    guards: BTreeMap<Vec<u8>, u64>,
    /// Each node's, by its session.
    fences: BTreeMap<u64, u64>,
    /// All commits, in order; the first has revision 1.
    log: Vec<Commit>,
    /// The time of the latest commit.
    at: i64,
    /// Those that were sent and lost from sight.
    pub(super) late: Vec<(u64, Transaction, Decided)>,
    flaw: Option<Flaw>,
}

/// What nodes hear of one commit.
#[derive(Debug, Clone)]
pub(super) struct Commit {
    pub(super) at: i64,
    pub(super) writes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl Shared {
    /// An empty one, broken in a way or in none.
    pub(super) fn new(flaw: Option<Flaw>) -> Self {
        Shared { flaw, ..Shared::default() }
    }

    pub(super) fn revision(&self) -> u64 {
        self.log.len() as u64
    }

    /// The commit of a revision.
    pub(super) fn commit_of(&self, revision: u64) -> Option<&Commit> {
        self.log.get(usize::try_from(revision).ok()?.checked_sub(1)?)
    }

    /// Everything that it holds, as a new node loads it.
    pub(super) fn load(&self) -> (impl Iterator<Item = (&[u8], Option<&[u8]>)>, i64) {
        (self.rows.iter().map(|(key, (value, _))| (key.as_slice(), Some(value.as_slice()))), self.at)
    }

    /// Commits, unless something compared has changed. Answers the revision. What is not swept after all was not decided.
    pub(super) fn commit(&mut self, session: u64, transaction: &Transaction, decided: &mut Decided) -> Option<u64> {
        if !self.holds(session, transaction) {
            return None;
        }
        let revision = self.revision() + 1;
        let mut writes = transaction.writes.clone();
        for key in &transaction.swept {
            match self.rows.get(key) {
                Some((_, written)) if *written > transaction.since => {
                    decided.batch.writes.retain(|swept, _| swept.encode() != *key);
                }
                _ => drop(writes.insert(key.clone(), None)),
            }
        }
        for (key, value) in &writes {
            match value {
                Some(value) => drop(self.rows.insert(key.clone(), (value.clone(), revision))),
                None => drop(self.rows.remove(key)),
            }
        }
        for guard in &transaction.bumps {
            self.guards.insert(guard.clone(), revision);
        }
        for guard in &transaction.ends {
            self.guards.remove(guard);
        }
        self.at = self.at.max(transaction.at);
        self.log.push(Commit { at: transaction.at, writes });
        Some(revision)
    }

    /// Bumps a node's fence. Answers the revision.
    pub(super) fn fence(&mut self, session: u64) -> u64 {
        self.log.push(Commit { at: 0, writes: BTreeMap::new() });
        self.fences.insert(session, self.revision());
        self.revision()
    }

    fn holds(&self, session: u64, transaction: &Transaction) -> bool {
        let since = transaction.since;
        let row = |(key, expected): (&Vec<u8>, &Expected)| match (expected, self.rows.get(key)) {
            (Expected::Absent, row) => row.is_none(),
            (Expected::Present, row) => row.is_some_and(|(_, revision)| *revision <= since),
            (Expected::Lasting, row) => row.is_none_or(|(_, revision)| *revision <= since),
        };
        let guard = |guard: &Vec<u8>| self.guards.get(guard).is_none_or(|revision| *revision <= since);
        let fence = self.fences.get(&session).is_none_or(|revision| *revision <= since);
        (self.flaw == Some(Flaw::Rows) || transaction.rows.iter().all(row))
            && (self.flaw == Some(Flaw::Guards) || transaction.guards.iter().all(guard))
            && fence
    }
}
