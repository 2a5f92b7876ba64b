//! Random calls on the sessions of virtual interfaces: peers, routes, failover tests, and the customer's router.

use super::context;
use super::inputs::Inputs;
use super::operator::Calls;
use crossconnect_api::{Request, shapes};
use crossconnect_core::control::{self, Announcement, Session};
use crossconnect_core::model::bgp_peer::BgpPeer;
use crossconnect_core::model::failover_test::FailoverTest;
use crossconnect_core::model::virtual_interface::{Gateway, VirtualInterface};
use crossconnect_core::prefix::Family;
use crossconnect_core::{Context, control::ANNOUNCED_MAX};
use std::sync::Arc;

/// What filters of routes name: prefixes that are announced, and one that is none.
const PREFIXES: [&str; 4] = ["10.0.0.0/24", "10.0.1.0/24", "2001:db8::/48", "10.0.0.1/24"];
const MINUTES: [i32; 6] = [0, 1, 10, 180, 4320, 4321];
const STATUSES: [&str; 4] = ["In progress", "Completed", "cancelled", "Failed"];

impl Inputs<'_> {
    /// A call on sessions, and who makes it where.
    pub(super) fn on_sessions(&mut self) -> (Context, Request) {
        let interface = self.random.pick(&self.known.interfaces).cloned();
        let caller = self.caller(interface.as_ref().map(|v| context(v.owner, v.region)));
        let id = self.id(interface.as_ref().map(|v| v.id.to_string()), "dxvif-");
        let request = match self.random.below(12) {
            0..=2 => self.create_peer(id),
            3 | 4 => self.delete_peer(id, interface.as_deref()),
            5 | 6 => self.list_routes(id),
            7 | 8 => self.start_test(id, interface.as_deref()),
            9 => Request::StopBgpFailoverTest(shapes::StopBgpFailoverTestRequest { virtual_interface_id: id }),
            _ => return self.test_history(),
        };
        (caller, request)
    }

    fn peer(&mut self, interface: Option<&VirtualInterface>) -> Option<BgpPeer> {
        self.random.pick(interface.map_or(&[], |interface| &interface.peers)).cloned()
    }

    fn create_peer(&mut self, id: String) -> Request {
        let octet = self.random.below(8) * 4;
        let given = self.random.one_in(3);
        let address = |end: usize| given.then(|| format!("175.45.176.{}/30", octet + end));
        let family = [shapes::AddressFamily::Ipv4, shapes::AddressFamily::Ipv6][self.random.below(2)];
        let peer = shapes::NewBGPPeer {
            asn: (!self.random.one_in(20)).then(|| 65_000 + self.random.below(4) as i32),
            asn_long: None,
            auth_key: self.random.one_in(4).then(|| "k".repeat(4 + self.random.below(4) * 30)),
            address_family: Some(family),
            amazon_address: address(1),
            customer_address: address(2),
        };
        Request::CreateBGPPeer(shapes::CreateBGPPeerRequest {
            virtual_interface_id: (!self.random.one_in(40)).then_some(id),
            new_bgp_peer: Some(peer),
        })
    }

    fn delete_peer(&mut self, id: String, interface: Option<&VirtualInterface>) -> Request {
        let peer = self.peer(interface);
        let mut input = shapes::DeleteBGPPeerRequest { virtual_interface_id: Some(id), ..Default::default() };
        if self.random.one_in(2) {
            let named = peer.map(|peer| peer.id.to_string()).filter(|_| !self.random.one_in(6));
            input.bgp_peer_id =
                Some(named.unwrap_or_else(|| ["nonsense", "dxpeer-unknown1"][self.random.below(2)].into()));
        } else {
            input.asn_long = peer.as_ref().map(|peer| i64::from(peer.asn));
            let address = peer.map(|peer| peer.customer_address.to_string()).filter(|_| !self.random.one_in(10));
            input.customer_address = Some(address.unwrap_or_else(|| "nowhere".to_owned()));
        }
        Request::DeleteBGPPeer(input)
    }

    fn list_routes(&mut self, id: String) -> Request {
        let filters = shapes::RouteFilters {
            route_direction: self.random.one_in(3).then_some(shapes::RouteDirection::Advertised),
            address_family: self.random.one_in(3).then_some(shapes::AddressFamily::Ipv4),
            cidrs: self.random.one_in(2).then(|| vec![PREFIXES[self.random.below(PREFIXES.len())].to_owned()]),
            as_path: self.random.one_in(4).then(|| vec![65_001]),
            communities: self.random.one_in(4).then(|| vec!["7224:7100".to_owned()]),
        };
        Request::ListVirtualInterfaceRoutes(shapes::ListVirtualInterfaceRoutesRequest {
            virtual_interface_id: Some(id),
            filters: (!self.random.one_in(4)).then_some(filters),
            max_results: self.random.one_in(4).then_some(1),
            next_token: self.random.one_in(20).then(|| "00".to_owned()),
        })
    }

    fn start_test(&mut self, id: String, interface: Option<&VirtualInterface>) -> Request {
        let named = self.random.one_in(3);
        let peers = named.then(|| {
            let peer = self.peer(interface).map(|peer| peer.id.to_string());
            vec![self.id(peer, "dxpeer-")]
        });
        Request::StartBgpFailoverTest(shapes::StartBgpFailoverTestRequest {
            virtual_interface_id: id,
            bgp_peers: peers,
            test_duration_in_minutes: self.random.one_in(2).then(|| MINUTES[self.random.below(MINUTES.len())]),
        })
    }

    fn test_history(&mut self) -> (Context, Request) {
        let test: Option<Arc<FailoverTest>> = self.random.pick(&self.known.tests).cloned();
        let caller = self.caller(test.as_ref().map(|test| context(test.owner, test.region)));
        let (id, peer) = match &test {
            Some(test) => (Some(test.id.to_string()), test.peers.first().map(ToString::to_string)),
            None => (None, None),
        };
        let interface = test.map(|test| test.virtual_interface.to_string());
        let id = id.filter(|_| !self.random.one_in(4)).unwrap_or_else(|| "nonsense".to_owned());
        let input = shapes::ListVirtualInterfaceTestHistoryRequest {
            test_id: self.random.one_in(4).then_some(id),
            virtual_interface_id: self.random.one_in(4).then(|| self.id(interface, "dxvif-")),
            bgp_peers: self.random.one_in(4).then(|| vec![self.id(peer, "dxpeer-")]),
            status: self.random.one_in(3).then(|| STATUSES[self.random.below(STATUSES.len())].to_owned()),
            max_results: self.random.one_in(3).then(|| self.random.below(4) as i32),
            next_token: self.random.one_in(20).then(|| "00".to_owned()),
        };
        (caller, Request::ListVirtualInterfaceTestHistory(input))
    }
}

impl Calls<'_> {
    /// What the customer's router does.
    pub(super) fn router(&mut self) -> control::Request {
        let interface = self.random.pick(&self.known.interfaces).cloned();
        if self.random.one_in(2) {
            let peers = interface.as_ref().map_or(&[][..], |interface| &interface.peers);
            let peer = self.random.pick(peers).map(|peer| peer.id.to_string());
            let sessions = [Session::Up, Session::Down, Session::Auto];
            return control::Request::SetSession {
                bgp_peer_id: peer.unwrap_or_else(|| "nonsense".to_owned()),
                session: sessions[self.random.below(sessions.len())],
            };
        }
        let announced = self.announced(interface.as_deref());
        let id = interface.map(|interface| interface.id.to_string());
        control::Request::SetRoutes { virtual_interface_id: id.unwrap_or_else(|| "nonsense".to_owned()), announced }
    }

    /// A few routes, mostly of families that the interface has sessions for; now and then more than are allocated.
    fn announced(&mut self, interface: Option<&VirtualInterface>) -> Vec<Announcement> {
        let families: Vec<Family> = interface.map_or(Vec::new(), |v| v.peers.iter().map(|peer| peer.family).collect());
        let family = match self.random.pick(&families) {
            Some(family) if !self.random.one_in(10) => *family,
            _ => [Family::Ipv4, Family::Ipv6][self.random.below(2)],
        };
        let count = [0, 1, 2, 3, 101, 120][self.random.below(6)];
        let is_public = interface.is_some_and(|interface| interface.gateway == Gateway::None);
        let cidr = |number: usize| match family {
            Family::Ipv4 if is_public => format!("175.45.{number}.0/24"),
            Family::Ipv4 => format!("10.0.{number}.0/24"),
            Family::Ipv6 => format!("2001:db8:{number:x}::/48"),
        };
        let route = |number| Announcement { cidr: cidr(number), as_path: Vec::new(), communities: Vec::new() };
        let mut routes: Vec<_> = (0..count).map(route).collect();
        if let Some(first) = routes.first_mut() {
            let path: [&[u32]; 5] = [&[], &[65_001], &[65_001, 65_002], &[0], &[65_001; 65]];
            first.as_path = path[self.random.below(5)].to_vec();
            let communities: [&[&str]; 5] = [&[], &["7224:7100"], &["1:1"], &["nonsense"], &["1:1"; 33]];
            first.communities =
                communities[self.random.below(5)].iter().map(|community| (*community).to_owned()).collect();
        }
        match self.random.below(30) {
            0 => routes.extend(routes.first().cloned()),
            1 => routes.push(Announcement { cidr: "nowhere".to_owned(), as_path: Vec::new(), communities: Vec::new() }),
            2 => routes = (0..=ANNOUNCED_MAX).map(route).collect(),
            _ => {}
        }
        routes
    }
}
