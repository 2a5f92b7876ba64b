//! A failover test of a virtual interface, as its history shows it. What it does to sessions is written on the interface.

use crate::ids::{AccountId, BgpPeerId, Uuid, VirtualInterfaceId};
use crate::steps::Steps;
use crate::time::{Duration, Timestamp};
use minicbor::{Decode, Encode};

/// How far a test has come (decision 12 of the reference; spelling [guide]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
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
}
