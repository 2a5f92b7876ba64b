//! What the signature of a request claims (Signature Version 4), from its header or its query.
//!
//! Only the claim is read: whether the signature fits is another question. The texts are AWS's own where they are
//! known; none repeats a signature.

/// The longest name of a Region, in bytes.
pub const REGION_MAX: usize = 24;
/// The longest access key id, in bytes [AWS's documentation of IAM].
const ACCESS_KEY_ID_MAX: usize = 128;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const TERMINATOR: &str = "aws4_request";

/// What a signed request says of its caller, unproven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The access key that signed: 1 to 128 printable characters of ASCII.
    pub access_key_id: String,
    /// The Region that the signature is for: 1 to [`REGION_MAX`] characters of `a-z`, `0-9` and `-`.
    pub region: String,
    /// The service that the signature is for, as the client spells it.
    pub service: String,
}

/// Why a request has no claim.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// There is no signature at all.
    #[error("Missing Authentication Token")]
    Missing,
    /// The signature lacks a part, or has one that cannot be read.
    #[error("{0}")]
    Incomplete(String),
    /// All parts are there, and one cannot be right.
    #[error("{0}")]
    Invalid(String),
}

impl Claim {
    /// Reads the claim of a request: that of its `Authorization` header, or else that of its query string.
    ///
    /// # Errors
    /// The request is not signed, or what should be a signature lacks a part.
    pub fn read(authorization: Option<&str>, query: Option<&str>) -> Result<Self, AuthError> {
        match (authorization, query) {
            (Some(header), _) => from_header(header),
            (None, Some(query)) => from_query(query),
            (None, None) => Err(AuthError::Missing),
        }
    }
}

fn from_header(header: &str) -> Result<Claim, AuthError> {
    let (algorithm, rest) = header.trim().split_once(char::is_whitespace).unwrap_or((header.trim(), ""));
    if algorithm.is_empty() {
        return Err(AuthError::Missing);
    }
    if algorithm != ALGORITHM {
        return Err(AuthError::Incomplete(format!(
            "Unsupported AWS 'algorithm' in Authorization header, expected '{ALGORITHM}'."
        )));
    }
    let [mut credential, mut signed_headers, mut signature] = [None; 3];
    for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let Some((name, value)) = part.split_once('=') else {
            let text = "A part is not a valid key=value pair (missing equal-sign) in Authorization header.";
            return Err(AuthError::Incomplete(text.to_owned()));
        };
        match name {
            "Credential" => credential = Some(value),
            "SignedHeaders" => signed_headers = Some(value),
            "Signature" => signature = Some(value),
            _ => {}
        }
    }
    let parts = [("Credential", credential), ("Signature", signature), ("SignedHeaders", signed_headers)];
    let missing: String = parts
        .iter()
        .filter(|(_, value)| value.is_none_or(str::is_empty))
        .map(|(name, _)| format!("Authorization header requires '{name}' parameter. "))
        .collect();
    match credential {
        Some(credential) if missing.is_empty() => from_credential(credential),
        _ => Err(AuthError::Incomplete(format!("{missing}Authorization={ALGORITHM}"))),
    }
}

fn from_query(query: &str) -> Result<Claim, AuthError> {
    let names = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders"];
    let mut values = [const { String::new() }; 4];
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if let Some(index) = names.iter().position(|known| *known == name) {
            values[index] = value.into_owned();
        }
    }
    if values.iter().all(String::is_empty) {
        return Err(AuthError::Missing);
    }
    let missing: String = names
        .iter()
        .zip(&values)
        .filter(|(_, value)| value.is_empty())
        .map(|(name, _)| format!("AWS query-string parameters must include '{name}'. "))
        .collect();
    if !missing.is_empty() {
        return Err(AuthError::Incomplete(format!("{missing}Re-examine the query-string parameters.")));
    }
    if values[0] != ALGORITHM {
        return Err(AuthError::Incomplete(format!("X-Amz-Algorithm only supports \"{ALGORITHM}\".")));
    }
    from_credential(&values[1])
}

/// `<access key id>/<date>/<Region>/<service>/aws4_request`.
fn from_credential(credential: &str) -> Result<Claim, AuthError> {
    let parts: Vec<&str> = credential.split('/').collect();
    let &[access_key_id, date, region, service, terminator] = parts.as_slice() else {
        return Err(AuthError::Incomplete(format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got {}.",
            parts.len()
        )));
    };
    let invalid = |text: &str| Err(AuthError::Invalid(text.to_owned()));
    let is_key = (1..=ACCESS_KEY_ID_MAX).contains(&access_key_id.len())
        && access_key_id.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_key {
        return Err(AuthError::Incomplete(
            "Credential must begin with an access key id of 1 to 128 characters.".to_owned(),
        ));
    }
    if date.len() != 8 || !date.bytes().all(|byte| byte.is_ascii_digit()) {
        return invalid("Date in Credential scope should be of the form YYYYMMDD.");
    }
    let is_region = (1..=REGION_MAX).contains(&region.len())
        && region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_region {
        return invalid("Credential should be scoped to a valid region.");
    }
    if service.is_empty() {
        return invalid("Credential should be scoped to correct service: 'directconnect'.");
    }
    if terminator != TERMINATOR {
        return invalid("Credential should be scoped with a valid terminator: 'aws4_request'.");
    }
    Ok(Claim { access_key_id: access_key_id.to_owned(), region: region.to_owned(), service: service.to_owned() })
}
