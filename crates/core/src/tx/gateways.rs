//! Lists of Direct Connect gateways, their associations and proposals, and of gateways of EC2.

use super::{Guard, Read, Tx};
use crate::ids::{AccountId, Ec2GatewayId, Region, Uuid};
use crate::model::gateway::{Association, DirectConnectGateway, Ec2Answer, Ec2Gateway, Proposal};
use crate::record::Key;
use crate::settings::Delay;
use crate::time::Timestamp;
use std::ops::Bound;
use std::sync::Arc;

const FIRST: Timestamp = Timestamp(i64::MIN);

impl Tx<'_> {
    /// The caller's Direct Connect gateways that are not deleted, in order, after `after`.
    pub fn listed_gateways(
        &mut self,
        after: Option<(Timestamp, Uuid)>,
    ) -> impl Iterator<Item = &Arc<DirectConnectGateway>> {
        let (owner, now) = (self.caller(), self.now());
        self.read(Read::Scan(Guard::Gateways(owner)));
        let start = match after {
            Some((created, id)) => Bound::Excluded((owner, created, id)),
            None => Bound::Included((owner, FIRST, Uuid::LEAST)),
        };
        let rows = self.state.indexes.gateways.range((start, Bound::Unbounded));
        rows.take_while(move |row| row.0 == owner)
            .filter_map(|row| self.state.gateways.get(&row.2))
            .filter(move |gateway| gateway.is_listed(now))
    }

    /// The associations of a Direct Connect gateway that are there, in order.
    pub fn associations_of_gateway(&mut self, gateway: Uuid) -> Vec<Arc<Association>> {
        let now = self.now();
        self.read(Read::Scan(Guard::AssociationsOfGateway(gateway)));
        let rows = self.state.indexes.associations.range((gateway, FIRST, Uuid::LEAST)..);
        let found = rows.take_while(|row| row.0 == gateway).filter_map(|row| self.state.associations.get(&row.2));
        let found: Vec<_> = found.filter(|association| association.is_present(now)).cloned().collect();
        self.read_associations(found)
    }

    /// The associations of a gateway of EC2 that are there, in order.
    pub fn associations_of_target(&mut self, target: Ec2GatewayId) -> Vec<Arc<Association>> {
        let now = self.now();
        self.read(Read::Scan(Guard::AssociationsOfTarget(target)));
        let rows = self.state.indexes.associations_of_target.range((target, FIRST, Uuid::LEAST)..);
        let found = rows.take_while(|row| row.0 == target).filter_map(|row| self.state.associations.get(&row.2));
        let found: Vec<_> = found.filter(|association| association.is_present(now)).cloned().collect();
        self.read_associations(found)
    }

    /// The proposals that the caller sees and that are still listed, in order, after `after`.
    pub fn listed_proposals(&mut self, after: Option<(Timestamp, Uuid)>) -> impl Iterator<Item = &Arc<Proposal>> {
        let (account, now) = (self.caller(), self.now());
        let retention = self.delays().get(Delay::ProposalRetention);
        self.read(Read::Scan(Guard::Proposals(account)));
        let start = match after {
            Some((created, id)) => Bound::Excluded((account, created, id)),
            None => Bound::Included((account, FIRST, Uuid::LEAST)),
        };
        let rows = self.state.indexes.proposals.range((start, Bound::Unbounded));
        rows.take_while(move |row| row.0 == account)
            .filter_map(|row| self.state.proposals.get(&row.2))
            .filter(move |proposal| proposal.is_listed(now, retention))
    }

    /// Takes what an EC2 endpoint said when it was asked for this call.
    pub fn hear_of_ec2(&mut self, answer: Ec2Answer) {
        self.ec2_answer = Some(answer);
    }

    /// What an EC2 endpoint said when it was asked for this call.
    pub(crate) fn ec2_answer(&self) -> Option<&Ec2Answer> {
        self.ec2_answer.as_ref()
    }

    /// A gateway of EC2 as the operator has registered it, else as an EC2 endpoint tells of it now, else as one has
    /// told of it before.
    pub fn ec2_gateway(&mut self, id: Ec2GatewayId) -> Option<Arc<Ec2Gateway>> {
        self.read(Read::Row(Key::Ec2Gateway(id)));
        let kept = self.state.ec2_gateways.get(&id);
        if kept.is_some_and(|kept| kept.told.is_none()) {
            return kept.cloned();
        }
        match &self.ec2_answer {
            Some(Ec2Answer::Present(told)) if told.target.id == id => Some(Arc::new(told.clone())),
            Some(Ec2Answer::Absent(absent)) if *absent == id => None,
            Some(_) | None => kept.cloned(),
        }
    }

    /// The gateways of EC2 that are registered for an account in a Region.
    pub fn ec2_gateways(&mut self, owner: AccountId, region: Region) -> Vec<Arc<Ec2Gateway>> {
        self.read(Read::Scan(Guard::Ec2Gateways));
        let registered = self.state.ec2_gateways.values();
        registered.filter(|gateway| (gateway.target.owner, gateway.target.region) == (owner, region)).cloned().collect()
    }

    fn read_associations(&mut self, associations: Vec<Arc<Association>>) -> Vec<Arc<Association>> {
        for association in &associations {
            self.read(Read::Row(Key::Association(association.id)));
        }
        associations
    }
}
