//! A client of the API that knows whether a call was accepted, refused, or left unknown.

use serde_json::Value;
use std::time::Duration;

/// What came of a call.
pub(super) enum Outcome {
    /// Accepted: the answer.
    Accepted(Value),
    /// Refused with this text; nothing was changed.
    Refused(String),
    /// No whole answer came: it may have been carried out or not.
    Unknown,
}

/// Calls one server for one account.
pub(super) struct Client {
    agent: ureq::Agent,
    url: String,
    account: String,
}

impl Client {
    pub(super) fn new(url: &str, account: String) -> Self {
        let config =
            ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(30)));
        Client { agent: config.build().new_agent(), url: url.to_owned(), account }
    }

    /// Calls `operation`; `invocation` is the id that SDKs repeat on a retry.
    pub(super) fn call(&self, operation: &str, input: &Value, invocation: &str) -> Outcome {
        let credential = format!("{}/20261122/us-east-1/directconnect/aws4_request", self.account);
        let authorization =
            format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature={:064}", 0);
        let answer = self
            .agent
            .post(&self.url)
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
        match (answer.status().as_u16(), serde_json::from_str(&body)) {
            (200, Ok(value)) => Outcome::Accepted(value),
            (400..=499, _) => Outcome::Refused(body),
            _ => Outcome::Unknown,
        }
    }
}
