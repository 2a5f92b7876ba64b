//! Reading what is current: one read of a quorum serves all who wait for one.
//!
//! Whoever asks is served by a read that begins afterwards, and once this node has applied what that read has seen.

use crate::node::SILENCE;
use crate::shared::Shared;
use crate::transaction::one;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, oneshot};

/// From how many waiting readers on a read is put off a little, so that it serves more of them.
const CROWD: usize = 16;
/// How long it is put off.
const GATHER: Duration = Duration::from_millis(1);
/// How often a quorum is asked when nobody else does, so that its silence is noticed.
const PULSE: Duration = Duration::from_millis(250);
/// How far a member may be behind what it says a quorum has before another one is asked.
const BEHIND_MAX: Duration = Duration::from_secs(1);

/// Those who wait.
#[derive(Debug, Default)]
pub(crate) struct Readers {
    waiting: Mutex<Vec<oneshot::Sender<()>>>,
    called: Notify,
}

impl Readers {
    /// Done once the node has applied all that was committed before this was called. Fails only when the node stops.
    pub(crate) fn join(&self) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        self.called.notify_one();
        receiver
    }

    fn take(&self) -> Vec<oneshot::Sender<()>> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put_back(&self, readers: Vec<oneshot::Sender<()>>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend(readers.into_iter().filter(|reader| !reader.is_closed()));
    }
}

/// Serves readers, and keeps the pulse, until the node ends.
pub(crate) async fn serve<J: Send + Sync + 'static, A: Send + 'static>(node: Arc<Shared<J, A>>) {
    let (mut last_size, mut is_silent) = (0, false);
    loop {
        is_silent = tell_silence(&node, is_silent);
        // Whether somebody calls or not: a quorum is asked.
        let _ = tokio::time::timeout(PULSE, node.readers.called.notified()).await;
        if last_size > CROWD {
            tokio::time::sleep(GATHER).await;
        }
        let readers = node.readers.take();
        last_size = readers.len();
        if readers.is_empty() && node.client.silence() < PULSE {
            continue;
        }
        let began = Instant::now();
        // Once: who waits is told of a silence by the time, not by this.
        match node.client.range_since(node.applied().load, &one(node.keys.head())).await {
            Ok(answer) => {
                *last_error(&node) = None;
                let revision = answer.kvs.first().map_or(0, |head| head.mod_revision);
                let revision = u64::try_from(revision).unwrap_or_default();
                if node.applied().revision >= revision {
                    node.is_current_as_of(began);
                    answer_all(readers);
                } else {
                    let node = node.clone();
                    tokio::spawn(async move { wait(&node, revision, began, readers).await });
                }
            }
            Err(error) => {
                tracing::debug!(%error, "no quorum has answered");
                *last_error(&node) = Some(error.to_string());
                node.readers.put_back(readers);
                tokio::time::sleep(GATHER * 20).await;
                node.readers.called.notify_one();
            }
        }
    }
}

fn last_error<J, A>(node: &Shared<J, A>) -> MutexGuard<'_, Option<String>> {
    node.last_error.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Tells the log when etcd falls silent, and when it is heard again. Answers whether it is silent.
fn tell_silence<J, A>(node: &Shared<J, A>, was_silent: bool) -> bool {
    let is_silent = node.client.silence() >= SILENCE;
    if is_silent && !was_silent {
        let reason = last_error(node).clone().unwrap_or_default();
        tracing::warn!(reason, "etcd does not answer: changes are refused, and reads show what this node has");
    }
    if was_silent && !is_silent {
        tracing::info!("etcd answers again");
    }
    is_silent
}

/// Waits until the node has applied this revision. One that never does follows a member that is cut off.
async fn wait<J, A>(node: &Shared<J, A>, revision: u64, began: Instant, readers: Vec<oneshot::Sender<()>>) {
    match tokio::time::timeout(BEHIND_MAX, node.has_applied(revision)).await {
        Ok(()) => {
            node.is_current_as_of(began);
            answer_all(readers);
        }
        Err(_) => {
            // One that cannot be read is not to be had from another member either.
            if !node.is_broken() {
                tracing::warn!(revision, "the watch is behind what a quorum has; another member is followed");
                node.client.move_on().await;
            }
            node.readers.put_back(readers);
            node.readers.called.notify_one();
        }
    }
}

fn answer_all(readers: Vec<oneshot::Sender<()>>) {
    for reader in readers {
        // One that has gone no longer wants to know.
        let _ = reader.send(());
    }
}
