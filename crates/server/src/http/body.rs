//! Bodies with a limit: of one request, of one peer, and of all that are being read at one time.

use super::limits::{BODY_DRAINED_MAX, Limit, Limits};
use super::peer::network;
use crossconnect_wire::{ErrorKind, WireError};
use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Incoming};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A body up to this length, in bytes, takes nothing from what all share: the number of connections bounds these.
const SMALL: usize = 16 << 10;
/// By how much a body's share grows while it comes, where its length was not said.
const STEP: usize = 64 << 10;
/// What part of the memory for all bodies those of one peer may take.
const PEERS: usize = 4;

/// Why there is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyError {
    /// It is longer than the limit, which is so many bytes.
    TooLarge(usize),
    /// As many bytes are being read as may; the client is to try again.
    Busy,
    /// The connection broke, or the body took longer than it may.
    Incomplete,
}

/// A body and its share of the memory for all of them.
pub(crate) struct Held {
    /// The body.
    pub(crate) bytes: Bytes,
    _share: Share,
}

/// The memory for bodies.
#[derive(Debug, Clone)]
pub(crate) struct Bodies {
    taken: Arc<Mutex<Taken>>,
    body_max: usize,
    all_max: usize,
    timeout: Duration,
}

/// How much of it is taken, in bytes.
#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_peer: HashMap<IpAddr, usize>,
}

/// What one body takes of it.
struct Share {
    bodies: Bodies,
    peer: IpAddr,
    bytes: usize,
}

/// The body of a request that may not have been read yet.
pub(crate) struct Upload {
    body: Incoming,
    peer: IpAddr,
    timeout: Duration,
    /// Nothing more of it is worth reading.
    is_over: bool,
}

impl Bodies {
    pub(crate) fn new(limits: &Limits) -> Self {
        let [body_max, all_max] = [Limit::BodyBytes, Limit::BodiesBytes].map(|limit| limits.count(limit));
        Bodies { taken: Arc::default(), body_max, all_max, timeout: limits.time(Limit::BodyTimeout) }
    }

    /// The body of a request from that address. `is_awaited` says whether the client waits to be asked for it.
    pub(super) fn upload(&self, body: Incoming, peer: IpAddr, is_awaited: bool) -> Upload {
        Upload { body, peer: network(peer), timeout: self.timeout, is_over: is_awaited }
    }

    /// Reads a body to its end.
    pub(crate) async fn read(&self, upload: &mut Upload) -> Result<Held, BodyError> {
        upload.is_over = true;
        let declared = upload.declared();
        // So much is not even read, and a client that asks before it sends need not send it.
        if declared.is_some_and(|length| length > BODY_DRAINED_MAX) {
            return Err(BodyError::TooLarge(self.body_max));
        }
        let mut share = Share { bodies: self.clone(), peer: upload.peer, bytes: 0 };
        share.grow(declared.unwrap_or_default().min(self.body_max))?;
        let read = collect(&mut upload.body, &mut share);
        let bytes = tokio::time::timeout(self.timeout, read).await.map_err(|_| BodyError::Incomplete)??;
        Ok(Held { bytes, _share: share })
    }

    fn taken(&self) -> std::sync::MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share {
    /// Takes what a body of that length needs.
    fn grow(&mut self, length: usize) -> Result<(), BodyError> {
        if length <= SMALL.max(self.bytes) {
            return Ok(());
        }
        let wanted = length.next_multiple_of(STEP) - self.bytes;
        let taken = &mut *self.bodies.taken();
        let of_peer = taken.by_peer.get(&self.peer).copied().unwrap_or_default();
        // Whatever the limits are set to: one body fits.
        let peer_max = (self.bodies.all_max / PEERS).max(self.bodies.body_max.next_multiple_of(STEP));
        if taken.all + wanted > self.bodies.all_max || of_peer + wanted > peer_max {
            return Err(BodyError::Busy);
        }
        taken.all += wanted;
        taken.by_peer.insert(self.peer, of_peer + wanted);
        self.bytes += wanted;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        if self.bytes == 0 {
            return;
        }
        let mut taken = self.bodies.taken();
        taken.all -= self.bytes;
        if let Some(of_peer) = taken.by_peer.get_mut(&self.peer) {
            *of_peer -= self.bytes;
            if *of_peer == 0 {
                taken.by_peer.remove(&self.peer);
            }
        }
    }
}

impl Upload {
    fn declared(&self) -> Option<usize> {
        self.body.size_hint().upper().and_then(|upper| usize::try_from(upper).ok())
    }

    /// Reads what the answer did not need, without keeping it.
    pub(crate) async fn drain(mut self) {
        let is_huge = self.declared().is_some_and(|length| length > BODY_DRAINED_MAX);
        if self.is_over || is_huge || self.body.is_end_stream() {
            return;
        }
        let rest = async {
            let mut length = 0;
            while let Some(Ok(frame)) = self.body.frame().await {
                length += frame.data_ref().map_or(0, Bytes::len);
                if length > BODY_DRAINED_MAX {
                    break;
                }
            }
        };
        // Whether it comes or not: the answer is the same.
        let _ = tokio::time::timeout(self.timeout, rest).await;
    }
}

/// What is too long is read all the same, for a while and without keeping it, so that the client gets its answer
/// instead of a broken connection.
async fn collect(body: &mut Incoming, share: &mut Share) -> Result<Bytes, BodyError> {
    let max = share.bodies.body_max;
    let (mut first, mut rest) = (Bytes::new(), Vec::new());
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
            (first, rest) = (Bytes::new(), Vec::new());
            continue;
        }
        share.grow(length)?;
        if first.is_empty() {
            first = data;
        } else {
            // Many small pieces would each keep alive what they were read into.
            if rest.is_empty() {
                rest.extend_from_slice(&first);
            }
            rest.extend_from_slice(&data);
        }
    }
    if length > max {
        return Err(BodyError::TooLarge(max));
    }
    Ok(if rest.is_empty() { first } else { rest.into() })
}

impl From<BodyError> for WireError {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge(max) => {
                WireError::new(ErrorKind::RequestEntityTooLarge, format!("The body is longer than {max} bytes."))
            }
            BodyError::Busy => WireError::throttled(),
            BodyError::Incomplete => WireError::new(ErrorKind::Serialization, "The body did not arrive whole."),
        }
    }
}
