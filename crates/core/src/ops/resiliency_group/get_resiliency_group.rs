//! GetResiliencyGroup: one of the caller's groups, with its tags.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::groups;
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Read, &[Resource::required(&["dx-resiliency-group"], "resiliencyGroupId")]);

pub(in crate::ops) fn get_resiliency_group(
    tx: &mut Tx<'_>,
    input: &shapes::GetResiliencyGroupRequest,
) -> Result<shapes::GetResiliencyGroupResult, Rejection> {
    let group = groups::find(tx, &input.resiliency_group_id)?;
    let (answer, _) = groups::shown(tx, &group);
    Ok(shapes::GetResiliencyGroupResult { resiliency_group: Some(answer) })
}
