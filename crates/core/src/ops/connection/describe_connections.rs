//! DescribeConnections: the caller's connections in the Region, hosted ones and members of LAGs included.

use crate::ids::ConnectionId;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, hosted, require, view};
use crate::page::{Page, Scope};
use crate::rejection::{ConnectionRejection, PageRejection, Rejection};
use crate::tx::{AnyConnection, Tx};
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Read, &[Resource::optional(&["dxcon"], "connectionId")]);

pub(in crate::ops) fn describe_connections(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeConnectionsRequest,
) -> Result<shapes::Connections, Rejection> {
    let scope = Scope { operation: "DescribeConnections", account: tx.caller(), region: tx.region() };
    let page = Page::requested(scope, input.max_results, input.next_token.as_deref())?;
    if let Some(id) = &input.connection_id {
        let found = find::connection_id(id).and_then(|name| find::any_connection(tx, name))?;
        // An interconnect is listed elsewhere, and is as unknown here as one that does not exist [inferred].
        require(!is_interconnect(&found), || ConnectionRejection::NotFound { id: id.clone() })?;
        return Ok(shapes::Connections { connections: Some(vec![shown(tx, &found)]), next_token: None });
    }
    let after = match page.after() {
        None => None,
        Some((created, id)) => {
            let token = || PageRejection::Token { value: input.next_token.clone().unwrap_or_default() };
            Some((created, ConnectionId::parse(id).ok().flatten().ok_or_else(token)?))
        }
    };
    let listed = tx.listed_connections(after).filter(|found| !is_interconnect(found));
    let (listed, next_token) = page.take(listed, |found| {
        let (created, id) = found.position();
        (created, id.to_string())
    });
    let connections = listed.iter().map(|found| shown(tx, found)).collect();
    Ok(shapes::Connections { connections: Some(connections), next_token })
}

fn is_interconnect(found: &AnyConnection) -> bool {
    matches!(found, AnyConnection::Port(port) if port.is_interconnect())
}

fn shown(tx: &mut Tx<'_>, found: &AnyConnection) -> shapes::Connection {
    match found {
        AnyConnection::Port(port) => view::connection(tx, port),
        AnyConnection::Hosted(hosted) => hosted::shown::connection(tx, hosted),
    }
}
