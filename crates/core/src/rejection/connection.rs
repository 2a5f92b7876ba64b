//! Why a connection cannot be found or changed.

use super::{ConnectionId, LagId, Shown};
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a connection cannot be found or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum ConnectionRejection {
    /// An id is `dxcon-` and letters and digits [observed].
    #[error("ConnectionID {} has an invalid format.", Shown(id))]
    MalformedId { id: String },
    /// Unknown, another account's or no longer listed: the same answer [observed].
    #[error("Could not find Connection with ID {}", Shown(id))]
    NotFound { id: String },
    /// The same, from DisassociateConnectionFromLag [observed].
    #[error("Connection does not exist: {}", Shown(id))]
    DoesNotExist { id: String },
    /// Calls use connections that are not deleted or being deleted [inferred].
    #[error("Connection {id} is in state {state}; expected requested, pending, available or down")]
    NotLive { id: ConnectionId, state: &'static str },
    /// A hosted connection has no port of its own: no LAG, letter or MACsec key [model].
    #[error("Connection {id} is a hosted connection; expected a dedicated connection or an interconnect")]
    Hosted { id: ConnectionId },
    /// One change of LAG at a time [observed].
    #[error("Connection {id} is in a transitioning state.")]
    Transitioning { id: ConnectionId },
    /// An update changes something [inferred].
    #[error("UpdateConnection of {id} changes nothing; expected connectionName or encryptionMode")]
    NothingToUpdate { id: ConnectionId },
    /// Encryption modes are three [model].
    #[error("encryptionMode {} is unknown; expected no_encrypt, should_encrypt or must_encrypt", Shown(value))]
    UnknownEncryptionMode { value: String },
    /// Only a port ordered with MACsec has an encryption mode to set [guide].
    #[error("encryptionMode cannot be set on {id}: it is not MACsec capable")]
    NotMacSecCapable { id: ConnectionId },
    /// A member has the mode of its LAG [guide].
    #[error("encryptionMode cannot be set on {id}, a member of {lag}; set it on the LAG")]
    EncryptionOfMember { id: ConnectionId, lag: LagId },
}
