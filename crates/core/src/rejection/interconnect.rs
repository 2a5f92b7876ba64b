//! Why an account cannot act as a partner, or an interconnect not be ordered or found.

use super::{AccountId, Region, Shown};
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why an account cannot act as a partner, or an interconnect not be ordered or found.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum InterconnectRejection {
    /// Only registered partners have interconnects and allocate hosted connections [observed].
    #[error("Account {account} is not an authorized Direct Connect partner in {region}.")]
    NotPartner { account: AccountId, region: Region },
    /// An id is `dxcon-` and letters and digits [inferred].
    #[error("InterconnectID {} has an invalid format.", Shown(id))]
    MalformedId { id: String },
    /// Unknown, another account's, no longer listed, or a connection that is no interconnect: the same answer [inferred].
    #[error("Could not find Interconnect with ID {}", Shown(id))]
    NotFound { id: String },
    /// Interconnects have three speeds [model].
    #[error("bandwidth {value} is not the speed of an interconnect; expected 1Gbps, 10Gbps or 100Gbps")]
    Bandwidth { value: &'static str },
    /// Interconnects have no flat rates: CreateInterconnect has no billing mode [model].
    #[error("billingMode {mode} is not offered for interconnects, which the LAG of a partner has; expected PayAsYouGo")]
    FlatRate { mode: &'static str },
}
