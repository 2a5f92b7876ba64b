//! Index rows: kept in step with the records, never stored.

use crate::ids::{AccountId, ConnectionId, DeviceId, LagId, LocationCode, Region};
use crate::model::bandwidth::Bandwidth;
use crate::model::connection::{self, Connection};
use crate::model::lag::{self, Lag};
use crate::record::{Key, Replay};
use crate::time::Timestamp;
use imbl::{OrdMap, OrdSet};
use std::sync::Arc;

/// Rows that say where to look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Indexes {
    /// An account's connections in a Region, in the order of lists.
    pub(crate) connections: OrdSet<(AccountId, Region, Timestamp, ConnectionId)>,
    /// An account's LAGs in a Region, in the order of lists.
    pub(crate) lags: OrdSet<(AccountId, Region, Timestamp, LagId)>,
    /// The connections that name a LAG, in the order of its list.
    pub(crate) members: OrdSet<(LagId, Timestamp, ConnectionId)>,
    /// An account's connections at a location, those at a flat rate apart.
    pub(crate) at_location: OrdSet<(AccountId, Region, LocationCode, bool, ConnectionId)>,
    /// Who holds or held a port, by its number.
    pub(crate) ports: OrdSet<(DeviceId, Bandwidth, u16, ConnectionId)>,
    /// When records that have ended, or will as planned, do so.
    pub(crate) ended: OrdSet<(Timestamp, Key)>,
    /// Kept answers by age.
    pub(crate) replays: OrdSet<(Timestamp, [u8; 32])>,
}

type Listed<Id> = (AccountId, Region, Timestamp, Id);

fn listed_connection(c: &Connection) -> Listed<ConnectionId> {
    (c.owner, c.region, c.created, c.id)
}

fn connection_at_location(c: &Connection) -> (AccountId, Region, LocationCode, bool, ConnectionId) {
    (c.owner, c.region, c.location, c.billing.is_flat_rate(), c.id)
}

fn port_of(c: &Connection) -> (DeviceId, Bandwidth, u16, ConnectionId) {
    (c.device(), c.bandwidth, c.port.number, c.id)
}

fn membership_of(c: &Connection) -> Option<(LagId, Timestamp, ConnectionId)> {
    c.lag.map(|lag| (lag, c.created, c.id))
}

fn end_of_connection(c: &Connection) -> Option<(Timestamp, Key)> {
    match c.phase.last() {
        (at, connection::Phase::Deleted) => Some((at, Key::Connection(c.id))),
        _ => None,
    }
}

fn listed_lag(lag: &Lag) -> Listed<LagId> {
    (lag.owner, lag.region, lag.created, lag.id)
}

fn end_of_lag(lag: &Lag) -> Option<(Timestamp, Key)> {
    match lag.phase.last() {
        (at, lag::Phase::Deleted) => Some((at, Key::Lag(lag.id))),
        _ => None,
    }
}

fn age_of(replay: &Replay) -> (Timestamp, [u8; 32]) {
    (replay.answered, replay.call)
}

impl Indexes {
    /// All rows of these records: one index after the other, each in its order, since that is many times as fast as
    /// row by row.
    pub(super) fn build(
        connections: &OrdMap<ConnectionId, Arc<Connection>>,
        lags: &OrdMap<LagId, Arc<Lag>>,
        replays: &OrdMap<[u8; 32], Arc<Replay>>,
    ) -> Self {
        let connections = || connections.values().map(|connection| &**connection);
        let lags = || lags.values().map(|lag| &**lag);
        let ends = connections().filter_map(end_of_connection).chain(lags().filter_map(end_of_lag));
        Indexes {
            connections: sorted(connections().map(listed_connection)),
            at_location: sorted(connections().map(connection_at_location)),
            ports: sorted(connections().map(port_of)),
            members: sorted(connections().filter_map(membership_of)),
            lags: sorted(lags().map(listed_lag)),
            ended: sorted(ends),
            replays: sorted(replays.values().map(|replay| age_of(replay))),
        }
    }

    pub(super) fn move_connection(&mut self, old: Option<&Connection>, new: Option<&Connection>) {
        move_row(&mut self.connections, old.map(listed_connection), new.map(listed_connection));
        move_row(&mut self.at_location, old.map(connection_at_location), new.map(connection_at_location));
        move_row(&mut self.ports, old.map(port_of), new.map(port_of));
        move_row(&mut self.members, old.and_then(membership_of), new.and_then(membership_of));
        move_row(&mut self.ended, old.and_then(end_of_connection), new.and_then(end_of_connection));
    }

    pub(super) fn move_lag(&mut self, old: Option<&Lag>, new: Option<&Lag>) {
        move_row(&mut self.lags, old.map(listed_lag), new.map(listed_lag));
        move_row(&mut self.ended, old.and_then(end_of_lag), new.and_then(end_of_lag));
    }

    pub(super) fn move_replay(&mut self, old: Option<&Replay>, new: Option<&Replay>) {
        move_row(&mut self.replays, old.map(age_of), new.map(age_of));
    }
}

fn sorted<Row: Ord + Clone>(rows: impl Iterator<Item = Row>) -> OrdSet<Row> {
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_unstable();
    rows.into_iter().collect()
}

/// A record's row in one index, before and after: most changes leave most rows alone.
fn move_row<Row: Ord + Clone>(index: &mut OrdSet<Row>, old: Option<Row>, new: Option<Row>) {
    if old == new {
        return;
    }
    if let Some(old) = old {
        index.remove(&old);
    }
    if let Some(new) = new {
        index.insert(new);
    }
}
