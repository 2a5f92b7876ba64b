//! AllocateConnectionOnInterconnect: AllocateHostedConnection as it was before there were LAGs and tags.

use crate::model::bandwidth::HostedBandwidth;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::find;
use crate::ops::hosted::order::{self, Asked};
use crate::ops::hosted::shown;
use crate::ops::interfaces::parent::Name;
use crate::rejection::{InterconnectRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::of_partners(Access::Write, &[Resource::required(&["dxcon"], "interconnectId")]);

/// All speeds of hosted connections but 25 Gbps, which is younger than the call [model].
const BANDWIDTHS: &[HostedBandwidth] = HostedBandwidth::ALL.split_at(10).0;

pub(in crate::ops) fn allocate_connection_on_interconnect(
    tx: &mut Tx<'_>,
    input: &shapes::AllocateConnectionOnInterconnectRequest,
) -> Result<shapes::Connection, Rejection> {
    let text = &input.interconnect_id;
    let name = find::connection_id(text).map_err(|_| InterconnectRejection::MalformedId { id: text.clone() })?;
    let asked = Asked {
        parent: Name::Connection(name),
        owner: &input.owner_account,
        bandwidth: &input.bandwidth,
        bandwidths: BANDWIDTHS,
        name: &input.connection_name,
        vlan: input.vlan,
        tags: None,
    };
    let id = order::allocate(tx, &asked)?;
    Ok(shown::changed(tx, id))
}
