//! Lists of virtual interfaces, and what they hang on.

use super::{Guard, Read, Tx};
use crate::ids::{BgpPeerId, Uuid, VirtualInterfaceId};
use crate::model::bgp_peer::{self, BgpPeer};
use crate::model::failover_test::FailoverTest;
use crate::model::virtual_interface::{Parent, VirtualInterface};
use crate::model::{connection, hosted_connection, lag};
use crate::record::Key;
use crate::settings::Delay;
use crate::state::State;
use crate::steps::Steps;
use crate::time::Timestamp;
use std::net::IpAddr;
use std::ops::Bound;
use std::sync::Arc;

const FIRST: Timestamp = Timestamp(i64::MIN);

impl Tx<'_> {
    /// The virtual interfaces that the caller sees in the Region of the call, its own and those on what it owns, that
    /// are still listed, in order, after `after`.
    pub fn listed_virtual_interfaces(
        &mut self,
        after: Option<(Timestamp, VirtualInterfaceId)>,
    ) -> impl Iterator<Item = &Arc<VirtualInterface>> {
        let (account, region, now) = (self.caller(), self.region(), self.now());
        let retention = self.delays().get(Delay::Retention);
        self.read(Read::Scan(Guard::VirtualInterfaces(account, region)));
        let start = match after {
            Some((created, id)) => Bound::Excluded((account, region, created, id)),
            None => Bound::Included((account, region, FIRST, VirtualInterfaceId::LEAST)),
        };
        let rows = self.state.indexes.virtual_interfaces.range((start, Bound::Unbounded));
        rows.take_while(move |row| (row.0, row.1) == (account, region))
            .filter_map(|row| self.state.virtual_interfaces.get(&row.3))
            .filter(move |interface| interface.is_listed(now, retention))
    }

    /// Everything that sits or sat on a connection or LAG, in order; who needs those that count asks each.
    ///
    /// The rows are not read one by one: every write of one bumps the guard, and there may be hundreds of the deleted,
    /// more than an engine with several writers compares at once.
    pub fn on_parent(&mut self, parent: Parent) -> Vec<Arc<VirtualInterface>> {
        self.read(Read::Scan(Guard::OnParent(parent)));
        on_parent(&self.state, parent)
    }

    /// Everything that is or was attached to a Direct Connect gateway, in order; read as for [`Tx::on_parent`].
    pub fn on_gateway(&mut self, gateway: Uuid) -> Vec<Arc<VirtualInterface>> {
        self.read(Read::Scan(Guard::OnGateway(gateway)));
        let rows = self.state.indexes.on_gateway.range((gateway, FIRST, VirtualInterfaceId::LEAST)..);
        rows.take_while(|row| row.0 == gateway)
            .filter_map(|row| self.state.virtual_interfaces.get(&row.2).cloned())
            .collect()
    }

    /// The virtual interface that has this peer, in any Region: for the operator's calls, which look through all of them.
    pub(crate) fn interface_of_peer(&mut self, peer: BgpPeerId) -> Option<Arc<VirtualInterface>> {
        self.read(Read::Scan(Guard::All));
        let now = self.now();
        let has = |interface: &&Arc<VirtualInterface>| {
            interface.is_present(now) && interface.peers.iter().any(|own| own.id == peer && own.is_present(now))
        };
        self.state.virtual_interfaces.values().find(has).cloned()
    }

    /// Whether a session of a public virtual interface has this address, in any Region and whoever owns it.
    pub fn is_public_address_used(&mut self, address: IpAddr) -> bool {
        self.read(Read::Scan(Guard::PublicAddress(address)));
        let now = self.now();
        // Like a VLAN, an address is free again once its peer is deleted, not before.
        let has = |peer: &BgpPeer| {
            peer.phase.at(now) != bgp_peer::Phase::Deleted
                && [peer.amazon_address, peer.customer_address].iter().any(|end| end.address() == address)
        };
        let rows = self.state.indexes.public_addresses.range((address, VirtualInterfaceId::LEAST)..);
        rows.take_while(|row| row.0 == address)
            .filter_map(|row| self.state.virtual_interfaces.get(&row.1))
            .any(|interface| interface.peers.iter().any(has))
    }

    /// When a connection or LAG carries traffic.
    pub fn parent_up(&mut self, parent: Parent) -> Steps<bool> {
        match parent {
            Parent::Connection(id) => self.read(Read::Row(Key::Connection(id))),
            Parent::Lag(id) => {
                self.read(Read::Row(Key::Lag(id)));
                self.members(id);
            }
            Parent::Hosted(id) => {
                if let Some(hosted) = self.hosted_connection(id) {
                    self.parent_up(hosted.parent);
                }
            }
        }
        parent_up(&self.state, parent)
    }

    /// A virtual interface as it was before this call, and when what it sat on carried traffic then.
    pub(crate) fn virtual_interface_before(
        &self,
        id: VirtualInterfaceId,
    ) -> Option<(Arc<VirtualInterface>, Steps<bool>)> {
        let interface = self.base.virtual_interfaces.get(&id)?;
        Some((interface.clone(), parent_up(self.base, interface.parent)))
    }

    /// The failover tests of a virtual interface, oldest first.
    pub fn failover_tests(&mut self, interface: VirtualInterfaceId) -> Vec<Arc<FailoverTest>> {
        self.read(Read::Scan(Guard::FailoverTests(interface)));
        let rows = self.state.indexes.failover_tests.range((interface, FIRST, Uuid::LEAST)..);
        let tests: Vec<_> = rows
            .take_while(|row| row.0 == interface)
            .filter_map(|row| self.state.failover_tests.get(&row.2).cloned())
            .collect();
        for test in &tests {
            self.read(Read::Row(Key::FailoverTest(test.id)));
        }
        tests
    }

    /// The caller's failover tests in the Region of the call that the history still shows, oldest first, after `after`.
    pub fn test_history(&mut self, after: Option<(Timestamp, Uuid)>) -> impl Iterator<Item = &Arc<FailoverTest>> {
        let (account, region, now) = (self.caller(), self.region(), self.now());
        self.read(Read::Scan(Guard::TestHistory(account, region)));
        let start = match after {
            Some((started, id)) => Bound::Excluded((account, region, started, id)),
            None => Bound::Included((account, region, FIRST, Uuid::LEAST)),
        };
        let rows = self.state.indexes.test_history.range((start, Bound::Unbounded));
        rows.take_while(move |row| (row.0, row.1) == (account, region))
            .filter_map(|row| self.state.failover_tests.get(&row.3))
            .filter(move |test| test.is_listed(now))
    }
}

pub(crate) fn on_parent(state: &State, parent: Parent) -> Vec<Arc<VirtualInterface>> {
    let rows = state.indexes.on_parent.range((parent, FIRST, VirtualInterfaceId::LEAST)..);
    rows.take_while(|row| row.0 == parent).filter_map(|row| state.virtual_interfaces.get(&row.2).cloned()).collect()
}

/// When a connection or LAG carries traffic; one that is gone never does.
pub(crate) fn parent_up(state: &State, parent: Parent) -> Steps<bool> {
    let seen = match parent {
        Parent::Connection(id) => {
            state.connections.get(&id).map(|c| c.seen().map(|seen| seen == connection::Seen::Available))
        }
        Parent::Hosted(id) => state.hosted_connections.get(&id).map(|hosted| {
            let seen = hosted.seen(&parent_up(state, hosted.parent));
            seen.map(|seen| seen == hosted_connection::Seen::Available)
        }),
        Parent::Lag(id) => state.lags.get(&id).map(|lag| {
            let members: Vec<_> = super::members(state, id).cloned().collect();
            lag.seen(&members).map(|seen| seen == lag::Seen::Available)
        }),
    };
    seen.unwrap_or_else(|| Steps::new(FIRST, false))
}
