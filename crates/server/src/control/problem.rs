//! What the control API refuses: the member, its value, what was expected.

use super::{Named, json};
use crate::decide::Outcome;
use crate::http::answer::{Answer, JSON_HEADERS};
use axum::response::{IntoResponse, Response};
use crossconnect_core::{ControlRejection, RegistryRejection, Rejection};
use hyper::{Method, StatusCode, Uri};
use serde::Serialize;

/// How much of a value a text repeats, in characters.
const SHOWN_MAX: usize = 64;

/// An error of the control API.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    message: String,
    member: Option<String>,
    value: Option<String>,
    expected: Option<&'static str>,
}

#[derive(Serialize)]
struct Document<'a> {
    error: Error<'a>,
}

#[derive(Serialize)]
struct Error<'a> {
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Problem { status, code, message: message.into(), member: None, value: None, expected: None }
    }

    /// A member that cannot be read.
    pub(super) fn member(member: String, message: String) -> Self {
        Problem { member: Some(member), ..Problem::new(StatusCode::BAD_REQUEST, "BadRequest", message) }
    }

    /// A member's value that makes no sense.
    pub(super) fn value(member: &str, value: &str, expected: &'static str) -> Self {
        let shown: String = value.chars().take(SHOWN_MAX).collect();
        let message = format!("{member} is {shown:?}, expected {expected}");
        Problem { value: Some(shown), expected: Some(expected), ..Problem::member(member.to_owned(), message) }
    }

    /// Its text.
    pub(super) fn into_message(self) -> String {
        self.message
    }

    fn body(&self) -> Document<'_> {
        Document {
            error: Error {
                code: self.code,
                message: &self.message,
                member: self.member.as_deref(),
                value: self.value.as_deref(),
                expected: self.expected,
            },
        }
    }

    /// The answer, for what never reaches the router.
    pub(super) fn answer(&self) -> Answer {
        let body = serde_json::to_vec(&self.body()).expect("our own values can be written as JSON");
        Answer::new(self.status, JSON_HEADERS, body, self.code)
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        use ControlRejection::{
            ClockBackwards, ClockTooFar, SystemClock, UnknownDevice, UnknownResource, UnknownSecret,
        };
        use RegistryRejection::{
            AccountInUse, PrincipalInUse, RotateInactive, TooManyKeys, UnknownAccessKey, UnknownAccount,
            UnknownPrincipal,
        };
        let (status, code) = match &rejection {
            Rejection::Control(UnknownResource { .. } | UnknownDevice { .. } | UnknownSecret { .. }) => {
                (StatusCode::NOT_FOUND, "NotFound")
            }
            Rejection::Registry(UnknownAccount { .. } | UnknownPrincipal { .. } | UnknownAccessKey { .. }) => {
                (StatusCode::NOT_FOUND, "NotFound")
            }
            Rejection::Registry(
                AccountInUse { .. } | PrincipalInUse { .. } | TooManyKeys { .. } | RotateInactive { .. },
            ) => (StatusCode::CONFLICT, "Conflict"),
            Rejection::Control(SystemClock | ClockBackwards { .. } | ClockTooFar { .. }) => {
                (StatusCode::CONFLICT, "Conflict")
            }
            _ => (StatusCode::BAD_REQUEST, "BadRequest"),
        };
        Problem::new(status, code, rejection.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(json(&self.body()));
        *response.status_mut() = self.status;
        response.extensions_mut().insert(Named(self.code));
        response
    }
}

/// What an accepted change interrupts, or why it was not accepted.
pub(super) fn accepted(outcome: Outcome) -> Result<Vec<String>, Problem> {
    let failed = StatusCode::INTERNAL_SERVER_ERROR;
    match outcome {
        Outcome::Accepted { interrupts, .. } => Ok(interrupts),
        Outcome::Refused(rejection) => Err(rejection.into()),
        Outcome::Denied(text) => Err(Problem::new(StatusCode::FORBIDDEN, "Forbidden", text)),
        Outcome::Throttled => {
            let text = "As many changes wait as may; try again.";
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Busy", text))
        }
        Outcome::Failed(text) => Err(Problem::new(failed, "StoreFailed", text)),
        Outcome::Panicked => Err(Problem::new(
            failed,
            "InternalFailure",
            "Crossconnect failed; nothing was changed. The log has the place.",
        )),
    }
}

pub(super) async fn unknown_path(uri: Uri) -> Problem {
    let path: String = uri.path().chars().take(SHOWN_MAX).collect();
    let text = format!("{path:?} is not served here; /_crossconnect/openapi.json lists what is.");
    Problem::new(StatusCode::NOT_FOUND, "NotFound", text)
}

pub(super) async fn unknown_method(method: Method, uri: Uri) -> Problem {
    let path: String = uri.path().chars().take(SHOWN_MAX).collect();
    let text = format!("{method} is not served at {path:?}; /_crossconnect/openapi.json lists what is.");
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", text)
}
