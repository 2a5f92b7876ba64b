//! Why a resiliency group, or what is in it, cannot be found or changed, and why a billing mode cannot.

use super::{AccountId, ConnectionId, LagId, Shown};
use crate::ids::ResiliencyGroupId;
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a resiliency group, or what is in it, cannot be found or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum ResiliencyGroupRejection {
    /// Unknown, another account's or no longer listed: the same answer [inferred].
    #[error("Could not find Resiliency Group with ID {}", Shown(id))]
    NotFound { id: String },
    /// Calls use groups that are not deleted or being deleted [inferred].
    #[error("Resiliency Group {id} is in state {state}; expected pending or available")]
    NotLive { id: ResiliencyGroupId, state: &'static str },
    /// A group that is deleted has no associations, those that are disassociating included [inferred].
    #[error("Resiliency Group {id} has {count} associations; expected none")]
    NotEmpty { id: ResiliencyGroupId, count: usize },
    /// What is associated is named by an id or an ARN [model].
    #[error("connectionIdentifiers {} is neither the ID nor the ARN of a connection or LAG", Shown(value))]
    MalformedIdentifier { value: String },
    /// Each is named once [inferred].
    #[error("connectionIdentifiers {} names a connection or LAG that is named before it", Shown(value))]
    NamedTwice { value: String },
    /// A member of a LAG is in the group that its LAG is in [inferred].
    #[error("Connection {connection} is a member of {lag}; associate the LAG")]
    Member { connection: ConnectionId, lag: LagId },
    /// A connection or LAG is in one group [inferred].
    #[error("{port} is associated with Resiliency Group {group}; it can be in one group")]
    Associated { port: String, group: ResiliencyGroupId },
    /// Only what is associated with the group can be taken out of it [inferred].
    #[error("{port} is not associated with Resiliency Group {group}")]
    NotAssociated { port: String, group: ResiliencyGroupId },
    /// A token stands for one call [model]; other parameters with it are refused [inferred].
    #[error("clientToken {} was used for {operation} with other parameters; expected a new token", Shown(token))]
    TokenReused { token: String, operation: &'static str },
    /// An account has so many groups [inferred]; that there is a limit is known [model].
    #[error("Account {account} has {limit} resiliency groups, as many as its quota allows")]
    GroupQuota { account: AccountId, limit: usize },
    /// A group holds so many connections and LAGs [inferred]; that there is a limit is known [model].
    #[error("Resiliency Group {id} would have {count} associations; at most {limit} are allowed")]
    AssociationQuota { id: ResiliencyGroupId, count: usize, limit: usize },
}

/// Why the billing modes of connections cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum BillingRejection {
    /// Each connection and LAG is named once, a member by its LAG included [inferred].
    #[error("connectionIds names {id} more than once")]
    NamedTwice { id: String },
    /// Members of a LAG are paid for alike [guide], so all change together or by the LAG's id [inferred].
    #[error("Connection {id} is a member of {lag}, and {member} is not named; expected all members, or the LAG")]
    MemberLeftOut { id: ConnectionId, lag: LagId, member: ConnectionId },
    /// Three changes in six months [guide].
    #[error("The billing mode of {id} has been changed 3 times in 6 months; no more changes are allowed")]
    TooManyChanges { id: ConnectionId },
}
