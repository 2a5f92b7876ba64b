//! The service as the handlers of requests see it: snapshots to read from, a queue for changes.

use crate::decide::{Job, Outcome, rehearse};
use crossconnect_core::State;
use crossconnect_core::model::account::Account;
use crossconnect_store::{Counters, Engine, Hooks, LastGroup, Limits, Store, StoreError};
use std::sync::Arc;

/// The store, and the accounts of the configuration.
pub(crate) struct Service {
    store: Store<Job, Outcome>,
    registered: Vec<Account>,
}

impl Service {
    /// Loads the store and starts its writer. `registered` are the accounts of the configuration.
    pub(crate) fn open(
        engine: Option<Box<dyn Engine>>,
        registered: Vec<Account>,
        hooks: Hooks<Job, Outcome>,
    ) -> Result<Self, StoreError> {
        let store = Store::open(engine, hooks, Limits::default())?;
        Ok(Service { store, registered })
    }

    /// The last group that the store held when it was opened.
    pub(crate) fn opened_at(&self) -> LastGroup {
        self.store.opened_at()
    }

    /// What the writer has done so far.
    pub(crate) fn counters(&self) -> &Counters {
        self.store.counters()
    }

    /// Why changes are refused at the moment.
    pub(crate) fn refusal(&self) -> Option<String> {
        self.store.refusal()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::Call;
    use crossconnect_api::Operation;
    use crossconnect_core::ids::{AccountId, Region};
    use crossconnect_wire::Protocol;

    fn create() -> Job {
        let body = br#"{"location":"EqDC2","bandwidth":"1Gbps","connectionName":"c1"}"#;
        let request = Protocol::Json.decode(Operation::CreateConnection, body).unwrap();
        let (account, region) = (AccountId::new("111122223333").unwrap(), Region::new("us-east-1").unwrap());
        Job::Call(Box::new(Call {
            account,
            region,
            protocol: Protocol::Json,
            request,
            authority: None,
            ec2_answer: None,
            secret_answer: None,
            replay: None,
        }))
    }

    #[test]
    fn a_panic_is_answered_and_leaves_the_state_as_it_was() {
        let (feed, _) = crate::events::feed();
        let hooks = crate::decide::hooks(Vec::new(), Arc::default(), feed);
        let service = Service::open(None, Vec::new(), hooks).unwrap();
        assert!(matches!(service.change_now(create()), Outcome::Accepted { .. }));
        let before = service.snapshot();
        assert!(matches!(service.rehearse(&Job::Panic), Outcome::Panicked));
        assert!(matches!(service.change_now(Job::Panic), Outcome::Panicked));
        assert_eq!(service.snapshot(), before);
        assert!(matches!(service.change_now(create()), Outcome::Accepted { .. }));
        service.shutdown().unwrap();
        assert!(matches!(service.change_now(create()), Outcome::Failed(_)));
    }
}
