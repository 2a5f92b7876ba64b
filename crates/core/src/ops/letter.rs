//! Letters of authorization: when there is one, which ports it is about, and what it says of them. Each one that is
//! handed out is noted on its connections.

use super::{find, order, require};
use crate::catalogue;
use crate::model::bandwidth::Bandwidth;
use crate::model::connection::{Connection, Seen};
use crate::model::lag::Lag;
use crate::rejection::{LoaRejection, Rejection};
use crate::time::Duration;
use crate::tx::Tx;
use crossconnect_api::shapes;
use crossconnect_papers::loa::{self, Letter};
use std::sync::Arc;

/// How long a facility may connect what a letter names: 90 days [guide].
const AUTHORITY: Duration = Duration::from_seconds(90 * 86_400);
/// How many ports, each with two strands, a patch panel has.
const PANEL_PORTS: u16 = 24;

/// What a letter is about.
struct Subject {
    kind: &'static str,
    id: String,
    name: String,
}

/// The letter of a connection of the caller's, or of an interconnect.
pub(super) fn of_connection(
    tx: &mut Tx<'_>,
    connection: Arc<Connection>,
    provider: Option<&str>,
) -> Result<shapes::Loa, Rejection> {
    find::is_live_connection(tx, &connection)?;
    require(is_assigned(tx, &connection), || LoaRejection::NotYet { id: connection.id })?;
    let kind = if connection.is_interconnect() { "Interconnect" } else { "Connection" };
    let subject = Subject { kind, id: connection.id.to_string(), name: connection.name.to_string() };
    Ok(hand_out(tx, subject, &[connection], provider))
}

/// The letter of a LAG of the caller's: of its new connections, or of all when none is new.
pub(super) fn of_lag(tx: &mut Tx<'_>, lag: &Lag, provider: Option<&str>) -> Result<shapes::Loa, Rejection> {
    find::is_live_lag(tx, lag)?;
    let members = tx.members(lag.id);
    require(!members.is_empty(), || LoaRejection::NoConnections { id: lag.id })?;
    let assigned: Vec<_> = members.into_iter().filter(|member| is_assigned(tx, member)).collect();
    require(!assigned.is_empty(), || LoaRejection::NotYetOfLag { id: lag.id })?;
    let is_new = |member: &&Arc<Connection>| member.state(tx.now()) == Seen::Pending;
    let new: Vec<_> = assigned.iter().filter(is_new).cloned().collect();
    let subject = Subject { kind: "LAG", id: lag.id.to_string(), name: lag.name.to_string() };
    Ok(hand_out(tx, subject, if new.is_empty() { &assigned } else { &new }, provider))
}

/// A port is assigned when the request has been looked at.
fn is_assigned(tx: &Tx<'_>, connection: &Connection) -> bool {
    connection.state(tx.now()) != Seen::Requested
}

/// What a letter needs of its provider: a name has 1 to 255 characters.
pub(super) fn provider(name: &Option<String>) -> Result<Option<&str>, Rejection> {
    let name = name.as_deref();
    name.map(|name| order::is_name("providerName", name)).transpose()?;
    Ok(name)
}

/// The letter about these connections, which have at least one among them; it is noted on each.
fn hand_out(tx: &mut Tx<'_>, subject: Subject, connections: &[Arc<Connection>], provider: Option<&str>) -> shapes::Loa {
    let now = tx.now();
    let first = connections.first().expect("a letter is about connections");
    let location = catalogue::find(first.region, first.location.as_str());
    let (speed, optics) = port_type(first.bandwidth);
    let letter = Letter {
        account: first.owner.to_string(),
        provider: provider.or(first.provider.as_deref()).map(str::to_owned),
        kind: subject.kind,
        id: subject.id,
        name: subject.name,
        location: location.map_or_else(|| first.location.to_string(), |location| location.name.to_owned()),
        location_code: first.location.to_string(),
        region: first.region.to_string(),
        speed,
        optics,
        ports: connections.iter().map(|connection| port(connection)).collect(),
        issued: now.into(),
        expires: (now + AUTHORITY).into(),
    };
    for connection in connections {
        tx.put_connection(Connection { loa_issue_time: Some(now), ..Connection::clone(connection) });
    }
    shapes::Loa { loa_content: Some(loa::pdf(&letter)), loa_content_type: Some(shapes::LoaContentType::ApplicationPdf) }
}

/// The speed of a port in words, and its optics [guide].
fn port_type(bandwidth: Bandwidth) -> (&'static str, &'static str) {
    match bandwidth {
        Bandwidth::Gbps1 => ("1 Gbps", "1000BASE-LX, 1310 nm"),
        Bandwidth::Gbps10 => ("10 Gbps", "10GBASE-LR, 1310 nm"),
        Bandwidth::Gbps100 => ("100 Gbps", "100GBASE-LR4"),
        Bandwidth::Gbps400 => ("400 Gbps", "400GBASE-LR4"),
    }
}

/// Where a port is patched: a device has a rack, each speed its row of panels in it, each port two strands. So no two
/// ports of a location share a strand.
fn port(connection: &Connection) -> loa::Port {
    let row = match connection.bandwidth {
        Bandwidth::Gbps1 => 'A',
        Bandwidth::Gbps10 => 'B',
        Bandwidth::Gbps100 => 'C',
        Bandwidth::Gbps400 => 'D',
    };
    let (panel, place) = (connection.port.number / PANEL_PORTS + 1, connection.port.number % PANEL_PORTS);
    loa::Port {
        connection: connection.id.to_string(),
        device: connection.device().to_string(),
        rack: format!("R{}", u32::from(connection.port.device) + 1),
        panel: format!("{row}{panel}"),
        strands: format!("{} and {}", 2 * place + 1, 2 * place + 2),
    }
}
