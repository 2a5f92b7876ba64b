//! The way of one change over the network. What comes after what is said in [`crossconnect_store::shared`]; here each
//! step is done.

use crate::client::op;
use crate::gate::{Entered, Entry, Turn};
use crate::grpc::CallError;
use crate::messages::Op;
use crate::messages::{OpResponse, TxnRequest, TxnResponse};
use crate::setup;
use crate::shared::Shared;
use crate::transaction::{Fence, one, operations, put, request};
use crossconnect_store::StoreError;
use crossconnect_store::shared::{Change, CommitError, Next, Transaction, Until};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// How long one change is tried. An election of a new leader takes less.
const CHANGE: Duration = Duration::from_secs(8);

/// What a change has while it is on its way.
struct Way {
    deadline: Instant,
    entry: Option<Entry>,
    turn: Turn,
    /// Which load the state goes back to on which was decided.
    load: u64,
}

impl<J, A> Shared<J, A> {
    /// Carries a job to its answer.
    pub(crate) async fn carry(self: &Arc<Self>, job: J) -> A {
        if let Some(refusal) = self.refusal() {
            return (self.hooks.failed)(&refusal);
        }
        let mut way = Way { deadline: Instant::now() + CHANGE, entry: None, turn: Turn::default(), load: 0 };
        let mut change = Change::new();
        let mut next = Next::Decide;
        loop {
            next = match next {
                Next::Decide => match self.decide(&job, &mut change, &mut way).await {
                    Ok(next) => next,
                    Err(answer) => return answer,
                },
                Next::Commit(transaction) => {
                    let committed = self.commit(&transaction, way.load).await;
                    change.committed(committed)
                }
                Next::Fence => {
                    self.figures.fences.fetch_add(1, Relaxed);
                    let raised = self.raise_fence(way.deadline).await;
                    change.fenced(raised.map_err(|error| self.in_doubt(&error)))
                }
                Next::CatchUp(until) => change.caught_up(self.reach(until, way.deadline).await),
                Next::Answer(answer) => return answer,
                Next::Fail(error) => {
                    self.counters.failures.fetch_add(1, Relaxed);
                    return (self.hooks.failed)(&error);
                }
            };
        }
    }

    /// Decides, and enters the gate with what is to be committed; decides again after each wait there.
    async fn decide(&self, job: &J, change: &mut Change<A>, way: &mut Way) -> Result<Next<A>, A> {
        if let Some(entry) = way.entry.take() {
            way.turn = entry.leave();
        }
        loop {
            let applied = self.applied();
            way.load = applied.load;
            let state = &applied.published.state;
            // The state is a value that the job can only read, so a panic leaves it as it was.
            let decided = catch_unwind(AssertUnwindSafe(|| (self.hooks.decide)(state, job)));
            let Ok(decision) = decided else {
                self.counters.panics.fetch_add(1, Relaxed);
                return Err((self.hooks.panicked)());
            };
            let transaction = match change.decided(state, applied.revision, decision) {
                Next::Commit(transaction) => transaction,
                next => return Ok(next),
            };
            match self.gate.enter(&transaction, std::mem::take(&mut way.turn)) {
                Entered::Inside(entry) => {
                    way.entry = Some(entry);
                    return Ok(Next::Commit(transaction));
                }
                Entered::Waits(turn) => {
                    let left = way.deadline.saturating_duration_since(Instant::now());
                    match tokio::time::timeout(left, turn).await {
                        Ok(turn) => way.turn = turn.unwrap_or_default(),
                        Err(_) => return Ok(Next::Fail(self.too_late())),
                    }
                }
            }
        }
    }

    /// Sends the transaction once.
    async fn commit(&self, transaction: &Transaction, load: u64) -> Result<u64, CommitError> {
        let applied = self.applied();
        let fence = self.fence();
        let request = request(&self.keys, transaction, &applied.published.state, &fence);
        let began = Instant::now();
        let answer = self.client.txn_since(load, &request).await;
        let took = began.elapsed();
        match answer {
            Ok(answer) if answer.succeeded => {
                let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
                self.counters.commit_micros.fetch_add(micros, Relaxed);
                (self.hooks.timed)(took);
                let revision = answer.header.map_or(0, |header| header.revision);
                Ok(u64::try_from(revision).unwrap_or_default())
            }
            Ok(answer) => {
                self.figures.conflicts.fetch_add(1, Relaxed);
                self.mend_fence(&answer, &fence).await;
                Err(CommitError::Conflict)
            }
            Err(error) => Err(self.uncommitted(&request, &error)),
        }
    }

    /// Takes over a fence that was bumped after this transaction was made, and puts up one that has ended with its lease.
    async fn mend_fence(&self, answer: &TxnResponse, sent: &Fence) {
        let found = answer.responses.get(1).and_then(|response| match &response.response {
            Some(OpResponse::Range(range)) => Some(range.kvs.first().map(|kv| kv.mod_revision)),
            _ => None,
        });
        match found.flatten() {
            Some(revision) => self.fence_is_at(revision),
            None if self.fence() == *sent => {
                // Where this fails, the next conflict tries again.
                let _ = self.try_raise_fence().await;
            }
            None => {}
        }
    }

    fn uncommitted(&self, request: &TxnRequest, error: &CallError) -> CommitError {
        if error.is_too_many_operations() {
            return CommitError::Refused(StoreError::TooManyOperations { operations: operations(request) });
        }
        if error.is_full() {
            self.fills(true);
            return CommitError::Refused(setup::call(self.client.options(), error));
        }
        // What was not done and may be done later is decided again, as after a conflict.
        match (error.is_undone(), error.may_pass()) {
            (true, true) => CommitError::Conflict,
            (true, false) => CommitError::Refused(setup::call(self.client.options(), error)),
            (false, _) => CommitError::Unknown(self.in_doubt(error)),
        }
    }

    /// Bumps the fence once.
    pub(crate) async fn try_raise_fence(&self) -> Result<u64, CallError> {
        let lease = self.lease().await?;
        let head = op(Op::Range(one(self.keys.head())));
        let raise = put(self.keys.fence(&self.name), Vec::new(), lease);
        let answer = self.client.txn(&TxnRequest { success: vec![raise, head], ..TxnRequest::default() }).await?;
        self.fence_is_at(answer.header.map_or(0, |header| header.revision));
        let head = answer.responses.get(1).and_then(|response| match &response.response {
            Some(OpResponse::Range(range)) => range.kvs.first(),
            _ => None,
        });
        Ok(head.and_then(|head| u64::try_from(head.mod_revision).ok()).unwrap_or_default())
    }

    /// Waits until this node has applied commits that far.
    async fn reach(&self, until: Until, deadline: Instant) -> Result<(), StoreError> {
        match until {
            Until::Revision(revision) => {
                let left = deadline.saturating_duration_since(Instant::now());
                let reached = tokio::time::timeout(left, self.has_applied(revision)).await;
                reached.map_err(|_| self.too_late())
            }
            Until::Quorum => loop {
                if self.catch_up().await {
                    return Ok(());
                }
                if Instant::now() >= deadline || self.is_broken() {
                    return Err(self.too_late());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            },
        }
    }

    /// Why a change is given up: nobody may be able to tell what became of it.
    fn too_late(&self) -> StoreError {
        self.refusal()
            .unwrap_or_else(|| StoreError::InDoubt { reason: format!("not done within {} s", CHANGE.as_secs()) })
    }

    fn in_doubt(&self, error: &CallError) -> StoreError {
        StoreError::InDoubt { reason: error.to_string() }
    }
}
