//! Why routes cannot be listed, or not be announced.

use super::Shown;
use crate::ids::VirtualInterfaceId;
use crate::prefix::Prefix;
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why routes cannot be listed, or not be announced.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum RouteRejection {
    /// A prefix is an address and a length [inferred].
    #[error("{member} {} is not a prefix; expected address/length with zero host bits", Shown(value))]
    MalformedCidr { member: &'static str, value: String },
    /// The customer announces no more than any session takes [inferred].
    #[error("announced has {count} routes; at most {limit} are allowed")]
    TooManyAnnounced { count: usize, limit: usize },
    /// A session carries one route to a prefix [inferred].
    #[error("announced has {cidr} more than once")]
    AnnouncedTwice { cidr: Prefix },
    /// AS paths hold autonomous systems, and 0 is none [inferred].
    #[error("announced.asPath of {cidr} is no AS path; expected at most {limit} ASNs from 1 to 4294967295")]
    AsPath { cidr: Prefix, limit: usize },
    /// A route has a sensible number of communities [inferred].
    #[error("announced.communities of {cidr} has {count} elements; at most {limit} are allowed")]
    TooManyCommunities { cidr: Prefix, count: usize, limit: usize },
    /// A community is two numbers [inferred].
    #[error("announced.communities has {}; expected 0:0 to 65535:65535", Shown(value))]
    MalformedCommunity { value: String },
    /// A route wants a session of its family [inferred].
    #[error("VirtualInterface {id} has no BGP peer of address family {family}")]
    NoSession { id: VirtualInterfaceId, family: &'static str },
}
