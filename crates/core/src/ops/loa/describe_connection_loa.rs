//! DescribeConnectionLoa: the older form of DescribeLoa, for connections alone.

use crate::ids::LagId;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, letter, require};
use crate::rejection::{LoaRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts { leaves_a_trace: true, ..Facts::new(Access::Read, &[Resource::required(&["dxcon"], "connectionId")]) };

pub(in crate::ops) fn describe_connection_loa(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeConnectionLoaRequest,
) -> Result<shapes::DescribeConnectionLoaResponse, Rejection> {
    let id = &input.connection_id;
    require(!id.starts_with(LagId::PREFIX), || LoaRejection::OfLag { id: id.clone() })?;
    let name = find::connection_id(id)?;
    let provider = letter::provider(&input.provider_name)?;
    let connection = find::connection(tx, name)?;
    Ok(shapes::DescribeConnectionLoaResponse { loa: Some(letter::of_connection(tx, connection, provider)?) })
}
