//! Why a signature is refused, in AWS's names and words.
//!
//! Values of the caller are shown escaped and cut; the `Authorization` header only as its hash, as AWS does it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The most characters of a caller's value that an error repeats.
const SHOWN_MAX: usize = 64;

/// Why a request is refused. JSON services answer each with HTTP status 400, its [`SignatureError::name`] as the error's
/// type, and its text as the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// There is no signature of this kind at all. [observed]
    #[error("Missing Authentication Token")]
    Missing,
    /// Signed in the header and in the query string. [observed]
    #[error("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.")]
    TwoSignatures,
    /// A part of the `Authorization` header is not `name=value`. [observed]
    #[error(
        "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with \
         Base64): '{header}'."
    )]
    NotAPair {
        /// The header, hashed.
        header: String,
    },
    /// The `Authorization` header, or the date that belongs to it, lacks a part. [observed]
    #[error("{missing}(Hashed with SHA-256 and encoded with Base64) Authorization={header}")]
    Incomplete {
        /// One sentence for each part, each with a space at its end.
        missing: String,
        /// The header, hashed.
        header: String,
    },
    /// A query string that is signed lacks a part. [observed]
    #[error("{missing}Re-examine the query-string parameters.")]
    IncompleteQuery {
        /// One sentence for each part, each with a space at its end.
        missing: String,
    },
    /// What must stand once stands twice, so that it is unclear which one was meant. [inferred]
    #[error("'{name}' must be given only once.")]
    Repeated {
        /// A header, a parameter of the query, or a part of the `Authorization` header.
        name: &'static str,
    },
    /// The `Authorization` header is longer than [`AUTHORIZATION_MAX`](super::AUTHORIZATION_MAX). [inferred]
    #[error("Authorization header must have at most {max} bytes.")]
    TooLong {
        /// That many.
        max: usize,
    },
    /// The date is not of the form `YYYYMMDDTHHMMSSZ`. [observed]
    #[error("Date must be in ISO-8601 'basic format'. Got '{got}'. See http://en.wikipedia.org/wiki/ISO_8601")]
    DateFormat {
        /// What was sent.
        got: String,
    },
    /// Signed too long ago. [observed]
    #[error("Signature expired: {signed} is now earlier than {oldest} ({now} - 15 min.)")]
    Expired {
        /// When it was signed.
        signed: String,
        /// The oldest date that would do.
        oldest: String,
        /// Our clock.
        now: String,
    },
    /// Signed too far in the future. [observed]
    #[error("Signature not yet current: {signed} is still later than {latest} ({now} + 15 min.)")]
    NotYetCurrent {
        /// When it was signed.
        signed: String,
        /// The latest date that would do.
        latest: String,
        /// Our clock.
        now: String,
    },
    /// A header that must be signed is not: `host` [observed], the date or an `x-amz-` header that was sent [inferred].
    #[error("{name} must be a 'SignedHeader' in the AWS Authorization.")]
    NotSigned {
        /// The header's name, in quotes.
        name: String,
    },
    /// Another way to sign. [observed]
    #[error("Unsupported AWS 'algorithm': '{got}' (only AWS4-HMAC-SHA256 for now). ")]
    Algorithm {
        /// What was sent.
        got: String,
    },
    /// The credential has not five parts. [observed]
    #[error(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{got}'"
    )]
    Credential {
        /// What was sent.
        got: String,
    },
    /// The credential's scope is not ours, or not that of the date. [observed]
    #[error("{wrong}")]
    Scope {
        /// One sentence for each part that is wrong.
        wrong: String,
    },
    /// No such access key, or one that is inactive. [observed]
    #[error("The security token included in the request is invalid.")]
    UnknownKey,
    /// The access key has another session token than the one that was sent, or either has none. [observed]
    #[error("The security token included in the request is invalid")]
    Token,
    /// The access key, or its session token, was valid until now. [observed]
    #[error("The security token included in the request is expired")]
    TokenExpired,
    /// Secret, method, path, query, headers or body differ from what was signed. [observed]
    #[error(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
         Key and signing method. Consult the service documentation for details."
    )]
    Mismatch,
    /// `x-amz-content-sha256` is not the hash of the body. Services other than S3 compute the hash themselves, so that
    /// this shows as any other difference. [observed]
    #[error(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
         Key and signing method. Consult the service documentation for details."
    )]
    Payload,
}

/// What kind of refusal it is, which decides its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is signed.
    Missing,
    /// A part of the signature is missing, or cannot be read.
    Incomplete,
    /// The signature does not fit the request, the endpoint or the time.
    Invalid,
    /// The access key or its session token is unknown.
    Unrecognized,
    /// The session token was valid.
    Expired,
}

impl Refusal {
    /// The exception of a JSON or CBOR service.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "MissingAuthenticationTokenException",
            Self::Incomplete => "IncompleteSignatureException",
            Self::Invalid => "InvalidSignatureException",
            Self::Unrecognized => "UnrecognizedClientException",
            Self::Expired => "ExpiredTokenException",
        }
    }

    /// The code of a query service, such as STS.
    pub fn query_name(self) -> &'static str {
        match self {
            Self::Missing => "MissingAuthenticationToken",
            Self::Incomplete => "IncompleteSignature",
            Self::Invalid => "SignatureDoesNotMatch",
            Self::Unrecognized => "InvalidClientTokenId",
            Self::Expired => "ExpiredToken",
        }
    }
}

impl SignatureError {
    /// What kind of refusal it is.
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Missing => Refusal::Missing,
            Self::NotAPair { .. }
            | Self::Incomplete { .. }
            | Self::IncompleteQuery { .. }
            | Self::Repeated { .. }
            | Self::TooLong { .. }
            | Self::DateFormat { .. }
            | Self::Algorithm { .. }
            | Self::Credential { .. } => Refusal::Incomplete,
            Self::UnknownKey | Self::Token => Refusal::Unrecognized,
            Self::TokenExpired => Refusal::Expired,
            Self::TwoSignatures
            | Self::Expired { .. }
            | Self::NotYetCurrent { .. }
            | Self::NotSigned { .. }
            | Self::Scope { .. }
            | Self::Mismatch
            | Self::Payload => Refusal::Invalid,
        }
    }

    /// The exception's name.
    pub fn name(&self) -> &'static str {
        self.refusal().name()
    }
}

/// A caller's value as an error may show it.
pub(crate) fn shown(value: &[u8]) -> String {
    // Cut before decoding, so that a huge value costs nothing; a character has at most four bytes.
    let start = &value[..value.len().min(4 * SHOWN_MAX)];
    let mut text = String::new();
    for character in String::from_utf8_lossy(start).chars().take(SHOWN_MAX) {
        if character.is_control() {
            text.extend(character.escape_default());
        } else {
            text.push(character);
        }
    }
    text
}

/// The `Authorization` header as an error may show it: it bears a signature, so only its hash.
pub(super) fn hashed(header: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(header))
}
