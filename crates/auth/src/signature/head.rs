//! The header fields that a signature depends on, and which of them must be signed.

use super::SignatureError;
use super::error::shown;

/// The fields that are looked at one by one. Each stands at most once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fields<'r> {
    pub(super) authorization: Option<&'r [u8]>,
    /// `x-amz-date`, or else `date`.
    pub(super) date: Option<&'r [u8]>,
    pub(super) session_token: Option<&'r [u8]>,
    pub(super) payload_sha256: Option<&'r [u8]>,
    /// Whether the date is that of `date`: `x-amz-` headers must be signed anyhow.
    has_plain_date: bool,
    /// How many fields the head has.
    count: usize,
}

impl<'r> Fields<'r> {
    pub(super) fn gather(headers: impl Iterator<Item = (&'r str, &'r [u8])>) -> Result<Self, SignatureError> {
        let mut fields = Self::default();
        let [mut plain_date, mut host] = [None; 2];
        for (name, value) in headers {
            fields.count += 1;
            // The length decides almost always, so that few names are compared.
            let (known, slot) = match name.len() {
                4 if name.eq_ignore_ascii_case("host") => ("Host", &mut host),
                4 if name.eq_ignore_ascii_case("date") => ("Date", &mut plain_date),
                10 if name.eq_ignore_ascii_case("x-amz-date") => ("X-Amz-Date", &mut fields.date),
                13 if name.eq_ignore_ascii_case("authorization") => ("Authorization", &mut fields.authorization),
                20 if name.eq_ignore_ascii_case("x-amz-security-token") => {
                    ("X-Amz-Security-Token", &mut fields.session_token)
                }
                20 if name.eq_ignore_ascii_case("x-amz-content-sha256") => {
                    ("X-Amz-Content-Sha256", &mut fields.payload_sha256)
                }
                _ => continue,
            };
            if slot.replace(value).is_some() {
                return Err(SignatureError::Repeated { name: known });
            }
        }
        if fields.date.is_none() {
            fields.date = plain_date;
            fields.has_plain_date = plain_date.is_some();
        }
        Ok(fields)
    }
}

/// The names in a list of signed headers. They are short: looking at byte after byte is faster than a search.
pub(super) fn names(signed_headers: &str) -> impl Iterator<Item = &[u8]> {
    signed_headers.as_bytes().split(|byte| *byte == b';')
}

/// Requires `host`, the date and every `x-amz-` header to be signed. Of the others the client may sign what it likes.
pub(super) fn require_signed<'r>(
    fields: &Fields<'_>,
    signed_headers: &str,
    headers: impl Iterator<Item = (&'r str, &'r [u8])>,
) -> Result<(), SignatureError> {
    // A longer list names what was not sent; refused first, so that looking names up in it stays cheap.
    if names(signed_headers).count() > fields.count + 1 {
        return Err(SignatureError::Mismatch);
    }
    let is_signed = |name: &str| names(signed_headers).any(|signed| signed.eq_ignore_ascii_case(name.as_bytes()));
    if !is_signed("host") {
        return Err(SignatureError::NotSigned { name: "'Host' or ':authority'".to_owned() });
    }
    if fields.has_plain_date && !is_signed("date") {
        return Err(SignatureError::NotSigned { name: "'Date'".to_owned() });
    }
    for (name, _) in headers {
        let is_amz = name.as_bytes().first_chunk::<6>().is_some_and(|start| start.eq_ignore_ascii_case(b"x-amz-"));
        if is_amz && !is_signed(name) {
            return Err(SignatureError::NotSigned { name: format!("'{}'", shown(name.as_bytes())) });
        }
    }
    Ok(())
}
