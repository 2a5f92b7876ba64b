//! CreateTransitVirtualInterface: creates an interface that reaches transit gateways, through a Direct Connect gateway.

use crate::model::virtual_interface::Kind;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::order::{self, Order};
use crate::ops::interfaces::{gateways, peer, shown};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts {
    creates: Some("dxvif"),
    redacted: &["asn", "asnLong", "authKey", "amazonAddress", "customerAddress", "customerRouterConfig"],
    ..Facts::new(Access::Write, &[Resource::required(&["dxcon", "dxlag"], "connectionId")])
};

pub(in crate::ops) fn create_transit_virtual_interface(
    tx: &mut Tx<'_>,
    input: &shapes::CreateTransitVirtualInterfaceRequest,
) -> Result<shapes::CreateTransitVirtualInterfaceResult, Rejection> {
    let new = &input.new_transit_virtual_interface;
    let order = Order {
        kind: Kind::Transit,
        name: new.virtual_interface_name.as_deref(),
        vlan: new.vlan,
        peer: peer::Asked {
            asn: new.asn,
            asn_long: new.asn_long,
            auth_key: new.auth_key.as_deref(),
            family: new.address_family,
            amazon_address: new.amazon_address.as_deref(),
            customer_address: new.customer_address.as_deref(),
        },
        mtu: new.mtu,
        tags: new.tags.as_deref(),
        site_link: new.enable_site_link.unwrap_or(false),
        prefixes: [new.prefix_pool_allocated_count_ipv4, new.prefix_pool_allocated_count_ipv6],
        rate_limit: new.rate_limit.as_deref(),
        route_filters: None,
        gateway: Some(gateways::Asked {
            virtual_private: None,
            direct_connect: new.direct_connect_gateway_id.as_deref(),
        }),
    };
    let id = order::place(tx, &input.connection_id, None, &order)?;
    Ok(shapes::CreateTransitVirtualInterfaceResult { virtual_interface: Some(shown::changed(tx, id)) })
}
