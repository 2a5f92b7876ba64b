//! Resiliency groups, what is associated with them, and the tokens of calls about them.

use super::{Guard, Read, Tx};
use crate::ids::ResiliencyGroupId;
use crate::model::client_token::ClientToken;
use crate::model::resiliency_group::{GroupAssociation, ResiliencyGroup};
use crate::model::virtual_interface::Parent;
use crate::record::{Key, Record};
use crate::settings::Delay;
use crate::state::State;
use crate::time::Timestamp;
use std::ops::Bound;
use std::sync::Arc;

const FIRST: Timestamp = Timestamp(i64::MIN);

impl Tx<'_> {
    /// A resiliency group, whoever owns it.
    pub fn resiliency_group(&mut self, id: ResiliencyGroupId) -> Option<Arc<ResiliencyGroup>> {
        self.read(Read::Row(Key::ResiliencyGroup(id)));
        self.state.resiliency_groups.get(&id).cloned()
    }

    /// What a connection or LAG is or was last associated with.
    pub fn group_association(&mut self, port: Parent) -> Option<Arc<GroupAssociation>> {
        self.read(Read::Row(Key::GroupAssociation(port)));
        self.state.group_associations.get(&port).cloned()
    }

    /// What a token stood for, be it still kept or not.
    pub fn client_token(&mut self, id: [u8; 32]) -> Option<Arc<ClientToken>> {
        self.read(Read::Row(Key::ClientToken(id)));
        self.state.client_tokens.get(&id).cloned()
    }

    /// Writes a resiliency group.
    pub fn put_resiliency_group(&mut self, group: ResiliencyGroup) {
        self.write(Key::ResiliencyGroup(group.id), Some(Record::ResiliencyGroup(Arc::new(group))));
    }

    /// Writes an association with a group.
    pub fn put_group_association(&mut self, association: GroupAssociation) {
        self.write(Key::GroupAssociation(association.port), Some(Record::GroupAssociation(Arc::new(association))));
    }

    /// Keeps what a token stands for.
    pub fn put_client_token(&mut self, token: ClientToken) {
        self.write(Key::ClientToken(token.id), Some(Record::ClientToken(Arc::new(token))));
    }

    /// An id that no resiliency group has.
    pub fn new_resiliency_group_id(&mut self) -> ResiliencyGroupId {
        loop {
            let id = ResiliencyGroupId::draw(self.random);
            if self.resiliency_group(id).is_none() {
                return id;
            }
        }
    }

    /// The caller's resiliency groups that are still listed, in order, after `after`.
    pub fn listed_resiliency_groups(
        &mut self,
        after: Option<(Timestamp, ResiliencyGroupId)>,
    ) -> impl Iterator<Item = &Arc<ResiliencyGroup>> {
        let (owner, now) = (self.caller(), self.now());
        let retention = self.delays().get(Delay::Retention);
        self.read(Read::Scan(Guard::ResiliencyGroups(owner)));
        let start = match after {
            Some((created, id)) => Bound::Excluded((owner, created, id)),
            None => Bound::Included((owner, FIRST, ResiliencyGroupId::LEAST)),
        };
        let rows = self.state.indexes.resiliency_groups.range((start, Bound::Unbounded));
        rows.take_while(move |row| row.0 == owner)
            .filter_map(|row| self.state.resiliency_groups.get(&row.2))
            .filter(move |group| group.is_listed(now, retention))
    }

    /// What is associated with a group, be it on its way in or out, in order.
    pub fn group_associations(&mut self, group: ResiliencyGroupId) -> Vec<Arc<GroupAssociation>> {
        let now = self.now();
        self.read(Read::Scan(Guard::InGroup(group)));
        let found = in_group(&self.state, group).filter(|association| association.is_present(now));
        let found: Vec<_> = found.cloned().collect();
        for association in &found {
            self.read(Read::Row(Key::GroupAssociation(association.port)));
        }
        found
    }
}

/// What is or was last associated with a group, in order.
pub(crate) fn in_group(state: &State, group: ResiliencyGroupId) -> impl Iterator<Item = &Arc<GroupAssociation>> {
    let rows = state.indexes.in_group.range((group, FIRST, Parent::LEAST)..);
    rows.take_while(move |row| row.0 == group).filter_map(|row| state.group_associations.get(&row.2))
}
