//! Why a LAG cannot be found, changed, joined or left.

use super::{ConnectionId, DeviceId, LagId, LocationCode, Shown};
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a LAG cannot be found, changed, joined or left.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum LagRejection {
    /// An id is `dxlag-` and letters and digits [observed].
    #[error("Lag ID has an invalid format. It was {}", Shown(id))]
    MalformedId { id: String },
    /// Unknown, another account's or no longer listed: the same answer [observed].
    #[error("Could not find Lag with ID {}", Shown(id))]
    NotFound { id: String },
    /// The same, from DisassociateConnectionFromLag [observed].
    #[error("Lag does not exist: {}", Shown(id))]
    DoesNotExist { id: String },
    /// Calls use LAGs that are not deleted or being deleted [inferred].
    #[error("Lag {id} is in state {state}; expected pending, available or down")]
    NotLive { id: LagId, state: &'static str },
    /// A connection joins a LAG once [inferred].
    #[error("Connection {connection} is already a member of {lag}")]
    AlreadyMember { connection: ConnectionId, lag: LagId },
    /// Only a member can leave [inferred].
    #[error("Connection {connection} is not a member of {lag}")]
    NotMember { connection: ConnectionId, lag: LagId },
    /// A LAG that was not made by a partner allows no hosted connections, and so takes no interconnects [model].
    #[error("{what} is an interconnect, and {lag} does not allow hosted connections")]
    TakesNoInterconnects { what: String, lag: String },
    /// Members stand in one location [model].
    #[error("{what} is at {location}, {lag} at {lag_location}; members of a LAG are at one location")]
    OtherLocation { what: String, location: LocationCode, lag: String, lag_location: LocationCode },
    /// Members end on one device, and a port in use cannot move [model].
    #[error("Connection {connection} ends on {device}, {lag} on {lag_device}; members of a LAG end on one device")]
    OtherDevice { connection: ConnectionId, device: DeviceId, lag: LagId, lag_device: DeviceId },
    /// Members have one speed [model].
    #[error("{what} has a bandwidth of {bandwidth}, {lag} of {lag_bandwidth}; members of a LAG have one bandwidth")]
    OtherBandwidth { what: String, bandwidth: &'static str, lag: String, lag_bandwidth: &'static str },
    /// Members were all requested with MACsec, or none was [observed].
    #[error("Connection {connection} and lag should be requested MacSec at the same time")]
    MacSecDiffers { connection: String },
    /// A flat-rate connection cannot join a LAG paid as it goes, nor one of another tier [guide/inferred].
    #[error("{what} has billing mode {mode}, {lag} has {lag_mode}; expected the LAG's mode or PayAsYouGo")]
    BillingDiffers { what: String, mode: &'static str, lag: String, lag_mode: &'static str },
    /// At most 4 members below 100 Gbps, else 2 [model].
    #[error("Lag {lag} of {bandwidth} would have {wanted} members; at most {limit} are allowed")]
    Full { lag: LagId, bandwidth: &'static str, wanted: usize, limit: usize },
    /// A new LAG has 1 to 4 members, or 1 to 2 from 100 Gbps on [model/inferred].
    #[error("numberOfConnections {value} is out of range; expected 1 to {limit} at {bandwidth}")]
    NumberOfConnections { value: i32, limit: usize, bandwidth: &'static str },
    /// Minimum links hold when a member leaves [model].
    #[error(
        "Connection {connection} cannot leave {lag}: {left} of its {kind} would remain, and minimumLinks is {minimum}"
    )]
    BelowMinimumLinks { connection: ConnectionId, lag: LagId, left: usize, kind: &'static str, minimum: u16 },
    /// Minimum links are no more than there are members [observed].
    #[error(
        "MinimumLinks cannot be set higher than the number of connections: minimumLinks was {value}, {lag} has {members}"
    )]
    MinimumLinksTooHigh { lag: LagId, value: i32, members: usize },
    /// Minimum links are not negative [inferred].
    #[error("minimumLinks {value} is out of range; expected 0 or more")]
    MinimumLinksNegative { value: i32 },
    /// An update changes something [inferred].
    #[error("UpdateLag of {id} changes nothing; expected lagName, minimumLinks or encryptionMode")]
    NothingToUpdate { id: LagId },
    /// Only a LAG requested with MACsec has an encryption mode to set [inferred].
    #[error("encryptionMode cannot be set on {id}: it is not MACsec capable")]
    NotMacSecCapable { id: LagId },
}
