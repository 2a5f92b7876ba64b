//! DescribeVirtualInterfaces: the caller's virtual interfaces in the Region, and those on what it owns.

use crate::ids::VirtualInterfaceId;
use crate::model::virtual_interface::VirtualInterface;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::{find, parent, shown};
use crate::page::{Page, Scope};
use crate::rejection::{PageRejection, Rejection};
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts = Facts {
    redacted: &["asn", "asnLong", "authKey", "amazonAddress", "customerAddress", "customerRouterConfig"],
    ..Facts::new(
        Access::Read,
        &[
            Resource::optional(&["dxcon", "dxlag"], "connectionId"),
            Resource::optional(&["dxvif"], "virtualInterfaceId"),
        ],
    )
};

/// What is named but unknown makes the list empty: clients take that for gone [observed].
pub(in crate::ops) fn describe_virtual_interfaces(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeVirtualInterfacesRequest,
) -> Result<shapes::VirtualInterfaces, Rejection> {
    let scope = Scope { operation: "DescribeVirtualInterfaces", account: tx.caller(), region: tx.region() };
    let page =
        Page::filtered(scope, &[input.connection_id.as_deref()], input.max_results, input.next_token.as_deref())?;
    let parent = input.connection_id.as_deref().map(parent::name).transpose()?.map(|name| name.parent(tx));
    let mut parents = shown::Parents::default();
    if let Some(text) = &input.virtual_interface_id {
        let id = find::id(text)?;
        let found = crate::ops::find::virtual_interface(tx, id);
        let found = found.filter(|found| parent.is_none_or(|parent| parent == Some(found.parent)));
        let listed = found.iter().map(|found| shown::interface(tx, found, &mut parents)).collect();
        return Ok(shapes::VirtualInterfaces { virtual_interfaces: Some(listed), next_token: None });
    }
    let after = match page.after() {
        None => None,
        Some((created, id)) => {
            let token = || PageRejection::Token { value: input.next_token.clone().unwrap_or_default() };
            Some((created, VirtualInterfaceId::parse(id).ok().flatten().ok_or_else(token)?))
        }
    };
    let position = |found: &Arc<VirtualInterface>| (found.created, found.id.to_string());
    let (listed, next_token) = match parent {
        None => page.take(tx.listed_virtual_interfaces(after).map(Arc::clone), position),
        Some(parent) => {
            let retention = tx.delays().get(Delay::Retention);
            let (caller, region, now) = (tx.caller(), tx.region(), tx.now());
            let on_parent = parent.map(|parent| tx.on_parent(parent)).unwrap_or_default();
            let is_shown = |found: &Arc<VirtualInterface>| {
                let is_party = found.owner == caller || found.parent_owner == caller;
                is_party && found.region == region && found.is_listed(now, retention)
            };
            let later = on_parent.into_iter().filter(|found| after.is_none_or(|after| found.position() > after));
            page.take(later.filter(is_shown), position)
        }
    };
    let listed = listed.iter().map(|found| shown::interface(tx, found, &mut parents)).collect();
    Ok(shapes::VirtualInterfaces { virtual_interfaces: Some(listed), next_token })
}
