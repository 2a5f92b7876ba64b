//! Why an agreement cannot be signed.

use super::AccountId;
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why an agreement cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum CustomerRejection {
    /// What is signed has a name, although the model does not require it [inferred].
    #[error("agreementName is missing; expected the name of the agreement that is signed")]
    NoAgreement,
    /// An account signs a sensible number of agreements [inferred].
    #[error("Account {account} has signed {limit} agreements, as many as can be kept")]
    TooManyAgreements { account: AccountId, limit: usize },
}
