//! CreateResiliencyGroup: a group of the account, seen through every Region.

use crate::model::client_token::TokenAnswer;
use crate::model::resiliency_group::{GroupPhase, ResiliencyGroup, ResiliencyModel};
use crate::ops::facts::{Access, Facts};
use crate::ops::{groups, require, tokens};
use crate::rejection::{Rejection, ResiliencyGroupRejection};
use crate::settings::Quota;
use crate::tags::Tags;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts { creates: Some("dx-resiliency-group"), ..Facts::new(Access::Write, &[]) };

pub(in crate::ops) fn create_resiliency_group(
    tx: &mut Tx<'_>,
    input: &shapes::CreateResiliencyGroupRequest,
) -> Result<shapes::CreateResiliencyGroupResult, Rejection> {
    let asked = asked(input);
    let (token, known) = tokens::used(tx, "CreateResiliencyGroup", input.client_token.as_deref(), &asked)?;
    if let Some(known) = known {
        return Ok(shapes::CreateResiliencyGroupResult { resiliency_group: groups::group_of(known) });
    }
    let tags = Tags::requested(tx, input.tags.as_deref())?;
    let (account, limit) = (tx.caller(), tx.quota(Quota::ResiliencyGroupsPerAccount));
    let now = tx.now();
    let live = tx.listed_resiliency_groups(None).filter(|group| group.is_live(now)).take(limit).count();
    require(live < limit, || ResiliencyGroupRejection::GroupQuota { account, limit })?;

    let group = ResiliencyGroup {
        id: tx.new_resiliency_group_id(),
        owner: account,
        region: tx.region(),
        name: input.resiliency_group_name.as_str().into(),
        model: ResiliencyModel::from_wire(input.intended_resiliency_model),
        tags,
        created: now,
        phase: ResiliencyGroup::plan(now, &tx.delays()),
    };
    tx.put_resiliency_group(group.clone());
    let answer = group.to_wire(GroupPhase::Pending);
    tokens::keep(tx, token, || TokenAnswer::Group(group, GroupPhase::Pending));
    Ok(shapes::CreateResiliencyGroupResult { resiliency_group: Some(answer) })
}

/// Everything that is asked besides the token. A tag without a value has an empty one.
fn asked(input: &shapes::CreateResiliencyGroupRequest) -> Vec<&str> {
    let tags = input.tags.iter().flatten();
    let tags = tags.flat_map(|tag| [tag.key.as_str(), tag.value.as_deref().unwrap_or_default()]);
    [input.resiliency_group_name.as_str(), input.intended_resiliency_model.as_str()].into_iter().chain(tags).collect()
}
