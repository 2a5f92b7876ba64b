//! Why accounts, users, roles and access keys cannot be changed as asked.

use super::{AccountId, Shown};
use crate::ids::{AccessKeyId, PrincipalName};
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why accounts, users, roles and access keys cannot be changed as asked.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum RegistryRejection {
    /// What is registered in an account, or taken away, wants the account.
    #[error("Account {id} is not registered")]
    UnknownAccount { id: AccountId },
    /// The name of an account has a bound.
    #[error("name {} is not 1 to {limit} characters, none of which breaks a line", Shown(value))]
    AccountName { value: String, limit: usize },
    /// An account goes last.
    #[error(
        "Account {id} has {keys} access keys and {principals} users and roles; they are deleted before the account is"
    )]
    AccountInUse { id: AccountId, keys: usize, principals: usize },
    /// Users and roles have names of the form that IAM gives them [guide].
    #[error("The name of a {kind}, {}, is not 1 to 64 letters, digits and characters of +=,.@_-", Shown(value))]
    PrincipalName { kind: &'static str, value: String },
    /// The user or role is one of the account's. The words are those of IAM [observed].
    #[error("The {kind} with name {} cannot be found in account {account}.", Shown(name))]
    UnknownPrincipal { kind: &'static str, name: String, account: AccountId },
    /// A user goes after its keys, as with IAM, which says so in these words [observed].
    #[error("Cannot delete entity, must delete access keys first: user {name} has {keys} of them.")]
    PrincipalInUse { name: PrincipalName, keys: usize },
    /// A user or role has few policies [guide].
    #[error("Cannot exceed quota for PoliciesPer{kind}: {limit}")]
    TooManyPolicies { kind: &'static str, limit: usize },
    /// A policy has a name of its own [guide].
    #[error("The name of a policy, {}, is not 1 to {limit} letters, digits and characters of +=,.@_-", Shown(value))]
    PolicyName { value: String, limit: usize },
    /// Two policies of one user or role have different names.
    #[error("Policy {} is given twice", Shown(value))]
    PolicyTwice { value: String },
    /// A policy has a bound.
    #[error("Policy {} has {length} characters; expected at most {limit}", Shown(name))]
    PolicyTooLong { name: String, length: usize, limit: usize },
    /// A role's sessions are bounded [guide].
    #[error("sessionMax is {value} s; expected 1 h to 12 h")]
    SessionMax { value: u32 },
    /// The key is a registered one. The words are those of IAM [observed].
    #[error("The Access Key with id {} cannot be found.", Shown(id))]
    UnknownAccessKey { id: String },
    /// A user has few keys, and so has the root user. The words are those of IAM [observed].
    #[error("Cannot exceed quota for AccessKeysPerUser: {limit}")]
    TooManyKeys { limit: usize },
    /// An inactive key is no longer in use, so there is nothing to rotate.
    #[error("Access key {id} is inactive; a new one is created, not rotated")]
    RotateInactive { id: AccessKeyId },
}
