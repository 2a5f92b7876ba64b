//! Records as earlier releases stored them still open, as the values that they were.
//!
//! `golden/<release>/` holds the bytes of each kind of record, and of its key. `UPDATE=1` writes files that are
//! missing; those that are there are what stores in the field hold, and never change.

mod values;

use crossconnect_core::{Key, Record};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/0.1")
}

/// The stored bytes; with `UPDATE=1` those of this release where there are none yet.
fn stored(name: &str, bytes: impl Fn() -> Vec<u8>) -> Vec<u8> {
    let path = folder().join(name);
    if !path.exists() && std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        std::fs::create_dir_all(folder()).expect("a folder");
        std::fs::write(&path, bytes()).expect("a file");
    }
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; UPDATE=1 writes new ones", path.display()))
}

#[test]
fn records_of_0_1_read_as_they_were_and_are_written_as_they_are() {
    for (name, record) in values::records() {
        let key = stored(&format!("{name}.key"), || record.key().encode());
        let bytes = stored(&format!("{name}.record"), || record.encode());
        assert_eq!(Key::decode(&key).unwrap(), record.key(), "{name}");
        assert_eq!(record.key().encode(), key, "{name}");
        assert_eq!(Record::decode(&record.key(), &bytes).unwrap(), record, "{name}");
        // Settings are written by name, all that there are: a later release adds some, and need only read these.
        if !matches!(record, Record::Settings(_)) {
            assert_eq!(record.encode(), bytes, "{name}");
        }
    }
}

/// A field that a later release adds is passed over, and is gone when this one writes the record: what the guide says of
/// nodes of different releases.
#[test]
fn fields_of_later_releases_are_passed_over_and_not_kept() {
    for (name, record) in values::records() {
        // The clock is one of several kinds, without fields of its own.
        if matches!(record, Record::Clock(_)) {
            continue;
        }
        let before = record.encode();
        // The length of an array is in its first byte, or in the one after that; fields are numbered by their places.
        let (length, fields) =
            if before[0] == 0x98 { (before[1], &before[2..]) } else { (before[0] & 0x1f, &before[1..]) };
        let mut fields = fields.to_vec();
        let read = |length: u8, fields: &[u8], value: u8| {
            Record::decode(&record.key(), &[&[0x98, length], fields, &[value]].concat())
        };
        // Fields that this release knows and left out are written in one of the ways that say nothing.
        for place in length..30 {
            let same = |value: &u8| read(place + 1, &fields, *value).is_ok_and(|read| read == record);
            let nothing = [0xf6, 0x80, 0x00, 0xf4].into_iter().find(same);
            fields.push(nothing.unwrap_or_else(|| panic!("{name}: place {place}")));
        }
        let later = read(31, &fields, 0x07).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((&later, later.encode()), (&record, before), "{name}");
    }
}

#[test]
fn every_file_is_looked_at() {
    let names = values::records().into_iter().flat_map(|(name, _)| [format!("{name}.key"), format!("{name}.record")]);
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(files.collect::<BTreeSet<_>>(), names.collect::<BTreeSet<_>>());
}

#[test]
fn every_kind_of_record_is_there() {
    let kind = |record: &Record| match record {
        Record::Settings(_) => 0,
        Record::Clock(_) => 1,
        Record::Account(_) => 2,
        Record::Device(_) => 3,
        Record::Connection(_) => 4,
        Record::Lag(_) => 5,
        Record::Replay(_) => 6,
        Record::FailoverTest(_) => 7,
        Record::Gateway(_) => 8,
        Record::Association(_) => 9,
        Record::Proposal(_) => 10,
        Record::Ec2Gateway(_) => 11,
        Record::VirtualInterface(_) => 12,
        Record::ResiliencyGroup(_) => 13,
        Record::GroupAssociation(_) => 14,
        Record::ClientToken(_) => 15,
        Record::MacSecSecret(_) => 16,
        Record::HostedConnection(_) => 17,
        Record::Principal(_) => 18,
        Record::AccessKey(_) => 19,
        Record::KeyUse(_) => 20,
    };
    let kinds: BTreeSet<_> = values::records().iter().map(|(_, record)| kind(record)).collect();
    assert_eq!(kinds, (0..=20).collect());
}

#[test]
fn a_record_that_is_cut_or_belongs_elsewhere_is_refused() {
    for (name, record) in values::records() {
        let (key, bytes) = (record.key(), record.encode());
        for length in 0..bytes.len() {
            assert!(Record::decode(&key, &bytes[..length]).is_err(), "{name} cut to {length} bytes");
        }
        for (other_name, other) in values::records().iter().filter(|(_, other)| other.key() != key) {
            assert!(Record::decode(&other.key(), &bytes).is_err(), "{name} read as {other_name}");
        }
    }
}

#[test]
fn no_flipped_bit_makes_decoding_panic() {
    for (_, record) in values::records() {
        let bytes = record.encode();
        for at in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            // Whatever it reads as, it reads or is refused.
            drop(Record::decode(&record.key(), &flipped));
        }
    }
}
