//! The audit trail, a page at a time.

use super::problem::Problem;
use super::{Shared, json};
use crate::audit::{Cursor, NAMES, PAGE_MAX, Page, Query, page};
use axum::body::Body;
use axum::extract::State;
use hyper::{StatusCode, Uri};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// How many records a page has unless it is told.
const PAGE: usize = 100;
const NUMBER: &str = "the number of a record";
const LIMIT: &str = "a number from 1 to 1000";

#[derive(Serialize)]
struct Shown {
    records: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u64>,
}

/// The records that fit the filters: the newest first, or from `after` on the oldest.
pub(super) async fn audit(State(shared): State<Arc<Shared>>, uri: Uri) -> Result<Body, Problem> {
    let Some(trail) = shared.trail.clone() else {
        let text = "This server keeps no audit trail; it was started without --audit.";
        return Err(Problem::new(StatusCode::NOT_FOUND, "NotFound", text));
    };
    let (query, from, limit) = asked(uri.query().unwrap_or_default())?;
    let last = trail.extent().map_or(0, |(written, _, _)| written.sequence);
    let directory = trail.directory().to_owned();
    let read = tokio::task::spawn_blocking(move || page(&directory, &query, from, limit, last));
    let failed = |text: String| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalFailure", text);
    let read = read.await.map_err(|error| failed(error.to_string()))?;
    let Page { records, next } = read.map_err(|error| failed(error.to_string()))?;
    Ok(json(&Shown { records, next }))
}

fn asked(text: &str) -> Result<(Query, Cursor, usize), Problem> {
    let (mut query, mut from, mut limit) = (Query::default(), Cursor::Before(u64::MAX), PAGE);
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        match &*name {
            "after" => from = Cursor::After(value.parse().map_err(|_| Problem::value("after", &value, NUMBER))?),
            "before" => from = Cursor::Before(value.parse().map_err(|_| Problem::value("before", &value, NUMBER))?),
            "limit" => {
                let given = value.parse().ok().filter(|limit| (1..=PAGE_MAX).contains(limit));
                limit = given.ok_or_else(|| Problem::value("limit", &value, LIMIT))?;
            }
            known if NAMES.contains(&known) => {
                query.set(known, &value).map_err(|expected| Problem::value(known, &value, expected))?;
            }
            other => return Err(Problem::value("query", other, "after, before, limit or a filter")),
        }
    }
    Ok((query, from, limit))
}
