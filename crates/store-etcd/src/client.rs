//! A client of an etcd cluster: one member at a time, the next one when this one does not answer.
//!
//! Reads are repeated until a deadline, writes never: what a write that was lost has done is for its caller to find out.
//!
//! What a member has is not what it had before for certain: it may have been restored from an older copy meanwhile. For
//! that it must have ended, and with it each connection to it. So what rests on what a node has followed is sent only over
//! a connection on which that was found again ([`Client::recognize`]).

use crate::grpc::{Answers, CallError, Code, Connection, Stream};
use crate::messages::{
    AuthenticateRequest, AuthenticateResponse, Done, LeaseGrantRequest, LeaseRequest, LeaseResponse, Op, PutRequest,
    RangeRequest, RangeResponse, RequestOp, TxnRequest, TxnResponse, WatchAsk, WatchCreateRequest, WatchRequest,
};
use crate::options::{Options, User};
use crate::tls;
use hyper::header::HeaderValue;
use prost::Message;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicU64, AtomicUsize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(1);
/// How long one answer is waited for, from one member. An election takes about as long, after which any member answers.
const ANSWER: Duration = Duration::from_secs(2);
/// How long to wait before the next member is tried once all have failed.
const PAUSE: Duration = Duration::from_millis(100);

/// The client. A clone is the same one.
#[derive(Debug, Clone)]
pub(crate) struct Client(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    options: Options,
    current: tokio::sync::Mutex<Current>,
    token: Mutex<Option<HeaderValue>>,
    /// The connection on which was found what a node has followed, and the number of its load.
    recognized: Mutex<Option<(Connection, u64)>>,
    /// How many calls in a row were refused by members that do not believe who we are.
    refusals: AtomicUsize,
    began: Instant,
    /// When a quorum last answered, in milliseconds after `began`.
    heard: AtomicU64,
}

#[derive(Debug, Default)]
struct Current {
    connection: Option<Connection>,
    /// The endpoint to try next.
    next: usize,
}

impl Client {
    pub(crate) fn new(options: Options) -> Self {
        // Nodes of one cluster begin with different members.
        let mut start = [0; 8];
        let _ = getrandom::fill(&mut start);
        let next = u64::from_le_bytes(start) as usize % options.endpoints.len().max(1);
        let current = tokio::sync::Mutex::new(Current { connection: None, next });
        let (token, began, heard) = (Mutex::new(None), Instant::now(), AtomicU64::new(0));
        let (recognized, refusals) = (Mutex::new(None), AtomicUsize::new(0));
        Client(Arc::new(Shared { options, current, token, recognized, refusals, began, heard }))
    }

    pub(crate) fn options(&self) -> &Options {
        &self.0.options
    }

    /// How long no quorum has answered.
    pub(crate) fn silence(&self) -> Duration {
        self.0.began.elapsed().saturating_sub(Duration::from_millis(self.0.heard.load(Relaxed)))
    }

    /// Whether no quorum has ever answered.
    pub(crate) fn is_unheard(&self) -> bool {
        self.0.heard.load(Relaxed) == 0
    }

    /// Reads, of a quorum, until `deadline`.
    pub(crate) async fn range(&self, request: &RangeRequest, deadline: Instant) -> Result<RangeResponse, CallError> {
        loop {
            match self.quorum("/etcdserverpb.KV/Range", request).await {
                Err(error) if error.may_pass() && Instant::now() < deadline => tokio::time::sleep(PAUSE).await,
                result => return result,
            }
        }
    }

    /// Reads once, of a quorum, what was followed since that load.
    pub(crate) async fn range_since(&self, load: u64, request: &RangeRequest) -> Result<RangeResponse, CallError> {
        let connection = self.followed(load).await?;
        self.quorum_over(&connection, "/etcdserverpb.KV/Range", request).await
    }

    /// One transaction, sent once.
    pub(crate) async fn txn(&self, request: &TxnRequest) -> Result<TxnResponse, CallError> {
        self.quorum("/etcdserverpb.KV/Txn", request).await
    }

    /// One transaction that rests on what was followed since that load, sent once.
    pub(crate) async fn txn_since(&self, load: u64, request: &TxnRequest) -> Result<TxnResponse, CallError> {
        let connection = self.followed(load).await?;
        self.quorum_over(&connection, "/etcdserverpb.KV/Txn", request).await
    }

    /// Asks for what was followed since a load, and answers the connection where it `is_same`: it can be followed, and
    /// what rests on it may be sent, over that one alone.
    pub(crate) async fn recognize(
        &self,
        load: u64,
        request: &RangeRequest,
        is_same: impl FnOnce(&RangeResponse) -> bool,
    ) -> Result<Option<Connection>, CallError> {
        let connection = self.connection().await?;
        let answer = match self.quorum_over(&connection, "/etcdserverpb.KV/Range", request).await {
            Err(error) if error.is_of_the_future() => return Ok(None),
            answer => answer?,
        };
        if !is_same(&answer) {
            return Ok(None);
        }
        *self.recognized() = Some((connection.clone(), load));
        Ok(Some(connection))
    }

    fn recognized(&self) -> MutexGuard<'_, Option<(Connection, u64)>> {
        self.0.recognized.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection over which what was followed since a load can be changed.
    async fn followed(&self, load: u64) -> Result<Connection, CallError> {
        let connection = self.connection().await?;
        let is_followed = self.recognized().as_ref().is_some_and(|(known, of)| known.is(&connection) && *of == load);
        let unsent = || CallError::Unsent("what it has is not followed yet".to_owned());
        if is_followed { Ok(connection) } else { Err(unsent()) }
    }

    /// One row, written once.
    pub(crate) async fn put(&self, request: PutRequest) -> Result<(), CallError> {
        let _: Done = self.quorum("/etcdserverpb.KV/Put", &request).await?;
        Ok(())
    }

    /// Follows what is committed from a revision on.
    pub(crate) async fn watch(
        &self,
        connection: &Connection,
        create: WatchCreateRequest,
    ) -> Result<Answers, CallError> {
        let token = self.token(connection).await?;
        let request = WatchRequest { ask: Some(WatchAsk::Create(create)) };
        let started = connection.streaming("/etcdserverpb.Watch/Watch", &request, token.as_ref());
        let started = timeout(ANSWER, started).await.unwrap_or_else(|_| Err(no_answer()));
        if let Err(error) = &started {
            self.judge(connection, error).await;
        }
        started
    }

    pub(crate) async fn grant(&self, ttl: Duration) -> Result<i64, CallError> {
        let request = LeaseGrantRequest { ttl: i64::try_from(ttl.as_secs()).unwrap_or(i64::MAX) };
        let granted: LeaseResponse = self.quorum("/etcdserverpb.Lease/LeaseGrant", &request).await?;
        Ok(granted.id)
    }

    /// Renews a lease; false when it has ended.
    pub(crate) async fn renew(&self, id: i64) -> Result<bool, CallError> {
        let renewed: LeaseResponse = self.call("/etcdserverpb.Lease/LeaseKeepAlive", &LeaseRequest { id }).await?;
        Ok(renewed.ttl > 0)
    }

    pub(crate) async fn revoke(&self, id: i64) -> Result<(), CallError> {
        let _: Done = self.call("/etcdserverpb.Lease/LeaseRevoke", &LeaseRequest { id }).await?;
        Ok(())
    }

    /// Leaves the member for the next one: it answers, and is behind the others.
    pub(crate) async fn move_on(&self) {
        if let Some(connection) = self.0.current.lock().await.connection.take() {
            connection.cut();
        }
    }

    /// A call that a quorum answers.
    async fn quorum<A: Message + Default>(&self, path: &'static str, message: &impl Message) -> Result<A, CallError> {
        let connection = self.connection().await?;
        self.quorum_over(&connection, path, message).await
    }

    async fn quorum_over<A: Message + Default>(
        &self,
        connection: &Connection,
        path: &'static str,
        message: &impl Message,
    ) -> Result<A, CallError> {
        let began = self.0.began.elapsed();
        let answer = self.call_over(connection, path, message).await?;
        // The quorum was there at some moment after the call was sent.
        self.0.heard.fetch_max(u64::try_from(began.as_millis()).unwrap_or(u64::MAX), Relaxed);
        Ok(answer)
    }

    async fn call<A: Message + Default>(&self, path: &'static str, message: &impl Message) -> Result<A, CallError> {
        let connection = self.connection().await?;
        self.call_over(&connection, path, message).await
    }

    async fn call_over<A: Message + Default>(
        &self,
        connection: &Connection,
        path: &'static str,
        message: &impl Message,
    ) -> Result<A, CallError> {
        let token = self.token(connection).await?;
        let answered = timeout(ANSWER, connection.unary(path, message, token.as_ref())).await;
        let answered = answered.unwrap_or_else(|_| Err(no_answer()));
        match answered {
            Ok(answer) => {
                self.0.refusals.store(0, Relaxed);
                Ok(answer)
            }
            Err(CallError::Untrusted(reason)) => {
                connection.cut();
                // Another member may believe us yet.
                let refusals = self.0.refusals.fetch_add(1, Relaxed) + 1;
                let is_final = refusals >= self.0.options.endpoints.len();
                Err(if is_final { CallError::Untrusted(reason) } else { CallError::Unsent(reason) })
            }
            Err(error) => {
                self.judge(connection, &error).await;
                Err(error)
            }
        }
    }

    /// What an error says about the member that it came from, and about our token.
    async fn judge(&self, connection: &Connection, error: &CallError) {
        if error.is_about_token() {
            *self.0.token.lock().unwrap_or_else(PoisonError::into_inner) = None;
            return;
        }
        let is_members = match error {
            CallError::Unsent(_) | CallError::Lost(_) | CallError::Status { code: Code::Other(_), .. } => true,
            CallError::Untrusted(_) | CallError::Status { .. } => false,
        };
        if is_members {
            connection.cut();
        }
    }

    /// The connection, or one to the first member from the next on that can be reached.
    async fn connection(&self) -> Result<Connection, CallError> {
        let mut current = self.0.current.lock().await;
        if let Some(connection) = current.connection.as_ref().filter(|connection| !connection.is_closed()) {
            return Ok(connection.clone());
        }
        current.connection = None;
        let endpoints = &self.0.options.endpoints;
        let (mut reasons, mut untrusted) = (Vec::new(), 0);
        for _ in 0..endpoints.len() {
            let endpoint = &endpoints[current.next];
            current.next = (current.next + 1) % endpoints.len();
            match timeout(CONNECT, self.connect(endpoint)).await {
                Ok(Ok(connection)) => {
                    current.connection = Some(connection.clone());
                    return Ok(connection);
                }
                Ok(Err(error)) => {
                    untrusted += usize::from(matches!(error, CallError::Untrusted(_)));
                    reasons.push(format!("{endpoint}: {error}"));
                }
                Err(_) => reasons.push(format!("{endpoint}: no connection within {} s", CONNECT.as_secs())),
            }
        }
        // Where one member only cannot be reached, it may yet come and be trusted.
        let is_final = untrusted == endpoints.len();
        let reason = reasons.join("; ");
        Err(if is_final { CallError::Untrusted(reason) } else { CallError::Unsent(reason) })
    }

    async fn connect(&self, endpoint: &str) -> Result<Connection, CallError> {
        let unsent = |error: std::io::Error| CallError::Unsent(error.to_string());
        let stream = TcpStream::connect(endpoint).await.map_err(unsent)?;
        // Requests are small and complete: they leave at once. Where this fails, they leave a little later.
        let _ = stream.set_nodelay(true);
        let stream: Box<dyn Stream> = match &self.0.options.tls {
            None => Box::new(stream),
            Some(tls) => tls.wrap(endpoint, stream).await.map_err(|error| match tls::is_untrusted(&error) {
                true => CallError::Untrusted(error.to_string()),
                false => unsent(error),
            })?,
        };
        Connection::new(stream, endpoint).await
    }

    /// The token of the user, got anew where there is none.
    async fn token(&self, connection: &Connection) -> Result<Option<HeaderValue>, CallError> {
        let Some(User { name, password }) = &self.0.options.user else { return Ok(None) };
        let kept = self.0.token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if kept.is_some() {
            return Ok(kept);
        }
        let request = AuthenticateRequest { name: name.clone(), password: password.to_string() };
        let asked = connection.unary("/etcdserverpb.Auth/Authenticate", &request, None);
        // The call itself was not sent.
        let answered: Result<AuthenticateResponse, CallError> =
            timeout(ANSWER, asked).await.unwrap_or_else(|_| Err(no_answer()));
        let answer = answered.map_err(|error| match error {
            CallError::Lost(text) => {
                connection.cut();
                CallError::Unsent(text)
            }
            error => error,
        })?;
        let mut token = HeaderValue::from_str(&answer.token)
            .map_err(|_| CallError::Unsent("etcd's token is no text".to_owned()))?;
        token.set_sensitive(true);
        *self.0.token.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        Ok(Some(token))
    }
}

impl CallError {
    /// Whether the same call may do better later, or with another member.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            CallError::Unsent(_) | CallError::Lost(_) | CallError::Status { code: Code::Other(_), .. } => true,
            CallError::Untrusted(_) => false,
            CallError::Status { .. } => self.is_about_token() || self.is_busy(),
        }
    }

    /// Whether etcd wants another token; such a call was not done.
    pub(crate) fn is_about_token(&self) -> bool {
        match self {
            CallError::Status { code: Code::Unauthenticated, .. } => true,
            CallError::Status { message, .. } => {
                message.contains("invalid auth token") || message.contains("revision of auth store is old")
            }
            CallError::Unsent(_) | CallError::Untrusted(_) | CallError::Lost(_) => false,
        }
    }

    /// Whether etcd has more to do than it can; such a call was not done.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self, CallError::Status { code: Code::ResourceExhausted, message } if message.contains("too many requests"))
    }

    /// Whether etcd has no room; such a call was not done.
    pub(crate) fn is_full(&self) -> bool {
        matches!(self, CallError::Status { message, .. } if message.contains("space exceeded"))
    }

    /// Whether the transaction has more operations than the cluster takes; it was not done.
    pub(crate) fn is_too_many_operations(&self) -> bool {
        matches!(self, CallError::Status { message, .. } if message.contains("too many operations"))
    }

    /// Whether the revision that was asked for is not kept any more.
    pub(crate) fn is_compacted(&self) -> bool {
        matches!(self, CallError::Status { message, .. } if message.contains("has been compacted"))
    }

    /// Whether the revision that was asked for is still to come.
    pub(crate) fn is_of_the_future(&self) -> bool {
        matches!(self, CallError::Status { message, .. } if message.contains("is a future revision"))
    }

    /// Whether the call was certainly not done, and is not still on its way.
    pub(crate) fn is_undone(&self) -> bool {
        match self {
            CallError::Unsent(_) | CallError::Untrusted(_) => true,
            CallError::Lost(_) => false,
            // A member without a leader says so before it does anything.
            CallError::Status { code: Code::Other(_), message } => message == "etcdserver: no leader",
            CallError::Status { .. } => true,
        }
    }
}

fn no_answer() -> CallError {
    CallError::Lost(format!("no answer within {} s", ANSWER.as_secs()))
}

/// One operation of a transaction.
pub(crate) fn op(op: Op) -> RequestOp {
    RequestOp { op: Some(op) }
}
