//! The invariants over virtual interfaces notice what they are there for: a good state is broken in one place, and the
//! rule that says so is found.

use crossconnect_api::{Request, shapes};
use crossconnect_core::ids::{AccountId, Region, Uuid};
use crossconnect_core::model::connection::{self, Connection};
use crossconnect_core::model::gateway::{DirectConnectGateway, GatewayPhase};
use crossconnect_core::model::virtual_interface::{Change, Gateway, Kind, Phase, Seen, VirtualInterface};
use crossconnect_core::prefix::{Interface, Prefix};
use crossconnect_core::settings::{Quota, Settings};
use crossconnect_core::{Context, Duration, Record, State, Steps, Tags, Timestamp, Tx, invariants, run};
use std::sync::Arc;

/// A connection is ordered at the start and in service four seconds later.
const MADE: Timestamp = Timestamp(Timestamp::MANUAL_START.0 + 4_000);
const NOW: Timestamp = Timestamp(Timestamp::MANUAL_START.0 + 10_000);

fn call(state: &mut State, drawn: &mut u8, at: Timestamp, request: &Request) {
    let account = AccountId::new("111122223333").expect("twelve digits");
    let region = Region::new("us-east-1").expect("a short name");
    let context = Context { account, region, system_time: at };
    let mut random = |bytes: &mut [u8]| {
        *drawn += 1;
        bytes.fill(*drawn);
    };
    let mut tx = Tx::new(state, context, &mut random);
    run(&mut tx, request).expect("a call that keeps the rules");
    let after = tx.finish().expect("a call that writes").1;
    *state = after;
}

/// Two private interfaces on one connection, up for some seconds.
fn good() -> State {
    let (mut state, mut drawn) = (State::default(), 0);
    let order = shapes::CreateConnectionRequest {
        location: "EqDC2".into(),
        bandwidth: "1Gbps".into(),
        connection_name: "c1".into(),
        ..shapes::CreateConnectionRequest::default()
    };
    call(&mut state, &mut drawn, Timestamp::MANUAL_START, &Request::CreateConnection(order));
    let connection_id = connection_of(&state).id.to_string();
    for vlan in [101, 102] {
        let order = shapes::CreatePrivateVirtualInterfaceRequest {
            connection_id: connection_id.clone(),
            new_private_virtual_interface: shapes::NewPrivateVirtualInterface {
                virtual_interface_name: "v".into(),
                vlan,
                asn: Some(65_001),
                virtual_gateway_id: Some("vgw-11111111".into()),
                rate_limit: Some("50Mbps".into()),
                ..shapes::NewPrivateVirtualInterface::default()
            },
        };
        call(&mut state, &mut drawn, MADE, &Request::CreatePrivateVirtualInterface(order));
    }
    state
}

fn connection_of(state: &State) -> Connection {
    let found = |record| if let Record::Connection(connection) = record { Some(connection) } else { None };
    Connection::clone(&state.records().find_map(found).expect("a connection"))
}

fn with_connection(change: impl FnOnce(&mut Connection)) -> State {
    let mut state = good();
    let mut connection = connection_of(&state);
    change(&mut connection);
    let record = Record::Connection(Arc::new(connection));
    state.write(&record.key(), Some(record));
    state
}

/// The state with the second interface changed; the first one is there to compare with.
fn with_interface(change: impl FnOnce(&mut VirtualInterface, &VirtualInterface)) -> State {
    let mut state = good();
    let found = |record| if let Record::VirtualInterface(interface) = record { Some(interface) } else { None };
    let interfaces: Vec<_> = state.records().filter_map(found).collect();
    let mut second = VirtualInterface::clone(&interfaces[1]);
    change(&mut second, &interfaces[0]);
    let record = Record::VirtualInterface(Arc::new(second));
    state.write(&record.key(), Some(record));
    state
}

fn with_quota(quota: Quota, value: u32) -> State {
    let mut state = good();
    let mut settings = Settings::clone(state.settings());
    settings.quotas.set(quota, value);
    let record = Record::Settings(Arc::new(settings));
    state.write(&record.key(), Some(record));
    state
}

#[track_caller]
fn finds(state: &State, name: &str) {
    let found = invariants::check(state, NOW);
    assert!(found.iter().any(|violation| violation.name == name), "{name}: {found:?}");
}

#[test]
fn a_good_state_breaks_nothing() {
    assert_eq!(invariants::check(&good(), NOW), []);
}

#[test]
fn what_is_taken_of_a_port_twice_is_found() {
    finds(&with_interface(|second, first| second.vlan = first.vlan), "a VLAN is used once on a port");
    let same = |second: &mut VirtualInterface, first: &VirtualInterface| {
        second.peers[0].customer_address = first.peers[0].amazon_address;
    };
    finds(&with_interface(same), "an address is used once on a port");
}

#[test]
fn what_is_too_much_for_a_port_or_a_gateway_is_found() {
    let name = "ports hold no more than their quotas";
    finds(&with_quota(Quota::InterfacesPerConnection, 1), name);
    finds(&with_quota(Quota::PrivateAndPublicInterfacesPerConnection, 1), name);
    finds(&with_quota(Quota::RateLimitersPerConnection, 1), name);
    finds(&with_interface(|second, _| second.prefixes_ipv6 = 4901), "prefix pools are not overdrawn");
    finds(&with_interface(|second, _| second.rate_limit = Some(2000)), "rate limits are no faster than their port");
    let led = with_interface(|second, _| {
        second.gateway = Gateway::DirectConnect(Uuid::parse("5f294f92-bafb-4011-916d-9b0bec297c50").expect("a UUID"));
    });
    finds(&led, "interfaces lead to gateways that exist");
    finds(&led, "interfaces lead to gateways of their owner");
}

/// The state with both interfaces leading to a gateway of the same owner.
fn with_gateway(change: impl Fn(usize, &mut VirtualInterface)) -> State {
    let mut state = good();
    let id = Uuid::parse("5f294f92-bafb-4011-916d-9b0bec297c50").expect("a UUID");
    let owner = AccountId::new("111122223333").expect("twelve digits");
    let gateway = DirectConnectGateway {
        id,
        owner,
        name: "w1".into(),
        amazon_side_asn: 64_512,
        tags: Tags::default(),
        created: MADE,
        phase: Steps::new(MADE, GatewayPhase::Available),
        state_change_error: None,
    };
    let mut records = vec![Record::Gateway(Arc::new(gateway))];
    let found = |record| if let Record::VirtualInterface(interface) = record { Some(interface) } else { None };
    for (place, interface) in state.records().filter_map(found).enumerate() {
        let mut changed = VirtualInterface::clone(&interface);
        changed.gateway = Gateway::DirectConnect(id);
        change(place, &mut changed);
        records.push(Record::VirtualInterface(Arc::new(changed)));
    }
    records.into_iter().for_each(|record| state.write(&record.key(), Some(record)));
    state
}

#[test]
fn what_a_gateway_may_not_have_is_found() {
    let alike = with_gateway(|_, _| {});
    assert_eq!(invariants::check(&alike, NOW), []);
    let mixed = with_gateway(|place, interface| interface.kind = [Kind::Private, Kind::Transit][place]);
    finds(&mixed, "a gateway has interfaces of one kind");
    finds(&with_gateway(|_, interface| interface.kind = Kind::Public), "no public interface is attached");
    let mut many = alike;
    let mut settings = Settings::clone(many.settings());
    settings.quotas.set(Quota::InterfacesPerGateway, 1);
    let record = Record::Settings(Arc::new(settings));
    many.write(&record.key(), Some(record));
    finds(&many, "gateways have no more interfaces than their quota");
}

#[test]
fn an_address_of_two_public_interfaces_is_found() {
    let both = with_gateway(|_, interface| {
        (interface.kind, interface.gateway) = (Kind::Public, Gateway::None);
        interface.peers[0].amazon_address = Interface::parse("175.45.176.1/30").expect("an address");
    });
    finds(&both, "a public address is used once");
}

#[test]
fn an_interface_that_is_available_without_a_session_is_found() {
    let unaware = with_interface(|second, _| {
        // It goes on showing what it did before its sessions counted.
        second.derived_since = NOW + Duration::from_seconds(5);
        second.shown.push(MADE + Duration::from_seconds(2), Seen::Available);
        second.phase = Steps::new(MADE + Duration::from_seconds(2), Phase::Provisioned);
        second.peers[0].far_end.set(NOW, false);
    });
    finds(&unaware, "an available interface has a session");
}

#[test]
fn what_a_type_may_not_have_is_found() {
    let filters = "public interfaces alone have filters";
    finds(&with_interface(|second, _| second.kind = Kind::Public), filters);
    finds(&with_interface(|second, _| second.kind = Kind::Public), "interfaces lead where their type may");
    finds(&with_interface(|second, _| second.kind = Kind::Transit), "interfaces lead where their type may");
    let filter = Prefix::parse("192.0.2.0/24").expect("a prefix");
    finds(&with_interface(|second, _| second.route_filters.push(filter)), filters);
    finds(&with_interface(|second, _| second.mtu = 9000), "MTUs are those of the type");
    finds(&with_interface(|second, _| second.site_link = true), "SiteLink runs over Direct Connect gateways");
    finds(&with_interface(|second, _| second.vlan = 4095), "interfaces have a name and a VLAN");
    finds(&with_interface(|second, _| second.name = "n".repeat(101).into()), "interfaces have a name and a VLAN");
}

#[test]
fn what_disagrees_with_its_port_is_found() {
    let name = "interfaces agree with what they sit on";
    let stranger = AccountId::new("444455556666").expect("twelve digits");
    finds(&with_interface(|second, _| second.parent_owner = stranger), name);
    finds(&with_interface(|second, _| second.region = Region::new("us-west-1").expect("a short name")), name);
    let gone = |connection: &mut Connection| {
        connection.phase.push(NOW, connection::Phase::Deleting);
        connection.phase.push(NOW, connection::Phase::Deleted);
    };
    finds(&with_connection(gone), name);
}

#[test]
fn time_that_cannot_be_is_found() {
    let back = |second: &mut VirtualInterface, _: &VirtualInterface| second.phase.push(NOW, Phase::Confirming);
    finds(&with_interface(back), "states follow the reference");
    let endless = |second: &mut VirtualInterface, _: &VirtualInterface| second.change.push(NOW, Change::Update);
    finds(&with_interface(endless), "plans come to rest");
    let early = MADE - Duration::from_seconds(1);
    let unborn = |second: &mut VirtualInterface, _: &VirtualInterface| {
        second.shown = Steps::new(early, second.shown.first().1);
    };
    finds(&with_interface(unborn), "history begins with the record");
    let left = |second: &mut VirtualInterface, _: &VirtualInterface| {
        second.phase.push(NOW, Phase::Deleting);
        second.phase.push(NOW, Phase::Deleted);
    };
    finds(&with_interface(left), "peers end with their interface");
}
