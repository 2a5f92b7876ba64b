//! The queue of jobs, and the writer's thread, which takes what waits, a group at a time, and hands it to the [`Writer`].

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::StoreError;
use crate::lanes::Lanes;
use crate::store::{Limits, SubmitError};
use crate::writer::{Draft, Writer};

/// How long to wait before it is tried whether changes can be taken again.
const RETRY: Duration = Duration::from_secs(1);

/// A job, and who waits for its answer.
pub(crate) struct Message<J, A>(pub(crate) J, pub(crate) Waiting<A>);

/// Leads to who waits: an answer, or why there is none.
pub(crate) type Waiting<A> = oneshot::Sender<Result<A, SubmitError>>;

/// What waits for the writer.
pub(crate) struct Queue<J, A> {
    inside: Mutex<Inside<J, A>>,
    arrived: Condvar,
    length_max: usize,
}

struct Inside<J, A> {
    lanes: Lanes<Message<J, A>>,
    /// Nothing more is taken; what is there is still answered.
    is_closed: bool,
}

/// What a wait has come to.
enum Taken<J, A> {
    Message(Message<J, A>),
    TimedOut,
    /// There will be nothing more.
    Closed,
}

impl<J, A> Queue<J, A> {
    pub(crate) fn new(length_max: usize) -> Self {
        let inside = Inside { lanes: Lanes::new(length_max), is_closed: false };
        Queue { inside: Mutex::new(inside), arrived: Condvar::new(), length_max }
    }

    fn inside(&self) -> MutexGuard<'_, Inside<J, A>> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a job of that lane would be taken.
    pub(crate) fn has_room(&self, lane: u64) -> bool {
        self.inside().lanes.has_room(lane)
    }

    /// Queues a job, and answers how many wait then. One that has to give way to it is told so.
    pub(crate) fn push(&self, lane: u64, message: Message<J, A>) -> Result<usize, SubmitError> {
        let full = SubmitError::Full { limit: self.length_max };
        let mut inside = self.inside();
        if inside.is_closed {
            return Err(SubmitError::Stopped);
        }
        let given_way = inside.lanes.push(lane, message).map_err(|_| full)?;
        let length = inside.lanes.length();
        drop(inside);
        self.arrived.notify_one();
        if let Some(Message(_, waiting)) = given_way {
            // A receiver that has gone no longer wants to know.
            let _ = waiting.send(Err(full));
        }
        Ok(length)
    }

    fn take(&self, patience: Option<Duration>) -> Taken<J, A> {
        let mut inside = self.inside();
        loop {
            if let Some(message) = inside.lanes.pop() {
                return Taken::Message(message);
            }
            if inside.is_closed {
                return Taken::Closed;
            }
            let Some(patience) = patience else {
                inside = self.arrived.wait(inside).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let (woken, timeout) = self.arrived.wait_timeout(inside, patience).unwrap_or_else(PoisonError::into_inner);
            inside = woken;
            if timeout.timed_out() && inside.lanes.length() == 0 {
                return Taken::TimedOut;
            }
        }
    }

    /// What waits, without waiting.
    fn try_take(&self) -> Option<Message<J, A>> {
        self.inside().lanes.pop()
    }

    /// How many wait.
    pub(crate) fn length(&self) -> usize {
        self.inside().lanes.length()
    }

    /// Takes nothing more.
    pub(crate) fn close(&self) {
        self.inside().is_closed = true;
        self.arrived.notify_one();
    }
}

/// Leaves nobody waiting when the thread ends, however it does.
struct Ending<'a, J, A>(&'a Queue<J, A>);

impl<J, A> Drop for Ending<'_, J, A> {
    fn drop(&mut self) {
        self.0.close();
        self.0.inside().lanes.clear();
    }
}

/// Works until the queue is closed, then closes the engine.
pub(crate) fn run<J, A>(
    mut writer: Writer<J, A, Waiting<A>>,
    limits: Limits,
    queue: &Queue<J, A>,
) -> Result<(), StoreError> {
    let _ending = Ending(queue);
    loop {
        // While changes are refused nobody may send any, so whether they can be taken again is tried without them.
        match queue.take(writer.is_refusing().then_some(RETRY)) {
            Taken::Message(message) => work(&mut writer, limits, message, queue),
            Taken::TimedOut => writer.retry(&mut send),
            Taken::Closed => return writer.close(),
        }
    }
}

/// Makes a group of this message and those that wait.
fn work<J, A>(writer: &mut Writer<J, A, Waiting<A>>, limits: Limits, first: Message<J, A>, queue: &Queue<J, A>) {
    let mut draft = writer.begin();
    let mut next = Some(first);
    let mut taken = 0;
    while let Some(Message(job, waiting)) = next {
        writer.counters().took_job();
        match &mut draft {
            Some(draft) => writer.decide(draft, job, waiting),
            None => writer.refuse(waiting, &mut send),
        }
        taken += 1;
        let bytes = draft.as_ref().map_or(0, Draft::bytes);
        let is_full = taken >= limits.group_jobs || bytes >= limits.group_bytes;
        next = if is_full { None } else { queue.try_take() };
    }
    if let Some(draft) = draft {
        writer.finish(draft, &mut send);
    }
}

/// A receiver that has gone no longer wants to know.
fn send<A>(waiting: Waiting<A>, answer: A) {
    let _ = waiting.send(Ok(answer));
}
