//! Index rows: kept in step with the records, never stored.

use crate::ids::{AccountId, ConnectionId, DeviceId, LagId, LocationCode, Region};
use crate::model::bandwidth::Bandwidth;
use crate::model::connection::{self, Connection};
use crate::model::lag::{self, Lag};
use crate::record::{Key, Replay};
use crate::time::Timestamp;
use imbl::OrdSet;

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

impl Indexes {
    pub(super) fn move_connection(&mut self, old: Option<&Connection>, new: Option<&Connection>) {
        let listed = |c: &Connection| (c.owner, c.region, c.created, c.id);
        let at_location = |c: &Connection| (c.owner, c.region, c.location, c.billing.is_flat_rate(), c.id);
        let port = |c: &Connection| (c.device(), c.bandwidth, c.port.number, c.id);
        let member = |c: &Connection| c.lag.map(|lag| (lag, c.created, c.id));
        let end = |c: &Connection| match c.phase.last() {
            (at, connection::Phase::Deleted) => Some((at, Key::Connection(c.id))),
            _ => None,
        };
        move_row(&mut self.connections, old.map(listed), new.map(listed));
        move_row(&mut self.at_location, old.map(at_location), new.map(at_location));
        move_row(&mut self.ports, old.map(port), new.map(port));
        move_row(&mut self.members, old.and_then(member), new.and_then(member));
        move_row(&mut self.ended, old.and_then(end), new.and_then(end));
    }

    pub(super) fn move_lag(&mut self, old: Option<&Lag>, new: Option<&Lag>) {
        let listed = |lag: &Lag| (lag.owner, lag.region, lag.created, lag.id);
        let end = |lag: &Lag| match lag.phase.last() {
            (at, lag::Phase::Deleted) => Some((at, Key::Lag(lag.id))),
            _ => None,
        };
        move_row(&mut self.lags, old.map(listed), new.map(listed));
        move_row(&mut self.ended, old.and_then(end), new.and_then(end));
    }

    pub(super) fn move_replay(&mut self, old: Option<&Replay>, new: Option<&Replay>) {
        let by_age = |replay: &Replay| (replay.answered, replay.call);
        move_row(&mut self.replays, old.map(by_age), new.map(by_age));
    }
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
