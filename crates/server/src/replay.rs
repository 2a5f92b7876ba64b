//! Under which name the answer of a write is kept for clients that repeat the call.

use crossconnect_api::Operation;
use crossconnect_auth::Claim;
use crossconnect_wire::Protocol;
use sha2::{Digest, Sha256};

/// What SDKs repeat on a retry, and on nothing else.
pub(crate) const HEADER: &str = "amz-sdk-invocation-id";

/// The hash of everything that makes a call the same call.
pub(crate) fn key(
    account: &str,
    claim: &Claim,
    (protocol, operation): (Protocol, Operation),
    invocation: &str,
    body: &[u8],
) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [account, &claim.access_key_id, &claim.region, protocol.name(), operation.name(), invocation] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.update(Sha256::digest(body));
    hash.finalize().into()
}
