//! Requests that are not, or no longer, what was signed.

use crossconnect_auth::signature::{Secret, SignatureError};

use crate::case::{Case, key};
use crate::signer::{ID, SCOPE, SECRET, Scope, TOKEN, refused, sign, signed};

const INVALID: &str = "InvalidSignatureException";
const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS \
                        Secret Access Key and signing method. Consult the service documentation for details.";
const NAMES: &str = "content-type;host;x-amz-date;x-amz-target";

fn expect_mismatch(what: &str, change: impl FnOnce(&mut Case)) {
    let error = refused(change);
    assert_eq!((error.name(), error.to_string().as_str()), (INVALID, MISMATCH), "{what}");
}

#[test]
fn a_signature_is_good_for_one_scope() {
    // Each would be accepted here, had it been signed for.
    expect_mismatch("Region", |case| case.edit("eu-west-1", "us-east-1"));
    expect_mismatch("service", |case| case.edit("directconnect", "sts"));
    expect_mismatch("time", |case| case.set("x-amz-date", "20260101T000008Z"));
    expect_mismatch("day", |case| {
        case.edit("20260101", "20251231");
        case.set("x-amz-date", "20251231T235959Z");
    });
    for (region, service) in [("us-east-1", "directconnect"), ("eu-west-1", "sts")] {
        let mut case = signed();
        sign(&mut case, Scope { region, service, ..SCOPE }, NAMES);
        let signer = case.verdict().unwrap();
        assert_eq!((signer.region.as_str(), signer.service.as_str()), (region, service));
    }
}

#[test]
fn every_signed_byte_counts() {
    expect_mismatch("method", |case| case.method = "PUT".to_owned());
    expect_mismatch("case of the method", |case| case.method = "post".to_owned());
    expect_mismatch("path", |case| case.path = "/a".to_owned());
    expect_mismatch("query", |case| case.query = "a=b".to_owned());
    expect_mismatch("bare query", |case| case.query = "a".to_owned());
    expect_mismatch("host", |case| case.set("host", "127.0.0.1:8024"));
    expect_mismatch("target", |case| case.set("x-amz-target", "OvertureService.DeleteConnection"));
    expect_mismatch("case of a value", |case| case.set("x-amz-target", "overtureService.DescribeConnections"));
    expect_mismatch("missing header", |case| case.remove("content-type"));
    expect_mismatch("repeated header", |case| case.headers.push(("content-type".to_owned(), b"a".to_vec())));
    expect_mismatch("empty repeated header", |case| case.headers.push(("content-type".to_owned(), Vec::new())));
    expect_mismatch("empty body", |case| case.body.clear());
    expect_mismatch("longer body", |case| case.body.push(b' '));
    expect_mismatch("secret", |case| case.key.secret = Some(Secret::new("another")));
    expect_mismatch("empty secret", |case| case.key.secret = Some(Secret::new("")));
    for byte in 0..signed().body.len() {
        expect_mismatch("byte of the body", |case| case.body[byte] ^= 1);
    }
}

#[test]
fn names_of_signed_headers_are_sorted_once_each_and_lower_case() {
    for (what, names) in [
        ("order", "host;content-type;x-amz-date;x-amz-target"),
        ("repetition", "content-type;host;host;x-amz-date;x-amz-target"),
        ("case", "Content-type;host;x-amz-date;x-amz-target"),
        ("case of host", "Host;content-type;x-amz-date;x-amz-target"),
    ] {
        expect_mismatch(what, |case| sign(case, SCOPE, names));
    }
    for names in [";host", "host;", "content-type;;host", "content-type;host;none", "*;host"] {
        expect_mismatch(names, |case| case.edit("content-type;host", names));
    }
}

#[test]
fn every_digit_of_the_signature_counts() {
    let header = String::from_utf8(signed().header("authorization").to_vec()).unwrap();
    let (start, signature) = header.split_once("Signature=").unwrap();
    assert_eq!(signature.len(), 64);
    let other = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut digits = signature.as_bytes().to_vec();
        change(&mut digits);
        let digits = String::from_utf8(digits).unwrap();
        expect_mismatch(&digits, |case| case.set("authorization", format!("{start}Signature={digits}")));
    };
    for digit in 0..64 {
        other(&|digits| digits[digit] = if digits[digit] == b'0' { b'1' } else { b'0' });
        other(&|digits| digits.truncate(digit.max(1)));
    }
    other(&|digits| digits.make_ascii_uppercase());
    other(&|digits| digits.push(b'0'));
    other(&|digits| digits.insert(0, b'0'));
    other(&|digits| digits.reverse());
}

#[test]
fn temporary_keys_come_with_their_token() {
    let name = "UnrecognizedClientException";
    let text = "The security token included in the request is invalid";
    let with_token = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
    let temporary = |sent: Option<&str>| {
        let mut case = signed();
        case.key = key(ID, SECRET, Some(TOKEN));
        if let Some(token) = sent {
            case.set("X-Amz-Security-Token", token);
            sign(&mut case, SCOPE, with_token);
        }
        case
    };
    assert!(temporary(Some(TOKEN)).verdict().is_ok());
    for sent in [None, Some(""), Some("another"), Some(&TOKEN[1..]), Some(&TOKEN[..4]), Some("AWS4")] {
        let error = temporary(sent).verdict().unwrap_err();
        assert_eq!((error.name(), &*error.to_string()), (name, text), "{sent:?}");
    }
    let mut lasting = temporary(Some(TOKEN));
    lasting.key.session_token = None;
    assert_eq!(lasting.verdict().unwrap_err().to_string(), text, "a key without a token takes none");

    let mut expiring = temporary(Some(TOKEN));
    expiring.key.expires_at = Some(expiring.now + 1);
    assert!(expiring.verdict().is_ok());
    expiring.key.expires_at = Some(expiring.now);
    let error = expiring.verdict().unwrap_err();
    let expired = "The security token included in the request is expired";
    assert_eq!((error.name(), &*error.to_string()), ("ExpiredTokenException", expired));
    expiring.body.clear();
    assert_eq!(expiring.verdict(), Err(SignatureError::Mismatch), "who cannot sign learns nothing about the token");
}

#[test]
fn the_hash_of_the_body_is_the_bodys() {
    let names = "content-type;host;x-amz-content-sha256;x-amz-date;x-amz-target";
    let with = |hash: &str| {
        let mut case = signed();
        case.set("X-Amz-Content-Sha256", hash);
        sign(&mut case, SCOPE, names);
        case
    };
    let hash = "e0dcb87622a6c361c1bc06db5b0c7e09430730a2c817709bca77795956046ba8";
    assert!(with(hash).verdict().is_ok());
    for other in [
        "UNSIGNED-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        &hash.to_uppercase(),
        &hash[1..],
        "",
    ] {
        let error = with(other).verdict().unwrap_err();
        assert_eq!(error, SignatureError::Payload, "{other}");
        assert_eq!((error.name(), &*error.to_string()), (INVALID, MISMATCH));
    }
}
