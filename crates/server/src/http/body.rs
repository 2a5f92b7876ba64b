//! Bodies with a limit: of one request, and of all that are being read at one time.

use super::limits::{BODIES_MAX, BODY_DRAINED_MAX, BODY_MAX, BODY_TIMEOUT};
use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Incoming};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Why there is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyError {
    /// It is longer than [`BODY_MAX`].
    TooLarge,
    /// As many bytes are being read as may; the client is to try again.
    Busy,
    /// The connection broke, or the body took longer than [`BODY_TIMEOUT`].
    Incomplete,
}

/// A body and its share of the memory for all of them.
pub(crate) struct Held {
    /// The body.
    pub(crate) bytes: Bytes,
    _share: OwnedSemaphorePermit,
}

/// The memory for bodies.
#[derive(Debug, Clone)]
pub(crate) struct Bodies(Arc<Semaphore>);

impl Bodies {
    pub(crate) fn new() -> Self {
        Bodies(Arc::new(Semaphore::new(BODIES_MAX)))
    }

    /// Reads a body to its end.
    pub(crate) async fn read(&self, body: Incoming) -> Result<Held, BodyError> {
        let declared = body.size_hint().upper().and_then(|upper| usize::try_from(upper).ok());
        // So much is not even read, and a client that asks before it sends need not send it.
        if declared.is_some_and(|length| length > BODY_DRAINED_MAX) {
            return Err(BodyError::TooLarge);
        }
        let share = declared.unwrap_or(BODY_MAX).min(BODY_MAX);
        let share = u32::try_from(share).expect("a body's limit fits");
        let share = self.0.clone().try_acquire_many_owned(share).map_err(|_| BodyError::Busy)?;
        let bytes = tokio::time::timeout(BODY_TIMEOUT, collect(body)).await.map_err(|_| BodyError::Incomplete)??;
        Ok(Held { bytes, _share: share })
    }
}

/// What is too long is read all the same, for a while and without keeping it, so that the client gets its answer
/// instead of a broken connection.
async fn collect(mut body: Incoming) -> Result<Bytes, BodyError> {
    let mut parts: Vec<Bytes> = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| BodyError::Incomplete)?.into_data() else {
            continue;
        };
        length += data.len();
        if length > BODY_DRAINED_MAX {
            break;
        }
        if length > BODY_MAX {
            parts.clear();
        } else if !data.is_empty() {
            parts.push(data);
        }
    }
    if length > BODY_MAX {
        return Err(BodyError::TooLarge);
    }
    match parts.len() {
        1 => Ok(parts.remove(0)),
        _ => Ok(parts.concat().into()),
    }
}
