//! The trail: the log, and the two threads that work for it. One writes the records that were gathered, the other makes
//! durable what was written.
//!
//! INVARIANT: the record of a change is written before the engine commits it, and durable before anybody is told: here, or
//! beside the group in the engine (`kept.rs`).

mod progress;
mod threads;

pub(crate) use progress::Written;

use super::block::Waiting;
use super::throttled::Throttled;
use crate::clock;
use crossconnect_audit::{ChainKey, Limits, Log, LogError, Point, Repair};
use progress::Progress;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

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
    /// Nothing while it is recovered, and once it was closed.
    log: Mutex<Option<Log>>,
    waiting: Waiting,
    throttled: Throttled,
    progress: Mutex<Progress>,
    /// Whether [`Progress::failure`] says something.
    is_failing: AtomicBool,
    /// There is something to sync, or the trail ends.
    wanted: Condvar,
    /// Something was synced, or never will be.
    reached: Condvar,
    counters: Counters,
    /// Has the next sync fail.
    #[cfg(test)]
    fails: AtomicBool,
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
            throttled: Throttled::default(),
            progress: Mutex::new(Progress { wanted: written, durable: written, ..Progress::default() }),
            is_failing: AtomicBool::new(false),
            wanted: Condvar::new(),
            reached: Condvar::new(),
            counters: Counters::default(),
            #[cfg(test)]
            fails: AtomicBool::new(false),
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

    /// Has a record of a throttled call written, or counts the call where there are many. Never waits, since whoever is
    /// refused must not cost more than who is not.
    pub(crate) fn throttled(&self, address: IpAddr, put: impl FnOnce(&mut Vec<u8>)) {
        let is_failing = self.shared.is_failing.load(Relaxed);
        if is_failing || !self.shared.throttled.is_named() || !self.shared.waiting.add(put) {
            self.shared.throttled.count(address);
        }
    }

    /// Writes a record, and waits until it is durable.
    pub(crate) async fn record_durably(self: &Arc<Self>, put: impl Fn(&mut Vec<u8>)) -> Result<(), String> {
        let mut record = Vec::new();
        put(&mut record);
        let trail = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let written = trail.write(std::iter::once((0, &*record)))?;
            trail.want(written);
            trail.wait(written)
        });
        written.await.unwrap_or_else(|_| Err("its thread has ended".to_owned()))
    }

    /// Writes some records now, each with its mark. They are durable when [`Trail::wait`] says so.
    /// The last of them is answered.
    pub(crate) fn write<'r>(&self, records: impl Iterator<Item = (u64, &'r [u8])> + Clone) -> Result<Written, String> {
        self.shared.write(records)
    }

    /// Begins to make durable what was written.
    pub(crate) fn want(&self, written: Written) {
        self.shared.want(written.sequence);
    }

    /// Whether a record was not lost by a failed sync, as far as is known.
    pub(crate) fn has(&self, written: Written) -> bool {
        self.shared.progress().has(written)
    }

    /// Whether a record was not lost, and is durable.
    pub(crate) fn has_durably(&self, written: Written) -> bool {
        let progress = self.shared.progress();
        progress.has(written) && progress.durable >= written.sequence
    }

    /// Has the next sync fail.
    #[cfg(test)]
    pub(crate) fn fail_next_sync(&self) {
        self.shared.fails.store(true, Relaxed);
    }

    /// How often records were lost by a failed sync.
    pub(crate) fn losses(&self) -> usize {
        self.shared.progress().lost_after.len()
    }

    /// Waits until this record is durable.
    pub(crate) fn wait(&self, written: Written) -> Result<(), String> {
        let mut progress = self.shared.progress();
        loop {
            if !progress.has(written) {
                return Err("the record was lost when a sync failed".to_owned());
            }
            if progress.durable >= written.sequence {
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

    fn write<'r>(&self, records: impl Iterator<Item = (u64, &'r [u8])> + Clone) -> Result<Written, String> {
        let (written, has_failed, losses) = match self.log().as_mut() {
            // What is lost is lost while the log is held.
            Some(log) => {
                let written = log.write(records.clone(), clock::wall().0);
                (written, log.has_failed(), self.progress().lost_after.len())
            }
            None => return Err(self.progress().failure.clone().unwrap_or_else(|| "it was closed".to_owned())),
        };
        let (count, bytes) = records.fold((0, 0), |(count, bytes), (_, record)| (count + 1, bytes + record.len()));
        match written {
            Ok(point) => {
                self.counters.records.fetch_add(count, Relaxed);
                self.counters.bytes.fetch_add(bytes as u64, Relaxed);
                self.says(None);
                Ok(Written { sequence: point.sequence, losses })
            }
            Err(LogError::Failed { .. }) => Err(self.breaks("it could not be made durable")),
            Err(error) if has_failed => Err(self.breaks(&error.to_string())),
            Err(error) => {
                let text = error.to_string();
                self.says(Some(&text));
                Err(text)
            }
        }
    }

    /// Has the log recovered, and answers why it must be: the first reason stays.
    fn breaks(&self, text: &str) -> String {
        let known = {
            let mut progress = self.progress();
            progress.is_broken = true;
            progress.failure.clone()
        };
        self.wanted.notify_all();
        known.unwrap_or_else(|| {
            self.says(Some(text));
            text.to_owned()
        })
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
}

#[cfg(test)]
mod tests;
