//! Why a Direct Connect gateway, an association or a proposal cannot be found, made or changed.

use super::{AccountId, Shown, TagRejection};
use crate::ids::{Ec2GatewayId, Uuid};
use crate::prefix::Prefix;
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a Direct Connect gateway, an association or a proposal cannot be found, made or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum GatewayRejection {
    /// An id is a UUID [observed].
    #[error("Direct Connect Gateway ID {} has an invalid format.", Shown(id))]
    MalformedId { id: String },
    /// Unknown, another account's or deleted: the same answer [observed].
    #[error("Direct Connect Gateway {} does not exist.", Shown(id))]
    DoesNotExist { id: String },
    /// Calls use gateways that are not deleted or being deleted [inferred].
    #[error("Direct Connect Gateway {id} is in state {state}; expected pending or available")]
    NotLive { id: Uuid, state: &'static str },
    /// Names are not empty [inferred].
    #[error("{member} is empty; expected 1 to 255 characters")]
    EmptyName { member: &'static str },
    /// Names have a sensible bound [inferred].
    #[error("{member} has {length} characters; expected 1 to 255")]
    LongName { member: &'static str, length: usize },
    /// Private ASNs of 16 and 32 bits [model].
    #[error("amazonSideAsn {value} is out of range; expected 64512 to 65534 or 4200000000 to 4294967294")]
    Asn { value: i64 },
    /// Tag errors of CreateDirectConnectGateway have no exceptions of their own [model].
    #[error(transparent)]
    Tags(#[from] TagRejection),
    /// Two hundred gateways in an account [guide].
    #[error("Account {account} has {limit} Direct Connect gateways, as many as its quota allows")]
    GatewayQuota { account: AccountId, limit: usize },

    /// `vgw-` or `tgw-` and 8 or 17 hexadecimal digits [observed].
    #[error("{member} {} has an invalid format; expected vgw- or tgw- and 8 or 17 hexadecimal digits", Shown(id))]
    MalformedTarget { member: &'static str, id: String },
    /// One of the two members names the gateway of EC2 [model].
    #[error("Neither gatewayId nor virtualGatewayId is given; expected one of them")]
    NoTarget,
    /// Both members may be given when they name the same one [inferred].
    #[error("gatewayId {gateway} and virtualGatewayId {virtual_gateway} differ; expected one of them")]
    TwoTargets { gateway: Ec2GatewayId, virtual_gateway: Ec2GatewayId },
    /// Unknown, another account's, or in another Region than that of the call [observed].
    #[error("The {kind} {id} does not exist.")]
    TargetDoesNotExist { kind: &'static str, id: Ec2GatewayId },
    /// A virtual private gateway is attached to a VPC [guide].
    #[error("The VirtualGateway {id} is not attached to a VPC")]
    TargetDetached { id: Ec2GatewayId },
    /// A pair is associated once; one that is disassociating is still there [inferred].
    #[error("{target} is already associated with Direct Connect Gateway {gateway}")]
    AlreadyAssociated { target: Ec2GatewayId, gateway: Uuid },
    /// A virtual private gateway has one Direct Connect gateway [guide].
    #[error("{target} is associated with another Direct Connect Gateway; a virtual private gateway has one at most")]
    AssociatedElsewhere { target: Ec2GatewayId },
    /// Virtual private gateways and private virtual interfaces exclude transit ones [guide].
    #[error("Direct Connect Gateway {gateway} leads to {holds}; it cannot lead to {wanted} as well")]
    OtherKind { gateway: Uuid, holds: &'static str, wanted: &'static str },
    /// A transit gateway has another ASN than the Direct Connect gateway [guide].
    #[error("{target} has ASN {asn}, as Direct Connect Gateway {gateway} has; expected another")]
    SameAsn { target: Ec2GatewayId, gateway: Uuid, asn: u32 },
    /// Networks of VPCs behind one Direct Connect gateway do not overlap [guide].
    #[error("CIDR {cidr} of the VPC of {target} overlaps {other_cidr} of {other}")]
    CidrsOverlap { cidr: Prefix, target: Ec2GatewayId, other_cidr: Prefix, other: Ec2GatewayId },
    /// Prefixes of transit gateways on one Direct Connect gateway do not overlap [guide].
    #[error("Allowed prefix {cidr} of {target} overlaps existing ones: {other_cidr} of {other}")]
    PrefixesOverlap { cidr: Prefix, target: Ec2GatewayId, other_cidr: Prefix, other: Ec2GatewayId },
    /// Twenty virtual private gateways, or six transit gateways, on a Direct Connect gateway [guide].
    #[error("Direct Connect Gateway {gateway} is associated with {limit} {kind}s, as many as its quota allows")]
    TargetQuota { gateway: Uuid, kind: &'static str, limit: usize },
    /// A transit gateway is associated with twenty Direct Connect gateways [guide].
    #[error("{target} is associated with {limit} Direct Connect Gateways, as many as its quota allows")]
    GatewaysOfTargetQuota { target: Ec2GatewayId, limit: usize },
    /// Prefixes are networks [model].
    #[error("{member} {} is not a prefix; expected an address and a length with no bits set beyond it", Shown(value))]
    MalformedPrefix { member: &'static str, value: String },
    /// Two hundred prefixes for a transit gateway [guide], and for a virtual private one [inferred].
    #[error("{target} would have {count} allowed prefixes; at most {limit} are allowed")]
    PrefixQuota { target: Ec2GatewayId, count: usize, limit: usize },
    /// A transit gateway has allowed prefixes [model].
    #[error("{target} would have no allowed prefixes; a transit gateway has at least one")]
    NoPrefixes { target: Ec2GatewayId },
}

/// Why an association cannot be found or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum AssociationRejection {
    /// An id is a UUID [observed].
    #[error("Association ID {} has an invalid format.", Shown(id))]
    MalformedId { id: String },
    /// Unknown, other accounts' or ended: the same answer [observed].
    #[error("Association {} does not exist.", Shown(id))]
    DoesNotExist { id: String },
    /// The same, named by the two that are associated [observed].
    #[error("The association of Direct Connect Gateway {} with {target} does not exist.", Shown(gateway))]
    PairDoesNotExist { gateway: String, target: Ec2GatewayId },
    /// An association is named by its id, or by both that are associated [model].
    #[error("No association is named; expected associationId, or directConnectGatewayId and virtualGatewayId")]
    NotNamed,
    /// A list is asked for by at least one selector [model].
    #[error("No selector is given; expected at least one of {expected}")]
    NoSelector { expected: &'static str },
    /// Prefixes are changed while nothing else is under way [inferred].
    #[error("Association {id} is in state {state}; expected associated")]
    NotAssociated { id: Uuid, state: &'static str },
    /// What is being ended cannot be ended again [inferred].
    #[error("Association {id} is in state {state}; expected associating, associated or updating")]
    Disassociating { id: Uuid, state: &'static str },
    /// An update changes something [inferred].
    #[error("The update of association {id} names no prefixes to add or to remove")]
    NothingToUpdate { id: Uuid },
    /// The owner of the Direct Connect gateway changes prefixes; that of the associated one proposes to [guide].
    #[error(
        "Account {account} does not own the Direct Connect Gateway of association {id}; it can propose other prefixes"
    )]
    NotGatewayOwner { account: AccountId, id: Uuid },
    /// An attachment's virtual interface has an id of that kind [observed].
    #[error("Virtual Interface ID {} has an invalid format.", Shown(id))]
    MalformedVirtualInterfaceId { id: String },
}

/// Why a proposal cannot be found, made or answered.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum ProposalRejection {
    /// An id is a UUID [observed].
    #[error("Direct Connect Gateway Association Proposal ID {} has an invalid format.", Shown(id))]
    MalformedId { id: String },
    /// Unknown, other accounts', for another gateway or deleted: the same answer [observed].
    #[error("Direct Connect Gateway Association Proposal {} is not found", Shown(id))]
    NotFound { id: String },
    /// A proposal is accepted once [observed].
    #[error("Direct Connect Gateway Association Proposal {id} has been accepted!")]
    Accepted { id: Uuid },
    /// An account id has twelve digits [inferred].
    #[error("{member} {} is not twelve digits", Shown(value))]
    MalformedAccount { member: &'static str, value: String },
    /// Who accepts knows whose gateway it is [model].
    #[error(
        "associatedGatewayOwnerAccount {given} does not own {target} of Direct Connect Gateway Association Proposal {id}"
    )]
    OtherOwner { given: AccountId, target: Ec2GatewayId, id: Uuid },
}
