//! Which operation, in which protocol, a request asks for.

use crossconnect_api::Operation;

use crate::excerpt::escaped;
use crate::{ErrorKind, Protocol, WireError, cbor, json};

/// The service's name in front of every operation.
const SERVICE: &str = "OvertureService";

/// The content type of a query service's form.
const FORM: &str = "application/x-www-form-urlencoded";

/// What of a request's head decides where it goes. A header that is absent is `None`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Head<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path without its query.
    pub path: &'a str,
    /// What follows the question mark, or nothing.
    pub query: &'a str,
    /// `x-amz-target`.
    pub target: Option<&'a str>,
    /// `x-amzn-target`.
    pub amzn_target: Option<&'a str>,
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
    /// An operation in Smithy RPC v2 CBOR.
    Cbor(Operation),
    /// A query service's form, such as that of STS; its `Action` stands in the body, or in the query of a GET.
    Form,
}

impl Route {
    /// The protocol and the operation, unless it is a form.
    pub fn operation(self) -> Option<(Protocol, Operation)> {
        match self {
            Self::Json(operation) => Some((Protocol::Json, operation)),
            Self::Cbor(operation) => Some((Protocol::Cbor, operation)),
            Self::Form => None,
        }
    }
}

/// Decides where a request goes, from its head alone.
pub fn route(head: &Head<'_>) -> Result<Route, WireError> {
    match (head.smithy_protocol, head.target) {
        // Whoever stands between client and service may route by one header and the service by the other.
        (Some(_), Some(_)) => Err(not_both("X-Amz-Target")),
        (Some(_), None) if head.amzn_target.is_some() => Err(not_both("X-Amzn-Target")),
        (Some(cbor::SMITHY_PROTOCOL), None) => cbor_operation(head).map(Route::Cbor),
        (Some(protocol), None) => Err(WireError::new(
            ErrorKind::UnknownPath,
            format!(
                "The protocol '{}' is not served here; send {} or AWS JSON 1.1 (POST /, X-Amz-Target).",
                escaped(protocol),
                cbor::SMITHY_PROTOCOL
            ),
        )),
        (None, Some(target)) => at_root(head).and_then(|()| json_operation(head, target)).map(Route::Json),
        (None, None) if is_form_to_get(head) => Ok(Route::Form),
        (None, None) => {
            at_root(head)?;
            match head.content_type.map(media_type) {
                Some(media) if media.eq_ignore_ascii_case(FORM) => Ok(Route::Form),
                _ => Err(unknown_operation("The header X-Amz-Target is missing.")),
            }
        }
    }
}

/// A form as an address, which can be signed by one and sent by another.
fn is_form_to_get(head: &Head<'_>) -> bool {
    head.method == "GET" && head.path == "/" && head.query.split('&').any(|parameter| parameter.starts_with("Action="))
}

/// CBOR's operation stands in the last four segments of the path; what stands before them is the server's own.
fn cbor_operation(head: &Head<'_>) -> Result<Operation, WireError> {
    let mut segments = head.path.rsplit('/');
    let operation = match [(); 4].map(|()| segments.next()) {
        // A path begins with a slash, so that a fifth segment, if an empty one, stands before the four.
        [Some(operation), Some("operation"), Some(service), Some("service")] if segments.next().is_some() => {
            is_service(service).then(|| Operation::from_name(operation)).flatten()
        }
        _ => None,
    };
    let operation = operation.ok_or_else(|| {
        let path = escaped(head.path);
        let expected = format!("/service/{SERVICE}/operation/<operation>");
        WireError::new(ErrorKind::UnknownPath, format!("{path} names no operation; expected {expected}."))
    })?;
    if head.method != "POST" {
        let (method, path) = (escaped(head.method), escaped(head.path));
        return Err(WireError::new(
            ErrorKind::MethodNotAllowed,
            format!("{method} {path} is not served here; send POST."),
        ));
    }
    let typed = head.content_type.map(|content_type| media_type(content_type).eq_ignore_ascii_case(cbor::CONTENT_TYPE));
    // A client sends neither body nor content type where there is no input.
    if typed.unwrap_or(operation.input().is_none()) {
        return Ok(operation);
    }
    let message = wrong_content_type(head, cbor::CONTENT_TYPE);
    Err(WireError::new(ErrorKind::UnsupportedMediaType, message))
}

/// Smithy lets clients name a service with its namespace, and a dot for the `#`.
fn is_service(name: &str) -> bool {
    let shape = name.strip_prefix(cbor::NAMESPACE).and_then(|rest| rest.strip_prefix('.'));
    shape.unwrap_or(name) == SERVICE
}

/// Protocols that have no path of their own are `POST /`.
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
        return Err(unknown_operation(&wrong_content_type(head, json::CONTENT_TYPE)));
    }
    target.strip_prefix(SERVICE).and_then(|rest| rest.strip_prefix('.')).and_then(Operation::from_name).ok_or_else(
        || {
            unknown_operation(&format!(
                "X-Amz-Target '{}' names no operation; expected {SERVICE}.<operation>.",
                escaped(target)
            ))
        },
    )
}

/// A content type without its parameters.
fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

fn wrong_content_type(head: &Head<'_>, expected: &str) -> String {
    format!("The content type is '{}', expected {expected}.", escaped(head.content_type.unwrap_or_default()))
}

fn not_both(target: &str) -> WireError {
    unknown_operation(&format!("A request has either the header smithy-protocol or the header {target}, not both."))
}

fn unknown_operation(message: &str) -> WireError {
    WireError::new(ErrorKind::UnknownOperation, message)
}
