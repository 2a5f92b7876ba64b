//! Copies of a store that is at work, made as `cp -r` would: each is refused as damaged, or holds all that was committed
//! before the copy was begun and every group up to its last whole.

use super::Progress;
use crate::random::Random;
use crossconnect_store::{Embedded, Engine, Group, StoreError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// Rows that are written over and over, in turn.
const RING: u64 = 64;
/// The bytes of each, so that tables are written and journals dropped while a copy is made.
const VALUE_BYTES: usize = 24 << 10;
/// A slow copy waits up to so many milliseconds before each file.
const PAUSE_MS: usize = 120;

/// What a run has seen.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Copies {
    /// Copies that opened, with all that was committed before they were begun.
    pub consistent: u64,
    /// Copies that were refused as damaged.
    pub refused: u64,
    /// Groups that were committed meanwhile.
    pub groups: u64,
}

/// Makes so many copies of a store in `directory`.
///
/// # Errors
/// What a copy lacked, or had in part.
pub fn run(directory: &Path, copies: u64, seed: u64, progress: Progress<'_, Copies>) -> Result<Copies, String> {
    let store = directory.join("store");
    let mut engine = Embedded::open(&store, 0).map_err(|error| error.to_string())?;
    let (is_over, committed) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        let load = scope.spawn(|| {
            let mut number = 0;
            while !is_over.load(Ordering::Relaxed) {
                number += 1;
                engine.commit(&group(number)).map_err(|error| error.to_string())?;
                committed.store(number, Ordering::Release);
            }
            engine.close().map_err(|error| error.to_string())
        });
        let made = make(&store, copies, seed, &committed, progress);
        is_over.store(true, Ordering::Relaxed);
        load.join().unwrap_or_else(|_| Err("the load panicked".to_owned()))?;
        made
    })
}

fn make(
    store: &Path,
    copies: u64,
    seed: u64,
    committed: &AtomicU64,
    progress: Progress<'_, Copies>,
) -> Result<Copies, String> {
    let mut random = Random::new(seed);
    let mut tally = Copies::default();
    let wanted = 2 * RING;
    while committed.load(Ordering::Acquire) < wanted {
        std::thread::sleep(Duration::from_millis(5));
    }
    for _ in 0..copies {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let before = committed.load(Ordering::Acquire);
        copy(store, folder.path(), &mut random).map_err(|error| format!("the copy: {error}"))?;
        match opened(folder.path()) {
            Ok(last) if last < before => {
                return Err(format!("group {before} had been committed, and the copy ends with {last} and opens"));
            }
            Ok(_) => tally.consistent += 1,
            Err(Found::Refused) => tally.refused += 1,
            Err(Found::Wrong(text)) => return Err(text),
        }
        tally.groups = committed.load(Ordering::Acquire);
        progress(&tally);
    }
    Ok(tally)
}

/// Why a copy has no last group.
enum Found {
    Refused,
    Wrong(String),
}

/// The last group of a copy, all of whose rows are those of that group and the ones before it.
fn opened(path: &Path) -> Result<u64, Found> {
    let wrong = |error: StoreError| match error {
        StoreError::Damaged { .. } => Found::Refused,
        other => Found::Wrong(format!("a copy was not refused as damaged: {other}")),
    };
    let mut engine = Embedded::open(path, 0).map_err(wrong)?;
    let mut rows = BTreeMap::new();
    let last = engine.load(&mut |key, value| {
        rows.insert(key.to_vec(), value.to_vec());
        Ok(())
    });
    let last = last.map_err(wrong)?.number;
    let missing = (1..=last).find(|number| !rows.contains_key(&own(*number)));
    if let Some(missing) = missing {
        return Err(Found::Wrong(format!("a copy ends with group {last} and lacks group {missing}")));
    }
    for slot in 0..RING.min(last) {
        let writer = last - (last - slot) % RING;
        let writer = if writer == 0 { RING } else { writer };
        if writer <= last && rows.get(&ring(writer)) != Some(&value(writer)) {
            return Err(Found::Wrong(format!("a copy ends with group {last} and has another row of group {writer}")));
        }
    }
    Ok(last)
}

/// A row of its own, and one of those in turn.
fn group(number: u64) -> Group {
    let writes = [(own(number), Some(Vec::new())), (ring(number), Some(value(number)))];
    Group { number, at: 1, writes: writes.into() }
}

fn own(number: u64) -> Vec<u8> {
    format!("own/{number:012}").into_bytes()
}

fn ring(number: u64) -> Vec<u8> {
    format!("ring/{:02}", number % RING).into_bytes()
}

fn value(number: u64) -> Vec<u8> {
    let mut value = vec![0; VALUE_BYTES];
    Random::new(number).fill(&mut value);
    value
}

/// Copies all files in some order, at once or slowly; those that go away meanwhile are left out.
fn copy(from: &Path, to: &Path, random: &mut Random) -> std::io::Result<()> {
    let mut files = Vec::new();
    let mut open = vec![from.to_path_buf()];
    while let Some(path) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&path) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    arrange(&mut files, random);
    let pause = if random.one_in(2) { PAUSE_MS } else { 0 };
    for file in files {
        if pause > 0 {
            std::thread::sleep(Duration::from_millis(random.below(pause) as u64));
        }
        let target = to.join(file.strip_prefix(from).unwrap_or(&file));
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        match std::fs::copy(&file, &target) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// As the directory has them, by name, the other way round, or in any order.
fn arrange(files: &mut [PathBuf], random: &mut Random) {
    match random.below(4) {
        0 => {}
        1 => files.sort(),
        2 => files.sort_by(|a, b| b.cmp(a)),
        _ => {
            for last in (1..files.len()).rev() {
                files.swap(last, random.below(last + 1));
            }
        }
    }
}
