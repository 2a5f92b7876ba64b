//! A signer as the documentation describes it, with strings that are built whole. It shares nothing with what it tests
//! but the hash functions, and is itself tested by what it signs being what botocore signs.

use crossconnect_auth::signature::SignatureError;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::case::{Case, epoch, key, table};

pub(crate) const ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub(crate) const TOKEN: &str = "FwoGZXIvYXdzEJr//token+example==";
pub(crate) const NOW: &str = "20260101T000007Z";

/// What a request is signed with and for.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) secret: &'a str,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
}

pub(crate) const SCOPE: Scope<'static> = Scope { secret: SECRET, region: "eu-west-1", service: "directconnect" };

/// A call that is signed and accepted, at an endpoint with more than one Region and service.
pub(crate) fn signed() -> Case {
    let mut case = Case {
        name: "signed".to_owned(),
        is_accepted: true,
        method: "POST".to_owned(),
        path: "/".to_owned(),
        query: String::new(),
        authority: None,
        headers: Vec::new(),
        body: br#"{"connectionId": "dxcon-ffabc123"}"#.to_vec(),
        id: ID.to_owned(),
        key: key(ID, SECRET, None),
        services: vec!["directconnect".to_owned(), "sts".to_owned()],
        regions: vec!["eu-west-1".to_owned(), "us-east-1".to_owned()],
        now: epoch(NOW),
    };
    case.set("Host", "127.0.0.1:8023");
    case.set("X-Amz-Date", NOW);
    case.set("X-Amz-Target", "OvertureService.DescribeConnections");
    case.set("Content-Type", "application/x-amz-json-1.1");
    case.set("User-Agent", "none of what is signed");
    let names = "content-type;host;x-amz-date;x-amz-target";
    sign(&mut case, SCOPE, names);
    case
}

/// Why [`signed`] is refused after a change.
pub(crate) fn refused(change: impl FnOnce(&mut Case)) -> SignatureError {
    let mut case = signed();
    assert!(case.verdict().is_ok());
    change(&mut case);
    case.verdict().unwrap_err()
}

/// Signs the headers of these names, of which none is repeated or has double spaces, on a path that is normal.
pub(crate) fn sign(case: &mut Case, scope: Scope<'_>, names: &str) {
    let canonical_headers: String = names
        .split(';')
        .map(|name| format!("{name}:{}\n", String::from_utf8(case.header(name).to_vec()).unwrap().trim()))
        .collect();
    let payload = hex(&Sha256::digest(&case.body));
    let [method, path, query] = [&case.method, &case.path, &case.query];
    let canonical = format!("{method}\n{path}\n{query}\n{canonical_headers}\n{names}\n{payload}");
    let date_header = if names.contains("x-amz-date") { "x-amz-date" } else { "date" };
    let date = String::from_utf8(case.header(date_header).trim_ascii().to_vec()).unwrap();
    let Scope { secret, region, service } = scope;
    let day = &date[..8];
    let credential_scope = format!("{day}/{region}/{service}/aws4_request");
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{credential_scope}\n{}", hex(&Sha256::digest(canonical)));
    let parts = [day, region, service, "aws4_request"];
    let signing_key = parts.iter().fold(format!("AWS4{secret}").into_bytes(), |key, part| mac(&key, part));
    let signature = hex(&mac(&signing_key, &text));
    let credential = format!("{}/{credential_scope}", case.id);
    let header = format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}");
    case.set("Authorization", header);
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn it_signs_as_botocore_does() {
    let cases = table(include_str!("data/botocore.txt"));
    for name in ["describe", "describe-by-id", "session-token", "cbor", "sts", "every-byte"] {
        let case = cases.iter().find(|case| case.name == name).unwrap();
        let header = String::from_utf8(case.header("authorization").to_vec()).unwrap();
        let names = header.split("SignedHeaders=").nth(1).unwrap().split(',').next().unwrap();
        let mut own = case.clone();
        sign(&mut own, Scope { secret: SECRET, region: &case.regions[0], service: &case.services[0] }, names);
        assert_eq!(str::from_utf8(own.header("authorization")).unwrap(), header.trim(), "{name}");
    }
}
