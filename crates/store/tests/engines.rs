//! The suite, on both engines.

use crossconnect_store::suite::{self, Place};
use crossconnect_store::{Disk, Embedded, Engine, Memory};

#[test]
fn embedded() {
    let directory = tempfile::tempdir().unwrap();
    let mut count = 0;
    suite::run(
        &mut || -> Place<'static> {
            count += 1;
            let path = directory.path().join(count.to_string());
            Box::new(move || Box::new(Embedded::open(&path, 0).unwrap()) as Box<dyn Engine>)
        },
        0x5eed,
    );
}

#[test]
fn memory() {
    suite::run(
        &mut || -> Place<'static> {
            let disk = Disk::default();
            Box::new(move || Box::new(Memory::open(&disk)))
        },
        0x5eed,
    );
}
