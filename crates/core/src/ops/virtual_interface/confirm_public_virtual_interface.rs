//! ConfirmPublicVirtualInterface: takes a public interface that another account has allocated.

use crate::model::virtual_interface::Kind;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::{confirm, shown};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dxvif"], "virtualInterfaceId")]);

pub(in crate::ops) fn confirm_public_virtual_interface(
    tx: &mut Tx<'_>,
    input: &shapes::ConfirmPublicVirtualInterfaceRequest,
) -> Result<shapes::ConfirmPublicVirtualInterfaceResponse, Rejection> {
    let id = confirm::confirm(tx, &input.virtual_interface_id, Kind::Public, None)?;
    let state = shown::changed_state(tx, id);
    Ok(shapes::ConfirmPublicVirtualInterfaceResponse { virtual_interface_state: Some(state) })
}
