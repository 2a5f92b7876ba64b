//! Typed lists over the indexes. Each one filters by what the records say at `now`.

use super::{Guard, Read, Tx};
use crate::ids::{AccountId, ConnectionId, DeviceId, LagId, LocationCode, Region};
use crate::model::bandwidth::Bandwidth;
use crate::model::connection::{self, Connection};
use crate::model::lag::{self, Lag};
use crate::model::virtual_interface::{Gateway, Kind};
use crate::record::{Key, Record};
use crate::settings::Delay;
use crate::state::{PortSet, Shelf, State, Tenure};
use crate::time::{Duration, Timestamp};
use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

const FIRST: Timestamp = Timestamp(i64::MIN);
/// What ended so long before the last commit has ended for every node, whatever its own clock shows.
const SETTLED: Duration = Duration::from_seconds(5 * 60);

impl Tx<'_> {
    /// The caller's connections and interconnects in the Region of the call that are still listed, in order, after `after`.
    pub fn listed_ports(&mut self, after: Option<(Timestamp, ConnectionId)>) -> impl Iterator<Item = &Arc<Connection>> {
        let (owner, region, now) = (self.caller(), self.region(), self.now());
        let retention = self.delays().get(Delay::Retention);
        self.read(Read::Scan(Guard::Connections(owner, region)));
        let start = match after {
            Some((created, id)) => Bound::Excluded((owner, region, created, id)),
            None => Bound::Included((owner, region, FIRST, ConnectionId::LEAST)),
        };
        let rows = self.state.indexes.connections.range((start, Bound::Unbounded));
        rows.take_while(move |row| (row.0, row.1) == (owner, region))
            .filter_map(|row| self.state.connections.get(&row.3))
            .filter(move |connection| connection.is_listed(now, retention))
    }

    /// The caller's LAGs in the Region of the call that are still listed, in order, after `after`.
    pub fn listed_lags(&mut self, after: Option<(Timestamp, LagId)>) -> impl Iterator<Item = &Arc<Lag>> {
        let (owner, region, now) = (self.caller(), self.region(), self.now());
        let retention = self.delays().get(Delay::Retention);
        self.read(Read::Scan(Guard::Lags(owner, region)));
        let start = match after {
            Some((created, id)) => Bound::Excluded((owner, region, created, id)),
            None => Bound::Included((owner, region, FIRST, LagId::LEAST)),
        };
        let rows = self.state.indexes.lags.range((start, Bound::Unbounded));
        rows.take_while(move |row| (row.0, row.1) == (owner, region))
            .filter_map(|row| self.state.lags.get(&row.3))
            .filter(move |lag| lag.is_listed(now, retention))
    }

    /// How many LAGs an account has in a Region.
    pub fn live_lags(&mut self, owner: AccountId, region: Region) -> usize {
        let now = self.now();
        self.read(Read::Scan(Guard::Lags(owner, region)));
        let rows = self.state.indexes.lags.range((owner, region, FIRST, LagId::LEAST)..);
        rows.take_while(|row| (row.0, row.1) == (owner, region))
            .filter_map(|row| self.state.lags.get(&row.3))
            .filter(|lag| lag.is_live(now))
            .count()
    }

    /// The members of a LAG, in the order of its list.
    pub fn members(&mut self, lag: LagId) -> Vec<Arc<Connection>> {
        self.read(Read::Scan(Guard::Members(lag)));
        let members: Vec<_> = members(&self.state, lag).cloned().collect();
        for member in &members {
            self.read(Read::Row(Key::Connection(member.id)));
        }
        members
    }

    /// The live connections of an account at a location.
    pub fn live_at_location(
        &mut self,
        owner: AccountId,
        region: Region,
        location: LocationCode,
    ) -> impl Iterator<Item = &Arc<Connection>> {
        let now = self.now();
        self.read(Read::Scan(Guard::AtLocation(owner, region, location)));
        let start = (owner, region, location, false, ConnectionId::LEAST);
        let rows = self.state.indexes.at_location.range(start..);
        rows.take_while(move |row| (row.0, row.1, row.2) == (owner, region, location))
            .filter_map(|row| self.state.connections.get(&row.4))
            .filter(move |connection| connection.is_live(now))
    }

    /// One live dedicated connection of the caller at a location that is at a flat rate, or that is not, other than `except`.
    pub fn live_at_rate(
        &mut self,
        location: LocationCode,
        is_flat_rate: bool,
        except: Option<ConnectionId>,
    ) -> Option<Arc<Connection>> {
        let (owner, region, now) = (self.caller(), self.region(), self.now());
        self.read(Read::Scan(Guard::AtLocation(owner, region, location)));
        let start = (owner, region, location, is_flat_rate, ConnectionId::LEAST);
        let rows = self.state.indexes.at_location.range(start..);
        rows.take_while(|row| (row.0, row.1, row.2, row.3) == (owner, region, location, is_flat_rate))
            .filter(|row| Some(row.4) != except)
            .filter_map(|row| self.state.connections.get(&row.4))
            .find(|connection| connection.is_live(now) && !connection.is_interconnect())
            .cloned()
    }

    /// The connections that hold ports of one speed on a device: live and those being deleted.
    pub fn holders(&mut self, device: DeviceId, bandwidth: Bandwidth) -> impl Iterator<Item = &Arc<Connection>> {
        self.read(Read::Scan(Guard::Ports(device, bandwidth)));
        self.holders_from(device, bandwidth, Tenure::Lasting)
    }

    /// The ports of one speed on a device that are held until further notice, and the numbers of those that are still
    /// held by connections whose end is planned.
    pub(crate) fn held_ports(&mut self, device: DeviceId, bandwidth: Bandwidth) -> (PortSet, BTreeSet<u16>) {
        self.read(Read::Scan(Guard::Ports(device, bandwidth)));
        let ending = self.holders_from(device, bandwidth, Tenure::Ending).map(|holder| holder.port.number).collect();
        (self.state.indexes.taken.get(&(device, bandwidth)).cloned().unwrap_or_default(), ending)
    }

    fn holders_from(
        &self,
        device: DeviceId,
        bandwidth: Bandwidth,
        tenure: Tenure,
    ) -> impl Iterator<Item = &Arc<Connection>> {
        let now = self.now();
        let rows = self.state.indexes.ports.range((device, bandwidth, tenure, 0, ConnectionId::LEAST)..);
        rows.take_while(move |row| (row.0, row.1) == (device, bandwidth))
            .filter_map(|row| self.state.connections.get(&row.4))
            .filter(move |connection| connection.phase.at(now) != connection::Phase::Deleted)
    }

    /// The highest device number and port number that are in use anywhere.
    pub fn plant_in_use(&mut self) -> (Option<u16>, Option<u16>) {
        let now = self.now();
        self.read(Read::Scan(Guard::All));
        let held = |c: &&Arc<Connection>| c.phase.at(now) != connection::Phase::Deleted;
        let ports = self.state.connections.values().filter(held).map(|c| c.port);
        let (mut device, mut number) = (None, None);
        for port in ports {
            device = device.max(Some(port.device));
            number = number.max(Some(port.number));
        }
        let lags = self.state.lags.values().filter(|lag| lag.is_live(now)).map(|lag| lag.device);
        (device.max(lags.max()), number)
    }

    /// Records of one shelf that ended before `until`, oldest first, at most `limit`. One whose end is no older than the
    /// last commit might not have come for another node, which may take it back meanwhile: the decision rests on it. On
    /// the rest it does not, so that nodes which sweep the same do not get in each other's way.
    pub(crate) fn ended_before(&mut self, shelf: Shelf, until: Timestamp, limit: usize) -> Vec<Key> {
        let rows = self.state.indexes.ended.range((shelf, FIRST, Key::Settings)..);
        let rows = rows.take_while(|row| row.0 == shelf && row.1 < until).take(limit);
        let ended: Vec<_> = rows.map(|row| (row.1, row.2)).collect();
        let settled = self.state.last_commit - SETTLED;
        for (_, key) in ended.iter().filter(|(at, _)| *at > settled) {
            self.read(Read::Row(*key));
        }
        ended.into_iter().map(|(_, key)| key).collect()
    }

    /// Kept answers that were given before `until`, and those beyond the newest `keep`, oldest first, at most `limit`.
    pub fn replays_before(&mut self, until: Timestamp, keep: usize, limit: usize) -> Vec<Key> {
        let excess = self.state.replays.len().saturating_sub(keep);
        let rows = self.state.indexes.replays.iter().enumerate();
        rows.take_while(|(at, row)| row.0 < until || *at < excess)
            .take(limit)
            .map(|(_, row)| Key::Replay(row.1))
            .collect()
    }

    /// The keys of every row that a reset takes away: all but the settings, the clock, and the answers that are kept. A
    /// call that was made before a reset and is repeated after it has been made, and must not be made again.
    pub fn everything(&mut self) -> Vec<Key> {
        self.read(Read::Scan(Guard::All));
        let keys = self.state.records().map(|record| record.key());
        keys.filter(|key| !matches!(key, Key::Settings | Key::Clock | Key::Replay(_))).collect()
    }
}

pub(crate) fn members(state: &State, lag: LagId) -> impl Iterator<Item = &Arc<Connection>> {
    let rows = state.indexes.members.range((lag, FIRST, ConnectionId::LEAST)..);
    rows.take_while(move |row| row.0 == lag).filter_map(|row| state.connections.get(&row.2))
}

/// The guards over the index rows of a record.
pub(super) fn guards(record: &Record) -> BTreeSet<Guard> {
    let mut guards = match record {
        // A reset leaves these where they are.
        Record::Settings(_) | Record::Clock(_) | Record::Replay(_) | Record::KeyUse(_) => return BTreeSet::new(),
        Record::Account(_) | Record::Device(_) | Record::ClientToken(_) | Record::MacSecSecret(_) => BTreeSet::new(),
        Record::HostedConnection(hosted) => {
            BTreeSet::from([Guard::Connections(hosted.owner, hosted.region), Guard::HostedOn(hosted.parent)])
        }
        Record::Lag(lag) => BTreeSet::from([Guard::Lags(lag.owner, lag.region)]),
        Record::Connection(c) => {
            let member = c.lag.map(Guard::Members);
            let held = [
                Guard::Connections(c.owner, c.region),
                Guard::AtLocation(c.owner, c.region, c.location),
                Guard::Ports(c.device(), c.bandwidth),
            ];
            held.into_iter().chain(member).collect()
        }
        Record::VirtualInterface(v) => {
            let gateway = match v.gateway {
                Gateway::DirectConnect(gateway) => Some(Guard::OnGateway(gateway)),
                Gateway::None | Gateway::VirtualPrivate(_) => None,
            };
            let seen = [v.owner, v.parent_owner].map(|account| Guard::VirtualInterfaces(account, v.region));
            let ends = v.peers.iter().filter(|_| v.kind == Kind::Public);
            let ends = ends.flat_map(|peer| [peer.amazon_address, peer.customer_address]);
            let addresses = ends.map(|end| Guard::PublicAddress(end.address()));
            seen.into_iter().chain([Guard::OnParent(v.parent)]).chain(gateway).chain(addresses).collect()
        }
        Record::Gateway(gateway) => BTreeSet::from([Guard::Gateways(gateway.owner)]),
        Record::Association(association) => BTreeSet::from([
            Guard::AssociationsOfGateway(association.gateway),
            Guard::AssociationsOfTarget(association.target.id),
        ]),
        Record::Proposal(proposal) => {
            [proposal.gateway_owner, proposal.target.owner].map(Guard::Proposals).into_iter().collect()
        }
        Record::FailoverTest(test) => {
            BTreeSet::from([Guard::FailoverTests(test.virtual_interface), Guard::TestHistory(test.owner, test.region)])
        }
        Record::ResiliencyGroup(group) => BTreeSet::from([Guard::ResiliencyGroups(group.owner)]),
        Record::GroupAssociation(association) => BTreeSet::from([Guard::InGroup(association.group)]),
        Record::Ec2Gateway(_) => BTreeSet::from([Guard::Ec2Gateways]),
        Record::Principal(principal) => BTreeSet::from([Guard::Principals(principal.account)]),
        Record::AccessKey(key) => BTreeSet::from([Guard::AccessKeys(key.account)]),
    };
    guards.insert(Guard::All);
    guards
}

impl Connection {
    /// Whether lists still show it: the deleted stay listed for `retention`.
    pub fn is_listed(&self, now: Timestamp, retention: crate::time::Duration) -> bool {
        self.phase.at(now) != connection::Phase::Deleted || now < self.phase.since(now) + retention
    }
}

impl Lag {
    /// Whether lists still show it: the deleted stay listed for `retention`.
    pub fn is_listed(&self, now: Timestamp, retention: crate::time::Duration) -> bool {
        self.phase.at(now) != lag::Phase::Deleted || now < self.phase.since(now) + retention
    }
}
