//! Under which name the answer of a write is kept for clients that repeat the call, and how it is sealed.
//!
//! Answers bear authentication keys, so that what is kept would be one more copy of them. It is sealed with a key that
//! whoever repeats the call can derive, since it is a hash of the call, and that nobody else has: what is stored is
//! another hash of the call, which leads to neither.

use crate::caller::Caller;
use crate::clock;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use crossconnect_api::Operation;
use crossconnect_core::{Repeat, Replay, Timestamp};
use crossconnect_wire::Protocol;
use sha2::{Digest, Sha256};
use std::fmt;

/// What SDKs repeat on a retry, and on nothing else.
pub(crate) const HEADER: &str = "amz-sdk-invocation-id";

/// What sets the sealing key apart from the name.
const SEAL: &str = "seal";

/// A call that its client may repeat.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Repeatable {
    /// The name of its answer.
    pub(crate) name: [u8; 32],
    key: [u8; 32],
}

impl Repeatable {
    /// The hashes of everything that makes a call the same call.
    pub(crate) fn new(
        caller: &Caller<'_>,
        (protocol, operation): (Protocol, Operation),
        invocation: &str,
        body: &[u8],
    ) -> Self {
        let Caller { principal, access_key_id, region, .. } = caller;
        let parts = [&*principal.account, access_key_id, region, protocol.name(), operation.name(), invocation];
        let payload: [u8; 32] = caller.payload_sha256.unwrap_or_else(|| Sha256::digest(body).into());
        let hash = |first: Option<&str>| {
            let mut hash = Sha256::new();
            for part in first.into_iter().chain(parts) {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
            hash.update(payload);
            hash.finalize().into()
        };
        Repeatable { name: hash(None), key: hash(Some(SEAL)) }
    }

    /// A name for what its client cannot repeat.
    pub(crate) fn unrepeated() -> Self {
        let (mut name, mut key) = ([0; 32], [0; 32]);
        clock::random(&mut name);
        clock::random(&mut key);
        Repeatable { name, key }
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(Key::from_slice(&self.key))
    }
}

impl Repeat for Repeatable {
    fn name(&self) -> [u8; 32] {
        self.name
    }

    fn seal(&self, answered: Timestamp, body: &[u8]) -> Replay {
        let mut nonce = [0; crossconnect_core::NONCE];
        clock::random(&mut nonce);
        let sealed = self.cipher().encrypt(Nonce::from_slice(&nonce), Payload { msg: body, aad: &self.name });
        let body = sealed.expect("an answer is far shorter than what one key may seal");
        Replay { call: self.name, answered, body, nonce: Some(nonce) }
    }

    fn open(&self, kept: &Replay) -> Option<Vec<u8>> {
        match kept.nonce {
            None => Some(kept.body.clone()),
            Some(nonce) => {
                let sealed = Payload { msg: &kept.body, aad: &self.name };
                self.cipher().decrypt(Nonce::from_slice(&nonce), sealed).ok()
            }
        }
    }
}

/// The key is not shown.
impl fmt::Debug for Repeatable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Repeatable(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_opens_with_its_own_call_alone() {
        let (call, other) = (Repeatable { name: [1; 32], key: [2; 32] }, Repeatable { name: [1; 32], key: [3; 32] });
        let body = br#"{"authKey":"0xsecret"}"#;
        let (kept, again) = (call.seal(Timestamp(9), body), call.seal(Timestamp(9), body));
        assert_eq!((kept.call, kept.answered), ([1; 32], Timestamp(9)));
        assert!(!kept.body.windows(8).any(|part| part == b"0xsecret"));
        assert_ne!((kept.nonce, &kept.body), (again.nonce, &again.body), "no nonce is used twice");
        assert_eq!(call.open(&kept).as_deref(), Some(&body[..]));
        assert_eq!(other.open(&kept), None);
        let mut changed = kept.clone();
        changed.body[0] ^= 1;
        assert_eq!(call.open(&changed), None);
        let moved = Repeatable { name: [4; 32], key: [2; 32] };
        assert_eq!(moved.open(&kept), None);
        // As earlier releases kept them.
        let plain = Replay { nonce: None, body: body.to_vec(), ..kept };
        assert_eq!(call.open(&plain).as_deref(), Some(&body[..]));
    }
}
