//! Signing requests as a client does, apart from `crossconnect-auth`, which only ever verifies.
//!
//! AWS Signature Version 4, header form: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Whose signature, for which Region.
#[derive(Debug, Clone)]
pub struct Signer {
    /// The access key id.
    pub access_key_id: String,
    /// Its secret.
    pub secret: String,
    /// The Region of the scope.
    pub region: String,
}

/// What a request is besides its signature; the path is `/` and there is no query.
#[derive(Debug, Clone, Copy)]
pub struct Unsigned<'a> {
    /// Host and port.
    pub host: &'a str,
    /// `X-Amz-Target`.
    pub target: &'a str,
    /// The whole body.
    pub body: &'a [u8],
    /// When it is signed, as `20260101T000000Z`.
    pub stamp: &'a str,
}

impl Signer {
    /// The value of the `Authorization` header, over `host`, `x-amz-date` and `x-amz-target`.
    pub fn authorization(&self, request: Unsigned<'_>) -> String {
        const SIGNED: &str = "host;x-amz-date;x-amz-target";
        let day = &request.stamp[..8];
        let scope = format!("{day}/{}/directconnect/aws4_request", self.region);
        let canonical = format!(
            "POST\n/\n\nhost:{}\nx-amz-date:{}\nx-amz-target:{}\n\n{SIGNED}\n{}",
            request.host,
            request.stamp,
            request.target,
            hex(&Sha256::digest(request.body))
        );
        let to_sign =
            format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{}", request.stamp, hex(&Sha256::digest(canonical.as_bytes())));
        let parts = [day, &self.region, "directconnect", "aws4_request", &to_sign];
        let secret = format!("AWS4{}", self.secret).into_bytes();
        let signature = parts.iter().fold(secret, |key, part| keyed(&key, part.as_bytes()));
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={SIGNED}, Signature={}",
            self.access_key_id,
            hex(&signature)
        )
    }
}

fn keyed(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key may have any length");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}
