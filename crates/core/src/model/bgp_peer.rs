//! A BGP peer of a virtual interface: what was agreed on, and the causes that hold its session up or down.

use crate::ids::BgpPeerId;
use crate::model::auth_key::AuthKey;
use crate::prefix::{Family, Interface, Prefix};
use crate::steps::Steps;
use crate::time::Timestamp;
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use strum::VariantArray;

/// What calls and plans decide about a peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
#[cbor(index_only)]
pub enum Phase {
    /// A public one whose addresses are being checked.
    #[n(0)]
    Verifying,
    /// Being set up.
    #[n(1)]
    Pending,
    /// Ready.
    #[n(2)]
    Available,
    /// Being deleted.
    #[n(3)]
    Deleting,
    /// Gone.
    #[n(4)]
    Deleted,
}

impl Phase {
    /// Which phase may follow which (reference §3.5).
    pub fn may_follow(self, before: Phase) -> bool {
        use Phase::{Available, Deleted, Deleting, Pending, Verifying};
        matches!(
            (before, self),
            (Pending, Verifying)
                | (Verifying, Pending)
                | (Pending, Available)
                | (Verifying | Pending | Available, Deleting)
                | (Deleting, Deleted)
        )
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::BGPPeerState {
        match self {
            Phase::Verifying => shapes::BGPPeerState::Verifying,
            Phase::Pending => shapes::BGPPeerState::Pending,
            Phase::Available => shapes::BGPPeerState::Available,
            Phase::Deleting => shapes::BGPPeerState::Deleting,
            Phase::Deleted => shapes::BGPPeerState::Deleted,
        }
    }
}

/// A route that the customer announces.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Announced {
    /// The destination.
    #[n(0)]
    pub prefix: Prefix,
    /// The AS path, nearest first.
    #[n(1)]
    pub as_path: Vec<u32>,
    /// Communities, such as `7224:7100`.
    #[n(2)]
    pub communities: Vec<Box<str>>,
    /// Since when.
    #[n(3)]
    pub since: Timestamp,
}

/// A BGP peer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[expect(missing_docs, reason = "members of the wire's BGPPeer under their own names, unless said otherwise")]
pub struct BgpPeer {
    #[n(0)]
    pub id: BgpPeerId,
    #[n(1)]
    pub family: Family,
    #[n(2)]
    pub asn: u32,
    #[n(3)]
    pub auth_key: AuthKey,
    #[n(4)]
    pub amazon_address: Interface,
    #[n(5)]
    pub customer_address: Interface,
    #[n(6)]
    pub phase: Steps<Phase>,
    /// Whether the customer's router is there with the right key; it is unless the operator says otherwise.
    #[n(7)]
    pub far_end: Steps<bool>,
    /// Whether what the customer announces stays within the limit of prefixes.
    #[n(8)]
    pub fits: Steps<bool>,
    /// False while a failover test holds the session down.
    #[n(9)]
    pub untested: Steps<bool>,
    /// What the customer announces on this session.
    #[n(10)]
    pub announced: Vec<Announced>,
}

impl BgpPeer {
    /// When its phase lets a session be.
    pub(super) fn is_live(&self) -> Steps<bool> {
        self.phase.map(|phase| phase == Phase::Available)
    }

    /// Whether it takes its place among the peers at `now`: it is neither deleted nor being deleted.
    pub fn is_present(&self, now: Timestamp) -> bool {
        self.phase.at(now) < Phase::Deleting
    }

    /// Forgets the past of every cause.
    pub(super) fn forget_until(&mut self, now: Timestamp) {
        self.phase.forget_until(now);
        self.far_end.forget_until(now);
        self.fits.forget_until(now);
        self.untested.forget_until(now);
    }
}
