//! HTTP/1.1 and HTTP/2 on one listener: limits, the guard, and to whom a request belongs.

pub(crate) mod answer;
pub(crate) mod body;
mod crowd;
mod guard;
mod id;
mod idle;
mod limits;
mod listener;
pub(crate) mod log;
mod newcomers;
mod peer;
mod refusal;
pub(crate) mod sent;

pub(crate) use guard::Guard;
pub(crate) use limits::{Limit, Limits, Unit};
pub(crate) use listener::serve;
pub(crate) use peer::Peer;

use crate::audit::{Trail, shown_response};
use crate::caller::Callers;
use crate::clock;
use crate::control::Control;
use crate::ec2::Ec2;
use crate::metrics::{Asked, Form, Metrics};
use crate::pipeline::{self, Pipeline, internal};
use crate::secrets::SecretsManager;
use crate::service::Service;
use crate::sts::QueryError;
use crate::turns::{Standing, Turns};
use answer::{Answer, Sent};
use body::{Bodies, Upload};
use crossconnect_api::Exception;
use crossconnect_wire::{ErrorKind, Protocol, Route, WireError, route};
use hyper::body::Incoming;
use hyper::header::{ALLOW, CONTENT_ENCODING, EXPECT, HeaderValue};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use id::RequestId;
use log::Entry;
use sent::Body;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

/// What the API and STS call it when somebody asks for too much.
const THROTTLED: [&str; 2] = ["ThrottlingException", "Throttling"];

/// Everything that a connection needs.
pub(crate) struct Handler {
    pub(crate) service: Arc<Service>,
    pub(crate) callers: Callers,
    pub(crate) control: Control,
    pub(crate) guard: Guard,
    pub(crate) bodies: Bodies,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) ec2: Option<Ec2>,
    pub(crate) secrets: Option<SecretsManager>,
    pub(crate) trail: Option<Arc<Trail>>,
    pub(crate) turns: Arc<Turns>,
}

impl Handler {
    /// A connection was closed at once, since its peer has as many as it may.
    fn crowded(&self) {
        self.metrics.crowded();
    }

    /// Logs a head that was refused before anybody could see it, and answers the id of that.
    fn refused_head(&self, status: StatusCode, peer: Peer) -> RequestId {
        let mut entry = Entry::new(peer, false);
        entry.ask(Asked::Unknown, Form::Json);
        let answer = Answer::new(status, &[], Vec::new(), "BadHead");
        let took = entry.write(&answer);
        self.metrics.answered(entry.asked(), entry.form(), answer.outcome, took);
        entry.request_id()
    }

    /// Answers one request, and logs it.
    async fn handle(&self, request: Request<Incoming>, peer: Peer, standing: &Standing) -> Response<Body> {
        let mut entry = Entry::new(peer, self.trail.is_some());
        let (parts, body) = request.into_parts();
        let mut upload = self.bodies.upload(body, peer.address, parts.headers.contains_key(EXPECT));
        let answer = uncaught(self.answer(&parts, standing, &mut upload, &mut entry)).await;
        let answer = answer.unwrap_or_else(|| Answer::error(Protocol::of(&pipeline::head(&parts)), &internal()));
        let answer = self.recorded(answer, &parts, &mut entry).await;
        upload.drain().await;
        let took = entry.write(&answer);
        self.metrics.answered(entry.asked(), entry.form(), answer.outcome, took);
        respond(answer, &entry)
    }

    async fn answer(&self, parts: &Parts, standing: &Standing, upload: &mut Upload, entry: &mut Entry) -> Answer {
        if let Err(text) = self.guard.check(&parts.uri, &parts.headers) {
            return self.denied(parts, WireError::new(ErrorKind::AccessDenied, text), entry);
        }
        if let Err(error) = is_plain(&parts.headers) {
            return self.denied(parts, error, entry);
        }
        if Control::owns(parts.uri.path()) {
            return self.control.answer(parts, upload, &self.bodies, entry).await;
        }
        let (service, callers, bodies) = (&*self.service, &self.callers, &self.bodies);
        let (turns, ec2, secrets) = (&self.turns, self.ec2.as_ref(), self.secrets.as_ref());
        let pipeline = Pipeline { service, callers, bodies, turns, standing, ec2, secrets };
        pipeline.answer(parts, upload, entry).await
    }

    /// The answer, once the call is on record or certain to be; another one where it cannot be.
    async fn recorded(&self, answer: Answer, parts: &Parts, entry: &mut Entry) -> Answer {
        let Some(trail) = &self.trail else { return answer };
        let is_refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&answer.status);
        let is_look = [Method::GET, Method::HEAD].contains(&parts.method) && Control::owns(parts.uri.path());
        let Some(mut notes) = entry.notes().map(std::mem::take) else { return answer };
        if notes.is_recorded() || (is_look && !is_refused && !Control::shows_everything(parts.uri.path())) {
            return answer;
        }
        if notes.is_filed() {
            // Where several nodes change the store, none has a writer that makes records.
            notes.response(response_of(&answer, entry));
        }
        let error = (answer.outcome != "ok").then_some((answer.outcome, answer.text.as_deref()));
        let (came, at) = (entry.came(parts), clock::wall().0);
        let put = |record: &mut Vec<u8>| notes.put(came, at, error, record);
        if THROTTLED.contains(&answer.outcome) {
            trail.throttled(entry.peer().address, put);
            return answer;
        }
        let done = match error {
            None if notes.is_durable() => trail.record_durably(put).await,
            None | Some(_) => trail.gather(put).await,
        };
        match done {
            Ok(()) => answer,
            Err(text) => {
                let text = format!("The audit trail cannot be written: {text}");
                self.denied(parts, WireError::new(ErrorKind::Exception(Exception::DirectConnectServer), text), entry)
            }
        }
    }

    /// A request that is refused for what it is, in the style of whom it was for.
    fn denied(&self, parts: &Parts, error: WireError, entry: &Entry) -> Answer {
        if Control::owns(parts.uri.path()) {
            return Control::denied(&error);
        }
        let head = pipeline::head(parts);
        match route(&head) {
            Ok(Route::Form) => QueryError::refused(&error).answer(entry.id()),
            Ok(Route::Json(_) | Route::Cbor(_)) | Err(_) => Answer::error(Protocol::of(&head), &error),
        }
    }
}

/// What is put on record of an answer that goes out.
fn response_of(answer: &Answer, entry: &Entry) -> Option<String> {
    let protocol = match entry.form() {
        Form::Json => Protocol::Json,
        Form::Cbor => Protocol::Cbor,
        Form::Query | Form::Control => return None,
    };
    match (entry.asked(), &answer.body) {
        (Asked::Operation(operation), Sent::Whole(body)) => {
            shown_response(&protocol.decode_response(operation, body).ok()?)
        }
        _ => None,
    }
}

/// Refuses a body that would have to be unpacked: a small one can be a large one, and no client of the API packs any.
fn is_plain(headers: &HeaderMap) -> Result<(), WireError> {
    let packed =
        headers.get_all(CONTENT_ENCODING).iter().any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity"));
    if !packed {
        return Ok(());
    }
    let text = "Content-Encoding is not supported here; send the body as it is.";
    Err(WireError::new(ErrorKind::UnsupportedMediaType, text))
}

/// What a future comes to, or nothing if it panics. A request shares only values with others, which a panic leaves as
/// they were.
async fn uncaught<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(Poll::Ready(value)) => Poll::Ready(Some(value)),
        Ok(Poll::Pending) => Poll::Pending,
        Err(_) => Poll::Ready(None),
    })
    .await
}

fn respond(answer: Answer, entry: &Entry) -> Response<Body> {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = answer.status;
    let headers = response.headers_mut();
    for (name, value) in answer.headers {
        headers.insert(*name, HeaderValue::from_static(value));
    }
    headers.insert("x-amzn-requestid", entry.id_header());
    if let Some(methods) = answer.allow {
        headers.insert(ALLOW, methods);
    }
    if let Some(interrupts) = answer.interrupts {
        let ids = HeaderValue::from_str(&interrupts).expect("ids are ASCII");
        headers.insert("x-crossconnect-interrupts", ids);
    }
    response
}
