//! Signing a request of our own, for another service that verifies it.

use hmac::Mac;
use sha2::{Digest, Sha256};

use super::authorization::Credential;
use super::stamp::basic;
use super::{ALGORITHM, Request, Secret, TERMINATOR, canonical, key};

/// With which key, for whom and when a request is signed.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// The id of the access key.
    pub access_key_id: &'a str,
    /// What goes with it.
    pub secret: &'a Secret,
    /// The Region of the scope.
    pub region: &'a str,
    /// The service that is called.
    pub service: &'a str,
    /// The value of `X-Amz-Date`, from [`stamp`].
    pub stamp: &'a str,
}

/// A time in seconds since 1970 as `X-Amz-Date` has it.
pub fn stamp(epoch: i64) -> String {
    basic(epoch)
}

/// The value of the `Authorization` header of a request with this body, over the headers that `signed_headers` names:
/// in lower case, in order, with semicolons between. `None` when the request lacks one of them.
pub fn authorization<'r, H>(
    signing: Signing<'_>,
    request: &Request<'r, H>,
    signed_headers: &str,
    body: &[u8],
) -> Option<String>
where
    H: Iterator<Item = (&'r str, &'r [u8])> + Clone,
{
    let Signing { access_key_id, secret, region, service, stamp } = signing;
    let text = format!("{access_key_id}/{}/{region}/{service}/{TERMINATOR}", stamp.get(..8)?);
    let credential = Credential::parse(&text).ok()?;
    let payload = canonical::hex(&Sha256::digest(body).into());
    let canonical = canonical::hex(&canonical::hash(request, None, signed_headers, &payload)?);
    let mut mac = key::derive(secret, &credential);
    for part in [ALGORITHM, "\n", stamp, "\n", credential.scope(), "\n"] {
        mac.update(part.as_bytes());
    }
    mac.update(&canonical);
    let signature = canonical::hex(&mac.finalize().into_bytes().into());
    let signature = str::from_utf8(&signature).expect("hexadecimal digits are ASCII");
    Some(format!("{ALGORITHM} Credential={text}, SignedHeaders={signed_headers}, Signature={signature}"))
}
