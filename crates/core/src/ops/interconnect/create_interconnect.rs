//! CreateInterconnect: orders one port of a partner's, alone or as a new member of a LAG.

use crate::model::interconnect::Kind;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::ports::{self, Asked};
use crate::ops::view;
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts { creates: Some("dxcon"), ..Facts::of_partners(Access::Write, &[Resource::optional(&["dxlag"], "lagId")]) };

pub(in crate::ops) fn create_interconnect(
    tx: &mut Tx<'_>,
    input: &shapes::CreateInterconnectRequest,
) -> Result<shapes::Interconnect, Rejection> {
    let asked = Asked {
        kind: Kind::Interconnect,
        name_member: "interconnectName",
        name: &input.interconnect_name,
        bandwidth: &input.bandwidth,
        location: &input.location,
        lag_id: input.lag_id.as_deref(),
        provider: input.provider_name.as_deref(),
        mac_sec: input.request_mac_sec.unwrap_or(false),
        billing: None,
        tags: input.tags.as_deref(),
    };
    let id = ports::order(tx, &asked)?;
    Ok(view::changed_interconnect(tx, id))
}
