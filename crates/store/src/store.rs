//! `Store`: snapshots for readers, a queue for writers.

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use arc_swap::ArcSwap;
use crossconnect_core::{Batch, State};
use tokio::sync::oneshot;

use crate::queue::{self, Message, Queue};
use crate::writer::Writer;
use crate::{Engine, Group, LastGroup, Note, Notes, Room, StoreError};

/// What a job came to.
pub struct Decision<A> {
    /// The answer to whoever sent it, once all that it may rest on is durable.
    pub answer: A,
    /// What it changes, and the state with that change in it; `None` when it changes nothing.
    pub batch: Option<(Batch, State)>,
}

/// A group that was committed and published, and whose jobs were answered.
pub struct Commit<'a> {
    /// What was made durable.
    pub group: &'a Group,
    /// The state with it.
    pub state: &'a Arc<State>,
    /// How many jobs it had, refused ones among them.
    pub jobs: usize,
    /// How long the engine took.
    pub took: Duration,
}

/// What the server makes of jobs. All run on the writer's thread.
pub struct Hooks<J, A> {
    /// Decides a job on a draft: the published state and what its group, by that number, has changed so far.
    pub decide: Decide<J, A>,
    /// The answer to a job that panicked; nothing of it is kept.
    pub panicked: Box<dyn FnMut() -> A + Send>,
    /// The answer to a job that changes something, or may rest on a change, that could not be made durable.
    pub failed: Box<dyn FnMut(&StoreError) -> A + Send>,
    /// Is told of each group, in order. The next one waits for it.
    pub committed: Committed,
    /// Puts on record what jobs came to, where that is kept.
    pub witness: Option<Witness<A>>,
}

/// What a witness is told of a group, in this order. After an error of its own nobody gets the answer that was decided.
pub enum Moment<'a, A> {
    /// The engine was opened, keeps notes, and holds these.
    Opened(Notes),
    /// Its jobs were decided, and are committed next if there is a change among them. What is put on record now is to be
    /// durable when [`Moment::Committed`] returns: by the note, or by what the witness does itself.
    Decided {
        /// The group's number.
        group: u64,
        /// The first answer that rests on this group's commit, if any does.
        first_write: Option<usize>,
        /// What its jobs are to be answered, in order.
        answers: &'a mut dyn Iterator<Item = &'a A>,
        /// What the engine is to keep beside the group, if it keeps notes and the group is committed.
        note: Option<&'a mut Note>,
    },
    /// The engine has made it durable. Nobody sees it before this returns.
    Committed,
    /// The engine has failed: every answer from the first that rests on the commit becomes this error.
    Failed(&'a StoreError),
    /// After a failure the engine holds the groups up to this number.
    Reopened(u64),
}

/// Puts on record what jobs came to. See [`Moment`].
pub type Witness<A> = Box<dyn FnMut(Moment<'_, A>) -> Result<(), StoreError> + Send>;

/// Is told of a group. See [`Hooks`].
pub type Committed = Box<dyn FnMut(&Commit<'_>) + Send>;

/// Decides one job. See [`Hooks`].
pub type Decide<J, A> = Box<dyn FnMut(&State, J, u64) -> Decision<A> + Send>;

/// How much may wait, and how much goes into one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Jobs that may wait; further ones are refused.
    pub queue: usize,
    /// Jobs in one group.
    pub group_jobs: usize,
    /// Bytes of rows after which a group is closed; the job that crosses this is still in it.
    pub group_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { queue: 4096, group_jobs: 1024, group_bytes: 1 << 20 }
    }
}

/// What the writer has done since it began. Each only grows.
#[derive(Debug, Default)]
pub struct Counters {
    /// Jobs that have waited at one time at most.
    pub queued_most: AtomicU64,
    /// Jobs taken from the queue.
    pub jobs: AtomicU64,
    /// Groups committed and published.
    pub groups: AtomicU64,
    /// Jobs in those groups, refusals among them.
    pub grouped_jobs: AtomicU64,
    /// Rows written or removed by those groups.
    pub rows: AtomicU64,
    /// Bytes of those rows.
    pub bytes: AtomicU64,
    /// Microseconds spent in the engine's commits.
    pub commit_micros: AtomicU64,
    /// Groups that could not be committed.
    pub failures: AtomicU64,
    /// How often the engine was reopened after a failure.
    pub reopened: AtomicU64,
    /// Jobs that panicked.
    pub panics: AtomicU64,
}

impl Counters {
    /// One job has left the queue.
    pub(crate) fn took_job(&self) {
        self.jobs.fetch_add(1, Relaxed);
    }
}

/// Why a job was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// As many jobs wait as may.
    #[error("{limit} changes wait already: try again")]
    Full {
        /// [`Limits::queue`].
        limit: usize,
    },
    /// The store is shutting down, or its writer has ended.
    #[error("the store is shutting down")]
    Stopped,
}

/// The answer to a job, which may not be there yet.
#[derive(Debug)]
pub struct Pending<A>(oneshot::Receiver<Result<A, SubmitError>>);

impl<A> Pending<A> {
    /// The answer that comes there.
    pub fn new(receiver: oneshot::Receiver<Result<A, SubmitError>>) -> Self {
        Pending(receiver)
    }

    /// Waits for it.
    ///
    /// # Errors
    /// The job had to give way to one of a lane with fewer, or the writer ended before it.
    pub async fn answer(self) -> Result<A, SubmitError> {
        self.0.await.unwrap_or(Err(SubmitError::Stopped))
    }

    /// The same from a thread that may block.
    ///
    /// # Errors
    /// As for [`Pending::answer`].
    pub fn blocking_answer(self) -> Result<A, SubmitError> {
        self.0.blocking_recv().unwrap_or(Err(SubmitError::Stopped))
    }

    /// The answer, if it is there.
    ///
    /// # Errors
    /// As for [`Pending::answer`].
    pub fn try_answer(&mut self) -> Result<Option<A>, SubmitError> {
        match self.0.try_recv() {
            Ok(answer) => answer.map(Some),
            Err(oneshot::error::TryRecvError::Empty) => Ok(None),
            Err(oneshot::error::TryRecvError::Closed) => Err(SubmitError::Stopped),
        }
    }
}

/// A state, and the group after which it holds.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// It never changes.
    pub state: Arc<State>,
    /// The last group that is in it.
    pub last: LastGroup,
}

/// The published state, and the writer behind it.
pub struct Store<J, A> {
    published: Arc<ArcSwap<Published>>,
    counters: Arc<Counters>,
    queue: Arc<Queue<J, A>>,
    opened_at: LastGroup,
    refusal: Arc<Mutex<Option<String>>>,
    /// What the engine looks at before each commit.
    room: Option<Room>,
    writer: Mutex<Option<JoinHandle<Result<(), StoreError>>>>,
}

impl<J: Send + 'static, A: Send + 'static> Store<J, A> {
    /// Loads everything from the engine and starts the writer. Without an engine nothing outlives the process.
    ///
    /// # Errors
    /// The engine cannot be read, a row does not decode, or no thread can be started.
    pub fn open(engine: Option<Box<dyn Engine>>, hooks: Hooks<J, A>, limits: Limits) -> Result<Self, StoreError> {
        let room = engine.as_ref().and_then(|engine| engine.room());
        let writer = Writer::open(engine, hooks)?;
        let (published, counters, refusal) = (writer.publishes(), writer.counters().clone(), writer.refusal());
        let opened_at = published.load().last;
        let queue = Arc::new(Queue::new(limits.queue));
        let jobs = queue.clone();
        let writer = std::thread::Builder::new()
            .name(String::from("writer"))
            .spawn(move || queue::run(writer, limits, &jobs))
            .map_err(StoreError::io("start the thread", "writer"))?;
        Ok(Self { published, counters, queue, opened_at, refusal, room, writer: Mutex::new(Some(writer)) })
    }

    /// The state after the last commit. It never changes; ask again for a later one.
    pub fn snapshot(&self) -> Arc<State> {
        self.published.load().state.clone()
    }

    /// The same, and after which group it holds.
    pub fn published(&self) -> Arc<Published> {
        self.published.load_full()
    }

    /// The last group that the store held when it was opened: its time tells whether this machine's clock went back.
    pub fn opened_at(&self) -> LastGroup {
        self.opened_at
    }

    /// What the writer has done so far.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Why changes are refused at the moment; nothing while they are taken.
    pub fn refusal(&self) -> Option<String> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        match &*writer {
            None => Some("the store is shutting down".to_owned()),
            Some(writer) if writer.is_finished() => Some("the store's writer has ended".to_owned()),
            Some(_) => {
                let told = self.refusal.lock().unwrap_or_else(PoisonError::into_inner).clone();
                // The first change to be refused is not waited for.
                told.or_else(|| self.room.as_ref()?.require(0).err().map(|error| error.to_string()))
            }
        }
    }

    /// Queues a job in a lane; never waits. Lanes are served in turn, so that who sends much waits behind its own.
    ///
    /// # Errors
    /// As many jobs wait as may, and no lane has more than this one; or the store is shutting down.
    pub fn submit(&self, lane: u64, job: J) -> Result<Pending<A>, SubmitError> {
        let (waiting, answer) = oneshot::channel();
        let length = self.queue.push(lane, Message(job, waiting))?;
        self.counters.queued_most.fetch_max(length as u64, Relaxed);
        Ok(Pending(answer))
    }

    /// Whether a job of that lane would be taken now.
    pub fn has_room(&self, lane: u64) -> bool {
        self.queue.has_room(lane)
    }

    /// How many jobs wait.
    pub fn queued(&self) -> usize {
        self.queue.length()
    }

    /// Answers all that was queued before, closes the engine and waits for that. Later calls do nothing.
    ///
    /// # Errors
    /// The engine cannot be closed in order, or failed before and was not opened again since.
    pub fn shutdown(&self) -> Result<(), StoreError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(writer) = writer else {
            return Ok(());
        };
        self.queue.close();
        writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}
