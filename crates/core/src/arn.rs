//! ARNs of taggable resources.
//!
//! `arn:<partition>:directconnect:<Region>:<account>:dxcon/<id>` and `…:dxlag/<id>` (reference §8.3).

use crate::ids::{AccountId, ConnectionId, LagId, Region, ResiliencyGroupId, Uuid, VirtualInterfaceId};
use crate::rejection::TagRejection;
use std::fmt;

/// A resource that has an ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the parts of an ARN")]
pub enum Arn {
    /// A connection, interconnect or hosted connection.
    Connection { region: Region, account: AccountId, id: ConnectionId },
    /// A LAG.
    Lag { region: Region, account: AccountId, id: LagId },
    /// A virtual interface.
    VirtualInterface { region: Region, account: AccountId, id: VirtualInterfaceId },
    /// A Direct Connect gateway, which belongs to no Region.
    DirectConnectGateway { account: AccountId, id: Uuid },
    /// A resiliency group, which belongs to no Region, but to a partition.
    ResiliencyGroup { partition: &'static str, account: AccountId, id: ResiliencyGroupId },
}

/// The partitions of AWS.
const PARTITIONS: [&str; 4] = ["aws", "aws-cn", "aws-us-gov", "aws-eusc"];

/// The partition that a Region belongs to.
pub fn partition(region: &str) -> &'static str {
    if region.starts_with("cn-") {
        "aws-cn"
    } else if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else if region.starts_with("eusc-") {
        "aws-eusc"
    } else {
        "aws"
    }
}

impl Arn {
    /// Reads an ARN as `caller` means it: an empty account part is the caller's own (decision 6 of the reference).
    ///
    /// # Errors
    /// The text is not the ARN of a Direct Connect resource, or it names one that no id of ours can be.
    pub fn parse(text: &str, caller: AccountId) -> Result<Self, TagRejection> {
        let malformed = || TagRejection::MalformedArn { arn: text.to_owned() };
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let &["arn", given, "directconnect", region, account, resource] = parts.as_slice() else {
            return Err(malformed());
        };
        let (kind, id) = resource.split_once('/').ok_or_else(malformed)?;
        let account = if account.is_empty() { Some(caller) } else { AccountId::new(account) };
        let account = account.ok_or_else(malformed)?;
        let unknown = || TagRejection::UnknownArn { arn: text.to_owned() };
        if kind == "dx-gateway" && region.is_empty() && PARTITIONS.contains(&given) {
            let id = Uuid::parse(id).ok_or_else(malformed)?;
            return Ok(Arn::DirectConnectGateway { account, id });
        }
        let partition_key = PARTITIONS.into_iter().find(|partition| *partition == given);
        if let ("dx-resiliency-group", "", Some(partition)) = (kind, region, partition_key) {
            let id = ResiliencyGroupId::parse(id).ok_or_else(malformed)?;
            return Ok(Arn::ResiliencyGroup { partition, account, id });
        }
        let region_key = Region::new(region).filter(|_| partition(region) == given).ok_or_else(malformed)?;
        match kind {
            "dxcon" => {
                let id = ConnectionId::parse(id).map_err(|_| malformed())?.ok_or_else(unknown)?;
                Ok(Arn::Connection { region: region_key, account, id })
            }
            "dxlag" => {
                let id = LagId::parse(id).map_err(|_| malformed())?.ok_or_else(unknown)?;
                Ok(Arn::Lag { region: region_key, account, id })
            }
            "dxvif" => {
                let id = VirtualInterfaceId::parse(id).map_err(|_| malformed())?.ok_or_else(unknown)?;
                Ok(Arn::VirtualInterface { region: region_key, account, id })
            }
            _ => Err(malformed()),
        }
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (region, account, kind, id): (_, _, _, &dyn fmt::Display) = match self {
            // The partition of a global resource is that of the commercial Regions: gateways do not work in China [guide].
            Arn::DirectConnectGateway { account, id } => {
                return write!(f, "arn:aws:directconnect::{account}:dx-gateway/{id}");
            }
            Arn::ResiliencyGroup { partition, account, id } => {
                return write!(f, "arn:{partition}:directconnect::{account}:dx-resiliency-group/{id}");
            }
            Arn::VirtualInterface { region, account, id } => (region, account, "dxvif", id),
            Arn::Connection { region, account, id } => (region, account, "dxcon", id),
            Arn::Lag { region, account, id } => (region, account, "dxlag", id),
        };
        write!(f, "arn:{}:directconnect:{region}:{account}:{kind}/{id}", partition(region.as_str()))
    }
}
