//! The way of one change: decide on what this node has applied, commit if nothing that it rests on has changed, else
//! catch up and decide again.
//!
//! Two things need care. A refusal rests on what it read just like a change does, and is committed nowhere: it counts
//! only when it was decided on a state that had caught up after the change was asked for. And a commit whose outcome
//! nobody could tell may still lie somewhere on its way: before anything else is decided, the node's fence is bumped,
//! which every transaction of this node compares. What was sent before that can be committed no more, and the state
//! after it shows whether it was. The change's own row says which: its decision then finds the kept answer.

use crossconnect_core::State;

use super::Transaction;
use crate::{Decision, StoreError};

/// How often one change is decided before it is given up: others change what it rests on each time.
pub const ATTEMPTS_MAX: u32 = 64;

/// What whoever carries a change does next.
#[derive(Debug)]
pub enum Next<A> {
    /// Decide on the applied state, then call [`Change::decided`].
    Decide,
    /// Commit if nothing compared has changed, and neither has this node's fence; then call [`Change::committed`].
    Commit(Transaction),
    /// Bump this node's fence, then call [`Change::fenced`].
    Fence,
    /// Apply commits until that is reached, then call [`Change::caught_up`].
    CatchUp(Until),
    /// It is done, or refused: this is the answer.
    Answer(A),
    /// The world failed, or may have: the caller must be told to try again.
    Fail(StoreError),
}

/// How far a node must have applied commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Everything that a quorum of the engine had committed at some moment after this was asked for.
    Quorum,
    /// At least the commit of this revision.
    Revision(u64),
}

/// Why a transaction was not committed, as far as is known.
#[derive(Debug)]
pub enum CommitError {
    /// Something compared has changed: nothing was written.
    Conflict,
    /// The engine did not take it, and never will.
    Refused(StoreError),
    /// Nobody can tell whether it was committed or will be.
    Unknown(StoreError),
}

/// One change on its way. Its job must have a row that its decision looks up and writes, by which a change that was made
/// before is known again.
#[derive(Debug)]
pub struct Change<A> {
    attempts: u32,
    /// Whether the state has caught up since the change was asked for.
    is_fresh: bool,
    /// What is answered when the commit under way succeeds.
    answer: Option<A>,
}

impl<A> Default for Change<A> {
    fn default() -> Self {
        Change { attempts: 0, is_fresh: false, answer: None }
    }
}

impl<A> Change<A> {
    /// A change that was just asked for; it begins with [`Next::Decide`].
    pub fn new() -> Self {
        Self::default()
    }

    /// It was decided on `state`, as of `revision`. A change that was not sent may be decided again.
    pub fn decided(&mut self, state: &State, revision: u64, decision: Decision<A>) -> Next<A> {
        self.attempts += 1;
        // It may have been decided before, and never been sent: that answer counts no more.
        self.answer = None;
        match decision.batch {
            Some((batch, _)) => {
                self.answer = Some(decision.answer);
                Next::Commit(Transaction::new(&batch, state, revision))
            }
            None if self.is_fresh => Next::Answer(decision.answer),
            None => Next::CatchUp(Until::Quorum),
        }
    }

    /// It was committed at a revision, or not.
    pub fn committed(&mut self, result: Result<u64, CommitError>) -> Next<A> {
        match result {
            // Readers of this node must see it before its caller hears of it.
            Ok(revision) => Next::CatchUp(Until::Revision(revision)),
            Err(error) => {
                self.answer = None;
                match error {
                    CommitError::Conflict if self.attempts >= ATTEMPTS_MAX => {
                        Next::Fail(StoreError::Contended { attempts: self.attempts })
                    }
                    CommitError::Conflict => Next::CatchUp(Until::Quorum),
                    CommitError::Refused(error) => Next::Fail(error),
                    CommitError::Unknown(error) if self.attempts >= ATTEMPTS_MAX => Next::Fail(error),
                    CommitError::Unknown(_) => Next::Fence,
                }
            }
        }
    }

    /// The fence was bumped at a revision, or nobody can tell: then the change may still be committed.
    pub fn fenced(&mut self, result: Result<u64, StoreError>) -> Next<A> {
        match result {
            Ok(revision) => Next::CatchUp(Until::Revision(revision)),
            Err(error) => Next::Fail(error),
        }
    }

    /// The node has applied what it was asked to, or cannot.
    pub fn caught_up(&mut self, result: Result<(), StoreError>) -> Next<A> {
        match (result, self.answer.take()) {
            (Ok(()), Some(answer)) => Next::Answer(answer),
            (Ok(()), None) => {
                // The fence too was bumped after the change was asked for.
                self.is_fresh = true;
                Next::Decide
            }
            (Err(error), _) => Next::Fail(error),
        }
    }
}
