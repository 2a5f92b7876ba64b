//! Connections: accepted up to a limit, served, and drained when the server stops.

use super::Handler;
use super::crowd::{Crowd, Place};
use super::idle::{Activity, Idle};
use super::limits::{Limit, Limits};
use super::newcomers::Newcomers;
use super::peer::{Peer, Tls, network};
use super::refusal::Refusals;
use crate::tls::Shown;
use crate::turns::Standing;
use hyper::Version;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

/// How long to wait where there is no room for a connection, or the operating system has none: time may help.
const PAUSE: Duration = Duration::from_millis(100);

/// What all connections have in common.
struct Door {
    builder: Builder<TokioExecutor>,
    handler: Arc<Handler>,
    limits: Limits,
    tls: Option<Shown>,
}

/// A connection that was accepted, and its place among the others, which it gives back when it ends.
struct Accepted {
    stream: TcpStream,
    place: Place,
    activity: Arc<Activity>,
    _permit: OwnedSemaphorePermit,
}

/// Serves until `stop` is done, then waits for the answers under way, but not for ever.
pub(crate) async fn serve(
    listener: TcpListener,
    handler: Arc<Handler>,
    limits: Limits,
    tls: Option<Shown>,
    stop: impl Future<Output = ()>,
) {
    let drain = limits.time(Limit::DrainTimeout);
    let free = Arc::new(Semaphore::new(limits.count(Limit::Connections)));
    let crowd = Crowd::new(limits.count(Limit::ConnectionsPerAddress));
    let door = Arc::new(Door { builder: builder(&limits), handler, limits, tls });
    let graceful = GracefulShutdown::new();
    let mut newcomers = Newcomers::default();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = async {
            let accepted = accept(&listener, &crowd, &door.handler).await;
            (accepted, room(&free, &mut newcomers).await)
        };
        let ((stream, place), permit) = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = accepted => accepted,
        };
        let activity = Arc::<Activity>::default();
        let accepted = Accepted { stream, place, activity: activity.clone(), _permit: permit };
        let task = tokio::spawn(door.clone().connection(accepted, graceful.watcher()));
        newcomers.add(&activity, task.abort_handle());
    }
    drop(listener);
    if timeout(drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("connections were cut: they did not end within {} s", drain.as_secs_f64());
    }
}

/// The next connection that there may be.
async fn accept(listener: &TcpListener, crowd: &Crowd, handler: &Handler) -> (TcpStream, Place) {
    loop {
        match listener.accept().await {
            Ok((stream, address)) => match crowd.enter(address.ip()) {
                Some(place) => return (stream, place),
                // A peer that has as many as it may gets no more: its connection ends here.
                None => handler.crowded(),
            },
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Room for one more connection, which one that has asked for nothing yet gives up if there is none.
async fn room(free: &Arc<Semaphore>, newcomers: &mut Newcomers) -> OwnedSemaphorePermit {
    loop {
        if let Ok(permit) = free.clone().try_acquire_owned() {
            return permit;
        }
        newcomers.make_room();
        // Who gives way is gone soon; otherwise somebody may be, or have used up the time that each one has.
        if let Ok(permit) = timeout(PAUSE, free.clone().acquire_owned()).await {
            return permit.expect("the semaphore is never closed");
        }
    }
}

fn builder(limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    // How long a head may take is watched below HTTP, where it costs nothing.
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .max_headers(limits.count(Limit::Headers))
        .max_buf_size(limits.count(Limit::HeadBytes));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(limits.count_u32(Limit::HeadBytes))
        .max_concurrent_streams(limits.count_u32(Limit::Streams));
    builder
}

impl Door {
    /// Serves a connection to its end. What ends it early is the client's affair; each request has its line in the log.
    async fn connection(self: Arc<Self>, accepted: Accepted, watcher: Watcher) {
        let Accepted { stream, place, activity, _permit } = accepted;
        // Answers are small and complete: they leave at once. Where this fails, they leave a little later.
        let _ = stream.set_nodelay(true);
        let stream = Idle::new(stream, &self.limits, activity.clone());
        let Some(tls) = &self.tls else {
            let peer = Peer { address: place.address(), tls: None };
            return self.serve(stream, peer, activity, watcher).await;
        };
        let handshake = TlsAcceptor::from(tls.load_full()).accept(stream);
        if let Ok(Ok(stream)) = timeout(self.limits.time(Limit::HandshakeTimeout), handshake).await {
            activity.has_arrived();
            let agreed = Tls::of(stream.get_ref().1);
            let peer = Peer { address: place.address(), tls: Some(agreed) };
            self.serve(stream, peer, activity, watcher).await;
        }
    }

    async fn serve(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: Peer,
        activity: Arc<Activity>,
        watcher: Watcher,
    ) {
        let standing = Arc::new(Standing::new(network(peer.address)));
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let (handler, standing) = (self.handler.clone(), standing.clone());
            let under_way = activity.clone().begins(request.version() == Version::HTTP_2);
            async move {
                let answer = handler.handle(request, peer, &standing).await;
                drop(under_way);
                Ok::<_, Infallible>(answer)
            }
        });
        let stream = Refusals::new(stream, self.handler.clone(), peer);
        let connection = self.builder.serve_connection(TokioIo::new(stream), service).into_owned();
        let _ = watcher.watch(connection).await;
    }
}
