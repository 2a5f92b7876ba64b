//! The whole state as a file, sent while everything goes on: the state is a value that later changes leave as it is.

use super::problem::Problem;
use super::{Followed, Shared, Typed};
use crate::clock::wall;
use crate::http::answer::Header;
use crate::http::sent::Stream;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use crossconnect_store::snapshot::{About, save};
use hyper::StatusCode;
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc};

/// How many snapshots may be on their way at one time: each holds a thread, and the state as it was.
const PLACES: usize = 2;
/// How many pieces wait for the connection.
const PIECES: usize = 2;

/// The places of snapshots that are on their way.
pub(crate) struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Self {
        Places(Arc::new(Semaphore::new(PLACES)))
    }
}

/// Its reader has gone.
struct Gone;

/// The state after the last commit, whole.
pub(super) async fn snapshot(State(shared): State<Arc<Shared>>) -> Result<Response, Problem> {
    const HEADERS: &[Header] = &[("content-type", "application/octet-stream"), ("cache-control", "no-store")];
    let place = shared.snapshots.0.clone().try_acquire_owned().map_err(|_| {
        let text = format!("{PLACES} snapshots are being taken already, as many as may; try again later.");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Busy", text)
    })?;
    shared.service.catch_up().await;
    let published = shared.service.published();
    let (sender, receiver) = mpsc::channel(PIECES);
    // It ends with its reader, who notices an end that comes too soon.
    tokio::task::spawn_blocking(move || {
        let about = About { release: env!("CARGO_PKG_VERSION"), taken: wall().0 };
        let sent = save(&published, about, |piece| sender.blocking_send(piece.into()).map_err(|_| Gone));
        match sent {
            Ok(records) => tracing::info!(group = published.last.number, records, "a snapshot was sent"),
            Err(Gone) => tracing::warn!(group = published.last.number, "the reader of a snapshot went away"),
        }
        drop(place);
    });
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Typed(HEADERS));
    response.extensions_mut().insert(Followed::new(Stream(receiver)));
    Ok(response)
}
