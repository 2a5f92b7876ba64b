//! The service as the handlers of requests see it: snapshots to read from, a queue for changes.

use crate::decide::{Job, Outcome, hooks, rehearse};
use crossconnect_auth::Accounts;
use crossconnect_core::State;
use crossconnect_core::model::account::Account;
use crossconnect_store::{Engine, Limits, Store, StoreError};
use std::sync::Arc;

/// The store, and who is who.
pub(crate) struct Service {
    store: Store<Job, Outcome>,
    registered: Vec<Account>,
    /// Registered access keys.
    pub(crate) accounts: Accounts,
}

impl Service {
    /// Loads the store and starts its writer. `registered` are the accounts of the configuration.
    pub(crate) fn open(
        engine: Option<Box<dyn Engine>>,
        registered: Vec<Account>,
        accounts: Accounts,
    ) -> Result<Self, StoreError> {
        let store = Store::open(engine, hooks(registered.clone()), Limits::default())?;
        Ok(Service { store, registered, accounts })
    }

    /// The state after the last commit.
    pub(crate) fn snapshot(&self) -> Arc<State> {
        self.store.snapshot()
    }

    /// Decides on the last snapshot and keeps nothing.
    pub(crate) fn rehearse(&self, job: &Job) -> Outcome {
        rehearse(&self.snapshot(), job, &self.registered)
    }

    /// Has the writer decide, and waits until what it decided is durable.
    pub(crate) async fn change(&self, job: Job) -> Outcome {
        match self.store.submit(job) {
            Ok(answer) => answer.await.unwrap_or_else(|_| Outcome::Failed("The store has stopped.".to_owned())),
            Err(refused) => Outcome::Failed(refused.to_string()),
        }
    }

    /// The same from a thread that may block.
    pub(crate) fn change_now(&self, job: Job) -> Outcome {
        match self.store.submit(job) {
            Ok(answer) => {
                answer.blocking_recv().unwrap_or_else(|_| Outcome::Failed("The store has stopped.".to_owned()))
            }
            Err(refused) => Outcome::Failed(refused.to_string()),
        }
    }

    /// Answers what is queued, then leaves the store in order.
    pub(crate) fn shutdown(&self) -> Result<(), StoreError> {
        self.store.shutdown()
    }
}
