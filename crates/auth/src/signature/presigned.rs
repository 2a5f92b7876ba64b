//! A signature that stands in the query string.

use super::SignatureError;
use super::authorization::{Authorization, Credential};

/// What of a query string is its signature. It is decoded, so it lives beside the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presigned {
    algorithm: String,
    credential: String,
    pub(super) date: String,
    signed_headers: String,
    signature: String,
    pub(super) session_token: Option<String>,
}

/// The parameter that is not signed, being the signature.
pub(super) const SIGNATURE: &str = "X-Amz-Signature";

/// The parameters that every signature has, in the order in which AWS names those that are missing. [observed]
const NAMES: [&str; 5] = ["X-Amz-Algorithm", "X-Amz-Credential", SIGNATURE, "X-Amz-SignedHeaders", "X-Amz-Date"];
/// How many of them a claim needs: it has no date.
const CLAIMED: usize = 4;
const TOKEN: &str = "X-Amz-Security-Token";

impl Presigned {
    /// Reads the signature of a query string; `None` if there is none.
    ///
    /// How long its maker wants it to be valid does not count: AWS's services, other than S3, go by the date alone, as
    /// with a signature in the header. [observed]
    ///
    /// # Errors
    /// A part of it is missing, or is there twice.
    pub fn read(query: &str) -> Result<Option<Self>, SignatureError> {
        Self::read_parts(query, NAMES.len())
    }

    /// The same, where no date is wanted.
    pub(crate) fn read_claim(query: &str) -> Result<Option<Self>, SignatureError> {
        Self::read_parts(query, CLAIMED)
    }

    fn read_parts(query: &str, needed: usize) -> Result<Option<Self>, SignatureError> {
        if query.is_empty() {
            return Ok(None);
        }
        let mut values = [const { None::<String> }; NAMES.len()];
        let mut session_token = None;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let known = NAMES.iter().zip(&mut values).find(|(known, _)| **known == name);
            let (name, slot) = match known {
                Some((known, slot)) => (*known, slot),
                None if name == TOKEN => (TOKEN, &mut session_token),
                None => continue,
            };
            if slot.replace(value.into_owned()).is_some() {
                return Err(SignatureError::Repeated { name });
            }
        }
        let lacks = |value: &Option<String>| value.as_deref().is_none_or(str::is_empty);
        if values[..CLAIMED].iter().all(lacks) {
            return Ok(None);
        }
        let missing: String = NAMES
            .iter()
            .zip(&values)
            .take(needed)
            .filter(|(_, value)| lacks(value))
            .map(|(name, _)| format!("AWS query-string parameters must include '{name}'. "))
            .collect();
        if !missing.is_empty() {
            return Err(SignatureError::IncompleteQuery { missing });
        }
        let [algorithm, credential, signature, signed_headers, date] = values.map(Option::unwrap_or_default);
        Ok(Some(Self { algorithm, credential, date, signed_headers, signature, session_token }))
    }

    /// The session token that came along.
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }

    /// The same parts as those of an `Authorization` header.
    pub(crate) fn authorization(&self) -> Authorization<'_, &str> {
        Authorization {
            algorithm: &self.algorithm,
            credential: &self.credential,
            signed_headers: &self.signed_headers,
            signature: &self.signature,
        }
    }

    /// Its credential, taken apart.
    pub(crate) fn credential(&self) -> Result<Credential<'_>, SignatureError> {
        Credential::parse(&self.credential)
    }

    /// How it was signed.
    pub(crate) fn algorithm(&self) -> &str {
        &self.algorithm
    }
}
