//! One node of several over one etcd cluster: its own state, which follows what all of them commit.

use crate::beat::{AHEAD_MAX, Clocks, beat};
use crate::client::Client;
use crate::follow;
use crate::gate::Gate;
use crate::grpc::CallError;
use crate::keys::Keys;
use crate::line::{self, Line};
use crate::options::Options;
use crate::reads::{self, Readers};
use crate::setup;
use crate::transaction::Fence;
use arc_swap::ArcSwap;
use crossconnect_core::State;
use crossconnect_core::settings::Clock;
use crossconnect_store::{Committed, Counters, Decision, LastGroup, Pending, Published, StoreError, SubmitError};
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::sync::watch;

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

/// What a node has applied.
#[derive(Debug, Clone)]
pub(crate) struct Applied {
    pub(crate) published: Arc<Published>,
    /// The revision of the last commit in it.
    pub(crate) revision: u64,
}

/// What the parts of a node share.
pub(crate) struct Shared<J, A> {
    pub(crate) client: Client,
    pub(crate) keys: Keys,
    pub(crate) name: String,
    pub(crate) hooks: Hooks<J, A>,
    pub(crate) reads: Reads,
    applied: ArcSwap<Applied>,
    progress: watch::Sender<u64>,
    pub(crate) readers: Readers,
    pub(crate) gate: Gate,
    pub(crate) counters: Arc<Counters>,
    pub(crate) figures: Figures,
    pub(crate) lease: tokio::sync::Mutex<i64>,
    pub(crate) fence: Mutex<Fence>,
    pub(crate) clocks: Mutex<Clocks>,
    pub(crate) is_full: AtomicBool,
    /// Why what etcd holds is of no use to this node.
    pub(crate) broken: Mutex<Option<String>>,
    began: Instant,
    /// As of when the state was last known to be current, in milliseconds after `began`.
    current: AtomicU64,
    is_stopping: AtomicBool,
    pub(crate) line: Line<J, A>,
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
    /// Loads everything and follows what is committed from then on; takes so many changes at one time. Must not be called where blocking is forbidden.
    ///
    /// # Errors
    /// The cluster cannot be reached or refuses us, or what it holds cannot be read.
    pub fn open(options: Options, reads: Reads, changes_max: usize, hooks: Hooks<J, A>) -> Result<Self, StoreError> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().thread_name("etcd").build();
        let runtime = runtime.map_err(|error| setup::engine(&options, format!("cannot start threads: {error}")))?;
        let keys = Keys::new(&options.prefix);
        let name = setup::new_name();
        let fence = Mutex::new(Fence { key: keys.fence(&name), revision: 0 });
        let nothing = Applied { published: Arc::new(Published::default()), revision: 0 };
        let shared = Arc::new(Shared {
            client: Client::new(options),
            keys,
            name,
            hooks,
            reads,
            applied: ArcSwap::from_pointee(nothing),
            progress: watch::Sender::new(0),
            readers: Readers::default(),
            gate: Gate::default(),
            counters: Arc::default(),
            figures: Figures::default(),
            lease: tokio::sync::Mutex::new(0),
            fence,
            clocks: Mutex::default(),
            is_full: AtomicBool::new(false),
            broken: Mutex::new(None),
            began: Instant::now(),
            current: AtomicU64::new(0),
            is_stopping: AtomicBool::new(false),
            line: Line::new(changes_max),
        });
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
        if self.shared.is_stopping.load(Acquire) {
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
        if self.shared.is_stopping.load(Acquire) {
            return Some("the store is shutting down".to_owned());
        }
        self.shared.refusal().map(|error| error.to_string())
    }

    /// Answers what is under way, gives up this node's lease, and ends. Later calls do nothing.
    ///
    /// # Errors
    /// None so far: what was acknowledged is the cluster's already.
    pub fn shutdown(&self) -> Result<(), StoreError> {
        self.shared.is_stopping.store(true, Release);
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

impl<J, A> Shared<J, A> {
    pub(crate) fn applied(&self) -> Arc<Applied> {
        self.applied.load_full()
    }

    /// Publishes what was applied; who waits for it is told.
    pub(crate) fn publish(&self, applied: Applied) {
        let revision = applied.revision;
        self.applied.store(Arc::new(applied));
        self.progress.send_replace(revision);
    }

    /// Done once this revision is applied.
    pub(crate) async fn has_applied(&self, revision: u64) {
        let mut progress = self.progress.subscribe();
        // The sender is ours: it cannot go before us.
        let _ = progress.wait_for(|applied| *applied >= revision).await;
    }

    /// Done once all is applied that was committed before this was called, or etcd has been silent for too long: then
    /// false.
    pub(crate) async fn catch_up(&self) -> bool {
        let mut current = self.readers.join();
        loop {
            let left = SILENCE.saturating_sub(self.client.silence());
            if left.is_zero() {
                self.figures.local_reads.fetch_add(1, Relaxed);
                return false;
            }
            match tokio::time::timeout(left, &mut current).await {
                Ok(Ok(())) => return true,
                Ok(Err(_)) => return false,
                // Somebody may have heard of etcd since.
                Err(_) => {}
            }
        }
    }

    /// The state was current at some moment after `began`.
    pub(crate) fn is_current_as_of(&self, began: Instant) {
        let millis = began.saturating_duration_since(self.began).as_millis();
        self.current.fetch_max(u64::try_from(millis).unwrap_or(u64::MAX), Relaxed);
    }

    fn age(&self) -> Duration {
        self.began.elapsed().saturating_sub(Duration::from_millis(self.current.load(Relaxed)))
    }

    pub(crate) fn clocks(&self) -> std::sync::MutexGuard<'_, Clocks> {
        self.clocks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why no change is taken.
    pub(crate) fn refusal(&self) -> Option<StoreError> {
        let options = self.client.options();
        if let Some(reason) = &*self.broken.lock().unwrap_or_else(PoisonError::into_inner) {
            return Some(setup::engine(options, reason.clone()));
        }
        let silent_ms = u64::try_from(self.client.silence().as_millis()).unwrap_or(u64::MAX);
        if u128::from(silent_ms) >= SILENCE.as_millis() {
            return Some(StoreError::Silent { place: options.to_string(), silent_ms });
        }
        if self.is_full.load(Relaxed) {
            return Some(StoreError::Full { place: options.to_string() });
        }
        let ahead_ms = self.clocks().ahead(self.name.as_bytes());
        let is_dated_by_us = self.applied.load().published.state.clock() == Clock::System;
        (is_dated_by_us && ahead_ms > AHEAD_MAX).then_some(StoreError::ClockAhead { ahead_ms })
    }

    pub(crate) fn fence(&self) -> Fence {
        self.fence.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The fence is at this revision, or at a later one.
    pub(crate) fn fence_is_at(&self, revision: i64) {
        let mut fence = self.fence.lock().unwrap_or_else(PoisonError::into_inner);
        fence.revision = fence.revision.max(revision);
    }

    /// Bumps the fence until that is done or `deadline` has passed. Answers the revision of the last commit before it.
    pub(crate) async fn raise_fence(&self, deadline: Instant) -> Result<u64, CallError> {
        loop {
            match self.try_raise_fence().await {
                Err(error) if error.may_pass() && Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                result => return result,
            }
        }
    }
}
