//! Requests that others have signed: AWS's own test suite, and botocore.

use crossconnect_auth::signature::{SignatureError, SigningKeys};

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
fn what_botocore_signed_is_accepted() {
    let cases = table(include_str!("data/botocore.txt"));
    assert_eq!(cases.len(), 28);
    verify_all(&cases);
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
