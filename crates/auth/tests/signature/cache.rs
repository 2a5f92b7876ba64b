//! The cache of signing keys: bounded, filled by those alone who can sign, and never in the way of a new secret.

use crossconnect_auth::signature::{Secret, SignatureError, SigningKeys};

use crate::signer::{SCOPE, Scope, sign, signed};

const NAMES: &str = "content-type;host;x-amz-date;x-amz-target";

#[test]
fn only_what_was_verified_is_kept() {
    let keys = SigningKeys::default();
    let mut case = signed();
    case.body.push(b' ');
    assert_eq!(case.verify(&keys), Err(SignatureError::Mismatch));
    assert_eq!(keys.count(), 0);
    assert!(signed().verify(&keys).is_ok());
    assert_eq!(keys.count(), 1);
    assert!(signed().verify(&keys).is_ok());
    assert_eq!(case.verify(&keys), Err(SignatureError::Mismatch));
    assert_eq!(keys.count(), 1);
}

#[test]
fn a_new_secret_holds_at_once() {
    let keys = SigningKeys::new(1);
    let old = signed();
    let mut new = signed();
    new.key.secret = Some(Secret::new("the next one"));
    sign(&mut new, Scope { secret: "the next one", ..SCOPE }, NAMES);
    for _ in 0..2 {
        assert!(old.verify(&keys).is_ok());
        let mut late = old.clone();
        late.key = new.key.clone();
        assert_eq!(late.verify(&keys), Err(SignatureError::Mismatch), "signed with the secret of before");
        assert!(new.verify(&keys).is_ok());
        let mut early = new.clone();
        early.key = old.key.clone();
        assert_eq!(early.verify(&keys), Err(SignatureError::Mismatch), "signed with the secret to come");
    }
}

#[test]
fn more_scopes_than_slots_are_verified_all_the_same() {
    for slots in [0, 1, 7, 64] {
        let keys = SigningKeys::new(slots);
        for number in 0..200 {
            let region = format!("eu-west-{number}");
            let mut case = signed();
            case.regions = vec![region.clone()];
            sign(&mut case, Scope { region: &region, ..SCOPE }, NAMES);
            assert_eq!(case.verify(&keys).unwrap().region, region);
            assert!(keys.count() <= slots.max(1));
        }
    }
}

#[test]
fn keys_of_one_slot_are_not_mistaken_for_each_other() {
    let keys = SigningKeys::new(1);
    let here = signed();
    let mut there = signed();
    sign(&mut there, Scope { region: "us-east-1", ..SCOPE }, NAMES);
    for _ in 0..3 {
        assert_eq!(here.verify(&keys).unwrap().region, "eu-west-1");
        assert_eq!(there.verify(&keys).unwrap().region, "us-east-1");
    }
}

#[test]
fn threads_share_it() {
    let keys = SigningKeys::new(2);
    std::thread::scope(|scope| {
        for number in 0..4 {
            let keys = &keys;
            scope.spawn(move || {
                let region = format!("eu-west-{number}");
                let mut case = signed();
                case.regions = vec![region.clone()];
                sign(&mut case, Scope { region: &region, ..SCOPE }, NAMES);
                for _ in 0..500 {
                    assert_eq!(case.verify(keys).unwrap().region, region);
                }
            });
        }
    });
    assert!(keys.count() <= 2);
}
