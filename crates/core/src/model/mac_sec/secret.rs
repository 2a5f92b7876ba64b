//! The secrets that hold MACsec keys, and what a Secrets Manager says of them.

use super::Ckn;
use crate::ids::{AccountId, Region};
use crate::time::Timestamp;
use minicbor::{Decode, Encode};

/// A secret in the caller's Secrets Manager that an association has made. It outlives its associations, and later ones
/// may name it; of what it holds only the CKN is known here.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct MacSecSecret {
    /// Whose Secrets Manager it is in.
    #[n(0)]
    pub owner: AccountId,
    /// In which Region.
    #[n(1)]
    pub region: Region,
    /// The name of the pair that it holds.
    #[n(2)]
    pub ckn: Ckn,
    /// The name as its ARN spells it.
    #[n(3)]
    pub spelled: Box<str>,
    /// Its ARN.
    #[n(4)]
    pub arn: Box<str>,
    /// Since when it has been known to be scheduled for deletion, or gone.
    #[n(5)]
    pub ending: Option<Timestamp>,
}

/// What a Secrets Manager said of the secret that a call gives or names, when it was asked for that call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretAnswer {
    /// It holds the pair, under this ARN.
    Held {
        /// As Secrets Manager gave it.
        arn: String,
    },
    /// There is no such secret.
    Missing,
    /// It is scheduled for deletion.
    Ending,
}

impl SecretAnswer {
    /// The ARN of the secret that holds the pair.
    pub fn arn(&self) -> Option<&str> {
        match self {
            SecretAnswer::Held { arn } => Some(arn),
            SecretAnswer::Missing | SecretAnswer::Ending => None,
        }
    }
}
