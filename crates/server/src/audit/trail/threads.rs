//! What the trail's two threads do: one writes what was gathered, the other makes durable what somebody wants to be, and
//! recovers the log where that has failed.

use super::Shared;
use crate::audit::block::Block;
use crate::audit::notices;
use crate::clock;
use crossconnect_audit::{Log, Recovered, Synced, Unsynced};
use serde_json::json;
use std::io;
use std::sync::PoisonError;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// How long records that nobody waits for may go without a sync.
const SYNC_EVERY: Duration = Duration::from_millis(250);
/// How many gathered records are written at once: changes wait for as long.
const SLICE: usize = 256;
/// How long to wait after a write has failed.
const RETRY: Duration = Duration::from_millis(250);
/// How long to wait before a log whose sync has failed is recovered, and between two tries.
const MEND: Duration = Duration::from_millis(500);

impl Shared {
    /// Writes what was gathered, until the trail ends and nothing waits.
    pub(super) fn write_gathered(&self) {
        let mut block = Block::default();
        let mut synced = Instant::now();
        loop {
            let is_ending = self.progress().is_ending;
            self.try_again();
            if let Some(details) = self.throttled.summary(is_ending) {
                self.waiting.add(|record| record.extend(notices::said("CallsThrottled", &details)));
            }
            self.waiting.take(&mut block, if is_ending { Duration::ZERO } else { SYNC_EVERY });
            let mut records = block.records().map(|record| (0, record));
            for start in (0..block.len()).step_by(SLICE) {
                let count = SLICE.min(block.len() - start);
                let slice = records.clone().take(count);
                while self.write(slice.clone()).is_err() {
                    if self.progress().is_ending {
                        return;
                    }
                    std::thread::sleep(RETRY);
                }
                records.nth(count - 1);
            }
            if synced.elapsed() >= SYNC_EVERY {
                let written = self.log().as_ref().map(|log| log.written().sequence);
                written.into_iter().for_each(|written| self.want(written));
                synced = Instant::now();
            }
            if is_ending && block.len() == 0 {
                return;
            }
        }
    }

    /// Writes a record where none can be written, until one can: whoever only reads is refused, and writes none.
    fn try_again(&self) {
        if !self.is_failing.load(Relaxed) {
            return;
        }
        let (failure, durable, is_broken) = {
            let progress = self.progress();
            (progress.failure.clone(), progress.durable, progress.is_broken)
        };
        if !is_broken && failure.is_some() {
            let notice = notices::said("TrailRecovered", &json!({"after": durable, "lost": 0, "failure": failure}));
            // Where it fails again, that is noted.
            let _ = self.write(std::iter::once((0, &*notice)));
        }
    }

    /// Syncs what somebody wants to be durable, until the trail ends.
    pub(super) fn sync(&self) {
        loop {
            let mut progress = self.progress();
            while progress.wanted <= progress.durable && !progress.is_ending && !progress.is_broken {
                progress = self.wanted.wait(progress).unwrap_or_else(PoisonError::into_inner);
            }
            if progress.is_broken {
                let is_ending = progress.is_ending;
                drop(progress);
                if !self.recover() && is_ending {
                    return;
                }
                continue;
            }
            if progress.wanted <= progress.durable {
                return;
            }
            drop(progress);
            let Some(unsynced) = self.log().as_mut().map(Log::unsynced) else { return };
            let (began, reached) = (Instant::now(), unsynced.point.sequence);
            let synced = self.synced(unsynced);
            let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
            self.counters.syncs.fetch_add(1, Relaxed);
            self.counters.sync_micros.fetch_add(micros, Relaxed);
            let noted = match (synced, self.log().as_mut()) {
                (Ok(synced), Some(log)) => log.synced(synced).map_err(|error| (error.to_string(), log.fail()).0),
                (Ok(_), None) => Ok(()),
                (Err(error), log) => {
                    // Who knows what is on the disk now?
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
                Err(text) => drop(self.breaks(&text)),
            }
        }
    }

    #[cfg(not(test))]
    fn synced(&self, unsynced: Unsynced) -> io::Result<Synced> {
        unsynced.sync()
    }

    #[cfg(test)]
    fn synced(&self, unsynced: Unsynced) -> io::Result<Synced> {
        match self.fails.swap(false, Relaxed) {
            true => Err(io::Error::other("as the test wants it")),
            false => unsynced.sync(),
        }
    }

    /// Tries to go on after a failed sync, and says in the trail what that has cost. Whether it could.
    fn recover(&self) -> bool {
        // Who was refused has heard of it; a disk that is away for a moment may be back.
        std::thread::sleep(MEND);
        // A disk may take its time to say no: nobody waits for the log meanwhile, and who wants to write is refused.
        let Some(mut log) = self.log().take() else { return false };
        if !log.has_failed() {
            // Somebody was late to say so.
            *self.log() = Some(log);
            self.progress().is_broken = false;
            self.says(None);
            return true;
        }
        let recovered = log.recover();
        let mut place = self.log();
        let log = place.insert(log);
        let text = match recovered {
            Ok(Recovered { point, lost }) => {
                let failure = {
                    let mut progress = self.progress();
                    if lost > 0 {
                        progress.lost_after.push(point.sequence);
                    }
                    (progress.durable, progress.wanted) = (point.sequence, point.sequence);
                    progress.failure.clone()
                };
                let details = json!({"after": point.sequence, "lost": lost, "failure": failure});
                let notice = notices::said("TrailRecovered", &details);
                let written = log.write(std::iter::once((0, &*notice)), clock::wall().0);
                let is_broken = log.has_failed();
                self.says(written.as_ref().err().map(ToString::to_string).as_deref());
                self.progress().is_broken = is_broken;
                return written.is_ok();
            }
            Err(error) => error.to_string(),
        };
        self.says(Some(&text));
        false
    }
}
