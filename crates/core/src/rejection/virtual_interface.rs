//! Why a virtual interface cannot be found, created or changed.

use super::{ConnectionId, LagId, Shown};
use crate::ids::{Region, Uuid, VirtualInterfaceId};
use crate::prefix::{Family, Prefix};
use std::net::IpAddr;
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a virtual interface cannot be found, created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum VirtualInterfaceRejection {
    /// An id is `dxvif-` and letters and digits [inferred].
    #[error("VirtualInterface ID {} has an invalid format.", Shown(id))]
    MalformedId { id: String },
    /// Unknown, other accounts', gone or no longer listed: the same answer [observed].
    #[error("VirtualInterface {} does not exist.", Shown(id))]
    DoesNotExist { id: String },
    /// Who owns only the port below may see the interface, move it and delete it [guide].
    #[error("VirtualInterface {id} is owned by another account; {operation} is for its owner alone")]
    NotOwner { id: VirtualInterfaceId, operation: &'static str },
    /// A call uses interfaces in some states alone [inferred].
    #[error("VirtualInterface {id} is in state {state}; expected {expected}")]
    WrongState { id: VirtualInterfaceId, state: &'static str, expected: &'static str },
    /// An MTU update, a move and a failover test exclude each other [inferred].
    #[error("VirtualInterface {id} is in a transitioning state.")]
    Transitioning { id: VirtualInterfaceId },
    /// Each type is confirmed by a call of its own [model].
    #[error("VirtualInterface {id} is a {kind} one; this call confirms {expected} ones")]
    OtherKind { id: VirtualInterfaceId, kind: &'static str, expected: &'static str },

    /// A transit interface has a name and a VLAN like any other, though the model does not mark them [inferred].
    #[error("{member} is missing")]
    Missing { member: &'static str },
    /// Names have 1 to 100 characters [model].
    #[error("virtualInterfaceName has {length} characters; expected 1 to 100")]
    Name { length: usize },
    /// VLANs are numbered from 1 to 4094 [guide].
    #[error("vlan {value} is out of range; expected 1 to 4094")]
    Vlan { value: i32 },
    /// A VLAN is used once on a connection or LAG [guide].
    #[error("VirtualInterface vlan {vlan} is already used by {by} on {parent}")]
    VlanUsed { vlan: u16, by: VirtualInterfaceId, parent: String },
    /// A peer has an ASN [inferred].
    #[error("Neither asn nor asnLong is given; expected one of them")]
    AsnMissing,
    /// ASNs begin at 1 [observed].
    #[error("BGP ASN {value} must have value greater than or equal to 1")]
    AsnTooSmall { value: i64 },
    /// `asn` ends below 2147483647; larger ones go into `asnLong` [model].
    #[error("asn {value} is out of range; expected 1 to 2147483646, or asnLong")]
    AsnTooLarge { value: i32 },
    /// `asnLong` ends at 4294967294 [model].
    #[error("asnLong {value} is out of range; expected 1 to 4294967294")]
    AsnLongTooLarge { value: i64 },
    /// Keys have 6 to 80 characters [model]. The key itself is never shown.
    #[error("authKey has {length} characters; expected 6 to 80")]
    AuthKey { length: usize },
    /// MTUs are few [model/guide].
    #[error("mtu {value} is not one of a {kind} virtual interface; expected {expected}")]
    Mtu { value: i32, kind: &'static str, expected: &'static str },
    /// Up to 1,000 prefixes of each family [guide].
    #[error("{member} {value} is out of range; expected 0 to {limit}")]
    PrefixCount { member: &'static str, value: i32, limit: usize },
    /// An allocation covers what the customer announces [guide].
    #[error("{member} {value} is below the {used} prefixes that VirtualInterface {id} receives")]
    PrefixesInUse { member: &'static str, value: i32, used: usize, id: VirtualInterfaceId },
    /// Public interfaces have neither SiteLink nor prefixes of a pool [model].
    #[error("{member} cannot be set on {id}, a public virtual interface")]
    NotOfPublic { member: &'static str, id: VirtualInterfaceId },
    /// An account id has twelve digits [inferred].
    #[error("ownerAccount {} is not twelve digits", Shown(value))]
    MalformedAccount { value: String },
    /// Allocating is for other accounts [observed].
    #[error("Cannot allocate VirtualInterface for the connection owner.")]
    OwnAllocation,
    /// An update changes something [inferred].
    #[error(
        "UpdateVirtualInterfaceAttributes of {id} changes nothing; expected mtu, enableSiteLink, virtualInterfaceName, prefixPoolAllocatedCountIpv4, prefixPoolAllocatedCountIpv6 or rateLimit"
    )]
    NothingToUpdate { id: VirtualInterfaceId },

    /// An interface is put on a connection or LAG that is in service [observed], or down [inferred].
    #[error("The specified Connection ID is not available: {id} is in state {state}; expected available or down")]
    ParentNotAvailable { id: String, state: &'static str },
    /// The interfaces of a LAG sit on the LAG, not on its members [inferred].
    #[error("Connection {connection} is a member of {lag}; virtual interfaces are put on the LAG")]
    OnMember { connection: ConnectionId, lag: LagId },
    /// Interconnects and the LAGs of partners carry hosted connections, which have the interfaces [model].
    #[error("Virtual interfaces cannot be put on {id}, which carries hosted connections; they are put on these")]
    OnHost { id: String },
    /// The VLAN of a hosted connection is its partner's choice, and its interface's [guide].
    #[error("vlan {vlan} is not that of hosted connection {connection}; expected {expected}")]
    VlanOfHosted { vlan: u16, connection: ConnectionId, expected: u16 },
    /// Rate limiters are of dedicated connections and LAGs [guide].
    #[error("rateLimit {value} cannot be set on hosted connection {connection}")]
    RateLimitOnHosted { value: String, connection: String },
    /// An interface leaves a hosted connection for no LAG [model], and for no other hosted one [guide].
    #[error("VirtualInterface {id} is on hosted connection {from}, and cannot move to {to} without it")]
    BoundToHosted { id: VirtualInterfaceId, from: String, to: String },
    /// An interface moves to another place [inferred].
    #[error("VirtualInterface {id} is on {parent} already")]
    AlreadyThere { id: VirtualInterfaceId, parent: String },
    /// Ports and LAGs outlive what sits on them; the end of the text is what clients look for [observed].
    #[error("{what} {id} cannot be deleted until its Virtual Interfaces are deleted")]
    Remain { what: &'static str, id: String },
    /// Fifty private and public ones, four transit ones, 51 in all [guide].
    #[error("{parent} would have {count} {what}virtual interfaces; at most {limit} are allowed")]
    Count { parent: String, what: &'static str, count: usize, limit: usize },

    /// Speeds of rate limiters are those of a list [model].
    #[error("rateLimit {} is not a speed of a rate limiter, such as 50Mbps, 1.2Gbps or 1Tbps", Shown(value))]
    RateLimit { value: String },
    /// A limiter is no faster than what it is on [model].
    #[error("rateLimit {value} is faster than {parent}, which has {speed}")]
    RateLimitTooFast { value: String, parent: String, speed: String },
    /// Ten limiters on a connection [guide], in the words of an exception of their own [model].
    #[error("{parent} would have {count} rate limiters; at most {limit} are allowed")]
    RateLimiters { parent: String, count: usize, limit: usize },
    /// The same, from calls that do not declare that exception [model].
    #[error("{parent} would have {count} rate limiters; at most {limit} are allowed")]
    RateLimitersUndeclared { parent: String, count: usize, limit: usize },

    /// The pool of a connection or LAG covers what is allocated on it [guide].
    #[error("{parent} has {size} {} prefixes for its virtual interfaces, and {allocated} would be allocated", family.name())]
    ParentPool { parent: String, family: Family, size: usize, allocated: usize },
    /// So does the pool of a LAG that a member leaves [guide].
    #[error(
        "Connection {connection} cannot leave {lag}: {size} {} prefixes would remain, and {allocated} are allocated to its virtual interfaces",
        family.name()
    )]
    PoolAfterLeaving { connection: ConnectionId, lag: LagId, family: Family, size: usize, allocated: usize },
    /// So does the pool of a Direct Connect gateway, for both families together [guide].
    #[error(
        "Direct Connect Gateway {gateway} has {size} prefixes for its virtual interfaces, and {allocated} would be allocated"
    )]
    GatewayPool { gateway: Uuid, size: usize, allocated: usize },

    /// A private or transit interface leads to one gateway [model].
    #[error("{given} gateways are named; expected exactly one of {expected}")]
    Gateways { given: usize, expected: &'static str },
    /// Interfaces are attached to gateways in service [inferred].
    #[error("Direct Connect Gateway {id} is in state {state}; expected available")]
    GatewayNotAvailable { id: Uuid, state: &'static str },
    /// Thirty interfaces on a Direct Connect gateway [guide].
    #[error("Direct Connect Gateway {gateway} has {limit} virtual interfaces, as many as its quota allows")]
    GatewayCount { gateway: Uuid, limit: usize },
    /// SiteLink runs over Direct Connect gateways [guide].
    #[error("enableSiteLink is true, but the virtual interface leads to no Direct Connect gateway")]
    SiteLinkWithoutGateway,
    /// Nowhere in China and GovCloud [guide].
    #[error("enableSiteLink is true, but {region} has no SiteLink")]
    SiteLinkRegion { region: Region },

    /// IPv6 addresses are always assigned [model].
    #[error("{member} is given; IPv6 addresses are assigned by the service")]
    AddressGiven { member: &'static str },
    /// IPv4 addresses come in pairs, and public ones must be given [guide].
    #[error("{member} is missing; expected an IPv4 address with prefix length, such as {example}")]
    AddressMissing { member: &'static str, example: &'static str },
    /// An address has a prefix length [observed].
    #[error("{member} {} is not an IPv4 address with prefix length, such as 169.254.10.1/29", Shown(value))]
    AddressMalformed { member: &'static str, value: String },
    /// Two ends need two addresses [inferred].
    #[error("{member} {value} has a prefix length of 32; expected 31 or shorter")]
    AddressAlone { member: &'static str, value: String },
    /// Public peers have public addresses [observed].
    #[error("{which} Address is not allowed to contain a private IP")]
    AddressPrivate { which: &'static str },
    /// Both ends are in one network [observed].
    #[error("Amazon Address and Customer Address must be in the same CIDR")]
    AddressesApart,
    /// The first address of a network is the network's [observed].
    #[error("{which} Address is address 0 on its subnet.")]
    AddressOfNetwork { which: &'static str },
    /// The last one is for broadcasts [observed].
    #[error("{which} Address is the broadcast address on its subnet.")]
    AddressOfBroadcast { which: &'static str },
    /// Each end has its own [inferred].
    #[error("Amazon Address and Customer Address are both {address}")]
    AddressesEqual { address: IpAddr },
    /// An address is used once on a connection or LAG [model/inferred].
    #[error("Address {address} is already used by {by} on {parent}")]
    AddressUsed { address: IpAddr, by: VirtualInterfaceId, parent: String },
    /// A public address is used once anywhere [guide]. Whose interface has it is nobody's business.
    #[error("Address {address} is already used by another public virtual interface; expected an address of your own")]
    PublicAddressUsed { address: IpAddr },

    /// A public interface announces something [guide].
    #[error("routeFilterPrefixes is empty; expected at least one prefix")]
    NoRouteFilters,
    /// At most 1,000 of them [guide].
    #[error("routeFilterPrefixes has {count} prefixes; at most {limit} are allowed")]
    TooManyRouteFilters { count: usize, limit: usize },
    /// Each is a network [model].
    #[error("routeFilterPrefixes cidr {} is not a prefix, such as 192.0.2.0/24", Shown(value))]
    RouteFilter { value: String },
    /// IPv4 from /1 to /32, IPv6 from /1 to /64 [guide].
    #[error("routeFilterPrefixes cidr {prefix} is out of range; expected a length of 1 to {limit}")]
    RouteFilterLength { prefix: Prefix, limit: u8 },
    /// They are of the family of the peer [inferred].
    #[error("routeFilterPrefixes cidr {prefix} is not an {} prefix, as addressFamily says", family.name())]
    RouteFilterFamily { prefix: Prefix, family: Family },
}
