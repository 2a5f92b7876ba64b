//! DescribeVirtualGateways: the virtual private gateways that are registered for the caller in the Region. Ids that are
//! merely trusted are not listed: nobody has said that such a gateway exists.

use crate::model::gateway::TargetKind;
use crate::ops::facts::{Access, Facts};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::{Unit, shapes};

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Read, &[]);

pub(in crate::ops) fn describe_virtual_gateways(
    tx: &mut Tx<'_>,
    _: &Unit,
) -> Result<shapes::VirtualGateways, Rejection> {
    let registered = tx.ec2_gateways(tx.caller(), tx.region());
    let virtual_private = registered.iter().filter(|gateway| gateway.target.kind == TargetKind::VirtualPrivate);
    let shown = |id: String| shapes::VirtualGateway {
        virtual_gateway_id: Some(id),
        virtual_gateway_state: Some("available".to_owned()),
    };
    let gateways = virtual_private.map(|gateway| shown(gateway.target.id.to_string())).collect();
    Ok(shapes::VirtualGateways { virtual_gateways: Some(gateways) })
}
