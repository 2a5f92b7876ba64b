//! The writer: one thread that puts all changes in order.
//!
//! What waits in the queue becomes one group: each job is decided on a draft that holds what the group has changed so
//! far, then the group is committed with one sync, then the draft is published, then every job is answered.
//! INVARIANT: no answer leaves before the sync of what it may rest on, and none before readers can see what it says.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use crossconnect_core::{Batch, Key, Loader, Record, State, Timestamp};
use tokio::sync::oneshot;

use crate::store::{Commit, Counters, Hooks, Limits, Published};
use crate::{Engine, Group, LastGroup, StoreError};

/// How long to wait before it is tried whether changes can be taken again.
const RETRY: Duration = Duration::from_secs(1);

/// What the queue holds.
pub(crate) enum Message<J, A> {
    /// A job, and who waits for its answer.
    Job(J, oneshot::Sender<A>),
    /// Finish what waits before this, and end.
    Stop,
}

/// The thread's own things.
pub(crate) struct Writer<J, A> {
    pub(crate) engine: Option<Box<dyn Engine>>,
    pub(crate) hooks: Hooks<J, A>,
    pub(crate) limits: Limits,
    pub(crate) counters: Arc<Counters>,
    pub(crate) published: Arc<ArcSwap<Published>>,
    /// Why the engine must be reopened and the state loaded anew before the next commit.
    pub(crate) broken: Option<StoreError>,
    /// Why changes are refused, for whoever asks: the engine is broken, or has no room.
    pub(crate) refusal: Arc<Mutex<Option<String>>>,
}

/// What the jobs of one group have come to so far.
struct Draft<A> {
    state: Arc<State>,
    group: Group,
    bytes: usize,
    answers: Vec<(oneshot::Sender<A>, A)>,
    /// The first answer that came with a batch: it and those after it may rest on what is not committed yet.
    first_write: Option<usize>,
}

impl<J, A> Writer<J, A> {
    /// Works until it is told to stop or nobody can send any more, then closes the engine.
    pub(crate) fn run(mut self, queue: &Receiver<Message<J, A>>) -> Result<(), StoreError> {
        let mut is_refusing = false;
        loop {
            // While changes are refused nobody may send any, so whether they can be taken again is tried without them.
            let message =
                if is_refusing { queue.recv_timeout(RETRY) } else { queue.recv().map_err(RecvTimeoutError::from) };
            let goes_on = match message {
                Ok(message) => self.work(message, queue),
                Err(RecvTimeoutError::Disconnected) => false,
                Err(RecvTimeoutError::Timeout) => {
                    self.retry();
                    true
                }
            };
            if !goes_on {
                break;
            }
            is_refusing = self.refusal.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        }
        match (self.broken, self.engine) {
            (Some(broken), _) => Err(broken),
            (None, Some(mut engine)) => engine.close(),
            (None, None) => Ok(()),
        }
    }

    /// Reopens what is broken, and then commits a group without rows, which shows that others can be.
    fn retry(&mut self) {
        if let Some(mut draft) = self.begin() {
            draft.first_write = Some(0);
            self.finish(Some(draft));
        }
    }

    /// Makes a group of this message and those that wait. False once it was told to stop.
    fn work(&mut self, first: Message<J, A>, queue: &Receiver<Message<J, A>>) -> bool {
        if matches!(first, Message::Stop) {
            return false;
        }
        let mut draft = self.begin();
        let mut next = Some(first);
        let mut taken = 0;
        while let Some(message) = next {
            let Message::Job(job, waiting) = message else {
                self.finish(draft);
                return false;
            };
            self.counters.queued.fetch_sub(1, Relaxed);
            self.counters.jobs.fetch_add(1, Relaxed);
            match &mut draft {
                Some(draft) => self.decide(draft, job, waiting),
                None => self.refuse(waiting),
            }
            taken += 1;
            let bytes = draft.as_ref().map_or(0, |draft| draft.bytes);
            let is_full = taken >= self.limits.group_jobs || bytes >= self.limits.group_bytes;
            next = if is_full { None } else { queue.try_recv().ok() };
        }
        self.finish(draft);
        true
    }

    /// Answers a job that came while the engine is broken.
    fn refuse(&mut self, waiting: oneshot::Sender<A>) {
        if let Some(broken) = &self.broken {
            // A receiver that has gone no longer wants to know.
            let _ = waiting.send((self.hooks.failed)(broken));
        }
    }

    /// An empty draft over the published state; none while the engine is broken and cannot be reopened.
    fn begin(&mut self) -> Option<Draft<A>> {
        if self.broken.is_some() {
            self.broken = self.recover().err();
            self.tell(self.broken.as_ref());
        }
        if self.broken.is_some() {
            return None;
        }
        let Published { state, last } = Published::clone(&self.published.load());
        Some(Draft {
            state,
            group: Group { number: last.number + 1, at: last.at, writes: BTreeMap::new() },
            bytes: 0,
            answers: Vec::new(),
            first_write: None,
        })
    }

    /// Opens the engine again and takes what it holds for the truth.
    fn recover(&mut self) -> Result<(), StoreError> {
        if let Some(engine) = &mut self.engine {
            engine.reopen()?;
            let (state, last) = load(&mut **engine)?;
            self.published.store(Arc::new(Published { state: Arc::new(state), last }));
            self.counters.reopened.fetch_add(1, Relaxed);
        }
        Ok(())
    }

    /// Says why changes are refused, or that they are not.
    fn tell(&self, error: Option<&StoreError>) {
        *self.refusal.lock().unwrap_or_else(PoisonError::into_inner) = error.map(ToString::to_string);
    }

    fn decide(&mut self, draft: &mut Draft<A>, job: J, waiting: oneshot::Sender<A>) {
        // The draft's state is a value that the job can only read, so a panic leaves it as it was.
        let decided = catch_unwind(AssertUnwindSafe(|| {
            let decision = (self.hooks.decide)(&draft.state, job, draft.group.number);
            let batch = decision.batch.map(|(batch, state)| (batch.at, encode(&batch), state));
            (decision.answer, batch)
        }));
        let Ok((answer, batch)) = decided else {
            self.counters.panics.fetch_add(1, Relaxed);
            draft.answers.push((waiting, (self.hooks.panicked)()));
            return;
        };
        if let Some((Timestamp(at), rows, state)) = batch {
            draft.first_write.get_or_insert(draft.answers.len());
            draft.state = Arc::new(state);
            draft.group.at = draft.group.at.max(at);
            for (key, value) in rows {
                draft.bytes += key.len() + value.as_ref().map_or(0, Vec::len);
                draft.group.writes.insert(key, value);
            }
        }
        draft.answers.push((waiting, answer));
    }

    /// Commits, publishes, answers; or refuses whatever may rest on a commit that failed.
    fn finish(&mut self, draft: Option<Draft<A>>) {
        let Some(mut draft) = draft else {
            return;
        };
        let mut took = None;
        match draft.first_write.map(|first_write| (first_write, self.commit(&draft))) {
            None => {}
            Some((_, Ok(time))) => {
                took = Some(time);
                self.tell(None);
            }
            Some((first_write, Err(error))) => {
                self.counters.failures.fetch_add(1, Relaxed);
                for (_, answer) in &mut draft.answers[first_write..] {
                    *answer = (self.hooks.failed)(&error);
                }
                // One row that is too long says nothing about others.
                if !matches!(error, StoreError::Oversized { .. }) {
                    self.tell(Some(&error));
                }
                self.broken = (!error.is_untouched()).then_some(error);
            }
        }
        let jobs = draft.answers.len();
        for (waiting, answer) in draft.answers {
            // A receiver that has gone no longer wants to know.
            let _ = waiting.send(answer);
        }
        if let Some(took) = took {
            (self.hooks.committed)(&Commit { group: &draft.group, state: &draft.state, jobs, took });
        }
    }

    fn commit(&mut self, draft: &Draft<A>) -> Result<Duration, StoreError> {
        let began = Instant::now();
        if let Some(engine) = &mut self.engine {
            engine.commit(&draft.group)?;
        }
        let took = began.elapsed();
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.counters.commit_micros.fetch_add(micros, Relaxed);
        let last = LastGroup { number: draft.group.number, at: draft.group.at };
        self.published.store(Arc::new(Published { state: draft.state.clone(), last }));
        self.counters.groups.fetch_add(1, Relaxed);
        self.counters.grouped_jobs.fetch_add(draft.answers.len() as u64, Relaxed);
        self.counters.rows.fetch_add(draft.group.writes.len() as u64, Relaxed);
        self.counters.bytes.fetch_add(draft.bytes as u64, Relaxed);
        Ok(took)
    }
}

fn encode(batch: &Batch) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    batch.writes.iter().map(|(key, record)| (key.encode(), record.as_ref().map(Record::encode))).collect()
}

/// The state that an engine holds.
pub(crate) fn load(engine: &mut dyn Engine) -> Result<(State, LastGroup), StoreError> {
    let mut loader = Loader::default();
    let last = engine.load(&mut |key, value| {
        let at = Key::decode(key).map_err(|error| undecodable(key, &error))?;
        loader.add(Record::decode(&at, value).map_err(|error| undecodable(key, &error))?);
        Ok(())
    })?;
    let last_commit = if last.number > 0 { Timestamp(last.at) } else { Timestamp::default() };
    Ok((loader.finish(last_commit), last))
}

/// Says which row does not decode.
pub(crate) fn undecodable(key: &[u8], error: &minicbor::decode::Error) -> StoreError {
    StoreError::Undecodable { key: key.escape_ascii().to_string(), reason: error.to_string() }
}
