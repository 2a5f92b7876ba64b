//! The trail: the log, and the two threads that work for it. One writes the records that were gathered, the other makes
//! durable what was written.
//!
//! INVARIANT: the record of a change is written before the engine commits it, and durable before anybody is told.

use super::block::{Block, Waiting};
use crate::clock;
use crossconnect_audit::{ChainKey, Limits, Log, LogError, Point, Repair};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long records that were gathered may go without a sync.
const SYNC_EVERY: Duration = Duration::from_millis(250);
/// How many gathered records are written at once: changes wait for as long.
const SLICE: usize = 256;
/// How long to wait after a write has failed.
const RETRY: Duration = Duration::from_millis(250);

/// What the trail has done. Each only grows.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) records: AtomicU64,
    pub(crate) bytes: AtomicU64,
    pub(crate) syncs: AtomicU64,
    pub(crate) sync_micros: AtomicU64,
}

/// The trail of a running server.
pub(crate) struct Trail {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// What a crash had left.
    pub(crate) repair: Option<Repair>,
    pub(crate) was_clean: bool,
    /// The record that was the last when it was opened.
    pub(crate) opened_at: u64,
}

struct Shared {
    directory: PathBuf,
    /// Nothing once it was closed.
    log: Mutex<Option<Log>>,
    waiting: Waiting,
    progress: Mutex<Progress>,
    /// Whether [`Progress::failure`] says something.
    is_failing: AtomicBool,
    /// There is something to sync, or the trail ends.
    wanted: Condvar,
    /// Something was synced, or never will be.
    reached: Condvar,
    counters: Counters,
}

/// How far the trail is durable, and how far somebody wants it to be.
#[derive(Debug, Default)]
struct Progress {
    wanted: u64,
    durable: u64,
    /// Why records cannot be written now.
    failure: Option<String>,
    is_ending: bool,
}

impl Trail {
    /// Opens the trail of a directory and starts its threads.
    pub(crate) fn open(directory: &Path, key: ChainKey, size: u64) -> Result<Self, LogError> {
        let mut genesis = [0; 32];
        clock::random(&mut genesis);
        let opened = Log::open(directory, key, Limits::of(size), genesis, clock::wall().0)?;
        let written = opened.log.written().sequence;
        let shared = Arc::new(Shared {
            directory: directory.to_owned(),
            log: Mutex::new(Some(opened.log)),
            waiting: Waiting::default(),
            progress: Mutex::new(Progress { wanted: written, durable: written, ..Progress::default() }),
            is_failing: AtomicBool::new(false),
            wanted: Condvar::new(),
            reached: Condvar::new(),
            counters: Counters::default(),
        });
        let start = |name: &str, work: fn(&Shared)| {
            let shared = shared.clone();
            let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || work(&shared));
            thread.map_err(|error| LogError::Io { doing: "start a thread for", path: directory.to_owned(), error })
        };
        let threads =
            Mutex::new(vec![start("audit-write", Shared::write_gathered)?, start("audit-sync", Shared::sync)?]);
        let (repair, was_clean) = (opened.repair, opened.was_clean);
        Ok(Trail { shared, threads, repair, was_clean, opened_at: written })
    }

    /// Where it is.
    pub(crate) fn directory(&self) -> &Path {
        &self.shared.directory
    }

    /// What it has done.
    pub(crate) fn counters(&self) -> &Counters {
        &self.shared.counters
    }

    /// How many records wait to be written, and their bytes.
    pub(crate) fn waiting(&self) -> (usize, usize) {
        self.shared.waiting.size()
    }

    /// The last record that was written, the first that is kept, and how many bytes there are.
    pub(crate) fn extent(&self) -> Option<(Point, u64, u64)> {
        self.shared.log().as_ref().map(|log| (log.written(), log.first(), log.bytes()))
    }

    /// Why no records can be written now.
    pub(crate) fn failure(&self) -> Option<String> {
        self.shared.progress().failure.clone()
    }

    /// Has a record written soon, and waits only where too many wait already. An error is why it cannot be.
    pub(crate) async fn gather(&self, put: impl Fn(&mut Vec<u8>)) -> Result<(), String> {
        loop {
            if self.shared.is_failing.load(Relaxed)
                && let Some(failure) = self.failure()
            {
                return Err(failure);
            }
            if self.shared.waiting.add(&put) {
                return Ok(());
            }
            self.shared.waiting.room().await;
        }
    }

    /// Writes a record, and waits until it is durable.
    pub(crate) async fn record_durably(self: &Arc<Self>, put: impl Fn(&mut Vec<u8>)) -> Result<(), String> {
        let mut record = Vec::new();
        put(&mut record);
        let trail = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let sequence = trail.write(std::iter::once((0, &*record)))?;
            trail.want(sequence);
            trail.wait(sequence)
        });
        written.await.unwrap_or_else(|_| Err("its thread has ended".to_owned()))
    }

    /// Writes some records now, each with its mark. They are durable when [`Trail::wait`] says so.
    pub(crate) fn write<'r>(&self, records: impl Iterator<Item = (u64, &'r [u8])> + Clone) -> Result<u64, String> {
        self.shared.write(records)
    }

    /// Begins to make durable what was written.
    pub(crate) fn want(&self, sequence: u64) {
        self.shared.want(sequence);
    }

    /// Waits until this record is durable.
    pub(crate) fn wait(&self, sequence: u64) -> Result<(), String> {
        let mut progress = self.shared.progress();
        loop {
            if progress.durable >= sequence {
                return Ok(());
            }
            if let Some(failure) = &progress.failure {
                return Err(failure.clone());
            }
            progress = self.shared.reached.wait(progress).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Writes what waits, and leaves the log in order.
    pub(crate) fn close(&self) -> Result<(), LogError> {
        self.shared.progress().is_ending = true;
        self.shared.wanted.notify_all();
        for thread in self.threads.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
        self.shared.log().take().map_or(Ok(()), Log::close)
    }
}

impl Shared {
    fn log(&self) -> MutexGuard<'_, Option<Log>> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write<'r>(&self, records: impl Iterator<Item = (u64, &'r [u8])> + Clone) -> Result<u64, String> {
        let written = match self.log().as_mut() {
            Some(log) => log.write(records.clone(), clock::wall().0),
            None => return Err("it was closed".to_owned()),
        };
        let (count, bytes) = records.fold((0, 0), |(count, bytes), (_, record)| (count + 1, bytes + record.len()));
        match written {
            Ok(point) => {
                self.counters.records.fetch_add(count, Relaxed);
                self.counters.bytes.fetch_add(bytes as u64, Relaxed);
                self.says(None);
                Ok(point.sequence)
            }
            Err(error) => {
                let text = error.to_string();
                self.says(Some(&text));
                Err(text)
            }
        }
    }

    /// Notes why records cannot be written, or that they can.
    fn says(&self, failure: Option<&str>) {
        let mut progress = self.progress();
        if progress.failure.as_deref() == failure {
            return;
        }
        match failure {
            Some(text) => tracing::error!("the audit trail cannot be written: {text}"),
            None => tracing::info!("the audit trail is written again"),
        }
        progress.failure = failure.map(str::to_owned);
        self.is_failing.store(failure.is_some(), Relaxed);
        self.reached.notify_all();
    }

    fn want(&self, sequence: u64) {
        let mut progress = self.progress();
        if sequence > progress.wanted {
            progress.wanted = sequence;
            self.wanted.notify_one();
        }
    }

    /// Writes what was gathered, until the trail ends and nothing waits.
    fn write_gathered(&self) {
        let mut block = Block::default();
        let (mut written, mut wanted, mut synced) = (0, 0, Instant::now());
        loop {
            let is_ending = self.progress().is_ending;
            self.waiting.take(&mut block, if is_ending { Duration::ZERO } else { SYNC_EVERY });
            let mut records = block.records().map(|record| (0, record));
            for start in (0..block.len()).step_by(SLICE) {
                let count = SLICE.min(block.len() - start);
                let slice = records.clone().take(count);
                written = loop {
                    match self.write(slice.clone()) {
                        Ok(sequence) => break sequence,
                        Err(_) if self.progress().is_ending => return,
                        Err(_) => std::thread::sleep(RETRY),
                    }
                };
                records.nth(count - 1);
            }
            if written > wanted && synced.elapsed() >= SYNC_EVERY {
                self.want(written);
                (wanted, synced) = (written, Instant::now());
            }
            if is_ending && block.len() == 0 {
                return;
            }
        }
    }

    /// Syncs what somebody wants to be durable, until the trail ends.
    fn sync(&self) {
        loop {
            let mut progress = self.progress();
            while progress.wanted <= progress.durable && !progress.is_ending {
                progress = self.wanted.wait(progress).unwrap_or_else(PoisonError::into_inner);
            }
            if progress.wanted <= progress.durable {
                return;
            }
            drop(progress);
            let Some(unsynced) = self.log().as_mut().map(Log::unsynced) else { return };
            let (began, reached) = (Instant::now(), unsynced.point.sequence);
            let synced = unsynced.sync();
            let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
            self.counters.syncs.fetch_add(1, Relaxed);
            self.counters.sync_micros.fetch_add(micros, Relaxed);
            let noted = match (synced, self.log().as_mut()) {
                (Ok(synced), Some(log)) => log.synced(synced).map_err(|error| (error.to_string(), log.fail()).0),
                (Ok(_), None) => Ok(()),
                (Err(error), log) => {
                    // Who knows what is on the disk now? Opening it again shows.
                    if let Some(log) = log {
                        log.fail();
                    }
                    Err(format!("cannot sync {}: {error}", self.directory.display()))
                }
            };
            match noted {
                Ok(()) => {
                    self.progress().durable = reached;
                    self.reached.notify_all();
                }
                Err(text) => {
                    self.says(Some(&text));
                    // Nothing can be synced any more: who waits is told.
                    return;
                }
            }
        }
    }
}
