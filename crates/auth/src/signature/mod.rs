//! Whether a request was signed with the secret of the access key that it names (AWS Signature Version 4, in the
//! `Authorization` header or in the query string).
//!
//! [`check`] needs the head alone and refuses what is cheap to refuse, before a body is read; [`Checked::verify`] then
//! computes the signature. Both are pure: time and keys are arguments. Nothing here shows a secret, a session token or
//! a signature, and nothing that is refused leaves a trace in the cache of signing keys.
//!
//! The order of the checks and their texts are those that AWS's JSON services were observed to have: form, date, `host`
//! signed, algorithm, credential, scope, access key, signature, session token.

pub(crate) mod authorization;
mod cache;
mod canonical;
pub(crate) mod error;
mod head;
mod key;
mod presigned;
pub(crate) mod scope;
pub mod sign;
pub(crate) mod stamp;

use std::borrow::Borrow;

use hmac::Mac;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use authorization::Authorization;
pub use cache::SigningKeys;
pub use error::{Refusal, SignatureError};
use head::Fields;
pub use key::{AccessKey, Secret, Status};
pub use presigned::Presigned;
pub use scope::{Endpoint, Regions};
use stamp::Stamp;

/// How far the client's clock may be from ours, in seconds, either way.
pub const SKEW_MAX_S: i64 = 15 * 60;

/// The longest `Authorization` header that is read, in bytes: room for all names of a hundred headers.
pub const AUTHORIZATION_MAX: usize = 8192;

pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";
pub(crate) const TERMINATOR: &str = "aws4_request";

/// The head of a request, as it was received.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r, H> {
    /// As it stands in the request line.
    pub method: &'r str,
    /// The path as it was sent: neither decoded nor normalised.
    pub path: &'r str,
    /// What follows the question mark as it was sent, or the empty string.
    pub query: &'r str,
    /// HTTP/2's `:authority`, which stands for `host` where that header is absent.
    pub authority: Option<&'r str>,
    /// An iterator over the header fields as they were received: names in any case, repeated ones apart.
    pub headers: H,
}

/// The body of a request, or its SHA-256 where that is known already.
#[derive(Debug, Clone, Copy)]
pub enum Payload<'a> {
    /// The bytes that were received.
    Bytes(&'a [u8]),
    /// The SHA-256 of the bytes that were received.
    Sha256([u8; 32]),
}

/// A request whose head could bear a valid signature.
#[derive(Debug)]
pub struct Checked<'r, 'h, H, K> {
    request: &'h Request<'r, H>,
    fields: Fields<'r>,
    authorization: Authorization<'r>,
    stamp: Stamp<'r>,
    /// Whether the signature stands in the query string.
    is_presigned: bool,
    now: i64,
    key: K,
}

/// A request that its access key did sign.
#[derive(Debug, Clone)]
pub struct Verified<'r, K> {
    /// The id of the access key.
    pub access_key_id: &'r str,
    /// The Region that the signature is for.
    pub region: &'r str,
    /// The service that the signature is for.
    pub service: &'r str,
    /// The SHA-256 of the body.
    pub payload_sha256: [u8; 32],
    /// What the lookup gave for the access key.
    pub key: K,
}

/// Checks all of a signature that needs neither the body nor a hash of the head.
///
/// `presigned` is the signature of its query string, if [`Presigned::read`] found one there. `now` is the wall clock, in
/// seconds since 1970. `lookup` finds an access key by its id; it is asked at most once,
/// and only for a request whose form, date and scope are right.
///
/// # Errors
/// The request is not signed, or its signature cannot be valid here and now.
pub fn check<'r, 'h, H, K>(
    request: &'h Request<'r, H>,
    presigned: Option<&'r Presigned>,
    now: i64,
    endpoint: &Endpoint<'_>,
    lookup: impl FnOnce(&'r str) -> Option<K>,
) -> Result<Checked<'r, 'h, H, K>, SignatureError>
where
    H: Iterator<Item = (&'r str, &'r [u8])> + Clone,
    K: Borrow<AccessKey>,
{
    let mut fields = Fields::gather(request.headers.clone())?;
    let has_algorithm = || request.query.split('&').any(|parameter| parameter.starts_with("X-Amz-Algorithm="));
    let (authorization, date) = match (fields.authorization, presigned) {
        (Some(_), _) if has_algorithm() => return Err(SignatureError::TwoSignatures),
        (Some(header), _) => (Authorization::read(header, fields.date.is_some())?, fields.date.unwrap_or_default()),
        (None, Some(presigned)) => {
            fields.session_token = presigned.session_token.as_deref().map(str::as_bytes).or(fields.session_token);
            (presigned.authorization(), presigned.date.as_bytes())
        }
        (None, None) => return Err(SignatureError::Missing),
    };
    let is_presigned = fields.authorization.is_none();
    let stamp = Stamp::read(date)?;
    stamp.require_near(now)?;
    head::require_signed(&fields, authorization.signed_headers, request.headers.clone())?;
    if authorization.algorithm != ALGORITHM {
        return Err(SignatureError::Algorithm { got: error::shown(authorization.algorithm.as_bytes()) });
    }
    let authorization = authorization.with_credential()?;
    endpoint.require_scope(&authorization.credential, Some(&stamp))?;
    let key = lookup(authorization.credential.access_key_id).ok_or(SignatureError::UnknownKey)?;
    match (key.borrow().status, &key.borrow().secret) {
        (Status::Active, Some(_)) => Ok(Checked { request, fields, authorization, stamp, is_presigned, now, key }),
        (Status::Inactive, _) | (Status::Active, None) => Err(SignatureError::UnknownKey),
    }
}

impl<'r, H, K> Checked<'r, '_, H, K>
where
    H: Iterator<Item = (&'r str, &'r [u8])> + Clone,
    K: Borrow<AccessKey>,
{
    /// The access key that the request names, which it has not been shown to have.
    pub fn key(&self) -> &AccessKey {
        self.key.borrow()
    }

    /// Computes the signature and compares it, in constant time, with the one that was sent.
    ///
    /// The session token and its expiry are looked at last: who cannot sign learns nothing about them.
    ///
    /// # Errors
    /// The signature is another one, the body is not the one that was signed, or the session token is wrong or expired.
    pub fn verify(self, payload: Payload<'_>, keys: &SigningKeys) -> Result<Verified<'r, K>, SignatureError> {
        let payload_sha256 = match payload {
            Payload::Bytes(bytes) => Sha256::digest(bytes).into(),
            Payload::Sha256(hash) => hash,
        };
        let payload_hex = canonical::hex(&payload_sha256);
        // S3 alone takes UNSIGNED-PAYLOAD and the streaming values: here the value is the hash, or it is wrong.
        if self.fields.payload_sha256.is_some_and(|value| value.trim_ascii() != payload_hex) {
            return Err(SignatureError::Payload);
        }
        self.require_signature(&payload_hex, keys)?;
        self.require_token()?;
        let credential = self.authorization.credential;
        Ok(Verified {
            access_key_id: credential.access_key_id,
            region: credential.region,
            service: credential.service,
            payload_sha256,
            key: self.key,
        })
    }

    fn require_signature(&self, payload_hex: &[u8; 64], keys: &SigningKeys) -> Result<(), SignatureError> {
        let credential = &self.authorization.credential;
        let secret = self.key.borrow().secret.as_ref().ok_or(SignatureError::UnknownKey)?;
        let unsigned = self.is_presigned.then_some(presigned::SIGNATURE);
        let canonical = canonical::hash(self.request, unsigned, self.authorization.signed_headers, payload_hex)
            .ok_or(SignatureError::Mismatch)?;
        let known = keys.get(credential.text, secret);
        let is_known = known.is_some();
        let signing_key = known.unwrap_or_else(|| key::derive(secret, credential));
        let mut mac = signing_key.clone();
        for part in [ALGORITHM, "\n", self.stamp.text, "\n", credential.scope(), "\n"] {
            mac.update(part.as_bytes());
        }
        mac.update(&canonical::hex(&canonical));
        let computed = canonical::hex(&mac.finalize().into_bytes().into());
        if !bool::from(computed.ct_eq(self.authorization.signature.as_bytes())) {
            return Err(SignatureError::Mismatch);
        }
        // Only now: otherwise anyone who knows an access key id could fill the cache with scopes of his own.
        if !is_known {
            keys.put(credential.text, secret, signing_key);
        }
        Ok(())
    }

    fn require_token(&self) -> Result<(), SignatureError> {
        let key = self.key.borrow();
        let fits = match (&key.session_token, self.fields.session_token) {
            (None, None) => true,
            (Some(token), Some(given)) => token.is(given.trim_ascii()),
            (Some(_), None) | (None, Some(_)) => false,
        };
        match key.expires_at {
            _ if !fits => Err(SignatureError::Token),
            Some(expiry) if expiry <= self.now => Err(SignatureError::TokenExpired),
            Some(_) | None => Ok(()),
        }
    }
}
