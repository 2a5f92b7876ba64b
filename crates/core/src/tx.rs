//! `Tx`: one call's view of the state, what it read, and what it writes.
//!
//! A row changes through `put_*` alone. Typed getters remember what was read, so that an engine that others write to
//! as well can refuse a decision that rests on what has changed since. A refused call drops its `Tx`, and with it all
//! that it wrote.

use crate::ids::{
    AccountId, BgpPeerId, ConnectionId, DeviceId, Ec2GatewayId, LagId, LocationCode, Region, ResiliencyGroupId, Uuid,
    VirtualInterfaceId,
};
use crate::model::account::Account;
use crate::model::bandwidth::Bandwidth;
use crate::model::connection::Connection;
use crate::model::device::Device;
use crate::model::failover_test::FailoverTest;
use crate::model::gateway::{Association, DirectConnectGateway, Ec2Answer, Ec2Gateway, Proposal};
use crate::model::lag::Lag;
use crate::model::mac_sec::SecretAnswer;
use crate::model::virtual_interface::{Parent, VirtualInterface};
use crate::record::{Key, Record, Replay};
use crate::settings::{Clock, Delays, Placement, Plant, Quota, Settings};
use crate::state::State;
use crate::time::Timestamp;
use minicbor::Encode;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

mod gateways;
mod groups;
mod hosted;
mod interfaces;
mod lists;
mod secrets;

pub use hosted::AnyConnection;
pub(crate) use interfaces::parent_up;
pub(crate) use lists::members;

/// Who calls, where, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The account that the caller acts for.
    pub account: AccountId,
    /// The Region of the endpoint.
    pub region: Region,
    /// What the node's clock shows.
    pub system_time: Timestamp,
}

/// What a decision rested on: a row, or the contents of an index under its first key part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Read {
    /// One row, present or not.
    Row(Key),
    /// Which rows an index names.
    Scan(Guard),
}

/// An index and its first key part: whoever adds or takes away a row there bumps the guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode)]
pub enum Guard {
    /// An account's connections in a Region.
    #[n(0)]
    Connections(#[n(0)] AccountId, #[n(1)] Region),
    /// An account's LAGs in a Region.
    #[n(1)]
    Lags(#[n(0)] AccountId, #[n(1)] Region),
    /// A LAG's members.
    #[n(2)]
    Members(#[n(0)] LagId),
    /// The virtual interfaces that an account sees in a Region.
    #[n(3)]
    VirtualInterfaces(#[n(0)] AccountId, #[n(1)] Region),
    /// The virtual interfaces on a connection or LAG.
    #[n(4)]
    OnParent(#[n(0)] Parent),
    /// The hosted connections on an interconnect or LAG.
    #[n(5)]
    HostedOn(#[n(0)] Parent),
    /// The virtual interfaces on a Direct Connect gateway.
    #[n(6)]
    OnGateway(#[n(0)] Uuid),
    /// The public virtual interfaces that have an address.
    #[n(7)]
    PublicAddress(#[n(0)] IpAddr),
    /// An account's Direct Connect gateways.
    #[n(8)]
    Gateways(#[n(0)] AccountId),
    /// The associations of a Direct Connect gateway.
    #[n(9)]
    AssociationsOfGateway(#[n(0)] Uuid),
    /// The associations of a gateway of EC2.
    #[n(10)]
    AssociationsOfTarget(#[n(0)] Ec2GatewayId),
    /// The proposals that an account sees.
    #[n(11)]
    Proposals(#[n(0)] AccountId),
    /// The failover tests of a virtual interface.
    #[n(12)]
    FailoverTests(#[n(0)] VirtualInterfaceId),
    /// An account's failover tests in a Region.
    #[n(13)]
    TestHistory(#[n(0)] AccountId, #[n(1)] Region),
    /// An account's resiliency groups.
    #[n(14)]
    ResiliencyGroups(#[n(0)] AccountId),
    /// What is associated with a resiliency group.
    #[n(15)]
    InGroup(#[n(0)] ResiliencyGroupId),
    /// The gateways of EC2 that are registered.
    #[n(16)]
    Ec2Gateways,
    /// An account's connections at a location.
    #[n(17)]
    AtLocation(#[n(0)] AccountId, #[n(1)] Region, #[n(2)] LocationCode),
    /// A device's ports of one speed.
    #[n(18)]
    Ports(#[n(0)] DeviceId, #[n(1)] Bandwidth),
    /// Everything, for calls that take it all away.
    #[n(19)]
    All,
}

impl Guard {
    /// Its bytes in an engine that others write to as well. No other engine stores guards.
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }
}

/// What a call decided: committed whole, or refused whole when something it read has changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The time of the decision.
    pub at: Timestamp,
    /// What it rests on.
    pub reads: BTreeSet<Read>,
    /// What it writes; `None` takes a row away.
    pub writes: BTreeMap<Key, Option<Record>>,
    /// The guards that its writes bump, once each.
    pub guards: BTreeSet<Guard>,
}

/// One call's view of the state and what it writes.
pub struct Tx<'a> {
    context: Context,
    now: Timestamp,
    state: Cow<'a, State>,
    base: &'a State,
    random: &'a mut dyn FnMut(&mut [u8]),
    /// What was read; not kept of a rehearsal, which is never committed.
    reads: Option<BTreeSet<Read>>,
    writes: BTreeMap<Key, Option<Record>>,
    guards: BTreeSet<Guard>,
    interrupts: Vec<String>,
    /// What an EC2 endpoint said when it was asked for this call.
    ec2_answer: Option<Ec2Answer>,
    /// What a Secrets Manager said when it was asked for this call.
    secret_answer: Option<SecretAnswer>,
}

impl<'a> Tx<'a> {
    /// A call on `state`. `random` fills what it is given: from the operating system, or from a seed in tests.
    pub fn new(state: &'a State, context: Context, random: &'a mut dyn FnMut(&mut [u8])) -> Self {
        Tx {
            context,
            now: state.now(context.system_time),
            state: Cow::Borrowed(state),
            base: state,
            random,
            reads: Some(BTreeSet::new()),
            writes: BTreeMap::new(),
            guards: BTreeSet::new(),
            interrupts: Vec::new(),
            ec2_answer: None,
            secret_answer: None,
        }
    }

    /// A call that is never committed: a read, or a rehearsal of a change. It need not remember what it reads, which
    /// for a long list is most of the work.
    pub fn rehearsal(state: &'a State, context: Context, random: &'a mut dyn FnMut(&mut [u8])) -> Self {
        Tx { reads: None, ..Tx::new(state, context, random) }
    }

    /// The account that the caller acts for.
    pub fn caller(&self) -> AccountId {
        self.context.account
    }

    /// The Region of the endpoint.
    pub fn region(&self) -> Region {
        self.context.region
    }

    /// What time it is for this decision.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// What the node's own clock shows: only for limits that the wall clock sets.
    pub fn system_time(&self) -> Timestamp {
        self.context.system_time
    }

    /// The time of the last commit.
    pub(crate) fn last_commit(&self) -> Timestamp {
        self.state.last_commit
    }

    /// The settings in force.
    pub fn settings(&mut self) -> Arc<Settings> {
        self.read(Read::Row(Key::Settings));
        self.state.settings.clone()
    }

    /// The delays in force.
    pub fn delays(&mut self) -> Delays {
        self.settings().delays.clone()
    }

    /// What `quota` allows.
    pub fn quota(&mut self, quota: Quota) -> usize {
        self.settings().quotas.get(quota)
    }

    /// How many devices and ports there are.
    pub fn plant(&mut self) -> Plant {
        self.settings().plant
    }

    /// Which device gets the next port.
    pub fn placement(&mut self) -> Placement {
        self.settings().placement
    }

    /// The clock in force.
    pub fn clock(&mut self) -> Clock {
        self.read(Read::Row(Key::Clock));
        self.state.clock
    }

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

    /// Writes a virtual interface.
    pub fn put_virtual_interface(&mut self, virtual_interface: VirtualInterface) {
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

    /// Writes the clock; a manual one sets what time it is for the rest of this call.
    pub fn put_clock(&mut self, clock: Clock) {
        self.write(Key::Clock, Some(Record::Clock(clock)));
        self.now = self.state.now(self.context.system_time);
    }

    /// Keeps an answer for clients that repeat the call.
    pub fn put_replay(&mut self, replay: Replay) {
        self.write(Key::Replay(replay.call), Some(Record::Replay(Arc::new(replay))));
    }

    /// Takes a row away.
    pub fn remove(&mut self, key: Key) {
        self.write(key, None);
    }

    /// An id that no connection has.
    pub fn new_connection_id(&mut self) -> ConnectionId {
        loop {
            let id = ConnectionId::draw(self.random);
            if self.any_connection(id).is_none() {
                return id;
            }
        }
    }

    /// An id that no LAG has.
    pub fn new_lag_id(&mut self) -> LagId {
        loop {
            let id = LagId::draw(self.random);
            if self.lag(id).is_none() {
                return id;
            }
        }
    }

    /// An id that no virtual interface has.
    pub fn new_virtual_interface_id(&mut self) -> VirtualInterfaceId {
        loop {
            let id = VirtualInterfaceId::draw(self.random);
            if self.virtual_interface(id).is_none() {
                return id;
            }
        }
    }

    /// The id of a BGP peer; so many are possible that two alike on one interface would be a fault of the generator.
    pub fn new_bgp_peer_id(&mut self) -> BgpPeerId {
        BgpPeerId::draw(self.random)
    }

    /// A UUID; 122 random bits.
    pub fn new_uuid(&mut self) -> Uuid {
        Uuid::draw(self.random)
    }

    /// Random bytes, for keys.
    pub fn random_bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }

    /// Notes that the call interrupts a resource.
    pub fn interrupt(&mut self, id: impl ToString) {
        let id = id.to_string();
        if !self.interrupts.contains(&id) {
            self.interrupts.push(id);
        }
    }

    /// The ids of what the call interrupts, in the order in which it does.
    pub fn interrupts(&self) -> &[String] {
        &self.interrupts
    }

    /// What the call decided, and the state that results; `None` when it wrote nothing.
    ///
    /// # Panics
    /// When the call is a [rehearsal](Tx::rehearsal) and has written something.
    pub fn finish(self) -> Option<(Batch, State)> {
        if self.writes.is_empty() {
            return None;
        }
        let mut reads = self.reads.expect("a rehearsal is never committed");
        reads.insert(Read::Row(Key::Clock));
        let mut state = self.state.into_owned();
        state.committed(self.now);
        Some((Batch { at: self.now, reads, writes: self.writes, guards: self.guards }, state))
    }

    fn read(&mut self, read: Read) {
        if let Some(reads) = &mut self.reads {
            reads.insert(read);
        }
    }

    fn write(&mut self, key: Key, record: Option<Record>) {
        if let Some(old) = self.state.get(&key) {
            self.guards.extend(lists::guards(&old));
        }
        if let Some(new) = &record {
            self.guards.extend(lists::guards(new));
        }
        self.state.to_mut().write(&key, record.clone());
        self.writes.insert(key, record);
    }
}
