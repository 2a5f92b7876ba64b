//! DescribeConnectionsOnInterconnect: DescribeHostedConnections as it was before there were LAGs and pages.

use crate::model::virtual_interface::Parent;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::find;
use crate::ops::hosted::shown;
use crate::rejection::Rejection;
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::of_partners(Access::Read, &[Resource::required(&["dxcon"], "interconnectId")]);

pub(in crate::ops) fn describe_connections_on_interconnect(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeConnectionsOnInterconnectRequest,
) -> Result<shapes::Connections, Rejection> {
    let interconnect = find::interconnect(tx, &input.interconnect_id)?;
    let (now, retention) = (tx.now(), tx.delays().get(Delay::Retention));
    let mut listed = tx.hosted_on(Parent::Connection(interconnect.id));
    listed.retain(|hosted| hosted.is_listed(now, retention));
    let connections = listed.iter().map(|hosted| shown::connection(tx, hosted)).collect();
    Ok(shapes::Connections { connections: Some(connections), next_token: None })
}
