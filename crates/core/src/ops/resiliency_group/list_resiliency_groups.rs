//! ListResiliencyGroups: the caller's groups, the same through every Region.

use crate::ids::ResiliencyGroupId;
use crate::ops::facts::{Access, Facts};
use crate::ops::global;
use crate::rejection::{PageRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::List, &[]);

pub(in crate::ops) fn list_resiliency_groups(
    tx: &mut Tx<'_>,
    input: &shapes::ListResiliencyGroupsRequest,
) -> Result<shapes::ListResiliencyGroupsResult, Rejection> {
    let page = global::page(tx, "ListResiliencyGroups", &[], input.max_results, input.next_token.as_deref())?;
    let after = match page.after() {
        None => None,
        Some((created, id)) => {
            let token = || PageRejection::Token { value: input.next_token.clone().unwrap_or_default() };
            Some((created, ResiliencyGroupId::parse(id).ok_or_else(token)?))
        }
    };
    let listed = tx.listed_resiliency_groups(after).map(Arc::clone);
    let (listed, next_token) = page.take(listed, |group| (group.created, group.id.to_string()));
    let items = listed.iter().map(|group| group.to_wire_summary(group.phase.at(tx.now()))).collect();
    Ok(shapes::ListResiliencyGroupsResult { items: Some(items), next_token })
}
