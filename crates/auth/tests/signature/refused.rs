//! Requests that are refused, each for one thing that is wrong with it.

use crossconnect_auth::signature::{AUTHORIZATION_MAX, SignatureError, Status};

use crate::case::{Case, epoch, key};
use crate::signer::{ID, SCOPE, SECRET, TOKEN, refused, sign, signed};

const INCOMPLETE: &str = "IncompleteSignatureException";
const INVALID: &str = "InvalidSignatureException";
/// The SHA-256 of `AWS4-HMAC-SHA256`, in base64.
const BARE: &str = "YI2YWea8FSxnksZL2ETHbs5elHm9HQufxTLK0W0ffV0=";

fn expect(name: &str, text: &str, change: impl FnOnce(&mut Case)) {
    let error = refused(change);
    assert_eq!((error.name(), error.to_string().as_str()), (name, text));
}

#[test]
fn what_is_no_signature_of_this_kind_is_none() {
    let missing =
        |change: fn(&mut Case)| expect("MissingAuthenticationTokenException", "Missing Authentication Token", change);
    missing(|case| case.remove("authorization"));
    missing(|case| case.set("authorization", ""));
    missing(|case| case.set("authorization", "Bearer eyJhbGciOiJIUzI1NiJ9"));
    missing(|case| case.set("authorization", "Basic dXNlcjpwYXNz"));
    missing(|case| case.set("authorization", "aws4-hmac-sha256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=f"));
    missing(|case| case.set("authorization", [0xff, 0xfe]));
    missing(|case| {
        case.remove("authorization");
        case.query = "X-Amz-Date=20260101T000007Z".to_owned();
    });
}

#[test]
fn a_request_is_signed_in_one_place() {
    let text = "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.";
    expect(INVALID, text, |case| case.query = "a=b&X-Amz-Algorithm=AWS4-HMAC-SHA256".to_owned());
}

#[test]
fn all_that_is_missing_is_named() {
    let requires = |name: &str| format!("Authorization header requires '{name}' parameter. ");
    let all = [requires("Credential"), requires("Signature"), requires("SignedHeaders")].concat();
    let date = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    let hashed = format!("(Hashed with SHA-256 and encoded with Base64) Authorization={BARE}");
    expect(INCOMPLETE, &format!("{all}{hashed}"), |case| case.set("authorization", "AWS4-HMAC-SHA256"));
    expect(INCOMPLETE, &format!("{all}{date}{hashed}"), |case| {
        case.set("authorization", "AWS4-HMAC-SHA256");
        case.remove("x-amz-date");
    });
    for (from, to, missing) in [
        ("Credential=", "credential=", &*requires("Credential")),
        ("SignedHeaders=", "Signedheaders=", &requires("SignedHeaders")),
        ("Signature=", "signature=", &requires("Signature")),
    ] {
        let error = refused(|case| case.edit(from, to));
        assert_eq!(error.name(), INCOMPLETE);
        assert!(error.to_string().starts_with(&format!("{missing}(Hashed")), "{error}");
    }
    let error = refused(|case| case.set("authorization", "AWS4-HMAC-SHA256 Credential=,SignedHeaders=,Signature="));
    assert!(error.to_string().starts_with(&[requires("Credential"), requires("Signature")].concat()), "{error}");
    let error = refused(|case| case.remove("x-amz-date"));
    assert!(error.to_string().starts_with(&format!("{date}(Hashed")), "{error}");
}

#[test]
fn parts_are_pairs() {
    let invalid = "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded \
                   with Base64): '";
    for (from, to) in [("Signature=", "Signature"), ("Credential=", "Credential= "), (", Signa", ", x, Signa")] {
        let error = refused(|case| case.edit(from, to));
        assert_eq!(error.name(), INCOMPLETE);
        assert!(error.to_string().starts_with(invalid), "{error}");
    }
    let error = refused(|case| case.set("authorization", b"AWS4-HMAC-SHA256 Credential=\xff, Signature=a"));
    assert!(error.to_string().starts_with(invalid), "{error}");
}

#[test]
fn commas_and_spaces_separate_alike() {
    for (from, to) in
        [(", Signa", ",Signa"), (", Signa", " Signa"), (", Signa", " ,\t, Signa"), ("256 Cred", "256   Cred")]
    {
        let mut case = signed();
        case.edit(from, to);
        assert!(case.verdict().is_ok(), "{to}");
    }
}

#[test]
fn nothing_is_given_twice() {
    for part in ["Credential", "SignedHeaders", "Signature"] {
        expect(INCOMPLETE, &format!("'{part}' must be given only once."), |case| {
            let header = String::from_utf8(case.header("authorization").to_vec()).unwrap();
            case.set("authorization", format!("{header}, {part}=a"));
        });
    }
    for header in ["Authorization", "Host", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256"] {
        expect(INCOMPLETE, &format!("'{header}' must be given only once."), |case| {
            case.headers.push((header.to_lowercase(), b"a".to_vec()));
            case.headers.push((header.to_uppercase(), b"a".to_vec()));
        });
    }
}

#[test]
fn a_header_is_as_long_as_it_may_be() {
    let pad = |case: &mut Case, length: usize| {
        let header = String::from_utf8(case.header("authorization").to_vec()).unwrap();
        case.set("authorization", format!("{header:length$}"));
    };
    let mut case = signed();
    pad(&mut case, AUTHORIZATION_MAX);
    assert!(case.verdict().is_ok());
    let text = "Authorization header must have at most 8192 bytes.";
    expect(INCOMPLETE, text, |case| pad(case, AUTHORIZATION_MAX + 1));
}

#[test]
fn a_date_is_in_basic_format() {
    for date in [
        "",
        "0",
        "2026-01-01T00:00:07Z",
        "20260101T000007",
        "20260101t000007z",
        "20260101T000007+0000",
        "20260101T000007.123Z",
        "20261301T000007Z",
        "20260230T000007Z",
        "20260101T240007Z",
        "20260101T006000Z",
        "2026010AT000007Z",
        "+2026101T000007Z",
        "Thu, 01 Jan 2026 00:00:07 GMT",
        "1767225607",
    ] {
        let text =
            format!("Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601");
        expect(INCOMPLETE, &text, |case| case.set("x-amz-date", date));
        expect(INCOMPLETE, &text, |case| {
            case.remove("x-amz-date");
            case.set("date", date);
        });
    }
}

#[test]
fn clocks_differ_by_15_minutes_at_most() {
    let at = |stamp: &str| {
        let mut case = signed();
        case.now = epoch(stamp);
        case.verdict().map(|_| ()).map_err(|error| (error.name(), error.to_string()))
    };
    assert_eq!(at("20260101T001507Z"), Ok(()));
    let expired =
        "Signature expired: 20260101T000007Z is now earlier than 20260101T000008Z (20260101T001508Z - 15 min.)";
    assert_eq!(at("20260101T001508Z"), Err((INVALID, expired.to_owned())));
    assert_eq!(at("20251231T234507Z"), Ok(()));
    let early = "Signature not yet current: 20260101T000007Z is still later than 20260101T000006Z (20251231T234506Z + 15 \
                 min.)";
    assert_eq!(at("20251231T234506Z"), Err((INVALID, early.to_owned())));
    for now in [i64::MIN, i64::MAX] {
        assert_eq!(refused(|case| case.now = now).name(), INVALID);
    }
}

#[test]
fn what_must_be_signed_is() {
    let unsigned = |name: &str| format!("{name} must be a 'SignedHeader' in the AWS Authorization.");
    expect(INVALID, &unsigned("'Host' or ':authority'"), |case| case.edit("host;", ""));
    expect(INVALID, &unsigned("'Host' or ':authority'"), |case| {
        case.edit("SignedHeaders=content-type;host;x-amz-date;x-amz-target", "SignedHeaders=")
    });
    expect(INVALID, &unsigned("'X-Amz-Date'"), |case| sign_all_but(case, "x-amz-date"));
    expect(INVALID, &unsigned("'X-Amz-Target'"), |case| sign(case, SCOPE, "content-type;host;x-amz-date"));
    for header in ["X-Amz-Security-Token", "x-amz-content-sha256", "X-AMZ-ANYTHING", "x-amz-"] {
        expect(INVALID, &unsigned(&format!("'{header}'")), |case| case.set(header, "a"));
    }
    expect(INVALID, &unsigned("'Date'"), |case| {
        case.set("Date", "20260101T000007Z");
        case.remove("x-amz-date");
        case.edit("x-amz-date;", "");
    });
}

/// Leaves a header out of the list, without a new signature: that is not reached.
fn sign_all_but(case: &mut Case, name: &str) {
    case.edit(&format!("{name};"), "");
}

#[test]
fn the_plain_date_will_do() {
    let mut case = signed();
    case.remove("x-amz-date");
    case.set("Date", "20260101T000007Z");
    sign(&mut case, SCOPE, "content-type;date;host;x-amz-target");
    assert!(case.verdict().is_ok());
    let mut both = signed();
    both.set("Date", "Thu, 01 Jan 2026 00:00:07 GMT");
    assert!(both.verdict().is_ok(), "x-amz-date goes before date");
}

#[test]
fn there_is_one_algorithm() {
    for algorithm in ["AWS4-HMAC-SHA25", "AWS4-HMAC-SHA512", "AWS4-ECDSA-P256-SHA256", "AWS4-"] {
        let text = format!("Unsupported AWS 'algorithm': '{algorithm}' (only AWS4-HMAC-SHA256 for now). ");
        expect(INCOMPLETE, &text, |case| case.edit("AWS4-HMAC-SHA256", algorithm));
    }
}

#[test]
fn a_credential_has_five_parts() {
    for credential in ["a", "a/b/c/d", "/", "AKID/20260101/eu-west-1/directconnect/aws4_request/", "a/b/c/d/e/f"] {
        let text = format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got \
             '{credential}'"
        );
        expect(INCOMPLETE, &text, |case| {
            case.edit(&format!("{}/20260101/eu-west-1/directconnect/aws4_request", case.id.clone()), credential);
        });
    }
}

#[test]
fn each_wrong_part_of_the_scope_is_named() {
    let region = "Credential should be scoped to a valid region, not 'EU-west-1'. ";
    let service = "Credential should be scoped to correct service: 'directconnect'. ";
    let terminator = "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws4_reques'. ";
    let date = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260102' != \
                '20260101', from '20260101T000007Z'.";
    expect(INVALID, region, |case| case.edit("eu-west-1", "EU-west-1"));
    expect(INVALID, service, |case| case.edit("directconnect", "DirectConnect"));
    expect(INVALID, terminator, |case| case.edit("aws4_request", "aws4_reques"));
    expect(INVALID, date, |case| case.edit("20260101", "20260102"));
    expect(INVALID, &[region, service, terminator, date].concat(), |case| {
        case.edit("20260101/eu-west-1/directconnect/aws4_request", "20260102/EU-west-1/ec2/aws4_reques");
    });
}

#[test]
fn keys_are_known_and_active() {
    let text = "The security token included in the request is invalid.";
    let unknown = |change: fn(&mut Case)| expect("UnrecognizedClientException", text, change);
    unknown(|case| case.id = "AKIAOTHER".to_owned());
    unknown(|case| case.edit("AKIAIOSFODNN7EXAMPLE", "akiaiosfodnn7example"));
    unknown(|case| case.edit("AKIAIOSFODNN7EXAMPLE", ""));
    unknown(|case| case.key.status = Status::Inactive);
}

#[test]
fn refusals_are_short_and_show_no_control_characters() {
    let huge = "\u{1}é".repeat(2_000);
    for error in [
        refused(|case| case.edit("eu-west-1", &huge)),
        refused(|case| case.edit("aws4_request", &huge)),
        refused(|case| case.edit("/20260101/", &huge)),
        refused(|case| case.edit("20260101/", &format!("{huge}/"))),
        refused(|case| case.edit("HMAC", &huge)),
        refused(|case| case.set(&format!("x-amz-{huge}"), "a")),
        refused(|case| case.set("x-amz-date", huge.repeat(100))),
        refused(|case| case.set("authorization", format!("AWS4-{}", huge.repeat(100)))),
    ] {
        let text = error.to_string();
        assert!(text.len() < 700 && !text.contains(char::is_control), "{text}");
    }
}

#[test]
fn long_lists_of_headers_are_refused_before_they_are_searched() {
    let mut case = signed();
    for number in 0..100 {
        case.set(&format!("x-amz-{number}"), "a");
    }
    case.edit("content-type;host", &format!("{}host", "a;".repeat(3_000)));
    assert_eq!(case.verdict(), Err(SignatureError::Mismatch));
}

#[test]
fn secrets_are_not_shown() {
    let shown = format!("{:?}", key(ID, SECRET, Some(TOKEN)));
    assert!(shown.contains("Secret(..)") && !shown.contains(&SECRET[..8]) && !shown.contains(&TOKEN[..8]), "{shown}");
}
