//! DescribeInterconnects: the caller's interconnects in the Region, members of LAGs included.

use crate::ids::ConnectionId;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, view};
use crate::page::{Page, Scope};
use crate::rejection::{PageRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts =
    Facts::of_partners(Access::Read, &[Resource::optional(&["dxcon"], "interconnectId")]);

pub(in crate::ops) fn describe_interconnects(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeInterconnectsRequest,
) -> Result<shapes::Interconnects, Rejection> {
    let scope = Scope { operation: "DescribeInterconnects", account: tx.caller(), region: tx.region() };
    let page = Page::requested(scope, input.max_results, input.next_token.as_deref())?;
    if let Some(id) = &input.interconnect_id {
        let interconnect = find::interconnect(tx, id)?;
        let interconnects = Some(vec![view::interconnect(tx, &interconnect)]);
        return Ok(shapes::Interconnects { interconnects, next_token: None });
    }
    let after = match page.after() {
        None => None,
        Some((created, id)) => {
            let token = || PageRejection::Token { value: input.next_token.clone().unwrap_or_default() };
            Some((created, ConnectionId::parse(id).ok().flatten().ok_or_else(token)?))
        }
    };
    let listed = tx.listed_ports(after).filter(|port| port.is_interconnect()).map(Arc::clone);
    let (listed, next_token) = page.take(listed, |port| (port.created, port.id.to_string()));
    let interconnects = listed.iter().map(|interconnect| view::interconnect(tx, interconnect)).collect();
    Ok(shapes::Interconnects { interconnects: Some(interconnects), next_token })
}
