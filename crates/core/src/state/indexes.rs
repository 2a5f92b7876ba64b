//! Index rows: kept in step with the records, never stored.

mod rows;

use super::State;
use super::port_set::PortSet;
use super::registry::{Named, key_of, named};
use crate::ids::{
    AccessKeyId, AccountId, ConnectionId, DeviceId, Ec2GatewayId, LagId, LocationCode, Region, ResiliencyGroupId, Uuid,
    VirtualInterfaceId,
};
use crate::model::bandwidth::Bandwidth;
use crate::model::client_token::ClientToken;
use crate::model::connection::Connection;
use crate::model::failover_test::FailoverTest;
use crate::model::gateway::{Association, DirectConnectGateway, Proposal};
use crate::model::hosted_connection::HostedConnection;
use crate::model::lag::Lag;
use crate::model::resiliency_group::{GroupAssociation, ResiliencyGroup};
use crate::model::virtual_interface::{Parent, VirtualInterface};
use crate::record::{Key, Replay};
use crate::time::Timestamp;
use imbl::{OrdMap, OrdSet};
use rows::{
    age_of, association_in_group, association_of_gateway, association_of_target, connection_at_location,
    end_of_association, end_of_connection, end_of_gateway, end_of_group, end_of_group_association, end_of_hosted,
    end_of_interface, end_of_lag, end_of_proposal, end_of_test, end_of_token, hosted_on, interface_on_gateway,
    interface_on_parent, listed_connection, listed_gateway, listed_group, listed_hosted, listed_interface, listed_lag,
    listed_proposal, membership_of, port_of, public_addresses, test_in_history, test_of_interface,
};
use std::net::IpAddr;

/// How long the dead of a kind are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shelf {
    /// For the usual retention, or less.
    Usual,
    /// For that of proposals.
    Proposals,
    /// For that of the history of failover tests.
    FailoverTests,
    /// For as long as a token stands for its call.
    ClientTokens,
}

/// How long a connection holds its port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tenure {
    /// Until something is done about it.
    Lasting,
    /// Until it is deleted, as is planned or has come to pass.
    Ending,
}

/// Rows that say where to look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Indexes {
    /// An account's connections in a Region, hosted ones among them, in the order of lists.
    pub(crate) connections: OrdSet<(AccountId, Region, Timestamp, ConnectionId)>,
    /// The hosted connections on an interconnect or LAG, in the order of its list.
    pub(crate) hosted_on: OrdSet<(Parent, Timestamp, ConnectionId)>,
    /// An account's LAGs in a Region, in the order of lists.
    pub(crate) lags: OrdSet<(AccountId, Region, Timestamp, LagId)>,
    /// The connections that name a LAG, in the order of its list.
    pub(crate) members: OrdSet<(LagId, Timestamp, ConnectionId)>,
    /// An account's connections at a location, those at a flat rate apart.
    pub(crate) at_location: OrdSet<(AccountId, Region, LocationCode, bool, ConnectionId)>,
    /// Who holds or held a port, by its number: those that hold it until further notice apart from those that end.
    pub(crate) ports: OrdSet<(DeviceId, Bandwidth, Tenure, u16, ConnectionId)>,
    /// The ports that are held until further notice, of each speed on each device that has any.
    pub(crate) taken: OrdMap<(DeviceId, Bandwidth), PortSet>,
    /// When records that have ended, or will as planned, do so.
    pub(crate) ended: OrdSet<(Shelf, Timestamp, Key)>,
    /// The virtual interfaces that an account sees in a Region, as their owner or that of what they sit on.
    pub(crate) virtual_interfaces: OrdSet<(AccountId, Region, Timestamp, VirtualInterfaceId)>,
    /// What sits on a connection or LAG.
    pub(crate) on_parent: OrdSet<(Parent, Timestamp, VirtualInterfaceId)>,
    /// What is attached to a Direct Connect gateway.
    pub(crate) on_gateway: OrdSet<(Uuid, Timestamp, VirtualInterfaceId)>,
    /// Addresses of public virtual interfaces, in all Regions.
    pub(crate) public_addresses: OrdSet<(IpAddr, VirtualInterfaceId)>,
    /// An account's Direct Connect gateways.
    pub(crate) gateways: OrdSet<(AccountId, Timestamp, Uuid)>,
    /// The associations of a Direct Connect gateway.
    pub(crate) associations: OrdSet<(Uuid, Timestamp, Uuid)>,
    /// The associations of a gateway of EC2.
    pub(crate) associations_of_target: OrdSet<(Ec2GatewayId, Timestamp, Uuid)>,
    /// The proposals that an account sees, as their maker or as the owner of the Direct Connect gateway.
    pub(crate) proposals: OrdSet<(AccountId, Timestamp, Uuid)>,
    /// An account's resiliency groups.
    pub(crate) resiliency_groups: OrdSet<(AccountId, Timestamp, ResiliencyGroupId)>,
    /// What is associated with a resiliency group.
    pub(crate) in_group: OrdSet<(ResiliencyGroupId, Timestamp, Parent)>,
    /// The failover tests of a virtual interface.
    pub(crate) failover_tests: OrdSet<(VirtualInterfaceId, Timestamp, Uuid)>,
    /// An account's failover tests in a Region: the history outlives the interfaces.
    pub(crate) test_history: OrdSet<(AccountId, Region, Timestamp, Uuid)>,
    /// Kept answers by age.
    pub(crate) replays: OrdSet<(Timestamp, [u8; 32])>,
    /// An account's users and roles, by their names.
    pub(crate) principals: OrdSet<Named>,
    /// An account's access keys.
    pub(crate) access_keys: OrdSet<(AccountId, AccessKeyId)>,
}

type Taken = OrdMap<(DeviceId, Bandwidth), PortSet>;

fn take_port(taken: &mut Taken, c: &Connection) {
    if let (device, bandwidth, Tenure::Lasting, number, _) = port_of(c) {
        let mut held = taken.get(&(device, bandwidth)).cloned().unwrap_or_default();
        held.insert(number);
        taken.insert((device, bandwidth), held);
    }
}

fn leave_port(taken: &mut Taken, c: &Connection) {
    if let (device, bandwidth, Tenure::Lasting, number, _) = port_of(c) {
        let mut held = taken.get(&(device, bandwidth)).cloned().unwrap_or_default();
        held.remove(number);
        // A device without holders has no row, as when the indexes are built anew.
        match held.is_empty() {
            true => taken.remove(&(device, bandwidth)),
            false => taken.insert((device, bandwidth), held),
        };
    }
}

fn taken<'a>(connections: impl Iterator<Item = &'a Connection>) -> Taken {
    connections.fold(Taken::default(), |mut taken, c| {
        take_port(&mut taken, c);
        taken
    })
}

impl Indexes {
    /// All rows of a state's records: one index after the other, each in its order, since that is many times as fast
    /// as row by row.
    pub(super) fn build(state: &State) -> Self {
        let connections = || state.connections.values().map(|connection| &**connection);
        let hosted = || state.hosted_connections.values().map(|hosted| &**hosted);
        let lags = || state.lags.values().map(|lag| &**lag);
        let interfaces = || state.virtual_interfaces.values().map(|interface| &**interface);
        let gateways = || state.gateways.values().map(|gateway| &**gateway);
        let associations = || state.associations.values().map(|association| &**association);
        let proposals = || state.proposals.values().map(|proposal| &**proposal);
        let groups = || state.resiliency_groups.values().map(|group| &**group);
        let in_groups = || state.group_associations.values().map(|association| &**association);
        let tests = || state.failover_tests.values().map(|test| &**test);
        let ends = connections()
            .filter_map(end_of_connection)
            .chain(hosted().filter_map(end_of_hosted))
            .chain(lags().filter_map(end_of_lag))
            .chain(interfaces().filter_map(end_of_interface))
            .chain(gateways().filter_map(end_of_gateway))
            .chain(associations().filter_map(end_of_association))
            .chain(proposals().map(end_of_proposal))
            .chain(tests().map(end_of_test))
            .chain(groups().filter_map(end_of_group))
            .chain(in_groups().filter_map(end_of_group_association))
            .chain(state.client_tokens.values().map(|token| end_of_token(token)));
        Indexes {
            connections: sorted(connections().map(listed_connection).chain(hosted().map(listed_hosted))),
            hosted_on: sorted(hosted().map(hosted_on)),
            at_location: sorted(connections().map(connection_at_location)),
            ports: sorted(connections().map(port_of)),
            taken: taken(connections()),
            members: sorted(connections().filter_map(membership_of)),
            lags: sorted(lags().map(listed_lag)),
            ended: sorted(ends),
            replays: sorted(state.replays.values().map(|replay| age_of(replay))),
            virtual_interfaces: sorted(interfaces().flat_map(listed_interface)),
            on_parent: sorted(interfaces().map(interface_on_parent)),
            on_gateway: sorted(interfaces().filter_map(interface_on_gateway)),
            public_addresses: sorted(interfaces().flat_map(public_addresses)),
            gateways: sorted(gateways().map(listed_gateway)),
            associations: sorted(associations().map(association_of_gateway)),
            associations_of_target: sorted(associations().map(association_of_target)),
            proposals: sorted(proposals().flat_map(listed_proposal)),
            resiliency_groups: sorted(groups().map(listed_group)),
            in_group: sorted(in_groups().map(association_in_group)),
            failover_tests: sorted(tests().map(test_of_interface)),
            test_history: sorted(tests().map(test_in_history)),
            principals: sorted(state.principals.values().map(|principal| named(principal))),
            access_keys: sorted(state.access_keys.values().map(|key| key_of(key))),
        }
    }

    pub(super) fn move_virtual_interface(&mut self, old: Option<&VirtualInterface>, new: Option<&VirtualInterface>) {
        move_rows(&mut self.virtual_interfaces, old.map(listed_interface), new.map(listed_interface));
        move_row(&mut self.on_parent, old.map(interface_on_parent), new.map(interface_on_parent));
        move_row(&mut self.on_gateway, old.and_then(interface_on_gateway), new.and_then(interface_on_gateway));
        move_rows(&mut self.public_addresses, old.map(public_addresses), new.map(public_addresses));
        move_row(&mut self.ended, old.and_then(end_of_interface), new.and_then(end_of_interface));
    }

    pub(super) fn move_gateway(&mut self, old: Option<&DirectConnectGateway>, new: Option<&DirectConnectGateway>) {
        move_row(&mut self.gateways, old.map(listed_gateway), new.map(listed_gateway));
        move_row(&mut self.ended, old.and_then(end_of_gateway), new.and_then(end_of_gateway));
    }

    pub(super) fn move_association(&mut self, old: Option<&Association>, new: Option<&Association>) {
        move_row(&mut self.associations, old.map(association_of_gateway), new.map(association_of_gateway));
        move_row(&mut self.associations_of_target, old.map(association_of_target), new.map(association_of_target));
        move_row(&mut self.ended, old.and_then(end_of_association), new.and_then(end_of_association));
    }

    pub(super) fn move_proposal(&mut self, old: Option<&Proposal>, new: Option<&Proposal>) {
        move_rows(&mut self.proposals, old.map(listed_proposal), new.map(listed_proposal));
        move_row(&mut self.ended, old.map(end_of_proposal), new.map(end_of_proposal));
    }

    pub(super) fn move_failover_test(&mut self, old: Option<&FailoverTest>, new: Option<&FailoverTest>) {
        move_row(&mut self.failover_tests, old.map(test_of_interface), new.map(test_of_interface));
        move_row(&mut self.test_history, old.map(test_in_history), new.map(test_in_history));
        move_row(&mut self.ended, old.map(end_of_test), new.map(end_of_test));
    }

    pub(super) fn move_resiliency_group(&mut self, old: Option<&ResiliencyGroup>, new: Option<&ResiliencyGroup>) {
        move_row(&mut self.resiliency_groups, old.map(listed_group), new.map(listed_group));
        move_row(&mut self.ended, old.and_then(end_of_group), new.and_then(end_of_group));
    }

    pub(super) fn move_group_association(&mut self, old: Option<&GroupAssociation>, new: Option<&GroupAssociation>) {
        move_row(&mut self.in_group, old.map(association_in_group), new.map(association_in_group));
        move_row(&mut self.ended, old.and_then(end_of_group_association), new.and_then(end_of_group_association));
    }

    pub(super) fn move_client_token(&mut self, old: Option<&ClientToken>, new: Option<&ClientToken>) {
        move_row(&mut self.ended, old.map(end_of_token), new.map(end_of_token));
    }

    pub(super) fn move_connection(&mut self, old: Option<&Connection>, new: Option<&Connection>) {
        move_row(&mut self.connections, old.map(listed_connection), new.map(listed_connection));
        move_row(&mut self.at_location, old.map(connection_at_location), new.map(connection_at_location));
        if old.map(port_of) != new.map(port_of) {
            move_row(&mut self.ports, old.map(port_of), new.map(port_of));
            old.inspect(|old| leave_port(&mut self.taken, old));
            new.inspect(|new| take_port(&mut self.taken, new));
        }
        move_row(&mut self.members, old.and_then(membership_of), new.and_then(membership_of));
        move_row(&mut self.ended, old.and_then(end_of_connection), new.and_then(end_of_connection));
    }

    pub(super) fn move_hosted_connection(&mut self, old: Option<&HostedConnection>, new: Option<&HostedConnection>) {
        move_row(&mut self.connections, old.map(listed_hosted), new.map(listed_hosted));
        move_row(&mut self.hosted_on, old.map(hosted_on), new.map(hosted_on));
        move_row(&mut self.ended, old.and_then(end_of_hosted), new.and_then(end_of_hosted));
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
pub(super) fn move_row<Row: Ord + Clone>(index: &mut OrdSet<Row>, old: Option<Row>, new: Option<Row>) {
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

/// The same for a record that may have several rows in one index.
fn move_rows<Row: Ord + Clone>(
    index: &mut OrdSet<Row>,
    old: Option<impl Iterator<Item = Row>>,
    new: Option<impl Iterator<Item = Row>>,
) {
    for row in old.into_iter().flatten() {
        index.remove(&row);
    }
    for row in new.into_iter().flatten() {
        index.insert(row);
    }
}
