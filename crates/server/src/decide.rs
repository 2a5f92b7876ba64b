//! What is done with a job, on the writer's thread or on a snapshot: the core decides, replays are looked up and kept.

mod job;

pub(crate) use job::{Call, Job, Start};

use crate::audit::{self, Tells, Told};
use crate::clock;
use crate::events::Feed;
use crate::metrics::Metrics;
use crate::pipeline::internal;
use crate::replay::Repeatable;
use crossconnect_api::Exception;
use crossconnect_core::control;
use crossconnect_core::model::account::Account;
use crossconnect_core::{Changed, Rejection, Repeat, State, Tx};
use crossconnect_store::{Decision, Hooks, StoreError};
use crossconnect_store_etcd::Hooks as NodeHooks;
use crossconnect_wire::{ErrorKind, WireError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

/// What a job came to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It was accepted.
    Accepted {
        /// The body of the answer; empty for other jobs than calls.
        body: Vec<u8>,
        /// The ids of what it interrupts.
        interrupts: Vec<String>,
    },
    /// A rule was broken; nothing has changed.
    Refused(Rejection),
    /// No policy of the caller's allows it; the text says so. Nothing has changed.
    Denied(String),
    /// We are at fault; nothing has changed.
    Panicked,
    /// As many changes wait as may; nothing has changed.
    Throttled,
    /// The store could not take it; the text says why.
    Failed(String),
}

/// The outcome of a job that the writer has decided, and what is to be put on record of it.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) outcome: Outcome,
    told: Option<Told>,
}

impl From<Outcome> for Answered {
    fn from(outcome: Outcome) -> Self {
        Answered { outcome, told: None }
    }
}

impl Tells for Answered {
    fn told(&self) -> Option<&Told> {
        self.told.as_ref()
    }
}

/// Why a job is not done.
enum Refused {
    Rule(Rejection),
    Denied(String),
}

impl From<Rejection> for Refused {
    fn from(rejection: Rejection) -> Self {
        Refused::Rule(rejection)
    }
}

impl From<Refused> for Outcome {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Rule(rejection) => Outcome::Refused(rejection),
            Refused::Denied(text) => Outcome::Denied(text),
        }
    }
}

/// What the writer does with jobs. `accounts` are registered again after a reset.
pub(crate) fn hooks(accounts: Vec<Account>, metrics: Arc<Metrics>, feed: Feed) -> Hooks<Job, Answered> {
    let counted = metrics.clone();
    Hooks {
        decide: Box::new(move |state, job, _| change(state, &job, job.replay(), &accounts, &metrics)),
        panicked: Box::new(|| Outcome::Panicked.into()),
        failed: Box::new(|error: &StoreError| Outcome::Failed(error.to_string()).into()),
        committed: Box::new(move |commit| {
            counted.committed(commit);
            feed.committed(commit);
        }),
        witness: None,
    }
}

/// A job with a name of its own: a store that others write to as well knows by it what was done before, whether its
/// client can repeat it or not.
pub(crate) struct Named {
    job: Job,
    name: Repeatable,
}

impl Named {
    pub(crate) fn new(job: Job) -> Self {
        let name = job.replay().cloned().unwrap_or_else(Repeatable::unrepeated);
        Named { job, name }
    }
}

/// The same for a store that others write to as well.
pub(crate) fn node_hooks(accounts: Vec<Account>, metrics: Arc<Metrics>, feed: Feed) -> NodeHooks<Named, Answered> {
    let timed = metrics.clone();
    NodeHooks {
        decide: Box::new(move |state, named: &Named| change(state, &named.job, Some(&named.name), &accounts, &metrics)),
        panicked: Box::new(|| Outcome::Panicked.into()),
        failed: Box::new(|error: &StoreError| Outcome::Failed(error.to_string()).into()),
        committed: Mutex::new(Box::new(move |commit| feed.committed(commit))),
        timed: Box::new(move |took| timed.commit_took(took)),
        clock: Box::new(|| clock::wall().0),
    }
}

/// Decides on a snapshot and keeps nothing: reads, and rehearsals of changes.
pub(crate) fn rehearse(state: &State, job: &Job, accounts: &[Account]) -> Outcome {
    // The state is a value that the decision can only read, so a panic leaves it as it was.
    let decided = catch_unwind(AssertUnwindSafe(|| {
        let mut random = clock::random;
        let mut tx = Tx::rehearsal(state, job.context(), &mut random);
        if let Some(sealer) = job.sealer() {
            tx.seal_with(sealer);
        }
        match run(&mut tx, job, accounts, &mut None) {
            Ok(body) => Outcome::Accepted { body, interrupts: tx.interrupts().to_vec() },
            Err(refused) => refused.into(),
        }
    }));
    decided.unwrap_or(Outcome::Panicked)
}

/// Decides on a draft. A call that was answered before gets the same answer, byte for byte.
fn change(
    state: &State,
    job: &Job,
    name: Option<&Repeatable>,
    accounts: &[Account],
    metrics: &Metrics,
) -> Decision<Answered> {
    let mut random = clock::random;
    let mut tx = Tx::new(state, job.context(), &mut random);
    if let Some(sealer) = job.sealer() {
        tx.seal_with(sealer);
    }
    let repeat = name.map(|call| call as &dyn Repeat);
    let mut response = None;
    let (changed, batch) = crossconnect_core::change(tx, repeat, |tx| run(tx, job, accounts, &mut response));
    let outcome = match changed {
        Changed::Before(body) => {
            metrics.replayed();
            response = job.filed().and_then(|(call, _)| shown_again(call, &body));
            Outcome::Accepted { body, interrupts: Vec::new() }
        }
        Changed::Now { body, interrupts } => Outcome::Accepted { body, interrupts },
        Changed::Refused(refused) => refused.into(),
    };
    let told = job.filed().map(|(call, filed)| {
        let shown = |error: WireError| {
            let text = audit::shown_message(&error.message, &audit::protected(&call.request)).into_owned();
            (error.name(), text)
        };
        let (filed, error) = (filed.clone(), refusal(&outcome).map(shown));
        Told { filed, at: clock::wall().0, response, error }
    });
    Decision { answer: Answered { outcome, told }, batch }
}

/// The body of a call's answer; empty for other jobs. What of the answer is put on record goes to `response`.
fn run(tx: &mut Tx<'_>, job: &Job, accounts: &[Account], response: &mut Option<String>) -> Result<Vec<u8>, Refused> {
    match job {
        Job::Call(call) => {
            if let Some(authority) = &call.authority {
                authority.require(tx, &call.request).map_err(Refused::Denied)?;
            }
            if let Some(answer) = &call.ec2_answer {
                tx.hear_of_ec2(answer.clone());
            }
            if let Some(answer) = &call.secret_answer {
                tx.hear_of_secret(answer.clone());
            }
            let answer = crossconnect_core::run(tx, &call.request)?;
            if call.filed.is_some() {
                *response = audit::shown_response(&answer);
            }
            Ok(call.protocol.encode(&answer))
        }
        Job::Control(request) => {
            control::run(tx, request)?;
            if **request == control::Request::Reset {
                register(tx, accounts);
            }
            Ok(Vec::new())
        }
        Job::Start(start) => {
            control::run(tx, &control::Request::Configure { settings: start.settings.clone(), clock: start.clock })?;
            register(tx, &start.accounts);
            Ok(Vec::new())
        }
        #[cfg(test)]
        Job::Panic => panic!("as the test wants it"),
    }
}

/// What is put on record of an answer that was kept.
fn shown_again(call: &Call, body: &[u8]) -> Option<String> {
    let answer = call.protocol.decode_response(call.request.operation(), body).ok()?;
    audit::shown_response(&answer)
}

/// Why there is no answer but this error.
pub(crate) fn refusal(outcome: &Outcome) -> Option<WireError> {
    let server = ErrorKind::Exception(Exception::DirectConnectServer);
    match outcome {
        Outcome::Accepted { .. } => None,
        Outcome::Refused(rejection) => {
            Some(WireError::new(ErrorKind::Exception(rejection.exception()), rejection.to_string()))
        }
        Outcome::Denied(text) => Some(WireError::new(ErrorKind::AccessDenied, text.clone())),
        Outcome::Throttled => Some(WireError::throttled()),
        Outcome::Panicked => Some(internal()),
        Outcome::Failed(text) => Some(WireError::new(server, text.clone())),
    }
}

/// Writes the accounts of the configuration that differ from what is stored. What an account has signed is its own
/// affair.
fn register(tx: &mut Tx<'_>, accounts: &[Account]) {
    for account in accounts {
        let known = tx.account(account.id);
        let agreements = known.as_ref().map(|known| known.agreements.clone()).unwrap_or_default();
        let wanted = Account { agreements, ..account.clone() };
        if known.as_deref() != Some(&wanted) {
            tx.put_account(wanted);
        }
    }
}
