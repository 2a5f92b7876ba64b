//! AllocatePrivateVirtualInterface: creates a private interface for another account, which has to confirm it.

use crate::model::virtual_interface::Kind;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::order::{self, Order};
use crate::ops::interfaces::{peer, shown};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts {
    creates: Some("dxvif"),
    redacted: &["asn", "asnLong", "authKey", "amazonAddress", "customerAddress", "customerRouterConfig"],
    ..Facts::new(Access::Write, &[Resource::required(&["dxcon", "dxlag"], "connectionId")])
};

pub(in crate::ops) fn allocate_private_virtual_interface(
    tx: &mut Tx<'_>,
    input: &shapes::AllocatePrivateVirtualInterfaceRequest,
) -> Result<shapes::VirtualInterface, Rejection> {
    let new = &input.new_private_virtual_interface_allocation;
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
        site_link: false,
        prefixes: [None, None],
        rate_limit: new.rate_limit.as_deref(),
        route_filters: None,
        gateway: None,
    };
    let id = order::place(tx, &input.connection_id, Some(&input.owner_account), &order)?;
    Ok(shown::changed(tx, id))
}
