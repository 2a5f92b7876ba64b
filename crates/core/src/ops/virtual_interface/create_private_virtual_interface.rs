//! CreatePrivateVirtualInterface: creates an interface that reaches a virtual private gateway, or those of a Direct Connect gateway.

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

pub(in crate::ops) fn create_private_virtual_interface(
    tx: &mut Tx<'_>,
    input: &shapes::CreatePrivateVirtualInterfaceRequest,
) -> Result<shapes::VirtualInterface, Rejection> {
    let new = &input.new_private_virtual_interface;
    let order = Order {
        kind: Kind::Private,
        name: Some(&new.virtual_interface_name),
        vlan: Some(new.vlan),
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
            virtual_private: new.virtual_gateway_id.as_deref(),
            direct_connect: new.direct_connect_gateway_id.as_deref(),
        }),
    };
    let id = order::place(tx, &input.connection_id, None, &order)?;
    Ok(shown::changed(tx, id))
}
