//! `Tx`: one call's view of the state, what it read, and what it writes.
//!
//! A row changes through `put_*` alone. Typed getters remember what was read, so that an engine that others write to
//! as well can refuse a decision that rests on what has changed since. A refused call drops its `Tx`, and with it all
//! that it wrote.

use crate::ids::{AccountId, BgpPeerId, ConnectionId, LagId, Region, Uuid, VirtualInterfaceId};
use crate::model::auth_key::Sealer;
use crate::model::gateway::Ec2Answer;
use crate::model::mac_sec::SecretAnswer;
use crate::model::virtual_interface::Parent;
use crate::record::{Key, Record};
use crate::settings::{Clock, Delays, Placement, Plant, Quota, Settings};
use crate::state::State;
use crate::time::Timestamp;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

mod gateways;
mod groups;
mod hosted;
mod interfaces;
mod lists;
mod reads;
mod registry;
mod rows;
mod secrets;

pub(crate) use groups::in_group;
pub use hosted::AnyConnection;
pub(crate) use interfaces::parent_up;
pub(crate) use lists::members;
pub use reads::{Guard, Read};

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

/// What a call decided: committed whole, or refused whole when something it read has changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The time of the decision.
    pub at: Timestamp,
    /// What it rests on.
    pub reads: BTreeSet<Read>,
    /// What it writes; `None` takes a row away.
    pub writes: BTreeMap<Key, Option<Record>>,
    /// Which of the rows that it takes away stay where others have written them since.
    pub swept: BTreeSet<Key>,
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
    swept: BTreeSet<Key>,
    guards: BTreeSet<Guard>,
    interrupts: Vec<String>,
    /// What an EC2 endpoint said when it was asked for this call.
    ec2_answer: Option<Ec2Answer>,
    /// What a Secrets Manager said when it was asked for this call.
    secret_answer: Option<SecretAnswer>,
    /// What seals keys before they are stored, where they are.
    sealer: Option<&'a dyn Sealer>,
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
            swept: BTreeSet::new(),
            guards: BTreeSet::new(),
            interrupts: Vec::new(),
            ec2_answer: None,
            secret_answer: None,
            sealer: None,
        }
    }

    /// From now on keys are sealed before they are written, and opened before they are shown.
    pub fn seal_with(&mut self, sealer: &'a dyn Sealer) {
        self.sealer = Some(sealer);
    }

    /// What opens keys.
    pub(crate) fn sealer(&self) -> Option<&'a dyn Sealer> {
        self.sealer
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

    /// Writes the clock; a manual one sets what time it is for the rest of this call.
    ///
    /// A clock that jumps rests on everything: what it finds over is swept, and another node may just have put off its end.
    pub fn put_clock(&mut self, clock: Clock) {
        self.read(Read::Scan(Guard::All));
        self.write(Key::Clock, Some(Record::Clock(clock)));
        self.now = self.state.now(self.context.system_time);
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
        let Tx { now, state, reads, writes, swept, guards, .. } = self;
        let mut reads = reads.expect("a rehearsal is never committed");
        reads.insert(Read::Row(Key::Clock));
        let mut state = state.into_owned();
        state.committed(now);
        Some((Batch { at: now, reads, writes, swept, guards }, state))
    }

    /// The connections that this call has written, or what sits on them or is associated with a group for them.
    pub(crate) fn touched_ports(&self) -> BTreeSet<ConnectionId> {
        let records = self.writes.keys().flat_map(|key| [self.base.get(key), self.state.get(key)]);
        let port = |record: Record| match record {
            Record::Connection(connection) => Some(Parent::Connection(connection.id)),
            Record::VirtualInterface(interface) => Some(interface.parent),
            Record::HostedConnection(hosted) => Some(hosted.parent),
            Record::GroupAssociation(association) => Some(association.port),
            _ => None,
        };
        let ports = records.flatten().filter_map(port);
        ports.filter_map(|port| if let Parent::Connection(id) = port { Some(id) } else { None }).collect()
    }

    /// When the port was to be deleted for want of use, as it was planned before this call.
    pub(crate) fn planned_removal(&self, id: ConnectionId) -> Option<Timestamp> {
        let connection = self.base.connections.get(&id).filter(|connection| connection.is_removed())?;
        Some(connection.phase.last().0).filter(|at| *at > self.now)
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
        self.swept.remove(&key);
        self.writes.insert(key, record);
    }
}
