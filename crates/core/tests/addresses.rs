//! The addresses and keys that sessions are assigned, by what is drawn for them.

use crossconnect_api::{Request, Response, shapes};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::settings::{Ipv4Blocks, Settings};
use crossconnect_core::{Context, Record, State, Timestamp, Tx, run};
use std::sync::Arc;

/// A connection is ordered at the start and in service four seconds later.
const MADE: Timestamp = Timestamp(Timestamp::MANUAL_START.0 + 4_000);

/// One call, for which the number of a block is drawn.
fn call(state: &mut State, at: Timestamp, number: u64, request: &Request) -> Response {
    let account = AccountId::new("111122223333").expect("twelve digits");
    let context = Context { account, region: Region::new("us-east-1").expect("a short name"), system_time: at };
    // What is drawn differs each time, for ids to differ, and all of it stands for one block.
    let mut drawn = state.records().count() as u64;
    let mut random = |bytes: &mut [u8]| {
        drawn += 1;
        match <&mut [u8; 8]>::try_from(&mut *bytes) {
            Ok(block) => *block = number.wrapping_add(drawn << 61).to_le_bytes(),
            // A key is of more bytes.
            Err(_) => bytes.iter_mut().zip(0_u8..).for_each(|(byte, at)| *byte = at.wrapping_mul(23)),
        }
    };
    let mut tx = Tx::new(state, context, &mut random);
    let answer = run(&mut tx, request).expect("a call that keeps the rules");
    *state = tx.finish().expect("a call that writes").1;
    answer
}

/// A connection in service: its id.
fn connection(blocks: Ipv4Blocks) -> (State, String) {
    let mut state = State::default();
    let record = Record::Settings(Arc::new(Settings { ipv4_blocks: blocks, ..Settings::clone(state.settings()) }));
    state.write(&record.key(), Some(record));
    let order = Request::CreateConnection(shapes::CreateConnectionRequest {
        location: "EqDC2".into(),
        bandwidth: "1Gbps".into(),
        connection_name: "c1".into(),
        ..shapes::CreateConnectionRequest::default()
    });
    let answer = call(&mut state, Timestamp::MANUAL_START, 0, &order);
    let Response::CreateConnection(made) = answer else { panic!("it answers {answer:?}") };
    (state, made.connection_id.expect("it has an id"))
}

/// A new interface on the connection.
fn interface(
    state: &mut State,
    connection: &str,
    vlan: i32,
    family: shapes::AddressFamily,
    number: u64,
) -> shapes::VirtualInterface {
    let order = Request::CreatePrivateVirtualInterface(shapes::CreatePrivateVirtualInterfaceRequest {
        connection_id: connection.to_owned(),
        new_private_virtual_interface: shapes::NewPrivateVirtualInterface {
            virtual_interface_name: "v".into(),
            vlan,
            asn: Some(65_001),
            virtual_gateway_id: Some("vgw-11111111".into()),
            address_family: Some(family),
            ..shapes::NewPrivateVirtualInterface::default()
        },
    });
    let answer = call(state, MADE, number, &order);
    let Response::CreatePrivateVirtualInterface(made) = answer else { panic!("it answers {answer:?}") };
    made
}

/// The ends of its session.
fn assigned(
    state: &mut State,
    connection: &str,
    vlan: i32,
    family: shapes::AddressFamily,
    number: u64,
) -> [Option<String>; 2] {
    let made = interface(state, connection, vlan, family, number);
    [made.amazon_address, made.customer_address]
}

fn ends(amazon: &str, customer: &str) -> [Option<String>; 2] {
    [Some(amazon.to_owned()), Some(customer.to_owned())]
}

#[test]
fn a_block_is_the_one_of_its_number_or_the_next_that_is_free() {
    use shapes::AddressFamily::{Ipv4, Ipv6};
    const V6_LAST: u64 = (1 << 61) - 1;
    for (blocks, family, number, amazon, customer) in [
        (Ipv4Blocks::OfEight, Ipv4, 0, "169.254.0.1/29", "169.254.0.6/29"),
        (Ipv4Blocks::OfEight, Ipv4, 1, "169.254.0.9/29", "169.254.0.14/29"),
        (Ipv4Blocks::OfEight, Ipv4, 8191, "169.254.255.249/29", "169.254.255.254/29"),
        (Ipv4Blocks::OfEight, Ipv4, 8193, "169.254.0.9/29", "169.254.0.14/29"),
        (Ipv4Blocks::OfFour, Ipv4, 1, "169.254.0.5/30", "169.254.0.6/30"),
        (Ipv4Blocks::OfFour, Ipv4, 16_383, "169.254.255.253/30", "169.254.255.254/30"),
        (Ipv4Blocks::OfFour, Ipv4, 16_385, "169.254.0.5/30", "169.254.0.6/30"),
        (Ipv4Blocks::OfEight, Ipv6, 0, "fd00:ec2:dc::1/125", "fd00:ec2:dc::6/125"),
        (Ipv4Blocks::OfFour, Ipv6, 1, "fd00:ec2:dc::9/125", "fd00:ec2:dc::e/125"),
        (
            Ipv4Blocks::OfEight,
            Ipv6,
            V6_LAST,
            "fd00:ec2:dc:0:ffff:ffff:ffff:fff9/125",
            "fd00:ec2:dc:0:ffff:ffff:ffff:fffe/125",
        ),
        (Ipv4Blocks::OfEight, Ipv6, V6_LAST + 2, "fd00:ec2:dc::9/125", "fd00:ec2:dc::e/125"),
    ] {
        let (mut state, id) = connection(blocks);
        assert_eq!(assigned(&mut state, &id, 101, family, number), ends(amazon, customer), "{number}");
    }
    // One that is taken on the connection is passed over.
    let (mut state, id) = connection(Ipv4Blocks::OfEight);
    for (vlan, family, number, amazon, customer) in [
        (101, Ipv4, 0, "169.254.0.1/29", "169.254.0.6/29"),
        (102, Ipv4, 0, "169.254.0.9/29", "169.254.0.14/29"),
        (103, Ipv4, u64::MAX, "169.254.255.249/29", "169.254.255.254/29"),
        (104, Ipv4, u64::MAX, "169.254.0.17/29", "169.254.0.22/29"),
        (105, Ipv6, 0, "fd00:ec2:dc::1/125", "fd00:ec2:dc::6/125"),
        (106, Ipv6, 0, "fd00:ec2:dc::9/125", "fd00:ec2:dc::e/125"),
    ] {
        assert_eq!(assigned(&mut state, &id, vlan, family, number), ends(amazon, customer), "{vlan}");
    }
    let (mut other, id) = connection(Ipv4Blocks::OfEight);
    let same = assigned(&mut other, &id, 101, Ipv4, 0);
    assert_eq!(same, ends("169.254.0.1/29", "169.254.0.6/29"), "each port has all of them");
}

#[test]
fn a_key_is_of_22_characters_each_drawn_from_64() {
    let (mut state, id) = connection(Ipv4Blocks::OfEight);
    let made = interface(&mut state, &id, 101, shapes::AddressFamily::Ipv4, 0);
    assert_eq!(made.auth_key.as_deref(), Some("0xAXuFczKh4Pm9UrCZwHe1Mj"));
}
