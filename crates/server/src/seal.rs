//! What seals the keys of BGP sessions before they enter the store: the operator's key, which is not in it.

use crate::clock;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use crossconnect_core::ids::VirtualInterfaceId;
use crossconnect_core::model::auth_key::Sealer;
use crossconnect_core::{Record, State};
use std::fmt;

/// The length of a nonce, which stands before what is sealed.
const NONCE: usize = 24;

/// Seals and opens such keys.
pub(crate) struct Seal(XChaCha20Poly1305);

impl Seal {
    /// Seals with this key.
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Seal(XChaCha20Poly1305::new(Key::from_slice(key)))
    }
}

/// The key is not shown.
impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(..)")
    }
}

impl Sealer for Seal {
    fn seal(&self, interface: VirtualInterfaceId, key: &str) -> Vec<u8> {
        let mut bytes = vec![0; NONCE];
        clock::random(&mut bytes);
        let bound = bound(interface);
        let payload = Payload { msg: key.as_bytes(), aad: bound.as_bytes() };
        let sealed = self.0.encrypt(XNonce::from_slice(&bytes), payload);
        bytes.extend(sealed.expect("a key is far shorter than what one key may seal"));
        bytes
    }

    fn open(&self, interface: VirtualInterfaceId, sealed: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let bound = bound(interface);
        let payload = Payload { msg: sealed, aad: bound.as_bytes() };
        let opened = self.0.decrypt(XNonce::from_slice(nonce), payload).ok()?;
        String::from_utf8(opened).ok()
    }
}

/// What a key is bound to, so that nothing else that is sealed can be taken for one.
fn bound(interface: VirtualInterfaceId) -> String {
    format!("BGP keys of {interface}")
}

/// Whether a state has a key that cannot be shown with what there is: its interfaces would be shown without.
pub(crate) fn has_unreadable(state: &State, sealer: Option<&dyn Sealer>) -> bool {
    state.records().any(|record| match record {
        Record::VirtualInterface(interface) => interface.peers.iter().any(|peer| match sealer {
            Some(sealer) => !peer.auth_key.can_be_revealed(sealer, interface.id),
            None => peer.auth_key.is_sealed(),
        }),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossconnect_core::model::auth_key::AuthKey;

    #[test]
    fn a_key_opens_for_its_own_interface_with_its_own_key_alone() {
        let (seal, other) = (Seal::new(&[1; 32]), Seal::new(&[2; 32]));
        let [one, another] =
            ["dxvif-f0000001", "dxvif-f0000002"].map(|id| VirtualInterfaceId::parse(id).unwrap().unwrap());
        let sealed = seal.seal(one, "a key");
        assert!(!sealed.windows(5).any(|part| part == b"a key"));
        assert_ne!(sealed, seal.seal(one, "a key"), "no nonce is used twice");
        assert_eq!(seal.open(one, &sealed).as_deref(), Some("a key"));
        for (sealer, interface) in [(&other, one), (&seal, another)] {
            assert_eq!(sealer.open(interface, &sealed), None);
            assert_eq!(AuthKey::sealed(&sealed).reveal(Some(sealer), interface), "");
        }
        assert_eq!(seal.open(one, &sealed[..NONCE - 1]), None);
        let key = AuthKey::sealed(&sealed);
        assert_eq!(key.reveal(None, one), "");
        assert_eq!(key.reveal(Some(&seal), one), "a key");
        // What was opened stays open.
        assert_eq!(key.reveal(None, one), "a key");
    }
}
