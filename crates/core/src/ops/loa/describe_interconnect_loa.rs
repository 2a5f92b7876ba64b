//! DescribeInterconnectLoa: the older form of DescribeLoa, for a partner's interconnects.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, letter};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts {
    leaves_a_trace: true,
    ..Facts::of_partners(Access::Read, &[Resource::required(&["dxcon"], "interconnectId")])
};

pub(in crate::ops) fn describe_interconnect_loa(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeInterconnectLoaRequest,
) -> Result<shapes::DescribeInterconnectLoaResponse, Rejection> {
    let provider = letter::provider(&input.provider_name)?;
    let interconnect = find::interconnect(tx, &input.interconnect_id)?;
    Ok(shapes::DescribeInterconnectLoaResponse { loa: Some(letter::of_connection(tx, interconnect, provider)?) })
}
