//! A state as it is read from a store: record by record, and the indexes at the end.

use super::State;
use super::indexes::Indexes;
use crate::record::Record;
use crate::time::Timestamp;

/// A state in the making: the records first, then all indexes at once.
#[derive(Debug, Default)]
pub struct Loader(State);

impl Loader {
    /// Takes one record; of two under one key the later counts.
    pub fn add(&mut self, record: Record) {
        let state = &mut self.0;
        match record {
            Record::Settings(settings) => state.settings = settings,
            Record::Clock(clock) => state.clock = clock,
            Record::Account(account) => drop(state.accounts.insert(account.id, account)),
            Record::Device(device) => drop(state.devices.insert(device.id, device)),
            Record::Connection(connection) => drop(state.connections.insert(connection.id, connection)),
            Record::Lag(lag) => drop(state.lags.insert(lag.id, lag)),
            Record::Replay(replay) => drop(state.replays.insert(replay.call, replay)),
            Record::VirtualInterface(virtual_interface) => {
                drop(state.virtual_interfaces.insert(virtual_interface.id, virtual_interface))
            }
            Record::Gateway(gateway) => drop(state.gateways.insert(gateway.id, gateway)),
            Record::Association(association) => drop(state.associations.insert(association.id, association)),
            Record::Proposal(proposal) => drop(state.proposals.insert(proposal.id, proposal)),
            Record::FailoverTest(failover_test) => drop(state.failover_tests.insert(failover_test.id, failover_test)),
            Record::Ec2Gateway(ec2_gateway) => drop(state.ec2_gateways.insert(ec2_gateway.target.id, ec2_gateway)),
            Record::ResiliencyGroup(group) => drop(state.resiliency_groups.insert(group.id, group)),
            Record::GroupAssociation(association) => {
                drop(state.group_associations.insert(association.port, association))
            }
            Record::ClientToken(token) => drop(state.client_tokens.insert(token.id, token)),
            Record::HostedConnection(hosted) => drop(state.hosted_connections.insert(hosted.id, hosted)),
            Record::Principal(principal) => drop(state.principals.insert(principal.id, principal)),
            Record::AccessKey(key) => drop(state.access_keys.insert(key.id, key)),
            Record::KeyUse(usage) => drop(state.key_uses.insert(usage.id, usage)),
            Record::MacSecSecret(secret) => {
                drop(state.mac_sec_secrets.insert((secret.owner, secret.region, secret.ckn), secret))
            }
        }
    }

    /// The state of these records, whose last commit was made at `last_commit`.
    pub fn finish(self, last_commit: Timestamp) -> State {
        let mut state = self.0;
        state.indexes = Indexes::build(&state);
        state.last_commit = last_commit;
        state
    }
}
