//! CreateDirectConnectGateway: a gateway of the account, seen through every Region.

use crate::model::gateway::{DirectConnectGateway, GatewayPhase};
use crate::ops::facts::{Access, Facts};
use crate::ops::gateway::update_direct_connect_gateway::is_name;
use crate::ops::require;
use crate::rejection::{GatewayRejection, Rejection};
use crate::settings::{Delay, Quota};
use crate::steps::Steps;
use crate::tags::Tags;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts { creates: Some("dx-gateway"), ..Facts::new(Access::Write, &[]) };

/// The ASN of the Amazon side unless another is asked for [model].
const ASN_DEFAULT: i64 = 64512;

pub(in crate::ops) fn create_direct_connect_gateway(
    tx: &mut Tx<'_>,
    input: &shapes::CreateDirectConnectGatewayRequest,
) -> Result<shapes::CreateDirectConnectGatewayResult, Rejection> {
    is_name("directConnectGatewayName", &input.direct_connect_gateway_name)?;
    let amazon_side_asn = private_asn(input.amazon_side_asn.unwrap_or(ASN_DEFAULT))?;
    let tags = Tags::requested(tx, input.tags.as_deref()).map_err(GatewayRejection::Tags)?;
    let (account, limit) = (tx.caller(), tx.quota(Quota::GatewaysPerAccount));
    let count = tx.listed_gateways(None).take(limit).count();
    require(count < limit, || GatewayRejection::GatewayQuota { account, limit })?;

    let now = tx.now();
    let mut phase = Steps::new(now, GatewayPhase::Pending);
    phase.push(now + tx.delays().get(Delay::GatewayPending), GatewayPhase::Available);
    let gateway = DirectConnectGateway {
        id: tx.new_uuid(),
        owner: account,
        name: input.direct_connect_gateway_name.as_str().into(),
        amazon_side_asn,
        tags,
        created: now,
        phase,
        state_change_error: None,
    };
    tx.put_gateway(gateway.clone());
    let answer = gateway.to_wire(GatewayPhase::Pending, 0);
    Ok(shapes::CreateDirectConnectGatewayResult { direct_connect_gateway: Some(answer) })
}

/// A private ASN of 16 or 32 bits; 7224, which older gateways had, is refused [observed].
fn private_asn(value: i64) -> Result<u32, GatewayRejection> {
    let is_private = matches!(value, 64_512..=65_534 | 4_200_000_000..=4_294_967_294);
    u32::try_from(value).ok().filter(|_| is_private).ok_or(GatewayRejection::Asn { value })
}
