//! What is read from a signature, and what is said of one that lacks a part.

use crossconnect_auth::Claim;
use crossconnect_auth::signature::SignatureError;

const SIGNATURE: &str = "fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024";

fn header(credential: &str) -> String {
    format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date, Signature={SIGNATURE}")
}

fn refusal(header: &str) -> (&'static str, String) {
    let refused = Claim::read(Some(header.as_bytes()), None).expect_err(header);
    (refused.name(), refused.to_string())
}

#[test]
fn header_and_query_make_the_same_claim() {
    let claim = Claim { access_key_id: "AKIDEXAMPLE".into(), region: "eu-west-1".into() };
    let credential = "AKIDEXAMPLE/20260101/eu-west-1/directconnect/aws4_request";
    let spaced = header(credential);
    let tight = spaced.replace(", ", ",");
    for header in [&spaced, &tight] {
        assert_eq!(Claim::read(Some(header.as_bytes()), None).as_ref(), Ok(&claim));
    }
    let query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}&X-Amz-SignedHeaders=host&X-Amz-Signature={SIGNATURE}",
        credential.replace('/', "%2F")
    );
    assert_eq!(Claim::read(None, Some(&query)), Ok(claim));
}

#[test]
fn an_unsigned_request_has_no_token() {
    for (header, query) in
        [(None, None), (None, Some("")), (None, Some("a=b")), (Some(""), None), (Some("Bearer abc"), None)]
    {
        let refused = Claim::read(header.map(str::as_bytes), query);
        assert_eq!(refused, Err(SignatureError::Missing), "{header:?} {query:?}");
    }
}

#[test]
fn what_is_missing_is_named_and_no_signature_shown() {
    for (header, part) in [
        (
            "AWS4-HMAC-SHA256",
            "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. \
             Authorization header requires 'SignedHeaders' parameter. (Hashed",
        ),
        (
            "AWS4-HMAC-SHA256 Credential=a/20260101/r/s/aws4_request, SignedHeaders=host, Signature=",
            "Authorization header requires 'Signature' parameter. (Hashed",
        ),
        ("AWS4-HMAC-SHA256 Credential", "Invalid key=value pair (missing equal-sign) in Authorization header"),
        ("AWS4-ECDSA-P256-SHA256 Credential=a, SignedHeaders=host, Signature=b", "Unsupported AWS 'algorithm'"),
        (
            &header("AKIDEXAMPLE/20260101/eu-west-1"),
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, \
             got 'AKIDEXAMPLE/20260101/eu-west-1'",
        ),
    ] {
        let (name, text) = refusal(header);
        assert_eq!(name, "IncompleteSignatureException");
        assert!(text.contains(part) && !text.contains(SIGNATURE), "{text}");
    }
    let query = format!("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature={SIGNATURE}");
    let text = "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include \
                'X-Amz-SignedHeaders'. Re-examine the query-string parameters.";
    assert_eq!(Claim::read(None, Some(&query)).unwrap_err().to_string(), text);
}

#[test]
fn the_scope_makes_sense() {
    let long = "r".repeat(25);
    let region = |got: &str| format!("Credential should be scoped to a valid region, not '{got}'. ");
    for (credential, text) in [
        ("k/20260101//s/aws4_request", region("")),
        (&format!("k/20260101/{long}/s/aws4_request"), region(&long)),
        ("k/20260101/EU_West/s/aws4_request", region("EU_West")),
        (
            "k/20260101/eu-west-1/s/aws3",
            "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3'. ".to_owned(),
        ),
    ] {
        assert_eq!(refusal(&header(credential)), ("InvalidSignatureException", text), "{credential}");
    }
    let long = "k".repeat(129);
    for id in ["", &long, "k\u{e9}"] {
        let (name, _) = refusal(&header(&format!("{id}/20260101/eu-west-1/s/aws4_request")));
        assert_eq!(name, "UnrecognizedClientException", "{id}");
    }
}
