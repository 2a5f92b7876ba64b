//! The bodies of answers: whole ones, and those that go on.

use super::answer::Sent;
use http_body_util::Full;
use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// What is sent piece by piece, until nobody has another one. Who makes the pieces waits for the connection.
#[derive(Debug)]
pub(crate) struct Stream(pub(crate) mpsc::Receiver<Bytes>);

/// The body of an answer.
pub(crate) enum Body {
    Whole(Full<Bytes>),
    Stream(Stream),
}

impl From<Sent> for Body {
    fn from(sent: Sent) -> Self {
        match sent {
            Sent::Whole(bytes) => Body::Whole(Full::new(bytes.into())),
            Sent::Stream(stream) => Body::Stream(stream),
        }
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Body::Whole(whole) => Pin::new(whole).poll_frame(cx),
            Body::Stream(stream) => stream.0.poll_recv(cx).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Body::Whole(whole) => whole.is_end_stream(),
            Body::Stream(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Body::Whole(whole) => whole.size_hint(),
            Body::Stream(_) => SizeHint::default(),
        }
    }
}
