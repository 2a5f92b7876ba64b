//! One decision, as the server makes it, and what is remembered of it so that it can be made again.

use super::script::{Ask, What};
use crate::random::Random;
use crossconnect_core::control;
use crossconnect_core::{Batch, Changed, Context, Rejection, Repeat, Replay, State, Timestamp, Tx, change};
use crossconnect_wire::json;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// One attempt at one call, on its way through one node.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) attempt: u32,
    pub(super) ask: Arc<Ask>,
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// Done; `again` where it had been done before.
    Accepted { body: Vec<u8>, again: bool },
    /// A rule was broken: its name, and what the caller reads.
    Refused { name: String, exception: &'static str, text: String },
    /// The world failed.
    Failed(String),
    /// We are wrong.
    Panicked,
}

/// A decision that wrote something: all that it takes to make it again.
#[derive(Debug, Clone)]
pub(super) struct Decided {
    pub(super) job: Job,
    pub(super) system_time: Timestamp,
    /// The time of the last commit that it knew of.
    pub(super) last_commit: Timestamp,
    pub(super) batch: Batch,
    pub(super) body: Vec<u8>,
}

/// A rule that is broken on purpose, to see that it is found out.
pub type Sabotage = fn(&mut Tx<'_>, &Ask);

/// Decides on `state` at `system_time`; what was written, where something was.
pub(super) fn decide(
    state: &State,
    job: &Job,
    system_time: Timestamp,
    sabotage: Option<Sabotage>,
) -> (Answer, Option<(Batch, State)>) {
    let ask = &job.ask;
    let mut random = Random::new(ask.seed);
    let mut fill = |bytes: &mut [u8]| random.fill(bytes);
    let decided = catch_unwind(AssertUnwindSafe(|| {
        let tx = Tx::new(state, Context { system_time, ..ask.context }, &mut fill);
        change(tx, Some(ask.as_ref() as &dyn Repeat), |tx| run(tx, ask, sabotage))
    }));
    match decided {
        Ok((Changed::Before(body), _)) => (Answer::Accepted { body, again: true }, None),
        Ok((Changed::Now { body, .. }, batch)) => (Answer::Accepted { body, again: false }, batch),
        Ok((Changed::Refused(rejection), _)) => (refused(&rejection), None),
        Err(_) => (Answer::Panicked, None),
    }
}

/// The same without looking whether it was made before, and without keeping its answer or sweeping: what it must come to.
pub(super) fn again(
    state: &State,
    decided: &Decided,
    sabotage: Option<Sabotage>,
) -> Result<(Vec<u8>, Option<Batch>), Rejection> {
    let ask = &decided.job.ask;
    let mut random = Random::new(ask.seed);
    let mut fill = |bytes: &mut [u8]| random.fill(bytes);
    let mut tx = Tx::new(state, Context { system_time: decided.system_time, ..ask.context }, &mut fill);
    let body = run(&mut tx, ask, sabotage)?;
    Ok((body, tx.finish().map(|(batch, _)| batch)))
}

/// A read, or a rehearsal: nothing is kept of it.
pub(super) fn rehearse(state: &State, ask: &Ask, system_time: Timestamp) -> Answer {
    let mut random = Random::new(ask.seed);
    let mut fill = |bytes: &mut [u8]| random.fill(bytes);
    let decided = catch_unwind(AssertUnwindSafe(|| {
        let mut tx = Tx::rehearsal(state, Context { system_time, ..ask.context }, &mut fill);
        run(&mut tx, ask, None)
    }));
    match decided {
        Ok(Ok(body)) => Answer::Accepted { body, again: false },
        Ok(Err(rejection)) => refused(&rejection),
        Err(_) => Answer::Panicked,
    }
}

fn run(tx: &mut Tx<'_>, ask: &Ask, sabotage: Option<Sabotage>) -> Result<Vec<u8>, Rejection> {
    let body = match &ask.what {
        What::Call(request, told) => {
            if let Some(answer) = told {
                tx.hear_of_ec2(answer.clone());
            }
            json::encode(&crossconnect_core::run(tx, request)?)
        }
        What::Control(request) => {
            control::run(tx, request)?;
            Vec::new()
        }
    };
    if let Some(sabotage) = sabotage {
        sabotage(tx, ask);
    }
    Ok(body)
}

fn refused(rejection: &Rejection) -> Answer {
    Answer::Refused { name: rejection.name(), exception: rejection.exception().name(), text: rejection.to_string() }
}

/// Answers are kept as they are: how they are sealed is the server's own.
impl Repeat for Ask {
    fn name(&self) -> [u8; 32] {
        Ask::name(self)
    }

    fn seal(&self, answered: Timestamp, body: &[u8]) -> Replay {
        Replay { call: Ask::name(self), answered, body: body.to_vec(), nonce: None }
    }

    fn open(&self, kept: &Replay) -> Option<Vec<u8>> {
        Some(kept.body.clone())
    }
}
