//! The writer: puts all changes in order, one step at a time.
//!
//! What waits becomes one group: each job is decided on a draft that holds what the group has changed so far, then the
//! group is committed with one sync, then the draft is published, then every job is answered. A thread drives it
//! ([`Store`](crate::Store)), or a simulation does; it waits for nobody and reads no clock to decide anything.
//! INVARIANT: no answer leaves before the sync of what it may rest on, and none before readers can see what it says.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use crossconnect_core::{Batch, Key, Loader, Record, State, Timestamp};

use crate::snapshot::RESTORING;
use crate::store::{Commit, Counters, Hooks, Moment, Published};
use crate::{Engine, Group, LastGroup, Note, StoreError};

/// Decides, commits and answers. `J` is a job, `A` an answer, `W` whatever leads an answer to who waits for it.
pub struct Writer<J, A, W> {
    engine: Option<Box<dyn Engine>>,
    hooks: Hooks<J, A>,
    counters: Arc<Counters>,
    /// Whether there is a witness, and an engine that keeps its notes.
    is_noting: bool,
    published: Arc<ArcSwap<Published>>,
    /// Why the engine must be reopened and the state loaded anew before the next commit.
    broken: Option<StoreError>,
    /// Why changes are refused, for whoever asks: the engine is broken, or has no room.
    refusal: Arc<Mutex<Option<String>>>,
    waiting: PhantomData<fn(W)>,
}

/// What the jobs of one group have come to so far.
pub struct Draft<A, W> {
    state: Arc<State>,
    group: Group,
    bytes: usize,
    answers: Vec<(W, A)>,
    /// The first answer that came with a batch: it and those after it may rest on what is not committed yet.
    first_write: Option<usize>,
}

impl<A, W> Draft<A, W> {
    /// Bytes of the rows that it writes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

impl<J, A, W> Writer<J, A, W> {
    /// Loads everything from the engine. Without one nothing outlives the process.
    ///
    /// # Errors
    /// The engine cannot be read, or a row does not decode.
    pub fn open(mut engine: Option<Box<dyn Engine>>, mut hooks: Hooks<J, A>) -> Result<Self, StoreError> {
        let (state, last) = match &mut engine {
            Some(engine) => load(&mut **engine)?,
            None => (State::default(), LastGroup::default()),
        };
        let mut is_noting = false;
        if let (Some(engine), Some(witness)) = (&mut engine, &mut hooks.witness)
            && let Some(notes) = engine.notes()?
        {
            witness(Moment::Opened(notes))?;
            is_noting = true;
        }
        Ok(Writer {
            engine,
            hooks,
            counters: Arc::default(),
            is_noting,
            published: Arc::new(ArcSwap::from_pointee(Published { state: Arc::new(state), last })),
            broken: None,
            refusal: Arc::default(),
            waiting: PhantomData,
        })
    }

    /// What it has published, and will.
    pub(crate) fn publishes(&self) -> Arc<ArcSwap<Published>> {
        self.published.clone()
    }

    /// What it has published last.
    pub fn published(&self) -> Arc<Published> {
        self.published.load_full()
    }

    /// What it has done so far.
    pub fn counters(&self) -> &Arc<Counters> {
        &self.counters
    }

    /// Where it says why changes are refused.
    pub(crate) fn refusal(&self) -> Arc<Mutex<Option<String>>> {
        self.refusal.clone()
    }

    /// Whether changes are refused until the engine works again.
    pub fn is_refusing(&self) -> bool {
        self.refusal.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Leaves the engine in order, unless it failed and was not opened again since.
    ///
    /// # Errors
    /// The engine cannot be closed in order, or failed before.
    pub fn close(self) -> Result<(), StoreError> {
        match (self.broken, self.engine) {
            (Some(broken), _) => Err(broken),
            (None, Some(mut engine)) => engine.close(),
            (None, None) => Ok(()),
        }
    }

    /// Reopens what is broken, and then commits a group without rows, which shows that others can be.
    pub fn retry(&mut self, send: &mut dyn FnMut(W, A)) {
        if let Some(mut draft) = self.begin() {
            draft.first_write = Some(0);
            self.finish(draft, send);
        }
    }

    /// Answers a job that came while the engine is broken.
    pub fn refuse(&mut self, waiting: W, send: &mut dyn FnMut(W, A)) {
        if let Some(broken) = &self.broken {
            send(waiting, (self.hooks.failed)(broken));
        }
    }

    /// An empty draft over the published state; none while the engine is broken and cannot be reopened.
    pub fn begin(&mut self) -> Option<Draft<A, W>> {
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
            self.witness(Moment::Reopened(last.number))?;
        }
        Ok(())
    }

    /// Says why changes are refused, or that they are not.
    fn tell(&self, error: Option<&StoreError>) {
        *self.refusal.lock().unwrap_or_else(PoisonError::into_inner) = error.map(ToString::to_string);
    }

    /// Decides a job on the draft. Its answer waits there.
    pub fn decide(&mut self, draft: &mut Draft<A, W>, job: J, waiting: W) {
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
    pub fn finish(&mut self, mut draft: Draft<A, W>, send: &mut dyn FnMut(W, A)) {
        let mut took = None;
        match self.record_and_commit(&draft) {
            Ok(time) => {
                took = time;
                if took.is_some() {
                    self.tell(None);
                }
            }
            Err((first_failed, error)) => {
                self.counters.failures.fetch_add(1, Relaxed);
                for (_, answer) in &mut draft.answers[first_failed..] {
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
            send(waiting, answer);
        }
        if let Some(took) = took {
            (self.hooks.committed)(&Commit { group: &draft.group, state: &draft.state, jobs, took });
        }
    }

    /// Makes the group durable, and the record of what its jobs came to; how long the engine took, if there was anything
    /// to commit. The error comes with the first answer that may not be given.
    fn record_and_commit(&mut self, draft: &Draft<A, W>) -> Result<Option<Duration>, (usize, StoreError)> {
        let mut answers = draft.answers.iter().map(|(_, answer)| answer);
        let (group, first_write) = (draft.group.number, draft.first_write);
        let mut note = self.is_noting.then(Note::default);
        let decided = Moment::Decided { group, first_write, answers: &mut answers, note: note.as_mut() };
        self.witness(decided).map_err(|error| (0, error))?;
        let Some(first_write) = first_write else {
            return Ok(None);
        };
        let began = Instant::now();
        let committed = match (&mut self.engine, &note) {
            (Some(engine), Some(note)) => engine.commit_with(&draft.group, note),
            (Some(engine), None) => engine.commit(&draft.group),
            (None, _) => Ok(()),
        };
        if let Err(error) = committed {
            // The engine's own failure is the answer, whatever becomes of its record.
            let _ = self.witness(Moment::Failed(&error));
            return Err((first_write, error));
        }
        let took = began.elapsed();
        let recorded = self.witness(Moment::Committed);
        // It is committed, whether or not that may be told.
        self.publish(draft, took);
        recorded.map_err(|error| (0, error)).map(|()| Some(took))
    }

    /// Tells the witness, where there is one.
    fn witness(&mut self, moment: Moment<'_, A>) -> Result<(), StoreError> {
        self.hooks.witness.as_mut().map_or(Ok(()), |witness| witness(moment))
    }

    fn publish(&mut self, draft: &Draft<A, W>, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.counters.commit_micros.fetch_add(micros, Relaxed);
        let last = LastGroup { number: draft.group.number, at: draft.group.at };
        self.published.store(Arc::new(Published { state: draft.state.clone(), last }));
        self.counters.groups.fetch_add(1, Relaxed);
        self.counters.grouped_jobs.fetch_add(draft.answers.len() as u64, Relaxed);
        self.counters.rows.fetch_add(draft.group.writes.len() as u64, Relaxed);
        self.counters.bytes.fetch_add(draft.bytes as u64, Relaxed);
    }
}

fn encode(batch: &Batch) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    batch.writes.iter().map(|(key, record)| (key.encode(), record.as_ref().map(Record::encode))).collect()
}

/// The state that an engine holds, and the last group that is in it.
///
/// # Errors
/// The engine cannot be read, or a row does not decode.
pub fn load(engine: &mut dyn Engine) -> Result<(State, LastGroup), StoreError> {
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
    if key == RESTORING {
        return StoreError::HalfRestored;
    }
    StoreError::Undecodable { key: key.escape_ascii().to_string(), reason: error.to_string() }
}
