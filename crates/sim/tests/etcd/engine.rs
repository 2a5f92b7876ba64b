//! The suite of all engines, and what this one refuses.

use crate::{cluster, options};
use crossconnect_store::suite::{self, Place, group};
use crossconnect_store::{Engine, StoreError};
use crossconnect_store_etcd::Etcd;

#[test]
fn does_what_every_engine_must() {
    // The suite commits ten thousand rows and some megabytes at once, far more than any operation.
    let limits = ["--max-txn-ops=20000", "--max-request-bytes=16777216"];
    let Some(cluster) = cluster(1, &limits) else { return };
    let mut count = 0;
    suite::run(
        &mut || -> Place<'_> {
            count += 1;
            let options = options(&cluster, &format!("suite/{count}"));
            Box::new(move || Box::new(Etcd::open(options.clone()).unwrap()) as Box<dyn Engine>)
        },
        0x5eed,
    );
}

#[test]
fn refuses_what_etcd_does_not_take_and_goes_on() {
    let Some(cluster) = cluster(1, &[]) else { return };
    let mut engine = Etcd::open(options(&cluster, "limits")).unwrap();
    let names: Vec<Vec<u8>> = (0..200_u32).map(|n| n.to_be_bytes().to_vec()).collect();
    let many: Vec<suite::Write<'_>> = names.iter().map(|name| (name.as_slice(), Some(b"v".as_slice()))).collect();
    let refused = engine.commit(&group(1, &many)).unwrap_err();
    assert!(matches!(refused, StoreError::TooManyOperations { operations: 203 }), "{refused}");
    assert!(refused.to_string().contains("--max-txn-ops"), "{refused}");
    engine.commit(&group(1, &many[..100])).unwrap();
    let mut other = Etcd::open(options(&cluster, "limits")).unwrap();
    other.commit(&group(2, &[(b"a", Some(b"1"))])).unwrap();
    assert!(
        matches!(engine.commit(&group(2, &[])), Err(StoreError::Overtaken { number: 2, .. })),
        "another has written"
    );
    assert!(engine.commit(&group(3, &[])).is_err(), "nothing is taken before it was opened again");
    engine.reopen().unwrap();
    assert_eq!(suite::load(&mut engine).1.number, 2);
    engine.commit(&group(3, &[])).unwrap();
}
