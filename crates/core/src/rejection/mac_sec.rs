//! Why a MACsec key cannot be associated or dissociated.

use super::{ConnectionId, LagId, Shown};
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a MACsec key cannot be associated or dissociated. No text shows a CAK.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum MacSecRejection {
    /// A pair, or the ARN of the secret that holds one: not both, not neither, and no half of a pair [model].
    #[error("AssociateMacSecKey was given {given}; expected ckn and cak, or secretARN alone")]
    PairOrSecret { given: &'static str },
    /// A CKN is 64 hexadecimal digits, in either case [guide/observed].
    #[error("ckn {} is not 64 hexadecimal digits", Shown(value))]
    MalformedCkn { value: String },
    /// A CAK is 64 hexadecimal digits, in either case [guide/observed].
    #[error("cak is not 64 hexadecimal digits; it has {length} characters, and is not shown")]
    MalformedCak { length: usize },
    /// A secret of a MACsec key has a name of its own form [observed].
    #[error("secretARN {} is not the ARN of a secret of AWS Direct Connect", Shown(value))]
    MalformedSecret { value: String },
    /// Only a port that was ordered with MACsec has keys [guide].
    #[error("{id} has no MACsec keys: it is not MACsec capable")]
    NotCapable { id: String },
    /// A member has the keys of its LAG [guide].
    #[error("MACsec keys cannot be changed on {id}, a member of {lag}; change them on the LAG")]
    KeysOfMember { id: ConnectionId, lag: LagId },
    /// Only secrets that an earlier association has made can be named [observed].
    #[error("secretARN {arn} names no secret that AssociateMacSecKey has made for this account in this Region")]
    UnknownSecret { arn: String },
    /// A secret that is scheduled for deletion takes its keys along [guide].
    #[error("The secret {arn} of the MACsec key is scheduled for deletion")]
    EndingSecret { arn: String },
    /// A CKN is associated once [inferred].
    #[error("CKN {ckn} is already associated with {id}")]
    AlreadyAssociated { ckn: String, id: String },
    /// Three keys on a connection or LAG [guide].
    #[error("{id} has {limit} MACsec keys, as many as are allowed; dissociate one first")]
    TooManyKeys { id: String, limit: usize },
    /// What is dissociated is associated [inferred].
    #[error("No MACsec key of {id} has the secretARN {}", Shown(arn))]
    NotAssociated { arn: String, id: String },
    /// A key is dissociated once [inferred].
    #[error("The MACsec key of {id} with CKN {ckn} is in state disassociating")]
    Dissociating { ckn: String, id: String },
}
