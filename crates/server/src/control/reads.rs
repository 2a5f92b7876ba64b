//! Calls that change nothing.

use super::path::Name;
use super::problem::Problem;
use super::{Shared, json};
use crate::clock::wall;
use crate::config::StoreAt;
use axum::body::Body;
use axum::extract::State;
use crossconnect_core::settings::Clock;
use crossconnect_core::{State as Snapshot, timeline as moments};
use hyper::StatusCode;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Health {
    status: &'static str,
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

pub(super) async fn health(State(shared): State<Arc<Shared>>) -> Body {
    let store = match &shared.facts.store {
        StoreAt::Memory => StoreShown { kind: "memory", path: None },
        StoreAt::Directory(path) => StoreShown { kind: "directory", path: Some(path.display().to_string()) },
    };
    let clock = clock_shown(&shared.service.snapshot());
    json(&Health { status: "ready", version: env!("CARGO_PKG_VERSION"), store, clock })
}

pub(super) async fn clock(State(shared): State<Arc<Shared>>) -> Body {
    json(&clock_shown(&shared.service.snapshot()))
}

pub(super) async fn timeline(State(shared): State<Arc<Shared>>, Name(id): Name) -> Result<Body, Problem> {
    let state = shared.service.snapshot();
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "NotFound", format!("No connection or LAG has the id {id:?}"));
    let moments = moments(&state, &id).ok_or_else(unknown)?;
    let timeline = moments.iter().map(|moment| MomentShown { at: moment.at.to_string(), state: moment.state }).collect();
    Ok(json(&Timeline { id: &id, now: state.now(wall()).to_string(), timeline }))
}
