//! Users and roles that the operator has registered: who may call, with which policies. What the policies say is not
//! known here.

use crate::ids::{AccountId, PrincipalId, PrincipalName};
use crate::time::Timestamp;
use minicbor::{Decode, Encode};

/// The most policies of one user or role [AWS's documentation of IAM].
pub const POLICIES_MAX: usize = 10;
/// The longest policy, in characters, the white space in it included.
pub const POLICY_MAX: usize = 16_384;
/// The longest name of a policy, in characters [AWS's documentation of IAM].
pub const POLICY_NAME_MAX: usize = 128;
/// How long a role may let its sessions be, in seconds [AWS's documentation of IAM].
pub const SESSION_S: std::ops::RangeInclusive<u32> = 3_600..=43_200;

/// What a principal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Kind {
    /// Has access keys.
    #[n(0)]
    User,
    /// Is assumed.
    #[n(1)]
    Role,
}

/// A policy, word for word.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Policy {
    /// Its name among those of its user or role.
    #[n(0)]
    pub name: Box<str>,
    /// The document of IAM.
    #[n(1)]
    pub document: Box<str>,
}

/// What roles have, and users have not.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Terms {
    /// Who may assume it: a document of IAM.
    #[n(0)]
    pub trust: Box<str>,
    /// How long its sessions may be, in seconds: one of [`SESSION_S`].
    #[n(1)]
    pub session_max_s: u32,
}

/// A user or a role.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Principal {
    /// Unique for ever: one that is made again under the same name is another.
    #[n(0)]
    pub id: PrincipalId,
    /// Whose it is.
    #[n(1)]
    pub account: AccountId,
    /// Unique among the users or the roles of the account.
    #[n(2)]
    pub name: PrincipalName,
    /// When it was made, by the wall clock.
    #[n(3)]
    pub created: Timestamp,
    /// In the order of their names.
    #[n(4)]
    pub policies: Vec<Policy>,
    /// Those of a role; a user has none.
    #[n(5)]
    pub terms: Option<Terms>,
}

impl Kind {
    /// What ids of this kind begin with [AWS's documentation of IAM].
    pub fn prefix(self) -> &'static str {
        match self {
            Kind::User => "AIDA",
            Kind::Role => "AROA",
        }
    }

    /// As texts call it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::User => "user",
            Kind::Role => "role",
        }
    }
}

impl Principal {
    /// What it is.
    pub fn kind(&self) -> Kind {
        if self.terms.is_some() { Kind::Role } else { Kind::User }
    }
}

/// A name as users and roles may have one: 1 to 64 letters, digits and characters of `+=,.@_-` [AWS's documentation of
/// IAM].
pub fn read_name(text: &str) -> Option<PrincipalName> {
    let fits = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte));
    PrincipalName::new(text).filter(|_| fits)
}
