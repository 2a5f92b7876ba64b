//! DescribeVirtualGateways: the virtual private gateways that are registered for the caller in the Region, and those that
//! an EC2 endpoint tells of. Ids that are merely trusted are not listed: nobody has said that such a gateway exists.

use crate::ids::Ec2GatewayId;
use crate::model::gateway::{Ec2Answer, TargetKind};
use crate::ops::facts::{Access, Facts};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::{Unit, shapes};
use std::collections::BTreeMap;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Read, &[]);

pub(in crate::ops) fn describe_virtual_gateways(
    tx: &mut Tx<'_>,
    _: &Unit,
) -> Result<shapes::VirtualGateways, Rejection> {
    let mut seen = BTreeMap::new();
    if let Some(Ec2Answer::VirtualPrivate(told)) = tx.ec2_answer() {
        seen.extend(told.iter().cloned());
    }
    let kept = tx.ec2_gateways(tx.caller(), tx.region());
    // What was told before is told again as long as it is there.
    let registered = kept.iter().filter(|gateway| gateway.told.is_none());
    let virtual_private = registered.filter(|gateway| gateway.target.kind == TargetKind::VirtualPrivate);
    seen.extend(virtual_private.map(|gateway| (gateway.target.id, "available".to_owned())));
    let shown = |(id, state): (Ec2GatewayId, String)| shapes::VirtualGateway {
        virtual_gateway_id: Some(id.to_string()),
        virtual_gateway_state: Some(state),
    };
    Ok(shapes::VirtualGateways { virtual_gateways: Some(seen.into_iter().map(shown).collect()) })
}
