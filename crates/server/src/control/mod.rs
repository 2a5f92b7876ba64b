//! The operator's control API: plain JSON under `/_crossconnect/`, described by `openapi.json` beside this file.
//!
//! Every call that changes something is a decision of the core, through the same writer as the API's own.

mod audit;
mod body;
mod calls;
mod far_end;
mod path;
mod problem;
mod reads;
mod registry;
mod registry_shown;
pub(crate) mod snapshot;

use crate::audit::{self as trail, Trail};
use crate::config::StoreAt;
use crate::directory::Directory;
use crate::events::Events;
use crate::http::answer::{Answer, Header, JSON, JSON_HEADERS, Sent};
use crate::http::body::{Bodies, Upload};
use crate::http::log::Entry;
use crate::http::sent::Stream;
use crate::metrics::{Asked, Exposition, Form};
use crate::service::Service;
use axum::Router;
use axum::routing::{get, post, put};
use crossconnect_auth::signature::Secret;
use crossconnect_wire::{ErrorKind, WireError};
use http_body_util::{BodyExt, Full};
use hyper::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, ORIGIN};
use hyper::http::request::Parts;
use hyper::service::Service as _;
use hyper::{Method, Request, StatusCode};
use hyper_util::service::TowerToHyperService;
use problem::Problem;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};

/// Where the control API begins.
const PREFIX: &str = "/_crossconnect/";
/// What existing test suites call to empty their server.
const MOTO_RESET: &str = "/moto-api/reset";
/// Where Prometheus looks by itself.
const METRICS: &str = "/metrics";
/// A call of the AWS API with this header is a rehearsal; calls of the operator have none.
const DRY_RUN: &str = "x-crossconnect-dry-run";
/// The last event that a reader has seen, which comes back.
const LAST_EVENT_ID: &str = "last-event-id";
/// How much of a path the log repeats, in characters.
const LOGGED_MAX: usize = 128;

/// What the control API knows of this start.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) store: StoreAt,
    pub(crate) allow_reset: bool,
}

/// Who may use the control API.
pub(crate) enum Door {
    /// Whoever reaches it.
    Open,
    /// Whoever has the operator's token.
    Token(Secret),
    /// Nobody: callers must prove who they are, and there is no token.
    Closed,
}

/// What every call has.
pub(crate) struct Shared {
    pub(crate) service: Arc<Service>,
    pub(crate) directory: Arc<Directory>,
    pub(crate) facts: Facts,
    pub(crate) events: Arc<Events>,
    pub(crate) shown: Exposition,
    pub(crate) snapshots: snapshot::Places,
    pub(crate) trail: Option<Arc<Trail>>,
}

/// The control API.
pub(crate) struct Control {
    router: TowerToHyperService<Router>,
    door: Door,
}

/// Reads a body as that of any call.
///
/// # Errors
/// Why it is that of none, as the last one says it.
pub(crate) fn readable(body: &[u8]) -> Result<(), String> {
    if calls::is_readable(body) || registry::is_readable(body) {
        return Ok(());
    }
    far_end::readable(body).map_err(Problem::into_message)
}

impl Control {
    pub(crate) fn new(shared: Shared, door: Door) -> Self {
        let router = Router::new()
            .route("/_crossconnect/openapi.json", get(reads::openapi))
            .route("/_crossconnect/health", get(reads::health))
            .route("/_crossconnect/metrics", get(reads::metrics))
            .route(METRICS, get(reads::metrics))
            .route("/_crossconnect/events", get(reads::events))
            .route("/_crossconnect/audit", get(audit::audit))
            .route("/_crossconnect/snapshot", get(snapshot::snapshot))
            .route("/_crossconnect/clock", get(reads::clock).post(calls::clock))
            .route("/_crossconnect/reset", post(calls::reset))
            .route(MOTO_RESET, post(calls::reset))
            .route("/_crossconnect/resources/{id}/timeline", get(reads::timeline))
            .route("/_crossconnect/resources/{id}/advance", post(calls::advance))
            .route("/_crossconnect/ports/{connection_id}", put(calls::port))
            .route("/_crossconnect/devices/{device}", put(calls::device))
            .route("/_crossconnect/macsec/{connection_id}", put(far_end::mac_sec))
            .route("/_crossconnect/secrets/{ckn}", put(far_end::secret))
            .route("/_crossconnect/bgp-peers/{bgp_peer_id}", put(far_end::session))
            .route("/_crossconnect/virtual-interfaces/{id}/routes", put(far_end::routes))
            .route("/_crossconnect/gateways/{id}", put(far_end::gateway))
            .merge(people())
            .fallback(problem::unknown_path)
            .method_not_allowed_fallback(problem::unknown_method)
            .with_state(Arc::new(shared));
        Control { router: TowerToHyperService::new(router), door }
    }

    /// Whether a path is one of the control API.
    pub(crate) fn owns(path: &str) -> bool {
        path.starts_with(PREFIX) || [MOTO_RESET, METRICS].contains(&path)
    }

    /// Whether what a path shows is so much that it is put on record who looks.
    pub(crate) fn shows_everything(path: &str) -> bool {
        path == "/_crossconnect/snapshot"
    }

    /// Answers one call.
    pub(crate) async fn answer(
        &self,
        parts: &Parts,
        upload: &mut Upload,
        bodies: &Bodies,
        entry: &mut Entry,
    ) -> Answer {
        let path: String = parts.uri.path().chars().take(LOGGED_MAX).collect();
        entry.operation(format!("{} {path}", parts.method));
        entry.ask(Asked::Control, Form::Control);
        if let Err(problem) = self.door.admit(parts).and_then(|()| is_allowed(parts)) {
            return problem.answer();
        }
        if let Some(notes) = entry.notes() {
            notes.operator();
            notes.read_only([Method::GET, Method::HEAD].contains(&parts.method));
        }
        let held = match bodies.read(upload).await {
            Ok(held) => held,
            Err(error) => return refused(&error.into()),
        };
        if let Some(notes) = entry.notes() {
            notes.parameters(trail::shown_document(&held.bytes));
        }
        let mut request = Request::new(Full::new(held.bytes.clone()));
        *request.method_mut() = parts.method.clone();
        *request.uri_mut() = parts.uri.clone();
        if let Some(seen) = parts.headers.get(LAST_EVENT_ID) {
            request.headers_mut().insert(LAST_EVENT_ID, seen.clone());
        }
        let response = match self.router.call(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (mut head, body) = response.into_parts();
        let outcome = head.extensions.get::<Named>().map_or("ok", |named| named.0);
        let headers = head.extensions.get::<Typed>().map_or(JSON_HEADERS, |typed| typed.0);
        let followed = head.extensions.get::<Followed>().and_then(Followed::take);
        let body = match followed {
            Some(stream) => Sent::Stream(stream),
            None => Sent::Whole(body.collect().await.map(|body| body.to_bytes().to_vec()).unwrap_or_default()),
        };
        let allow = head.headers.remove(ALLOW);
        Answer { status: head.status, headers, body, interrupts: None, allow, outcome, text: None }
    }

    /// The answer to a request that is refused for what it is.
    pub(crate) fn denied(error: &WireError) -> Answer {
        refused(error)
    }
}

/// The routes about who may call.
fn people() -> Router<Arc<Shared>> {
    use registry::{account, accounts, create_key, key, keys, put_account, put_key, put_role, put_user};
    use registry::{remove_account, remove_key, remove_role, remove_user, role, roles, rotate_key, user, users};
    Router::new()
        .route("/_crossconnect/accounts", get(accounts))
        .route("/_crossconnect/accounts/{id}", get(account).put(put_account).delete(remove_account))
        .route("/_crossconnect/accounts/{id}/users", get(users))
        .route("/_crossconnect/accounts/{id}/users/{name}", get(user).put(put_user).delete(remove_user))
        .route("/_crossconnect/accounts/{id}/roles", get(roles))
        .route("/_crossconnect/accounts/{id}/roles/{name}", get(role).put(put_role).delete(remove_role))
        .route("/_crossconnect/accounts/{id}/keys", get(keys).post(create_key))
        .route("/_crossconnect/keys/{id}", get(key).put(put_key).delete(remove_key))
        .route("/_crossconnect/keys/{id}/rotate", post(rotate_key))
}

impl Door {
    fn admit(&self, parts: &Parts) -> Result<(), Problem> {
        let text = match self {
            Door::Open => return Ok(()),
            Door::Closed => {
                let text = "The control API is closed: with sigv4 and memory: it needs --token-file.";
                return Err(Problem::new(StatusCode::FORBIDDEN, "Forbidden", text));
            }
            Door::Token(token) => match bearer(parts) {
                Some(given) if token.is(given) => return Ok(()),
                Some(_) => "The token is not the operator's.",
                None => "The header Authorization is missing, expected Bearer and the operator's token.",
            },
        };
        Err(Problem::new(StatusCode::UNAUTHORIZED, "Unauthorized", text))
    }
}

/// The token of a request; one that is given twice counts as absent.
fn bearer(parts: &Parts) -> Option<&[u8]> {
    let mut given = parts.headers.get_all(AUTHORIZATION).iter();
    let (value, None) = (given.next()?.as_bytes(), given.next()) else {
        return None;
    };
    let (scheme, token) = value.split_at_checked("Bearer ".len())?;
    scheme.eq_ignore_ascii_case(b"Bearer ").then(|| token.trim_ascii())
}

/// The answer to a request that is refused for what it is, or whose body could not be read.
fn refused(error: &WireError) -> Answer {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (status, code) = match error.kind {
        ErrorKind::RequestEntityTooLarge => (status, "TooLarge"),
        ErrorKind::UnsupportedMediaType => (status, "UnsupportedMediaType"),
        ErrorKind::AccessDenied => (StatusCode::FORBIDDEN, "Forbidden"),
        ErrorKind::Throttling | ErrorKind::Exception(_) => (StatusCode::SERVICE_UNAVAILABLE, "Busy"),
        _ => (status, "BadRequest"),
    };
    Problem::new(status, code, error.message.clone()).answer()
}

/// The name of an error, on its way to the log.
#[derive(Debug, Clone, Copy)]
struct Named(&'static str);

/// The content type of an answer that is not JSON, on its way out of the router.
#[derive(Debug, Clone, Copy)]
struct Typed(&'static [Header]);

/// A body that goes on, past the router, which only knows whole ones. It is taken once.
#[derive(Clone)]
struct Followed(Arc<Mutex<Option<Stream>>>);

impl Followed {
    fn new(stream: Stream) -> Self {
        Followed(Arc::new(Mutex::new(Some(stream))))
    }

    fn take(&self) -> Option<Stream> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

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
