//! AllocateHostedConnection: a partner makes a hosted connection for another account, on an interconnect or LAG.

use crate::model::bandwidth::HostedBandwidth;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::hosted::order::{self, Asked};
use crate::ops::hosted::shown;
use crate::ops::interfaces::parent;
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts {
    creates: Some("dxcon"),
    ..Facts::of_partners(Access::Write, &[Resource::required(&["dxcon", "dxlag"], "connectionId")])
};

pub(in crate::ops) fn allocate_hosted_connection(
    tx: &mut Tx<'_>,
    input: &shapes::AllocateHostedConnectionRequest,
) -> Result<shapes::Connection, Rejection> {
    let asked = Asked {
        parent: parent::name(&input.connection_id)?,
        owner: &input.owner_account,
        bandwidth: &input.bandwidth,
        bandwidths: &HostedBandwidth::ALL,
        name: &input.connection_name,
        vlan: input.vlan,
        tags: input.tags.as_deref(),
    };
    let id = order::allocate(tx, &asked)?;
    Ok(shown::changed(tx, id))
}
