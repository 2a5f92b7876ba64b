//! Records that wait to be written: those of calls which no change of the store's goes with. They are gathered, so that
//! the request's path only copies a few hundred bytes, and there is a bound to how much may wait.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// How many bytes of records may wait; calls whose records find no room wait themselves.
const WAITING_MAX: usize = 4 << 20;
/// How long records are gathered before they are written.
const GATHER: Duration = Duration::from_millis(5);

/// Some records, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Block {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
}

/// Those that wait.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    block: Mutex<Block>,
    arrival: Condvar,
    room: Notify,
}

impl Block {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The records.
    pub(crate) fn records(&self) -> impl Iterator<Item = &[u8]> + Clone {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.bytes[start..*end])
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }
}

impl Waiting {
    /// Adds the record that `put` writes, unless there is no room.
    pub(crate) fn add(&self, put: impl FnOnce(&mut Vec<u8>)) -> bool {
        let mut block = self.lock();
        if block.bytes.len() >= WAITING_MAX {
            return false;
        }
        put(&mut block.bytes);
        let end = block.bytes.len();
        block.ends.push(end);
        if block.ends.len() == 1 {
            self.arrival.notify_one();
        }
        true
    }

    /// Done when there may be room again.
    pub(crate) async fn room(&self) {
        let notified = self.room.notified();
        if self.lock().bytes.len() >= WAITING_MAX {
            notified.await;
        }
    }

    /// How many records wait, and their bytes.
    pub(crate) fn size(&self) -> (usize, usize) {
        let block = self.lock();
        (block.len(), block.bytes.len())
    }

    /// Waits for records, at most so long, gathers for a moment, and takes them in exchange for an empty block.
    pub(crate) fn take(&self, block: &mut Block, longest: Duration) {
        block.clear();
        let is_empty = |waiting: &mut Block| waiting.ends.is_empty();
        let waited = self.arrival.wait_timeout_while(self.lock(), longest, is_empty);
        let (guard, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if guard.ends.is_empty() {
            return;
        }
        drop(guard);
        std::thread::sleep(GATHER);
        self.take_now(block);
    }

    /// Takes what waits now.
    pub(crate) fn take_now(&self, block: &mut Block) {
        std::mem::swap(&mut *self.lock(), block);
        self.room.notify_waiters();
    }

    fn lock(&self) -> MutexGuard<'_, Block> {
        self.block.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_out_as_they_went_in() {
        let waiting = Waiting::default();
        for text in ["one", "", "three"] {
            assert!(waiting.add(|bytes| bytes.extend_from_slice(text.as_bytes())));
        }
        assert_eq!(waiting.size(), (3, 8));
        let mut block = Block::default();
        waiting.take(&mut block, Duration::ZERO);
        assert_eq!(block.records().collect::<Vec<_>>(), [&b"one"[..], b"", b"three"]);
        assert_eq!(waiting.size(), (0, 0));
    }

    #[tokio::test]
    async fn who_finds_no_room_waits_until_there_is_some() {
        let waiting = Waiting::default();
        assert!(waiting.add(|bytes| bytes.resize(WAITING_MAX, 0)));
        assert!(!waiting.add(|bytes| bytes.push(0)));
        let mut block = Block::default();
        let (added, ()) = tokio::join!(
            async {
                waiting.room().await;
                waiting.add(|bytes| bytes.push(1))
            },
            async { waiting.take_now(&mut block) }
        );
        assert!(added && waiting.size() == (1, 1));
    }
}
