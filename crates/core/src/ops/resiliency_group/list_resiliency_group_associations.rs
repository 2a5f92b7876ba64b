//! ListResiliencyGroupAssociations: what is in one of the caller's groups, in whichever Region it is.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{global, groups};
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::List, &[Resource::required(&["dx-resiliency-group"], "resiliencyGroupId")]);

pub(in crate::ops) fn list_resiliency_group_associations(
    tx: &mut Tx<'_>,
    input: &shapes::ListResiliencyGroupAssociationsRequest,
) -> Result<shapes::ListResiliencyGroupAssociationsResult, Rejection> {
    // An id is the same in capital letters.
    let named = input.resiliency_group_id.to_ascii_lowercase();
    let page = global::page(
        tx,
        "ListResiliencyGroupAssociations",
        &[Some(&*named)],
        input.max_results,
        input.next_token.as_deref(),
    )?;
    let group = groups::find(tx, &input.resiliency_group_id)?;
    let listed = tx.group_associations(group.id).into_iter();
    let after = page.after();
    // A LAG's id comes after every connection's, as text too, so the order of texts is that of the list.
    let is_later = |created, port: &str| after.is_none_or(|after| (created, port) > after);
    let listed = listed.filter(|association| is_later(association.created, &association.port.to_string()));
    let (listed, next_token) = page.take(listed, |association| (association.created, association.port.to_string()));
    let items = listed.iter().map(|association| association.to_wire(association.phase.at(tx.now()))).collect();
    Ok(shapes::ListResiliencyGroupAssociationsResult { items: Some(items), next_token })
}
