//! A failover test of a virtual interface, as its history shows it. What it does to sessions is written on the interface.

use crate::ids::{AccountId, BgpPeerId, Position, Region, Uuid, VirtualInterfaceId};
use crate::steps::Steps;
use crate::time::{Duration, Timestamp};
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use strum::VariantArray;

/// How far a test has come (decision 12 of the reference; spelling [guide]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
#[cbor(index_only)]
pub enum Status {
    /// Its time runs.
    #[n(0)]
    InProgress,
    /// Its time is over.
    #[n(1)]
    Completed,
    /// It was stopped, or its interface or all its peers were deleted.
    #[n(2)]
    Cancelled,
}

impl Status {
    /// Which status may follow which (reference §3.8).
    pub fn may_follow(self, before: Status) -> bool {
        before == Status::InProgress && self != Status::InProgress
    }

    /// As the history's filter names it: the wire's word in any case.
    pub fn from_wire(text: &str) -> Option<Self> {
        let known = [Status::InProgress, Status::Completed, Status::Cancelled];
        known.into_iter().find(|status| status.as_str().eq_ignore_ascii_case(text))
    }

    /// As the wire spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::InProgress => "In progress",
            Status::Completed => "Completed",
            Status::Cancelled => "Cancelled",
        }
    }
}

/// How long the history is kept [guide].
pub const HISTORY: Duration = Duration::from_seconds(365 * 24 * 60 * 60);

/// A failover test.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[expect(missing_docs, reason = "members of the wire's VirtualInterfaceTestHistory under their own names")]
pub struct FailoverTest {
    #[n(0)]
    pub id: Uuid,
    #[n(1)]
    pub virtual_interface: VirtualInterfaceId,
    #[n(2)]
    pub peers: Vec<BgpPeerId>,
    #[n(3)]
    pub owner: AccountId,
    #[n(4)]
    pub duration_in_minutes: u16,
    #[n(5)]
    pub started: Timestamp,
    /// Its planned or premature end is its last step.
    #[n(6)]
    pub status: Steps<Status>,
    /// Where its interface is or was: the history outlives it.
    #[n(7)]
    pub region: Region,
}

impl FailoverTest {
    /// Whether its time runs at `now`.
    pub fn is_running(&self, now: Timestamp) -> bool {
        self.status.at(now) == Status::InProgress
    }

    /// Whether the history still shows it: for a year after its end.
    pub fn is_listed(&self, now: Timestamp) -> bool {
        self.is_running(now) || now < self.status.since(now) + HISTORY
    }

    /// Where it stands in the history.
    pub fn position(&self) -> Position<Uuid> {
        (self.started, self.id)
    }

    /// As the wire shows it at `now`: its end once it has come.
    pub fn to_wire(&self, now: Timestamp) -> shapes::VirtualInterfaceTestHistory {
        let end = (!self.is_running(now)).then(|| self.status.since(now).to_wire());
        shapes::VirtualInterfaceTestHistory {
            test_id: Some(self.id.to_string()),
            virtual_interface_id: Some(self.virtual_interface.to_string()),
            bgp_peers: Some(self.peers.iter().map(ToString::to_string).collect()),
            status: Some(self.status.at(now).as_str().to_owned()),
            owner_account: Some(self.owner.to_string()),
            test_duration_in_minutes: Some(self.duration_in_minutes.into()),
            start_time: Some(self.started.to_wire()),
            end_time: end,
        }
    }
}
