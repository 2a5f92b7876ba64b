//! Snapshots: what goes in comes out, damage is found with its place, and a restoring happens whole or not at all.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use crossconnect_core::ids::AccountId;
use crossconnect_core::model::account::{Account, PartnerKind};
use crossconnect_core::settings::Clock;
use crossconnect_core::{Loader, Record, Replay, State, Timestamp};
use crossconnect_store::snapshot::{About, Options, Place, SnapshotError, restore, save, verify};
use crossconnect_store::{
    Decision, Disk, Embedded, Engine, Fault, Group, Hooks, LastGroup, Limits, Memory, Published, Store, StoreError,
};
use std::sync::Arc;

const OPTIONS: Options = Options { replace: false, group_rows: 3 };
const REPLACE: Options = Options { replace: true, group_rows: 3 };

/// So many kept answers of so many bytes, and an account.
fn published(answers: u8, bytes: usize) -> Published {
    let mut loader = Loader::default();
    let id = AccountId::new("111122223333").unwrap();
    let account = Account { id, partner: Some(PartnerKind::V2), agreements: Vec::new(), name: None };
    loader.add(Record::Account(Arc::new(account)));
    loader.add(Record::Clock(Clock::Manual { now: Timestamp(5000) }));
    for number in 0..answers {
        let body = vec![number; bytes];
        let replay = Replay { call: [number; 32], answered: Timestamp(9), body, nonce: Some([number; 12]) };
        loader.add(Record::Replay(Arc::new(replay)));
    }
    let state = Arc::new(loader.finish(Timestamp(4000)));
    Published { state, last: LastGroup { number: 77, at: 4000 } }
}

fn bytes(published: &Published) -> Vec<u8> {
    let mut bytes = Vec::new();
    let about = About { release: "0.1.0", taken: 6000 };
    save(published, about, |piece| {
        bytes.extend_from_slice(&piece);
        Ok::<_, SnapshotError>(())
    })
    .unwrap();
    bytes
}

/// The state that a store has which opens over an engine.
fn loaded(engine: Box<dyn Engine>) -> Result<(State, LastGroup), StoreError> {
    let hooks: Hooks<(), ()> = Hooks {
        decide: Box::new(|_, (), _| Decision { answer: (), batch: None }),
        panicked: Box::new(|| ()),
        failed: Box::new(|_| ()),
        committed: Box::new(|_| {}),
        witness: None,
    };
    let store = Store::open(Some(engine), hooks, Limits::default())?;
    let Published { state, last } = Published::clone(&store.published());
    store.shutdown()?;
    Ok((State::clone(&state), last))
}

fn on(disk: &Disk) -> Result<(State, LastGroup), StoreError> {
    loaded(Box::new(Memory::open(disk)))
}

#[test]
fn what_was_saved_is_restored_into_either_engine() {
    // The last one has several blocks.
    for published in [published(0, 0), published(1, 0), published(20, 5), published(200, 3000)] {
        let bytes = bytes(&published);
        let summary = verify(&bytes[..], |_, _| {}).unwrap();
        let header = &summary.header;
        assert_eq!((header.group, header.at, header.taken, header.manual_clock), (77, 4000, 6000, Some(5000)));
        assert_eq!((header.release.as_str(), summary.bytes), ("0.1.0", bytes.len() as u64));
        let disk = Disk::default();
        let mut steps = Vec::new();
        let restored = restore(&mut Memory::open(&disk), &bytes[..], OPTIONS, |count| steps.push(count)).unwrap();
        assert_eq!((restored, steps.last()), (header.records(), Some(&header.records())));
        let (state, last) = on(&disk).unwrap();
        assert_eq!((&state, last.at), (&*published.state, 4000));
        let directory = tempfile::tempdir().unwrap();
        let mut engine = Embedded::open(directory.path(), 0).unwrap();
        restore(&mut engine, &bytes[..], OPTIONS, |_| {}).unwrap();
        engine.close().unwrap();
        drop(engine);
        let (state, _) = loaded(Box::new(Embedded::open(directory.path(), 0).unwrap())).unwrap();
        assert_eq!(state, *published.state);
        let again = Published { state: Arc::new(state), last: published.last };
        assert!(self::bytes(&again) == bytes, "a snapshot of what was restored is the same");
    }
}

#[test]
fn every_flipped_bit_is_noticed_and_those_in_records_with_their_place() {
    let whole = bytes(&published(3, 40));
    let mut records = 0;
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << bit;
            match verify(&flipped[..], |_, _| {}) {
                Err(SnapshotError::Damaged { place, .. }) => {
                    assert!(place.offset <= whole.len() as u64, "{place}");
                    records += usize::from(place.record.is_some());
                }
                Err(SnapshotError::Foreign) => assert!(at < 8, "byte {at}"),
                other => panic!("byte {at}, bit {bit}: {other:?}"),
            }
            let disk = Disk::default();
            assert!(restore(&mut Memory::open(&disk), &flipped[..], OPTIONS, |_| {}).is_err());
            assert!(disk.last().number == 0 || matches!(on(&disk), Err(StoreError::HalfRestored)));
        }
    }
    assert!(records > 3 * 40 * 8, "{records}");
}

#[test]
fn flips_in_a_long_snapshot_are_noticed_in_their_block() {
    let whole = bytes(&published(200, 3000));
    let blocks = verify(&whole[..], |_, _| {}).unwrap().blocks;
    assert!(blocks > 3);
    let mut hit = std::collections::BTreeSet::new();
    for at in (300..whole.len()).step_by(3301) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        let Err(SnapshotError::Damaged { place: Place { offset, block: Some(block), .. }, .. }) =
            verify(&flipped[..], |_, _| {})
        else {
            panic!("byte {at}");
        };
        assert!(offset <= at as u64 && at as u64 - offset < 4000, "byte {at} was found at {offset}");
        hit.insert(block);
    }
    assert_eq!(hit.len(), blocks as usize);
}

#[test]
fn a_snapshot_cut_anywhere_or_with_more_behind_it_is_refused() {
    let whole = bytes(&published(9, 60));
    for length in 0..whole.len() {
        match verify(&whole[..length], |_, _| {}) {
            Err(SnapshotError::Damaged { place, what }) => {
                assert!(place.offset <= length as u64 && what.contains("too soon"), "{length}: {place} {what}");
            }
            other => panic!("cut to {length} bytes: {other:?}"),
        }
    }
    let more = [&whole[..], b"x"].concat();
    let Err(SnapshotError::Damaged { place, .. }) = verify(&more[..], |_, _| {}) else { panic!("more") };
    assert_eq!(place, Place { offset: whole.len() as u64, block: None, record: None });
}

#[test]
fn blocks_that_are_missing_or_in_another_order_are_noticed() {
    let whole = bytes(&published(200, 3000));
    let starts: Vec<usize> = (0..whole.len()).filter(|at| whole[*at..].starts_with(b"XBLK")).collect();
    let (first, second, third) = (starts[0], starts[1], starts[2]);
    let missing = [&whole[..second], &whole[third..]].concat();
    let swapped = [&whole[..first], &whole[second..third], &whole[first..second], &whole[third..]].concat();
    for changed in [missing, swapped] {
        assert!(matches!(verify(&changed[..], |_, _| {}), Err(SnapshotError::Damaged { .. })));
    }
}

#[test]
fn other_files_and_later_formats_are_told_apart_from_damage() {
    assert!(matches!(verify(&b"dear"[..], |_, _| {}), Err(SnapshotError::Foreign)));
    assert!(matches!(verify(&[7; 5000][..], |_, _| {}), Err(SnapshotError::Foreign)));
    let mut later = bytes(&published(1, 1));
    let length = u32::from_le_bytes(later[12..16].try_into().unwrap()) as usize;
    later[8] += 1;
    let checksum = xxhash_rust::xxh3::xxh3_64(&later[..16 + length]);
    later[16 + length..24 + length].copy_from_slice(&checksum.to_le_bytes());
    assert!(matches!(verify(&later[..], |_, _| {}), Err(SnapshotError::Newer { found: 2 })));
}

#[test]
fn a_store_with_something_in_it_is_left_alone_unless_it_is_to_be_replaced() {
    let (disk, published) = (Disk::default(), published(5, 5));
    let other = Group { number: 1, at: 3, writes: [(b"other".to_vec(), Some(vec![1]))].into() };
    Memory::open(&disk).commit(&other).unwrap();
    let refused = restore(&mut Memory::open(&disk), &bytes(&published)[..], OPTIONS, |_| {}).unwrap_err();
    assert!(matches!(refused, SnapshotError::Occupied { rows: 1, group: 1 }), "{refused}");
    assert_eq!(disk.last().number, 1);
    restore(&mut Memory::open(&disk), &bytes(&published)[..], REPLACE, |_| {}).unwrap();
    assert_eq!(on(&disk).unwrap().0, *published.state);
}

/// A crash at every commit, which is then there or not.
#[test]
fn a_restoring_that_ends_early_leaves_a_store_that_is_empty_or_refused() {
    let (before, published) = (published(4, 9), published(11, 9));
    for fault in [Fault::Lost, Fault::Kept] {
        for commits in 0.. {
            let disk = Disk::default();
            restore(&mut Memory::open(&disk), &bytes(&before)[..], OPTIONS, |_| {}).unwrap();
            disk.plan((0..commits).map(|_| None).chain([Some(fault)]));
            let crashed = restore(&mut Memory::open(&disk), &bytes(&published)[..], REPLACE, |_| {}).is_err();
            let found = on(&disk);
            if !crashed {
                assert_eq!(found.unwrap().0, *published.state);
                assert!(commits > 6, "there were no commits");
                break;
            }
            match found {
                Err(StoreError::HalfRestored) => {}
                Ok((state, _)) if commits == 0 && fault == Fault::Lost => assert_eq!(state, *before.state),
                // The last commit was there after all.
                Ok((state, _)) => assert!(fault == Fault::Kept && state == *published.state),
                Err(other) => panic!("{other}"),
            }
            let refused = restore(&mut Memory::open(&disk), &bytes(&published)[..], OPTIONS, |_| {});
            assert!(matches!(refused, Err(SnapshotError::Occupied { .. })));
            restore(&mut Memory::open(&disk), &bytes(&published)[..], REPLACE, |_| {}).unwrap();
            assert_eq!(on(&disk).unwrap().0, *published.state);
        }
    }
}

/// Snapshots taken while the writer works, each compared with the state that the writer had after that group.
#[test]
fn a_snapshot_of_a_store_at_work_is_the_state_after_its_group() {
    let after = Arc::new(std::sync::Mutex::new(std::collections::BTreeMap::new()));
    let seen = after.clone();
    let hooks: Hooks<u32, ()> = Hooks {
        decide: Box::new(|state, number, _| {
            let mut random = |bytes: &mut [u8]| bytes.fill(7);
            let account = AccountId::new("123456789012").unwrap();
            let region = crossconnect_core::ids::Region::new("us-east-1").unwrap();
            let context = crossconnect_core::Context { account, region, system_time: Timestamp(i64::from(number)) };
            let mut tx = crossconnect_core::Tx::new(state, context, &mut random);
            let mut call = [0; 32];
            call[..4].copy_from_slice(&number.to_le_bytes());
            tx.put_replay(Replay { call, answered: Timestamp(1), body: vec![1; 50], nonce: None });
            Decision { answer: (), batch: tx.finish() }
        }),
        panicked: Box::new(|| ()),
        failed: Box::new(|error| panic!("{error}")),
        committed: Box::new(move |commit| drop(seen.lock().unwrap().insert(commit.group.number, commit.state.clone()))),
        witness: None,
    };
    let store = Store::open(Some(Box::new(Memory::open(&Disk::default()))), hooks, Limits::default()).unwrap();
    let mut taken = Vec::new();
    std::thread::scope(|scope| {
        let load = scope.spawn(|| {
            for number in 0..3000 {
                store.submit(0, number).unwrap().blocking_answer().unwrap();
            }
        });
        while !load.is_finished() {
            let published = store.published();
            taken.push((published.last, bytes(&published)));
        }
    });
    store.shutdown().unwrap();
    let after = after.lock().unwrap();
    let mut numbers = std::collections::BTreeSet::new();
    for (last, bytes) in taken.iter().filter(|(last, _)| last.number > 0) {
        let disk = Disk::default();
        restore(&mut Memory::open(&disk), &bytes[..], Options { replace: false, group_rows: 500 }, |_| {}).unwrap();
        let (state, restored) = on(&disk).unwrap();
        assert_eq!((&state, restored.at), (&*after[&last.number], last.at), "group {}", last.number);
        numbers.insert(last.number);
    }
    assert!(numbers.len() > 3, "snapshots were taken while it worked: {numbers:?}");
}
