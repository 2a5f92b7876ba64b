//! The key of a BGP session. Where whoever decides brings a [`Sealer`], it is stored sealed: then no store, no copy of one
//! and no other node's log of changes reveals it, and only answers show it.

use crate::ids::VirtualInterfaceId;
use minicbor::data::Type;
use minicbor::decode::{self, Decoder};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};
use std::fmt;
use std::sync::OnceLock;

/// Seals keys with a key that is not in the store, and opens them.
pub trait Sealer: Send + Sync {
    /// The key of a peer of that interface, sealed so that it opens for no other interface. Peers change their ids when
    /// their interface moves, and keep their keys.
    fn seal(&self, interface: VirtualInterfaceId, key: &str) -> Vec<u8>;

    /// What was sealed for that interface; `None` when it was not sealed with this key, or not for that interface.
    fn open(&self, interface: VirtualInterfaceId, sealed: &[u8]) -> Option<String>;
}

/// Such a key: as it was given or drawn, or sealed.
#[derive(Clone)]
pub struct AuthKey {
    /// Empty until somebody asks for what is sealed; then it is opened this once.
    plain: OnceLock<Box<str>>,
    sealed: Option<Box<[u8]>>,
}

impl AuthKey {
    /// A key that was sealed.
    pub fn sealed(bytes: &[u8]) -> Self {
        AuthKey { plain: OnceLock::new(), sealed: Some(bytes.into()) }
    }

    /// Seals it, if it is not.
    pub(crate) fn seal(&mut self, sealer: &dyn Sealer, interface: VirtualInterfaceId) {
        if let (None, Some(plain)) = (&self.sealed, self.plain.get()) {
            self.sealed = Some(sealer.seal(interface, plain).into());
        }
    }

    /// The key, of a peer of that interface; empty when it was sealed with another key than `sealer` has.
    pub fn reveal(&self, sealer: Option<&dyn Sealer>, interface: VirtualInterfaceId) -> &str {
        if self.plain.get().is_none()
            && let Some((sealer, sealed)) = sealer.zip(self.sealed.as_deref())
            && let Some(opened) = sealer.open(interface, sealed)
        {
            return self.plain.get_or_init(|| opened.into());
        }
        self.plain.get().map_or("", |plain| plain)
    }

    /// Whether it is stored sealed.
    pub fn is_sealed(&self) -> bool {
        self.sealed.is_some()
    }

    /// Whether it can be shown with what `sealer` has.
    pub fn can_be_revealed(&self, sealer: &dyn Sealer, interface: VirtualInterfaceId) -> bool {
        self.sealed.as_deref().is_none_or(|sealed| sealer.open(interface, sealed).is_some())
    }
}

impl From<&str> for AuthKey {
    fn from(key: &str) -> Self {
        AuthKey { plain: OnceLock::from(Box::from(key)), sealed: None }
    }
}

/// Whether one was opened already makes no difference.
impl PartialEq for AuthKey {
    fn eq(&self, other: &Self) -> bool {
        match (&self.sealed, &other.sealed) {
            (None, None) => self.plain == other.plain,
            (one, another) => one == another,
        }
    }
}

impl Eq for AuthKey {}

/// The key is not shown.
impl fmt::Debug for AuthKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthKey(..)")
    }
}

/// Text, or the bytes of one that is sealed.
impl<C> Encode<C> for AuthKey {
    fn encode<W: Write>(&self, out: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        match &self.sealed {
            Some(sealed) => out.bytes(sealed)?.ok(),
            None => out.str(self.plain.get().map_or("", |plain| plain))?.ok(),
        }
    }
}

impl<'b, C> Decode<'b, C> for AuthKey {
    fn decode(input: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        match input.datatype()? {
            Type::Bytes => Ok(AuthKey::sealed(input.bytes()?)),
            _ => Ok(AuthKey::from(input.str()?)),
        }
    }
}
