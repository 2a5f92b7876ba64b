//! One request of the AWS API, from its head and body to its answer: route, caller, operation, document, decision.

use crate::decide::{Call, Job, Outcome};
use crate::http::answer::Answer;
use crate::http::log::Entry;
use crate::replay;
use crate::service::Service;
use crate::sts;
use crossconnect_api::{Exception, Operation};
use crossconnect_auth::{AuthError, Claim};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_wire::{ErrorKind, Head, Protocol, WireError, route};
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::http::request::Parts;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A call with this header is decided and answered, and changes nothing.
const DRY_RUN: &str = "x-crossconnect-dry-run";

/// What a request comes to before anything is decided.
enum Step {
    Done(Answer),
    Read(Job),
    Change(Job),
}

/// What of a request's head decides where it goes.
pub(crate) fn head(parts: &Parts) -> Head<'_> {
    Head {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        target: text(&parts.headers, "x-amz-target"),
        amzn_target: text(&parts.headers, "x-amzn-target"),
        content_type: text(&parts.headers, CONTENT_TYPE.as_str()),
        smithy_protocol: text(&parts.headers, "smithy-protocol"),
    }
}

/// Answers one request.
pub(crate) async fn answer(service: &Service, parts: &Parts, body: &[u8], entry: &mut Entry) -> Answer {
    let protocol = Protocol::of(&head(parts));
    let dry_run = match dry_run(&parts.headers) {
        Ok(dry_run) => dry_run,
        Err(error) => return Answer::error(protocol, &error),
    };
    // Everything up to the decision works on values of its own, so a panic leaves nothing behind.
    let step = catch_unwind(AssertUnwindSafe(|| prepare(service, parts, body, entry)));
    let outcome = match step.unwrap_or_else(|_| Err(internal())) {
        Err(error) => return Answer::error(protocol, &error),
        Ok(Step::Done(answer)) => return answer,
        Ok(Step::Read(job)) => service.rehearse(&job),
        Ok(Step::Change(job)) if dry_run => service.rehearse(&job),
        Ok(Step::Change(job)) => service.change(job).await,
    };
    let (mut answer, interrupts) = match accepted(outcome) {
        Ok((body, interrupts)) => (Answer::ok(protocol, body), interrupts.join(",")),
        Err(error) => (Answer::error(protocol, &error), String::new()),
    };
    answer.interrupts = dry_run.then_some(interrupts);
    answer
}

fn prepare(service: &Service, parts: &Parts, body: &[u8], entry: &mut Entry) -> Result<Step, WireError> {
    let claim = || Claim::read(text(&parts.headers, AUTHORIZATION.as_str()), parts.uri.query());
    let Some((protocol, operation)) = route(&head(parts))?.operation() else {
        return Ok(Step::Done(form(service, claim(), body, entry)));
    };
    entry.operation(operation.name());
    let facts = crossconnect_core::facts(operation).ok_or_else(|| not_built(operation))?;
    let claim = claim().map_err(refused_claim)?;
    let identity = service.accounts.resolve_open(&claim.access_key_id);
    let account = AccountId::new(identity.account).expect("accounts have twelve digits");
    let region = Region::new(&claim.region).expect("a claim's Region is short");
    entry.caller(account, region);
    let request = protocol.decode(operation, body)?;
    let replay = text(&parts.headers, replay::HEADER)
        .filter(|_| facts.writes())
        .map(|invocation| replay::key(identity.account, &claim, (protocol, operation), invocation, body));
    let job = Job::Call(Box::new(Call { account, region, protocol, request, replay }));
    Ok(if facts.writes() { Step::Change(job) } else { Step::Read(job) })
}

fn form(service: &Service, claim: Result<Claim, AuthError>, body: &[u8], entry: &mut Entry) -> Answer {
    entry.operation("sts");
    let answered = claim.map_err(sts::QueryError::from).and_then(|claim| {
        let identity = service.accounts.resolve_open(&claim.access_key_id);
        if let (Some(account), Some(region)) = (AccountId::new(identity.account), Region::new(&claim.region)) {
            entry.caller(account, region);
        }
        sts::read(body)?;
        entry.operation("sts:GetCallerIdentity");
        Ok(sts::caller_identity(&identity, &claim.region, entry.id()))
    });
    answered.unwrap_or_else(|error| error.answer(entry.id()))
}

/// The body and what is interrupted, or why there is none.
fn accepted(outcome: Outcome) -> Result<(Vec<u8>, Vec<String>), WireError> {
    match outcome {
        Outcome::Accepted { body, interrupts } => Ok((body, interrupts)),
        Outcome::Refused(rejection) => {
            Err(WireError::new(ErrorKind::Exception(rejection.exception()), rejection.to_string()))
        }
        Outcome::Panicked => Err(internal()),
        Outcome::Failed(text) => Err(WireError::new(ErrorKind::Exception(Exception::DirectConnectServer), text)),
    }
}

/// Only `true` and `false` are understood: a call that was meant as a rehearsal must not become real by a typing error.
fn dry_run(headers: &HeaderMap) -> Result<bool, WireError> {
    match headers.get(DRY_RUN).map(|value| value.to_str().unwrap_or_default()) {
        None => Ok(false),
        Some(value) if value.eq_ignore_ascii_case("true") => Ok(true),
        Some(value) if value.eq_ignore_ascii_case("false") => Ok(false),
        Some(_) => Err(WireError::new(
            ErrorKind::Exception(Exception::DirectConnectClient),
            format!("The header {DRY_RUN} is neither true nor false."),
        )),
    }
}

fn refused_claim(error: AuthError) -> WireError {
    let message = error.to_string();
    let kind = match error {
        AuthError::Missing => ErrorKind::MissingAuthenticationToken,
        AuthError::Incomplete(_) => ErrorKind::IncompleteSignature,
        AuthError::Invalid(_) => ErrorKind::InvalidSignature,
    };
    WireError::new(kind, message)
}

fn not_built(operation: Operation) -> WireError {
    WireError::new(
        ErrorKind::UnknownOperation,
        format!("{operation} is an operation of AWS Direct Connect that this release of Crossconnect does not have."),
    )
}

fn internal() -> WireError {
    WireError::new(ErrorKind::InternalFailure, "Crossconnect failed; nothing was changed. The log has the place.")
}

/// A header as text; one that is not ASCII counts as absent.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
