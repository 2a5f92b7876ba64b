//! `State`: every record and every index, as one value of persistent maps. A snapshot is a clone.
//!
//! Index rows say where to look, never what holds: they follow from the records, end in the record's id, and are
//! rebuilt when a store is loaded. Who needs to know whether a record still counts asks the record.

use crate::ids::{AccountId, ConnectionId, DeviceId, LagId, LocationCode, Region};
use crate::model::account::Account;
use crate::model::bandwidth::Bandwidth;
use crate::model::connection::Connection;
use crate::model::device::Device;
use crate::model::lag::Lag;
use crate::record::{Key, Record, Replay};
use crate::settings::{Clock, Settings};
use crate::time::Timestamp;
use imbl::{OrdMap, OrdSet};
use std::sync::Arc;

/// Everything that the service knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    pub(crate) settings: Arc<Settings>,
    pub(crate) clock: Clock,
    pub(crate) accounts: OrdMap<AccountId, Arc<Account>>,
    pub(crate) devices: OrdMap<DeviceId, Arc<Device>>,
    pub(crate) connections: OrdMap<ConnectionId, Arc<Connection>>,
    pub(crate) lags: OrdMap<LagId, Arc<Lag>>,
    pub(crate) replays: OrdMap<[u8; 32], Arc<Replay>>,
    pub(crate) indexes: Indexes,
    pub(crate) last_commit: Timestamp,
}

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
    /// When records that have ended may be swept.
    pub(crate) ended: OrdSet<(Timestamp, Key)>,
    /// Kept answers by age.
    pub(crate) replays: OrdSet<(Timestamp, [u8; 32])>,
}

impl State {
    /// The time of the last commit: nothing decided later lies before it.
    pub fn last_commit(&self) -> Timestamp {
        self.last_commit
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The clock in force.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// What time it is when the node's clock shows `system`: never before the last commit.
    pub fn now(&self, system: Timestamp) -> Timestamp {
        match self.clock {
            Clock::System => system.max(self.last_commit),
            Clock::Manual { now } => now.max(self.last_commit),
        }
    }

    /// Every record of the store, in no particular order.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        let settings = [Record::Settings(self.settings.clone()), Record::Clock(self.clock)];
        settings
            .into_iter()
            .chain(self.accounts.values().cloned().map(Record::Account))
            .chain(self.devices.values().cloned().map(Record::Device))
            .chain(self.connections.values().cloned().map(Record::Connection))
            .chain(self.lags.values().cloned().map(Record::Lag))
            .chain(self.replays.values().cloned().map(Record::Replay))
    }

    /// The record under `key`.
    pub fn get(&self, key: &Key) -> Option<Record> {
        match key {
            Key::Settings => Some(Record::Settings(self.settings.clone())),
            Key::Clock => Some(Record::Clock(self.clock)),
            Key::Account(id) => self.accounts.get(id).cloned().map(Record::Account),
            Key::Device(id) => self.devices.get(id).cloned().map(Record::Device),
            Key::Connection(id) => self.connections.get(id).cloned().map(Record::Connection),
            Key::Lag(id) => self.lags.get(id).cloned().map(Record::Lag),
            Key::Replay(call) => self.replays.get(call).cloned().map(Record::Replay),
        }
    }

    /// Puts a record in its place, or takes away what is there, and keeps the indexes true. Also how a store is loaded.
    pub fn write(&mut self, key: &Key, record: Option<Record>) {
        debug_assert!(record.as_ref().is_none_or(|record| record.key() == *key), "a record goes under its own key");
        match key {
            Key::Settings => self.settings = settings_of(record),
            Key::Clock => self.clock = clock_of(record),
            Key::Account(id) => match record {
                Some(Record::Account(account)) => drop(self.accounts.insert(*id, account)),
                _ => drop(self.accounts.remove(id)),
            },
            Key::Device(id) => match record {
                Some(Record::Device(device)) => drop(self.devices.insert(*id, device)),
                _ => drop(self.devices.remove(id)),
            },
            Key::Connection(id) => {
                if let Some(old) = self.connections.remove(id) {
                    self.unindex_connection(&old);
                }
                if let Some(Record::Connection(new)) = record {
                    self.index_connection(&new);
                    self.connections.insert(*id, new);
                }
            }
            Key::Lag(id) => {
                if let Some(old) = self.lags.remove(id) {
                    self.indexes.lags.remove(&(old.owner, old.region, old.created, old.id));
                    self.indexes.ended.remove(&(old.phase.last().0, *key));
                }
                if let Some(Record::Lag(new)) = record {
                    self.indexes.lags.insert((new.owner, new.region, new.created, new.id));
                    if new.phase.last().1 == crate::model::lag::Phase::Deleted {
                        self.indexes.ended.insert((new.phase.last().0, *key));
                    }
                    self.lags.insert(*id, new);
                }
            }
            Key::Replay(call) => {
                if let Some(old) = self.replays.remove(call) {
                    self.indexes.replays.remove(&(old.answered, *call));
                }
                if let Some(Record::Replay(new)) = record {
                    self.indexes.replays.insert((new.answered, *call));
                    self.replays.insert(*call, new);
                }
            }
        }
    }

    /// Notes that a commit was made at `at`.
    pub fn committed(&mut self, at: Timestamp) {
        self.last_commit = self.last_commit.max(at);
    }

    fn index_connection(&mut self, connection: &Connection) {
        let c = connection;
        self.indexes.connections.insert((c.owner, c.region, c.created, c.id));
        self.indexes.at_location.insert((c.owner, c.region, c.location, c.billing.is_flat_rate(), c.id));
        self.indexes.ports.insert((c.device(), c.bandwidth, c.port.number, c.id));
        if let Some(lag) = c.lag {
            self.indexes.members.insert((lag, c.created, c.id));
        }
        if c.phase.last().1 == crate::model::connection::Phase::Deleted {
            self.indexes.ended.insert((c.phase.last().0, Key::Connection(c.id)));
        }
    }

    fn unindex_connection(&mut self, connection: &Connection) {
        let c = connection;
        self.indexes.connections.remove(&(c.owner, c.region, c.created, c.id));
        self.indexes.at_location.remove(&(c.owner, c.region, c.location, c.billing.is_flat_rate(), c.id));
        self.indexes.ports.remove(&(c.device(), c.bandwidth, c.port.number, c.id));
        if let Some(lag) = c.lag {
            self.indexes.members.remove(&(lag, c.created, c.id));
        }
        self.indexes.ended.remove(&(c.phase.last().0, Key::Connection(c.id)));
    }
}

fn settings_of(record: Option<Record>) -> Arc<Settings> {
    match record {
        Some(Record::Settings(settings)) => settings,
        _ => Arc::default(),
    }
}

fn clock_of(record: Option<Record>) -> Clock {
    match record {
        Some(Record::Clock(clock)) => clock,
        _ => Clock::default(),
    }
}
