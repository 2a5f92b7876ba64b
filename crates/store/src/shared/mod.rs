//! What an engine with several writers has in common, whoever carries it: how a decision becomes a transaction that is
//! refused when something it rests on has changed, and the way of one change until it is answered.
//!
//! Pure and synchronous: a program on a network and a simulation drive the same code. It knows no rule of the service
//! and no protocol of an engine.
//!
//! The engine orders commits by their revision, a number that grows. A node applies them in that order to its own state,
//! and decides on what it has applied so far.
//! INVARIANT: a change that was answered as refused can never be committed later, nor one that was answered as done twice.

mod change;
mod transaction;

pub use change::{ATTEMPTS_MAX, Change, CommitError, Next, Until};
pub use transaction::{Expected, Transaction, apply};
