//! Accounts that the operator has registered; any other account exists too, and is no partner.

use crate::ids::AccountId;
use minicbor::{Decode, Encode};

/// What kind of Direct Connect partner an account is [model].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum PartnerKind {
    /// Sells hosted connections of up to 500 Mbps.
    #[n(0)]
    V1,
    /// Sells hosted connections of 1 Gbps and more.
    #[n(1)]
    V2,
}

/// A registered account.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Account {
    /// Its twelve digits.
    #[n(0)]
    pub id: AccountId,
    /// Absent for an account that is not a partner.
    #[n(1)]
    pub partner: Option<PartnerKind>,
    /// The agreements that it has signed, by name, in the order in which it did.
    #[n(2)]
    #[cbor(skip_if = "Vec::is_empty")]
    pub agreements: Vec<Box<str>>,
    /// What the operator calls it.
    #[n(3)]
    pub name: Option<Box<str>>,
}

/// The longest name of an account, in characters [AWS's documentation of Organizations].
pub const NAME_MAX: usize = 50;
