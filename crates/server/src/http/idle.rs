//! A connection that ends when nothing moves on it, or when what moves comes to no request, whatever protocol it has
//! begun to speak.

use super::limits::{Limit, Limits};
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// What a connection has come to, as those know who serve its requests.
#[derive(Debug, Default)]
pub(super) struct Activity {
    /// Heads that arrived whole, and a handshake as if it were one.
    heads: AtomicU64,
    /// Requests that are not answered yet.
    under_way: AtomicU32,
    /// There has been a request.
    has_asked: AtomicBool,
    /// HTTP/2, where bytes also come for other reasons than a request.
    is_multiplexed: AtomicBool,
}

/// A request that is under way.
pub(super) struct UnderWay(Arc<Activity>);

impl Activity {
    /// Something is complete that the peer was to send.
    pub(super) fn has_arrived(&self) {
        self.heads.fetch_add(1, Relaxed);
    }

    /// A head is complete, and its request under way until the value is dropped.
    pub(super) fn begins(self: Arc<Self>, is_multiplexed: bool) -> UnderWay {
        if is_multiplexed {
            self.is_multiplexed.store(true, Relaxed);
        }
        self.has_asked.store(true, Relaxed);
        self.under_way.fetch_add(1, Relaxed);
        self.has_arrived();
        UnderWay(self)
    }

    /// Whether there has been a request.
    pub(super) fn has_asked(&self) -> bool {
        self.has_asked.load(Relaxed)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Relaxed);
    }
}

/// A connection, and what has moved on it since the alarm was set.
pub(super) struct Idle {
    stream: TcpStream,
    activity: Arc<Activity>,
    head_timeout: Duration,
    idle_timeout: Duration,
    has_moved: bool,
    /// When the alarm last found that something had moved.
    moved_at: Instant,
    /// When the first byte of what is awaited came, and how many heads had come by then.
    began: Option<(Instant, u64)>,
    alarm: Pin<Box<Sleep>>,
}

impl Idle {
    pub(super) fn new(stream: TcpStream, limits: &Limits, activity: Arc<Activity>) -> Self {
        let [head_timeout, idle_timeout] = [Limit::HeadTimeout, Limit::IdleTimeout].map(|limit| limits.time(limit));
        let alarm = Box::pin(sleep(head_timeout.min(idle_timeout)));
        let moved_at = Instant::now();
        Idle { stream, activity, head_timeout, idle_timeout, has_moved: false, moved_at, began: None, alarm }
    }

    /// Passes on what became of a read or write, or fails when it waits for too long. The alarm is only set anew when
    /// it rings, so that what moves costs next to nothing.
    fn watch<T>(&mut self, cx: &mut Context<'_>, moved: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if moved.is_ready() {
            self.has_moved = true;
            return moved;
        }
        loop {
            ready!(self.alarm.as_mut().poll(cx));
            let now = Instant::now();
            if std::mem::take(&mut self.has_moved) {
                self.moved_at = now;
            }
            if now - self.moved_at >= self.idle_timeout || self.is_overdue(now) {
                return Poll::Ready(Err(ErrorKind::TimedOut.into()));
            }
            self.alarm.as_mut().reset(now + self.head_timeout.min(self.idle_timeout));
        }
    }

    /// Whether bytes have come for too long and no request is whole. A client that waits for its answer owes nothing.
    fn is_overdue(&self, now: Instant) -> bool {
        let is_multiplexed = self.activity.is_multiplexed.load(Relaxed);
        let timeout = if is_multiplexed { self.idle_timeout } else { self.head_timeout };
        self.began.is_some_and(|(began, heads)| {
            heads == self.activity.heads.load(Relaxed)
                && self.activity.under_way.load(Relaxed) == 0
                && now - began >= timeout
        })
    }

    /// Notes when what is awaited began to come.
    fn has_read(&mut self) {
        if self.activity.under_way.load(Relaxed) == 0 {
            let heads = self.activity.heads.load(Relaxed);
            if self.began.is_none_or(|(_, before)| before != heads) {
                self.began = Some((Instant::now(), heads));
            }
        }
    }
}

impl AsyncRead for Idle {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if read.is_ready() {
            self.has_read();
        }
        self.watch(cx, read)
    }
}

impl AsyncWrite for Idle {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.watch(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.watch(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    const SECOND: Duration = Duration::from_secs(1);

    async fn pair() -> (TcpStream, Idle, Arc<Activity>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let activity = Arc::<Activity>::default();
        let idle = Idle::new(listener.accept().await.unwrap().0, &Limits::default(), activity.clone());
        (client, idle, activity)
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_on_which_nothing_moves_ends() {
        let (mut client, mut idle, activity) = pair().await;
        let timeout = Limits::default().time(Limit::IdleTimeout);
        tokio::time::advance(timeout - SECOND).await;
        client.write_all(b"P").await.unwrap();
        let began = Instant::now();
        assert_eq!(idle.read_u8().await.unwrap(), b'P');
        let _request = activity.begins(false);
        let refused = idle.read_u8().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::TimedOut);
        assert!(began.elapsed() >= timeout, "what moved counts");
        assert!(began.elapsed() < timeout * 2);
    }

    /// Sends a byte each second until the other end has had enough, and answers how long that took.
    async fn drip(mut client: TcpStream, mut idle: Idle) -> Duration {
        let began = Instant::now();
        tokio::spawn(async move {
            while client.write_all(b"P").await.is_ok() && client.flush().await.is_ok() {
                tokio::time::sleep(SECOND).await;
            }
        });
        while idle.read_u8().await.is_ok() {}
        began.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_never_ends_ends_its_connection() {
        let timeout = Limits::default().time(Limit::HeadTimeout);
        let (client, idle, activity) = pair().await;
        // What was complete before does not help.
        drop(activity.begins(false));
        let took = drip(client, idle).await;
        assert!((timeout..timeout * 2 + SECOND).contains(&took), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn bytes_of_http2_that_are_no_request_keep_no_connection_for_ever() {
        let timeout = Limits::default().time(Limit::IdleTimeout);
        let (client, idle, activity) = pair().await;
        drop(activity.begins(true));
        let took = drip(client, idle).await;
        assert!((timeout..timeout * 2).contains(&took), "{took:?}");
    }
}
