//! Connections: accepted up to a limit, served, and drained when the server stops.

use super::Handler;
use super::idle::Idle;
use super::limits::{CONNECTIONS_MAX, DRAIN_TIMEOUT, HEAD_MAX, HEAD_TIMEOUT, HEADERS_MAX, STREAMS_MAX};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// How long to wait after the operating system refused a connection: it is out of files, and time may help.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` is done, then waits for the answers under way, but not for ever.
pub(crate) async fn serve(listener: TcpListener, handler: Arc<Handler>, stop: impl Future<Output = ()>) {
    let builder = builder();
    let graceful = GracefulShutdown::new();
    let free = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = async {
            let permit = free.clone().acquire_owned().await.expect("the semaphore is never closed");
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = accepted => accepted,
        };
        let (stream, peer) = match accepted {
            Ok((stream, address)) => (stream, address.ip()),
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let connection = graceful.watch(connection(&builder, stream, peer, handler.clone()));
        tokio::spawn(async move {
            // What ends a connection early is the client's affair; each request has its line in the log.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_TIMEOUT, graceful.shutdown()).await.is_err() {
        tracing::warn!("connections were cut: they did not end within {} s", DRAIN_TIMEOUT.as_secs());
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_headers(HEADERS_MAX)
        .max_buf_size(HEAD_MAX);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(HEAD_MAX).expect("a head's limit fits"))
        .max_concurrent_streams(STREAMS_MAX);
    builder
}

fn connection(
    builder: &Builder<TokioExecutor>,
    stream: TcpStream,
    peer: IpAddr,
    handler: Arc<Handler>,
) -> impl hyper_util::server::graceful::GracefulConnection<Output = impl Sized + use<>> + Send + use<> {
    // Answers are small and complete: they leave at once. Where this fails, they leave a little later.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let handler = handler.clone();
        async move { Ok::<_, Infallible>(handler.handle(request, peer).await) }
    });
    builder.serve_connection(TokioIo::new(Idle::new(stream)), service).into_owned()
}
