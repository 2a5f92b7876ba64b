//! The part of STS that clients call when they start: who am I? A form in, XML out.

use crate::http::answer::{Answer, Header};
use crossconnect_auth::Identity;
use crossconnect_auth::signature::{Refusal, SignatureError};
use crossconnect_core::arn::partition;
use crossconnect_wire::{ErrorKind, WireError};
use hyper::StatusCode;

const VERSION: &str = "2011-06-15";
const HEADERS: &[Header] = &[("content-type", "text/xml")];
/// How much of an action's name a text repeats, in characters.
const SHOWN_MAX: usize = 64;

/// An error of a query service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueryError {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl QueryError {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        QueryError { status: StatusCode::BAD_REQUEST, code, message: message.into() }
    }

    /// The caller may not do this.
    pub(crate) fn denied(message: String) -> Self {
        QueryError { status: StatusCode::FORBIDDEN, code: "AccessDenied", message }
    }

    /// The signature does not prove who calls. All of these are 403 here.
    pub(crate) fn signature(error: &SignatureError) -> Self {
        let refusal = error.refusal();
        let message = match refusal {
            Refusal::Missing => "Request is missing Authentication Token".to_owned(),
            Refusal::Incomplete | Refusal::Invalid | Refusal::Unrecognized | Refusal::Expired => error.to_string(),
        };
        QueryError { status: StatusCode::FORBIDDEN, code: refusal.query_name(), message }
    }

    /// The body could not be read.
    pub(crate) fn body(error: &WireError) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let code = match error.kind {
            ErrorKind::RequestEntityTooLarge => "RequestEntityTooLarge",
            ErrorKind::Exception(_) => "ServiceUnavailable",
            _ => "MalformedInput",
        };
        QueryError { status, code, message: error.message.clone() }
    }

    /// Its document.
    pub(crate) fn answer(&self, request_id: &str) -> Answer {
        let body = format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/{VERSION}/\">\n  <Error>\n    <Type>Sender</Type>\n    \
             <Code>{}</Code>\n    <Message>{}</Message>\n  </Error>\n  <RequestId>{request_id}</RequestId>\n\
             </ErrorResponse>\n",
            self.code,
            escaped(&self.message)
        );
        xml(self.status, body, self.code)
    }
}

/// What a form asks for: GetCallerIdentity, or something that is not here. It stands in the body, or in the query of an
/// address that was signed beforehand.
pub(crate) fn read(query: &str, body: &[u8]) -> Result<(), QueryError> {
    let [mut action, mut version] = [None, None];
    for (name, value) in form_urlencoded::parse(query.as_bytes()).chain(form_urlencoded::parse(body)) {
        match &*name {
            "Action" => action = Some(value),
            "Version" => version = Some(value),
            _ => {}
        }
    }
    let action = action
        .ok_or_else(|| QueryError::new("MissingAction", "The form has no Action; expected GetCallerIdentity."))?;
    let version = version.unwrap_or_default();
    if action == "GetCallerIdentity" && version == VERSION {
        return Ok(());
    }
    let shown = |text: &str| text.chars().take(SHOWN_MAX).flat_map(char::escape_debug).collect::<String>();
    let (action, version) = (shown(&action), shown(&version));
    Err(QueryError::new("InvalidAction", format!("Could not find operation {action} for version {version}")))
}

/// The answer of GetCallerIdentity.
pub(crate) fn caller_identity(identity: &Identity<'_>, region: &str, request_id: &str) -> Answer {
    let (account, partition) = (identity.account, partition(region));
    let (name, id) = match identity.user {
        None => ("root".to_owned(), account.to_owned()),
        Some(user) => (format!("user/{}", escaped(user)), escaped(user)),
    };
    let body = format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/{VERSION}/\">\n  <GetCallerIdentityResult>\n    \
         <Arn>arn:{partition}:iam::{account}:{name}</Arn>\n    <UserId>{id}</UserId>\n    \
         <Account>{account}</Account>\n  </GetCallerIdentityResult>\n  <ResponseMetadata>\n    \
         <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n</GetCallerIdentityResponse>\n"
    );
    xml(StatusCode::OK, body, "ok")
}

fn xml(status: StatusCode, body: String, outcome: &'static str) -> Answer {
    Answer::new(status, HEADERS, body.into_bytes(), outcome)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
