//! Random calls about hosted connections: by partners that allocate and move them, and by who owns them.

use super::inputs::Inputs;
use super::{ACCOUNTS, context};
use crossconnect_api::{Request, Unit, shapes};
use crossconnect_core::Context;
use crossconnect_core::ids::LagId;
use crossconnect_core::model::connection::Connection;
use crossconnect_core::model::hosted_connection::{HostedConnection, Phase};
use crossconnect_core::model::lag::Lag;
use std::sync::Arc;

/// Speeds of which an account of kind v2 sells the first, one of kind v1 the second, and nobody the last.
const SPEEDS: [&str; 6] = ["1Gbps", "50Mbps", "10Gbps", "25Gbps", "500Mbps", "3Gbps"];

impl Inputs<'_> {
    /// A call about hosted connections or about the caller as a customer, and who makes it where.
    pub(super) fn hosted_call(&mut self) -> (Context, Request) {
        let hosted = self.hosted();
        match self.random.below(13) {
            0..=4 => self.allocate(),
            5 | 6 => self.confirm_hosted(hosted),
            7 | 8 => self.move_hosted(hosted),
            9 => self.describe_hosted(),
            10 | 11 => self.end_hosted(hosted),
            _ => self.customer_call(),
        }
    }

    /// One that has not ended, mostly.
    pub(super) fn hosted(&mut self) -> Option<Arc<HostedConnection>> {
        let lasting: Vec<_> = self.known.hosted.iter().filter(|h| h.phase.last().1.is_live()).cloned().collect();
        let any = self.random.one_in(10);
        self.random.pick(if any { &self.known.hosted } else { &lasting }).cloned()
    }

    /// What may carry hosted connections, and who owns it: mostly an interconnect that stands alone, or a partner's LAG.
    fn host(&mut self) -> (Option<Context>, String) {
        let hosting: Vec<Arc<Lag>> = self.known.lags.iter().filter(|lag| lag.allows_hosted).cloned().collect();
        let any = self.random.one_in(10);
        let lag = self.random.pick(if any { &self.known.lags } else { &hosting }).cloned();
        let interconnect: Option<Arc<Connection>> = self.interconnect();
        match (interconnect, lag) {
            (Some(found), _) if self.random.one_in(2) => {
                (Some(context(found.owner, found.region)), self.id(Some(found.id.to_string()), "dxcon-"))
            }
            (_, Some(lag)) => (Some(context(lag.owner, lag.region)), self.id(Some(lag.id.to_string()), LagId::PREFIX)),
            (Some(found), None) => (Some(context(found.owner, found.region)), found.id.to_string()),
            (None, None) => (Some(self.partner()), self.id(None, "dxcon-")),
        }
    }

    fn allocate(&mut self) -> (Context, Request) {
        let (owner, id) = self.host();
        let caller = self.caller(owner);
        let other = ACCOUNTS[self.random.below(ACCOUNTS.len())].to_owned();
        let owner_account = if self.random.one_in(20) { "4444".to_owned() } else { other };
        let at = if self.random.one_in(3) { self.random.below(SPEEDS.len()) } else { self.random.below(2) };
        let bandwidth = SPEEDS[at].to_owned();
        let vlan = if self.random.one_in(20) { 4095 } else { 100 + self.random.below(4) as i32 };
        let connection_name = self.name();
        if self.random.one_in(6) {
            let input = shapes::AllocateConnectionOnInterconnectRequest {
                interconnect_id: id,
                owner_account,
                bandwidth,
                connection_name,
                vlan,
            };
            return (caller, Request::AllocateConnectionOnInterconnect(input));
        }
        let tags = self.tags();
        let input = shapes::AllocateHostedConnectionRequest {
            connection_id: id,
            owner_account,
            bandwidth,
            connection_name,
            vlan,
            tags,
        };
        (caller, Request::AllocateHostedConnection(input))
    }

    fn confirm_hosted(&mut self, hosted: Option<Arc<HostedConnection>>) -> (Context, Request) {
        let waiting: Vec<_> =
            self.known.hosted.iter().filter(|h| h.phase.last().1 == Phase::Ordering).cloned().collect();
        let hosted = self.random.pick(&waiting).cloned().or(hosted);
        let caller = self.caller(hosted.as_ref().map(|h| context(h.owner, h.region)));
        let connection_id = self.id(hosted.map(|h| h.id.to_string()), "dxcon-");
        (caller, Request::ConfirmConnection(shapes::ConfirmConnectionRequest { connection_id }))
    }

    fn move_hosted(&mut self, hosted: Option<Arc<HostedConnection>>) -> (Context, Request) {
        let (owner, mut parent_connection_id) = self.host();
        if let Some(there) = hosted.as_ref().filter(|_| self.random.one_in(10)) {
            parent_connection_id = there.parent.to_string();
        }
        let port = self.interconnect().filter(|_| self.random.one_in(20)).map(|port| port.id.to_string());
        let id = port.or(hosted.as_ref().map(|h| h.id.to_string()));
        let input =
            shapes::AssociateHostedConnectionRequest { connection_id: self.id(id, "dxcon-"), parent_connection_id };
        let partner = hosted.map(|h| context(h.partner, h.region)).or(owner);
        (self.caller(partner), Request::AssociateHostedConnection(input))
    }

    fn describe_hosted(&mut self) -> (Context, Request) {
        let (owner, id) = self.host();
        let caller = self.caller(owner);
        if self.random.one_in(3) {
            let input = shapes::DescribeConnectionsOnInterconnectRequest { interconnect_id: id };
            return (caller, Request::DescribeConnectionsOnInterconnect(input));
        }
        let input = shapes::DescribeHostedConnectionsRequest {
            connection_id: id,
            max_results: self.random.one_in(3).then(|| self.random.below(4) as i32),
            next_token: self.random.one_in(20).then(|| "00".to_owned()),
        };
        (caller, Request::DescribeHostedConnections(input))
    }

    /// By its owner, or by its partner; or just a change of its name.
    fn end_hosted(&mut self, hosted: Option<Arc<HostedConnection>>) -> (Context, Request) {
        let by_partner = self.random.one_in(3);
        let party = hosted.as_ref().map(|h| context(if by_partner { h.partner } else { h.owner }, h.region));
        let caller = self.caller(party);
        let connection_id = self.id(hosted.map(|h| h.id.to_string()), "dxcon-");
        if self.random.one_in(2) {
            let input = shapes::UpdateConnectionRequest {
                connection_id,
                connection_name: self.random.one_in(2).then(|| self.name()),
                encryption_mode: self.random.one_in(4).then(|| "no_encrypt".to_owned()),
            };
            return (caller, Request::UpdateConnection(input));
        }
        (caller, Request::DeleteConnection(shapes::DeleteConnectionRequest { connection_id }))
    }

    fn customer_call(&mut self) -> (Context, Request) {
        let caller = self.anyone();
        if self.random.one_in(2) {
            return (caller, Request::DescribeCustomerMetadata(Unit));
        }
        let agreement_name = (!self.random.one_in(4)).then(|| format!("agreement {}", self.random.below(60)));
        (caller, Request::ConfirmCustomerAgreement(shapes::ConfirmCustomerAgreementRequest { agreement_name }))
    }
}
