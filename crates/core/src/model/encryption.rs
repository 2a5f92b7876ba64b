//! MACsec encryption modes of a connection or LAG.

use minicbor::{Decode, Encode};

/// What a port does when MACsec is down [model].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum EncryptionMode {
    /// MACsec is not used.
    #[n(0)]
    NoEncrypt,
    /// Traffic goes on in clear when MACsec is down.
    #[n(1)]
    ShouldEncrypt,
    /// The link is down while MACsec is down.
    #[n(2)]
    MustEncrypt,
}

impl EncryptionMode {
    /// Every mode.
    pub const ALL: [EncryptionMode; 3] =
        [EncryptionMode::NoEncrypt, EncryptionMode::ShouldEncrypt, EncryptionMode::MustEncrypt];

    /// The mode a port starts with: `should_encrypt` when MACsec was requested, else `no_encrypt` [guide/inferred].
    pub fn initial(mac_sec: bool) -> Self {
        if mac_sec { EncryptionMode::ShouldEncrypt } else { EncryptionMode::NoEncrypt }
    }

    /// The mode of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == text)
    }

    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            EncryptionMode::NoEncrypt => "no_encrypt",
            EncryptionMode::ShouldEncrypt => "should_encrypt",
            EncryptionMode::MustEncrypt => "must_encrypt",
        }
    }
}
