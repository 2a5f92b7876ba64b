//! Random calls of partners: interconnects.

use super::inputs::Inputs;
use super::{ACCOUNTS, account, context};
use crossconnect_api::{Request, shapes};
use crossconnect_core::Context;
use crossconnect_core::model::connection::Connection;
use crossconnect_core::model::lag::Lag;
use std::sync::Arc;

impl Inputs<'_> {
    /// A call that only partners may make, mostly from one.
    pub(super) fn partner_call(&mut self) -> (Context, Request) {
        let interconnect = self.interconnect();
        match self.random.below(5) {
            0 | 1 => self.create_interconnect(),
            4 => self.interconnect_loa(interconnect),
            2 => self.describe_interconnects(interconnect),
            _ => self.delete_interconnect(interconnect),
        }
    }

    /// An interconnect, or now and then another connection.
    pub(super) fn interconnect(&mut self) -> Option<Arc<Connection>> {
        let all: Vec<_> = self.known.connections.iter().filter(|c| c.is_interconnect()).cloned().collect();
        let any = self.random.one_in(10);
        self.random.pick(if any { &self.known.connections } else { &all }).cloned()
    }

    pub(super) fn partner(&mut self) -> Context {
        let anyone = self.anyone();
        if self.random.one_in(10) { anyone } else { Context { account: account(ACCOUNTS[2]), ..anyone } }
    }

    fn create_interconnect(&mut self) -> (Context, Request) {
        let hosting: Vec<Arc<Lag>> = self.known.lags.iter().filter(|lag| lag.allows_hosted).cloned().collect();
        let lags = if self.random.one_in(2) { &self.known.lags } else { &hosting };
        let lag = self.random.pick(lags).cloned().filter(|_| self.random.one_in(2));
        let caller = match &lag {
            Some(lag) => context(lag.owner, lag.region),
            None => self.partner(),
        };
        let mut input = shapes::CreateInterconnectRequest {
            interconnect_name: self.name(),
            bandwidth: self.speed(),
            location: self.location(caller),
            lag_id: None,
            tags: self.tags(),
            provider_name: self.provider(),
            request_mac_sec: Some(self.random.one_in(3)),
        };
        if let Some(lag) = lag {
            input.lag_id = Some(lag.id.to_string());
            input.location = lag.location.to_string();
            input.bandwidth = lag.bandwidth.as_str().to_owned();
            input.request_mac_sec = Some(lag.mac_sec);
        }
        (caller, Request::CreateInterconnect(input))
    }

    fn describe_interconnects(&mut self, interconnect: Option<Arc<Connection>>) -> (Context, Request) {
        let caller = match &interconnect {
            Some(found) => context(found.owner, found.region),
            None => self.partner(),
        };
        let input = shapes::DescribeInterconnectsRequest {
            interconnect_id: self.random.one_in(2).then(|| self.id(interconnect.map(|c| c.id.to_string()), "dxcon-")),
            max_results: self.random.one_in(3).then(|| self.random.below(4) as i32),
            next_token: self.random.one_in(20).then(|| "00".to_owned()),
        };
        (caller, Request::DescribeInterconnects(input))
    }

    fn interconnect_loa(&mut self, interconnect: Option<Arc<Connection>>) -> (Context, Request) {
        let caller = self.caller(interconnect.as_ref().map(|c| context(c.owner, c.region)));
        let input = shapes::DescribeInterconnectLoaRequest {
            interconnect_id: self.id(interconnect.map(|c| c.id.to_string()), "dxcon-"),
            provider_name: self.random.one_in(3).then(|| self.name()),
            loa_content_type: None,
        };
        (caller, Request::DescribeInterconnectLoa(input))
    }

    fn delete_interconnect(&mut self, interconnect: Option<Arc<Connection>>) -> (Context, Request) {
        let caller = self.caller(interconnect.as_ref().map(|c| context(c.owner, c.region)));
        let interconnect_id = self.id(interconnect.map(|c| c.id.to_string()), "dxcon-");
        (caller, Request::DeleteInterconnect(shapes::DeleteInterconnectRequest { interconnect_id }))
    }
}
