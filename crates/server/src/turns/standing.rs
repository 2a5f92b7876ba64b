//! What is known of a connection's callers: in which lane their calls go.

use super::lane::Lane;
use super::{LaneKey, UNPROVEN};
use crate::caller::Claimant;
use crossconnect_core::ids::AccountId;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Marks names that are no account's number.
const NAMED: LaneKey = 1 << 62;
/// Marks the addresses of callers who have not proven who they are.
const ADDRESS: LaneKey = 1 << 61;

/// From where a connection comes, and what it has shown so far.
#[derive(Debug)]
pub(crate) struct Standing {
    /// The lane in which calls of that address are counted.
    pub(super) address: LaneKey,
    shown: Mutex<Shown>,
}

#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The account that proved last that it is one.
    proven: Option<AccountId>,
    /// The lane that was used last.
    pub(super) lane: Option<Arc<Lane>>,
}

impl Standing {
    /// That of a new connection, from an address or a network.
    pub(crate) fn new(address: IpAddr) -> Self {
        Standing { address: ADDRESS | hash(&address), shown: Mutex::default() }
    }

    /// In which lane a call goes whose caller claims to be somebody.
    pub(crate) fn lane_of(&self, claimant: &Claimant<'_>) -> LaneKey {
        match claimant {
            Claimant::Believed(name) => AccountId::new(name).map_or_else(|| NAMED | hash(name), AccountId::number),
            Claimant::Claimed(account) if self.shown().proven == Some(*account) => account.number(),
            Claimant::Claimed(_) => UNPROVEN,
        }
    }

    /// A caller has proven on this connection to be that account.
    pub(crate) fn proves(&self, account: AccountId) {
        self.shown().proven = Some(account);
    }

    pub(super) fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hash(value: &impl Hash) -> LaneKey {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    // The highest bits are marks.
    hasher.finish() >> 3
}
