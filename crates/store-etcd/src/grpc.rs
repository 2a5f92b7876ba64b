//! gRPC, as much of it as a client of etcd needs: calls with one answer, and calls whose answers go on.
//!
//! A message travels in a frame: whether it is compressed, its length, its bytes. How a call ended stands in the
//! trailers. All calls of a connection share one connection of HTTP/2.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming};
use hyper::client::conn::http2::{self, SendRequest};
use hyper::header::{CONTENT_TYPE, HeaderValue, TE};
use hyper::{HeaderMap, Request, Response, StatusCode, Uri};
use hyper_util::rt::{TokioExecutor, TokioIo};
use prost::Message;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// The bytes before each message.
const FRAME_HEAD: usize = 5;
/// The largest message that is read. A page of rows is far smaller, and so is what one transaction may write.
const MESSAGE_MAX: usize = 256 << 20;
/// How much may be on its way to us before it is taken: a load of the whole store should not wait for windows.
const WINDOW: u32 = 4 << 20;

/// Why a call has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallError {
    /// It was never sent.
    #[error("{0}")]
    Unsent(String),
    /// It was never sent, since no member has proven who it is. Waiting will not change that.
    #[error("{0}")]
    Untrusted(String),
    /// etcd says so, with a code of gRPC.
    #[error("{message}")]
    Status {
        /// The code.
        code: Code,
        /// etcd's words.
        message: String,
    },
    /// It was sent, or may have been, and nobody can tell what became of it.
    #[error("{0}")]
    Lost(String),
}

/// A code of gRPC, as far as they are told apart here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    InvalidArgument,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
    FailedPrecondition,
    OutOfRange,
    Unauthenticated,
    /// Any other: the call may have been done or not.
    Other(u32),
}

impl From<u32> for Code {
    fn from(code: u32) -> Self {
        match code {
            3 => Code::InvalidArgument,
            5 => Code::NotFound,
            7 => Code::PermissionDenied,
            8 => Code::ResourceExhausted,
            9 => Code::FailedPrecondition,
            11 => Code::OutOfRange,
            16 => Code::Unauthenticated,
            code => Code::Other(code),
        }
    }
}

/// A connection to one member.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    sender: SendRequest<Sent>,
    authority: Arc<str>,
    driver: Arc<Driver>,
}

/// What moves the connection's bytes; it ends with the last that holds it.
#[derive(Debug)]
struct Driver {
    task: AbortHandle,
    /// Whether the connection was given up. Its calls wait for that as well: hyper goes on reading for those under way,
    /// and the other side may never send anything again, nor close.
    is_cut: watch::Sender<bool>,
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Driver {
    /// What comes of this, unless the connection is cut first.
    async fn unless_cut<T>(&self, work: impl Future<Output = Result<T, CallError>>) -> Result<T, CallError> {
        let mut is_cut = self.is_cut.subscribe();
        tokio::select! {
            // The sender is ours: it cannot go before us.
            _ = is_cut.wait_for(|is_cut| *is_cut) => Err(CallError::Lost("the connection was given up".to_owned())),
            done = work => done,
        }
    }
}

/// What bytes may travel over.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl Connection {
    /// Speaks HTTP/2 over `stream`.
    pub(crate) async fn new(stream: Box<dyn Stream>, authority: &str) -> Result<Self, CallError> {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder.initial_stream_window_size(WINDOW).initial_connection_window_size(WINDOW);
        let shaken = builder.handshake(TokioIo::new(stream)).await;
        let (sender, connection) = shaken.map_err(|error| CallError::Unsent(error.to_string()))?;
        let driver = tokio::spawn(async move {
            // How it ended is told to the calls that are under way.
            let _ = connection.await;
        });
        let driver = Driver { task: driver.abort_handle(), is_cut: watch::Sender::new(false) };
        Ok(Connection { sender, authority: authority.into(), driver: Arc::new(driver) })
    }

    /// Whether no call can be sent any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Ends the connection and every call on it.
    pub(crate) fn cut(&self) {
        self.driver.task.abort();
        self.driver.is_cut.send_replace(true);
    }

    /// A call with one answer.
    pub(crate) async fn unary<A: Message + Default>(
        &self,
        path: &'static str,
        message: &impl Message,
        token: Option<&HeaderValue>,
    ) -> Result<A, CallError> {
        let whole = async {
            let response = self.send(path, message, token, false).await?;
            response.into_body().collect().await.map_err(|error| CallError::Lost(error.to_string()))
        };
        let body = self.driver.unless_cut(whole).await?;
        let trailers = body.trailers().cloned().unwrap_or_default();
        status(&trailers)?.ok_or_else(|| CallError::Lost("the answer has no status".to_owned()))?;
        let mut bytes = BytesMut::from(&*body.to_bytes());
        take_message(&mut bytes)?.ok_or_else(|| CallError::Lost("the answer has no message".to_owned()))
    }

    /// A call whose answers go on until either side ends it.
    pub(crate) async fn streaming(
        &self,
        path: &'static str,
        message: &impl Message,
        token: Option<&HeaderValue>,
    ) -> Result<Answers, CallError> {
        let response = self.driver.unless_cut(self.send(path, message, token, true)).await?;
        Ok(Answers { body: response.into_body(), bytes: BytesMut::new(), connection: self.clone() })
    }

    async fn send(
        &self,
        path: &'static str,
        message: &impl Message,
        token: Option<&HeaderValue>,
        stays_open: bool,
    ) -> Result<Response<Incoming>, CallError> {
        let mut sender = self.sender.clone();
        sender.ready().await.map_err(|error| CallError::Unsent(error.to_string()))?;
        let uri = Uri::builder().scheme("http").authority(&*self.authority).path_and_query(path).build();
        let uri = uri.map_err(|error| CallError::Unsent(error.to_string()))?;
        let mut request = Request::post(uri)
            .header(CONTENT_TYPE, "application/grpc")
            .header(TE, "trailers")
            // A member that has lost its leader says so, instead of keeping a watch that will see nothing.
            .header("hasleader", "true");
        if let Some(token) = token {
            request = request.header("token", token);
        }
        let body = Sent { frame: Some(frame(message)), stays_open };
        let request = request.body(body).map_err(|error| CallError::Unsent(error.to_string()))?;
        let response = sender.send_request(request).await.map_err(|error| CallError::Lost(error.to_string()))?;
        // A call that failed at once has its status in the head.
        status(response.headers())?;
        if response.status() != StatusCode::OK {
            return Err(CallError::Lost(format!("the answer has the status {}", response.status())));
        }
        Ok(response)
    }
}

/// What is sent: one message, after which the sender may keep its side open.
#[derive(Debug)]
struct Sent {
    frame: Option<Bytes>,
    stays_open: bool,
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match (self.frame.take(), self.stays_open) {
            (Some(frame), _) => Poll::Ready(Some(Ok(Frame::data(frame)))),
            (None, false) => Poll::Ready(None),
            // It ends with its stream; nobody has to be woken.
            (None, true) => Poll::Pending,
        }
    }
}

/// The answers of a call that goes on.
pub(crate) struct Answers {
    body: Incoming,
    bytes: BytesMut,
    connection: Connection,
}

impl Answers {
    /// The next one. The call has ended when there is none; its status is told as an error.
    pub(crate) async fn next<A: Message + Default>(&mut self) -> Result<A, CallError> {
        loop {
            if let Some(message) = take_message(&mut self.bytes)? {
                return Ok(message);
            }
            let frame = async {
                let frame = self.body.frame().await;
                let frame = frame.ok_or_else(|| CallError::Lost("the stream has ended".to_owned()))?;
                frame.map_err(|error| CallError::Lost(error.to_string()))
            };
            match self.connection.driver.unless_cut(frame).await?.into_data() {
                Ok(data) => self.bytes.extend_from_slice(&data),
                Err(frame) => {
                    status(frame.trailers_ref().unwrap_or(&HeaderMap::new()))?;
                    return Err(CallError::Lost("the stream has ended".to_owned()));
                }
            }
        }
    }
}

fn frame(message: &impl Message) -> Bytes {
    let length = message.encoded_len();
    let mut frame = BytesMut::with_capacity(FRAME_HEAD + length);
    frame.put_u8(0);
    frame.put_u32(u32::try_from(length).expect("what is sent is far below 4 GiB"));
    message.encode(&mut frame).expect("the buffer grows");
    frame.freeze()
}

/// The message at the front, once all of it is there.
fn take_message<A: Message + Default>(bytes: &mut BytesMut) -> Result<Option<A>, CallError> {
    let Some(head) = bytes.first_chunk::<FRAME_HEAD>() else { return Ok(None) };
    let [is_compressed, length @ ..] = *head;
    let length = u32::from_be_bytes(length) as usize;
    if is_compressed != 0 || length > MESSAGE_MAX {
        return Err(CallError::Lost(format!("a message is compressed or too long: {length} bytes")));
    }
    if bytes.len() < FRAME_HEAD + length {
        bytes.reserve(FRAME_HEAD + length - bytes.len());
        return Ok(None);
    }
    bytes.advance(FRAME_HEAD);
    let message = A::decode(bytes.split_to(length)).map_err(|error| CallError::Lost(error.to_string()))?;
    Ok(Some(message))
}

/// How a call ended, where these headers say it.
fn status(headers: &HeaderMap) -> Result<Option<()>, CallError> {
    let Some(status) = headers.get("grpc-status") else { return Ok(None) };
    let code = status.to_str().ok().and_then(|code| code.parse().ok()).unwrap_or(u32::MAX);
    if code == 0 {
        return Ok(Some(()));
    }
    let message = headers.get("grpc-message").and_then(|text| text.to_str().ok()).unwrap_or_default();
    Err(CallError::Status { code: code.into(), message: unescape(message) })
}

/// The text of a status: bytes that are not plain are written as `%` and two digits.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let (byte, after) = match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => (byte, &after[2..]),
            None => (*first, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::KeyValue;

    #[test]
    fn messages_come_out_of_frames_however_these_arrive() {
        let sent = KeyValue { key: b"k".to_vec(), value: vec![7; 300], mod_revision: 9, version: 2 };
        let (first, second) = (frame(&sent), frame(&KeyValue::default()));
        let mut bytes = BytesMut::new();
        for byte in &first[..first.len() - 1] {
            bytes.put_u8(*byte);
            assert_eq!(take_message::<KeyValue>(&mut bytes), Ok(None));
        }
        bytes.extend_from_slice(&first[first.len() - 1..]);
        bytes.extend_from_slice(&second);
        assert_eq!(take_message(&mut bytes), Ok(Some(sent)));
        assert_eq!(take_message(&mut bytes), Ok(Some(KeyValue::default())));
        assert!(bytes.is_empty());
        bytes.extend_from_slice(&[1, 0, 0, 0, 0]);
        assert!(take_message::<KeyValue>(&mut bytes).is_err(), "we asked for no compression");
    }

    #[test]
    fn a_status_is_read_where_there_is_one() {
        let mut headers = HeaderMap::new();
        assert_eq!(status(&headers), Ok(None));
        headers.insert("grpc-status", HeaderValue::from_static("0"));
        assert_eq!(status(&headers), Ok(Some(())));
        headers.insert("grpc-status", HeaderValue::from_static("8"));
        headers.insert("grpc-message", HeaderValue::from_static("mvcc%3A full%"));
        let message = "mvcc: full%".to_owned();
        assert_eq!(status(&headers), Err(CallError::Status { code: Code::ResourceExhausted, message }));
    }
}
