//! Access keys that the operator has registered. Their secrets come in sealed, with a key that is not in the store.

use crate::ids::{AccessKeyId, AccountId, PrincipalId, Region, Short};
use crate::time::Timestamp;
use minicbor::{Decode, Encode};

/// How many keys a user, or the root user of an account, has at most [AWS's documentation of IAM].
pub const KEYS_MAX: usize = 2;
/// What ids of lasting keys begin with, and how long they are [AWS's documentation of IAM].
pub const PREFIX: &str = "AKIA";
/// The length of an id, in characters.
pub const ID_LENGTH: usize = 20;

/// Whether a key may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Status {
    /// It may.
    #[n(0)]
    Active,
    /// It is refused as if it did not exist.
    #[n(1)]
    Inactive,
}

/// A secret that only the operator's key opens.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Sealed {
    /// What it is sealed with beside the operator's key.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub nonce: [u8; 24],
    /// The secret, encrypted.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// A key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct AccessKey {
    /// What requests name.
    #[n(0)]
    pub id: AccessKeyId,
    /// Whose it is.
    #[n(1)]
    pub account: AccountId,
    /// The user who has it; absent for the account's root user.
    #[n(2)]
    pub user: Option<PrincipalId>,
    /// What signs.
    #[n(3)]
    pub secret: Sealed,
    /// Whether it may be used.
    #[n(4)]
    pub status: Status,
    /// When it was made, by the wall clock.
    #[n(5)]
    pub created: Timestamp,
}

/// When, where and for what a key was last used. A row of its own: keys change seldom, and this often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct KeyUse {
    /// Of which key.
    #[n(0)]
    pub id: AccessKeyId,
    /// When, by the wall clock.
    #[n(1)]
    pub at: Timestamp,
    /// In which Region.
    #[n(2)]
    pub region: Region,
    /// For which service, as signatures name it.
    #[n(3)]
    pub service: ServiceName,
}

/// The name of a service in signatures.
pub type ServiceName = Short<16>;

impl AccessKey {
    /// Who has it, as far as quotas ask.
    pub fn holder(&self) -> (AccountId, Option<PrincipalId>) {
        (self.account, self.user)
    }
}

/// Reads an id of the form that ours have.
pub fn read_id(text: &str) -> Option<AccessKeyId> {
    let is_ours = |rest: &str| {
        text.len() == ID_LENGTH && rest.bytes().all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte))
    };
    text.strip_prefix(PREFIX).is_some_and(is_ours).then(|| AccessKeyId::new(text)).flatten()
}
