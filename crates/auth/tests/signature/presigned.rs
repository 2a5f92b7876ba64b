//! Signatures in the query string, each with one thing that is wrong.

use crossconnect_auth::signature::SignatureError;

use crate::case::{Case, epoch, key, table};
use crate::signer::{ID, SECRET, TOKEN};

/// The request of this name, as botocore signed it.
fn signed(name: &str) -> Case {
    let cases = table(include_str!("data/botocore_query.txt"));
    cases.into_iter().find(|case| case.name == name).expect("botocore signed it")
}

fn refused(name: &str, change: impl FnOnce(&mut Case)) -> SignatureError {
    let mut case = signed(name);
    assert!(case.verdict().is_ok(), "{name}");
    change(&mut case);
    case.verdict().expect_err(name)
}

fn replace(case: &mut Case, from: &str, to: &str) {
    assert!(case.query.contains(from), "{from} in {}", case.query);
    case.query = case.query.replacen(from, to, 1);
}

#[test]
fn every_parameter_is_signed() {
    for (from, to) in [
        ("Action=GetCallerIdentity", "Action=AssumeRole"),
        ("X-Amz-Expires=60", "X-Amz-Expires=3600"),
        ("X-Amz-Date=20260101T000007Z", "X-Amz-Date=20260101T000008Z"),
        ("X-Amz-Signature=5b", "X-Amz-Signature=5c"),
        ("Version=", "Version=&Version="),
    ] {
        let error = refused("cluster", |case| replace(case, from, to));
        assert_eq!(error, SignatureError::Mismatch, "{from}");
    }
    assert_eq!(refused("cluster", |case| case.query.push_str("&a=b")), SignatureError::Mismatch);
    assert_eq!(refused("cluster", |case| case.set("x-k8s-aws-id", "another")), SignatureError::Mismatch);
    assert_eq!(refused("cluster", |case| case.method = "POST".to_owned()), SignatureError::Mismatch);
    assert_eq!(refused("who", |case| case.key = key(ID, "another", None)), SignatureError::Mismatch);
}

#[test]
fn the_order_of_parameters_does_not_count() {
    let mut case = signed("who");
    let mut parameters: Vec<&str> = case.query.split('&').collect();
    parameters.reverse();
    case.query = parameters.join("&");
    assert!(case.verdict().is_ok());
}

#[test]
fn what_is_missing_is_named() {
    let requires = |name: &str| format!("AWS query-string parameters must include '{name}'. ");
    let end = "Re-examine the query-string parameters.";
    for name in ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"] {
        let error = refused("who", |case| replace(case, &format!("{name}="), &format!("No-{name}=")));
        assert_eq!(error.name(), "IncompleteSignatureException");
        assert_eq!(error.to_string(), requires(name) + end);
    }
    let error = refused("who", |case| case.query = "X-Amz-Signature=a".to_owned());
    let names = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-SignedHeaders", "X-Amz-Date"];
    assert_eq!(error.to_string(), names.map(requires).concat() + end);
}

#[test]
fn nothing_is_there_twice() {
    for name in ["X-Amz-Credential", "X-Amz-Date", "X-Amz-Security-Token"] {
        let error = refused("who-with-token", |case| case.query.push_str(&format!("&{name}=a")));
        assert_eq!(error, SignatureError::Repeated { name });
    }
    let error = refused("who", |case| case.set("authorization", "AWS4-HMAC-SHA256 Credential=a"));
    assert_eq!(error, SignatureError::TwoSignatures);
}

#[test]
fn a_signature_is_good_for_a_quarter_of_an_hour_whatever_it_wishes() {
    let mut case = signed("who");
    for (now, is_accepted) in [
        ("20260101T001507Z", true),
        ("20260101T001508Z", false),
        ("20251231T234507Z", true),
        ("20251231T234506Z", false),
    ] {
        case.now = epoch(now);
        assert_eq!(case.verdict().is_ok(), is_accepted, "{now}");
    }
}

#[test]
fn the_form_is_checked_as_in_the_header() {
    for (from, to, name, part) in [
        ("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256", "IncompleteSignatureException", "Unsupported AWS 'algorithm'"),
        ("%2Faws4_request", "", "IncompleteSignatureException", "exactly 5 slash-delimited elements"),
        ("us-east-1", "US_EAST", "InvalidSignatureException", "valid region"),
        ("%2Fsts%2F", "%2Fec2%2F", "InvalidSignatureException", "correct service: 'sts'"),
        ("%2F20260101%2F", "%2F20260102%2F", "InvalidSignatureException", "Date in Credential scope"),
        ("T000007Z", "T0000", "IncompleteSignatureException", "ISO-8601"),
        ("SignedHeaders=host", "SignedHeaders=date", "InvalidSignatureException", "must be a 'SignedHeader'"),
        (ID, "AKIANOBODY", "UnrecognizedClientException", "invalid"),
    ] {
        let error = refused("who", |case| replace(case, from, to));
        assert_eq!(error.name(), name, "{from}");
        assert!(error.to_string().contains(part), "{error}");
    }
    let error = refused("who", |case| case.set("x-amz-more", "a"));
    assert_eq!(error.name(), "InvalidSignatureException");
}

#[test]
fn a_temporary_key_comes_with_its_token() {
    let mut case = signed("who-with-token");
    case.key = key(ID, SECRET, Some("another token"));
    assert_eq!(case.verdict(), Err(SignatureError::Token));
    case.key = key(ID, SECRET, None);
    assert_eq!(case.verdict(), Err(SignatureError::Token));
    case.key = key(ID, SECRET, Some(TOKEN));
    case.key.expires_at = Some(case.now);
    assert_eq!(case.verdict(), Err(SignatureError::TokenExpired));
    case.key.expires_at = Some(case.now + 1);
    assert!(case.verdict().is_ok());
}
