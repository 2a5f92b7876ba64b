//! What a Secrets Manager has to do with a call: it holds the pair that the call gives, it is asked for the secret that the
//! call names, and whether the secrets of the caller's keys are still there.

use super::Pipeline;
use crate::asking::{AskError, Asker};
use crate::caller::Caller;
use crate::decide::{Call, Job, Outcome};
use crate::secrets::{Turn, Undo};
use crossconnect_api::{Exception, Request};
use crossconnect_core::control::{self, Secret};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::mac_sec::{MacSecSecret, SecretAnswer};
use crossconnect_core::{SecretQuestion, secret_question, watched_secrets};
use crossconnect_wire::{ErrorKind, WireError};

/// How many secrets one call asks about at most; the next one asks about the others.
const WATCHED_MAX: usize = 8;

/// A pair that a Secrets Manager was given for a call which is not decided yet.
pub(super) struct Held<'a> {
    asker: Asker,
    region: Region,
    undo: Undo,
    /// Until it is decided, no other call gives a pair of this name.
    _turn: Turn<'a>,
}

impl<'a> Pipeline<'a> {
    /// Asks whether the secrets of the caller's keys are still there, where the call is about keys, and has what has become
    /// of them decided like a call of the operator's. It goes on without an answer: then what is known counts.
    pub(super) async fn watch_secrets(
        self,
        caller: &Caller<'_>,
        (account, region): (AccountId, Region),
        request: &Request,
    ) {
        let Some(secrets) = self.secrets else { return };
        // Whoever gives a key wants to know what holds now.
        let is_given = matches!(request, Request::AssociateMacSecKey(_));
        let known = watched_secrets(&self.service.snapshot(), account, region, request);
        let due = known.iter().filter(|secret| is_given || secrets.is_due(&secret.arn)).take(WATCHED_MAX);
        let Some(asker) = self.callers.asker(caller, account) else { return };
        for secret in due {
            let question = SecretQuestion::Find { arn: secret.arn.to_string() };
            secrets.asked(&secret.arn);
            // The log has why there is no answer; the other secrets would get none either.
            let Ok((answer, _)) = secrets.ask(&question, region, &asker).await else { return };
            let is_ending = !matches!(answer, SecretAnswer::Held { .. });
            if is_ending != secret.ending.is_some() {
                self.tell(secret, is_ending).await;
            }
        }
    }

    async fn tell(self, secret: &MacSecSecret, is_ending: bool) {
        let (owner, region) = (secret.owner.to_string(), secret.region.to_string());
        let secret = Secret { ckn: secret.ckn.to_string(), owner, region };
        let request = control::Request::SetSecret { secret, is_ending };
        let outcome = self.service.change(Job::Control(Box::new(request))).await;
        if !matches!(outcome, Outcome::Accepted { .. }) {
            tracing::warn!(
                ?outcome,
                "what became of a MACsec key's secret could not be kept; the next call asks again"
            );
        }
    }

    /// The call as a job, with what a Secrets Manager says of the secret that it gives or names. A pair is handed over by a
    /// call that would be accepted, and never by a rehearsal.
    pub(super) async fn ask_secrets(
        self,
        caller: &Caller<'_>,
        call: Call,
        dry_run: bool,
    ) -> Result<(Job, Option<Held<'a>>), WireError> {
        let (account, region) = (call.account, call.region);
        let question = self.secrets.and_then(|secrets| Some((secrets, secret_question(region, &call.request)?)));
        let mut job = Job::Call(Box::new(call));
        let Some((secrets, question)) = question else { return Ok((job, None)) };
        let Some(asker) = self.callers.asker(caller, account) else { return Ok((job, None)) };
        let turn = match &question {
            SecretQuestion::Hold { name, .. } => {
                let turn = secrets.turn(format!("{account} {name}")).await;
                if dry_run || !matches!(self.service.rehearse(&job), Outcome::Accepted { .. }) {
                    return Ok((job, None));
                }
                Some(turn)
            }
            SecretQuestion::Find { .. } => None,
        };
        let failed = |error: AskError| WireError::new(ErrorKind::Exception(Exception::DirectConnectServer), error.0);
        let (answer, undo) = secrets.ask(&question, region, &asker).await.map_err(failed)?;
        if let Job::Call(call) = &mut job {
            call.secret_answer = Some(answer);
        }
        let held = undo.zip(turn).map(|(undo, _turn)| Held { asker, region, undo, _turn });
        Ok((job, held))
    }

    /// Takes back what a Secrets Manager was given for a call that was refused after all, because of what came between.
    /// What the store could not take may have been kept nevertheless: then the pair stays.
    pub(super) async fn release(self, held: Option<Held<'_>>, outcome: &Outcome) {
        let (Some(secrets), Some(held)) = (self.secrets, held) else { return };
        match outcome {
            Outcome::Refused(_) | Outcome::Denied(_) | Outcome::Throttled | Outcome::Panicked => {
                // The log has why it could not be taken back.
                drop(secrets.undo(&held.undo, held.region, &held.asker).await);
            }
            Outcome::Accepted { .. } | Outcome::Failed(_) => {}
        }
    }
}
