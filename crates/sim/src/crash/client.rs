//! A client of the API that knows whether a call was accepted, refused, or left unknown.

use serde_json::Value;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Mutex, PoisonError};
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

/// Calls servers for one account.
pub(crate) struct Client {
    agent: ureq::Agent,
    urls: Vec<String>,
    next: AtomicUsize,
    account: String,
    patience: Duration,
    /// The id of the request that was answered last.
    answered: Mutex<String>,
    /// Whether an attempt of the last call was left without an answer: it may still be carried out.
    unanswered: AtomicBool,
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
            unanswered: AtomicBool::new(false),
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
        self.unanswered.store(false, Relaxed);
        loop {
            let url = &self.urls[self.next.fetch_add(1, Relaxed) % self.urls.len()];
            match self.call_once(url, operation, input, invocation) {
                Outcome::Unknown if began.elapsed() < self.patience => {
                    self.unanswered.store(true, Relaxed);
                    std::thread::sleep(PAUSE);
                }
                outcome => return outcome,
            }
        }
    }

    /// Whether the last call may still be carried out, though it was refused: a server that was paused has it.
    pub(crate) fn may_come_late(&self) -> bool {
        self.unanswered.load(Relaxed)
    }

    fn call_once(&self, url: &str, operation: &str, input: &Value, invocation: &str) -> Outcome {
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
            return Outcome::Unknown;
        };
        let Ok(body) = answer.body_mut().read_to_string() else {
            return Outcome::Unknown;
        };
        let id = answer.headers().get("x-amzn-requestid").and_then(|id| id.to_str().ok());
        *self.answered.lock().unwrap_or_else(PoisonError::into_inner) = id.unwrap_or_default().to_owned();
        let failure = (answer.status().as_u16() >= 500).then(|| body.clone());
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
        match (answer.status().as_u16(), serde_json::from_str(&body)) {
            (200, Ok(value)) => Outcome::Accepted(value),
            (400..=499, _) => Outcome::Refused(body),
            _ => Outcome::Unknown,
        }
    }
}
