//! Certificates that change while the server runs.

use super::{Files, Shown};
use crate::Failure;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::Signal;
use tokio::time::{MissedTickBehavior, interval};

/// How often it is looked whether a file has changed. A change is read when it was seen twice, so that a certificate and
/// its key, which nobody can replace at one time, are both there.
const LOOK: Duration = Duration::from_secs(1);

/// What tells a file from the one that stood there before.
type Stamp = Option<(i64, i64, u64, u64)>;

/// Reads the files again whenever they have changed, and at each SIGHUP.
pub(crate) async fn follow(files: Files, shown: Shown, mut hangup: Signal) {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut read = stamps(&files);
    let mut seen = read.clone();
    loop {
        let is_asked = tokio::select! {
            _ = looks.tick() => false,
            hung_up = hangup.recv() => hung_up.is_some(),
        };
        let now = stamps(&files);
        let is_settled = now != read && now == seen;
        seen.clone_from(&now);
        if is_asked || is_settled {
            read = now;
            reload(&files, &shown);
        }
    }
}

fn reload(files: &Files, shown: &Shown) {
    match files.load() {
        Ok(config) => {
            shown.store(Arc::new(config));
            tracing::info!("the certificate of TLS was read again");
        }
        Err(Failure::Usage(text) | Failure::Failed(text)) => {
            tracing::error!("the certificate of TLS stays as it is: {text}");
        }
    }
}

fn stamps(files: &Files) -> Vec<Stamp> {
    files.paths().map(stamp).collect()
}

fn stamp(path: &Path) -> Stamp {
    let facts = std::fs::metadata(path).ok()?;
    Some((facts.mtime(), facts.mtime_nsec(), facts.ino(), facts.len()))
}
