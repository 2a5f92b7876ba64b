//! The writer's thread: takes what waits, a group at a time, and hands it to the [`Writer`].

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::StoreError;
use crate::store::Limits;
use crate::writer::{Draft, Writer};

/// How long to wait before it is tried whether changes can be taken again.
const RETRY: Duration = Duration::from_secs(1);

/// What the queue holds.
pub(crate) enum Message<J, A> {
    /// A job, and who waits for its answer.
    Job(J, oneshot::Sender<A>),
    /// Finish what waits before this, and end.
    Stop,
}

type Waiting<A> = oneshot::Sender<A>;

/// Works until it is told to stop or nobody can send any more, then closes the engine.
pub(crate) fn run<J, A>(
    mut writer: Writer<J, A, Waiting<A>>,
    limits: Limits,
    queue: &Receiver<Message<J, A>>,
) -> Result<(), StoreError> {
    loop {
        // While changes are refused nobody may send any, so whether they can be taken again is tried without them.
        let message =
            if writer.is_refusing() { queue.recv_timeout(RETRY) } else { queue.recv().map_err(RecvTimeoutError::from) };
        let goes_on = match message {
            Ok(message) => work(&mut writer, limits, message, queue),
            Err(RecvTimeoutError::Disconnected) => false,
            Err(RecvTimeoutError::Timeout) => {
                writer.retry(&mut send);
                true
            }
        };
        if !goes_on {
            return writer.close();
        }
    }
}

/// Makes a group of this message and those that wait. False once it was told to stop.
fn work<J, A>(
    writer: &mut Writer<J, A, Waiting<A>>,
    limits: Limits,
    first: Message<J, A>,
    queue: &Receiver<Message<J, A>>,
) -> bool {
    if matches!(first, Message::Stop) {
        return false;
    }
    let mut draft = writer.begin();
    let mut next = Some(first);
    let mut taken = 0;
    let mut goes_on = true;
    while let Some(message) = next {
        let Message::Job(job, waiting) = message else {
            goes_on = false;
            break;
        };
        writer.counters().took_job();
        match &mut draft {
            Some(draft) => writer.decide(draft, job, waiting),
            None => writer.refuse(waiting, &mut send),
        }
        taken += 1;
        let bytes = draft.as_ref().map_or(0, Draft::bytes);
        let is_full = taken >= limits.group_jobs || bytes >= limits.group_bytes;
        next = if is_full { None } else { queue.try_recv().ok() };
    }
    if let Some(draft) = draft {
        writer.finish(draft, &mut send);
    }
    goes_on
}

/// A receiver that has gone no longer wants to know.
fn send<A>(waiting: Waiting<A>, answer: A) {
    let _ = waiting.send(answer);
}
