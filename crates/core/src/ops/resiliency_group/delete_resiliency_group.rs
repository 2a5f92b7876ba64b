//! DeleteResiliencyGroup: ends a group that nothing is associated with.

use crate::model::resiliency_group::{GroupPhase, ResiliencyGroup};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{groups, require};
use crate::rejection::{Rejection, ResiliencyGroupRejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dx-resiliency-group"], "resiliencyGroupId")]);

pub(in crate::ops) fn delete_resiliency_group(
    tx: &mut Tx<'_>,
    input: &shapes::DeleteResiliencyGroupRequest,
) -> Result<shapes::DeleteResiliencyGroupResult, Rejection> {
    let group = groups::find_live(tx, &input.resiliency_group_id)?;
    let count = tx.group_associations(group.id).len();
    require(count == 0, || ResiliencyGroupRejection::NotEmpty { id: group.id, count })?;

    let (now, delays) = (tx.now(), tx.delays());
    let mut deleted = ResiliencyGroup::clone(&group);
    deleted.delete(now, &delays);
    tx.put_resiliency_group(deleted.clone());
    let answer = deleted.to_wire(GroupPhase::Deleting);
    Ok(shapes::DeleteResiliencyGroupResult { resiliency_group: Some(answer) })
}
