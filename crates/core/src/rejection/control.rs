//! Why the operator's control API cannot do as asked.

use super::{AccountId, Region, Shown};
use crate::ids::Ec2GatewayId;
use crate::model::mac_sec::Ckn;
use crate::time::Timestamp;
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why the operator's control API cannot do as asked.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum ControlRejection {
    /// Only a manual clock can be moved.
    #[error("The clock is the system's; start with --clock manual to move it")]
    SystemClock,
    /// A manual clock never goes backwards.
    #[error("The clock cannot go back: it shows {now}, and {wanted} was asked for")]
    ClockBackwards { now: Timestamp, wanted: Timestamp },
    /// A manual clock goes far in one call, but not so far that sums of times overflow or have no spelling.
    #[error(
        "The clock cannot move to {wanted}: it shows {now}, one advance is at most 100 years, and time ends with the year 9999"
    )]
    ClockTooFar { now: Timestamp, wanted: Timestamp },
    /// The id names a connection or LAG.
    #[error("No resource has the id {}", Shown(id))]
    UnknownResource { id: String },
    /// The name is that of a device of the plant.
    #[error("No device has the name {}; awsDeviceV2 of a connection or LAG shows it", Shown(name))]
    UnknownDevice { name: String },
    /// A far end has the keys of the connection, none of them, or one by its name.
    #[error("peer {} is neither match nor mismatch, nor a CKN of 64 hexadecimal digits", Shown(value))]
    MacSecPeer { value: String },
    /// A secret that is scheduled for deletion was made by an association.
    #[error("No secret of account {owner} in {} holds the MACsec key with CKN {ckn}", Shown(region))]
    UnknownSecret { ckn: Ckn, owner: AccountId, region: String },
    /// An account id has twelve digits.
    #[error("Account {} is not twelve digits", Shown(id))]
    MalformedAccount { id: String },
    /// A gateway of EC2 stands in a Region.
    #[error("Region {} is none that has Direct Connect locations", Shown(name))]
    UnknownRegion { name: String },
    /// A gateway of EC2 that is associated stays whose and where it is.
    #[error("{id} has associations as a gateway of account {owner} in {region}; they end before it can be another's")]
    GatewayInUse { id: Ec2GatewayId, owner: AccountId, region: Region },
    /// Nothing committed may lie in the future of a decision.
    #[error(
        "The store's last commit was made at {last}, more than 5 s ahead of this machine's clock, which shows {system}; set the clock right, or start with --clock manual"
    )]
    ClockAhead { last: Timestamp, system: Timestamp },
    /// A plant does not shrink below the ports that are in use.
    #[error("The plant cannot have {wanted} {what}: number {held} is in use")]
    PlantInUse { what: &'static str, wanted: u16, held: u16 },
    /// The value of a setting makes sense.
    #[error("{setting} is {value}; expected {expected}")]
    Setting { setting: &'static str, value: i64, expected: &'static str },
}
