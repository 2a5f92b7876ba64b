//! The part of STS that clients call: who am I, and temporary keys for roles and users. A form in, XML out.

mod form;
mod sessions;

use crate::audit::Notes;
use crate::caller::{Caller, Callers};
use crate::http::Peer;
use crate::http::answer::{Answer, Header, Sent};
use crossconnect_auth::signature::{Refusal, SignatureError};
use crossconnect_core::arn::partition;
use crossconnect_wire::{ErrorKind, WireError};
use form::Form;
use hyper::StatusCode;

const VERSION: &str = "2011-06-15";
const HEADERS: &[Header] = &[("content-type", "text/xml")];
/// How much of a caller's value a text repeats, in characters.
const SHOWN_MAX: usize = 64;
/// The parameters that are put on record, and their names there.
const RECORDED: &[(&str, &str)] = &[
    ("RoleArn", "roleArn"),
    ("RoleSessionName", "roleSessionName"),
    ("DurationSeconds", "durationSeconds"),
    ("ExternalId", "externalId"),
    ("Policy", "policy"),
];
/// An action that is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    AssumeRole,
    GetCallerIdentity,
    GetSessionToken,
}

/// Who asks, from where, and what answers need besides.
#[derive(Clone, Copy)]
pub(crate) struct Asker<'a> {
    pub(crate) callers: &'a Callers,
    pub(crate) caller: &'a Caller<'a>,
    pub(crate) peer: Peer,
    pub(crate) request_id: &'a str,
}

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

    /// The request is refused for what it is, or its body could not be read.
    pub(crate) fn refused(error: &WireError) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (status, code) = match error.kind {
            ErrorKind::AccessDenied => (StatusCode::FORBIDDEN, "AccessDenied"),
            ErrorKind::RequestEntityTooLarge => (status, "RequestEntityTooLarge"),
            ErrorKind::UnsupportedMediaType => (status, "UnsupportedMediaType"),
            ErrorKind::Throttling => (status, "Throttling"),
            ErrorKind::Exception(_) => (status, "ServiceUnavailable"),
            _ => (status, "MalformedInput"),
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
        Answer { text: Some(self.message.clone()), ..xml(self.status, body, self.code) }
    }
}

impl Action {
    /// Every one, in the order of their names.
    pub(crate) const ALL: [Action; 3] = [Action::AssumeRole, Action::GetCallerIdentity, Action::GetSessionToken];

    /// Its name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Action::AssumeRole => "AssumeRole",
            Action::GetCallerIdentity => "GetCallerIdentity",
            Action::GetSessionToken => "GetSessionToken",
        }
    }
}

/// Which action a form asks for. It stands in the body, or in the query of an address that was signed beforehand.
pub(crate) fn read<'f>(query: &'f str, body: &'f [u8]) -> Result<(Action, Form<'f>), QueryError> {
    let form = Form::read(query, body)?;
    let action = form.text("Action").ok_or_else(|| {
        QueryError::new(
            "MissingAction",
            format!("The form has no Action; expected one of {}.", Action::ALL.map(Action::name).join(", ")),
        )
    })?;
    let version = form.text("Version").unwrap_or_default();
    match Action::ALL.into_iter().find(|known| known.name() == action && version == VERSION) {
        Some(known) => Ok((known, form)),
        None => {
            let (action, version) = (shown(action), shown(version));
            let text = format!("Could not find operation {action} for version {version}");
            Err(QueryError::new("InvalidAction", text))
        }
    }
}

/// Answers an action that was read.
pub(crate) fn answer(asker: Asker<'_>, action: Action, form: &Form<'_>) -> Result<Answer, QueryError> {
    match action {
        Action::AssumeRole => sessions::assume_role(asker, form),
        Action::GetCallerIdentity => Ok(caller_identity(asker)),
        Action::GetSessionToken => sessions::session_token(asker, form),
    }
}

/// Notes what is put on record of an action: never a secret, and not the token of a session.
pub(crate) fn note(notes: &mut Notes, action: Action, form: &Form<'_>, answer: Option<&Answer>) {
    let mut said = serde_json::Map::new();
    for (name, shown) in RECORDED {
        if let Some(text) = form.text(name) {
            said.insert((*shown).to_owned(), text.into());
        }
    }
    notes.parameters((!said.is_empty()).then(|| serde_json::Value::Object(said).to_string()));
    match action {
        Action::GetCallerIdentity => return,
        Action::AssumeRole | Action::GetSessionToken => notes.hands_out_rights(),
    }
    let Some(Answer { body: Sent::Whole(body), .. }) = answer else { return };
    let document = String::from_utf8_lossy(body);
    let within = |tag: &str| Some(document.split_once(&format!("<{tag}>"))?.1.split_once('<')?.0);
    let mut shown = serde_json::json!({
        "credentials": {"accessKeyId": within("AccessKeyId"), "expiration": within("Expiration")},
    });
    if let (Some(id), Some(arn)) = (within("AssumedRoleId"), within("Arn")) {
        shown["assumedRoleUser"] = serde_json::json!({"assumedRoleId": id, "arn": arn});
    }
    notes.response(Some(shown.to_string()));
}

/// The answer of GetCallerIdentity, which nobody needs a right for.
fn caller_identity(asker: Asker<'_>) -> Answer {
    let principal = &asker.caller.principal;
    let shown = principal.shown(partition(asker.caller.region));
    let (arn, id, account) = (escaped(&shown.arn), escaped(&shown.id), &principal.account);
    let result = format!("<Arn>{arn}</Arn>\n    <UserId>{id}</UserId>\n    <Account>{account}</Account>");
    document("GetCallerIdentity", &result, asker.request_id)
}

/// The document of an answer.
fn document(action: &str, result: &str, request_id: &str) -> Answer {
    let body = format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/{VERSION}/\">\n  <{action}Result>\n    {result}\n  \
         </{action}Result>\n  <ResponseMetadata>\n    <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n\
         </{action}Response>\n"
    );
    xml(StatusCode::OK, body, "ok")
}

/// A caller's value as a text may show it.
fn shown(text: &str) -> String {
    text.chars().take(SHOWN_MAX).flat_map(char::escape_debug).collect()
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
