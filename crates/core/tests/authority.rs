//! What policies are asked about calls.

use crossconnect_api::schema::{Kind, Structure};
use crossconnect_api::{Operation, Request, Response, shapes};
use crossconnect_core::authority::{Asked, asked};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::{Context, State, Timestamp, Tx, control, facts, run};
use std::collections::BTreeSet;

fn context() -> Context {
    let account = AccountId::new("111122223333").expect("these are twelve digits");
    let region = Region::new("us-east-1").expect("this is a Region");
    Context { account, region, system_time: Timestamp(0) }
}

fn tag(key: &str, value: &str) -> shapes::Tag {
    shapes::Tag { key: key.to_owned(), value: Some(value.to_owned()) }
}

fn asked_about(state: &State, request: &Request) -> Asked {
    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    asked(&mut Tx::rehearsal(state, context(), &mut random), request)
}

fn questions(state: &State, request: &Request) -> Vec<(Operation, String)> {
    let asked = asked_about(state, request).questions;
    asked.into_iter().map(|question| (question.operation, question.resource)).collect()
}

fn arn(rest: &str) -> String {
    format!("arn:aws:directconnect:us-east-1:111122223333:{rest}")
}

/// Whether an input has tags, at the top or further down.
fn takes_tags(structure: &crossconnect_api::schema::Structure) -> bool {
    format!("{structure:?}").contains("\"tags\"")
}

#[test]
fn who_creates_with_tags_says_what() {
    for &operation in Operation::ALL {
        let creates = facts(operation).creates;
        let takes = operation.input().is_some_and(takes_tags) && operation != Operation::TagResource;
        assert_eq!(creates.is_some(), takes, "{operation}");
    }
}

/// What no record shows wherever it stands [guide], and a CAK, which is a secret.
const NEVER_SHOWN: [&str; 7] =
    ["asn", "asnLong", "authKey", "amazonAddress", "customerAddress", "customerRouterConfig", "cak"];

/// The names of all members, also of those further down.
fn names(structure: &'static Structure, found: &mut BTreeSet<&'static str>) {
    for member in structure.members {
        found.insert(member.name);
        let mut kind = member.shape.kind;
        while let Kind::List(element) = kind {
            kind = element.kind;
        }
        if let Kind::Structure(inner) = kind {
            names(inner, found);
        }
    }
}

#[test]
fn what_is_never_shown_is_redacted_wherever_it_stands() {
    for &operation in Operation::ALL {
        let mut found = BTreeSet::new();
        for structure in operation.input().into_iter().chain(operation.output()) {
            names(structure, &mut found);
        }
        found.retain(|name| NEVER_SHOWN.contains(name));
        assert_eq!(facts(operation).redacted.iter().copied().collect::<BTreeSet<_>>(), found, "{operation}");
    }
}

#[test]
fn every_member_that_facts_name_is_there() {
    for &operation in Operation::ALL {
        for resource in facts(operation).resources {
            let members = operation.input().expect("it has an input").members;
            assert!(members.iter().any(|member| member.name == resource.member), "{operation} {}", resource.member);
        }
    }
}

#[test]
fn resources_are_those_that_the_input_names() {
    let state = State::default();
    let associate = Request::AssociateConnectionWithLag(shapes::AssociateConnectionWithLagRequest {
        connection_id: "dxcon-ffabc123".to_owned(),
        lag_id: "dxlag-ffabc123".to_owned(),
    });
    let operation = Operation::AssociateConnectionWithLag;
    let expected = [(operation, arn("dxcon/dxcon-ffabc123")), (operation, arn("dxlag/dxlag-ffabc123"))];
    assert_eq!(questions(&state, &associate), expected);

    let list = Request::DescribeConnections(shapes::DescribeConnectionsRequest::default());
    assert_eq!(questions(&state, &list), [(Operation::DescribeConnections, arn("dxcon/*"))]);

    let locations = Request::DescribeLocations(crossconnect_api::Unit);
    assert_eq!(questions(&state, &locations), [(Operation::DescribeLocations, "*".to_owned())]);

    let gateway = Request::DeleteDirectConnectGateway(shapes::DeleteDirectConnectGatewayRequest {
        direct_connect_gateway_id: "5f294f92-bafb-4011-916d-9b0bdb9a3d29".to_owned(),
    });
    let expected = "arn:aws:directconnect::111122223333:dx-gateway/5f294f92-bafb-4011-916d-9b0bdb9a3d29";
    assert_eq!(questions(&state, &gateway), [(Operation::DeleteDirectConnectGateway, expected.to_owned())]);

    let interface = Request::CreateBGPPeer(shapes::CreateBGPPeerRequest {
        virtual_interface_id: Some("dxvif-ffabc123".to_owned()),
        new_bgp_peer: None,
    });
    assert_eq!(questions(&state, &interface), [(Operation::CreateBGPPeer, arn("dxvif/dxvif-ffabc123"))]);

    let on_lag = Request::DescribeVirtualInterfaces(shapes::DescribeVirtualInterfacesRequest {
        connection_id: Some("dxlag-ffabc123".to_owned()),
        ..Default::default()
    });
    assert_eq!(questions(&state, &on_lag), [(Operation::DescribeVirtualInterfaces, arn("dxlag/dxlag-ffabc123"))]);

    let untag = Request::UntagResource(shapes::UntagResourceRequest {
        resource_arn: "arn:aws:directconnect:us-east-1::dxvif/dxvif-ffabc123".to_owned(),
        tag_keys: vec!["team".to_owned(), "stage".to_owned()],
    });
    let asked = asked_about(&state, &untag);
    assert_eq!(asked.questions[0].resource, arn("dxvif/dxvif-ffabc123"));
    assert_eq!(asked.tags, [("team".to_owned(), None), ("stage".to_owned(), None)]);
}

#[test]
fn every_spelling_of_a_name_is_the_same_resource() {
    let state = State::default();
    let upper = "5F294F92-BAFB-4011-916D-9B0BDB9A3D29".to_owned();
    let lower = format!("arn:aws:directconnect::111122223333:dx-gateway/{}", upper.to_lowercase());
    let delete = Request::DeleteDirectConnectGateway(shapes::DeleteDirectConnectGatewayRequest {
        direct_connect_gateway_id: upper.clone(),
    });
    assert_eq!(questions(&state, &delete)[0].1, lower);
    for spelled in [
        format!("arn:aws-cn:directconnect::111122223333:dx-gateway/{upper}"),
        format!("arn:aws:directconnect:::dx-gateway/{upper}"),
    ] {
        let tag = shapes::TagResourceRequest { resource_arn: spelled, tags: vec![tag("team", "net")] };
        assert_eq!(questions(&state, &Request::TagResource(tag))[0].1, lower);
    }
}

#[test]
fn an_association_stands_for_its_gateway() {
    let mut state = State::default();
    let mut call = |request: Request| {
        let mut number = 0_u8;
        let mut random = |bytes: &mut [u8]| {
            number += 1;
            bytes.fill(number);
        };
        let mut tx = Tx::new(&state, context(), &mut random);
        let answer = run(&mut tx, &request).expect("it is a good call");
        state = tx.finish().expect("it writes").1;
        answer
    };
    let made = call(Request::CreateDirectConnectGateway(shapes::CreateDirectConnectGatewayRequest {
        direct_connect_gateway_name: "w1".to_owned(),
        ..Default::default()
    }));
    let Response::CreateDirectConnectGateway(made) = made else { panic!("{made:?}") };
    let gateway = made.direct_connect_gateway.and_then(|gateway| gateway.direct_connect_gateway_id);
    let gateway = gateway.expect("it has an id");
    let made =
        call(Request::CreateDirectConnectGatewayAssociation(shapes::CreateDirectConnectGatewayAssociationRequest {
            direct_connect_gateway_id: gateway.clone(),
            gateway_id: Some("vgw-11111111".to_owned()),
            ..Default::default()
        }));
    let Response::CreateDirectConnectGatewayAssociation(made) = made else { panic!("{made:?}") };
    let association = made.direct_connect_gateway_association.and_then(|made| made.association_id);
    let update = |association_id: Option<String>| {
        Request::UpdateDirectConnectGatewayAssociation(shapes::UpdateDirectConnectGatewayAssociationRequest {
            association_id,
            ..Default::default()
        })
    };
    let expected = format!("arn:aws:directconnect::111122223333:dx-gateway/{gateway}");
    assert_eq!(questions(&state, &update(association.clone()))[0].1, expected);
    let delete =
        shapes::DeleteDirectConnectGatewayAssociationRequest { association_id: association, ..Default::default() };
    assert_eq!(questions(&state, &Request::DeleteDirectConnectGatewayAssociation(delete))[0].1, expected);
    let unknown = update(Some("5f294f92-bafb-4011-916d-9b0bdb9a3d29".to_owned()));
    assert_eq!(questions(&state, &unknown)[0].1, "arn:aws:directconnect::111122223333:dx-gateway/*");
}

#[test]
fn tags_are_those_of_the_request_and_of_the_resource() {
    let state = State::default();
    let order = shapes::CreateConnectionRequest {
        location: "EqDC2".to_owned(),
        bandwidth: "1Gbps".to_owned(),
        connection_name: "c1".to_owned(),
        tags: Some(vec![tag("team", "net"), tag("stage", "")]),
        ..Default::default()
    };
    let create = Request::CreateConnection(order);
    let asked = asked_about(&state, &create);
    let expected = [(Operation::CreateConnection, "*".to_owned()), (Operation::TagResource, arn("dxcon/*"))];
    let about = |asked: &Asked| -> Vec<_> {
        asked.questions.iter().map(|question| (question.operation, question.resource.clone())).collect()
    };
    assert_eq!(about(&asked), expected);
    let tags = [("team".to_owned(), Some("net".to_owned())), ("stage".to_owned(), Some(String::new()))];
    assert_eq!(asked.tags, tags);

    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    let mut tx = Tx::new(&state, context(), &mut random);
    let made = run(&mut tx, &create).expect("the order is a good one");
    let Response::CreateConnection(made) = made else { panic!("{made:?}") };
    let (_, state) = tx.finish().expect("it writes");
    let id = made.connection_id.expect("it has an id");
    let delete = Request::DeleteConnection(shapes::DeleteConnectionRequest { connection_id: id.clone() });
    let asked = asked_about(&state, &delete);
    assert_eq!(about(&asked), [(Operation::DeleteConnection, arn(&format!("dxcon/{id}")))]);
    let tags: Vec<_> = asked.questions[0].tags.iter().map(|tag| (&*tag.key, &*tag.value)).collect();
    assert_eq!(tags, [("team", "net"), ("stage", "")]);
    // Another account's tags are nobody else's.
    let other = AccountId::new("444455556666").expect("these are twelve digits");
    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    let mut tx = Tx::rehearsal(&state, Context { account: other, ..context() }, &mut random);
    let asked = crossconnect_core::authority::asked(&mut tx, &delete);
    assert_eq!(asked.questions[0].tags.iter().len(), 0);
}

#[test]
fn another_accounts_resource_is_named_by_its_owner_for_who_is_a_party() {
    let (mut state, mut number) = (State::default(), 0_u8);
    let of = |text: &str| Context { account: AccountId::new(text).expect("twelve digits"), ..context() };
    let (partner, customer, stranger) = (of("555555555555"), context(), of("444455556666"));
    let mut decide = |context: Context, decision: &dyn Fn(&mut Tx<'_>)| {
        let mut random = |bytes: &mut [u8]| {
            number += 1;
            bytes.fill(number);
        };
        let mut tx = Tx::new(&state, context, &mut random);
        decision(&mut tx);
        state = tx.finish().expect("it writes").1;
    };
    decide(partner, &|tx| {
        let kind = Some(crossconnect_core::model::account::PartnerKind::V2);
        let id = "555555555555".to_owned();
        let account = control::registry::Change::PutAccount { id, partner: kind, name: None };
        control::run(tx, &control::Request::Registry(account)).expect("an account");
        let order = shapes::CreateInterconnectRequest {
            interconnect_name: "i1".to_owned(),
            bandwidth: "10Gbps".to_owned(),
            location: "EqDC2".to_owned(),
            ..Default::default()
        };
        let made = run(tx, &Request::CreateInterconnect(order)).expect("a good order");
        let Response::CreateInterconnect(made) = made else { panic!("{made:?}") };
        let allocate = shapes::AllocateHostedConnectionRequest {
            connection_id: made.interconnect_id.expect("it has an id"),
            owner_account: "111122223333".to_owned(),
            bandwidth: "1Gbps".to_owned(),
            connection_name: "h1".to_owned(),
            vlan: 101,
            tags: None,
        };
        run(tx, &Request::AllocateHostedConnection(allocate)).expect("a good order");
    });
    let found =
        |record| if let crossconnect_core::Record::HostedConnection(hosted) = record { Some(hosted) } else { None };
    let id = state.records().find_map(found).expect("a hosted connection").id.to_string();
    let delete = Request::DeleteConnection(shapes::DeleteConnectionRequest { connection_id: id.clone() });
    let named = |context: Context| {
        let mut random = |bytes: &mut [u8]| bytes.fill(7);
        asked(&mut Tx::rehearsal(&state, context, &mut random), &delete).questions[0].resource.clone()
    };
    let own = arn(&format!("dxcon/{id}"));
    assert_eq!(named(customer), own);
    assert_eq!(named(partner), own);
    assert_eq!(named(stranger), own.replace("111122223333", "444455556666"));
}
