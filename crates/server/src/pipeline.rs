//! One request of the AWS API, from its head and body to its answer: route, caller, operation, document, decision.
//!
//! What the head alone decides is refused before the body is read.

mod secrets;
mod unheard;

use crate::asking::AskError;
use crate::audit;
use crate::authority::Authority;
use crate::caller::{self, Caller, Callers, Proven};
use crate::clock;
use crate::decide::{Call, Outcome, refusal};
use crate::ec2::Ec2;
use crate::http::answer::Answer;
use crate::http::body::{Bodies, Held, Upload};
use crate::http::log::Entry;
use crate::metrics::{Asked, Form};
use crate::replay::{self, Repeatable};
use crate::secrets::SecretsManager;
use crate::service::Service;
use crate::sts::{self, QueryError};
use crate::turns::{Standing, Turn, Turns, Work};
use crossconnect_api::{Exception, Operation, Request};
use crossconnect_auth::signature::{Endpoint, Presigned};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::gateway::Ec2Answer;
use crossconnect_core::{Access, Context, Ec2Question, Facts, Tx, ec2_question};
use crossconnect_wire::{ErrorKind, Head, Protocol, Route, WireError, route};
use hyper::HeaderMap;
use hyper::header::CONTENT_TYPE;
use hyper::http::request::Parts;
use std::sync::Arc;
use unheard::Unheard;

/// A call with this header is decided and answered, and changes nothing.
const DRY_RUN: &str = "x-crossconnect-dry-run";

/// Who answers, and on whose account.
#[derive(Clone, Copy)]
pub(crate) struct Pipeline<'a> {
    pub(crate) service: &'a Service,
    pub(crate) callers: &'a Callers,
    pub(crate) bodies: &'a Bodies,
    pub(crate) turns: &'a Arc<Turns>,
    /// What the connection has shown so far.
    pub(crate) standing: &'a Standing,
    /// Who is asked for gateways of EC2.
    pub(crate) ec2: Option<&'a Ec2>,
    /// Who holds the secrets of MACsec keys.
    pub(crate) secrets: Option<&'a SecretsManager>,
}

/// What a request wants of the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wants {
    Change,
    Read,
    Nothing,
}

/// A caller who is there, the body, and the turn in which the work is done.
struct Heard<'r> {
    proven: Proven<'r>,
    held: Held,
    turn: Turn<'r>,
}

/// What of a request's head decides where it goes.
pub(crate) fn head(parts: &Parts) -> Head<'_> {
    Head {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        target: text(&parts.headers, "x-amz-target"),
        amzn_target: text(&parts.headers, "x-amzn-target"),
        content_type: text(&parts.headers, CONTENT_TYPE.as_str()),
        smithy_protocol: text(&parts.headers, "smithy-protocol"),
    }
}

impl Pipeline<'_> {
    /// Answers one request.
    pub(crate) async fn answer(self, parts: &Parts, upload: &mut Upload, entry: &mut Entry) -> Answer {
        let head = head(parts);
        let answered = match route(&head).map(Route::operation) {
            Ok(Some((protocol, operation))) => self.call(protocol, operation, parts, upload, entry).await,
            Ok(None) => {
                let answered = self.form(parts, upload, entry).await;
                return answered.unwrap_or_else(|error| error.answer(entry.id()));
            }
            Err(error) => {
                entry.ask(Asked::Unknown, Protocol::of(&head).into());
                Err(error)
            }
        };
        answered.unwrap_or_else(|error| Answer::error(Protocol::of(&head), &error))
    }

    async fn call(
        self,
        protocol: Protocol,
        operation: Operation,
        parts: &Parts,
        upload: &mut Upload,
        entry: &mut Entry,
    ) -> Result<Answer, WireError> {
        entry.operation(operation.name());
        entry.ask(Asked::Operation(operation), protocol.into());
        let dry_run = dry_run(&parts.headers)?;
        let facts = crossconnect_core::facts(operation);
        let fields = caller::fields(&parts.headers);
        let signed = caller::signed_head(parts, &fields);
        let presigned = self.callers.presigned(parts).map_err(Unheard::Signature)?;
        let is_change = facts.writes() && !dry_run;
        if let Some(notes) = entry.notes() {
            notes.read_only(matches!(facts.access, Access::Read | Access::List));
            notes.dry_run(dry_run);
        }
        let wants = if is_change { Wants::Change } else { Wants::Read };
        let heard = self.hear((&signed, presigned.as_ref()), (&caller::API, wants), upload).await?;
        let Heard { proven, held, mut turn } = heard;
        let caller = self.callers.caller(&proven, &signed);
        let account = AccountId::new(&caller.principal.account).expect("accounts have twelve digits");
        let region = Region::new(caller.region).expect("a signature's Region is short");
        self.standing.proves(account);
        entry.caller(account, region);
        if let Some(notes) = entry.notes() {
            notes.caller(&caller);
        }
        let authority = caller.authority(entry.peer());
        let request = protocol.decode(operation, &held.bytes)?;
        if let Some(notes) = entry.notes() {
            notes.parameters(audit::shown_request(&request));
            notes.protects(audit::protected(&request));
        }
        let replay = replay_key(&caller, (protocol, operation), facts, parts, &held);
        if let Some(authority) = &authority {
            self.foresee(authority, (account, region), &request)?;
        }
        if facts.writes() || self.secrets.is_some() {
            // From here on others do the work, and are waited for.
            turn.ends();
        }
        if !dry_run {
            self.watch_secrets(&caller, (account, region), &request).await;
        }
        let ec2_answer = self.ask_ec2(&caller, (account, region), &request).await?;
        let (secret_answer, filed) = (None, if is_change { entry.file(parts) } else { None });
        let sealer = self.service.sealer();
        let call =
            Call { account, region, protocol, request, authority, ec2_answer, secret_answer, replay, filed, sealer };
        let (job, held) = self.ask_secrets(&caller, call, dry_run).await?;
        let outcome = if is_change { self.service.change(job).await } else { self.service.rehearse(&job) };
        self.release(held, &outcome).await;
        let (mut answer, interrupts) = match accepted(outcome) {
            Ok((body, interrupts)) => (Answer::ok(protocol, body), interrupts),
            Err(error) => (Answer::error(protocol, &error), Vec::new()),
        };
        answer.interrupts = dry_run.then(|| interrupts.join(","));
        Ok(answer)
    }

    /// Refuses a call, before another service is asked about it, that its caller's policies do not allow by what is known
    /// now. Whether they do when it is decided is asked then.
    fn foresee(
        self,
        authority: &Authority,
        (account, region): (AccountId, Region),
        request: &Request,
    ) -> Result<(), WireError> {
        if self.ec2.is_none() && self.secrets.is_none() {
            return Ok(());
        }
        let (state, mut random) = (self.service.snapshot(), clock::random);
        let context = Context { account, region, system_time: clock::wall() };
        let mut tx = Tx::rehearsal(&state, context, &mut random);
        authority.require(&mut tx, request).map_err(|text| WireError::new(ErrorKind::AccessDenied, text))
    }

    /// What an EC2 endpoint says of the gateway that a request names, where one is configured and knows better than we.
    async fn ask_ec2(
        self,
        caller: &Caller<'_>,
        (account, region): (AccountId, Region),
        request: &Request,
    ) -> Result<Option<Ec2Answer>, WireError> {
        let Some(ec2) = self.ec2 else { return Ok(None) };
        let context = Context { account, region, system_time: clock::wall() };
        let Some(question) = ec2_question(&self.service.snapshot(), context, request) else { return Ok(None) };
        let owner = match question {
            Ec2Question::Gateway(said) => said.owner,
            Ec2Question::VirtualPrivate => account,
        };
        // Nobody can ask for an account without a key; then what is known already counts.
        let Some(asker) = self.callers.asker(caller, owner) else { return Ok(None) };
        let failed = |error: AskError| WireError::new(ErrorKind::Exception(Exception::DirectConnectServer), error.0);
        ec2.ask(question, account, region, &asker).await.map(Some).map_err(failed)
    }

    async fn form(self, parts: &Parts, upload: &mut Upload, entry: &mut Entry) -> Result<Answer, QueryError> {
        entry.operation("sts");
        entry.ask(Asked::Unknown, Form::Query);
        let fields = caller::fields(&parts.headers);
        let signed = caller::signed_head(parts, &fields);
        let presigned = self.callers.presigned(parts).map_err(Unheard::Signature)?;
        let heard = self.hear((&signed, presigned.as_ref()), (&caller::STS, Wants::Nothing), upload).await?;
        let Heard { proven, held, turn: _turn } = heard;
        let caller = self.callers.caller(&proven, &signed);
        if let (Some(account), Some(region)) = (AccountId::new(&caller.principal.account), Region::new(caller.region)) {
            self.standing.proves(account);
            entry.caller(account, region);
        }
        if let Some(notes) = entry.notes() {
            notes.caller(&caller);
            notes.read_only(true);
        }
        let (action, form) = sts::read(parts.uri.query().unwrap_or_default(), &held.bytes)?;
        entry.operation(format!("sts:{}", action.name()));
        entry.ask(Asked::Sts(action), Form::Query);
        let (callers, peer, request_id) = (self.callers, entry.peer(), entry.id());
        let answered = sts::answer(sts::Asker { callers, caller: &caller, peer, request_id }, action, &form);
        if let Some(notes) = entry.notes() {
            sts::note(notes, action, &form, answered.as_ref().ok());
        }
        answered
    }

    /// The caller, from the head, then the body. What is cheap to find out comes first: whether the head can be true, then
    /// whether there is room for the call; only then is the body read, the signature computed and the document decoded.
    async fn hear<'r>(
        &'r self,
        (head, presigned): (&'r caller::SignedHead<'r>, Option<&'r Presigned>),
        (endpoint, wants): (&Endpoint<'_>, Wants),
        upload: &mut Upload,
    ) -> Result<Heard<'r>, Unheard> {
        let claimed = self.callers.claim(head, presigned, endpoint).map_err(Unheard::Signature)?;
        let claimant = claimed.claimant();
        if wants == Wants::Change && !self.service.has_room(&claimant) {
            return Err(Unheard::Busy);
        }
        let lane = self.standing.lane_of(&claimant);
        let work = if wants == Wants::Change { Work::Changes } else { Work::Reads };
        let admitted = self.turns.admit(self.standing, lane, work).ok_or(Unheard::Busy)?;
        let held = self.bodies.read(upload).await.map_err(Unheard::Body)?;
        let mut turn = admitted.turn().await;
        let proven = self.callers.prove(claimed, &held.bytes).map_err(Unheard::Signature)?;
        // A change is decided on what is current anyway; before that, others may be asked about what is known.
        let asks = self.ec2.is_some() || self.secrets.is_some();
        let is_current = wants == Wants::Nothing || (wants == Wants::Change && !asks);
        if !is_current && self.service.node().is_some() {
            // Only now: who has proven nothing makes nobody ask etcd.
            turn.ends();
            self.service.catch_up().await;
            turn.goes_on().await;
        }
        Ok(Heard { proven, held, turn })
    }
}

/// How the answer is kept, for a write that its client may repeat.
fn replay_key(
    caller: &Caller<'_>,
    call: (Protocol, Operation),
    facts: &Facts,
    parts: &Parts,
    held: &Held,
) -> Option<Repeatable> {
    let invocation = text(&parts.headers, replay::HEADER).filter(|_| facts.writes())?;
    Some(Repeatable::new(caller, call, invocation, &held.bytes))
}

/// The body and what is interrupted, or why there is none.
fn accepted(outcome: Outcome) -> Result<(Vec<u8>, Vec<String>), WireError> {
    match outcome {
        Outcome::Accepted { body, interrupts } => Ok((body, interrupts)),
        refused => Err(refusal(&refused).unwrap_or_else(internal)),
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

/// What is answered when we are at fault.
pub(crate) fn internal() -> WireError {
    WireError::new(ErrorKind::InternalFailure, "Crossconnect failed; nothing was changed. The log has the place.")
}

/// A header as text; one that is not ASCII counts as absent.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
