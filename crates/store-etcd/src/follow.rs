//! The node's own state: loaded once, then changed by what the watch tells, whole commits at a time.
//!
//! A watch that ends is begun again after the last revision that it has told. Where that is not kept any more, or is not
//! what it was, since the cluster was restored from an older copy, everything is loaded anew.

use crate::grpc::{CallError, Connection};
use crate::messages::{RangeRequest, RangeResponse, WatchCreateRequest, WatchResponse};
use crate::rows::{self, Commit, LoadError};
use crate::setup;
use crate::shared::{Applied, Shared};
use crate::transaction::{decode_time, one};
use crossconnect_core::{Key, Loader, Record, State, Timestamp};
use crossconnect_store::snapshot::RESTORING;
use crossconnect_store::{Group, LastGroup, Published, StoreError, shared};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// How long to wait before what failed is tried again.
const PAUSE: Duration = Duration::from_millis(100);
/// How long a load may take before it is tried anew.
const LOAD: Duration = Duration::from_secs(60);

/// Why a watch has ended.
enum End {
    /// It can be begun again where it ended.
    Call(CallError),
    /// What comes next is not kept any more.
    Compacted,
    /// What was followed is not there.
    Another,
    /// What came is of no use.
    Store(StoreError),
}

/// Loads everything and publishes it. Answers the revision after which the watch begins.
pub(crate) async fn load<J, A>(node: &Shared<J, A>, deadline: Instant) -> Result<i64, StoreError> {
    let load = node.figures.loads.fetch_add(1, Relaxed) + 1;
    // Who has gone meanwhile is not told any more; who is there tells its time again within a second.
    *node.clocks() = Default::default();
    let loader = std::sync::Mutex::new(Loader::default());
    let locked = || loader.lock().unwrap_or_else(PoisonError::into_inner);
    let mut each = |key: &[u8], value: &[u8]| {
        if key == RESTORING {
            return Err(StoreError::HalfRestored);
        }
        let at = Key::decode(key).map_err(|error| undecodable(key, &error))?;
        let record = Record::decode(&at, value).map_err(|error| undecodable(key, &error))?;
        locked().add(record);
        Ok(())
    };
    let mut begin = || *locked() = Loader::default();
    let loaded = rows::load(&node.client, &node.keys, deadline, &mut begin, &mut each).await;
    let loaded = loaded.map_err(|error| match error {
        LoadError::Call(error) => setup::call(node.client.options(), &error),
        LoadError::Store(error) => error,
    })?;
    let last_commit = if loaded.last.number > 0 { Timestamp(loaded.last.at) } else { Timestamp::default() };
    let state = Arc::new(std::mem::take(&mut *locked()).finish(last_commit));
    let revision = u64::try_from(loaded.head).unwrap_or_default();
    let published = Arc::new(Published { state, last: loaded.last });
    node.publish(Applied { published, revision, committed: loaded.committed, load });
    Ok(loaded.revision)
}

/// Follows what is committed after a revision, until the node ends.
pub(crate) async fn follow<J, A>(node: Arc<Shared<J, A>>, from: i64) {
    let mut seen = from;
    loop {
        let began = Instant::now();
        let end = match watch(&node, &mut seen).await {
            Ok(never) => match never {},
            Err(end) => end,
        };
        let reason = match end {
            End::Call(error) => {
                tracing::debug!(%error, "the watch has ended, and is begun again");
                tokio::time::sleep(PAUSE.saturating_sub(began.elapsed())).await;
                continue;
            }
            End::Compacted => "what came next is not kept any more".to_owned(),
            End::Another => {
                "etcd has other commits than were followed, as after a restore from an older copy".to_owned()
            }
            End::Store(error) => error.to_string(),
        };
        tracing::warn!(reason, "everything is loaded anew");
        seen = reload(&node).await;
    }
}

/// Loads until that succeeds; until then no change is taken, unless it is etcd that does not answer.
async fn reload<J, A>(node: &Shared<J, A>) -> i64 {
    let broken = || node.broken.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        match load(node, Instant::now() + LOAD).await {
            Ok(seen) => {
                if broken().take().is_some() {
                    tracing::info!("what etcd holds is loaded");
                }
                return seen;
            }
            Err(error) => {
                let before = broken().replace(error.to_string());
                // Once, however long it lasts.
                if before != Some(error.to_string()) {
                    tracing::warn!(%error, "what etcd holds cannot be loaded: changes are refused");
                }
                tokio::time::sleep(PAUSE * 10).await;
            }
        }
    }
}

/// Applies what one watch tells.
async fn watch<J, A>(node: &Shared<J, A>, seen: &mut i64) -> Result<std::convert::Infallible, End> {
    let (key, range_end) = node.keys.watched();
    let create = WatchCreateRequest { key, range_end, start_revision: *seen + 1 };
    let connection = recognize(node, *seen).await?;
    let mut answers = node.client.watch(&connection, create).await.map_err(End::Call)?;
    node.figures.watches.fetch_add(1, Relaxed);
    loop {
        let answer: WatchResponse = answers.next().await.map_err(End::Call)?;
        if answer.compact_revision > 0 {
            return Err(End::Compacted);
        }
        if answer.canceled {
            return Err(End::Call(CallError::Lost(answer.cancel_reason)));
        }
        for commit in rows::commits(&node.keys, &answer) {
            *seen = (*seen).max(commit.revision);
            take(node, &commit).map_err(End::Store)?;
        }
    }
}

/// Finds the last commit that was followed again, at the last revision that was told.
async fn recognize<J, A>(node: &Shared<J, A>, seen: i64) -> Result<Connection, End> {
    let applied = node.applied();
    let last = applied.published.last;
    let is_same = |answer: &RangeResponse| match answer.kvs.first() {
        // Two commits of different pasts agree in all of these by chance alone.
        Some(head) => {
            (u64::try_from(head.mod_revision), u64::try_from(head.version)) == (Ok(applied.revision), Ok(last.number))
                && decode_time(&head.value) == Some(applied.committed)
        }
        None => applied.revision == 0,
    };
    let head = RangeRequest { revision: seen, ..one(node.keys.head()) };
    match node.client.recognize(applied.load, &head, is_same).await {
        Ok(Some(connection)) => Ok(connection),
        Ok(None) => Err(End::Another),
        Err(error) if error.is_compacted() => Err(End::Compacted),
        Err(error) => Err(End::Call(error)),
    }
}

/// Applies one commit, publishes it, and tells of it.
fn take<J, A>(node: &Shared<J, A>, commit: &Commit) -> Result<(), StoreError> {
    for (name, theirs) in &commit.beats {
        node.clocks().heard(name, *theirs, (node.hooks.clock)());
    }
    let Some(last) = commit.last else {
        // Rows that no commit wrote were put there by hand: what we make of them must not differ between nodes.
        return match commit.writes.is_empty() && !commit.is_end {
            true => Ok(()),
            false => Err(setup::engine(node.client.options(), "rows were changed that no commit wrote".to_owned())),
        };
    };
    if commit.writes.get(RESTORING).is_some_and(Option::is_some) {
        return Err(StoreError::HalfRestored);
    }
    let applied = node.applied();
    let revision = u64::try_from(commit.revision).unwrap_or_default();
    if revision <= applied.revision {
        return Ok(());
    }
    let mut state = State::clone(&applied.published.state);
    let writes = commit.writes.iter().map(|(key, value)| (key.as_slice(), value.as_deref()));
    shared::apply(&mut state, last.at, writes)?;
    let state = Arc::new(state);
    let at = applied.published.last.at.max(last.at);
    let published = Published { state: state.clone(), last: LastGroup { number: last.number, at } };
    let load = applied.load;
    node.publish(Applied { published: Arc::new(published), revision, committed: last.at, load });
    node.counters.groups.fetch_add(1, Relaxed);
    node.counters.rows.fetch_add(commit.writes.len() as u64, Relaxed);
    let bytes = commit.writes.iter().map(|(key, value)| key.len() + value.as_ref().map_or(0, Vec::len)).sum::<usize>();
    node.counters.bytes.fetch_add(bytes as u64, Relaxed);
    let group = Group { number: last.number, at: last.at, writes: commit.writes.clone() };
    let told = crossconnect_store::Commit { group: &group, state: &state, jobs: 1, took: Duration::ZERO };
    (node.hooks.committed.lock().unwrap_or_else(PoisonError::into_inner))(&told);
    Ok(())
}

fn undecodable(key: &[u8], error: &impl std::fmt::Display) -> StoreError {
    StoreError::Undecodable { key: key.escape_ascii().to_string(), reason: error.to_string() }
}
