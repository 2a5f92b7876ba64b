//! Random orders of virtual interfaces: mostly sensible ones, some with one thing wrong.

use super::inputs::Inputs;
use super::{ACCOUNTS, REGIONS, region};
use crossconnect_api::shapes::{self, RouteFilterPrefix};
use crossconnect_api::{Request, shapes::AddressFamily};
use crossconnect_core::Context;
use crossconnect_core::model::virtual_interface::Kind;

pub(super) const LIMITS: [&str; 6] = ["50Mbps", "100Mbps", "1Gbps", "1.6Tbps", "Unlimited", "3Mbps"];
pub(super) const MTUS: [i32; 4] = [1500, 8500, 9001, 1501];
pub(super) const COUNTS: [i32; 6] = [0, 10, 60, 100, 150, 1001];
/// Pairs of addresses, of which all but the first two break a rule.
const PAIRS: [(Option<&str>, Option<&str>); 14] = [
    (Some("175.45.176.1/30"), Some("175.45.176.2/30")),
    (Some("175.45.176.5/31"), Some("175.45.176.4/31")),
    (Some("10.0.0.1/30"), Some("10.0.0.2/30")),
    (Some("175.45.176.1/30"), None),
    (None, Some("175.45.176.1/30")),
    (Some("175.45.176.1"), Some("175.45.176.2/30")),
    (Some("175.45.176.1/32"), Some("175.45.176.2/32")),
    (Some("175.45.176.1/30"), Some("175.45.177.2/30")),
    (Some("175.45.176.0/30"), Some("175.45.176.2/30")),
    (Some("175.45.176.1/30"), Some("175.45.176.3/30")),
    (Some("175.45.176.1/30"), Some("175.45.176.1/30")),
    (Some("169.254.0.1/30"), Some("169.254.0.2/30")),
    (Some("192.168.0.1/30"), Some("192.168.0.2/30")),
    (Some("fd00::1/125"), Some("fd00::2/125")),
];
/// Route filters, of which all but the first two break a rule.
const FILTERS: [&str; 7] = [
    "175.45.0.0/16",
    "175.45.0.0/16,198.51.100.0/24",
    "",
    "175.45.0.1/16",
    "0.0.0.0/0",
    "2001:db8::/48",
    "192.0.2.0/24,192.0.3.0/24,192.0.4.0/24,192.0.5.0/24",
];

/// The members that orders of every type have, as a private one has them.
type Order = shapes::NewPrivateVirtualInterface;

impl Inputs<'_> {
    pub(super) fn order(&mut self, kind: Kind) -> (Context, Request) {
        let (owner, connection_id) = self.place();
        let caller = self.caller(owner);
        let mut new = self.order_of(kind, caller);
        let hosted = self.known.hosted.iter().find(|hosted| hosted.id.to_string() == connection_id);
        if let Some(vlan) = hosted.map(|hosted| hosted.vlan).filter(|_| !self.random.one_in(8)) {
            new.vlan = vlan.into();
        }
        if self.random.one_in(3) {
            self.spoil(&mut new);
        }
        let filters = (kind == Kind::Public).then(|| self.filters());
        let other = ACCOUNTS[self.random.below(ACCOUNTS.len())].to_owned();
        let owner_account = if self.random.one_in(15) { "4444".to_owned() } else { other };
        let is_allocation = self.random.one_in(4);
        (caller, request(kind, is_allocation.then_some(owner_account), connection_id, new, filters))
    }

    fn order_of(&mut self, kind: Kind, caller: Context) -> Order {
        let to_gateway = kind == Kind::Transit || self.random.one_in(2);
        let direct_connect_gateway_id = if to_gateway { self.gateway_of(caller) } else { None };
        let pair = if kind == Kind::Public {
            let block = 4 * self.random.below(5);
            Some((format!("175.45.177.{}/30", block + 1), format!("175.45.177.{}/30", block + 2)))
        } else {
            None
        };
        let (amazon_address, customer_address) = pair.unzip();
        let few = self.random.one_in(2);
        let is_last = caller.region == region(REGIONS[REGIONS.len() - 1].0);
        Order {
            virtual_interface_name: "v".to_owned(),
            vlan: 100 + self.random.below(12) as i32,
            asn: Some(65001),
            virtual_gateway_id: (!to_gateway).then(|| "vgw-11111111".to_owned()),
            direct_connect_gateway_id,
            amazon_address,
            customer_address,
            prefix_pool_allocated_count_ipv4: few.then_some(10),
            prefix_pool_allocated_count_ipv6: few.then_some(10),
            rate_limit: self.random.one_in(4).then(|| "50Mbps".to_owned()),
            // Where it is not offered.
            enable_site_link: (is_last && self.random.one_in(2)).then_some(true),
            tags: self.tags(),
            ..Order::default()
        }
    }

    /// Makes one member of an order special, mostly wrong.
    fn spoil(&mut self, new: &mut Order) {
        match self.random.below(22) {
            0 => new.virtual_interface_name = "n".repeat([0, 100, 101][self.random.below(3)]),
            1 => new.vlan = [0, 1, 4094, 4095][self.random.below(4)],
            2 => new.asn = [None, Some(0), Some(i32::MAX), Some(-7)][self.random.below(4)],
            3 => new.asn_long = [Some(0), Some(4_294_967_295), Some(4_200_000_000)][self.random.below(3)],
            4 => new.auth_key = Some("k".repeat([5, 6, 80, 81][self.random.below(4)])),
            5 => new.mtu = Some(MTUS[self.random.below(MTUS.len())]),
            6 => new.prefix_pool_allocated_count_ipv4 = Some(COUNTS[self.random.below(COUNTS.len())]),
            7 => new.prefix_pool_allocated_count_ipv6 = Some(COUNTS[self.random.below(COUNTS.len())]),
            8 | 9 => new.rate_limit = Some(LIMITS[self.random.below(LIMITS.len())].to_owned()),
            10 => new.enable_site_link = Some(true),
            11 => {
                new.virtual_gateway_id =
                    [None, Some("vgw-1"), Some("tgw-11111111")][self.random.below(3)].map(Into::into)
            }
            12 => new.address_family = Some(AddressFamily::Ipv6),
            _ => {
                let (amazon, customer) = PAIRS[self.random.below(PAIRS.len())];
                new.amazon_address = amazon.map(Into::into);
                new.customer_address = customer.map(Into::into);
            }
        }
    }

    fn filters(&mut self) -> Vec<RouteFilterPrefix> {
        let at = if self.random.one_in(4) { self.random.below(FILTERS.len()) } else { 0 };
        let list = FILTERS[at];
        if list.is_empty() { Vec::new() } else { vec![RouteFilterPrefix { cidr: Some(list.to_owned()) }] }
    }
}

/// The call that creates or allocates what is ordered.
fn request(
    kind: Kind,
    owner: Option<String>,
    connection_id: String,
    new: Order,
    route_filter_prefixes: Option<Vec<RouteFilterPrefix>>,
) -> Request {
    // A transit interface may lack what the model does not require.
    let name = Some(new.virtual_interface_name.clone()).filter(|name| name.len() != 100);
    match (kind, owner) {
        (Kind::Private, None) => Request::CreatePrivateVirtualInterface(shapes::CreatePrivateVirtualInterfaceRequest {
            connection_id,
            new_private_virtual_interface: new,
        }),
        (Kind::Private, Some(owner_account)) => {
            Request::AllocatePrivateVirtualInterface(shapes::AllocatePrivateVirtualInterfaceRequest {
                connection_id,
                owner_account,
                new_private_virtual_interface_allocation: shapes::NewPrivateVirtualInterfaceAllocation {
                    virtual_interface_name: new.virtual_interface_name,
                    vlan: new.vlan,
                    asn: new.asn,
                    rate_limit: new.rate_limit,
                    ..Default::default()
                },
            })
        }
        (Kind::Public, None) => Request::CreatePublicVirtualInterface(shapes::CreatePublicVirtualInterfaceRequest {
            connection_id,
            new_public_virtual_interface: shapes::NewPublicVirtualInterface {
                virtual_interface_name: new.virtual_interface_name,
                vlan: new.vlan,
                asn: new.asn,
                amazon_address: new.amazon_address,
                customer_address: new.customer_address,
                address_family: new.address_family,
                rate_limit: new.rate_limit,
                route_filter_prefixes,
                ..Default::default()
            },
        }),
        (Kind::Public, Some(owner_account)) => {
            Request::AllocatePublicVirtualInterface(shapes::AllocatePublicVirtualInterfaceRequest {
                connection_id,
                owner_account,
                new_public_virtual_interface_allocation: shapes::NewPublicVirtualInterfaceAllocation {
                    virtual_interface_name: new.virtual_interface_name,
                    vlan: new.vlan,
                    asn: new.asn,
                    amazon_address: new.amazon_address,
                    customer_address: new.customer_address,
                    route_filter_prefixes,
                    ..Default::default()
                },
            })
        }
        (Kind::Transit, None) => Request::CreateTransitVirtualInterface(shapes::CreateTransitVirtualInterfaceRequest {
            connection_id,
            new_transit_virtual_interface: shapes::NewTransitVirtualInterface {
                virtual_interface_name: name,
                vlan: Some(new.vlan),
                asn: new.asn,
                direct_connect_gateway_id: new.direct_connect_gateway_id,
                enable_site_link: new.enable_site_link,
                mtu: new.mtu,
                prefix_pool_allocated_count_ipv4: new.prefix_pool_allocated_count_ipv4,
                prefix_pool_allocated_count_ipv6: new.prefix_pool_allocated_count_ipv6,
                rate_limit: new.rate_limit,
                ..Default::default()
            },
        }),
        (Kind::Transit, Some(owner_account)) => {
            Request::AllocateTransitVirtualInterface(shapes::AllocateTransitVirtualInterfaceRequest {
                connection_id,
                owner_account,
                new_transit_virtual_interface_allocation: shapes::NewTransitVirtualInterfaceAllocation {
                    virtual_interface_name: name,
                    vlan: Some(new.vlan),
                    asn: new.asn,
                    ..Default::default()
                },
            })
        }
    }
}
