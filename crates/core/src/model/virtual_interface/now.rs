//! What is seen of a virtual interface at one moment, without its whole history and forecast: lists ask for no more.

use super::states::state_with;
use super::{Change, Phase, Seen, VirtualInterface};
use crate::model::bgp_peer::{self, BgpPeer};
use crate::steps::Steps;
use crate::time::Timestamp;
use smallvec::SmallVec;

impl VirtualInterface {
    /// What is seen at `now`, and which sessions are up, in the order of the peers.
    pub fn at(&self, parent_up: &Steps<bool>, now: Timestamp) -> (Seen, SmallVec<[bool; 2]>) {
        let up: SmallVec<[bool; 2]> = self.peers.iter().map(|peer| self.is_up(peer, parent_up, now)).collect();
        let seen = if now < self.derived_since {
            self.seen(parent_up).at(now)
        } else {
            state_with(self.phase.at(now), self.change.at(now), up.contains(&true))
        };
        debug_assert_eq!(seen, self.seen(parent_up).at(now), "{} at {now:?}", self.id);
        (seen, up)
    }

    /// Whether the session of `peer` is up at `now`.
    fn is_up(&self, peer: &BgpPeer, parent_up: &Steps<bool>, now: Timestamp) -> bool {
        let is_up = match self.has_been_ready_since(peer, parent_up, now) {
            Some(since) if since + self.session_delay <= now => true,
            // It is coming up, which may have been hastened.
            Some(_) => self.session(peer, parent_up).at(now),
            None => false,
        };
        debug_assert_eq!(is_up, self.session(peer, parent_up).at(now), "{} of {} at {now:?}", peer.id, self.id);
        is_up
    }

    /// The latest moment from which on nothing has kept the session down, if nothing does at `now`.
    fn has_been_ready_since(&self, peer: &BgpPeer, parent_up: &Steps<bool>, now: Timestamp) -> Option<Timestamp> {
        let is_ready = self.phase.at(now) == Phase::Provisioned
            && matches!(self.change.at(now), Change::None | Change::Test)
            && peer.phase.at(now) == bgp_peer::Phase::Available
            && [&peer.far_end, &peer.fits, &peer.untested, parent_up].into_iter().all(|cause| cause.at(now));
        let of_interface = self.phase.since(now).max(self.change.since(now)).max(peer.phase.since(now));
        let causes = [&peer.far_end, &peer.fits, &peer.untested, parent_up].into_iter().map(|cause| cause.since(now));
        is_ready.then(|| causes.fold(of_interface, Timestamp::max))
    }
}
