//! Many seeds on all cores: each thread takes the next seed, and what they met is put together.

use super::{Broken, Coverage, Outcome, run};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::thread;

/// How many steps most runs have.
const SHORT: usize = 80;
/// How many steps a run has now and then: some things want a history.
const LONG: usize = 1500;
/// Every which seed makes a long run.
const LONG_EVERY: u64 = 10;
/// How many failing runs are kept.
const KEPT: usize = 5;

/// What came of many seeds.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many were run.
    pub seeds: u64,
    /// What they met, all together.
    pub coverage: Coverage,
    /// How many failed.
    pub failing: u64,
    /// The first few of those.
    pub failures: Vec<Outcome>,
}

/// How many steps the run of a seed has.
pub fn length(seed: u64) -> usize {
    if seed.is_multiple_of(LONG_EVERY) { LONG } else { SHORT }
}

/// Runs `count` seeds from `from` on, in as many threads, and tells of each that has ended.
pub fn seeds(from: u64, count: u64, threads: usize, ended: &(dyn Fn() + Sync)) -> Tally {
    let (next, tally) = (AtomicU64::new(0), Mutex::new(Tally::default()));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut own = Coverage::default();
                loop {
                    let number = next.fetch_add(1, Relaxed);
                    if number >= count {
                        break;
                    }
                    let seed = from + number;
                    let outcome = run(seed, length(seed), Broken::default());
                    if !outcome.violations.is_empty() {
                        let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                        tally.failing += 1;
                        own.add(outcome.coverage.clone());
                        if tally.failures.len() < KEPT {
                            tally.failures.push(outcome);
                        }
                    } else {
                        own.add(outcome.coverage);
                    }
                    ended();
                }
                tally.lock().unwrap_or_else(PoisonError::into_inner).coverage.add(own);
            });
        }
    });
    let mut tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    tally.seeds = count;
    tally
}
