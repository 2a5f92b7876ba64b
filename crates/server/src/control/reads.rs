//! Calls that change nothing.

use super::path::Name;
use super::problem::Problem;
use super::{Followed, LAST_EVENT_ID, Shared, Typed, json};
use crate::clock::wall;
use crate::config::StoreAt;
use crate::events::{TooMany, stream};
use crate::http::answer::Header;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use crossconnect_core::settings::Clock;
use crossconnect_core::{Aspect, Moment, State as Snapshot, aspects, timeline as moments};
use hyper::{HeaderMap, StatusCode};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Health {
    status: &'static str,
    ready: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    version: &'static str,
    store: StoreShown,
    clock: ClockShown,
}

#[derive(Serialize)]
struct StoreShown {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

/// The clock as answers show it.
#[derive(Serialize)]
pub(super) struct ClockShown {
    kind: &'static str,
    now: String,
}

#[derive(Serialize)]
struct Timeline<'a> {
    id: &'a str,
    now: String,
    timeline: Vec<MomentShown>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aspects: Vec<AspectShown>,
}

#[derive(Serialize)]
struct AspectShown {
    aspect: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    timeline: Vec<MomentShown>,
}

#[derive(Serialize)]
struct MomentShown {
    at: String,
    state: &'static str,
}

pub(super) fn clock_shown(state: &Snapshot) -> ClockShown {
    let kind = match state.clock() {
        Clock::System => "system",
        Clock::Manual { .. } => "manual",
    };
    ClockShown { kind, now: state.now(wall()).to_string() }
}

pub(super) async fn openapi() -> &'static str {
    include_str!("openapi.json")
}

pub(super) async fn health(State(shared): State<Arc<Shared>>) -> Response {
    let store = match &shared.facts.store {
        StoreAt::Memory => StoreShown { kind: "memory", path: None },
        StoreAt::Directory(path) => StoreShown { kind: "directory", path: Some(path.display().to_string()) },
        StoreAt::Cluster(cluster) => StoreShown { kind: "etcd", path: Some(cluster.options.to_string()) },
    };
    let clock = clock_shown(&shared.service.snapshot());
    let reason = shared.service.refusal();
    let (code, status) = match reason {
        None => (StatusCode::OK, "ready"),
        Some(_) => (StatusCode::SERVICE_UNAVAILABLE, "not ready"),
    };
    let ready = reason.is_none();
    let mut response =
        Response::new(json(&Health { status, ready, reason, version: env!("CARGO_PKG_VERSION"), store, clock }));
    *response.status_mut() = code;
    response
}

/// The figures, in OpenMetrics' text format.
pub(super) async fn metrics(State(shared): State<Arc<Shared>>) -> Response {
    const HEADERS: &[Header] = &[("content-type", "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    let mut response = Response::new(shared.shown.text().into());
    response.extensions_mut().insert(Typed(HEADERS));
    response
}

/// What is committed from now on, or from after the event that the reader has seen last.
pub(super) async fn events(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Result<Response, Problem> {
    const HEADERS: &[Header] = &[("content-type", "text/event-stream"), ("cache-control", "no-store")];
    let seen = headers.get(LAST_EVENT_ID).map(|value| value.to_str().unwrap_or_default());
    let wrong = |value| Problem::value("Last-Event-ID", value, "the id of an event, which is a number");
    let seen = seen.map(|value| value.parse().map_err(|_| wrong(value))).transpose()?;
    let events = stream(shared.events.clone(), seen).map_err(|TooMany| {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Busy", "As many follow the events as may; try again later.")
    })?;
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Typed(HEADERS));
    response.extensions_mut().insert(Followed::new(events));
    Ok(response)
}

pub(super) async fn clock(State(shared): State<Arc<Shared>>) -> Body {
    shared.service.catch_up().await;
    json(&clock_shown(&shared.service.snapshot()))
}

pub(super) async fn timeline(State(shared): State<Arc<Shared>>, Name(id): Name) -> Result<Body, Problem> {
    shared.service.catch_up().await;
    let state = shared.service.snapshot();
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "NotFound", format!("No resource has the id {id:?}"));
    let moments = moments(&state, &id).ok_or_else(unknown)?;
    let timeline = shown(&moments);
    let aspects = aspects(&state, &id).into_iter().map(aspect_shown).collect();
    Ok(json(&Timeline { id: &id, now: state.now(wall()).to_string(), timeline, aspects }))
}

fn shown(moments: &[Moment]) -> Vec<MomentShown> {
    moments.iter().map(|moment| MomentShown { at: moment.at.to_string(), state: moment.state }).collect()
}

fn aspect_shown(Aspect { name, of, moments }: Aspect) -> AspectShown {
    AspectShown { aspect: name, of, timeline: shown(&moments) }
}
