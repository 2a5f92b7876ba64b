//! Why a failover test cannot be started, stopped or listed.

use super::Shown;
use crate::ids::{Uuid, VirtualInterfaceId};
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a failover test cannot be started, stopped or listed.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum FailoverTestRejection {
    /// At most three days [model], at least a minute [inferred].
    #[error("testDurationInMinutes {value} is out of range; expected 1 to {limit}")]
    Duration { value: i32, limit: u16 },
    /// Tests have UUIDs [observed].
    #[error("testId {} has an invalid format; expected a UUID", Shown(value))]
    MalformedId { value: String },
    /// Tests are in progress, completed or cancelled [guide].
    #[error("status {} is unknown; expected In progress, Completed or Cancelled", Shown(value))]
    UnknownStatus { value: String },
    /// One test at a time [inferred].
    #[error("VirtualInterface {id} is under failover test {test}")]
    UnderWay { id: VirtualInterfaceId, test: Uuid },
    /// Only what runs can be stopped [inferred].
    #[error("VirtualInterface {id} is under no failover test")]
    NoneUnderWay { id: VirtualInterfaceId },
}
