//! Rows: what is stored, under which key, in which bytes.
//!
//! A key is a kind and the id's bytes; a record is CBOR with numbered fields, and a number is never reused.

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
use crate::settings::{Clock, Settings};
use crate::time::Timestamp;
use minicbor::{Decode, Encode};
use std::sync::Arc;

/// Where a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Key {
    /// The settings in force.
    #[n(0)]
    Settings,
    /// The kind of clock, and what a manual one shows.
    #[n(1)]
    Clock,
    /// A registered account.
    #[n(2)]
    Account(#[n(0)] AccountId),
    /// A device whose light was changed.
    #[n(3)]
    Device(#[n(0)] DeviceId),
    /// A connection.
    #[n(4)]
    Connection(#[n(0)] ConnectionId),
    /// A LAG.
    #[n(5)]
    Lag(#[n(0)] LagId),
    /// The answer of an accepted write, by the hash of account, principal, invocation id and body.
    #[n(6)]
    Replay(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]),
    /// A virtual interface.
    #[n(7)]
    VirtualInterface(#[n(0)] VirtualInterfaceId),
    /// A Direct Connect gateway.
    #[n(8)]
    Gateway(#[n(0)] Uuid),
    /// An association of a Direct Connect gateway.
    #[n(9)]
    Association(#[n(0)] Uuid),
    /// A proposal to associate.
    #[n(10)]
    Proposal(#[n(0)] Uuid),
    /// A failover test.
    #[n(11)]
    FailoverTest(#[n(0)] Uuid),
    /// A registered gateway of EC2.
    #[n(12)]
    Ec2Gateway(#[n(0)] Ec2GatewayId),
    /// A resiliency group.
    #[n(13)]
    ResiliencyGroup(#[n(0)] ResiliencyGroupId),
    /// What group a connection or LAG is associated with.
    #[n(14)]
    GroupAssociation(#[n(0)] Parent),
    /// What a caller's token stood for, by the hash of account, operation and token.
    #[n(15)]
    ClientToken(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]),
    /// The secret of a MACsec key, by the account and Region that it is in and the key's name.
    #[n(16)]
    MacSecSecret(#[n(0)] AccountId, #[n(1)] Region, #[n(2)] Ckn),
    /// A hosted connection.
    #[n(17)]
    HostedConnection(#[n(0)] ConnectionId),
    /// A registered user or role.
    #[n(18)]
    Principal(#[n(0)] PrincipalId),
    /// A registered access key.
    #[n(19)]
    AccessKey(#[n(0)] AccessKeyId),
    /// When an access key was last used.
    #[n(20)]
    KeyUse(#[n(0)] AccessKeyId),
}

impl Key {
    /// Its bytes in an engine.
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    /// Reads what [`Key::encode`] wrote.
    ///
    /// # Errors
    /// The bytes are not a key of this release.
    pub fn decode(bytes: &[u8]) -> Result<Self, minicbor::decode::Error> {
        minicbor::decode(bytes)
    }
}

/// The answer of an accepted write, kept for clients that repeat the call.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Replay {
    /// Hash of account, principal, invocation id and body.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub call: [u8; 32],
    /// When it was answered, by the wall clock.
    #[n(1)]
    pub answered: Timestamp,
    /// The body of the answer, sealed where there is a nonce.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub body: Vec<u8>,
    /// What the body is sealed with beside a key that is not stored; absent for one that is stored as it was sent.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub nonce: Option<[u8; NONCE]>,
}

/// The bytes of a nonce.
pub const NONCE: usize = 12;

/// What is stored. Records are shared: a copy costs a pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "one variant for each kind of record")]
pub enum Record {
    Settings(Arc<Settings>),
    Clock(Clock),
    Account(Arc<Account>),
    Device(Arc<Device>),
    Connection(Arc<Connection>),
    Lag(Arc<Lag>),
    Replay(Arc<Replay>),
    VirtualInterface(Arc<VirtualInterface>),
    Gateway(Arc<DirectConnectGateway>),
    Association(Arc<Association>),
    Proposal(Arc<Proposal>),
    FailoverTest(Arc<FailoverTest>),
    Ec2Gateway(Arc<Ec2Gateway>),
    ResiliencyGroup(Arc<ResiliencyGroup>),
    GroupAssociation(Arc<GroupAssociation>),
    ClientToken(Arc<ClientToken>),
    MacSecSecret(Arc<MacSecSecret>),
    HostedConnection(Arc<HostedConnection>),
    Principal(Arc<Principal>),
    AccessKey(Arc<AccessKey>),
    KeyUse(Arc<KeyUse>),
}

impl Record {
    /// Where it is stored.
    pub fn key(&self) -> Key {
        match self {
            Record::Settings(_) => Key::Settings,
            Record::Clock(_) => Key::Clock,
            Record::Account(account) => Key::Account(account.id),
            Record::Device(device) => Key::Device(device.id),
            Record::Connection(connection) => Key::Connection(connection.id),
            Record::Lag(lag) => Key::Lag(lag.id),
            Record::Replay(replay) => Key::Replay(replay.call),
            Record::VirtualInterface(virtual_interface) => Key::VirtualInterface(virtual_interface.id),
            Record::Gateway(gateway) => Key::Gateway(gateway.id),
            Record::Association(association) => Key::Association(association.id),
            Record::Proposal(proposal) => Key::Proposal(proposal.id),
            Record::FailoverTest(failover_test) => Key::FailoverTest(failover_test.id),
            Record::Ec2Gateway(ec2_gateway) => Key::Ec2Gateway(ec2_gateway.target.id),
            Record::ResiliencyGroup(group) => Key::ResiliencyGroup(group.id),
            Record::GroupAssociation(association) => Key::GroupAssociation(association.port),
            Record::ClientToken(token) => Key::ClientToken(token.id),
            Record::HostedConnection(hosted) => Key::HostedConnection(hosted.id),
            Record::Principal(principal) => Key::Principal(principal.id),
            Record::AccessKey(key) => Key::AccessKey(key.id),
            Record::KeyUse(usage) => Key::KeyUse(usage.id),
            Record::MacSecSecret(secret) => Key::MacSecSecret(secret.owner, secret.region, secret.ckn),
        }
    }

    /// What it is, as figures and counts name it.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::Settings(_) => "settings",
            Record::Clock(_) => "clock",
            Record::Account(_) => "account",
            Record::Device(_) => "device",
            Record::Connection(_) => "connection",
            Record::Lag(_) => "lag",
            Record::Replay(_) => "replay",
            Record::VirtualInterface(_) => "virtual_interface",
            Record::Gateway(_) => "gateway",
            Record::Association(_) => "association",
            Record::Proposal(_) => "proposal",
            Record::FailoverTest(_) => "failover_test",
            Record::Ec2Gateway(_) => "ec2_gateway",
            Record::ResiliencyGroup(_) => "resiliency_group",
            Record::GroupAssociation(_) => "resiliency_group_association",
            Record::ClientToken(_) => "client_token",
            Record::HostedConnection(_) => "hosted_connection",
            Record::MacSecSecret(_) => "mac_sec_secret",
            Record::Principal(_) => "principal",
            Record::AccessKey(_) => "access_key",
            Record::KeyUse(_) => "key_use",
        }
    }

    /// Whose it is; nobody's where it belongs to the service, or does not say.
    pub fn owner(&self) -> Option<AccountId> {
        match self {
            Record::Account(account) => Some(account.id),
            Record::Connection(connection) => Some(connection.owner),
            Record::Lag(lag) => Some(lag.owner),
            Record::VirtualInterface(virtual_interface) => Some(virtual_interface.owner),
            Record::Gateway(gateway) => Some(gateway.owner),
            Record::Association(association) => Some(association.gateway_owner),
            Record::Proposal(proposal) => Some(proposal.gateway_owner),
            Record::FailoverTest(failover_test) => Some(failover_test.owner),
            Record::Ec2Gateway(ec2_gateway) => Some(ec2_gateway.target.owner),
            Record::ResiliencyGroup(group) => Some(group.owner),
            Record::GroupAssociation(association) => Some(association.owner),
            Record::HostedConnection(hosted) => Some(hosted.owner),
            Record::MacSecSecret(secret) => Some(secret.owner),
            Record::Principal(principal) => Some(principal.account),
            Record::AccessKey(key) => Some(key.account),
            Record::Settings(_)
            | Record::Clock(_)
            | Record::Device(_)
            | Record::Replay(_)
            | Record::ClientToken(_)
            | Record::KeyUse(_) => None,
        }
    }

    /// Its bytes in an engine.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Record::Settings(settings) => minicbor::to_vec(&**settings),
            Record::Clock(clock) => minicbor::to_vec(clock),
            Record::Account(account) => minicbor::to_vec(&**account),
            Record::Device(device) => minicbor::to_vec(&**device),
            Record::Connection(connection) => minicbor::to_vec(&**connection),
            Record::Lag(lag) => minicbor::to_vec(&**lag),
            Record::Replay(replay) => minicbor::to_vec(&**replay),
            Record::VirtualInterface(virtual_interface) => minicbor::to_vec(&**virtual_interface),
            Record::Gateway(gateway) => minicbor::to_vec(&**gateway),
            Record::Association(association) => minicbor::to_vec(&**association),
            Record::Proposal(proposal) => minicbor::to_vec(&**proposal),
            Record::FailoverTest(failover_test) => minicbor::to_vec(&**failover_test),
            Record::Ec2Gateway(ec2_gateway) => minicbor::to_vec(&**ec2_gateway),
            Record::ResiliencyGroup(group) => minicbor::to_vec(&**group),
            Record::GroupAssociation(association) => minicbor::to_vec(&**association),
            Record::ClientToken(token) => minicbor::to_vec(&**token),
            Record::HostedConnection(hosted) => minicbor::to_vec(&**hosted),
            Record::Principal(principal) => minicbor::to_vec(&**principal),
            Record::AccessKey(key) => minicbor::to_vec(&**key),
            Record::KeyUse(usage) => minicbor::to_vec(**usage),
            Record::MacSecSecret(secret) => minicbor::to_vec(&**secret),
        }
        .expect("writing to memory cannot fail")
    }

    /// Reads what [`Record::encode`] wrote under `key`.
    ///
    /// # Errors
    /// The bytes are not such a record, or not the one that belongs under `key`.
    pub fn decode(key: &Key, bytes: &[u8]) -> Result<Self, minicbor::decode::Error> {
        let record = match key {
            Key::Settings => Record::Settings(Arc::new(minicbor::decode(bytes)?)),
            Key::Clock => Record::Clock(minicbor::decode(bytes)?),
            Key::Account(_) => Record::Account(Arc::new(minicbor::decode(bytes)?)),
            Key::Device(_) => Record::Device(Arc::new(minicbor::decode(bytes)?)),
            Key::Connection(_) => Record::Connection(Arc::new(minicbor::decode(bytes)?)),
            Key::Lag(_) => Record::Lag(Arc::new(minicbor::decode(bytes)?)),
            Key::Replay(_) => Record::Replay(Arc::new(minicbor::decode(bytes)?)),
            Key::VirtualInterface(_) => Record::VirtualInterface(Arc::new(minicbor::decode(bytes)?)),
            Key::Gateway(_) => Record::Gateway(Arc::new(minicbor::decode(bytes)?)),
            Key::Association(_) => Record::Association(Arc::new(minicbor::decode(bytes)?)),
            Key::Proposal(_) => Record::Proposal(Arc::new(minicbor::decode(bytes)?)),
            Key::FailoverTest(_) => Record::FailoverTest(Arc::new(minicbor::decode(bytes)?)),
            Key::Ec2Gateway(_) => Record::Ec2Gateway(Arc::new(minicbor::decode(bytes)?)),
            Key::ResiliencyGroup(_) => Record::ResiliencyGroup(Arc::new(minicbor::decode(bytes)?)),
            Key::GroupAssociation(_) => Record::GroupAssociation(Arc::new(minicbor::decode(bytes)?)),
            Key::ClientToken(_) => Record::ClientToken(Arc::new(minicbor::decode(bytes)?)),
            Key::HostedConnection(_) => Record::HostedConnection(Arc::new(minicbor::decode(bytes)?)),
            Key::Principal(_) => Record::Principal(Arc::new(minicbor::decode(bytes)?)),
            Key::AccessKey(_) => Record::AccessKey(Arc::new(minicbor::decode(bytes)?)),
            Key::KeyUse(_) => Record::KeyUse(Arc::new(minicbor::decode(bytes)?)),
            Key::MacSecSecret(..) => Record::MacSecSecret(Arc::new(minicbor::decode(bytes)?)),
        };
        if record.key() == *key {
            Ok(record)
        } else {
            Err(minicbor::decode::Error::message("the record belongs under another key"))
        }
    }
}
