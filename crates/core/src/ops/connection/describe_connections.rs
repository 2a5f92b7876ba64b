//! DescribeConnections: the caller's connections in the Region, members of LAGs included.

use crate::ids::ConnectionId;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, view};
use crate::page::{Page, Scope};
use crate::rejection::{PageRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Read, &[Resource::optional(&["dxcon"], "connectionId")]);

pub(in crate::ops) fn describe_connections(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeConnectionsRequest,
) -> Result<shapes::Connections, Rejection> {
    let scope = Scope { operation: "DescribeConnections", account: tx.caller(), region: tx.region() };
    let page = Page::requested(scope, input.max_results, input.next_token.as_deref())?;
    if let Some(id) = &input.connection_id {
        let connection = find::connection_id(id).and_then(|id| find::listed_connection(tx, id))?;
        return Ok(shapes::Connections {
            connections: Some(vec![view::connection(tx, &connection)]),
            next_token: None,
        });
    }
    let after = match page.after() {
        None => None,
        Some((created, id)) => {
            let token = || PageRejection::Token { value: input.next_token.clone().unwrap_or_default() };
            Some((created, ConnectionId::parse(id).ok().flatten().ok_or_else(token)?))
        }
    };
    let listed = tx.listed_ports(after).filter(|port| !port.is_interconnect()).map(Arc::clone);
    let (listed, next_token) = page.take(listed, |connection| (connection.created, connection.id.to_string()));
    let connections = listed.iter().map(|connection| view::connection(tx, connection)).collect();
    Ok(shapes::Connections { connections: Some(connections), next_token })
}
