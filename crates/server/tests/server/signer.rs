//! A client that signs as the documentation of AWS describes it, with strings that are built whole. It shares nothing
//! with the server but the hash functions.

use crate::support::{Answer, Request, Server};
use crossconnect_api::Operation;
use crossconnect_wire::Protocol::Cbor;
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What a client signs with, and what for.
#[derive(Debug, Clone)]
pub(crate) struct Signer {
    pub(crate) access_key_id: String,
    pub(crate) secret: String,
    pub(crate) region: String,
    pub(crate) service: String,
    /// The date of the scope, where it is not that of the request.
    pub(crate) day: Option<String>,
    /// How many seconds the client's clock is ahead.
    pub(crate) ahead_s: i64,
}

impl Signer {
    pub(crate) fn new(access_key_id: &str, secret: &str) -> Self {
        let [access_key_id, secret] = [access_key_id, secret].map(str::to_owned);
        let [region, service] = ["us-east-1", "directconnect"].map(str::to_owned);
        Signer { access_key_id, secret, region, service, day: None, ahead_s: 0 }
    }

    /// Signs the host, the date and all headers of the request but its content type.
    pub(crate) fn sign(&self, server: &Server, request: Request) -> Request {
        let now = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(self.ahead_s);
        let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        let host = server.address.to_string();
        let request = request.without("authorization").with("host", &host).with("x-amz-date", &stamp);
        let mut headers: Vec<_> = request.headers.iter().filter(|(name, _)| name != "content-type").collect();
        headers.sort();
        let names = headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let payload = hex(&Sha256::digest(&request.body));
        let canonical = format!("{}\n{}\n\n{lines}\n{names}\n{payload}", request.method, request.path);
        let day = self.day.as_deref().unwrap_or(&stamp[..8]);
        let parts = [day, &self.region, &self.service, "aws4_request"];
        let scope = parts.join("/");
        let text = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
        let key = parts.iter().fold(format!("AWS4{}", self.secret).into_bytes(), |key, part| mac(&key, part));
        let signature = hex(&mac(&key, &text));
        let credential = format!("{}/{scope}", self.access_key_id);
        let value = format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}");
        request.with("authorization", &value)
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A call in CBOR.
pub(crate) fn cbor(operation: Operation, input: &Value) -> Request {
    let input = crossconnect_wire::json::decode(operation, input.to_string().as_bytes()).unwrap();
    Request::new("POST", &format!("/service/OvertureService/operation/{operation}"))
        .with("smithy-protocol", "rpc-v2-cbor")
        .with("content-type", "application/cbor")
        .body(&Cbor.encode_request(&input))
}

/// The name and text of an error in CBOR.
pub(crate) fn cbor_error(answer: &Answer) -> (u16, String, String) {
    assert_eq!(answer.header("content-type"), Some("application/cbor"));
    let mut decoder = minicbor::Decoder::new(&answer.body);
    let (mut name, mut message) = (String::new(), String::new());
    for _ in 0..decoder.map().unwrap().unwrap() {
        match decoder.str().unwrap() {
            "__type" => name = decoder.str().unwrap().to_owned(),
            "message" => message = decoder.str().unwrap().to_owned(),
            other => panic!("{other}"),
        }
    }
    let name = name.rsplit('#').next().unwrap().to_owned();
    (answer.status, name, message)
}
