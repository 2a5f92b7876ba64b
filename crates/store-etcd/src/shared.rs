//! What the parts of a node share: what it has applied, how current that is, and whether changes can be taken.

use crate::beat::{AHEAD_MAX, Clocks};
use crate::client::Client;
use crate::gate::Gate;
use crate::grpc::CallError;
use crate::keys::Keys;
use crate::line::Line;
use crate::node::{Figures, Hooks, Reads, SILENCE};
use crate::options::Options;
use crate::reads::Readers;
use crate::setup;
use crate::transaction::Fence;
use arc_swap::ArcSwap;
use crossconnect_core::settings::Clock;
use crossconnect_store::{Counters, Published, StoreError};
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How long somebody waits for a quorum before looking whether that is of any use.
const GLANCE: Duration = Duration::from_millis(250);

/// What a node has applied.
#[derive(Debug, Clone)]
pub(crate) struct Applied {
    pub(crate) published: Arc<Published>,
    /// The revision of the last commit in it.
    pub(crate) revision: u64,
    /// The time of that commit, which others may have later ones than.
    pub(crate) committed: i64,
    /// Which load it goes back to.
    pub(crate) load: u64,
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
    /// Why a quorum did not answer when it was asked last.
    pub(crate) last_error: Mutex<Option<String>>,
    /// Why what etcd holds is of no use to this node.
    pub(crate) broken: Mutex<Option<String>>,
    began: Instant,
    /// As of when the state was last known to be current, in milliseconds after `began`.
    current: AtomicU64,
    is_stopping: AtomicBool,
    pub(crate) line: Line<J, A>,
}

impl<J, A> Shared<J, A> {
    /// What a node begins with: nothing, until it has loaded.
    pub(crate) fn new(options: Options, reads: Reads, changes_max: usize, hooks: Hooks<J, A>) -> Self {
        let keys = Keys::new(&options.prefix);
        let name = setup::new_name();
        let fence = Mutex::new(Fence { key: keys.fence(&name), revision: 0 });
        let nothing = Applied { published: Arc::new(Published::default()), revision: 0, committed: 0, load: 0 };
        Shared {
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
            last_error: Mutex::new(None),
            broken: Mutex::new(None),
            began: Instant::now(),
            current: AtomicU64::new(0),
            is_stopping: AtomicBool::new(false),
            line: Line::new(changes_max),
        }
    }

    /// No change is taken from now on.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Release);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Acquire)
    }

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
            if left.is_zero() || self.is_broken() {
                self.figures.local_reads.fetch_add(1, Relaxed);
                return false;
            }
            match tokio::time::timeout(left.min(GLANCE), &mut current).await {
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

    pub(crate) fn age(&self) -> Duration {
        self.began.elapsed().saturating_sub(Duration::from_millis(self.current.load(Relaxed)))
    }

    pub(crate) fn clocks(&self) -> std::sync::MutexGuard<'_, Clocks> {
        self.clocks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether what etcd holds is of no use to this node, as while a snapshot is restored there.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// etcd has room, or has not.
    pub(crate) fn fills(&self, is_full: bool) {
        if self.is_full.swap(is_full, Relaxed) == is_full {
            return;
        }
        match is_full {
            true => tracing::warn!("etcd is full: changes are refused"),
            false => tracing::info!("etcd has room again"),
        }
    }

    /// Why no change is taken.
    pub(crate) fn refusal(&self) -> Option<StoreError> {
        let options = self.client.options();
        if let Some(reason) = &*self.broken.lock().unwrap_or_else(PoisonError::into_inner) {
            return Some(setup::engine(options, reason.clone()));
        }
        let silent_ms = u64::try_from(self.client.silence().as_millis()).unwrap_or(u64::MAX);
        if u128::from(silent_ms) >= SILENCE.as_millis() {
            let reason = self.last_error.lock().unwrap_or_else(PoisonError::into_inner).clone();
            return Some(StoreError::Silent { place: options.to_string(), silent_ms, reason });
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
