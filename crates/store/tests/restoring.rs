//! A snapshot into a directory: whenever that ends, what it leaves is whole, refused, or nothing at all.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use crossconnect_core::settings::Clock;
use crossconnect_core::{Loader, Record, Replay, State, Timestamp};
use crossconnect_store::snapshot::{About, Options, SnapshotError, save};
use crossconnect_store::{Embedded, Engine, LastGroup, Published, Restoring, StoreError, load};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const OPTIONS: Options = Options { replace: false, group_rows: 3 };
const REPLACE: Options = Options { replace: true, group_rows: 3 };

/// A state of several blocks, and its snapshot.
fn snapshot() -> (Arc<State>, Vec<u8>) {
    let mut loader = Loader::default();
    loader.add(Record::Clock(Clock::Manual { now: Timestamp(5000) }));
    for number in 0..150 {
        let body = vec![number; 2000];
        let replay = Replay { call: [number; 32], answered: Timestamp(9), body, nonce: Some([number; 12]) };
        loader.add(Record::Replay(Arc::new(replay)));
    }
    let state = Arc::new(loader.finish(Timestamp(4000)));
    let published = Published { state: state.clone(), last: LastGroup { number: 77, at: 4000 } };
    let mut bytes = Vec::new();
    let about = About { release: "0.1.0", taken: 6000 };
    save(&published, about, |piece| {
        bytes.extend_from_slice(&piece);
        Ok::<_, SnapshotError>(())
    })
    .unwrap();
    (state, bytes)
}

/// Copies a directory as a killed process would leave it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if from.is_dir() {
            copy(&from, &to.join(name));
        } else {
            fs::copy(&from, to.join(name)).unwrap();
        }
    }
}

/// A file, each reading of which is a moment at which the process might be killed.
struct Watched<'a> {
    file: &'a [u8],
    store: &'a Path,
    copies: &'a Path,
    taken: &'a mut Vec<PathBuf>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let to = self.copies.join(self.taken.len().to_string());
        copy(self.store, &to);
        self.taken.push(to);
        let length = buffer.len().min(50_000);
        self.file.read(&mut buffer[..length])
    }
}

fn state(path: &Path) -> Result<State, StoreError> {
    let mut engine = Embedded::open(path, 0)?;
    let (state, _) = load(&mut engine)?;
    engine.close()?;
    Ok(state)
}

#[test]
fn a_restoring_that_is_killed_leaves_a_store_that_is_refused_until_it_is_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let (before, bytes) = snapshot();
    let (store, copies) = (folder.path().join("store"), folder.path().join("copies"));
    fs::create_dir(&copies).unwrap();
    // One that was killed before the directory had its name.
    fs::create_dir(folder.path().join("store.restoring")).unwrap();
    let restoring = Restoring::begin(&store, 0).unwrap();
    let mut taken = vec![copies.join("0")];
    copy(&store, &taken[0]);
    let file = Watched { file: &bytes, store: &store, copies: &copies, taken: &mut taken };
    restoring.fill(file, OPTIONS, |_| {}).unwrap();
    assert_eq!(state(&store).unwrap(), *before);
    assert!(!folder.path().join("store.restoring").exists());
    assert!(taken.len() > 6, "there were {} moments", taken.len());
    for (number, copy) in taken.iter().enumerate() {
        let found = state(copy).err();
        assert!(matches!(found, Some(StoreError::HalfRestored)), "{copy:?}: {found:?}");
        let options = if number < 2 { OPTIONS } else { REPLACE };
        Restoring::begin(copy, 0).unwrap().fill(&bytes[..], options, |_| {}).unwrap();
        assert_eq!(state(copy).unwrap(), *before, "{copy:?}");
    }
}

#[test]
fn one_that_wrote_nothing_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = snapshot().1;
    let store = folder.path().join("deep/store");
    drop(Restoring::begin(&store, 0).unwrap());
    assert!(!folder.path().join("deep").exists());
    let refused = Restoring::begin(&store, u64::MAX).unwrap().fill(&bytes[..], OPTIONS, |_| {}).unwrap_err();
    let text = refused.to_string();
    assert!(text.contains("make room, and restore it again") && text.contains(&u64::MAX.to_string()), "{text}");
    assert!(!text.contains("by themselves"), "{text}");
    assert!(!folder.path().join("deep").exists());
    fs::create_dir_all(&store).unwrap();
    let refused = Restoring::begin(&store, 0).unwrap().fill(&bytes[..10], OPTIONS, |_| {});
    assert!(matches!(refused, Err(SnapshotError::Damaged { .. })));
    assert_eq!(fs::read_dir(&store).unwrap().count(), 0, "a directory that was there stays, and is empty");
    // A store that nothing was written to yet stays one.
    Embedded::open(&store, 0).unwrap().close().unwrap();
    drop(Restoring::begin(&store, 0).unwrap());
    assert_eq!(state(&store).unwrap(), State::default());
}

#[test]
fn a_store_with_something_in_it_stays_as_it_is_until_it_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (before, bytes) = snapshot();
    let store = folder.path().join("store");
    Restoring::begin(&store, 0).unwrap().fill(&bytes[..], OPTIONS, |_| {}).unwrap();
    let refused = Restoring::begin(&store, 0).unwrap().fill(&bytes[..], OPTIONS, |_| {});
    assert!(matches!(refused, Err(SnapshotError::Occupied { .. })));
    assert_eq!(state(&store).unwrap(), *before);
    let full = Restoring::begin(&store, u64::MAX).unwrap().fill(&bytes[..], REPLACE, |_| {});
    assert!(matches!(full, Err(SnapshotError::NoRoom { .. })));
    assert_eq!(state(&store).unwrap(), *before);
    let cut = Restoring::begin(&store, 0).unwrap().fill(&bytes[..bytes.len() - 1], REPLACE, |_| {});
    assert!(matches!(cut, Err(SnapshotError::Damaged { .. })));
    assert!(matches!(state(&store), Err(StoreError::HalfRestored)));
    Restoring::begin(&store, 0).unwrap().fill(&bytes[..], REPLACE, |_| {}).unwrap();
    assert_eq!(state(&store).unwrap(), *before);
}
