//! The invariants over peers, announcements and failover tests notice what they are there for: a good state is broken in
//! one place, and the rule that says so is found.

use crossconnect_api::{Request, shapes};
use crossconnect_core::control::{self, Announcement};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::bgp_peer::{BgpPeer, Phase};
use crossconnect_core::model::failover_test::{FailoverTest, Status};
use crossconnect_core::model::virtual_interface::{Change, VirtualInterface};
use crossconnect_core::prefix::Prefix;
use crossconnect_core::{Context, Duration, Record, Rejection, State, Steps, Timestamp, Tx, invariants, run};
use std::sync::Arc;

/// A connection is ordered at the start and in service four seconds later.
const NOW: Timestamp = Timestamp(Timestamp::MANUAL_START.0 + 10_000);

struct World {
    state: State,
    drawn: u8,
}

impl World {
    fn decide<T>(&mut self, at: Timestamp, decide: impl FnOnce(&mut Tx<'_>) -> Result<T, Rejection>) -> T {
        let account = AccountId::new("111122223333").expect("twelve digits");
        let region = Region::new("us-east-1").expect("a short name");
        let context = Context { account, region, system_time: at };
        let drawn = &mut self.drawn;
        let mut random = |bytes: &mut [u8]| {
            *drawn += 1;
            bytes.fill(*drawn);
        };
        let mut tx = Tx::new(&self.state, context, &mut random);
        let decided = decide(&mut tx).expect("a call that keeps the rules");
        self.state = tx.finish().expect("a call that writes").1;
        decided
    }

    fn call(&mut self, at: Timestamp, request: Request) {
        self.decide(at, |tx| run(tx, &request));
    }
}

/// An interface with a session of each family, of which the second is under test, and a route announced on the first.
fn good() -> State {
    let mut world = World { state: State::default(), drawn: 0 };
    let order = shapes::CreateConnectionRequest {
        location: "EqDC2".into(),
        bandwidth: "10Gbps".into(),
        connection_name: "c1".into(),
        ..shapes::CreateConnectionRequest::default()
    };
    world.call(Timestamp::MANUAL_START, Request::CreateConnection(order));
    let connection = |record| if let Record::Connection(connection) = record { Some(connection.id) } else { None };
    let connection = world.state.records().find_map(connection).expect("a connection");
    let interface = shapes::CreatePrivateVirtualInterfaceRequest {
        connection_id: connection.to_string(),
        new_private_virtual_interface: shapes::NewPrivateVirtualInterface {
            virtual_interface_name: "v1".into(),
            vlan: 101,
            asn: Some(65_001),
            virtual_gateway_id: Some("vgw-11111111".into()),
            ..shapes::NewPrivateVirtualInterface::default()
        },
    };
    let made = Timestamp::MANUAL_START + Duration::from_seconds(4);
    world.call(made, Request::CreatePrivateVirtualInterface(interface));
    let id = interface_of(&world.state).id.to_string();
    let peer = shapes::NewBGPPeer {
        asn: Some(65_001),
        address_family: Some(shapes::AddressFamily::Ipv6),
        ..shapes::NewBGPPeer::default()
    };
    let input = shapes::CreateBGPPeerRequest { virtual_interface_id: Some(id.clone()), new_bgp_peer: Some(peer) };
    world.call(made, Request::CreateBGPPeer(input));
    let route = |cidr: &str| Announcement { cidr: cidr.into(), as_path: Vec::new(), communities: Vec::new() };
    let announced = vec![route("10.0.0.0/24"), route("10.0.1.0/24")];
    let announce = control::Request::SetRoutes { virtual_interface_id: id.clone(), announced };
    world.decide(made, |tx| control::run(tx, &announce));
    let tested = interface_of(&world.state).peers[1].id.to_string();
    let start = shapes::StartBgpFailoverTestRequest {
        virtual_interface_id: id,
        bgp_peers: Some(vec![tested]),
        test_duration_in_minutes: Some(1),
    };
    world.call(NOW, Request::StartBgpFailoverTest(start));
    world.state
}

fn interface_of(state: &State) -> VirtualInterface {
    let found = |record| if let Record::VirtualInterface(interface) = record { Some(interface) } else { None };
    VirtualInterface::clone(&state.records().find_map(found).expect("an interface"))
}

fn with_interface(change: impl FnOnce(&mut VirtualInterface)) -> State {
    let mut state = good();
    let mut interface = interface_of(&state);
    change(&mut interface);
    let record = Record::VirtualInterface(Arc::new(interface));
    state.write(&record.key(), Some(record));
    state
}

fn with_peer(place: usize, change: impl FnOnce(&mut BgpPeer)) -> State {
    with_interface(|interface| change(&mut interface.peers[place]))
}

fn with_test(change: impl FnOnce(&mut FailoverTest)) -> State {
    let mut state = good();
    let found = |record| if let Record::FailoverTest(test) = record { Some(test) } else { None };
    let mut test = FailoverTest::clone(&state.records().find_map(found).expect("a test"));
    change(&mut test);
    let record = Record::FailoverTest(Arc::new(test));
    state.write(&record.key(), Some(record));
    state
}

fn broken(name: &str, state: State) {
    let found = invariants::check(&state, NOW);
    assert!(found.iter().any(|violation| violation.name == name), "{name} is not among {found:?}");
}

#[test]
fn a_good_state_breaks_nothing() {
    assert_eq!(invariants::check(&good(), NOW), []);
}

#[test]
fn peers_that_cannot_be_are_found() {
    broken(
        "a family has one session, or two",
        with_interface(|interface| {
            let first = interface.peers[0].clone();
            interface.peers.extend([first.clone(), first]);
        }),
    );
    broken("an interface keeps a peer", with_interface(|interface| interface.peers.clear()));
    broken("peers have ids of their own", with_interface(|v| v.peers[1].id = v.peers[0].id));
    broken(
        "peers have two addresses of their family",
        with_peer(0, |peer| peer.customer_address = peer.amazon_address),
    );
    broken("plans come to rest", with_peer(0, |peer| peer.phase = Steps::new(NOW, Phase::Deleting)));
    broken(
        "states follow the reference",
        with_peer(0, |peer| {
            peer.phase = Steps::new(NOW, Phase::Deleted);
            peer.phase.push(NOW, Phase::Available);
        }),
    );
}

#[test]
fn announcements_that_cannot_be_are_found() {
    broken(
        "a prefix is announced once on a session",
        with_peer(0, |peer| {
            peer.announced.push(peer.announced[0].clone());
        }),
    );
    broken(
        "a session carries its family",
        with_peer(0, |peer| {
            peer.announced[0].prefix = Prefix::parse("2001:db8::/48").expect("a prefix");
        }),
    );
    let name = "sessions carry no more prefixes than are allocated";
    broken(name, with_interface(|interface| interface.prefixes_ipv4 = 1));
    broken(name, with_peer(0, |peer| peer.fits.set(NOW, false)));
}

#[test]
fn tests_that_cannot_be_are_found() {
    broken("tests agree with their interfaces", with_interface(|v| v.change = Steps::new(v.created, Change::None)));
    broken("tests hold down the sessions of their peers", with_peer(1, |peer| peer.untested = Steps::new(NOW, true)));
    broken("tests hold down the sessions of their peers", with_peer(0, |peer| peer.untested.set(NOW, false)));
    let together = "tests and what they hold down end together";
    broken(together, with_peer(1, |peer| peer.untested = Steps::new(NOW, false)));
    broken(together, with_interface(|v| v.change.set(NOW, Change::Test)));
    broken("tests end with what they test", with_peer(1, |peer| peer.phase.set(NOW, Phase::Deleted)));
    let other = AccountId::new("444455556666").expect("twelve digits");
    broken("tests are their interface's owner's", with_test(|test| test.owner = other));
    let long = "tests last as long as was asked";
    broken(long, with_test(|test| test.duration_in_minutes = 2));
    broken(long, with_test(|test| test.duration_in_minutes = 4321));
    broken(long, with_test(|test| test.peers.clear()));
    broken(long, with_test(|test| test.status = Steps::new(test.started, Status::InProgress)));
    broken(
        "states follow the reference",
        with_test(|test| {
            test.status = Steps::new(test.started, Status::Completed);
            test.status.push(NOW, Status::Cancelled);
        }),
    );
}
