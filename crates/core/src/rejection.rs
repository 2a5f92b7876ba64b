//! What the service refuses, and in which words: one enum a resource, a variant a rule.
//!
//! The doc comment of a variant gives the rule and its source: [model], [guide], [observed] or [inferred]. Texts marked
//! [observed] are the service's own; all others name the member, what it was and what was expected.

use crate::ids::{AccountId, ConnectionId, DeviceId, LagId, LocationCode, Region};
use crossconnect_api::Exception;
use std::fmt;
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

mod bgp_peer;
mod connection;
mod control;
mod customer;
mod failover_test;
mod gateway;
mod hosted_connection;
mod interconnect;
mod lag;
mod loa;
mod mac_sec;
mod registry;
mod resiliency_group;
mod route;
mod router;
mod virtual_interface;

pub use bgp_peer::BgpPeerRejection;
pub use connection::ConnectionRejection;
pub use control::ControlRejection;
pub use customer::CustomerRejection;
pub use failover_test::FailoverTestRejection;
pub use gateway::{AssociationRejection, GatewayRejection, ProposalRejection};
pub use hosted_connection::HostedConnectionRejection;
pub use interconnect::InterconnectRejection;
pub use lag::LagRejection;
pub use loa::LoaRejection;
pub use mac_sec::MacSecRejection;
pub use registry::RegistryRejection;
pub use resiliency_group::{BillingRejection, ResiliencyGroupRejection};
pub use route::RouteRejection;
pub use router::RouterRejection;
pub use virtual_interface::VirtualInterfaceRejection;

/// The caller broke a rule. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "one variant for each enum below")]
pub enum Rejection {
    #[error(transparent)]
    Connection(#[from] ConnectionRejection),
    #[error(transparent)]
    Customer(#[from] CustomerRejection),
    #[error(transparent)]
    HostedConnection(#[from] HostedConnectionRejection),
    #[error(transparent)]
    Interconnect(#[from] InterconnectRejection),
    #[error(transparent)]
    Lag(#[from] LagRejection),
    #[error(transparent)]
    Loa(#[from] LoaRejection),
    #[error(transparent)]
    MacSec(#[from] MacSecRejection),
    #[error(transparent)]
    Gateway(#[from] GatewayRejection),
    #[error(transparent)]
    Association(#[from] AssociationRejection),
    #[error(transparent)]
    Proposal(#[from] ProposalRejection),
    #[error(transparent)]
    VirtualInterface(#[from] VirtualInterfaceRejection),
    #[error(transparent)]
    BgpPeer(#[from] BgpPeerRejection),
    #[error(transparent)]
    Route(#[from] RouteRejection),
    #[error(transparent)]
    Router(#[from] RouterRejection),
    #[error(transparent)]
    FailoverTest(#[from] FailoverTestRejection),
    #[error(transparent)]
    ResiliencyGroup(#[from] ResiliencyGroupRejection),
    #[error(transparent)]
    Billing(#[from] BillingRejection),
    #[error(transparent)]
    Order(#[from] OrderRejection),
    #[error(transparent)]
    Tag(#[from] TagRejection),
    #[error(transparent)]
    Page(#[from] PageRejection),
    #[error(transparent)]
    Control(#[from] ControlRejection),
    #[error(transparent)]
    Registry(#[from] RegistryRejection),
}

impl Rejection {
    /// The exception of the model that carries it.
    pub fn exception(&self) -> Exception {
        match self {
            Rejection::Tag(TagRejection::DuplicateKey { .. }) => Exception::DuplicateTagKeys,
            Rejection::Tag(TagRejection::TooMany { .. }) => Exception::TooManyTags,
            Rejection::VirtualInterface(VirtualInterfaceRejection::RateLimiters { .. })
            | Rejection::ResiliencyGroup(
                ResiliencyGroupRejection::GroupQuota { .. } | ResiliencyGroupRejection::AssociationQuota { .. },
            ) => Exception::LimitExceeded,
            Rejection::Connection(_)
            | Rejection::Customer(_)
            | Rejection::HostedConnection(_)
            | Rejection::Interconnect(_)
            | Rejection::Lag(_)
            | Rejection::Loa(_)
            | Rejection::MacSec(_)
            | Rejection::VirtualInterface(_)
            | Rejection::Gateway(_)
            | Rejection::Association(_)
            | Rejection::Proposal(_)
            | Rejection::BgpPeer(_)
            | Rejection::Route(_)
            | Rejection::Router(_)
            | Rejection::FailoverTest(_)
            | Rejection::ResiliencyGroup(_)
            | Rejection::Billing(_)
            | Rejection::Order(_)
            | Rejection::Tag(_)
            | Rejection::Page(_)
            | Rejection::Control(_)
            | Rejection::Registry(_) => Exception::DirectConnectClient,
        }
    }

    /// `<enum>::<variant>`, for coverage.
    pub fn name(&self) -> String {
        let (group, variant): (&str, &'static str) = match self {
            Rejection::Connection(rejection) => ("Connection", rejection.into()),
            Rejection::Customer(rejection) => ("Customer", rejection.into()),
            Rejection::HostedConnection(rejection) => ("HostedConnection", rejection.into()),
            Rejection::Interconnect(rejection) => ("Interconnect", rejection.into()),
            Rejection::Lag(rejection) => ("Lag", rejection.into()),
            Rejection::Loa(rejection) => ("Loa", rejection.into()),
            Rejection::MacSec(rejection) => ("MacSec", rejection.into()),
            Rejection::Gateway(rejection) => ("Gateway", rejection.into()),
            Rejection::Association(rejection) => ("Association", rejection.into()),
            Rejection::Proposal(rejection) => ("Proposal", rejection.into()),
            Rejection::VirtualInterface(rejection) => ("VirtualInterface", rejection.into()),
            Rejection::BgpPeer(rejection) => ("BgpPeer", rejection.into()),
            Rejection::Route(rejection) => ("Route", rejection.into()),
            Rejection::Router(rejection) => ("Router", rejection.into()),
            Rejection::FailoverTest(rejection) => ("FailoverTest", rejection.into()),
            Rejection::ResiliencyGroup(rejection) => ("ResiliencyGroup", rejection.into()),
            Rejection::Billing(rejection) => ("Billing", rejection.into()),
            Rejection::Order(rejection) => ("Order", rejection.into()),
            Rejection::Tag(rejection) => ("Tag", rejection.into()),
            Rejection::Page(rejection) => ("Page", rejection.into()),
            Rejection::Control(rejection) => ("Control", rejection.into()),
            Rejection::Registry(rejection) => ("Registry", rejection.into()),
        };
        format!("{group}::{variant}")
    }

    /// The names of all rejections there are.
    pub fn all_names() -> Vec<String> {
        let groups: &[(&str, &[&str])] = &[
            ("Connection", ConnectionRejection::VARIANTS),
            ("Customer", CustomerRejection::VARIANTS),
            ("HostedConnection", HostedConnectionRejection::VARIANTS),
            ("Interconnect", InterconnectRejection::VARIANTS),
            ("Lag", LagRejection::VARIANTS),
            ("Loa", LoaRejection::VARIANTS),
            ("MacSec", MacSecRejection::VARIANTS),
            ("VirtualInterface", VirtualInterfaceRejection::VARIANTS),
            ("Gateway", GatewayRejection::VARIANTS),
            ("Association", AssociationRejection::VARIANTS),
            ("Proposal", ProposalRejection::VARIANTS),
            ("BgpPeer", BgpPeerRejection::VARIANTS),
            ("Route", RouteRejection::VARIANTS),
            ("Router", RouterRejection::VARIANTS),
            ("FailoverTest", FailoverTestRejection::VARIANTS),
            ("ResiliencyGroup", ResiliencyGroupRejection::VARIANTS),
            ("Billing", BillingRejection::VARIANTS),
            ("Order", OrderRejection::VARIANTS),
            ("Tag", TagRejection::VARIANTS),
            ("Page", PageRejection::VARIANTS),
            ("Control", ControlRejection::VARIANTS),
            ("Registry", RegistryRejection::VARIANTS),
        ];
        groups
            .iter()
            .flat_map(|(group, variants)| variants.iter().map(move |variant| format!("{group}::{variant}")))
            .collect()
    }
}

/// A caller's value as a text shows it: escaped, at most 64 characters.
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(64) {
            // Only what could break a line or hide in it: the value itself stays legible.
            if character.is_control() {
                write!(f, "{}", character.escape_debug())?;
            } else {
                write!(f, "{character}")?;
            }
        }
        if characters.next().is_some() { f.write_str("…") } else { Ok(()) }
    }
}

/// Why ports cannot be ordered as asked.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum OrderRejection {
    /// A location is one of the Region's [model].
    #[error("Location {} is not a Direct Connect location of {region}; DescribeLocations lists them", Shown(code))]
    UnknownLocation { code: String, region: Region },
    /// Dedicated ports have four speeds [guide].
    #[error(
        "{member} {} is not the speed of a dedicated port; expected 1Gbps, 10Gbps, 100Gbps or 400Gbps",
        Shown(value)
    )]
    UnknownBandwidth { member: &'static str, value: String },
    /// A location offers some of them [guide].
    #[error("{member} {bandwidth} is not offered at {location}, which has {offered}")]
    BandwidthNotOffered { member: &'static str, bandwidth: &'static str, location: LocationCode, offered: String },
    /// A provider is one of the location's, where those are known [inferred].
    #[error("providerName {} does not work at {location}, which has {known}", Shown(value))]
    UnknownProvider { value: String, location: LocationCode, known: String },
    /// MACsec wants a location and a speed that have it; 1 Gbps never has [guide].
    #[error("requestMACSec is true, but {location} offers no MACsec on {bandwidth} ports")]
    MacSecNotOffered { bandwidth: &'static str, location: LocationCode },
    /// Only ports of 10 and 100 Gbps have flat rates [observed].
    #[error("billingMode {mode} is not offered for {bandwidth} ports; expected PayAsYouGo")]
    FlatRateNotOffered { mode: &'static str, bandwidth: &'static str },
    /// All dedicated connections of an account at a location are at a flat rate, or none is [guide].
    #[error("billingMode {mode} cannot be mixed at {location}: the account's other connections there are {others}")]
    MixedBilling { mode: &'static str, location: LocationCode, others: &'static str },
    /// Names are not empty [inferred].
    #[error("{member} is empty; expected 1 to 255 characters")]
    EmptyName { member: &'static str },
    /// Names have a sensible bound [inferred].
    #[error("{member} has {length} characters; expected 1 to 255")]
    LongName { member: &'static str, length: usize },
    /// A port is reserved by the call that orders it; without a free one nothing is created [model].
    #[error("No free {bandwidth} ports at {location}: {wanted} asked for on one device")]
    NoFreePort { bandwidth: &'static str, location: LocationCode, wanted: usize },
    /// The same on the device of a LAG [model].
    #[error("No free {bandwidth} port on {device}, the device of {lag}")]
    NoFreePortOnDevice { bandwidth: &'static str, device: DeviceId, lag: LagId },
    /// Ten connections at a location [guide].
    #[error(
        "{location} holds {live} connections of account {account}, and {wanted} more were asked for; the quota is {limit}"
    )]
    ConnectionQuota { location: LocationCode, account: AccountId, live: usize, wanted: usize, limit: usize },
    /// Ten LAGs in a Region [guide].
    #[error("Account {account} has {limit} LAGs in {region}, as many as its quota allows")]
    LagQuota { account: AccountId, region: Region, limit: usize },
}

/// Why tags cannot be set, or an ARN not be used.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum TagRejection {
    /// A key is given once in a request [model].
    #[error("Tag key {} is given more than once", Shown(key))]
    DuplicateKey { key: String },
    /// `aws:` is reserved [guide].
    #[error("Tag key {} begins with aws:, which is reserved", Shown(key))]
    ReservedKey { key: String },
    /// Fifty tags on a resource [guide].
    #[error("The resource would have {count} tags; at most {limit} are allowed")]
    TooMany { count: usize, limit: usize },
    /// ARNs name a Direct Connect resource [model].
    #[error("resourceArn {} is not the ARN of a Direct Connect resource", Shown(arn))]
    MalformedArn { arn: String },
    /// The resource exists in the Region of the call, and is the caller's [inferred].
    #[error("Could not find a resource with ARN {}", Shown(arn))]
    UnknownArn { arn: String },
    /// Tags end with their resource [guide].
    #[error("{id} is in state {state}; its tags can no longer be changed")]
    NotLive { id: String, state: &'static str },
}

/// Why a page cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum PageRejection {
    /// At least one result [inferred].
    #[error("maxResults {value} is out of range; expected 1 or more (above 100 counts as 100)")]
    MaxResults { value: i32 },
    /// A token is one that this list gave to this account [inferred].
    #[error("nextToken {} was not given by this operation to this account in this Region", Shown(value))]
    Token { value: String },
}
