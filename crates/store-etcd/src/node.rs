//! One node of several over one etcd cluster: its own state, which follows what all of them commit.

use crate::beat::beat;
use crate::follow;
use crate::line;
use crate::options::Options;
use crate::reads;
use crate::setup;
use crate::shared::Shared;
use crossconnect_core::State;
use crossconnect_store::{Committed, Counters, Decision, LastGroup, Pending, Published, StoreError, SubmitError};
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How long etcd may be silent before reads do without it and changes are refused.
pub(crate) const SILENCE: Duration = Duration::from_secs(1);
/// How long a start waits for the cluster.
const START: Duration = Duration::from_secs(20);
/// How long a stop waits for changes under way.
const STOP: Duration = Duration::from_secs(5);

/// What the server makes of jobs.
pub struct Hooks<J, A> {
    /// Decides a job on the state that this node has applied. It may be called several times for one job, and must look
    /// up and write a row that is the job's own, by which a job that was done before is known again.
    pub decide: Decide<J, A>,
    /// The answer to a job that panicked; nothing of it is kept.
    pub panicked: Box<dyn Fn() -> A + Send + Sync>,
    /// The answer to a job that could not be done, or of which nobody can tell.
    pub failed: Box<dyn Fn(&StoreError) -> A + Send + Sync>,
    /// Is told of every commit of any node, in order. The next one waits for it.
    pub committed: Mutex<Committed>,
    /// Is told how long etcd took for a commit of this node.
    pub timed: Box<dyn Fn(Duration) + Send + Sync>,
    /// What this node's clock shows, in milliseconds since the epoch.
    pub clock: Box<dyn Fn() -> i64 + Send + Sync>,
}

/// Decides one job. See [`Hooks`].
pub type Decide<J, A> = Box<dyn Fn(&State, &J) -> Decision<A> + Send + Sync>;

/// Whether reads wait for a quorum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Each sees what was committed, by whichever node, before it was asked for.
    Linearizable,
    /// Each sees what this node has applied.
    Local,
}

/// What a node counts beside its changes. Each only grows.
#[derive(Debug, Default)]
pub struct Figures {
    /// Commits that etcd refused, because something that they rested on had changed.
    pub conflicts: AtomicU64,
    /// Commits of which nobody could tell whether they were made, until a fence told.
    pub fences: AtomicU64,
    /// Loads of everything, the first one among them.
    pub loads: AtomicU64,
    /// Watches that were begun, the first one among them.
    pub watches: AtomicU64,
    /// Reads that were answered without a quorum, because etcd was silent.
    pub local_reads: AtomicU64,
}

/// A node. It ends with [`Node::shutdown`].
pub struct Node<J, A> {
    shared: Arc<Shared<J, A>>,
    opened_at: LastGroup,
    runtime: Mutex<Option<Runtime>>,
    handle: tokio::runtime::Handle,
}

impl<J: Send + Sync + 'static, A: Send + 'static> Node<J, A> {
    /// Loads everything and follows what is committed from then on; takes so many changes at one time. Must not be called
    /// where blocking is forbidden.
    ///
    /// # Errors
    /// The cluster cannot be reached or refuses us, or what it holds cannot be read.
    pub fn open(options: Options, reads: Reads, changes_max: usize, hooks: Hooks<J, A>) -> Result<Self, StoreError> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().thread_name("etcd").build();
        let runtime = runtime.map_err(|error| setup::engine(&options, format!("cannot start threads: {error}")))?;
        let shared = Arc::new(Shared::new(options, reads, changes_max, hooks));
        let opened = runtime.block_on(async {
            let deadline = Instant::now() + START;
            setup::prepare(&shared.client, &shared.keys, deadline).await?;
            let from = follow::load(&shared, deadline).await?;
            shared.raise_fence(deadline).await.map_err(|error| setup::call(shared.client.options(), &error))?;
            tokio::spawn(follow::follow(shared.clone(), from));
            tokio::spawn(reads::serve(shared.clone()));
            tokio::spawn(beat(shared.clone()));
            Ok::<_, StoreError>(shared.applied().published.last)
        })?;
        let handle = runtime.handle().clone();
        Ok(Node { shared, opened_at: opened, runtime: Mutex::new(Some(runtime)), handle })
    }

    /// The last commit that there was when the node was opened.
    pub fn opened_at(&self) -> LastGroup {
        self.opened_at
    }

    /// What this node has applied.
    pub fn published(&self) -> Arc<Published> {
        self.shared.applied().published.clone()
    }

    /// The same, once it holds all that was committed before this was called, unless reads are local or etcd is silent.
    pub async fn current(&self) -> Arc<Published> {
        if self.shared.reads == Reads::Linearizable {
            self.shared.catch_up().await;
        }
        self.published()
    }

    /// Has a job decided once it is the turn of its lane, and committed and applied here.
    ///
    /// # Errors
    /// As many changes are under way as may, and none of a longer lane can give way; or the node is stopping.
    pub fn submit(&self, lane: u64, job: J) -> Result<Pending<A>, SubmitError> {
        if self.shared.is_stopping() {
            return Err(SubmitError::Stopped);
        }
        let pending = line::submit(&self.shared, &self.handle, lane, job)?;
        self.shared.counters.queued_most.fetch_max(self.under_way() as u64, Relaxed);
        self.shared.counters.jobs.fetch_add(1, Relaxed);
        Ok(Pending::new(pending))
    }

    /// How many changes are under way.
    pub fn under_way(&self) -> usize {
        self.shared.line.length()
    }

    /// Whether a change of that lane would be taken.
    pub fn has_room(&self, lane: u64) -> bool {
        self.shared.line.has_room(lane)
    }

    /// What has been done to carry changes.
    pub fn counters(&self) -> &Counters {
        &self.shared.counters
    }

    /// What the node counts besides.
    pub fn figures(&self) -> &Figures {
        &self.shared.figures
    }

    /// How old what this node has applied may be.
    pub fn age(&self) -> Duration {
        self.shared.age()
    }

    /// How many nodes there are, as far as this one knows.
    pub fn nodes(&self) -> usize {
        self.shared.clocks().nodes()
    }

    /// Why changes are refused at the moment; nothing while they are taken.
    pub fn refusal(&self) -> Option<String> {
        if self.shared.is_stopping() {
            return Some("the store is shutting down".to_owned());
        }
        self.shared.refusal().map(|error| error.to_string())
    }

    /// Answers what is under way, gives up this node's lease, and ends. Later calls do nothing.
    ///
    /// # Errors
    /// None so far: what was acknowledged is the cluster's already.
    pub fn shutdown(&self) -> Result<(), StoreError> {
        self.shared.stop();
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(runtime) = runtime else { return Ok(()) };
        runtime.block_on(async {
            let until = Instant::now() + STOP;
            while self.under_way() > 0 && Instant::now() < until {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let lease = *self.shared.lease.lock().await;
            // It ends by itself where this fails.
            let _ = tokio::time::timeout(SILENCE, self.shared.client.revoke(lease)).await;
        });
        runtime.shutdown_background();
        Ok(())
    }
}
