//! Calls that change something: each is one decision of the core.

use super::body::{read, read_nothing};
use super::path::Name;
use super::problem::{Problem, accepted};
use super::reads::clock_shown;
use super::{Shared, json};
use crate::config::duration;
use crate::decide::Job;
use axum::body::Body;
use axum::extract::State;
use crossconnect_core::Timestamp;
use crossconnect_core::control::Request;
use crossconnect_core::model::device::Light;
use hyper::StatusCode;
use hyper::body::Bytes;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    advance: Option<String>,
    set: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LightChange {
    light: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct DeviceChange {
    light: Option<String>,
    has_logical_redundancy: Option<String>,
}

#[derive(Serialize)]
struct Done {
    status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LightShown<'a> {
    connection_id: &'a str,
    light: &'a str,
    interrupts: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DeviceShown<'a> {
    device: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    light: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_logical_redundancy: Option<String>,
    interrupts: Vec<String>,
}

#[derive(Serialize)]
struct Advanced<'a> {
    id: &'a str,
    interrupts: Vec<String>,
}

impl Shared {
    pub(super) async fn change(&self, request: Request) -> Result<Vec<String>, Problem> {
        accepted(self.service.change(Job::Control(Box::new(request))).await)
    }
}

pub(super) async fn clock(State(shared): State<Arc<Shared>>, body: Bytes) -> Result<Body, Problem> {
    shared.change(clock_asked(&body)?).await?;
    Ok(json(&clock_shown(&shared.service.snapshot())))
}

fn clock_asked(body: &[u8]) -> Result<Request, Problem> {
    match read(body)? {
        ClockChange { advance: Some(text), set: None } => {
            let expected = "an ISO 8601 duration such as PT1H or P2D";
            let by = duration(&text).ok_or_else(|| Problem::value("advance", &text, expected))?;
            Ok(Request::AdvanceClock { by })
        }
        ClockChange { advance: None, set: Some(text) } => {
            let expected = "a moment such as 2026-01-01T00:00:00Z";
            let to: jiff::Timestamp = text.parse().map_err(|_| Problem::value("set", &text, expected))?;
            Ok(Request::SetClock { to: Timestamp(to.as_millisecond()) })
        }
        ClockChange { .. } => {
            let text = "The body has advance and set, or neither; expected one of them.";
            Err(Problem::new(StatusCode::BAD_REQUEST, "BadRequest", text))
        }
    }
}

/// Whether a body can be read as that of one of these calls.
pub(super) fn is_readable(body: &[u8]) -> bool {
    clock_asked(body).is_ok()
        || read::<LightChange>(body).is_ok_and(|change| to_light(&change.light).is_ok())
        || read::<DeviceChange>(body).is_ok()
}

pub(super) async fn reset(State(shared): State<Arc<Shared>>, body: Bytes) -> Result<Body, Problem> {
    read_nothing(&body)?;
    if shared.facts.store.outlives_us() && !shared.facts.allow_reset {
        let text =
            "This store outlives the process; it is only emptied when the server was started with --allow-reset.";
        return Err(Problem::new(StatusCode::FORBIDDEN, "Forbidden", text));
    }
    shared.change(Request::Reset).await?;
    Ok(json(&Done { status: "ok" }))
}

pub(super) async fn advance(State(shared): State<Arc<Shared>>, Name(id): Name, body: Bytes) -> Result<Body, Problem> {
    read_nothing(&body)?;
    let interrupts = shared.change(Request::AdvanceResource { id: id.clone() }).await?;
    Ok(json(&Advanced { id: &id, interrupts }))
}

pub(super) async fn port(
    State(shared): State<Arc<Shared>>,
    Name(connection_id): Name,
    body: Bytes,
) -> Result<Body, Problem> {
    let LightChange { light } = read(&body)?;
    let request = Request::SetPortLight { connection_id: connection_id.clone(), light: to_light(&light)? };
    let interrupts = shared.change(request).await?;
    Ok(json(&LightShown { connection_id: &connection_id, light: &light, interrupts }))
}

pub(super) async fn device(
    State(shared): State<Arc<Shared>>,
    Name(device): Name,
    body: Bytes,
) -> Result<Body, Problem> {
    let change: DeviceChange = read(&body)?;
    let name = device.clone();
    let request = match (change.light.as_deref(), change.has_logical_redundancy.as_deref()) {
        (Some(light), None) => Request::SetDeviceLight { device: name, light: to_light(light)? },
        (None, Some(word)) => Request::SetDeviceRedundancy { device: name, has: to_redundancy(word)? },
        (Some(_), Some(_)) | (None, None) => {
            let text = "The body has light and hasLogicalRedundancy, or neither; expected one of them.";
            return Err(Problem::new(StatusCode::BAD_REQUEST, "BadRequest", text));
        }
    };
    let interrupts = shared.change(request).await?;
    let DeviceChange { light, has_logical_redundancy } = change;
    Ok(json(&DeviceShown { device: &device, light, has_logical_redundancy, interrupts }))
}

fn to_redundancy(word: &str) -> Result<Option<bool>, Problem> {
    match word {
        "yes" => Ok(Some(true)),
        "no" => Ok(Some(false)),
        "unknown" => Ok(None),
        other => Err(Problem::value("hasLogicalRedundancy", other, "yes, no or unknown")),
    }
}

fn to_light(word: &str) -> Result<Light, Problem> {
    match word {
        "on" => Ok(Light::Lit),
        "off" => Ok(Light::Dark),
        other => Err(Problem::value("light", other, "on or off")),
    }
}
