//! Why a router's configuration cannot be given.

use super::Shown;
use crate::ids::VirtualInterfaceId;
use crossconnect_papers::router::TYPES;
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a router's configuration cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum RouterRejection {
    /// The model requires no type, but the service does [observed].
    #[error("routerTypeIdentifier is missing; expected one of {}", identifiers())]
    TypeMissing,
    /// There are nine types, and no call lists them [observed].
    #[error("routerTypeIdentifier {} is unknown; expected one of {}", Shown(value), identifiers())]
    UnknownType { value: String },
    /// What is on another account's connection is configured by that account [guide].
    #[error(
        "VirtualInterface {id} is on a port of another account; its router configuration is for that account alone"
    )]
    OnOtherPort { id: VirtualInterfaceId },
}

fn identifiers() -> String {
    TYPES.each_ref().map(|router| router.identifier).join(", ")
}
