//! Decisions on a stale snapshot: where nothing that one rests on has changed since, it must be the decision that
//! would be made now. That is all that a store with many writers checks before it commits.

use super::Workload;
use crate::random::Random;
use crossconnect_api::{Request, Response};
use crossconnect_core::{Batch, Context, Read, Rejection, State, Tx, run};
use std::collections::BTreeSet;

type Call<'a> = (Context, &'a Request);
type Decided = (Result<Response, Rejection>, Option<(Batch, State)>);

impl Workload {
    /// Decides `call` on the present state, lets `other` change it, and decides `call` again.
    pub(super) fn compare_stale(&mut self, call: Call<'_>, other: Call<'_>) {
        let random = Random::new(self.random.number());
        let state = self.machine.state();
        let (answer, Some((batch, _))) = decide(state, call, random.clone()) else { return };
        let (_, Some((change, changed))) = decide(state, other, Random::new(self.random.number())) else { return };
        if batch.reads.iter().any(|read| touched(&change).contains(read)) {
            self.stale.1 += 1;
            return;
        }
        self.stale.0 += 1;
        let (again, written) = decide(&changed, call, random);
        let same = again == answer && written.is_some_and(|(later, _)| later.writes == batch.writes);
        if !same {
            let (call, other) = (call.1, other.1);
            self.faults.push(format!("{call:?} rests on what {other:?} changes, and has not read it"));
        }
    }
}

fn decide(state: &State, (context, request): Call<'_>, mut random: Random) -> Decided {
    let mut fill = |bytes: &mut [u8]| random.fill(bytes);
    let mut tx = Tx::new(state, context, &mut fill);
    let answer = run(&mut tx, request);
    let written = if answer.is_ok() { tx.finish() } else { None };
    (answer, written)
}

/// What a batch changes for those who have read it.
fn touched(batch: &Batch) -> BTreeSet<Read> {
    let rows = batch.writes.keys().map(|key| Read::Row(*key));
    rows.chain(batch.guards.iter().map(|guard| Read::Scan(*guard))).collect()
}
