//! What letters of authorization say: the same page as is made of the facts that are expected.

use crossconnect_api::{Request, Response, shapes};
use crossconnect_core::ids::{AccountId, ConnectionId, Region};
use crossconnect_core::model::connection::{Connection, Port};
use crossconnect_core::{Context, State, Timestamp, Tx, run};
use crossconnect_papers::Moment;
use crossconnect_papers::loa::{self, Letter};

const START: Timestamp = Timestamp::MANUAL_START;
/// When ports have been assigned.
const ASSIGNED: Timestamp = Timestamp(START.0 + 10_000);

/// Does something in a state, which is changed by it.
fn within<T>(state: &mut State, system_time: Timestamp, act: impl FnOnce(&mut Tx<'_>) -> T) -> T {
    let account = AccountId::new("111122223333").expect("twelve digits");
    let region = Region::new("us-east-1").expect("a short name");
    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    let mut tx = Tx::new(state, Context { account, region, system_time }, &mut random);
    let outcome = act(&mut tx);
    if let Some((_, after)) = tx.finish() {
        *state = after;
    }
    outcome
}

/// A connection of this speed in a plant where it got this port: its id, and its device.
fn ordered(bandwidth: &str, port: Port) -> (State, String, String) {
    let mut state = State::default();
    let order = Request::CreateConnection(shapes::CreateConnectionRequest {
        location: "EqDC2".into(),
        bandwidth: bandwidth.into(),
        connection_name: "c1".into(),
        provider_name: Some("Equinix, Inc.".into()),
        ..shapes::CreateConnectionRequest::default()
    });
    let answer = within(&mut state, START, |tx| run(tx, &order)).expect("an order that keeps the rules");
    let Response::CreateConnection(connection) = answer else { panic!("it answers {answer:?}") };
    let id = connection.connection_id.expect("it has an id");
    let known = ConnectionId::parse(&id).ok().flatten().expect("a good id");
    let device = within(&mut state, START, |tx| {
        let found = tx.connection(known).expect("it was ordered");
        let moved = Connection { port, ..Connection::clone(&found) };
        tx.put_connection(moved.clone());
        moved.device().to_string()
    });
    (state, id, device)
}

fn letter(state: &mut State, id: &str, provider: Option<&str>) -> Vec<u8> {
    let request = Request::DescribeLoa(shapes::DescribeLoaRequest {
        connection_id: id.to_owned(),
        provider_name: provider.map(str::to_owned),
        ..shapes::DescribeLoaRequest::default()
    });
    let answer = within(state, ASSIGNED, |tx| run(tx, &request)).expect("there is a letter");
    let Response::DescribeLoa(loa) = answer else { panic!("it answers {answer:?}") };
    loa.loa_content.expect("it has a page")
}

#[test]
fn a_letter_says_whose_port_it_is_where_it_is_patched_and_for_how_long() {
    for (bandwidth, speed, optics, port, rack, panel, strands) in [
        ("1Gbps", "1 Gbps", "1000BASE-LX, 1310 nm", (1, 0), "R2", "A1", "1 and 2"),
        ("10Gbps", "10 Gbps", "10GBASE-LR, 1310 nm", (2, 23), "R3", "B1", "47 and 48"),
        ("100Gbps", "100 Gbps", "100GBASE-LR4", (2, 24), "R3", "C2", "1 and 2"),
        ("400Gbps", "400 Gbps", "400GBASE-LR4", (4, 50), "R5", "D3", "5 and 6"),
    ] {
        let (mut state, id, device) = ordered(bandwidth, Port { device: port.0, number: port.1 });
        let issued = Moment { year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 10 };
        let mut expected = Letter {
            account: "111122223333".to_owned(),
            provider: Some("Equinix, Inc.".to_owned()),
            kind: "Connection",
            id: id.clone(),
            name: "c1".to_owned(),
            location: "Equinix DC2/DC11, Ashburn, VA".to_owned(),
            location_code: "EqDC2".to_owned(),
            region: "us-east-1".to_owned(),
            speed,
            optics,
            ports: vec![loa::Port {
                connection: id.clone(),
                device,
                rack: rack.to_owned(),
                panel: panel.to_owned(),
                strands: strands.to_owned(),
            }],
            issued,
            expires: Moment { month: 4, ..issued },
        };
        assert!(letter(&mut state, &id, None) == loa::pdf(&expected), "{bandwidth}: another letter");
        expected.provider = Some("Somebody".to_owned());
        assert!(letter(&mut state, &id, Some("Somebody")) == loa::pdf(&expected), "{bandwidth}: another provider");
    }
}
