//! What was committed, for those who follow it: a bounded ring of events, fed by the writer.
//!
//! The writer only hands over what it committed; describing it is work of this side. Whoever cannot keep up, writer or
//! reader, loses events and never memory: what is missing is told as a gap.

mod change;
mod follow;

pub(crate) use follow::{TooMany, stream};

use crossconnect_core::{Key, State};
use crossconnect_store::Commit;
use hyper::body::Bytes;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Semaphore, mpsc, watch};

/// How many events are kept for readers that come back.
const KEPT_MAX: usize = 1024;
/// How many bytes these may have.
const KEPT_BYTES_MAX: usize = 8 << 20;
/// How many groups may wait to be described.
const WAITING_MAX: usize = 256;
/// How many may follow at one time; each holds a connection.
const READERS_MAX: usize = 64;

/// The writer's end.
#[derive(Clone)]
pub(crate) struct Feed(mpsc::Sender<Committed>);

/// A group that waits to be described.
struct Committed {
    group: u64,
    at: i64,
    state: Arc<State>,
    keys: Vec<Key>,
}

/// An event as it is sent.
struct Event {
    group: u64,
    text: Bytes,
}

/// How far the events have come.
#[derive(Debug, Clone, Copy)]
struct Progress {
    /// The last group that is known.
    group: u64,
    /// Nothing more will come: the server stops.
    is_over: bool,
}

/// The ring.
pub(crate) struct Events {
    kept: Mutex<Ring>,
    progress: watch::Sender<Progress>,
    places: Arc<Semaphore>,
}

#[derive(Default)]
struct Ring {
    events: VecDeque<Arc<Event>>,
    bytes: usize,
}

/// What a reader gets next.
enum Next {
    Event(Arc<Event>),
    /// The groups after this one, up to the next event's, are not kept.
    Gap {
        after: u64,
        until: u64,
    },
}

/// What the writer hands over, until somebody takes it to [`Events::run`].
pub(crate) struct Waiting(mpsc::Receiver<Committed>);

/// A feed, and what waits in it.
pub(crate) fn feed() -> (Feed, Waiting) {
    let (sender, receiver) = mpsc::channel(WAITING_MAX);
    (Feed(sender), Waiting(receiver))
}

impl Feed {
    /// Takes what was committed; never waits.
    pub(crate) fn committed(&self, commit: &Commit<'_>) {
        let keys = commit.group.writes.keys().filter_map(|key| Key::decode(key).ok()).collect();
        let (group, at) = (commit.group.number, commit.group.at);
        // Where too much waits, this becomes a gap.
        let _ = self.0.try_send(Committed { group, at, state: commit.state.clone(), keys });
    }
}

impl Events {
    /// Events that begin after this group.
    pub(crate) fn after(group: u64) -> Self {
        Events {
            kept: Mutex::default(),
            progress: watch::Sender::new(Progress { group, is_over: false }),
            places: Arc::new(Semaphore::new(READERS_MAX)),
        }
    }

    /// Describes what is handed over, until the writer ends.
    pub(crate) async fn run(&self, waiting: Waiting) {
        let mut waiting = waiting.0;
        while let Some(committed) = waiting.recv().await {
            let group = committed.group;
            let text = change::describe(&committed);
            self.ring().push(Event { group, text });
            self.progress.send_modify(|progress| progress.group = progress.group.max(group));
        }
    }

    /// Ends what all readers read.
    pub(crate) fn end(&self) {
        self.progress.send_modify(|progress| progress.is_over = true);
    }

    /// How many follow at the moment.
    pub(crate) fn readers(&self) -> usize {
        READERS_MAX - self.places.available_permits()
    }

    fn ring(&self) -> std::sync::MutexGuard<'_, Ring> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What comes after `seen` for a reader; nothing when it has seen all.
    fn next(&self, seen: u64) -> Option<Next> {
        let known = self.progress.borrow().group;
        if seen > known {
            return Some(Next::Gap { after: seen, until: known });
        }
        let ring = self.ring();
        let index = ring.events.partition_point(|event| event.group <= seen);
        match ring.events.get(index) {
            Some(event) if event.group == seen + 1 => Some(Next::Event(event.clone())),
            Some(event) => Some(Next::Gap { after: seen, until: event.group - 1 }),
            None => (seen < known).then_some(Next::Gap { after: seen, until: known }),
        }
    }
}

impl Ring {
    fn push(&mut self, event: Event) {
        self.bytes += event.text.len();
        self.events.push_back(Arc::new(event));
        while self.events.len() > KEPT_MAX || self.bytes > KEPT_BYTES_MAX {
            let Some(oldest) = self.events.pop_front() else {
                return;
            };
            self.bytes -= oldest.text.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(events: &Events, group: u64, bytes: usize) {
        events.ring().push(Event { group, text: vec![b'x'; bytes].into() });
        events.progress.send_modify(|progress| progress.group = group);
    }

    fn next(events: &Events, seen: u64) -> Option<(u64, u64)> {
        events.next(seen).map(|next| match next {
            Next::Event(event) => (event.group, event.group),
            Next::Gap { after, until } => (after, until),
        })
    }

    #[test]
    fn what_is_not_kept_is_a_gap() {
        let events = Events::after(10);
        assert_eq!(next(&events, 10), None);
        assert_eq!(next(&events, 7), Some((7, 10)), "before this start");
        assert_eq!(next(&events, 11), Some((11, 10)), "of another store");
        for group in [11, 12, 14] {
            push(&events, group, 1);
        }
        assert_eq!(next(&events, 10), Some((11, 11)));
        assert_eq!(next(&events, 12), Some((12, 13)), "one was never described");
        assert_eq!(next(&events, 13), Some((14, 14)));
        assert_eq!(next(&events, 14), None);
    }

    #[test]
    fn the_ring_has_a_size() {
        let events = Events::after(0);
        for group in 1..=KEPT_MAX as u64 + 5 {
            push(&events, group, 1);
        }
        assert_eq!(events.ring().events.len(), KEPT_MAX);
        assert_eq!(next(&events, 0), Some((0, 5)));
        push(&events, KEPT_MAX as u64 + 6, KEPT_BYTES_MAX);
        assert_eq!(events.ring().events.len(), 1, "the newest is kept, whatever it weighs");
        push(&events, KEPT_MAX as u64 + 7, KEPT_BYTES_MAX / 2);
        assert_eq!(events.ring().events.len(), 1);
    }
}
