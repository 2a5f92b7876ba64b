//! Random calls about virtual interfaces: orders that mostly make sense, some with one thing wrong, and what follows.

use super::context;
use super::inputs::Inputs;
use super::interface_orders::{COUNTS, LIMITS, MTUS};
use crossconnect_api::{Request, shapes};
use crossconnect_core::Context;
use crossconnect_core::ids::LagId;
use crossconnect_core::model::connection::{Connection, Phase};
use crossconnect_core::model::gateway::GatewayPhase;
use crossconnect_core::model::lag::Lag;
use crossconnect_core::model::virtual_interface::{Kind, VirtualInterface};
use std::sync::Arc;

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
    pub(super) fn place(&mut self) -> (Option<Context>, String) {
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
    pub(super) fn gateway_of(&mut self, caller: Context) -> Option<String> {
        let serves = |gateway: &crossconnect_core::model::gateway::DirectConnectGateway| {
            gateway.owner == caller.account && gateway.phase.last().1 == GatewayPhase::Available
        };
        let own: Vec<_> = self.known.gateways.iter().filter(|gateway| serves(gateway)).cloned().collect();
        let any = self.random.one_in(12);
        let gateway =
            self.random.pick(if any { &self.known.gateways } else { &own }).map(|gateway| gateway.id.to_string());
        gateway.or_else(|| self.random.one_in(4).then(|| "00000000-0000-4000-8000-000000000000".to_owned()))
    }

    /// One that waits for its owner's confirmation.
    fn waiting(&mut self) -> Option<Arc<VirtualInterface>> {
        use crossconnect_core::model::virtual_interface::Phase as Waiting;
        let waits = |interface: &&Arc<VirtualInterface>| interface.phase.last().1 == Waiting::Confirming;
        let waiting: Vec<_> = self.known.interfaces.iter().filter(waits).cloned().collect();
        self.random.pick(&waiting).cloned()
    }

    fn confirm(&mut self, interface: Option<Arc<VirtualInterface>>) -> (Context, Request) {
        let interface = self.waiting().or(interface);
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

    /// By its owner, or by whoever allocated it: one that its owner has not confirmed yet, now and then.
    fn delete_interface(&mut self, interface: Option<Arc<VirtualInterface>>) -> (Context, Request) {
        let waiting = self.waiting().filter(|_| self.random.one_in(3));
        let by_parent = self.random.one_in(4);
        let interface = waiting.or(interface);
        let party = |v: &Arc<VirtualInterface>| context(if by_parent { v.parent_owner } else { v.owner }, v.region);
        let caller = self.caller(interface.as_ref().map(party));
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
