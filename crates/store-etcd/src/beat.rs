//! What nodes tell each other: that they live, and what their clocks show.
//!
//! A node whose clock is ahead of the others' would date what it commits into their future, so it takes no changes.

use crate::messages::PutRequest;
use crate::shared::Shared;
use crate::transaction::encode_time;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

/// How often a node tells its time.
const BEAT: Duration = Duration::from_secs(1);
/// How long a node is remembered that tells nothing. What it has sent before can then be committed no more.
const LEASE: Duration = Duration::from_secs(10);
/// How far a node may be ahead of the nodes' median, in milliseconds.
pub(crate) const AHEAD_MAX: i64 = 2000;
/// How many beats of a node are compared. Each comes late by an unknown time; the least late is the truest.
const BEATS: usize = 5;

/// What the other nodes' clocks show.
#[derive(Debug, Default)]
pub(crate) struct Clocks(BTreeMap<Vec<u8>, VecDeque<i64>>);

impl Clocks {
    /// A node's clock showed `theirs` some time ago; ours shows `ours` now.
    pub(crate) fn heard(&mut self, node: &[u8], theirs: Option<i64>, ours: i64) {
        let Some(theirs) = theirs else {
            self.0.remove(node);
            return;
        };
        let beats = self.0.entry(node.to_vec()).or_default();
        beats.push_back(ours - theirs);
        if beats.len() > BEATS {
            beats.pop_front();
        }
    }

    /// How far this node, of that name, is ahead of the median of all, itself among them.
    pub(crate) fn ahead(&self, node: &[u8]) -> i64 {
        let others = self.0.iter().filter(|(name, _)| *name != node);
        let mut offsets: Vec<i64> = others.filter_map(|(_, beats)| beats.iter().min().copied()).collect();
        offsets.push(0);
        offsets.sort_unstable();
        let middle = offsets.len() / 2;
        // Of two in the middle, halfway between.
        if offsets.len() % 2 == 1 { offsets[middle] } else { offsets[middle - 1].midpoint(offsets[middle]) }
    }

    /// How many nodes are known.
    pub(crate) fn nodes(&self) -> usize {
        self.0.len()
    }
}

/// Tells this node's time until the node ends.
pub(crate) async fn beat<J, A>(node: Arc<Shared<J, A>>) {
    loop {
        if let Err(error) = node.tell_time().await {
            tracing::debug!(%error, "this node's time could not be told");
        }
        tokio::time::sleep(BEAT).await;
    }
}

impl<J, A> Shared<J, A> {
    /// The lease under which this node's own keys are, got anew where it has ended.
    pub(crate) async fn lease(&self) -> Result<i64, crate::grpc::CallError> {
        let mut lease = self.lease.lock().await;
        if *lease != 0 && self.client.renew(*lease).await? {
            return Ok(*lease);
        }
        *lease = self.client.grant(LEASE).await?;
        Ok(*lease)
    }

    async fn tell_time(&self) -> Result<(), crate::grpc::CallError> {
        let lease = self.lease().await?;
        let value = encode_time((self.hooks.clock)());
        let told = self.client.put(PutRequest { key: self.keys.node(&self.name), value, lease }).await;
        match &told {
            Ok(()) => self.fills(false),
            Err(error) if error.is_full() => self.fills(true),
            Err(_) => {}
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_ahead_of_the_median() {
        let mut clocks = Clocks::default();
        assert_eq!(clocks.ahead(b"me"), 0);
        clocks.heard(b"a", Some(1_000), 4_100);
        clocks.heard(b"a", Some(2_000), 5_000);
        assert_eq!(clocks.ahead(b"me"), 1_500, "of two, halfway");
        clocks.heard(b"b", Some(2_000), 5_050);
        assert_eq!(clocks.ahead(b"me"), 3_000, "the least late beat of a counts");
        clocks.heard(b"me", Some(2_000), 9_000);
        assert_eq!((clocks.ahead(b"me"), clocks.nodes()), (3_000, 3));
        clocks.heard(b"a", None, 0);
        clocks.heard(b"b", None, 0);
        assert_eq!(clocks.ahead(b"me"), 0);
    }

    #[test]
    fn late_beats_are_forgotten_as_others_come() {
        let mut clocks = Clocks::default();
        clocks.heard(b"a", Some(5_000), 2_000);
        for at in 0..BEATS as i64 {
            clocks.heard(b"a", Some(at), at);
        }
        assert_eq!(clocks.ahead(b"me"), 0, "a clock that was set back counts as it is now");
    }
}
