//! Why a BGP peer cannot be created, found or deleted.

use super::Shown;
use crate::ids::VirtualInterfaceId;
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a BGP peer cannot be created, found or deleted.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum BgpPeerRejection {
    /// An id is `dxpeer-` and letters and digits [observed].
    #[error("BGP Peer ID {} has an invalid format.", Shown(id))]
    MalformedId { id: String },
    /// The customer's address that names a peer is one [inferred].
    #[error("customerAddress {} is not an address; expected address or address/length", Shown(value))]
    MalformedAddress { value: String },
    /// The peer is one of the interface, and not deleted or being deleted [inferred].
    #[error("BGP Peer {} does not exist on VirtualInterface {interface}", Shown(peer))]
    DoesNotExist { peer: String, interface: VirtualInterfaceId },
    /// One session a family, where the device has no logical redundancy [model].
    #[error(
        "VirtualInterface {id} has a BGP peer of address family {family} already; a second wants logical redundancy, which its device does not have"
    )]
    FamilyTaken { id: VirtualInterfaceId, family: &'static str },
    /// Logical redundancy is that of two ends [inferred].
    #[error(
        "VirtualInterface {id} has {limit} BGP peers of address family {family} already; at most {limit} are allowed"
    )]
    FamilyFull { id: VirtualInterfaceId, family: &'static str, limit: usize },
    /// An interface keeps one peer [observed].
    #[error("The last BGP Peer on a Virtual Interface cannot be deleted")]
    Last,
}
