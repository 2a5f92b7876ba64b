//! Random calls about virtual interfaces: orders that mostly make sense, some with one thing wrong, and what follows.

use super::inputs::Inputs;
use super::{ACCOUNTS, context};
use crossconnect_api::shapes::{self, RouteFilterPrefix};
use crossconnect_api::{Request, shapes::AddressFamily};
use crossconnect_core::Context;
use crossconnect_core::ids::LagId;
use crossconnect_core::model::connection::{Connection, Phase};
use crossconnect_core::model::gateway::GatewayPhase;
use crossconnect_core::model::lag::Lag;
use crossconnect_core::model::virtual_interface::{Kind, VirtualInterface};
use std::sync::Arc;

const LIMITS: [&str; 6] = ["50Mbps", "100Mbps", "1Gbps", "1.6Tbps", "Unlimited", "3Mbps"];
const MTUS: [i32; 4] = [1500, 8500, 9001, 1501];
const COUNTS: [i32; 6] = [0, 10, 60, 100, 150, 1001];
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
    /// A call about virtual interfaces, and who makes it where.
    pub(super) fn interface_call(&mut self) -> (Context, Request) {
        let interface = self.present_interface();
        match self.random.below(19) {
            16 => self.describe_router(interface),
            0..=4 => self.order(Kind::Private),
            5 | 6 => self.order(Kind::Public),
            7 | 8 => self.order(Kind::Transit),
            9 | 10 | 17 | 18 => self.confirm(interface),
            11 | 12 => self.update_interface(interface),
            13 => self.move_interface(interface),
            14 => self.delete_interface(interface),
            _ => self.describe_interfaces(interface),
        }
    }

    /// One that has not ended, mostly.
    fn present_interface(&mut self) -> Option<Arc<VirtualInterface>> {
        let lasts = |interface: &&Arc<VirtualInterface>| interface.phase.last().1.is_live();
        let lasting: Vec<_> = self.known.interfaces.iter().filter(lasts).cloned().collect();
        let any = self.random.one_in(10);
        self.random.pick(if any { &self.known.interfaces } else { &lasting }).cloned()
    }

    /// What an interface may be put on, and who owns it: mostly a connection that stands alone and is in service, or a LAG.
    fn place(&mut self) -> (Option<Context>, String) {
        if let Some(hosted) = self.hosted().filter(|_| self.random.one_in(4)) {
            return (Some(context(hosted.owner, hosted.region)), hosted.id.to_string());
        }
        let serves = |c: &&Arc<Connection>| c.lag.is_none() && c.phase.last().1 == Phase::Provisioned;
        let serving: Vec<_> = self.known.connections.iter().filter(serves).cloned().collect();
        let any = self.random.one_in(4);
        let connection = self.random.pick(if any { &self.known.connections } else { &serving }).cloned();
        let lag: Option<Arc<Lag>> = self.random.pick(&self.known.lags).cloned();
        match (connection, lag) {
            (Some(c), _) if self.random.one_in(2) => {
                (Some(context(c.owner, c.region)), self.id(Some(c.id.to_string()), "dxcon-"))
            }
            (_, Some(lag)) => (Some(context(lag.owner, lag.region)), self.id(Some(lag.id.to_string()), LagId::PREFIX)),
            (Some(c), None) => (Some(context(c.owner, c.region)), c.id.to_string()),
            (None, None) => (None, self.id(None, "dxcon-")),
        }
    }

    /// A Direct Connect gateway of the caller's, mostly one in service.
    fn gateway_of(&mut self, caller: Context) -> Option<String> {
        let serves = |gateway: &crossconnect_core::model::gateway::DirectConnectGateway| {
            gateway.owner == caller.account && gateway.phase.last().1 == GatewayPhase::Available
        };
        let own: Vec<_> = self.known.gateways.iter().filter(|gateway| serves(gateway)).cloned().collect();
        let any = self.random.one_in(12);
        let gateway =
            self.random.pick(if any { &self.known.gateways } else { &own }).map(|gateway| gateway.id.to_string());
        gateway.or_else(|| self.random.one_in(4).then(|| "00000000-0000-4000-8000-000000000000".to_owned()))
    }

    fn order(&mut self, kind: Kind) -> (Context, Request) {
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

    fn confirm(&mut self, interface: Option<Arc<VirtualInterface>>) -> (Context, Request) {
        use crossconnect_core::model::virtual_interface::Phase as Waiting;
        let waiting: Vec<_> =
            self.known.interfaces.iter().filter(|v| v.phase.last().1 == Waiting::Confirming).cloned().collect();
        let interface = self.random.pick(&waiting).cloned().or(interface);
        let caller = self.caller(interface.as_ref().map(|v| context(v.owner, v.region)));
        let caller = match &interface {
            Some(v) if self.random.one_in(8) => context(v.parent_owner, v.region),
            Some(_) | None => caller,
        };
        let kind = interface.as_ref().map_or(Kind::Private, |v| v.kind);
        let kind = if self.random.one_in(8) { Kind::Public } else { kind };
        let virtual_interface_id = self.id(interface.map(|v| v.id.to_string()), "dxvif-");
        let gateway = self.gateway_of(caller);
        let request = match kind {
            Kind::Private => Request::ConfirmPrivateVirtualInterface(shapes::ConfirmPrivateVirtualInterfaceRequest {
                virtual_interface_id,
                virtual_gateway_id: self.random.one_in(2).then(|| "vgw-11111111".to_owned()),
                direct_connect_gateway_id: if self.random.one_in(2) { gateway } else { None },
            }),
            Kind::Public => Request::ConfirmPublicVirtualInterface(shapes::ConfirmPublicVirtualInterfaceRequest {
                virtual_interface_id,
            }),
            Kind::Transit => Request::ConfirmTransitVirtualInterface(shapes::ConfirmTransitVirtualInterfaceRequest {
                virtual_interface_id,
                direct_connect_gateway_id: gateway.unwrap_or_else(|| "nonsense".to_owned()),
            }),
        };
        (caller, request)
    }

    fn update_interface(&mut self, interface: Option<Arc<VirtualInterface>>) -> (Context, Request) {
        let announces = |v: &&Arc<VirtualInterface>| v.peers.iter().any(|peer| !peer.announced.is_empty());
        let announcing: Vec<_> = self.known.interfaces.iter().filter(announces).cloned().collect();
        let lowers = self.random.one_in(6);
        let interface = if lowers { self.random.pick(&announcing).cloned().or(interface) } else { interface };
        let caller = match &interface {
            Some(v) if self.random.one_in(8) => context(v.parent_owner, v.region),
            Some(v) => context(v.owner, v.region),
            None => self.anyone(),
        };
        let mut input = shapes::UpdateVirtualInterfaceAttributesRequest {
            virtual_interface_id: self.id(interface.map(|v| v.id.to_string()), "dxvif-"),
            ..Default::default()
        };
        match self.random.below(11) {
            _ if lowers => {
                input.prefix_pool_allocated_count_ipv4 = Some(0);
                input.prefix_pool_allocated_count_ipv6 = Some(0);
            }
            0 => input.virtual_interface_name = Some("n".repeat([0, 7][self.random.below(2)])),
            1..=4 => input.mtu = Some(MTUS[self.random.below(MTUS.len())]),
            5 => input.enable_site_link = Some(!self.random.one_in(3)),
            6 => input.prefix_pool_allocated_count_ipv4 = Some(COUNTS[self.random.below(COUNTS.len())]),
            7 => input.prefix_pool_allocated_count_ipv6 = Some(COUNTS[self.random.below(COUNTS.len())]),
            8 | 9 => input.rate_limit = Some(LIMITS[self.random.below(LIMITS.len())].to_owned()),
            _ => {}
        }
        (caller, Request::UpdateVirtualInterfaceAttributes(input))
    }

    fn move_interface(&mut self, interface: Option<Arc<VirtualInterface>>) -> (Context, Request) {
        let (owner, mut connection_id) = self.place();
        if let Some(there) = interface.as_ref().filter(|_| self.random.one_in(10)) {
            connection_id = there.parent.to_string();
        }
        let input = shapes::AssociateVirtualInterfaceRequest {
            virtual_interface_id: self.id(interface.map(|v| v.id.to_string()), "dxvif-"),
            connection_id,
        };
        (self.caller(owner), Request::AssociateVirtualInterface(input))
    }

    fn delete_interface(&mut self, interface: Option<Arc<VirtualInterface>>) -> (Context, Request) {
        let caller = self.caller(interface.as_ref().map(|v| context(v.owner, v.region)));
        let virtual_interface_id = self.id(interface.map(|v| v.id.to_string()), "dxvif-");
        let input = shapes::DeleteVirtualInterfaceRequest { virtual_interface_id };
        (caller, Request::DeleteVirtualInterface(input))
    }

    fn describe_router(&mut self, interface: Option<Arc<VirtualInterface>>) -> (Context, Request) {
        const TYPES: [Option<&str>; 4] = [
            Some("CiscoSystemsInc-2900SeriesRouters-IOS124"),
            Some("JuniperNetworksInc-SRXSeriesRouters-JunOS95"),
            Some("nonsense"),
            None,
        ];
        let is_wrong = self.random.one_in(6);
        let at = self.random.below(2) + 2 * usize::from(is_wrong);
        let by_owner = self.random.one_in(3);
        let owner = |v: &Arc<VirtualInterface>| context(if by_owner { v.owner } else { v.parent_owner }, v.region);
        let caller = self.caller(interface.as_ref().map(owner));
        let input = shapes::DescribeRouterConfigurationRequest {
            virtual_interface_id: self.id(interface.map(|v| v.id.to_string()), "dxvif-"),
            router_type_identifier: TYPES[at].map(str::to_owned),
        };
        (caller, Request::DescribeRouterConfiguration(input))
    }

    fn describe_interfaces(&mut self, interface: Option<Arc<VirtualInterface>>) -> (Context, Request) {
        let caller = self.caller(interface.as_ref().map(|v| context(v.owner, v.region)));
        let on = interface.as_ref().map(|v| v.parent.to_string()).filter(|_| self.random.one_in(3));
        let id = self.random.one_in(3).then(|| self.id(interface.map(|v| v.id.to_string()), "dxvif-"));
        let input = shapes::DescribeVirtualInterfacesRequest {
            connection_id: on,
            virtual_interface_id: id,
            max_results: self.random.one_in(3).then(|| self.random.below(4) as i32),
            next_token: self.random.one_in(20).then(|| "00".to_owned()),
        };
        (caller, Request::DescribeVirtualInterfaces(input))
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
