//! The canonical form of a request, fed to its hash piece by piece rather than built.

use sha2::{Digest, Sha256};

use super::Request;
use super::head::names;

/// The SHA-256 of the canonical request, without the parameter `unsigned` of its query; `None` if the list of signed headers is out of order, names one twice or in
/// upper case, or one that was not sent.
pub(super) fn hash<'r, H>(
    request: &Request<'r, H>,
    unsigned: Option<&str>,
    signed_headers: &str,
    payload_hex: &[u8; 64],
) -> Option<[u8; 32]>
where
    H: Iterator<Item = (&'r str, &'r [u8])> + Clone,
{
    let mut sha = Sha256::new();
    sha.update(request.method);
    sha.update(b"\n");
    path(&mut sha, request.path);
    sha.update(b"\n");
    query(&mut sha, request.query, unsigned);
    sha.update(b"\n");
    let mut before: &[u8] = b"";
    for name in names(signed_headers) {
        if name <= before || name.iter().any(u8::is_ascii_uppercase) {
            return None;
        }
        before = name;
        header(&mut sha, request, name)?;
    }
    sha.update(b"\n");
    sha.update(signed_headers);
    sha.update(b"\n");
    sha.update(payload_hex);
    Some(sha.finalize().into())
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8; 32]) -> [u8; 64] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    text
}

/// The path without empty, `.` and `..` segments, percent-encoded once more than it was sent: that is what every service
/// but S3 does.
fn path(sha: &mut Sha256, path: &str) {
    if matches!(path, "" | "/") {
        return sha.update(b"/");
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    for segment in &segments {
        sha.update(b"/");
        encode(segment.bytes(), |piece| sha.update(piece));
    }
    if path.ends_with('/') || segments.is_empty() {
        sha.update(b"/");
    }
}

/// The parameters in the order of their encoded names, then of their encoded values.
fn query(sha: &mut Sha256, query: &str, unsigned: Option<&str>) {
    if query.is_empty() {
        return;
    }
    let encoded = |text: &str| {
        let mut bytes = Vec::with_capacity(text.len());
        encode(Decoded(text.as_bytes()), |piece| bytes.extend_from_slice(piece));
        bytes
    };
    let mut parameters: Vec<_> = query
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
        .map(|(name, value)| (encoded(name), encoded(value)))
        .filter(|(name, _)| unsigned.is_none_or(|unsigned| *name != unsigned.as_bytes()))
        .collect();
    parameters.sort_unstable();
    for (index, (name, value)) in parameters.iter().enumerate() {
        if index > 0 {
            sha.update(b"&");
        }
        sha.update(name);
        sha.update(b"=");
        sha.update(value);
    }
}

/// `name:value\n`, the values of a repeated header joined by commas in the order in which they came.
fn header<'r, H>(sha: &mut Sha256, request: &Request<'r, H>, name: &[u8]) -> Option<()>
where
    H: Iterator<Item = (&'r str, &'r [u8])> + Clone,
{
    let mut is_sent = false;
    let mut add = |value: &[u8]| {
        if is_sent {
            sha.update(b",");
        } else {
            sha.update(name);
            sha.update(b":");
        }
        is_sent = true;
        spaced_once(sha, value);
    };
    for (sent, value) in request.headers.clone() {
        if sent.as_bytes().eq_ignore_ascii_case(name) {
            add(value);
        }
    }
    if !is_sent && name == b"host" {
        sha.update(name);
        sha.update(b":");
        sha.update(request.authority?);
        is_sent = true;
    }
    sha.update(b"\n");
    is_sent.then_some(())
}

/// The value without white space around it, and with one space for each stretch of it inside, quoted or not.
fn spaced_once(sha: &mut Sha256, value: &[u8]) {
    // Most values have no space at all, which is quick to see.
    if !value.iter().fold(false, |found, byte| found | (*byte <= b' ')) {
        return sha.update(value);
    }
    let words = value.split(|byte| byte.is_ascii_whitespace() || *byte == 0x0b).filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            sha.update(b" ");
        }
        sha.update(word);
    }
}

/// Percent-encodes all but unreserved characters.
fn encode(bytes: impl Iterator<Item = u8>, mut put: impl FnMut(&[u8])) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            put(&[byte]);
        } else {
            put(&[b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
    }
}

/// The bytes that a percent-encoded text stands for; what is no escape stands for itself, and `+` for a space.
struct Decoded<'a>(&'a [u8]);

impl Iterator for Decoded<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        if let &[b'%', high, low, ref rest @ ..] = self.0
            && let (Some(high), Some(low)) = (digit(high), digit(low))
        {
            self.0 = rest;
            return Some(high << 4 | low);
        }
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(if first == b'+' { b' ' } else { first })
    }
}
