//! Under which name the answer of a write is kept for clients that repeat the call.

use crate::caller::Caller;
use crossconnect_api::Operation;
use crossconnect_wire::Protocol;
use sha2::{Digest, Sha256};

/// What SDKs repeat on a retry, and on nothing else.
pub(crate) const HEADER: &str = "amz-sdk-invocation-id";

/// The hash of everything that makes a call the same call.
pub(crate) fn key(
    caller: &Caller<'_>,
    (protocol, operation): (Protocol, Operation),
    invocation: &str,
    body: &[u8],
) -> [u8; 32] {
    let mut hash = Sha256::new();
    let Caller { identity, access_key_id, region, .. } = caller;
    for part in [identity.account, access_key_id, region, protocol.name(), operation.name(), invocation] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.update(caller.payload_sha256.unwrap_or_else(|| Sha256::digest(body).into()));
    hash.finalize().into()
}
