//! ConfirmPrivateVirtualInterface: takes a private interface that another account has allocated.

use crate::model::virtual_interface::Kind;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::{confirm, gateways, shown};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dxvif"], "virtualInterfaceId")]);

pub(in crate::ops) fn confirm_private_virtual_interface(
    tx: &mut Tx<'_>,
    input: &shapes::ConfirmPrivateVirtualInterfaceRequest,
) -> Result<shapes::ConfirmPrivateVirtualInterfaceResponse, Rejection> {
    let asked = Some(gateways::Asked {
        virtual_private: input.virtual_gateway_id.as_deref(),
        direct_connect: input.direct_connect_gateway_id.as_deref(),
    });
    let id = confirm::confirm(tx, &input.virtual_interface_id, Kind::Private, asked)?;
    let state = shown::changed_state(tx, id);
    Ok(shapes::ConfirmPrivateVirtualInterfaceResponse { virtual_interface_state: Some(state) })
}
