//! How many files the process may have open: each connection is one.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What the store, the log and others need besides.
const SPARE: u64 = 256;

/// Sees to it that there may be so many connections, as far as the operating system allows.
pub(crate) fn make_room(connections: usize) {
    let wanted = connections as u64 + SPARE;
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|current| current >= wanted) {
        return;
    }
    let most = limit.maximum.map_or(wanted, |maximum| maximum.min(wanted));
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(most), maximum: limit.maximum });
    if raised.is_err() || most < wanted {
        tracing::warn!(wanted, "this process may open fewer files than its limit of connections needs");
    }
}
