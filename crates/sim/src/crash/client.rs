//! A client of the API that knows whether a call was accepted, refused, or left unknown.

use serde_json::Value;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What came of a call.
pub(crate) enum Outcome {
    /// Accepted: the answer.
    Accepted(Value),
    /// Refused with this text; nothing was changed.
    Refused(String),
    /// No whole answer came: it may have been carried out or not.
    Unknown,
}

/// One attempt of a call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt {
    /// Which of the servers was asked.
    pub(crate) server: usize,
    pub(crate) began: Instant,
    pub(crate) ended: Instant,
    /// The status of the answer; none where no whole answer came.
    pub(crate) status: Option<u16>,
}

/// Calls servers for one account.
pub(crate) struct Client {
    agent: ureq::Agent,
    urls: Vec<String>,
    next: AtomicUsize,
    account: String,
    patience: Duration,
    /// The id of the request that was answered last.
    answered: Mutex<String>,
    /// The attempts of the last call: which server, when it was begun and ended, and the status of its answer, if any.
    attempts: Mutex<Vec<Attempt>>,
    /// What was answered last, where the server could not do what it was asked for.
    failure: Mutex<Option<String>>,
}

/// How long to wait before a call is repeated to another server.
const PAUSE: Duration = Duration::from_millis(50);

impl Client {
    pub(crate) fn new(url: &str, account: String) -> Self {
        Self::of(vec![url.to_owned()], account, Duration::from_secs(30), Duration::ZERO)
    }

    /// Calls any of these servers, and waits so long for an answer of one. A call without an answer is repeated to the
    /// next one, as SDKs do, until `patience` has passed.
    pub(crate) fn of(urls: Vec<String>, account: String, answer: Duration, patience: Duration) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(answer));
        Client {
            agent: config.build().new_agent(),
            urls,
            next: AtomicUsize::new(0),
            account,
            patience,
            answered: Mutex::default(),
            attempts: Mutex::default(),
            failure: Mutex::default(),
        }
    }

    /// The id of the request that was answered last.
    pub(crate) fn answered(&self) -> String {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the server answered last, where it could not do what it was asked for; nothing where there was no answer.
    pub(crate) fn failure(&self) -> Option<String> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Calls `operation`; `invocation` is the id that SDKs repeat on a retry.
    pub(crate) fn call(&self, operation: &str, input: &Value, invocation: &str) -> Outcome {
        let began = Instant::now();
        self.attempts().clear();
        loop {
            let server = self.next.fetch_add(1, Relaxed) % self.urls.len();
            let attempted = Instant::now();
            let (status, outcome) = self.call_once(&self.urls[server], operation, input, invocation);
            self.attempts().push(Attempt { server, began: attempted, ended: Instant::now(), status });
            match outcome {
                Outcome::Unknown if began.elapsed() < self.patience => std::thread::sleep(PAUSE),
                outcome => return outcome,
            }
        }
    }

    /// The attempts of the last call.
    pub(crate) fn attempts(&self) -> MutexGuard<'_, Vec<Attempt>> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the last call may still be carried out, though it was refused: an attempt of it was left without an
    /// answer, or with one that leaves it open, and a server that was paused has it.
    pub(crate) fn may_come_late(&self) -> bool {
        self.attempts().iter().any(|attempt| attempt.status.is_none_or(|status| status >= 500))
    }

    /// What came of one attempt, and the status of its answer, where a whole one came.
    fn call_once(&self, url: &str, operation: &str, input: &Value, invocation: &str) -> (Option<u16>, Outcome) {
        let credential = format!("{}/20261122/us-east-1/directconnect/aws4_request", self.account);
        let authorization =
            format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature={:064}", 0);
        let answer = self
            .agent
            .post(url)
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", format!("OvertureService.{operation}"))
            .header("amz-sdk-invocation-id", invocation)
            .header("authorization", authorization)
            .send(input.to_string());
        let Ok(mut answer) = answer else {
            return (None, Outcome::Unknown);
        };
        let Ok(body) = answer.body_mut().read_to_string() else {
            return (None, Outcome::Unknown);
        };
        let id = answer.headers().get("x-amzn-requestid").and_then(|id| id.to_str().ok());
        *self.answered.lock().unwrap_or_else(PoisonError::into_inner) = id.unwrap_or_default().to_owned();
        let status = answer.status().as_u16();
        let failure = (status >= 500).then(|| body.clone());
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
        match (status, serde_json::from_str(&body)) {
            (200, Ok(value)) => (Some(status), Outcome::Accepted(value)),
            (400..=499, _) => (Some(status), Outcome::Refused(body)),
            (500.., _) => (Some(status), Outcome::Unknown),
            _ => (None, Outcome::Unknown),
        }
    }
}
