//! Heads of requests: which operation they ask for, and whether their signature holds.

use super::Target;
use super::message::Message;
use crate::Random;
use crate::fuzz::samples;
use crate::signer::{Signer, Unsigned};
use crossconnect_auth::Claim;
use crossconnect_auth::signature::sign::{self, Signing};
use crossconnect_auth::signature::{
    AccessKey, Endpoint, Payload, Presigned, Regions, Request, Secret, SignatureError, SigningKeys, check,
};
use crossconnect_wire::{Head, Protocol, route};
use std::io::Write as _;

const HOST: &str = "127.0.0.1:8023";
const STAMP: &str = "20260101T000007Z";
/// The same moment in seconds since 1970.
const NOW: i64 = 1_767_225_607;
const LASTING: &str = "AKIAFUZZFUZZFUZZFUZZ";
const TEMPORARY: &str = "ASIAFUZZFUZZFUZZFUZZ";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYFUZZFUZZKEY";
const TOKEN: &str = "FwoGZXIvYXdzEJr//token==";
const ENDPOINT: Endpoint<'_> = Endpoint { services: &["directconnect", "sts"], regions: Regions::WellFormed };
/// In place of a signature: it is made of the request as it has become, over the headers that follow.
const TO_BE_SIGNED: &str = "SIGN ";
/// The longest text of a refusal, in bytes: some repeat the names of headers.
const MESSAGE_MAX: usize = 20_000;

/// The way to an operation.
pub(super) struct Routes;

impl Target for Routes {
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize {
        let operation = samples::operation(random).name();
        let written = match random.below(4) {
            0 | 1 => write!(
                out,
                "POST /\ncontent-type: application/x-amz-json-1.1\nx-amz-target: OvertureService.{operation}\n\n"
            ),
            2 => write!(
                out,
                "POST /service/OvertureService/operation/{operation}\ncontent-type: application/cbor\n\
                 smithy-protocol: rpc-v2-cbor\n\n"
            ),
            _ if random.one_in(2) => write!(out, "GET /?Action=GetCallerIdentity&Version=2011-06-15\n\n"),
            _ => write!(out, "POST /\ncontent-type: application/x-www-form-urlencoded; charset=utf-8\n\n"),
        };
        written.expect("writing to memory cannot fail");
        0
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        &[
            b"/service/",
            b"/operation/",
            b"OvertureService",
            b"com.amazonaws.directconnect.",
            b"//",
            b"..",
            b"%2f",
            b"GET ",
            b"PUT ",
            b"\nx-amzn-target: a",
            b"\nsmithy-protocol: rpc-v2-cbor",
            b"\nx-amz-target: ",
            b"Action=",
            b"; charset=",
            b"\xf0\x9f\x98\x80",
        ]
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        let Some(message) = Message::read(input) else { return Ok(false) };
        let head = Head {
            method: message.method,
            path: message.path,
            query: message.query,
            target: message.text("x-amz-target"),
            amzn_target: message.text("x-amzn-target"),
            content_type: message.text("content-type"),
            smithy_protocol: message.text("smithy-protocol"),
        };
        match route(&head) {
            Ok(found) => match found.operation() {
                Some((protocol, _)) if protocol != Protocol::of(&head) => {
                    Err(format!("{found:?} is answered otherwise"))
                }
                Some(_) | None => Ok(true),
            },
            Err(error) if error.message.len() > 600 || error.message.contains(char::is_control) => {
                Err(format!("refused with {error:?}"))
            }
            Err(_) => Ok(false),
        }
    }
}

/// Signatures in headers and in addresses.
pub(super) struct Signatures {
    keys: SigningKeys,
    lasting: AccessKey,
    temporary: AccessKey,
    secret: Secret,
}

impl Signatures {
    pub(super) fn new() -> Self {
        let secret = Secret::new(SECRET);
        let lasting = AccessKey::lasting(LASTING, "111122223333", true, Some(secret.clone()));
        let session_token = Some(Secret::new(TOKEN));
        let temporary = AccessKey { session_token, expires_at: Some(NOW + 900), ..lasting.clone() };
        Signatures { keys: SigningKeys::default(), lasting, temporary, secret }
    }

    /// The signature of a request over those headers, if it can be signed.
    fn signed(&self, message: &Message<'_>, names: &str) -> Option<String> {
        let stamp = message.text("x-amz-date").or_else(|| message.text("date"))?.trim_ascii();
        let access_key_id = if message.text("x-amz-security-token").is_some() { TEMPORARY } else { LASTING };
        let (region, service) = ("us-east-1", "directconnect");
        let signing = Signing { access_key_id, secret: &self.secret, region, service, stamp };
        sign::authorization(signing, &request(message), names, message.body)
    }

    fn verdict(&self, message: &Message<'_>) -> Result<(), SignatureError> {
        let presigned = match message.text("authorization") {
            None => Presigned::read(message.query)?,
            Some(_) => None,
        };
        let request = request(message);
        let lookup = |id: &str| match id {
            LASTING => Some(&self.lasting),
            TEMPORARY => Some(&self.temporary),
            _ => None,
        };
        let checked = check(&request, presigned.as_ref(), NOW, &ENDPOINT, lookup)?;
        checked.verify(Payload::Bytes(message.body), &self.keys).map(drop)
    }
}

type Field<'a> = (&'a str, &'a [u8]);

fn request<'a>(message: &'a Message<'a>) -> Request<'a, impl Iterator<Item = Field<'a>> + Clone> {
    let Message { method, path, query, .. } = *message;
    Request { method, path, query, authority: None, headers: message.headers.iter().copied() }
}

impl Target for Signatures {
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize {
        const TARGET: &str = "OvertureService.DescribeConnections";
        const BODY: &str = r#"{"connectionId":"dxcon-ffabc123"}"#;
        let (access_key_id, secret, region) = (LASTING.to_owned(), SECRET.to_owned(), "us-east-1".to_owned());
        let signer = Signer { access_key_id, secret, region };
        let parameters = [("Action", "GetCallerIdentity"), ("Version", "2011-06-15")];
        let by_token = [parameters[0], parameters[1], ("X-Amz-Security-Token", TOKEN)];
        let head = format!("x-amz-date: {STAMP}\nx-amz-target: {TARGET}\ncontent-type: application/x-amz-json-1.1\n");
        let written = match random.below(6) {
            0 | 1 => {
                let unsigned = Unsigned { host: HOST, target: TARGET, body: BODY.as_bytes(), stamp: STAMP };
                let authorization = signer.authorization(unsigned);
                write!(out, "POST /\nhost: {HOST}\n{head}authorization: {authorization}\n\n{BODY}")
            }
            2 => write!(
                out,
                "POST /a//b/../c%20d?x=1&y=%2F&x=0\nhost: {HOST}\n{head}x-amz-security-token: {TOKEN}\nx-amz-meta:  a  b\n\
                 x-amz-meta: c\nauthorization: {TO_BE_SIGNED}host;x-amz-date;x-amz-meta;x-amz-security-token;x-amz-target\n\n{BODY}"
            ),
            3 => write!(out, "POST /\nhost: {HOST}\ndate: {STAMP}\nauthorization: {TO_BE_SIGNED}date;host\n\n{BODY}"),
            4 => write!(out, "GET /?{}\nhost: {HOST}\n\n", signer.presigned(HOST, STAMP, &parameters)),
            _ => {
                let signer = Signer { access_key_id: TEMPORARY.to_owned(), ..signer };
                write!(out, "GET /?{}\nhost: {HOST}\n\n", signer.presigned(HOST, STAMP, &by_token))
            }
        };
        written.expect("writing to memory cannot fail");
        0
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        &[
            b"Credential=",
            b"SignedHeaders=",
            b"Signature=",
            b"AWS4-HMAC-SHA256 ",
            b"AWS4-ECDSA",
            b", ",
            b";",
            b"/",
            b"aws4_request",
            b"X-Amz-Signature=",
            b"X-Amz-Date=",
            b"&X-Amz-Algorithm=a",
            b"%",
            b"%2",
            b"%ff",
            b"+",
            b"//",
            b"/../",
            b"\nhost: a",
            b"\nx-amz-date: 20260101T000007Z",
            b"\nx-amz-x: ",
            b"\nx-amz-content-sha256: a",
            b"SIGN host;x-amz-date",
            b"\ndate: Thu, 01 Jan 2026 00:00:07 GMT",
            b"20260101T000007Z",
            b"2026-01-01T00:00:07Z",
            b"\xc3\xa9",
            b"\x0b",
            b"00000000T000000Z",
            b"99999999T999999Z",
        ]
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        let Some(mut message) = Message::read(input) else { return Ok(false) };
        let mut signature = None;
        if let Some(names) = message.text("authorization").and_then(|value| value.strip_prefix(TO_BE_SIGNED)) {
            let Some(made) = self.signed(&message, names) else { return Ok(false) };
            signature = Some((made, names));
        }
        if let Some((made, _)) = &signature {
            for (name, value) in &mut message.headers {
                if name.eq_ignore_ascii_case("authorization") {
                    *value = made.as_bytes();
                }
            }
        }
        let authorization = message.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let query = Some(message.query).filter(|query| !query.is_empty());
        let claim = Claim::read(authorization.map(|(_, value)| *value), query);
        match self.verdict(&message) {
            Ok(()) => match claim {
                Ok(claim) if [LASTING, TEMPORARY].contains(&&*claim.access_key_id) => Ok(true),
                other => Err(format!("verified, and claims {other:?}")),
            },
            // More names than headers are not looked at one by one.
            Err(SignatureError::Mismatch)
                if signature.as_ref().is_some_and(|(_, names)| names.split(';').count() <= message.headers.len()) =>
            {
                Err("what was signed does not verify".to_owned())
            }
            Err(error) => {
                let text = error.to_string();
                let shows = text.len() > MESSAGE_MAX || text.contains(SECRET);
                if shows { Err(format!("refused with {text:?}")) } else { Ok(false) }
            }
        }
    }
}
