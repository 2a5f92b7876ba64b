//! HTTP/1.1 and HTTP/2 on one listener: limits, the guard, and to whom a request belongs.

pub(crate) mod answer;
mod body;
mod guard;
mod idle;
mod limits;
mod listener;
pub(crate) mod log;

pub(crate) use guard::Guard;
pub(crate) use listener::serve;

use crate::control::Control;
use crate::pipeline;
use crate::service::Service;
use crate::sts::QueryError;
use answer::Answer;
use body::{Bodies, BodyError};
use crossconnect_api::Exception;
use crossconnect_wire::{ErrorKind, Protocol, Route, WireError, route};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderValue;
use hyper::http::request::Parts;
use hyper::{Request, Response};
use limits::BODY_MAX;
use log::Entry;
use std::sync::Arc;

/// Everything that a connection needs.
pub(crate) struct Handler {
    pub(crate) service: Arc<Service>,
    pub(crate) control: Control,
    pub(crate) guard: Guard,
    bodies: Bodies,
}

impl Handler {
    pub(crate) fn new(service: Arc<Service>, control: Control, guard: Guard) -> Self {
        Handler { service, control, guard, bodies: Bodies::new() }
    }

    /// Answers one request, and logs it.
    async fn handle(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let mut entry = Entry::new();
        let (parts, body) = request.into_parts();
        let answer = match self.guard.check(&parts.uri, &parts.headers) {
            Err(text) => self.denied(&parts, text, &entry),
            Ok(()) => match self.bodies.read(body).await {
                Err(error) => self.no_body(&parts, error),
                Ok(held) if Control::owns(parts.uri.path()) => {
                    self.control.answer(&parts, &held.bytes, &mut entry).await
                }
                Ok(held) => pipeline::answer(&self.service, &parts, &held.bytes, &mut entry).await,
            },
        };
        entry.write(&answer);
        respond(answer, entry.id())
    }

    /// A request that the guard refused, in the style of whom it was for.
    fn denied(&self, parts: &Parts, text: String, entry: &Entry) -> Answer {
        if Control::owns(parts.uri.path()) {
            return Control::denied(text);
        }
        let head = pipeline::head(parts);
        match route(&head) {
            Ok(Route::Form) => QueryError::denied(text).answer(entry.id()),
            Ok(Route::Json(_) | Route::Cbor(_)) | Err(_) => {
                Answer::error(Protocol::of(&head), &WireError::new(ErrorKind::AccessDenied, text))
            }
        }
    }

    fn no_body(&self, parts: &Parts, error: BodyError) -> Answer {
        let (kind, text) = match error {
            BodyError::TooLarge => {
                (ErrorKind::RequestEntityTooLarge, format!("The body is longer than {BODY_MAX} bytes."))
            }
            BodyError::Busy => (
                ErrorKind::Exception(Exception::DirectConnectServer),
                "Too many large requests at one time: try again.".to_owned(),
            ),
            BodyError::Incomplete => (ErrorKind::Serialization, "The body did not arrive whole.".to_owned()),
        };
        let error = WireError::new(kind, text);
        if Control::owns(parts.uri.path()) {
            return Control::refused(&error);
        }
        Answer::error(Protocol::of(&pipeline::head(parts)), &error)
    }
}

fn respond(answer: Answer, id: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() = answer.status;
    let headers = response.headers_mut();
    for (name, value) in answer.headers {
        headers.insert(*name, HeaderValue::from_static(value));
    }
    headers.insert("x-amzn-requestid", HeaderValue::from_str(id).expect("an id is hexadecimal"));
    if let Some(interrupts) = answer.interrupts {
        let ids = HeaderValue::from_str(&interrupts).expect("ids are ASCII");
        headers.insert("x-crossconnect-interrupts", ids);
    }
    response
}
