//! What is read from a signature, and what is said of one that lacks a part.

use crossconnect_auth::{AuthError, Claim};

const SIGNATURE: &str = "fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024";

fn header(credential: &str) -> String {
    format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date, Signature={SIGNATURE}")
}

fn claim() -> Claim {
    Claim { access_key_id: "AKIDEXAMPLE".into(), region: "eu-west-1".into(), service: "directconnect".into() }
}

#[test]
fn header_and_query_make_the_same_claim() {
    let credential = "AKIDEXAMPLE/20260101/eu-west-1/directconnect/aws4_request";
    let spaced = header(credential);
    let tight = spaced.replace(", ", ",");
    for header in [&spaced, &tight] {
        assert_eq!(Claim::read(Some(header), None), Ok(claim()));
    }
    let query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}&X-Amz-SignedHeaders=host&X-Amz-Signature={SIGNATURE}",
        credential.replace('/', "%2F")
    );
    assert_eq!(Claim::read(None, Some(&query)), Ok(claim()));
}

#[test]
fn an_unsigned_request_has_no_token() {
    for (header, query) in [(None, None), (None, Some("")), (None, Some("a=b")), (Some(""), None)] {
        assert_eq!(Claim::read(header, query), Err(AuthError::Missing), "{header:?} {query:?}");
    }
}

#[test]
fn what_is_missing_is_named_and_no_signature_shown() {
    let incomplete = |header: &str| match Claim::read(Some(header), None) {
        Err(AuthError::Incomplete(text)) => text,
        other => panic!("{header}: {other:?}"),
    };
    for (header, text) in [
        (
            "AWS4-HMAC-SHA256",
            "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. \
             Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256",
        ),
        (
            "AWS4-HMAC-SHA256 Credential=a/20260101/r/s/aws4_request, SignedHeaders=host, Signature=",
            "Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256",
        ),
        (
            "AWS4-HMAC-SHA256 Credential",
            "A part is not a valid key=value pair (missing equal-sign) in Authorization header.",
        ),
        ("Bearer abc", "Unsupported AWS 'algorithm' in Authorization header, expected 'AWS4-HMAC-SHA256'."),
        (
            &header("AKIDEXAMPLE/20260101/eu-west-1"),
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 3.",
        ),
        (
            &header("/20260101/eu-west-1/directconnect/aws4_request"),
            "Credential must begin with an access key id of 1 to 128 characters.",
        ),
    ] {
        assert_eq!(incomplete(header), text);
        assert!(!text.contains(SIGNATURE));
    }
    let query = format!("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature={SIGNATURE}");
    let text = "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include \
                'X-Amz-SignedHeaders'. Re-examine the query-string parameters.";
    assert_eq!(Claim::read(None, Some(&query)), Err(AuthError::Incomplete(text.into())));
}

#[test]
fn the_scope_makes_sense() {
    let long = "r".repeat(25);
    for (credential, text) in [
        ("k/2026/eu-west-1/s/aws4_request", "Date in Credential scope should be of the form YYYYMMDD."),
        ("k/20260101//s/aws4_request", "Credential should be scoped to a valid region."),
        (&format!("k/20260101/{long}/s/aws4_request"), "Credential should be scoped to a valid region."),
        ("k/20260101/EU_West/s/aws4_request", "Credential should be scoped to a valid region."),
        ("k/20260101/eu-west-1//aws4_request", "Credential should be scoped to correct service: 'directconnect'."),
        ("k/20260101/eu-west-1/s/aws3", "Credential should be scoped with a valid terminator: 'aws4_request'."),
    ] {
        assert_eq!(Claim::read(Some(&header(credential)), None), Err(AuthError::Invalid(text.into())), "{credential}");
    }
}
