//! DescribeDirectConnectGateways: the caller's gateways, the same through every Region. Deleted ones are never shown.

use crate::ids::Uuid;
use crate::model::gateway::DirectConnectGateway;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, global};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Read, &[Resource::optional(&["dx-gateway"], "directConnectGatewayId")]);

/// An id that names none of the caller's gives an empty list [inferred].
pub(in crate::ops) fn describe_direct_connect_gateways(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeDirectConnectGatewaysRequest,
) -> Result<shapes::DescribeDirectConnectGatewaysResult, Rejection> {
    let page = global::page(tx, "DescribeDirectConnectGateways", &[], input.max_results, input.next_token.as_deref())?;
    let (listed, next_token) = if let Some(id) = &input.direct_connect_gateway_id {
        let id = global::gateway_id(id)?;
        (find::gateway(tx, Some(id)).into_iter().collect(), None)
    } else {
        let listed = tx.listed_gateways(global::after(&page)?).map(Arc::clone);
        page.take(listed, |gateway| (gateway.created, gateway.id.to_string()))
    };
    let gateways = listed.iter().map(|gateway| shown(tx, gateway)).collect();
    Ok(shapes::DescribeDirectConnectGatewaysResult { direct_connect_gateways: Some(gateways), next_token })
}

/// A gateway as it is at `now`.
pub(in crate::ops) fn shown(tx: &mut Tx<'_>, gateway: &DirectConnectGateway) -> shapes::DirectConnectGateway {
    let allocations = allocations(tx, gateway.id);
    gateway.to_wire(gateway.phase.at(tx.now()), allocations)
}

/// How many prefixes are allocated to the virtual interfaces that are attached, IPv4 and IPv6 together.
pub(in crate::ops) fn allocations(tx: &mut Tx<'_>, gateway: Uuid) -> u32 {
    let now = tx.now();
    let attached = tx.on_gateway(gateway);
    let present = attached.iter().filter(|interface| interface.is_present(now));
    present.map(|interface| u32::from(interface.prefixes_ipv4) + u32::from(interface.prefixes_ipv6)).sum()
}
