//! UpdateResiliencyGroup: renames a group, and can do nothing else.

use crate::model::client_token::TokenAnswer;
use crate::model::resiliency_group::ResiliencyGroup;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{groups, tokens};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dx-resiliency-group"], "resiliencyGroupId")]);

pub(in crate::ops) fn update_resiliency_group(
    tx: &mut Tx<'_>,
    input: &shapes::UpdateResiliencyGroupRequest,
) -> Result<shapes::UpdateResiliencyGroupResult, Rejection> {
    let asked = [input.resiliency_group_id.as_str(), &input.resiliency_group_name];
    let (token, known) = tokens::used(tx, "UpdateResiliencyGroup", input.client_token.as_deref(), &asked)?;
    if let Some(known) = known {
        return Ok(shapes::UpdateResiliencyGroupResult { resiliency_group: groups::group_of(known) });
    }
    let group = groups::find_live(tx, &input.resiliency_group_id)?;

    let name = input.resiliency_group_name.as_str().into();
    let changed = ResiliencyGroup { name, ..ResiliencyGroup::clone(&group) };
    tx.put_resiliency_group(changed.clone());
    let (answer, phase) = groups::shown(tx, &changed);
    tokens::keep(tx, token, || TokenAnswer::Group(changed, phase));
    Ok(shapes::UpdateResiliencyGroupResult { resiliency_group: Some(answer) })
}
