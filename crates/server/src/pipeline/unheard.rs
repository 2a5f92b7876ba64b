//! Why a request has no caller, and how that is said in the protocol that it came in.

use crate::http::body::BodyError;
use crate::sts::QueryError;
use crossconnect_auth::signature::{Refusal, SignatureError};
use crossconnect_wire::{ErrorKind, WireError};

/// Why a request has no caller.
pub(super) enum Unheard {
    Signature(SignatureError),
    Body(BodyError),
    /// As much is under way as may be.
    Busy,
}

impl From<Unheard> for WireError {
    fn from(unheard: Unheard) -> Self {
        match unheard {
            Unheard::Body(error) => error.into(),
            Unheard::Busy => WireError::throttled(),
            Unheard::Signature(error) => {
                let kind = match error.refusal() {
                    Refusal::Missing => ErrorKind::MissingAuthenticationToken,
                    Refusal::Incomplete => ErrorKind::IncompleteSignature,
                    Refusal::Invalid => ErrorKind::InvalidSignature,
                    Refusal::Unrecognized => ErrorKind::UnrecognizedClient,
                    Refusal::Expired => ErrorKind::ExpiredToken,
                };
                WireError::new(kind, error.to_string())
            }
        }
    }
}

impl From<Unheard> for QueryError {
    fn from(unheard: Unheard) -> Self {
        match unheard {
            Unheard::Body(error) => QueryError::refused(&error.into()),
            Unheard::Busy => QueryError::refused(&WireError::throttled()),
            Unheard::Signature(error) => QueryError::signature(&error),
        }
    }
}
