//! Power loss, byte by byte: a store's journal cut, torn and flipped, with a `HEAD` as old as any that the disk may have.
//!
//! What came after the last acknowledged group may go, and nothing else may: each copy has every acknowledged group, to the
//! letter, or is refused as damaged and left as it is. `HEAD` is synced about once a second, so that after a power cut the
//! journal alone may have to tell.

use super::Progress;
use crate::random::Random;
use crossconnect_store::{Embedded, Engine, Group, StoreError};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The group that is acknowledged last; one more is on its way when the power goes.
const ACKNOWLEDGED: u64 = 7;
/// After this group the store was closed and opened again: the oldest HEAD says so many.
const CLOSED: u64 = 2;
/// Random bytes in each group, so that some lie within a sector and some in several.
const BYTES: [usize; 9] = [0, 40, 60, 90, 25, 1300, 8, 120, 1900];
/// What a disk writes whole.
const SECTOR: usize = 512;

/// What a run has seen.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Power {
    /// Journals that were cut, or lack a sector, after the last acknowledged group.
    pub cuts: u64,
    /// Journals that were cut before it, where HEAD knows of it.
    pub early_cuts: u64,
    /// Journals with a bit flipped that were refused as damaged.
    pub refused: u64,
    /// Journals with a bit flipped in which every group was found all the same.
    pub harmless: u64,
    /// Of all these, how many had a HEAD that lagged behind the last acknowledged group.
    pub lagging: u64,
}

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Tries every `step`th byte, with each HEAD; of each byte every bit where `step` is 1, and one otherwise.
///
/// # Errors
/// What was lost, or half there, or not refused as it should.
pub fn run(directory: &Path, step: usize, seed: u64, progress: Progress<'_, Power>) -> Result<Power, String> {
    let mut random = Random::new(seed);
    let store = Store::make(directory, &mut random).map_err(|error| error.to_string())?;
    let mut trial = Trial { store: &store, tally: Power::default() };
    let step = step.max(1);
    for head in CLOSED..=ACKNOWLEDGED {
        trial.cut(head, step)?;
        trial.tear(head)?;
        for at in (random.below(step)..store.end(ACKNOWLEDGED)).step_by(step) {
            let one = random.below(8);
            for bit in if step == 1 { 0..8 } else { one..one + 1 } {
                trial.flip(head, at, bit)?;
            }
            progress(&trial.tally);
        }
    }
    Ok(trial.tally)
}

/// A directory for [`run`], in memory where the machine has such: nothing here depends on a disk.
///
/// # Errors
/// None could be made.
pub fn folder() -> std::io::Result<tempfile::TempDir> {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir())
}

/// A store as files, with what they were after each group.
struct Store {
    path: PathBuf,
    /// All files after the last group; of those that differ, as they were after each.
    files: Files,
    heads: BTreeMap<u64, Vec<u8>>,
    ends: BTreeMap<u64, usize>,
    rows: BTreeMap<u64, Rows>,
    journal: PathBuf,
}

impl Store {
    fn make(directory: &Path, random: &mut Random) -> Result<Self, Box<dyn std::error::Error>> {
        let origin = directory.join("origin");
        let mut engine = Embedded::open(&origin, 0)?;
        let (mut heads, mut ends, mut rows) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut held = Rows::new();
        let mut files = Files::new();
        for number in 1..=ACKNOWLEDGED + 1 {
            let group = group(number, random);
            for (key, value) in &group.writes {
                match value {
                    Some(value) => held.insert(key.clone(), value.clone()),
                    None => held.remove(key),
                };
            }
            engine.commit(&group)?;
            if number == CLOSED {
                engine.close()?;
                drop(engine);
                engine = Embedded::open(&origin, 0)?;
            }
            files = read(&origin)?;
            heads.insert(number, files[Path::new("HEAD")].clone());
            rows.insert(number, held.clone());
            let journal = journal(&files)?;
            let used = files[&journal].iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
            ends.insert(number, used);
        }
        let journal = journal(&files)?;
        Ok(Store { path: directory.join("copy"), files, heads, ends, rows, journal })
    }

    /// Where the group ends in the journal.
    fn end(&self, number: u64) -> usize {
        self.ends[&number]
    }

    /// The bytes of the journal up to the end of this group.
    fn journal_to(&self, number: u64) -> &[u8] {
        &self.files[&self.journal][..self.end(number)]
    }
}

/// The only journal.
fn journal(files: &Files) -> Result<PathBuf, String> {
    let mut journals = files.keys().filter(|name| name.extension().is_some_and(|extension| extension == "jnl"));
    match (journals.next(), journals.next()) {
        (Some(journal), None) => Ok(journal.clone()),
        _ => Err("the store has not one journal".to_owned()),
    }
}

/// A row of its own, one that is written over and over, and the end of the one before.
fn group(number: u64, random: &mut Random) -> Group {
    let mut value = vec![0; BYTES[number as usize % BYTES.len()]];
    random.fill(&mut value);
    let own = |number| format!("own/{number}").into_bytes();
    let writes = [(own(number), Some(value.clone())), (b"shared".to_vec(), Some(value)), (own(number - 1), None)];
    Group { number, at: 1, writes: writes.into() }
}

struct Trial<'a> {
    store: &'a Store,
    tally: Power,
}

impl Trial<'_> {
    /// The journal ends somewhere: in the group on its way, where it is found without that, or before.
    fn cut(&mut self, head: u64, step: usize) -> Result<(), String> {
        let whole = self.store.journal_to(ACKNOWLEDGED + 1);
        let end = self.store.end(ACKNOWLEDGED);
        for length in (end..=whole.len()).rev().step_by(step) {
            let expected = ACKNOWLEDGED + u64::from(length == whole.len());
            let doing = format!("HEAD {head}, journal cut at {length}");
            // As long as it is in itself, and as long as it was made beforehand.
            for zeros in [0, 3 * SECTOR] {
                let journal = [&whole[..length], &vec![0; zeros]].concat();
                self.must_hold(head, &journal, expected, &doing)?;
                self.tally.cuts += 1;
            }
        }
        // What was synced can only go by damage, and of that HEAD tells as far as it goes.
        for length in (0..self.store.end(head)).step_by(step) {
            match self.open(head, &whole[..length])? {
                None => self.tally.early_cuts += 1,
                Some(last) => return Err(format!("HEAD {head}, journal cut at {length}: opened with group {last}")),
            }
        }
        Ok(())
    }

    /// The group on its way lacks a sector, or all but one.
    fn tear(&mut self, head: u64) -> Result<(), String> {
        let whole = self.store.journal_to(ACKNOWLEDGED + 1);
        let mut start = self.store.end(ACKNOWLEDGED);
        while start < whole.len() {
            let sector = start..whole.len().min((start / SECTOR + 1) * SECTOR);
            let mut without = whole.to_vec();
            without[sector.clone()].fill(0);
            let mut alone = self.store.journal_to(ACKNOWLEDGED).to_vec();
            alone.resize(whole.len(), 0);
            alone[sector.clone()].copy_from_slice(&whole[sector.clone()]);
            for journal in [without, alone] {
                self.must_hold(head, &journal, ACKNOWLEDGED, &format!("HEAD {head}, torn at {sector:?}"))?;
                self.tally.cuts += 1;
            }
            start = sector.end;
        }
        Ok(())
    }

    /// A bit of an acknowledged group is another: all is found, or the store is refused.
    fn flip(&mut self, head: u64, at: usize, bit: usize) -> Result<(), String> {
        let mut journal = self.store.journal_to(ACKNOWLEDGED).to_vec();
        journal[at] ^= 1 << bit;
        match self.open(head, &journal)? {
            None => self.tally.refused += 1,
            Some(ACKNOWLEDGED) => self.tally.harmless += 1,
            Some(last) => {
                return Err(format!(
                    "HEAD {head}, bit {bit} of byte {at} flipped: group {ACKNOWLEDGED} was acknowledged, and the store \
                     opens with group {last}"
                ));
            }
        }
        Ok(())
    }

    fn must_hold(&mut self, head: u64, journal: &[u8], expected: u64, doing: &str) -> Result<(), String> {
        match self.open(head, journal)? {
            Some(last) if last == expected => Ok(()),
            Some(last) => Err(format!("{doing}: opened with group {last} instead of {expected}")),
            None => Err(format!("{doing}: refused as damaged")),
        }
    }

    /// The last group of the store with this HEAD and this journal, none where it is refused as damaged.
    fn open(&mut self, head: u64, journal: &[u8]) -> Result<Option<u64>, String> {
        let store = self.store;
        self.tally.lagging += u64::from(head < ACKNOWLEDGED);
        let mut files = store.files.clone();
        files.insert(store.journal.clone(), journal.to_vec());
        files.insert("HEAD".into(), store.heads[&head].clone());
        write(&store.path, &files).map_err(|error| error.to_string())?;
        let mut engine = match Embedded::open(&store.path, 0) {
            Ok(engine) => engine,
            Err(StoreError::Damaged { .. }) => {
                let mut left = read(&store.path).map_err(|error| error.to_string())?;
                for files in [&mut left, &mut files] {
                    files.remove(Path::new("LOCK"));
                }
                return if left == files { Ok(None) } else { Err("a damaged store was changed".to_owned()) };
            }
            Err(other) => return Err(format!("not refused as damaged: {other}")),
        };
        let mut rows = Rows::new();
        let last = engine.load(&mut |key, value| {
            rows.insert(key.to_vec(), value.to_vec());
            Ok(())
        });
        let last = last.map_err(|error| error.to_string())?.number;
        match store.rows.get(&last) == Some(&rows) {
            true => Ok(Some(last)),
            false => Err(format!("opened with group {last} and other rows than were committed")),
        }
    }
}

/// Every file below a directory, by its path within.
fn read(directory: &Path) -> std::io::Result<Files> {
    let mut files = Files::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(directory).unwrap_or(&path).to_path_buf();
                files.insert(name, fs::read(path)?);
            }
        }
    }
    Ok(files)
}

/// Makes the directory anew with these files.
fn write(directory: &Path, files: &Files) -> std::io::Result<()> {
    if directory.exists() {
        fs::remove_dir_all(directory)?;
    }
    for (name, bytes) in files {
        let path = directory.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}
