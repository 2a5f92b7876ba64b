//! The chain: each record's value covers the record and the value before it, under a key.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// Bytes of a chain value.
pub(crate) const LINK: usize = 32;
/// What sets the key of logs apart from whatever else is derived from the operator's.
const PURPOSE: &[u8] = b"crossconnect audit trail, version 1";

/// A chain value: of a record, or of what comes before the first one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Link(pub [u8; LINK]);

/// What chain values are made with.
#[derive(Clone)]
pub struct ChainKey {
    /// With the key in it already, which is half of the work for a short record.
    keyed: Hmac<Sha256>,
}

impl ChainKey {
    /// The key of logs that belongs to an operator's key.
    pub fn derive(operator: &[u8]) -> Self {
        let new = |key: &[u8]| <Hmac<Sha256> as Mac>::new_from_slice(key).expect("keys of any length are taken");
        let derived = Zeroizing::new(<[u8; LINK]>::from(new(operator).chain_update(PURPOSE).finalize().into_bytes()));
        ChainKey { keyed: new(&*derived) }
    }

    /// The value over some parts.
    pub(crate) fn link(&self, parts: &[&[u8]]) -> Link {
        let mut mac = self.keyed.clone();
        for part in parts {
            mac.update(part);
        }
        Link(mac.finalize().into_bytes().into())
    }

    /// Whether `link` is the value over these parts; the answer takes the same time either way.
    pub(crate) fn is(&self, link: &[u8], parts: &[&[u8]]) -> bool {
        let mut mac = self.keyed.clone();
        for part in parts {
            mac.update(part);
        }
        mac.verify_slice(link).is_ok()
    }
}

impl Link {
    /// The value of so many hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 2 * LINK || !text.is_ascii() {
            return None;
        }
        let mut link = [0; LINK];
        for (index, byte) in link.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
        }
        Some(Link(link))
    }
}

/// In hexadecimal digits.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({self})")
    }
}

/// The key is not shown.
impl fmt::Debug for ChainKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChainKey(..)")
    }
}
