//! `State`: every record and every index, as one value of persistent maps. A snapshot is a clone.
//!
//! Index rows say where to look, never what holds: they follow from the records, end in the record's id, and are
//! rebuilt when a store is loaded. Who needs to know whether a record still counts asks the record.

use crate::ids::{
    AccessKeyId, AccountId, ConnectionId, DeviceId, Ec2GatewayId, LagId, PrincipalId, Region, ResiliencyGroupId, Uuid,
    VirtualInterfaceId,
};
use crate::model::access_key::{AccessKey, KeyUse};
use crate::model::account::Account;
use crate::model::client_token::ClientToken;
use crate::model::connection::Connection;
use crate::model::device::Device;
use crate::model::failover_test::FailoverTest;
use crate::model::gateway::{Association, DirectConnectGateway, Ec2Gateway, Proposal};
use crate::model::hosted_connection::HostedConnection;
use crate::model::lag::Lag;
use crate::model::mac_sec::{Ckn, MacSecSecret};
use crate::model::principal::Principal;
use crate::model::resiliency_group::{GroupAssociation, ResiliencyGroup};
use crate::model::virtual_interface::{Parent, VirtualInterface};
use crate::record::{Key, Record, Replay};
use crate::settings::{Clock, Settings};
use crate::time::Timestamp;
use imbl::OrdMap;
use std::sync::Arc;

mod indexes;
mod loader;
mod port_set;
mod registry;

use indexes::Indexes;
pub(crate) use indexes::{Shelf, Tenure};
pub use loader::Loader;
pub(crate) use port_set::PortSet;
pub use registry::Registry;

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
    pub(crate) virtual_interfaces: OrdMap<VirtualInterfaceId, Arc<VirtualInterface>>,
    pub(crate) gateways: OrdMap<Uuid, Arc<DirectConnectGateway>>,
    pub(crate) associations: OrdMap<Uuid, Arc<Association>>,
    pub(crate) proposals: OrdMap<Uuid, Arc<Proposal>>,
    pub(crate) failover_tests: OrdMap<Uuid, Arc<FailoverTest>>,
    pub(crate) ec2_gateways: OrdMap<Ec2GatewayId, Arc<Ec2Gateway>>,
    pub(crate) resiliency_groups: OrdMap<ResiliencyGroupId, Arc<ResiliencyGroup>>,
    pub(crate) group_associations: OrdMap<Parent, Arc<GroupAssociation>>,
    pub(crate) client_tokens: OrdMap<[u8; 32], Arc<ClientToken>>,
    pub(crate) hosted_connections: OrdMap<ConnectionId, Arc<HostedConnection>>,
    pub(crate) mac_sec_secrets: OrdMap<(AccountId, Region, Ckn), Arc<MacSecSecret>>,
    pub(crate) principals: OrdMap<PrincipalId, Arc<Principal>>,
    pub(crate) access_keys: OrdMap<AccessKeyId, Arc<AccessKey>>,
    pub(crate) key_uses: OrdMap<AccessKeyId, Arc<KeyUse>>,
    pub(crate) indexes: Indexes,
    pub(crate) last_commit: Timestamp,
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

    /// How many records there are of each kind that there may be many of.
    pub fn counts(&self) -> [(&'static str, usize); 18] {
        [
            ("account", self.accounts.len()),
            ("device", self.devices.len()),
            ("connection", self.connections.len()),
            ("hosted_connection", self.hosted_connections.len()),
            ("lag", self.lags.len()),
            ("replay", self.replays.len()),
            ("virtual_interface", self.virtual_interfaces.len()),
            ("gateway", self.gateways.len()),
            ("association", self.associations.len()),
            ("proposal", self.proposals.len()),
            ("failover_test", self.failover_tests.len()),
            ("ec2_gateway", self.ec2_gateways.len()),
            ("resiliency_group", self.resiliency_groups.len()),
            ("resiliency_group_association", self.group_associations.len()),
            ("client_token", self.client_tokens.len()),
            ("mac_sec_secret", self.mac_sec_secrets.len()),
            ("principal", self.principals.len()),
            ("access_key", self.access_keys.len()),
        ]
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
            .chain(self.virtual_interfaces.values().cloned().map(Record::VirtualInterface))
            .chain(self.gateways.values().cloned().map(Record::Gateway))
            .chain(self.associations.values().cloned().map(Record::Association))
            .chain(self.proposals.values().cloned().map(Record::Proposal))
            .chain(self.failover_tests.values().cloned().map(Record::FailoverTest))
            .chain(self.ec2_gateways.values().cloned().map(Record::Ec2Gateway))
            .chain(self.resiliency_groups.values().cloned().map(Record::ResiliencyGroup))
            .chain(self.group_associations.values().cloned().map(Record::GroupAssociation))
            .chain(self.client_tokens.values().cloned().map(Record::ClientToken))
            .chain(self.hosted_connections.values().cloned().map(Record::HostedConnection))
            .chain(self.mac_sec_secrets.values().cloned().map(Record::MacSecSecret))
            .chain(self.principals.values().cloned().map(Record::Principal))
            .chain(self.access_keys.values().cloned().map(Record::AccessKey))
            .chain(self.key_uses.values().cloned().map(Record::KeyUse))
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
            Key::VirtualInterface(id) => self.virtual_interfaces.get(id).cloned().map(Record::VirtualInterface),
            Key::Gateway(id) => self.gateways.get(id).cloned().map(Record::Gateway),
            Key::Association(id) => self.associations.get(id).cloned().map(Record::Association),
            Key::Proposal(id) => self.proposals.get(id).cloned().map(Record::Proposal),
            Key::FailoverTest(id) => self.failover_tests.get(id).cloned().map(Record::FailoverTest),
            Key::Ec2Gateway(id) => self.ec2_gateways.get(id).cloned().map(Record::Ec2Gateway),
            Key::ResiliencyGroup(id) => self.resiliency_groups.get(id).cloned().map(Record::ResiliencyGroup),
            Key::GroupAssociation(port) => self.group_associations.get(port).cloned().map(Record::GroupAssociation),
            Key::ClientToken(id) => self.client_tokens.get(id).cloned().map(Record::ClientToken),
            Key::HostedConnection(id) => self.hosted_connections.get(id).cloned().map(Record::HostedConnection),
            Key::Principal(id) => self.principals.get(id).cloned().map(Record::Principal),
            Key::AccessKey(id) => self.access_keys.get(id).cloned().map(Record::AccessKey),
            Key::KeyUse(id) => self.key_uses.get(id).cloned().map(Record::KeyUse),
            Key::MacSecSecret(owner, region, ckn) => {
                self.mac_sec_secrets.get(&(*owner, *region, *ckn)).cloned().map(Record::MacSecSecret)
            }
        }
    }

    /// Puts a record in its place, or takes away what is there, and keeps the indexes true.
    ///
    /// # Panics
    /// When a record is put under another key than its own.
    pub fn write(&mut self, key: &Key, record: Option<Record>) {
        assert!(record.as_ref().is_none_or(|record| record.key() == *key), "a record goes under its own key");
        match (key, record) {
            (_, Some(Record::Settings(settings))) => self.settings = settings,
            (Key::Settings, _) => self.settings = Arc::default(),
            (_, Some(Record::Clock(clock))) => self.clock = clock,
            (Key::Clock, _) => self.clock = Clock::default(),
            (_, Some(Record::Account(account))) => drop(self.accounts.insert(account.id, account)),
            (Key::Account(id), _) => drop(self.accounts.remove(id)),
            (_, Some(Record::Device(device))) => drop(self.devices.insert(device.id, device)),
            (Key::Device(id), _) => drop(self.devices.remove(id)),
            (_, Some(Record::Connection(new))) => {
                let old = self.connections.insert(new.id, new.clone());
                self.indexes.move_connection(old.as_deref(), Some(&new));
            }
            (Key::Connection(id), _) => {
                let old = self.connections.remove(id);
                self.indexes.move_connection(old.as_deref(), None);
            }
            (_, Some(Record::Lag(new))) => {
                let old = self.lags.insert(new.id, new.clone());
                self.indexes.move_lag(old.as_deref(), Some(&new));
            }
            (Key::Lag(id), _) => {
                let old = self.lags.remove(id);
                self.indexes.move_lag(old.as_deref(), None);
            }
            (_, Some(Record::Replay(new))) => {
                let old = self.replays.insert(new.call, new.clone());
                self.indexes.move_replay(old.as_deref(), Some(&new));
            }
            (Key::Replay(call), _) => {
                let old = self.replays.remove(call);
                self.indexes.move_replay(old.as_deref(), None);
            }
            (_, Some(Record::VirtualInterface(new))) => {
                let old = self.virtual_interfaces.insert(new.id, new.clone());
                self.indexes.move_virtual_interface(old.as_deref(), Some(&new));
            }
            (Key::VirtualInterface(id), _) => {
                let old = self.virtual_interfaces.remove(id);
                self.indexes.move_virtual_interface(old.as_deref(), None);
            }
            (_, Some(Record::Gateway(new))) => {
                let old = self.gateways.insert(new.id, new.clone());
                self.indexes.move_gateway(old.as_deref(), Some(&new));
            }
            (Key::Gateway(id), _) => {
                let old = self.gateways.remove(id);
                self.indexes.move_gateway(old.as_deref(), None);
            }
            (_, Some(Record::Association(new))) => {
                let old = self.associations.insert(new.id, new.clone());
                self.indexes.move_association(old.as_deref(), Some(&new));
            }
            (Key::Association(id), _) => {
                let old = self.associations.remove(id);
                self.indexes.move_association(old.as_deref(), None);
            }
            (_, Some(Record::Proposal(new))) => {
                let old = self.proposals.insert(new.id, new.clone());
                self.indexes.move_proposal(old.as_deref(), Some(&new));
            }
            (Key::Proposal(id), _) => {
                let old = self.proposals.remove(id);
                self.indexes.move_proposal(old.as_deref(), None);
            }
            (_, Some(Record::FailoverTest(new))) => {
                let old = self.failover_tests.insert(new.id, new.clone());
                self.indexes.move_failover_test(old.as_deref(), Some(&new));
            }
            (Key::FailoverTest(id), _) => {
                let old = self.failover_tests.remove(id);
                self.indexes.move_failover_test(old.as_deref(), None);
            }
            (_, Some(Record::Ec2Gateway(new))) => drop(self.ec2_gateways.insert(new.target.id, new)),
            (Key::Ec2Gateway(id), _) => drop(self.ec2_gateways.remove(id)),
            (_, Some(Record::ResiliencyGroup(new))) => {
                let old = self.resiliency_groups.insert(new.id, new.clone());
                self.indexes.move_resiliency_group(old.as_deref(), Some(&new));
            }
            (Key::ResiliencyGroup(id), _) => {
                let old = self.resiliency_groups.remove(id);
                self.indexes.move_resiliency_group(old.as_deref(), None);
            }
            (_, Some(Record::GroupAssociation(new))) => {
                let old = self.group_associations.insert(new.port, new.clone());
                self.indexes.move_group_association(old.as_deref(), Some(&new));
            }
            (Key::GroupAssociation(port), _) => {
                let old = self.group_associations.remove(port);
                self.indexes.move_group_association(old.as_deref(), None);
            }
            (_, Some(Record::ClientToken(new))) => {
                let old = self.client_tokens.insert(new.id, new.clone());
                self.indexes.move_client_token(old.as_deref(), Some(&new));
            }
            (Key::ClientToken(id), _) => {
                let old = self.client_tokens.remove(id);
                self.indexes.move_client_token(old.as_deref(), None);
            }
            (_, Some(Record::HostedConnection(new))) => {
                let old = self.hosted_connections.insert(new.id, new.clone());
                self.indexes.move_hosted_connection(old.as_deref(), Some(&new));
            }
            (Key::HostedConnection(id), _) => {
                let old = self.hosted_connections.remove(id);
                self.indexes.move_hosted_connection(old.as_deref(), None);
            }
            (_, Some(Record::MacSecSecret(new))) => {
                drop(self.mac_sec_secrets.insert((new.owner, new.region, new.ckn), new))
            }
            (Key::MacSecSecret(owner, region, ckn), _) => drop(self.mac_sec_secrets.remove(&(*owner, *region, *ckn))),
            (_, Some(Record::Principal(new))) => {
                let old = self.principals.insert(new.id, new.clone());
                self.indexes.move_principal(old.as_deref(), Some(&new));
            }
            (Key::Principal(id), _) => {
                let old = self.principals.remove(id);
                self.indexes.move_principal(old.as_deref(), None);
            }
            (_, Some(Record::AccessKey(new))) => {
                let old = self.access_keys.insert(new.id, new.clone());
                self.indexes.move_access_key(old.as_deref(), Some(&new));
            }
            (Key::AccessKey(id), _) => {
                let old = self.access_keys.remove(id);
                self.indexes.move_access_key(old.as_deref(), None);
            }
            (_, Some(Record::KeyUse(new))) => drop(self.key_uses.insert(new.id, new)),
            (Key::KeyUse(id), _) => drop(self.key_uses.remove(id)),
        }
    }

    /// Notes that a commit was made at `at`.
    pub fn committed(&mut self, at: Timestamp) {
        self.last_commit = self.last_commit.max(at);
    }
}
