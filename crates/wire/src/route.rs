//! Which operation, in which protocol, a request asks for.

use crossconnect_api::Operation;

use crate::excerpt::escaped;
use crate::{ErrorKind, WireError, json};

/// The service's name in front of every operation.
const TARGET_PREFIX: &str = "OvertureService";

/// The content type of a query service's form.
const FORM: &str = "application/x-www-form-urlencoded";

/// What of a request's head decides where it goes. A header that is absent is `None`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Head<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path without its query.
    pub path: &'a str,
    /// `x-amz-target`.
    pub target: Option<&'a str>,
    /// `content-type`.
    pub content_type: Option<&'a str>,
    /// `smithy-protocol`.
    pub smithy_protocol: Option<&'a str>,
}

/// Where a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// An operation in AWS JSON 1.1.
    Json(Operation),
    /// A query service's form, such as that of STS; its `Action` stands in the body.
    Form,
}

/// Decides where a request goes, from its head alone.
pub fn route(head: &Head<'_>) -> Result<Route, WireError> {
    match (head.smithy_protocol, head.target) {
        (Some(_), Some(_)) => Err(unknown_operation(
            "A request has either the header smithy-protocol or the header X-Amz-Target, not both.",
        )),
        (Some(protocol), None) => Err(WireError::new(
            ErrorKind::UnknownPath,
            format!(
                "The protocol '{}' is not served here; send AWS JSON 1.1 (POST /, X-Amz-Target).",
                escaped(protocol)
            ),
        )),
        (None, Some(target)) => at_root(head).and_then(|()| json_operation(head, target)).map(Route::Json),
        (None, None) => {
            at_root(head)?;
            match head.content_type.map(media_type) {
                Some(media) if media.eq_ignore_ascii_case(FORM) => Ok(Route::Form),
                _ => Err(unknown_operation("The header X-Amz-Target is missing.")),
            }
        }
    }
}

/// Both protocols that have no path of their own are `POST /`.
fn at_root(head: &Head<'_>) -> Result<(), WireError> {
    if head.method == "POST" && head.path == "/" {
        return Ok(());
    }
    let (method, path) = (escaped(head.method), escaped(head.path));
    Err(WireError::new(ErrorKind::UnknownPath, format!("{method} {path} is not served here; send POST /.")))
}

fn json_operation(head: &Head<'_>, target: &str) -> Result<Operation, WireError> {
    let content_type = head.content_type.unwrap_or_default();
    if !media_type(content_type).eq_ignore_ascii_case(json::CONTENT_TYPE) {
        return Err(unknown_operation(&format!(
            "The content type is '{}', expected {}.",
            escaped(content_type),
            json::CONTENT_TYPE
        )));
    }
    target
        .strip_prefix(TARGET_PREFIX)
        .and_then(|rest| rest.strip_prefix('.'))
        .and_then(Operation::from_name)
        .ok_or_else(|| {
            unknown_operation(&format!(
                "X-Amz-Target '{}' names no operation; expected {TARGET_PREFIX}.<operation>.",
                escaped(target)
            ))
        })
}

/// A content type without its parameters.
fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

fn unknown_operation(message: &str) -> WireError {
    WireError::new(ErrorKind::UnknownOperation, message)
}
