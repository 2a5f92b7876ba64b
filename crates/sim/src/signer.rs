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
        let signature = self.signature(request.stamp, "directconnect", &canonical);
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={SIGNED}, Signature={}",
            self.access_key_id, signature
        )
    }

    /// A query that bears its own signature, for a GET of `/` at that host which calls nothing but STS.
    pub fn presigned(&self, host: &str, stamp: &str, parameters: &[(&str, &str)]) -> String {
        let scope = format!("{}/{}/sts/aws4_request", &stamp[..8], self.region);
        let credential = format!("{}/{scope}", self.access_key_id);
        let mut all = vec![
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            ("X-Amz-Credential", &credential),
            ("X-Amz-Date", stamp),
            ("X-Amz-Expires", "60"),
            ("X-Amz-SignedHeaders", "host"),
        ];
        all.extend(parameters);
        all.sort_unstable();
        let pairs: Vec<String> = all.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let query = pairs.join("&");
        let canonical = format!("GET\n/\n{query}\nhost:{host}\n\nhost\n{}", hex(&Sha256::digest(b"")));
        format!("{query}&X-Amz-Signature={}", self.signature(stamp, "sts", &canonical))
    }

    /// The signature of a canonical request.
    fn signature(&self, stamp: &str, service: &str, canonical: &str) -> String {
        let day = &stamp[..8];
        let scope = format!("{day}/{}/{service}/aws4_request", self.region);
        let to_sign = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", hex(&Sha256::digest(canonical.as_bytes())));
        let parts = [day, &self.region, service, "aws4_request", &to_sign];
        let secret = format!("AWS4{}", self.secret).into_bytes();
        hex(&parts.iter().fold(secret, |key, part| keyed(&key, part.as_bytes())))
    }
}

/// Percent-encoded, all but unreserved characters.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("writing to a string cannot fail"),
        }
        out
    })
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
