//! DescribeHostedConnections: what a partner has allocated on one of its interconnects or LAGs.

use crate::ids::ConnectionId;
use crate::model::virtual_interface::Parent;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::find;
use crate::ops::hosted::shown;
use crate::ops::interfaces::parent::{self, Name};
use crate::page::{Page, Scope};
use crate::rejection::{HostedConnectionRejection, PageRejection, Rejection};
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::of_partners(Access::Read, &[Resource::required(&["dxcon", "dxlag"], "connectionId")]);

pub(in crate::ops) fn describe_hosted_connections(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeHostedConnectionsRequest,
) -> Result<shapes::Connections, Rejection> {
    let scope = Scope { operation: "DescribeHostedConnections", account: tx.caller(), region: tx.region() };
    let page = Page::filtered(scope, &[Some(&input.connection_id)], input.max_results, input.next_token.as_deref())?;
    let name = parent::name(&input.connection_id)?;
    let parent = own(tx, name)?;
    let after = match page.after() {
        None => None,
        Some((created, id)) => {
            let token = || PageRejection::Token { value: input.next_token.clone().unwrap_or_default() };
            Some((created, ConnectionId::parse(id).ok().flatten().ok_or_else(token)?))
        }
    };
    let (now, retention) = (tx.now(), tx.delays().get(Delay::Retention));
    let listed = tx.hosted_on(parent).into_iter().filter(|hosted| hosted.is_listed(now, retention));
    let later = listed.filter(|hosted| after.is_none_or(|after| hosted.position() > after));
    let (listed, next_token) = page.take(later, |hosted| (hosted.created, hosted.id.to_string()));
    let connections = listed.iter().map(|hosted| shown::connection(tx, hosted)).collect();
    Ok(shapes::Connections { connections: Some(connections), next_token })
}

/// The caller's interconnect or LAG of this name.
fn own(tx: &mut Tx<'_>, name: Name<'_>) -> Result<Parent, HostedConnectionRejection> {
    let (text, found) = match name {
        Name::Connection(name) => {
            let found = find::connection(tx, name).ok().filter(|found| found.is_interconnect());
            (name.text, found.map(|found| Parent::Connection(found.id)))
        }
        Name::Lag(name) => (name.text, find::lag(tx, name).ok().map(|found| Parent::Lag(found.id))),
    };
    found.ok_or_else(|| HostedConnectionRejection::NoParent { account: tx.caller(), id: text.to_owned() })
}
