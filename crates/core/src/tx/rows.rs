//! Typed getters and `put_*` of single rows: a getter remembers what it read, and a row changes through `put_*` alone.

use super::{Read, Tx, lists};
use crate::ids::{AccountId, ConnectionId, DeviceId, Ec2GatewayId, LagId, Uuid, VirtualInterfaceId};
use crate::model::account::Account;
use crate::model::connection::Connection;
use crate::model::device::Device;
use crate::model::failover_test::FailoverTest;
use crate::model::gateway::{Association, DirectConnectGateway, Ec2Gateway, Proposal};
use crate::model::lag::Lag;
use crate::model::virtual_interface::VirtualInterface;
use crate::record::{Key, Record, Replay};
use crate::settings::Settings;
use std::sync::Arc;

impl Tx<'_> {
    /// A registered account.
    pub fn account(&mut self, id: AccountId) -> Option<Arc<Account>> {
        self.read(Read::Row(Key::Account(id)));
        self.state.accounts.get(&id).cloned()
    }

    /// A device that the operator has touched.
    pub fn device(&mut self, id: DeviceId) -> Option<Arc<Device>> {
        self.read(Read::Row(Key::Device(id)));
        self.state.devices.get(&id).cloned()
    }

    /// A connection, whoever owns it.
    pub fn connection(&mut self, id: ConnectionId) -> Option<Arc<Connection>> {
        self.read(Read::Row(Key::Connection(id)));
        self.state.connections.get(&id).cloned()
    }

    /// A LAG, whoever owns it.
    pub fn lag(&mut self, id: LagId) -> Option<Arc<Lag>> {
        self.read(Read::Row(Key::Lag(id)));
        self.state.lags.get(&id).cloned()
    }

    /// A virtual interface, whoever owns it.
    pub fn virtual_interface(&mut self, id: VirtualInterfaceId) -> Option<Arc<VirtualInterface>> {
        self.read(Read::Row(Key::VirtualInterface(id)));
        self.state.virtual_interfaces.get(&id).cloned()
    }

    /// A Direct Connect gateway, whoever owns it.
    pub fn gateway(&mut self, id: Uuid) -> Option<Arc<DirectConnectGateway>> {
        self.read(Read::Row(Key::Gateway(id)));
        self.state.gateways.get(&id).cloned()
    }

    /// An association, whoever sees it.
    pub fn association(&mut self, id: Uuid) -> Option<Arc<Association>> {
        self.read(Read::Row(Key::Association(id)));
        self.state.associations.get(&id).cloned()
    }

    /// A proposal, whoever sees it.
    pub fn proposal(&mut self, id: Uuid) -> Option<Arc<Proposal>> {
        self.read(Read::Row(Key::Proposal(id)));
        self.state.proposals.get(&id).cloned()
    }

    /// A failover test.
    pub fn failover_test(&mut self, id: Uuid) -> Option<Arc<FailoverTest>> {
        self.read(Read::Row(Key::FailoverTest(id)));
        self.state.failover_tests.get(&id).cloned()
    }

    /// The kept answer of an earlier call.
    pub fn replay(&mut self, call: [u8; 32]) -> Option<Arc<Replay>> {
        self.read(Read::Row(Key::Replay(call)));
        self.state.replays.get(&call).cloned()
    }

    /// A connection as it was before this call.
    pub(crate) fn connection_before(&self, id: ConnectionId) -> Option<Arc<Connection>> {
        self.base.connections.get(&id).cloned()
    }

    /// A LAG as it was before this call.
    pub(crate) fn lag_before(&self, id: LagId) -> Option<Arc<Lag>> {
        self.base.lags.get(&id).cloned()
    }

    /// A gateway of EC2 as it was kept before this call.
    pub(crate) fn ec2_gateway_before(&self, id: Ec2GatewayId) -> Option<Arc<Ec2Gateway>> {
        self.base.ec2_gateways.get(&id).cloned()
    }

    /// The members of a LAG as they were before this call.
    pub(crate) fn members_before(&self, id: LagId) -> Vec<Arc<Connection>> {
        lists::members(self.base, id).cloned().collect()
    }

    /// Writes a connection.
    pub fn put_connection(&mut self, connection: Connection) {
        self.write(Key::Connection(connection.id), Some(Record::Connection(Arc::new(connection))));
    }

    /// Writes a LAG.
    pub fn put_lag(&mut self, lag: Lag) {
        self.write(Key::Lag(lag.id), Some(Record::Lag(Arc::new(lag))));
    }

    /// Writes a virtual interface. The keys of its sessions are sealed, those too which were stored before any were.
    pub fn put_virtual_interface(&mut self, mut virtual_interface: VirtualInterface) {
        if let Some(sealer) = self.sealer {
            let id = virtual_interface.id;
            virtual_interface.peers.iter_mut().for_each(|peer| peer.auth_key.seal(sealer, id));
        }
        self.write(
            Key::VirtualInterface(virtual_interface.id),
            Some(Record::VirtualInterface(Arc::new(virtual_interface))),
        );
    }

    /// Writes a Direct Connect gateway.
    pub fn put_gateway(&mut self, gateway: DirectConnectGateway) {
        self.write(Key::Gateway(gateway.id), Some(Record::Gateway(Arc::new(gateway))));
    }

    /// Writes an association.
    pub fn put_association(&mut self, association: Association) {
        self.write(Key::Association(association.id), Some(Record::Association(Arc::new(association))));
    }

    /// Writes a proposal.
    pub fn put_proposal(&mut self, proposal: Proposal) {
        self.write(Key::Proposal(proposal.id), Some(Record::Proposal(Arc::new(proposal))));
    }

    /// Writes a failover test.
    pub fn put_failover_test(&mut self, failover_test: FailoverTest) {
        self.write(Key::FailoverTest(failover_test.id), Some(Record::FailoverTest(Arc::new(failover_test))));
    }

    /// Writes an EC2 gateway.
    pub fn put_ec2_gateway(&mut self, ec2_gateway: Ec2Gateway) {
        self.write(Key::Ec2Gateway(ec2_gateway.target.id), Some(Record::Ec2Gateway(Arc::new(ec2_gateway))));
    }

    /// Writes a device.
    pub fn put_device(&mut self, device: Device) {
        self.write(Key::Device(device.id), Some(Record::Device(Arc::new(device))));
    }

    /// Writes an account.
    pub fn put_account(&mut self, account: Account) {
        self.write(Key::Account(account.id), Some(Record::Account(Arc::new(account))));
    }

    /// Writes the settings.
    pub fn put_settings(&mut self, settings: Settings) {
        self.write(Key::Settings, Some(Record::Settings(Arc::new(settings))));
    }

    /// Keeps an answer for clients that repeat the call.
    pub fn put_replay(&mut self, replay: Replay) {
        self.write(Key::Replay(replay.call), Some(Record::Replay(Arc::new(replay))));
    }

    /// Takes a row away.
    pub fn remove(&mut self, key: Key) {
        self.write(key, None);
    }

    /// Takes a row away that nobody can see any more, unless somebody writes it anew meanwhile.
    pub(crate) fn sweep(&mut self, key: Key) {
        self.write(key, None);
        self.swept.insert(key);
    }
}
