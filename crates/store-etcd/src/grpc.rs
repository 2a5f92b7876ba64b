//! gRPC, as much of it as a client of etcd needs: calls with one answer, and calls whose answers go on.
//!
//! A message travels in a frame (`frame.rs`). How a call ended stands in the trailers (`status.rs`). All calls of a
//! connection share one connection of HTTP/2.

mod frame;
mod status;

pub(crate) use status::{CallError, Code};

use crate::tls;
use bytes::BytesMut;
use frame::{Sent, take_message};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::client::conn::http2::{self, SendRequest};
use hyper::header::{CONTENT_TYPE, HeaderValue, TE};
use hyper::{HeaderMap, Request, Response, StatusCode, Uri};
use hyper_util::rt::{TokioExecutor, TokioIo};
use prost::Message;
use status::status;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// How long a connection that has failed is asked for the reason.
const LAST_WORDS: Duration = Duration::from_millis(100);
/// How much may be on its way to us before it is taken: a load of the whole store should not wait for windows.
const WINDOW: u32 = 4 << 20;

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
    /// Why it has ended by itself.
    ended: watch::Receiver<Option<CallError>>,
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

    /// What is known of a call that failed: where the connection has ended, why.
    async fn lost(&self, error: &hyper::Error) -> CallError {
        let mut ended = self.ended.clone();
        // The call may hear of its end before the connection has said why.
        let said = tokio::time::timeout(LAST_WORDS, ended.wait_for(Option::is_some)).await;
        let why = said.ok().and_then(Result::ok).and_then(|why| why.clone());
        why.unwrap_or_else(|| CallError::Lost(causes(error)))
    }
}

/// An error with what led to it.
fn causes(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(error.source(), |source| source.source());
    sources.fold(error.to_string(), |text, source| format!("{text}: {source}"))
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
        let (end, ended) = watch::channel(None);
        let driver = tokio::spawn(async move {
            if let Err(error) = connection.await {
                let text = causes(&error);
                // Nobody may wait for it.
                let _ = end.send(Some(if tls::is_refusal(&text) {
                    CallError::Untrusted(text)
                } else {
                    CallError::Lost(text)
                }));
            }
        });
        let driver = Driver { task: driver.abort_handle(), is_cut: watch::Sender::new(false), ended };
        Ok(Connection { sender, authority: authority.into(), driver: Arc::new(driver) })
    }

    /// Whether they are the same one.
    pub(crate) fn is(&self, other: &Connection) -> bool {
        Arc::ptr_eq(&self.driver, &other.driver)
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
            match response.into_body().collect().await {
                Ok(body) => Ok(body),
                Err(error) => Err(self.driver.lost(&error).await),
            }
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
        if let Err(error) = sender.ready().await {
            return Err(match self.driver.lost(&error).await {
                CallError::Lost(reason) => CallError::Unsent(reason),
                error => error,
            });
        }
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
        let request =
            request.body(Sent::new(message, stays_open)).map_err(|error| CallError::Unsent(error.to_string()))?;
        let response = match sender.send_request(request).await {
            Ok(response) => response,
            Err(error) => return Err(self.driver.lost(&error).await),
        };
        // A call that failed at once has its status in the head.
        status(response.headers())?;
        if response.status() != StatusCode::OK {
            return Err(CallError::Lost(format!("the answer has the status {}", response.status())));
        }
        Ok(response)
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
