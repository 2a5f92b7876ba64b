//! Random calls about resiliency groups, and about how connections are paid for.

use super::context;
use super::inputs::Inputs;
use crossconnect_api::Request;
use crossconnect_api::shapes::{self, RequestBillingMode, ResiliencyModel};
use crossconnect_core::Context;
use crossconnect_core::ids::AccountId;
use crossconnect_core::model::resiliency_group::ResiliencyGroup;
use crossconnect_core::model::virtual_interface::Parent;
use std::sync::Arc;

const TOKENS: [&str; 3] = ["one", "two", "three"];
const MODELS: [ResiliencyModel; 3] =
    [ResiliencyModel::MaximumResiliency, ResiliencyModel::HighResiliency, ResiliencyModel::BasicResiliency];

/// A connection or LAG that a call may name.
struct Port {
    id: String,
    arn: String,
}

impl Inputs<'_> {
    /// A call about groups or billing, and who makes it where.
    pub(super) fn group_call(&mut self) -> (Context, Request) {
        let group = self.random.pick(&self.known.groups).cloned();
        match self.random.below(16) {
            0 | 1 => self.create_group(),
            2 => self.change_group(group),
            3..=6 => self.put_into_group(group),
            7 | 8 => self.take_out_of_group(group),
            9 => self.describe_groups(group),
            _ => self.change_billing(),
        }
    }

    fn owner_of_group(&mut self, group: Option<&Arc<ResiliencyGroup>>) -> Context {
        let owner = group.map(|group| context(group.owner, group.region));
        self.caller(owner)
    }

    fn group_id(&mut self, group: Option<Arc<ResiliencyGroup>>) -> String {
        match group.filter(|_| !self.random.one_in(30)) {
            Some(group) => group.id.to_string(),
            None => "dxrg-unknown1unknown1z".to_owned(),
        }
    }

    fn token(&mut self) -> Option<String> {
        self.random.one_in(4).then(|| TOKENS[self.random.below(TOKENS.len())].to_owned())
    }

    fn create_group(&mut self) -> (Context, Request) {
        let input = shapes::CreateResiliencyGroupRequest {
            resiliency_group_name: TOKENS[self.random.below(TOKENS.len())].to_owned(),
            intended_resiliency_model: MODELS[self.random.below(MODELS.len())],
            client_token: self.token(),
            tags: self.tags(),
        };
        (self.anyone(), Request::CreateResiliencyGroup(input))
    }

    fn change_group(&mut self, group: Option<Arc<ResiliencyGroup>>) -> (Context, Request) {
        let caller = self.owner_of_group(group.as_ref());
        let resiliency_group_id = self.group_id(group);
        if self.random.one_in(2) {
            // One that something is in, now and then.
            let used = self.random.pick(&self.known.in_groups).cloned().filter(|_| self.random.one_in(2));
            let (caller, resiliency_group_id) = match used {
                Some(used) => (context(used.owner, used.region), used.group.to_string()),
                None => (caller, resiliency_group_id),
            };
            let input = shapes::DeleteResiliencyGroupRequest { resiliency_group_id };
            return (caller, Request::DeleteResiliencyGroup(input));
        }
        let input = shapes::UpdateResiliencyGroupRequest {
            resiliency_group_id,
            resiliency_group_name: TOKENS[self.random.below(TOKENS.len())].to_owned(),
            client_token: self.token(),
        };
        (caller, Request::UpdateResiliencyGroup(input))
    }

    /// A connection or a LAG, of `owner` where that is wanted.
    fn port(&mut self, owner: Option<AccountId>) -> Option<Port> {
        let is_own = |other: AccountId| owner.is_none_or(|owner| owner == other);
        if self.random.one_in(3) {
            let own: Vec<_> = self.known.lags.iter().filter(|lag| is_own(lag.owner)).cloned().collect();
            let lag = self.random.pick(&own)?;
            let (id, arn) = (lag.id.to_string(), lag.arn().to_string());
            return Some(Port { id, arn });
        }
        let own: Vec<_> = self.known.connections.iter().filter(|c| is_own(c.owner)).cloned().collect();
        let connection = self.random.pick(&own)?;
        let (id, arn) = (connection.id.to_string(), connection.arn().to_string());
        Some(Port { id, arn })
    }

    fn identifiers(&mut self, owner: Option<AccountId>) -> Vec<String> {
        let count = 1 + self.random.below(3);
        let identifier = |inputs: &mut Self| match (inputs.port(owner), inputs.random.below(20)) {
            (_, 0) => "nonsense".to_owned(),
            (Some(port), 1..10) => port.id,
            (Some(port), _) => port.arn,
            (None, _) => "dxcon-unknown1".to_owned(),
        };
        (0..count).map(|_| identifier(self)).collect()
    }

    fn put_into_group(&mut self, group: Option<Arc<ResiliencyGroup>>) -> (Context, Request) {
        let caller = self.owner_of_group(group.as_ref());
        let input = shapes::AssociateConnectionsToResiliencyGroupRequest {
            connection_identifiers: self.identifiers(group.as_ref().map(|group| group.owner)),
            resiliency_group_id: self.group_id(group),
            client_token: self.token(),
        };
        (caller, Request::AssociateConnectionsToResiliencyGroup(input))
    }

    fn take_out_of_group(&mut self, group: Option<Arc<ResiliencyGroup>>) -> (Context, Request) {
        let associated = self.random.pick(&self.known.in_groups).cloned().filter(|_| !self.random.one_in(4));
        let (caller, id, named) = match associated {
            Some(associated) => {
                let caller = self.caller(Some(context(associated.owner, associated.region)));
                (caller, associated.group.to_string(), vec![associated.port.to_string()])
            }
            None => {
                let caller = self.owner_of_group(group.as_ref());
                let named = self.identifiers(group.as_ref().map(|group| group.owner));
                (caller, self.group_id(group), named)
            }
        };
        let input = shapes::DisassociateConnectionsFromResiliencyGroupRequest {
            connection_identifiers: named,
            resiliency_group_id: id,
            client_token: self.token(),
        };
        (caller, Request::DisassociateConnectionsFromResiliencyGroup(input))
    }

    fn describe_groups(&mut self, group: Option<Arc<ResiliencyGroup>>) -> (Context, Request) {
        let caller = self.owner_of_group(group.as_ref());
        let max_results = self.random.one_in(3).then(|| self.random.below(4) as i32);
        let next_token = self.random.one_in(20).then(|| "00".to_owned());
        let resiliency_group_id = self.group_id(group);
        let request = match self.random.below(3) {
            0 => Request::GetResiliencyGroup(shapes::GetResiliencyGroupRequest { resiliency_group_id }),
            1 => Request::ListResiliencyGroups(shapes::ListResiliencyGroupsRequest { max_results, next_token }),
            _ => Request::ListResiliencyGroupAssociations(shapes::ListResiliencyGroupAssociationsRequest {
                resiliency_group_id,
                max_results,
                next_token,
            }),
        };
        (caller, request)
    }

    /// All connections and LAGs of an account at a location, or only some.
    fn change_billing(&mut self) -> (Context, Request) {
        let seed = self.connection();
        let caller = self.caller(seed.as_ref().map(|seed| context(seed.owner, seed.region)));
        let mut connection_ids = Vec::new();
        if let Some(seed) = seed {
            let place = (seed.owner, seed.region, seed.location);
            let here = self.known.connections.iter().filter(|c| (c.owner, c.region, c.location) == place);
            let live: Vec<_> = here.filter(|c| c.is_live(c.phase.last().0)).cloned().collect();
            let mut named: Vec<Parent> =
                live.iter().map(|c| c.lag.map_or(Parent::Connection(c.id), Parent::Lag)).collect();
            named.sort_unstable();
            named.dedup();
            if self.random.one_in(5) {
                named.extend(seed.lag.map(|_| Parent::Connection(seed.id)));
            }
            if self.random.one_in(4) {
                named = vec![Parent::Connection(seed.id)];
            }
            connection_ids = named.iter().map(|port| self.id(Some(port.to_string()), "dxcon-")).collect();
        }
        if connection_ids.is_empty() {
            connection_ids.push(self.id(None, "dxcon-"));
        }
        let billing_mode = self.billing().unwrap_or(RequestBillingMode::PayAsYouGo);
        let input = shapes::UpdateConnectionsBillingModeRequest { connection_ids, billing_mode };
        (caller, Request::UpdateConnectionsBillingMode(input))
    }
}
