//! A connection that ends when nothing moves on it, whatever protocol it has begun to speak.

use super::limits::IDLE_TIMEOUT;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// A connection, and whether something has moved on it since the alarm was set.
pub(crate) struct Idle {
    stream: TcpStream,
    has_moved: bool,
    alarm: Pin<Box<Sleep>>,
}

impl Idle {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Idle { stream, has_moved: false, alarm: Box::pin(sleep(IDLE_TIMEOUT)) }
    }

    /// Passes on what became of a read or write, or fails when it waits for too long. The alarm is only set anew when
    /// it rings, and no clock is read before, so that what moves costs nothing.
    fn watch<T>(&mut self, cx: &mut Context<'_>, moved: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if moved.is_ready() {
            self.has_moved = true;
            return moved;
        }
        loop {
            ready!(self.alarm.as_mut().poll(cx));
            if !std::mem::take(&mut self.has_moved) {
                return Poll::Ready(Err(ErrorKind::TimedOut.into()));
            }
            self.alarm.as_mut().reset(Instant::now() + IDLE_TIMEOUT);
        }
    }
}

impl AsyncRead for Idle {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
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
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    #[tokio::test(start_paused = true)]
    async fn a_connection_on_which_nothing_moves_ends() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let mut idle = Idle::new(listener.accept().await.unwrap().0);
        tokio::time::advance(IDLE_TIMEOUT - Duration::from_secs(1)).await;
        client.write_all(b"P").await.unwrap();
        let began = Instant::now();
        assert_eq!(idle.read_u8().await.unwrap(), b'P');
        let refused = idle.read_u8().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::TimedOut);
        assert!(began.elapsed() >= IDLE_TIMEOUT, "what moved counts");
        assert!(began.elapsed() < IDLE_TIMEOUT * 2);
    }
}
