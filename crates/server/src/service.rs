//! The service as the handlers of requests see it: snapshots to read from, a queue for changes.

use crate::caller::Claimant;
use crate::decide::{Answered, Job, Named, Outcome, rehearse};
use crate::seal::Seal;
use crossconnect_core::State;
use crossconnect_core::ids::AccountId;
use crossconnect_core::model::account::Account;
use crossconnect_store::{
    Counters, Engine, Hooks, LastGroup, Limits, Pending, Published, Store, StoreError, SubmitError,
};
use crossconnect_store_etcd::{Hooks as NodeHooks, Node, Options, Reads};
use std::sync::Arc;

/// The store, and the accounts of the configuration.
pub(crate) struct Service {
    kept: Kept,
    registered: Vec<Account>,
    sealer: Option<Arc<Seal>>,
}

/// Where the state is kept, and who else writes there.
enum Kept {
    /// Nobody else does.
    Alone(Store<Job, Answered>),
    /// Other nodes do.
    Together(Node<Named, Answered>),
}

impl Service {
    /// Loads the store and starts its writer. `registered` are the accounts of the configuration.
    pub(crate) fn open(
        engine: Option<Box<dyn Engine>>,
        registered: Vec<Account>,
        hooks: Hooks<Job, Answered>,
        limits: Limits,
    ) -> Result<Self, StoreError> {
        let store = Store::open(engine, hooks, limits)?;
        Ok(Service { kept: Kept::Alone(store), registered, sealer: None })
    }

    /// Joins the nodes of a cluster. Takes so many changes at one time.
    pub(crate) fn join(
        options: Options,
        reads: Reads,
        changes_max: usize,
        registered: Vec<Account>,
        hooks: NodeHooks<Named, Answered>,
    ) -> Result<Self, StoreError> {
        let node = Node::open(options, reads, changes_max, hooks)?;
        Ok(Service { kept: Kept::Together(node), registered, sealer: None })
    }

    /// The node, where there are others.
    pub(crate) fn node(&self) -> Option<&Node<Named, Answered>> {
        match &self.kept {
            Kept::Alone(_) => None,
            Kept::Together(node) => Some(node),
        }
    }

    /// From now on calls of the API seal keys before they are stored.
    pub(crate) fn sealing(self, sealer: Option<Arc<Seal>>) -> Self {
        Service { sealer, ..self }
    }

    /// What seals keys and opens them, where they are sealed.
    pub(crate) fn sealer(&self) -> Option<Arc<Seal>> {
        self.sealer.clone()
    }

    /// The last group that the store held when it was opened.
    pub(crate) fn opened_at(&self) -> LastGroup {
        match &self.kept {
            Kept::Alone(store) => store.opened_at(),
            Kept::Together(node) => node.opened_at(),
        }
    }

    /// What the writer has done so far.
    pub(crate) fn counters(&self) -> &Counters {
        match &self.kept {
            Kept::Alone(store) => store.counters(),
            Kept::Together(node) => node.counters(),
        }
    }

    /// Why changes are refused at the moment.
    pub(crate) fn refusal(&self) -> Option<String> {
        match &self.kept {
            Kept::Alone(store) => store.refusal(),
            Kept::Together(node) => node.refusal(),
        }
    }

    /// The state after the last commit.
    pub(crate) fn snapshot(&self) -> Arc<State> {
        match &self.kept {
            Kept::Alone(store) => store.snapshot(),
            Kept::Together(node) => node.published().state.clone(),
        }
    }

    /// The same, and after which group it holds.
    pub(crate) fn published(&self) -> Arc<Published> {
        match &self.kept {
            Kept::Alone(store) => store.published(),
            Kept::Together(node) => node.published(),
        }
    }

    /// Waits until the snapshot holds what others have committed before, where there are others.
    pub(crate) async fn catch_up(&self) {
        if let Kept::Together(node) = &self.kept {
            node.current().await;
        }
    }

    /// Decides on the last snapshot and keeps nothing.
    pub(crate) fn rehearse(&self, job: &Job) -> Outcome {
        rehearse(&self.snapshot(), job, &self.registered)
    }

    /// Whether a change of who says so would be taken now. It may be refused all the same, once it is known who that is.
    pub(crate) fn has_room(&self, claimant: &Claimant<'_>) -> bool {
        let has_room = |account: AccountId| match &self.kept {
            Kept::Alone(store) => store.has_room(account.number()),
            Kept::Together(node) => node.has_room(account.number()),
        };
        match claimant {
            Claimant::Claimed(account) => has_room(*account),
            Claimant::Believed(name) => AccountId::new(name).is_none_or(has_room),
        }
    }

    /// How many changes wait.
    pub(crate) fn queued(&self) -> usize {
        match &self.kept {
            Kept::Alone(store) => store.queued(),
            Kept::Together(node) => node.under_way(),
        }
    }

    /// Has the writer decide, and waits until what it decided is durable.
    pub(crate) async fn change(&self, job: Job) -> Outcome {
        match self.submit(job) {
            Ok(pending) => pending.answer().await.map_or_else(not_taken, |answered| answered.outcome),
            Err(refused) => not_taken(refused),
        }
    }

    /// The same from a thread that may block.
    pub(crate) fn change_now(&self, job: Job) -> Outcome {
        match self.submit(job) {
            Ok(pending) => pending.blocking_answer().map_or_else(not_taken, |answered| answered.outcome),
            Err(refused) => not_taken(refused),
        }
    }

    fn submit(&self, job: Job) -> Result<Pending<Answered>, SubmitError> {
        match &self.kept {
            Kept::Alone(store) => store.submit(job.lane(), job),
            Kept::Together(node) => node.submit(job.lane(), Named::new(job)),
        }
    }

    /// Answers what is queued, then leaves the store in order.
    pub(crate) fn shutdown(&self) -> Result<(), StoreError> {
        match &self.kept {
            Kept::Alone(store) => store.shutdown(),
            Kept::Together(node) => node.shutdown(),
        }
    }
}

/// What becomes of a job that the writer does not decide.
fn not_taken(refused: SubmitError) -> Outcome {
    match refused {
        SubmitError::Full { .. } => Outcome::Throttled,
        SubmitError::Stopped => Outcome::Failed("The store has stopped.".to_owned()),
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
            filed: None,
            sealer: None,
        }))
    }

    #[test]
    fn a_panic_is_answered_and_leaves_the_state_as_it_was() {
        let (feed, _) = crate::events::feed();
        let hooks = crate::decide::hooks(Vec::new(), Arc::default(), feed);
        let service = Service::open(None, Vec::new(), hooks, Limits::default()).unwrap();
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
