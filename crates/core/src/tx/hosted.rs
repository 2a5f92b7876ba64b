//! Hosted connections, and lists that show them.

use super::{Guard, Read, Tx};
use crate::ids::{ConnectionId, Position};
use crate::model::connection::Connection;
use crate::model::hosted_connection::HostedConnection;
use crate::model::virtual_interface::Parent;
use crate::record::{Key, Record};
use crate::settings::Delay;
use crate::state::State;
use crate::steps::Steps;
use crate::time::Timestamp;
use std::ops::Bound;
use std::sync::Arc;

const FIRST: Timestamp = Timestamp(i64::MIN);

/// What the id of a connection names: a port, or a part of another account's.
#[derive(Debug, Clone)]
pub enum AnyConnection {
    /// A dedicated connection or an interconnect.
    Port(Arc<Connection>),
    /// A hosted connection.
    Hosted(Arc<HostedConnection>),
}

impl AnyConnection {
    /// Where it stands in lists.
    pub fn position(&self) -> Position<ConnectionId> {
        match self {
            AnyConnection::Port(port) => port.position(),
            AnyConnection::Hosted(hosted) => hosted.position(),
        }
    }
}

impl Tx<'_> {
    /// A hosted connection, whoever owns it.
    pub fn hosted_connection(&mut self, id: ConnectionId) -> Option<Arc<HostedConnection>> {
        self.read(Read::Row(Key::HostedConnection(id)));
        self.state.hosted_connections.get(&id).cloned()
    }

    /// Writes a hosted connection.
    pub fn put_hosted_connection(&mut self, hosted: HostedConnection) {
        self.write(Key::HostedConnection(hosted.id), Some(Record::HostedConnection(Arc::new(hosted))));
    }

    /// What `id` names, whoever owns it.
    pub fn any_connection(&mut self, id: ConnectionId) -> Option<AnyConnection> {
        match self.connection(id) {
            Some(port) => Some(AnyConnection::Port(port)),
            None => self.hosted_connection(id).map(AnyConnection::Hosted),
        }
    }

    /// The caller's connections of all kinds in the Region of the call that are still listed, in order, after `after`.
    pub fn listed_connections(
        &mut self,
        after: Option<(Timestamp, ConnectionId)>,
    ) -> impl Iterator<Item = AnyConnection> {
        let (owner, region, now) = (self.caller(), self.region(), self.now());
        let retention = self.delays().get(Delay::Retention);
        self.read(Read::Scan(Guard::Connections(owner, region)));
        let start = match after {
            Some((created, id)) => Bound::Excluded((owner, region, created, id)),
            None => Bound::Included((owner, region, FIRST, ConnectionId::LEAST)),
        };
        let state = &*self.state;
        let rows = state.indexes.connections.range((start, Bound::Unbounded));
        rows.take_while(move |row| (row.0, row.1) == (owner, region)).filter_map(move |row| {
            if let Some(port) = state.connections.get(&row.3) {
                return port.is_listed(now, retention).then(|| AnyConnection::Port(port.clone()));
            }
            let hosted = state.hosted_connections.get(&row.3);
            hosted.filter(|hosted| hosted.is_listed(now, retention)).cloned().map(AnyConnection::Hosted)
        })
    }

    /// The hosted connections that are or were on an interconnect or LAG, in order; who needs those that count asks each.
    pub fn hosted_on(&mut self, parent: Parent) -> Vec<Arc<HostedConnection>> {
        self.read(Read::Scan(Guard::HostedOn(parent)));
        let hosted = hosted_on(&self.state, parent);
        for one in &hosted {
            self.read(Read::Row(Key::HostedConnection(one.id)));
        }
        hosted
    }

    /// A hosted connection as it was before this call, and when what it sat on carried traffic then.
    pub(crate) fn hosted_connection_before(&self, id: ConnectionId) -> Option<(Arc<HostedConnection>, Steps<bool>)> {
        let hosted = self.base.hosted_connections.get(&id)?;
        Some((hosted.clone(), super::parent_up(self.base, hosted.parent)))
    }
}

pub(crate) fn hosted_on(state: &State, parent: Parent) -> Vec<Arc<HostedConnection>> {
    let rows = state.indexes.hosted_on.range((parent, FIRST, ConnectionId::LEAST)..);
    rows.take_while(|row| row.0 == parent).filter_map(|row| state.hosted_connections.get(&row.2).cloned()).collect()
}
