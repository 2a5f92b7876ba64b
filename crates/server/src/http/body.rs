//! Bodies with a limit: of one request, and of all that are being read at one time.

use super::limits::{BODIES_MAX, BODY_DRAINED_MAX, BODY_MAX, BODY_TIMEOUT};
use crossconnect_api::Exception;
use crossconnect_wire::{ErrorKind, WireError};
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

/// The body of a request that may not have been read yet.
pub(crate) struct Upload {
    body: Incoming,
    /// Nothing more of it is worth reading.
    is_over: bool,
}

impl Bodies {
    pub(crate) fn new() -> Self {
        Bodies(Arc::new(Semaphore::new(BODIES_MAX)))
    }

    /// Reads a body to its end.
    pub(crate) async fn read(&self, upload: &mut Upload) -> Result<Held, BodyError> {
        upload.is_over = true;
        let declared = upload.declared();
        // So much is not even read, and a client that asks before it sends need not send it.
        if declared.is_some_and(|length| length > BODY_DRAINED_MAX) {
            return Err(BodyError::TooLarge);
        }
        let share = declared.unwrap_or(BODY_MAX).min(BODY_MAX);
        let share = u32::try_from(share).expect("a body's limit fits");
        let share = self.0.clone().try_acquire_many_owned(share).map_err(|_| BodyError::Busy)?;
        let read = collect(&mut upload.body, BODY_MAX);
        let bytes = tokio::time::timeout(BODY_TIMEOUT, read).await.map_err(|_| BodyError::Incomplete)??;
        Ok(Held { bytes, _share: share })
    }
}

impl Upload {
    /// `is_awaited` says whether the client waits to be asked for the body.
    pub(crate) fn new(body: Incoming, is_awaited: bool) -> Self {
        Upload { body, is_over: is_awaited }
    }

    fn declared(&self) -> Option<usize> {
        self.body.size_hint().upper().and_then(|upper| usize::try_from(upper).ok())
    }

    /// Reads what the answer did not need, without keeping it.
    pub(crate) async fn drain(mut self) {
        let is_huge = self.declared().is_some_and(|length| length > BODY_DRAINED_MAX);
        if self.is_over || is_huge || self.body.is_end_stream() {
            return;
        }
        // Whether it comes or not: the answer is the same.
        let _ = tokio::time::timeout(BODY_TIMEOUT, collect(&mut self.body, 0)).await;
    }
}

/// What is too long is read all the same, for a while and without keeping it, so that the client gets its answer
/// instead of a broken connection.
async fn collect(body: &mut Incoming, max: usize) -> Result<Bytes, BodyError> {
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
        if length > max {
            parts.clear();
        } else if !data.is_empty() {
            parts.push(data);
        }
    }
    if length > max {
        return Err(BodyError::TooLarge);
    }
    match parts.len() {
        1 => Ok(parts.remove(0)),
        _ => Ok(parts.concat().into()),
    }
}

impl From<BodyError> for WireError {
    fn from(error: BodyError) -> Self {
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
        WireError::new(kind, text)
    }
}
