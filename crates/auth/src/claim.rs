//! What the signature of a request claims (Signature Version 4), from its header or its query.
//!
//! Only the claim is read: whether the signature fits is another question. What cannot be read is refused in the same
//! words as where signatures are verified; none repeats a signature.

use std::borrow::Cow;

use crate::signature::authorization::{Authorization, Credential};
use crate::signature::error::shown;
use crate::signature::{ALGORITHM, Endpoint, Presigned, Regions, SignatureError};

/// The longest name of a Region, in bytes.
pub const REGION_MAX: usize = 24;
/// The longest access key id, in bytes [AWS's documentation of IAM].
const ACCESS_KEY_ID_MAX: usize = 128;

/// Any Region and any service.
const ANY: Endpoint<'_> = Endpoint { services: &[], regions: Regions::WellFormed };

/// What a signed request says of its caller, unproven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<'r> {
    /// The access key that signed: 1 to 128 printable characters of ASCII.
    pub access_key_id: Cow<'r, str>,
    /// The Region that the signature is for: 1 to [`REGION_MAX`] characters of `a-z`, `0-9` and `-`.
    pub region: Cow<'r, str>,
}

impl<'r> Claim<'r> {
    /// Reads the claim of a request: that of its `Authorization` header, or else that of its query string.
    ///
    /// # Errors
    /// The request is not signed, or what should be a signature lacks a part.
    pub fn read(authorization: Option<&'r [u8]>, query: Option<&str>) -> Result<Self, SignatureError> {
        match (authorization, query) {
            (Some(header), _) => from_header(header),
            (None, Some(query)) => from_query(query),
            (None, None) => Err(SignatureError::Missing),
        }
    }
}

fn from_header(header: &[u8]) -> Result<Claim<'_>, SignatureError> {
    let authorization = Authorization::read(header, true)?;
    require_algorithm(authorization.algorithm)?;
    let credential = authorization.with_credential()?.credential;
    require(&credential)?;
    Ok(Claim { access_key_id: credential.access_key_id.into(), region: credential.region.into() })
}

fn from_query(query: &str) -> Result<Claim<'static>, SignatureError> {
    let presigned = Presigned::read_claim(query)?.ok_or(SignatureError::Missing)?;
    require_algorithm(presigned.algorithm())?;
    let credential = presigned.credential()?;
    require(&credential)?;
    let [access_key_id, region] = [credential.access_key_id, credential.region].map(|part| part.to_owned().into());
    Ok(Claim { access_key_id, region })
}

fn require_algorithm(algorithm: &str) -> Result<(), SignatureError> {
    if algorithm == ALGORITHM {
        return Ok(());
    }
    Err(SignatureError::Algorithm { got: shown(algorithm.as_bytes()) })
}

/// A claim is believed, but only one that somebody could make: the service and the day may be any.
fn require(credential: &Credential<'_>) -> Result<(), SignatureError> {
    ANY.require_scope(credential, None)?;
    let id = credential.access_key_id;
    if (1..=ACCESS_KEY_ID_MAX).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(SignatureError::UnknownKey)
}
