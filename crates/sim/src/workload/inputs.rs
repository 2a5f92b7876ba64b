//! Inputs that mostly make sense: ids that exist, from their owner, with what goes together.

use super::{ACCOUNTS, Known, REGIONS, account, context, region};
use crate::random::Random;
use crossconnect_api::shapes::{self, Tag};
use crossconnect_api::{Request, Unit};
use crossconnect_core::Context;
use crossconnect_core::model::connection::{Connection, Phase};
use crossconnect_core::model::lag::Lag;
use std::sync::Arc;

pub(crate) struct Inputs<'a> {
    pub(crate) random: &'a mut Random,
    pub(crate) known: &'a Known,
}

const SPEEDS: [&str; 6] = ["1Gbps", "10Gbps", "10Gbps", "10Gbps", "100Gbps", "400Gbps"];
const MODES: [&str; 4] = ["no_encrypt", "should_encrypt", "must_encrypt", "always"];

impl Inputs<'_> {
    /// A call, and who makes it where.
    pub(crate) fn call(&mut self) -> (Context, Request) {
        match self.random.below(11) {
            0 | 1 => return self.gateway_call(),
            2 | 3 | 9 => return self.interface_call(),
            4 => return self.on_sessions(),
            5 => return self.group_call(),
            10 => return self.hosted_call(),
            _ => {}
        }
        if self.random.one_in(6) {
            return self.partner_call();
        }
        let connection = self.connection();
        let lag = self.lag();
        match self.random.below(24) {
            23 => self.loa(connection, lag),
            0..=2 => self.create_connection(lag),
            3 | 4 => self.create_lag(connection),
            5..=8 => self.associate(connection),
            9 | 10 => self.disassociate(connection),
            11 | 12 => self.change_connection(connection),
            13 | 14 => self.change_lag(lag),
            15 | 16 => self.describe(connection, lag),
            17 => (self.anyone(), Request::DescribeLocations(Unit)),
            18..=20 => self.mac_sec(connection, lag),
            _ => self.tag(connection, lag),
        }
    }

    pub(super) fn connection(&mut self) -> Option<Arc<Connection>> {
        self.random.pick(&self.known.connections).cloned()
    }

    pub(super) fn lag(&mut self) -> Option<Arc<Lag>> {
        self.random.pick(&self.known.lags).cloned()
    }

    pub(super) fn anyone(&mut self) -> Context {
        let most = REGIONS.len() - 1;
        let (region_name, _) = REGIONS[if self.random.one_in(12) { most } else { self.random.below(most) }];
        context(account(ACCOUNTS[self.random.below(ACCOUNTS.len())]), region(region_name))
    }

    /// The owner of what is named, or now and then a stranger.
    pub(super) fn caller(&mut self, owner: Option<Context>) -> Context {
        let stranger = self.anyone();
        if self.random.one_in(25) { stranger } else { owner.unwrap_or(stranger) }
    }

    pub(super) fn id(&mut self, id: Option<String>, prefix: &str) -> String {
        match (id, self.random.below(60)) {
            (_, 0) => "nonsense".to_owned(),
            (Some(id), 2..) => id,
            _ => format!("{prefix}unknown1"),
        }
    }

    pub(super) fn name(&mut self) -> String {
        match self.random.below(50) {
            0 => String::new(),
            1 => "n".repeat(256),
            number => format!("name {number}"),
        }
    }

    pub(super) fn location(&mut self, context: Context) -> String {
        let locations = REGIONS.iter().find(|(name, _)| *name == context.region.as_str()).map(|(_, codes)| *codes);
        let code = self.random.pick(locations.unwrap_or_default()).copied();
        if self.random.one_in(50) { "Nowhere".to_owned() } else { code.unwrap_or("Nowhere").to_owned() }
    }

    pub(super) fn speed(&mut self) -> String {
        if self.random.one_in(50) { "5Gbps".to_owned() } else { SPEEDS[self.random.below(SPEEDS.len())].to_owned() }
    }

    pub(super) fn billing(&mut self) -> Option<shapes::RequestBillingMode> {
        use shapes::RequestBillingMode as Mode;
        let modes = [Mode::PayAsYouGo, Mode::FlatRateTier1, Mode::FlatRateTier2];
        if self.random.one_in(3) { self.random.pick(&modes).copied() } else { None }
    }

    pub(super) fn provider(&mut self) -> Option<String> {
        self.random.one_in(25).then(|| "Nobody".to_owned())
    }

    pub(super) fn tags(&mut self) -> Option<Vec<Tag>> {
        let keys = ["a", "b", "c", "d", "e", "f", "aws:x"];
        let count = self.random.below(9).checked_sub(4)?;
        let key = |random: &mut Random| {
            let reserved = usize::from(random.one_in(10));
            keys[random.below(6 + reserved)].to_owned()
        };
        let tag = |random: &mut Random| Tag { key: key(random), value: random.one_in(2).then(|| "v".to_owned()) };
        Some((0..=count).map(|_| tag(self.random)).collect())
    }

    fn create_connection(&mut self, lag: Option<Arc<Lag>>) -> (Context, Request) {
        let lag = lag.filter(|_| self.random.one_in(3));
        let caller = self.caller(lag.as_ref().map(|lag| context(lag.owner, lag.region)));
        let mut input = shapes::CreateConnectionRequest {
            location: self.location(caller),
            bandwidth: self.speed(),
            connection_name: self.name(),
            provider_name: self.provider(),
            request_mac_sec: Some(self.random.one_in(3)),
            billing_mode: self.billing(),
            tags: self.tags(),
            lag_id: None,
        };
        if let Some(lag) = lag {
            input.lag_id = Some(self.id(Some(lag.id.to_string()), "dxlag-"));
            if !self.random.one_in(6) {
                input.location = lag.location.to_string();
                input.bandwidth = lag.bandwidth.as_str().to_owned();
            }
            if !self.random.one_in(6) {
                input.request_mac_sec = Some(lag.mac_sec);
            }
        }
        (caller, Request::CreateConnection(input))
    }

    fn create_lag(&mut self, given: Option<Arc<Connection>>) -> (Context, Request) {
        let given = given.filter(|_| self.random.one_in(2));
        let caller = self.caller(given.as_ref().map(|given| context(given.owner, given.region)));
        let mut input = shapes::CreateLagRequest {
            number_of_connections: self.random.below(6) as i32,
            location: self.location(caller),
            connections_bandwidth: self.speed(),
            lag_name: self.name(),
            connection_id: None,
            tags: self.tags(),
            child_connection_tags: self.tags(),
            provider_name: self.provider(),
            request_mac_sec: (!self.random.one_in(3)).then(|| self.random.one_in(2)),
            billing_mode: self.billing(),
        };
        if let Some(given) = given {
            input.connection_id = Some(self.id(Some(given.id.to_string()), "dxcon-"));
            if !self.random.one_in(6) {
                input.location = given.location.to_string();
                input.connections_bandwidth = given.bandwidth.as_str().to_owned();
            }
        }
        (caller, Request::CreateLag(input))
    }

    /// A LAG that the connection could join, mostly.
    fn joinable(&mut self, connection: Option<&Arc<Connection>>) -> Option<Arc<Lag>> {
        let alike = self.random.one_in(2);
        let fits = |lag: &&Arc<Lag>| {
            connection.is_some_and(|c| {
                let is_alike = (c.bandwidth, c.mac_sec) == (lag.bandwidth, lag.mac_sec);
                (c.owner, c.region, c.location) == (lag.owner, lag.region, lag.location) && (is_alike || !alike)
            })
        };
        let fitting: Vec<_> = self.known.lags.iter().filter(fits).cloned().collect();
        match self.random.pick(&fitting) {
            Some(lag) if !self.random.one_in(8) => Some(lag.clone()),
            _ => self.lag(),
        }
    }

    /// A connection in service, and a LAG at its location that ends on another device.
    fn apart(&mut self) -> Option<(Arc<Connection>, Arc<Lag>)> {
        let (mut pairs, known) = (Vec::new(), self.known);
        for c in known.connections.iter().filter(|c| c.phase.last().1 == Phase::Provisioned) {
            let here = known.lags.iter().filter(|lag| (lag.owner, lag.location) == (c.owner, c.location));
            pairs.extend(here.filter(|lag| lag.device() != c.device()).map(|lag| (c.clone(), lag.clone())));
        }
        self.random.pick(&pairs).cloned()
    }

    fn associate(&mut self, connection: Option<Arc<Connection>>) -> (Context, Request) {
        let (connection, lag) = match self.apart().filter(|_| self.random.one_in(4)) {
            Some((connection, lag)) => (Some(connection), Some(lag)),
            None => (connection.clone(), self.joinable(connection.as_ref())),
        };
        let caller = self.caller(connection.as_ref().map(|c| context(c.owner, c.region)));
        let hosted = self.hosted().filter(|_| self.random.one_in(25));
        if let (Some(hosted), Some(lag)) = (hosted, &lag) {
            let input = shapes::AssociateConnectionWithLagRequest {
                connection_id: hosted.id.to_string(),
                lag_id: lag.id.to_string(),
            };
            return (context(hosted.owner, hosted.region), Request::AssociateConnectionWithLag(input));
        }
        let input = shapes::AssociateConnectionWithLagRequest {
            connection_id: self.id(connection.map(|c| c.id.to_string()), "dxcon-"),
            lag_id: self.id(lag.map(|lag| lag.id.to_string()), "dxlag-"),
        };
        (caller, Request::AssociateConnectionWithLag(input))
    }

    fn disassociate(&mut self, connection: Option<Arc<Connection>>) -> (Context, Request) {
        let own = connection.as_ref().and_then(|c| c.lag).map(|id| id.to_string());
        let other = self.joinable(connection.as_ref()).map(|lag| lag.id.to_string());
        let caller = self.caller(connection.as_ref().map(|c| context(c.owner, c.region)));
        let input = shapes::DisassociateConnectionFromLagRequest {
            connection_id: self.id(connection.map(|c| c.id.to_string()), "dxcon-"),
            lag_id: self.id(own.or(other), "dxlag-"),
        };
        (caller, Request::DisassociateConnectionFromLag(input))
    }

    fn change_connection(&mut self, connection: Option<Arc<Connection>>) -> (Context, Request) {
        let mut caller = self.caller(connection.as_ref().map(|c| context(c.owner, c.region)));
        let mut connection_id = self.id(connection.map(|c| c.id.to_string()), "dxcon-");
        if let Some(hosted) = self.hosted().filter(|_| self.random.one_in(10)) {
            // Which has neither a port nor encryption.
            (caller, connection_id) = (context(hosted.owner, hosted.region), hosted.id.to_string());
        }
        if self.random.one_in(2) {
            return (caller, Request::DeleteConnection(shapes::DeleteConnectionRequest { connection_id }));
        }
        let connection_name = self.random.one_in(3).then(|| self.name());
        let encryption_mode = self.random.one_in(2).then(|| MODES[self.random.below(MODES.len())].to_owned());
        let input = shapes::UpdateConnectionRequest { connection_id, connection_name, encryption_mode };
        (caller, Request::UpdateConnection(input))
    }

    fn change_lag(&mut self, lag: Option<Arc<Lag>>) -> (Context, Request) {
        let caller = self.caller(lag.as_ref().map(|lag| context(lag.owner, lag.region)));
        let lag_id = self.id(lag.map(|lag| lag.id.to_string()), "dxlag-");
        if self.random.one_in(3) {
            return (caller, Request::DeleteLag(shapes::DeleteLagRequest { lag_id }));
        }
        let input = shapes::UpdateLagRequest {
            lag_id,
            lag_name: self.random.one_in(3).then(|| self.name()),
            minimum_links: self.random.one_in(2).then(|| [-1, 0, 1, 1, 1, 2, 2, 5][self.random.below(8)]),
            encryption_mode: self.random.one_in(4).then(|| MODES[self.random.below(MODES.len())].to_owned()),
        };
        (caller, Request::UpdateLag(input))
    }

    fn loa(&mut self, connection: Option<Arc<Connection>>, lag: Option<Arc<Lag>>) -> (Context, Request) {
        let named = match (connection, lag) {
            (_, Some(lag)) if self.random.one_in(2) => Some((context(lag.owner, lag.region), lag.id.to_string())),
            (Some(c), _) => Some((context(c.owner, c.region), c.id.to_string())),
            (None, _) => None,
        };
        // Which has no port of its own, and so no letter.
        let hosted = self.hosted().filter(|_| self.random.one_in(4));
        let named = hosted.map(|hosted| (context(hosted.owner, hosted.region), hosted.id.to_string())).or(named);
        let caller = self.caller(named.as_ref().map(|(owner, _)| *owner));
        let connection_id = self.id(named.map(|(_, id)| id), "dxcon-");
        let provider_name = self.random.one_in(3).then(|| self.name());
        let loa_content_type = self.random.one_in(2).then_some(shapes::LoaContentType::ApplicationPdf);
        if self.random.one_in(2) {
            let input = shapes::DescribeConnectionLoaRequest { connection_id, provider_name, loa_content_type };
            return (caller, Request::DescribeConnectionLoa(input));
        }
        (caller, Request::DescribeLoa(shapes::DescribeLoaRequest { connection_id, provider_name, loa_content_type }))
    }

    fn describe(&mut self, connection: Option<Arc<Connection>>, lag: Option<Arc<Lag>>) -> (Context, Request) {
        let max_results = self.random.one_in(3).then(|| self.random.below(4) as i32);
        let next_token = self.random.one_in(20).then(|| "00".to_owned());
        if self.random.one_in(2) {
            let caller = self.caller(connection.as_ref().map(|c| context(c.owner, c.region)));
            let id = self.random.one_in(2).then(|| self.id(connection.map(|c| c.id.to_string()), "dxcon-"));
            let input = shapes::DescribeConnectionsRequest { connection_id: id, max_results, next_token };
            return (caller, Request::DescribeConnections(input));
        }
        let caller = self.caller(lag.as_ref().map(|lag| context(lag.owner, lag.region)));
        let id = self.random.one_in(2).then(|| self.id(lag.map(|lag| lag.id.to_string()), "dxlag-"));
        let input = shapes::DescribeLagsRequest { lag_id: id, max_results, next_token };
        (caller, Request::DescribeLags(input))
    }

    fn tag(&mut self, connection: Option<Arc<Connection>>, lag: Option<Arc<Lag>>) -> (Context, Request) {
        let named = match (connection, lag) {
            (Some(c), _) if self.random.one_in(2) => Some((context(c.owner, c.region), c.arn().to_string())),
            (_, Some(lag)) => Some((context(lag.owner, lag.region), lag.arn().to_string())),
            _ => None,
        };
        let caller = self.caller(named.as_ref().map(|(owner, _)| *owner));
        let arn = named.map(|(_, arn)| arn).filter(|_| !self.random.one_in(20));
        let arn = arn.unwrap_or_else(|| "nonsense".to_owned());
        let request = match self.random.below(3) {
            0 => Request::DescribeTags(shapes::DescribeTagsRequest { resource_arns: vec![arn] }),
            1 => Request::UntagResource(shapes::UntagResourceRequest {
                resource_arn: arn,
                tag_keys: vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
            }),
            _ => {
                let tags = self.tags().unwrap_or_default();
                Request::TagResource(shapes::TagResourceRequest { resource_arn: arn, tags })
            }
        };
        (caller, request)
    }
}
