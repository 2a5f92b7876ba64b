//! The errors that the wire answers: AWS's generic ones, and the service's own exceptions.

use std::fmt;

use crossconnect_api::Exception;
use crossconnect_api::codec::ReadError;

/// What went wrong, as its name and HTTP status tell a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// No such operation, or not asked for in a way that the service knows.
    UnknownOperation,
    /// No such path or method.
    UnknownPath,
    /// The path is served, but not by that method.
    MethodNotAllowed,
    /// The body is in another format than the protocol's.
    UnsupportedMediaType,
    /// The document cannot be read, or a value in it has the wrong type.
    Serialization,
    /// The request is not signed.
    MissingAuthenticationToken,
    /// The signature's header lacks a part.
    IncompleteSignature,
    /// The signature does not fit the request, or has expired.
    InvalidSignature,
    /// The access key is unknown.
    UnrecognizedClient,
    /// The session's token has expired.
    ExpiredToken,
    /// The caller may not do this.
    AccessDenied,
    /// As much is under way as may be; the client is to try again, more slowly.
    Throttling,
    /// The body is over the limit.
    RequestEntityTooLarge,
    /// The service itself is at fault.
    InternalFailure,
    /// One of the service's own exceptions.
    Exception(Exception),
}

impl ErrorKind {
    /// The name that stands in `__type`, behind a namespace in CBOR.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownOperation | Self::UnknownPath | Self::MethodNotAllowed => "UnknownOperationException",
            Self::UnsupportedMediaType => "UnsupportedMediaTypeException",
            Self::Serialization => "SerializationException",
            Self::MissingAuthenticationToken => "MissingAuthenticationTokenException",
            Self::IncompleteSignature => "IncompleteSignatureException",
            Self::InvalidSignature => "InvalidSignatureException",
            Self::UnrecognizedClient => "UnrecognizedClientException",
            Self::ExpiredToken => "ExpiredTokenException",
            Self::AccessDenied => "AccessDeniedException",
            Self::Throttling => "ThrottlingException",
            Self::RequestEntityTooLarge => "RequestEntityTooLargeException",
            Self::InternalFailure => "InternalFailure",
            Self::Exception(exception) => exception.name(),
        }
    }

    /// The HTTP status. JSON services answer 400 where query services answer 403.
    pub fn status(self) -> u16 {
        match self {
            Self::UnknownOperation
            | Self::Serialization
            | Self::MissingAuthenticationToken
            | Self::IncompleteSignature
            | Self::InvalidSignature
            | Self::UnrecognizedClient
            | Self::ExpiredToken
            | Self::AccessDenied
            | Self::Throttling => 400,
            Self::UnknownPath => 404,
            Self::MethodNotAllowed => 405,
            Self::UnsupportedMediaType => 415,
            Self::RequestEntityTooLarge => 413,
            Self::InternalFailure => 500,
            Self::Exception(exception) => exception.status(),
        }
    }
}

/// An error with the text that the client reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireError {
    /// What went wrong.
    pub kind: ErrorKind,
    /// The text; it never holds a secret.
    pub message: String,
}

impl WireError {
    /// An error of that kind with that text.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// As AWS says it to whom it cannot serve now: SDKs know the name, and repeat the call after a while.
    pub fn throttled() -> Self {
        Self::new(ErrorKind::Throttling, "Rate exceeded")
    }

    /// The name that stands in `__type`.
    pub fn name(&self) -> &'static str {
        self.kind.name()
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.kind.status()
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name(), self.message)
    }
}

impl std::error::Error for WireError {}

impl From<ReadError> for WireError {
    fn from(error: ReadError) -> Self {
        Self::new(ErrorKind::Serialization, error.0)
    }
}
