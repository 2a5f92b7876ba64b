//! How calls end: with an answer, or for a reason that says whether they may have been done.

use hyper::HeaderMap;

/// Why a call has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallError {
    /// It was never sent.
    #[error("{0}")]
    Unsent(String),
    /// It was never sent, since no member has proven who it is, or none believes who we are. Waiting will not change that.
    #[error("{0}")]
    Untrusted(String),
    /// etcd says so, with a code of gRPC.
    #[error("{message}")]
    Status {
        /// The code.
        code: Code,
        /// etcd's words.
        message: String,
    },
    /// It was sent, or may have been, and nobody can tell what became of it.
    #[error("{0}")]
    Lost(String),
}

/// A code of gRPC, as far as they are told apart here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    InvalidArgument,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
    FailedPrecondition,
    OutOfRange,
    Unauthenticated,
    /// Any other: the call may have been done or not.
    Other(u32),
}

impl From<u32> for Code {
    fn from(code: u32) -> Self {
        match code {
            3 => Code::InvalidArgument,
            5 => Code::NotFound,
            7 => Code::PermissionDenied,
            8 => Code::ResourceExhausted,
            9 => Code::FailedPrecondition,
            11 => Code::OutOfRange,
            16 => Code::Unauthenticated,
            code => Code::Other(code),
        }
    }
}

/// How a call ended, where these headers say it.
pub(super) fn status(headers: &HeaderMap) -> Result<Option<()>, CallError> {
    let Some(status) = headers.get("grpc-status") else { return Ok(None) };
    let code = status.to_str().ok().and_then(|code| code.parse().ok()).unwrap_or(u32::MAX);
    if code == 0 {
        return Ok(Some(()));
    }
    let message = headers.get("grpc-message").and_then(|text| text.to_str().ok()).unwrap_or_default();
    Err(CallError::Status { code: code.into(), message: unescape(message) })
}

/// The text of a status: bytes that are not plain are written as `%` and two digits.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let (byte, after) = match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => (byte, &after[2..]),
            None => (*first, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    #[test]
    fn a_status_is_read_where_there_is_one() {
        let mut headers = HeaderMap::new();
        assert_eq!(status(&headers), Ok(None));
        headers.insert("grpc-status", HeaderValue::from_static("0"));
        assert_eq!(status(&headers), Ok(Some(())));
        headers.insert("grpc-status", HeaderValue::from_static("8"));
        headers.insert("grpc-message", HeaderValue::from_static("mvcc%3A full%"));
        let message = "mvcc: full%".to_owned();
        assert_eq!(status(&headers), Err(CallError::Status { code: Code::ResourceExhausted, message }));
    }
}
