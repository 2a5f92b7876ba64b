//! What a caller's token stood for: the answer of an accepted call, for whoever repeats it with the same token.

use super::resiliency_group::{GroupAssociation, GroupAssociationPhase, GroupPhase, ResiliencyGroup};
use crate::time::{Duration, Timestamp};
use minicbor::{Decode, Encode};

/// How long a token stands for its first call: a day, as with other services [inferred].
pub const TOKEN_KEPT: Duration = Duration::from_seconds(86_400);

/// A token that was used.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ClientToken {
    /// Hash of account, operation and token.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub id: [u8; 32],
    /// Hash of everything else that was asked.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub asked: [u8; 32],
    /// When the call was accepted.
    #[n(2)]
    pub used: Timestamp,
    /// What it answered.
    #[n(3)]
    pub answer: TokenAnswer,
}

/// The answer of a call that takes a token.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum TokenAnswer {
    /// A group, and the state that was shown.
    #[n(0)]
    Group(#[n(0)] ResiliencyGroup, #[n(1)] GroupPhase),
    /// Associations, and the state that was shown of all.
    #[n(1)]
    Associations(#[n(0)] Vec<GroupAssociation>, #[n(1)] GroupAssociationPhase),
}

impl ClientToken {
    /// Whether it still stands for its call at `now`.
    pub fn is_kept(&self, now: Timestamp) -> bool {
        now < self.used + TOKEN_KEPT
    }
}
