//! Changes of one node that would get in each other's way wait in line.
//!
//! Two changes that rest on the same rows cannot both be committed: etcd would refuse the one that comes second. Where
//! both are of this node, the second one is not even sent, but waits until the first is applied and is then decided
//! again. Who came first goes first.

use crossconnect_store::shared::Transaction;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// The gate. A clone is the same one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gate(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    next: u64,
    changes: BTreeMap<u64, Under>,
}

/// A change under way.
#[derive(Debug)]
struct Under {
    rows: BTreeSet<Vec<u8>>,
    guards: BTreeSet<Vec<u8>>,
    waiting: Line,
}

type Line = VecDeque<oneshot::Sender<Turn>>;

/// It is this change's turn. Those that waited with it wait behind it; when it ends, the next one has the turn.
#[derive(Debug, Default)]
pub(crate) struct Turn(Line);

/// A change that is inside.
#[derive(Debug)]
pub(crate) struct Entry {
    gate: Gate,
    number: u64,
}

/// What becomes of a change that wants to enter.
pub(crate) enum Entered {
    /// It is inside.
    Inside(Entry),
    /// It has to wait until the receiver gives it the turn.
    Waits(oneshot::Receiver<Turn>),
}

impl Gate {
    /// Lets a change in, unless one that is inside writes what this one has read.
    pub(crate) fn enter(&self, transaction: &Transaction, mut turn: Turn) -> Entered {
        let mut inside = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ahead) = inside.changes.values_mut().find(|change| change.is_in_the_way_of(transaction)) {
            let (sender, receiver) = oneshot::channel();
            ahead.waiting.push_back(sender);
            ahead.waiting.append(&mut turn.0);
            return Entered::Waits(receiver);
        }
        let number = inside.next;
        inside.next += 1;
        let rows = transaction.writes.keys().chain(&transaction.swept).cloned().collect();
        let guards = transaction.bumps.union(&transaction.ends).cloned().collect();
        inside.changes.insert(number, Under { rows, guards, waiting: std::mem::take(&mut turn.0) });
        Entered::Inside(Entry { gate: self.clone(), number })
    }

    #[cfg(test)]
    fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).changes.len()
    }
}

impl Under {
    fn is_in_the_way_of(&self, transaction: &Transaction) -> bool {
        transaction.guards.iter().any(|guard| self.guards.contains(guard))
            || transaction.rows.keys().any(|row| self.rows.contains(row))
    }
}

impl Entry {
    /// Leaves, and keeps the turn.
    pub(crate) fn leave(self) -> Turn {
        self.take()
    }

    fn take(&self) -> Turn {
        let mut inside = self.gate.0.lock().unwrap_or_else(PoisonError::into_inner);
        Turn(inside.changes.remove(&self.number).map(|change| change.waiting).unwrap_or_default())
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        // The turn goes on to the next in line as it is dropped.
        drop(self.take());
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        while let Some(next) = self.0.pop_front() {
            // One that has gone is passed over.
            match next.send(Turn(std::mem::take(&mut self.0))) {
                Ok(()) => return,
                Err(mut turn) => self.0 = std::mem::take(&mut turn.0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transaction(reads: &str, writes: &str) -> Transaction {
        let set = |names: &str| names.bytes().map(|name| vec![name]).collect::<BTreeSet<_>>();
        let writes = set(writes).into_iter().map(|row| (row, None)).collect();
        let rows = BTreeMap::new();
        let (guards, bumps, [swept, ends]) = (set(reads), set(reads), Default::default());
        Transaction { since: 1, at: 0, rows, guards, writes, swept, bumps, ends }
    }

    fn inside(entered: Entered) -> Entry {
        match entered {
            Entered::Inside(entry) => entry,
            Entered::Waits(_) => panic!("it has to wait"),
        }
    }

    fn waits(entered: Entered) -> oneshot::Receiver<Turn> {
        match entered {
            Entered::Inside(_) => panic!("it is inside"),
            Entered::Waits(receiver) => receiver,
        }
    }

    #[test]
    fn who_came_first_goes_first_and_others_pass() {
        let gate = Gate::default();
        let first = inside(gate.enter(&transaction("a", "x"), Turn::default()));
        let _other = inside(gate.enter(&transaction("b", "y"), Turn::default()));
        let mut second = waits(gate.enter(&transaction("a", "x"), Turn::default()));
        let gone = waits(gate.enter(&transaction("a", "x"), Turn::default()));
        let mut third = waits(gate.enter(&transaction("a", "x"), Turn::default()));
        drop(gone);
        assert!(second.try_recv().is_err());
        drop(first);
        let turn = second.try_recv().expect("it is the second one's turn");
        assert!(third.try_recv().is_err());
        let entry = inside(gate.enter(&transaction("a", "x"), turn));
        // It was refused by the cluster, decides again, and is still before the third.
        let entry = inside(gate.enter(&transaction("a", "x"), entry.leave()));
        assert!(third.try_recv().is_err());
        drop(entry);
        drop(third.try_recv().expect("it is the third one's turn"));
        assert_eq!(gate.count(), 1);
    }
}
