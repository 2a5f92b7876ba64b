//! The operator's control API: plain JSON under `/_crossconnect/`, described by `openapi.json` beside this file.
//!
//! Every call that changes something is a decision of the core, through the same writer as the API's own.

mod body;
mod calls;
mod path;
mod problem;
mod reads;

use crate::config::StoreAt;
use crate::http::answer::{Answer, JSON, JSON_HEADERS};
use crate::http::log::Entry;
use crate::service::Service;
use axum::Router;
use axum::routing::{get, post, put};
use crossconnect_wire::{ErrorKind, WireError};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, ORIGIN};
use hyper::http::request::Parts;
use hyper::service::Service as _;
use hyper::{Method, Request, StatusCode};
use hyper_util::service::TowerToHyperService;
use problem::Problem;
use serde::Serialize;
use std::sync::Arc;

/// Where the control API begins.
const PREFIX: &str = "/_crossconnect/";
/// What existing test suites call to empty their server.
const MOTO_RESET: &str = "/moto-api/reset";
/// A call of the AWS API with this header is a rehearsal; calls of the operator have none.
const DRY_RUN: &str = "x-crossconnect-dry-run";
/// How much of a path the log repeats, in characters.
const LOGGED_MAX: usize = 128;

/// What the control API knows of this start.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) store: StoreAt,
    pub(crate) allow_reset: bool,
}

/// What every call has.
pub(super) struct Shared {
    service: Arc<Service>,
    facts: Facts,
}

/// The control API.
pub(crate) struct Control {
    router: TowerToHyperService<Router>,
}

impl Control {
    pub(crate) fn new(service: Arc<Service>, facts: Facts) -> Self {
        let router = Router::new()
            .route("/_crossconnect/openapi.json", get(reads::openapi))
            .route("/_crossconnect/health", get(reads::health))
            .route("/_crossconnect/clock", get(reads::clock).post(calls::clock))
            .route("/_crossconnect/reset", post(calls::reset))
            .route(MOTO_RESET, post(calls::reset))
            .route("/_crossconnect/resources/{id}/timeline", get(reads::timeline))
            .route("/_crossconnect/resources/{id}/advance", post(calls::advance))
            .route("/_crossconnect/ports/{connection_id}", put(calls::port))
            .route("/_crossconnect/devices/{device}", put(calls::device))
            .route("/_crossconnect/accounts/{id}", put(calls::account))
            .fallback(problem::unknown_path)
            .method_not_allowed_fallback(problem::unknown_method)
            .with_state(Arc::new(Shared { service, facts }));
        Control { router: TowerToHyperService::new(router) }
    }

    /// Whether a path is one of the control API.
    pub(crate) fn owns(path: &str) -> bool {
        path.starts_with(PREFIX) || path == MOTO_RESET
    }

    /// Answers one call.
    pub(crate) async fn answer(&self, parts: &Parts, body: &Bytes, entry: &mut Entry) -> Answer {
        let path: String = parts.uri.path().chars().take(LOGGED_MAX).collect();
        entry.operation(format!("{} {path}", parts.method));
        if let Err(problem) = is_allowed(parts) {
            return problem.answer();
        }
        let mut request = Request::new(Full::new(body.clone()));
        *request.method_mut() = parts.method.clone();
        *request.uri_mut() = parts.uri.clone();
        let response = match self.router.call(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (head, body) = response.into_parts();
        let outcome = head.extensions.get::<Named>().map_or("ok", |named| named.0);
        let body = body.collect().await.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
        Answer { status: head.status, headers: JSON_HEADERS, body, interrupts: None, outcome }
    }

    /// The answer to a request that the guard refused.
    pub(crate) fn denied(text: String) -> Answer {
        Problem::new(StatusCode::FORBIDDEN, "Forbidden", text).answer()
    }

    /// The answer to a request whose body could not be read.
    pub(crate) fn refused(error: &WireError) -> Answer {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let code = match error.kind {
            ErrorKind::RequestEntityTooLarge => "TooLarge",
            ErrorKind::Exception(_) => "Busy",
            _ => "BadRequest",
        };
        Problem::new(status, code, error.message.clone()).answer()
    }
}

/// The name of an error, on its way to the log.
#[derive(Debug, Clone, Copy)]
struct Named(&'static str);

/// What a foreign page cannot send without being asked first: a changing call is marked as JSON. The reset that test
/// suites know has no content type, so it must have no origin.
fn is_allowed(parts: &Parts) -> Result<(), Problem> {
    if parts.headers.contains_key(DRY_RUN) {
        let text =
            format!("The header {DRY_RUN} is for calls of the AWS API; calls of the operator have no rehearsal.");
        return Err(Problem::new(StatusCode::BAD_REQUEST, "BadRequest", text));
    }
    if [Method::GET, Method::HEAD].contains(&parts.method) {
        return Ok(());
    }
    let content_type = parts.headers.get(CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default());
    let media = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let is_bare_reset = parts.uri.path() == MOTO_RESET && !parts.headers.contains_key(ORIGIN);
    if media.eq_ignore_ascii_case(JSON) || is_bare_reset {
        return Ok(());
    }
    let text = format!("content-type is {media:?}, expected {JSON} on calls that change something.");
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaType", text))
}

/// A value as the body of an answer.
fn json(value: &impl Serialize) -> axum::body::Body {
    serde_json::to_vec(value).expect("our own values can be written as JSON").into()
}
