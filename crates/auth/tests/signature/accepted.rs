//! Requests that others have signed: AWS's own test suite, and botocore.

use crossconnect_auth::signature::sign::{Signing, authorization, stamp};
use crossconnect_auth::signature::{Request, SignatureError, SigningKeys};

use crate::case::{ACCOUNT, Case, Signer, table};

/// Verifies each case with a new key, with a known one, and with one byte of the body changed.
fn verify_all(cases: &[Case]) {
    let keys = SigningKeys::default();
    for case in cases {
        let name = &case.name;
        if !case.is_accepted {
            assert_eq!(case.verify(&keys).unwrap_err().name(), "InvalidSignatureException", "{name}");
            continue;
        }
        let signer = Signer {
            access_key_id: case.id.clone(),
            account: ACCOUNT.to_owned(),
            user: Some(case.id.clone()),
            region: case.regions[0].clone(),
            service: case.services[0].clone(),
        };
        for _ in 0..2 {
            assert_eq!(case.verify(&keys).as_ref(), Ok(&signer), "{name}");
        }
        let mut tampered = case.clone();
        tampered.body.push(b'!');
        let refused = tampered.verify(&keys).unwrap_err();
        assert_eq!(refused.name(), "InvalidSignatureException", "{name}");
    }
}

#[test]
fn what_aws_signed_is_accepted() {
    let cases = table(include_str!("data/aws.txt"));
    assert_eq!(cases.len(), 39);
    assert_eq!(cases.iter().filter(|case| !case.is_accepted).count(), 7, "those for S3 and IoT alone");
    verify_all(&cases);
}

#[test]
fn what_aws_signed_in_the_query_is_accepted() {
    let cases = table(include_str!("data/aws_query.txt"));
    assert_eq!(cases.len(), 38);
    assert_eq!(cases.iter().filter(|case| !case.is_accepted).count(), 7, "those for S3 and IoT alone");
    verify_all(&cases);
}

#[test]
fn what_botocore_signed_in_the_query_is_accepted() {
    let cases = table(include_str!("data/botocore_query.txt"));
    assert_eq!(cases.len(), 5);
    verify_all(&cases);
}

#[test]
fn what_botocore_signed_is_accepted() {
    let cases = table(include_str!("data/botocore.txt"));
    assert_eq!(cases.len(), 28);
    verify_all(&cases);
}

#[test]
fn we_sign_as_botocore_does() {
    let mut signed = 0;
    for case in table(include_str!("data/botocore.txt")).into_iter().filter(|case| case.is_accepted) {
        let given = String::from_utf8(case.header("authorization").to_vec()).unwrap();
        let names = given.split("SignedHeaders=").nth(1).and_then(|rest| rest.split(',').next()).unwrap();
        let date = String::from_utf8(case.header("x-amz-date").to_vec()).unwrap();
        let signing = Signing {
            access_key_id: &case.id,
            secret: case.key.secret.as_ref().unwrap(),
            region: &case.regions[0],
            service: &case.services[0],
            stamp: date.trim(),
        };
        let request = Request {
            method: &case.method,
            path: &case.path,
            query: &case.query,
            authority: None,
            headers: case.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())),
        };
        assert_eq!(authorization(signing, &request, names, &case.body), Some(given.trim().to_owned()), "{}", case.name);
        assert_eq!(authorization(signing, &request, "host;x-not-sent", &case.body), None);
        signed += 1;
    }
    assert!(signed > 20, "{signed}");
    assert_eq!(stamp(951_868_799), "20000229T235959Z");
}

#[test]
fn http2_gives_the_host_as_its_authority() {
    for mut case in table(include_str!("data/botocore.txt")) {
        let host = String::from_utf8(case.header("host").to_vec()).unwrap();
        case.remove("host");
        assert_eq!(case.verdict(), Err(SignatureError::Mismatch), "{}", case.name);
        case.authority = Some(host.trim().to_owned());
        assert!(case.verdict().is_ok(), "{}", case.name);
    }
}
