//! A decision as an engine with several writers takes it: what is compared, what is written.

use std::collections::{BTreeMap, BTreeSet};

use crossconnect_core::{Batch, Guard, Key, Read, Record, State, Timestamp};

use crate::StoreError;
use crate::writer::undecodable;

/// One commit: all of it, or nothing where something compared has changed after [`Transaction::since`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The revision of the state on which was decided.
    pub since: u64,
    /// The time of the decision, in milliseconds since the epoch.
    pub at: i64,
    /// Rows that were read. None may have changed after `since`.
    pub rows: BTreeMap<Vec<u8>, Expected>,
    /// Guards of scans. None may have been bumped after `since`.
    pub guards: BTreeSet<Vec<u8>>,
    /// The new value of each row, or `None` where the row goes.
    pub writes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    /// Rows that go unless they were written after `since`. Whether they do decides nothing about the rest: nodes that
    /// sweep the same do not get in each other's way.
    pub swept: BTreeSet<Vec<u8>>,
    /// Guards that are bumped, so that who has scanned them finds it out.
    pub bumps: BTreeSet<Vec<u8>>,
    /// Guards that go with the rows after which they are named, instead of being bumped.
    // INVARIANT: whoever compares a guard that is named after a row compares the row as well. So nobody who has found the
    // row can take the guard's absence for its being as it was.
    pub ends: BTreeSet<Vec<u8>>,
}

/// What was found where a row was read: an engine that forgets removed rows can tell by it whether one has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// There was none, and there may be none.
    Absent,
    /// There was one: it must be there, and not be written after `since`.
    Present,
    /// A row that is never removed, there or not: it must not be written after `since`.
    Lasting,
}

impl Transaction {
    /// The transaction that commits `batch`, which was decided on `state` as of revision `since`.
    pub fn new(batch: &Batch, state: &State, since: u64) -> Self {
        let (mut rows, mut guards) = (BTreeMap::new(), BTreeSet::new());
        for read in &batch.reads {
            match read {
                Read::Row(key) => drop(rows.insert(key.encode(), expected(key, state))),
                Read::Scan(guard) => {
                    guards.insert(guard.encode());
                    rows.extend(guard.owner().map(|key| (key.encode(), expected(&key, state))));
                }
            }
        }
        let is_swept = |key: &Key| batch.swept.contains(key) && !batch.reads.contains(&Read::Row(*key));
        let written = batch.writes.iter().filter(|(key, _)| !is_swept(key));
        let writes = written.map(|(key, record)| (key.encode(), record.as_ref().map(Record::encode))).collect();
        let swept = batch.swept.iter().filter(|key| is_swept(key)).map(Key::encode).collect();
        let removed = batch.writes.iter().filter(|(_, record)| record.is_none()).map(|(key, _)| key);
        let ends: BTreeSet<Vec<u8>> = removed.flat_map(Guard::owned).map(|guard| guard.encode()).collect();
        let bumps = batch.guards.iter().map(Guard::encode).filter(|guard| !ends.contains(guard)).collect();
        Transaction { since, at: batch.at.0, rows, guards, writes, swept, bumps, ends }
    }
}

fn expected(key: &Key, state: &State) -> Expected {
    match (key, state.get(key)) {
        (Key::Settings | Key::Clock, _) => Expected::Lasting,
        (_, Some(_)) => Expected::Present,
        (_, None) => Expected::Absent,
    }
}

/// Applies what was committed at `at` to the state before it.
///
/// # Errors
/// A row does not decode. The state is then of no use.
pub fn apply<'a>(
    state: &mut State,
    at: i64,
    writes: impl IntoIterator<Item = (&'a [u8], Option<&'a [u8]>)>,
) -> Result<(), StoreError> {
    for (bytes, value) in writes {
        let key = Key::decode(bytes).map_err(|error| undecodable(bytes, &error))?;
        let record = value.map(|value| Record::decode(&key, value)).transpose();
        state.write(&key, record.map_err(|error| undecodable(bytes, &error))?);
    }
    state.committed(Timestamp(at));
    Ok(())
}
