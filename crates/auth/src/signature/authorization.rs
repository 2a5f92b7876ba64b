//! Reading of the `Authorization` header.

use super::error::{hashed, shown};
use super::{AUTHORIZATION_MAX, SignatureError, TERMINATOR};

/// The parts of an `Authorization` header; `C` is the credential, whole or taken apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Authorization<'r, C = Credential<'r>> {
    pub(crate) algorithm: &'r str,
    pub(crate) credential: C,
    pub(crate) signed_headers: &'r str,
    pub(crate) signature: &'r str,
}

/// `<access key id>/<date>/<Region>/<service>/<terminator>`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Credential<'r> {
    pub(crate) text: &'r str,
    pub(crate) access_key_id: &'r str,
    pub(crate) date: &'r str,
    pub(crate) region: &'r str,
    pub(crate) service: &'r str,
    pub(crate) terminator: &'r str,
}

impl<'r> Authorization<'r, &'r str> {
    /// Takes the header apart. `has_date` says whether the request has a date, whose absence is reported together with
    /// that of the header's parts.
    pub(crate) fn read(header: &'r [u8], has_date: bool) -> Result<Self, SignatureError> {
        // Bearer tokens and passwords are no signature.
        if !header.trim_ascii_start().starts_with(b"AWS4-") {
            return Err(SignatureError::Missing);
        }
        if header.len() > AUTHORIZATION_MAX {
            return Err(SignatureError::TooLong { max: AUTHORIZATION_MAX });
        }
        let not_a_pair = || SignatureError::NotAPair { header: hashed(header) };
        let text = str::from_utf8(header).map_err(|_| not_a_pair())?.trim_ascii();
        let (algorithm, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        let [mut credential, mut signature, mut signed_headers] = [None; 3];
        // A space separates as well as a comma does, so one after an equal-sign ends the value. [observed]
        for part in rest.split(',').flat_map(str::split_ascii_whitespace) {
            let (name, value) = part.split_once('=').ok_or_else(not_a_pair)?;
            let (slot, name) = match name {
                "Credential" => (&mut credential, "Credential"),
                "Signature" => (&mut signature, "Signature"),
                "SignedHeaders" => (&mut signed_headers, "SignedHeaders"),
                _ => continue,
            };
            if slot.replace(value).is_some() {
                return Err(SignatureError::Repeated { name });
            }
        }
        match (credential, signature, signed_headers) {
            (Some(credential), Some(signature), Some(signed_headers))
                if has_date && !credential.is_empty() && !signature.is_empty() =>
            {
                Ok(Self { algorithm, credential, signed_headers, signature })
            }
            _ => {
                let missing = missing(credential, signature, signed_headers, has_date);
                Err(SignatureError::Incomplete { missing, header: hashed(header) })
            }
        }
    }

    /// Takes the credential apart.
    pub(crate) fn with_credential(self) -> Result<Authorization<'r>, SignatureError> {
        let credential = Credential::parse(self.credential)?;
        let Self { algorithm, signed_headers, signature, .. } = self;
        Ok(Authorization { algorithm, credential, signed_headers, signature })
    }
}

impl<'r> Credential<'r> {
    /// Takes the text of a credential apart.
    pub(crate) fn parse(text: &'r str) -> Result<Self, SignatureError> {
        Self::read(text).ok_or_else(|| SignatureError::Credential { got: shown(text.as_bytes()) })
    }

    fn read(text: &'r str) -> Option<Self> {
        let mut parts = text.split('/');
        let credential = Self {
            text,
            access_key_id: parts.next()?,
            date: parts.next()?,
            region: parts.next()?,
            service: parts.next()?,
            terminator: parts.next()?,
        };
        parts.next().is_none().then_some(credential)
    }

    /// The credential without its access key.
    pub(crate) fn scope(&self) -> &'r str {
        &self.text[self.access_key_id.len() + 1..]
    }

    /// Whether it ends as one of Signature Version 4 must.
    pub(crate) fn is_terminated(&self) -> bool {
        self.terminator == TERMINATOR
    }
}

fn missing(credential: Option<&str>, signature: Option<&str>, signed_headers: Option<&str>, has_date: bool) -> String {
    let lacks = |part: Option<&str>| part.is_none_or(str::is_empty);
    // An empty list of signed headers passes here: what it lacks is `host`. [observed]
    let parts = [
        ("Credential", lacks(credential)),
        ("Signature", lacks(signature)),
        ("SignedHeaders", signed_headers.is_none()),
    ];
    let mut text = String::new();
    for (name, is_missing) in parts {
        if is_missing {
            text.push_str(&format!("Authorization header requires '{name}' parameter. "));
        }
    }
    if !has_date {
        text.push_str("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }
    text
}
