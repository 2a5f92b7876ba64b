//! The invariants over interconnects and hosted connections notice what they are there for: a good state is broken in one
//! place, and the rule that says so is found.

use crossconnect_api::{Request, Response, shapes};
use crossconnect_core::control;
use crossconnect_core::ids::{AccountId, ConnectionId, Region};
use crossconnect_core::model::account::PartnerKind;
use crossconnect_core::model::bandwidth::{Bandwidth, HostedBandwidth};
use crossconnect_core::model::billing::BillingMode;
use crossconnect_core::model::connection::{self, Connection};
use crossconnect_core::model::device::Light;
use crossconnect_core::model::hosted_connection::{HostedConnection, Phase, Seen};
use crossconnect_core::model::interconnect::Kind;
use crossconnect_core::model::virtual_interface::{Parent, VirtualInterface};
use crossconnect_core::{Context, Duration, Key, Record, State, Steps, Timestamp, Tx, invariants, run};
use std::sync::Arc;

const START: Timestamp = Timestamp::MANUAL_START;
/// Ordered at the start, the interconnect is in service after four seconds, and what it carries two seconds later.
const SERVES: Timestamp = Timestamp(START.0 + 4_000);
const CARRIES: Timestamp = Timestamp(START.0 + 6_000);
const NOW: Timestamp = Timestamp(START.0 + 20_000);

fn account(text: &str) -> AccountId {
    AccountId::new(text).expect("twelve digits")
}

fn region(text: &str) -> Region {
    Region::new(text).expect("a short name")
}

fn decide<T>(state: &mut State, at: Timestamp, who: &str, decision: impl FnOnce(&mut Tx<'_>) -> T) -> T {
    let mut drawn = u8::try_from(state.records().count()).expect("a few records");
    let mut random = |bytes: &mut [u8]| {
        drawn += 1;
        bytes.fill(drawn);
    };
    let context = Context { account: account(who), region: region("us-east-1"), system_time: at };
    let mut tx = Tx::new(state, context, &mut random);
    let result = decision(&mut tx);
    let after = tx.finish().expect("it writes").1;
    *state = after;
    result
}

fn call(state: &mut State, at: Timestamp, who: &str, request: &Request) -> Response {
    decide(state, at, who, |tx| run(tx, request)).expect("a call that keeps the rules")
}

/// An interconnect with two hosted connections, both in service, and a virtual interface on the first.
fn good() -> State {
    const PARTNER: &str = "555555555555";
    const CUSTOMER: &str = "111122223333";
    let mut state = State::default();
    let (id, partner) = (PARTNER.to_owned(), Some(PartnerKind::V2));
    let partner = control::Request::Registry(control::registry::Change::PutAccount { id, partner, name: None });
    decide(&mut state, START, PARTNER, |tx| control::run(tx, &partner)).expect("an account");
    let order = shapes::CreateInterconnectRequest {
        interconnect_name: "i1".into(),
        bandwidth: "1Gbps".into(),
        location: "EqDC2".into(),
        ..shapes::CreateInterconnectRequest::default()
    };
    call(&mut state, START, PARTNER, &Request::CreateInterconnect(order));
    let on = interconnect_of(&state).id.to_string();
    for vlan in [101, 102] {
        let allocate = shapes::AllocateHostedConnectionRequest {
            connection_id: on.clone(),
            owner_account: CUSTOMER.into(),
            bandwidth: "1Gbps".into(),
            connection_name: "h".into(),
            vlan,
            tags: None,
        };
        let allocate = Request::AllocateHostedConnection(allocate);
        let Response::AllocateHostedConnection(made) = call(&mut state, SERVES, PARTNER, &allocate) else {
            panic!("an answer of its own kind");
        };
        let id = made.connection_id.expect("it has an id");
        let confirm = shapes::ConfirmConnectionRequest { connection_id: id };
        call(&mut state, SERVES, CUSTOMER, &Request::ConfirmConnection(confirm));
    }
    let first = hosted_of(&state).remove(0);
    let order = shapes::CreatePrivateVirtualInterfaceRequest {
        connection_id: first.id.to_string(),
        new_private_virtual_interface: shapes::NewPrivateVirtualInterface {
            virtual_interface_name: "v".into(),
            vlan: first.vlan.into(),
            asn: Some(65_001),
            virtual_gateway_id: Some("vgw-11111111".into()),
            ..shapes::NewPrivateVirtualInterface::default()
        },
    };
    call(&mut state, CARRIES, CUSTOMER, &Request::CreatePrivateVirtualInterface(order));
    state
}

fn interconnect_of(state: &State) -> Connection {
    let found = |record| if let Record::Connection(connection) = record { Some(connection) } else { None };
    Connection::clone(&state.records().find_map(found).expect("an interconnect"))
}

/// In the order of their VLANs.
fn hosted_of(state: &State) -> Vec<HostedConnection> {
    let found = |record| if let Record::HostedConnection(hosted) = record { Some(hosted) } else { None };
    let mut all: Vec<_> = state.records().filter_map(found).map(|hosted| HostedConnection::clone(&hosted)).collect();
    all.sort_by_key(|hosted| hosted.vlan);
    all
}

fn put(state: &mut State, record: Record) {
    state.write(&record.key(), Some(record));
}

fn with_interconnect(change: impl FnOnce(&mut Connection)) -> State {
    let mut state = good();
    let mut interconnect = interconnect_of(&state);
    change(&mut interconnect);
    put(&mut state, Record::Connection(Arc::new(interconnect)));
    state
}

/// The state with the second hosted connection changed.
fn with_hosted(change: impl FnOnce(&mut HostedConnection)) -> State {
    let mut state = good();
    let mut second = hosted_of(&state).remove(1);
    change(&mut second);
    put(&mut state, Record::HostedConnection(Arc::new(second)));
    state
}

#[track_caller]
fn finds(name: &str, state: &State) {
    let found = invariants::check(state, NOW);
    assert!(found.iter().any(|violation| violation.name == name), "{name} is not among {found:?}");
}

#[test]
fn a_good_state_breaks_nothing() {
    let state = good();
    assert_eq!(invariants::check(&state, NOW), []);
    assert_eq!(hosted_of(&state).len(), 2);
}

#[test]
fn what_disagrees_with_its_interconnect_is_found() {
    let agrees = "hosted connections agree with what carries them";
    finds(agrees, &with_hosted(|hosted| hosted.partner = account("444455556666")));
    finds(agrees, &with_hosted(|hosted| hosted.region = region("us-west-1")));
    finds(agrees, &with_interconnect(|interconnect| interconnect.kind = Kind::Dedicated));
    finds(agrees, &with_interconnect(|interconnect| interconnect.phase.set(NOW, connection::Phase::Deleting)));
    let unknown = ConnectionId::parse("dxcon-fzzzzzzz").expect("an id").expect("eight characters");
    finds(agrees, &with_hosted(|hosted| hosted.parent = Parent::Connection(unknown)));
    let faster = HostedBandwidth::ALL[10];
    finds("hosted connections are no faster than a port", &with_hosted(|hosted| hosted.bandwidth = faster));
    finds("VLANs are 1 to 4094", &with_hosted(|hosted| hosted.vlan = 0));
    finds("VLANs are 1 to 4094", &with_hosted(|hosted| hosted.vlan = 4095));
    finds("names have 1 to 255 characters", &with_hosted(|hosted| hosted.name = "".into()));
}

#[test]
fn what_is_there_twice_is_found() {
    finds("a VLAN is hosted once", &with_hosted(|hosted| hosted.vlan = 101));
    let mut both = good();
    let (id, mut hosted) = (interconnect_of(&both).id, hosted_of(&both).remove(1));
    hosted.id = id;
    put(&mut both, Record::HostedConnection(Arc::new(hosted)));
    finds("an id names one connection", &both);
    let mut crowded = good();
    let found = |record| if let Record::VirtualInterface(interface) = record { Some(interface) } else { None };
    let mut interface = VirtualInterface::clone(&crowded.records().find_map(found).expect("an interface"));
    interface.id = crossconnect_core::ids::VirtualInterfaceId::parse("dxvif-fzzzzzzz").expect("an id").expect("eight");
    put(&mut crowded, Record::VirtualInterface(Arc::new(interface)));
    finds("a hosted connection has one interface", &crowded);
}

#[test]
fn an_interface_on_something_else_than_its_hosted_connection_is_found() {
    let agrees = "interfaces agree with what they sit on";
    let mut moved = good();
    let mut first = hosted_of(&moved).remove(0);
    first.vlan = 103;
    put(&mut moved, Record::HostedConnection(Arc::new(first)));
    finds(agrees, &moved);
    let mut left = good();
    let first = hosted_of(&left).remove(0).id;
    left.write(&Key::HostedConnection(first), None);
    finds(agrees, &left);
}

#[test]
fn time_that_cannot_be_is_found() {
    finds("states follow the reference", &with_hosted(|hosted| hosted.phase.push(NOW, Phase::Ordering)));
    finds("plans come to rest", &with_hosted(|hosted| hosted.phase.push(NOW, Phase::Deleting)));
    let unborn = |hosted: &mut HostedConnection| hosted.shown = Steps::new(START, Seen::Ordering);
    finds("history begins with the record", &with_hosted(unborn));
    let dark = |interconnect: &mut Connection| interconnect.light.set(NOW, Light::Dark);
    let mut unaware = with_interconnect(dark);
    let mut hosted = hosted_of(&unaware).remove(1);
    // It goes on showing what it did before its interconnect counted.
    hosted.derived_since = NOW + Duration::from_seconds(5);
    hosted.shown.push(SERVES, Seen::Pending);
    hosted.shown.push(CARRIES, Seen::Available);
    hosted.phase = Steps::new(CARRIES, Phase::Provisioned);
    put(&mut unaware, Record::HostedConnection(Arc::new(hosted)));
    finds("what carries an available connection is up", &unaware);
}

#[test]
fn an_interconnect_at_a_flat_rate_is_found() {
    let flat = |interconnect: &mut Connection| {
        (interconnect.bandwidth, interconnect.billing) = (Bandwidth::Gbps10, BillingMode::FlatRateTier1);
    };
    finds("interconnects are paid as they go", &with_interconnect(flat));
}
