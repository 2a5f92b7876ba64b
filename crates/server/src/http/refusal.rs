//! The answers that hyper gives by itself, to a head that is no request or too long for one: nobody else sees these heads,
//! so the answers get their id, and the log its line, on the way out.

use super::Handler;
use super::peer::Peer;
use hyper::StatusCode;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// No such answer is longer: a status, a date, and that there is no body.
const LENGTH_MAX: usize = 256;
const EMPTY: &[u8] = b"content-length: 0\r\n";
const ID: &str = "x-amzn-requestid";
const END: &[u8] = b"\r\n\r\n";

/// A connection on which answers are looked at as they leave.
pub(super) struct Refusals<S> {
    stream: S,
    handler: Arc<Handler>,
    peer: Peer,
    /// What is sent instead of an answer, and how much of it has been.
    instead: Option<(Vec<u8>, usize)>,
}

impl<S> Refusals<S> {
    pub(super) fn new(stream: S, handler: Arc<Handler>, peer: Peer) -> Self {
        Refusals { stream, handler, peer, instead: None }
    }
}

/// The status of an answer that is not ours: ours have an id.
fn refused(bytes: &[u8]) -> Option<StatusCode> {
    let status = bytes.strip_prefix(b"HTTP/1.1 4")?;
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let is_whole = bytes.len() <= LENGTH_MAX && bytes.ends_with(END) && has(EMPTY) && !has(ID.as_bytes());
    let status = [b'4', *status.first()?, *status.get(1)?];
    is_whole.then(|| StatusCode::from_bytes(&status).ok()).flatten()
}

/// The same answer with an id.
fn named(bytes: &[u8], id: &str) -> Vec<u8> {
    let head = &bytes[..bytes.len() - 2];
    let mut named = head.to_vec();
    named.extend_from_slice(format!("{ID}: {id}\r\n\r\n").as_bytes());
    named
}

impl<S: AsyncWrite + Unpin> Refusals<S> {
    /// Sends what stands for `bytes`, and says when all of them are done with; nothing where they are to be sent as they are.
    fn poll_instead(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Option<Poll<io::Result<usize>>> {
        if self.instead.is_none() {
            let status = refused(bytes)?;
            let id = self.handler.refused_head(status, self.peer);
            self.instead = Some((named(bytes, id.as_str()), 0));
        }
        Some(self.poll_rest(cx, bytes.len()))
    }

    fn poll_rest(&mut self, cx: &mut Context<'_>, length: usize) -> Poll<io::Result<usize>> {
        while let Some((bytes, sent)) = &mut self.instead {
            let written = ready!(Pin::new(&mut self.stream).poll_write(cx, &bytes[*sent..]))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            *sent += written;
            if *sent == bytes.len() {
                self.instead = None;
            }
        }
        Poll::Ready(Ok(length))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Refusals<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Refusals<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.poll_instead(cx, buf) {
            Some(sent) => sent,
            None => Pin::new(&mut self.stream).poll_write(cx, buf),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = match bufs {
            [only] => self.poll_instead(cx, only),
            _ => None,
        };
        match sent {
            Some(sent) => sent,
            None => Pin::new(&mut self.stream).poll_write_vectored(cx, bufs),
        }
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

    #[test]
    fn only_answers_of_others_get_an_id() {
        let theirs = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(refused(theirs), Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
        let with_id = named(theirs, "an id");
        let expected =
            "HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nx-amzn-requestid: an id\r\n\r\n";
        assert_eq!(String::from_utf8(with_id.clone()).unwrap(), expected);
        for other in [
            &*with_id,
            b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
            b"HTTP/1.1 400 Bad Request\r\ncontent-length: 5\r\n\r\nhello",
            b"HTTP/1.1 4",
            b"",
        ] {
            assert_eq!(refused(other), None, "{}", String::from_utf8_lossy(other));
        }
    }
}
