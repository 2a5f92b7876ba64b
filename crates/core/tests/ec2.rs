//! Gateways of EC2 where an endpoint knows them better: which calls ask it, and what is kept of what it tells.

use crossconnect_api::{Request, Response, Unit, shapes};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::gateway::{Ec2Answer, Ec2Gateway, Target, TargetKind};
use crossconnect_core::{Context, Ec2Question, Key, Record, State, Timestamp, Tx, ec2_question, run};
use std::sync::Arc;

const START: Timestamp = Timestamp::MANUAL_START;
const OWN: &str = "111122223333";
const OTHER: &str = "444455556666";

fn at(seconds: i64) -> Timestamp {
    Timestamp(START.0 + 1000 * seconds)
}

fn context(account: &str, region: &str, system_time: Timestamp) -> Context {
    let account = AccountId::new(account).expect("twelve digits");
    Context { account, region: Region::new(region).expect("a short name"), system_time }
}

/// Decides a call of this account in us-east-1, for which an endpoint was asked.
fn call(state: &mut State, account: &str, now: Timestamp, told: Option<Ec2Answer>, asked: &Request) -> Response {
    try_call(state, account, now, told, asked).expect("a call that keeps the rules")
}

fn try_call(
    state: &mut State,
    account: &str,
    now: Timestamp,
    told: Option<Ec2Answer>,
    asked: &Request,
) -> Result<Response, String> {
    let mut last = 0_u8;
    let mut random = |bytes: &mut [u8]| {
        last += 1;
        bytes.fill(last);
        bytes[0] = u8::try_from(now.0 / 1000 % 251).expect("it is below 251");
    };
    let mut tx = Tx::new(state, context(account, "us-east-1", now), &mut random);
    if let Some(told) = told {
        tx.hear_of_ec2(told);
    }
    let answer = run(&mut tx, asked).map_err(|rejection| rejection.to_string())?;
    if let Some((_, after)) = tx.finish() {
        *state = after;
    }
    Ok(answer)
}

/// A Direct Connect gateway of the caller's: its id.
fn gateway(state: &mut State, account: &str, now: Timestamp, asn: i64) -> String {
    let order = Request::CreateDirectConnectGateway(shapes::CreateDirectConnectGatewayRequest {
        direct_connect_gateway_name: format!("g{asn}"),
        amazon_side_asn: Some(asn),
        ..shapes::CreateDirectConnectGatewayRequest::default()
    });
    let answer = call(state, account, now, None, &order);
    let Response::CreateDirectConnectGateway(made) = answer else { panic!("it answers {answer:?}") };
    made.direct_connect_gateway.and_then(|gateway| gateway.direct_connect_gateway_id).expect("it has an id")
}

fn target(id: &str, owner: &str, region: &str) -> Target {
    let (id, kind) = TargetKind::of(id).expect("well-formed");
    let Context { account: owner, region, .. } = context(owner, region, START);
    Target { id, kind, owner, region }
}

fn told(id: &str, owner: &str, asn: u32, now: Timestamp) -> Ec2Gateway {
    let target = target(id, owner, "us-east-1");
    Ec2Gateway { target, amazon_side_asn: Some(asn), cidrs: Vec::new(), told: Some(now) }
}

fn prefixes(cidr: String) -> Option<Vec<shapes::RouteFilterPrefix>> {
    Some(vec![shapes::RouteFilterPrefix { cidr: Some(cidr) }])
}

/// Leads the gateway to `tgw-11111111`; each call has prefixes of its own.
fn associate(gateway: &str, third: u8) -> Request {
    Request::CreateDirectConnectGatewayAssociation(shapes::CreateDirectConnectGatewayAssociationRequest {
        direct_connect_gateway_id: gateway.to_owned(),
        gateway_id: Some("tgw-11111111".to_owned()),
        add_allowed_prefixes_to_direct_connect_gateway: prefixes(format!("10.0.{third}.0/24")),
        ..shapes::CreateDirectConnectGatewayAssociationRequest::default()
    })
}

fn kept(state: &State) -> Option<Ec2Gateway> {
    let (id, _) = TargetKind::of("tgw-11111111").expect("well-formed");
    match state.get(&Key::Ec2Gateway(id)) {
        Some(Record::Ec2Gateway(gateway)) => Some(Ec2Gateway::clone(&gateway)),
        _ => None,
    }
}

#[test]
fn what_is_told_is_kept_once_and_as_long_as_it_keeps_the_rules() {
    let mut state = State::default();
    let gateways: Vec<_> = (0..4).map(|n| gateway(&mut state, OWN, at(n), 64_512 + n)).collect();
    let mut hears = |number: u8, told: Ec2Gateway| {
        let now = told.told.expect("it is told");
        let answer = Some(Ec2Answer::Present(told));
        call(&mut state, OWN, now, answer, &associate(&gateways[usize::from(number)], number));
        kept(&state)
    };
    let first = told("tgw-11111111", OWN, 64_600, at(10));
    assert_eq!(hears(0, first.clone()), Some(first.clone()), "it is news");
    assert_eq!(hears(1, told("tgw-11111111", OWN, 64_600, at(20))), Some(first), "it is known");
    let other = told("tgw-11111111", OWN, 64_601, at(30));
    assert_eq!(hears(2, other.clone()), Some(other.clone()), "it has changed");
    let broken = told("tgw-11111111", OWN, 64_512, at(40));
    assert_eq!(hears(3, broken), Some(other), "the first gateway has this ASN");
}

#[test]
fn another_owner_than_that_of_the_associations_is_not_kept() {
    let mut state = State::default();
    let gateways: Vec<_> = (0..2).map(|n| gateway(&mut state, OWN, at(n), 64_512 + n)).collect();
    call(&mut state, OWN, at(10), None, &associate(&gateways[0], 0));
    let another = Ec2Answer::Present(told("tgw-11111111", OTHER, 64_600, at(20)));
    call(&mut state, OWN, at(20), Some(another), &associate(&gateways[1], 1));
    assert_eq!(kept(&state), None);
}

#[test]
fn what_is_told_to_be_absent_is_not_trusted() {
    let mut state = State::default();
    let gateway = gateway(&mut state, OWN, at(0), 64_512);
    let absent = Ec2Answer::Absent(target("tgw-11111111", OWN, "us-east-1").id);
    let refused = try_call(&mut state, OWN, at(10), Some(absent), &associate(&gateway, 0));
    assert!(refused.is_err_and(|text| text.contains("tgw-11111111")));
    let another = Ec2Answer::Absent(target("tgw-22222222", OWN, "us-east-1").id);
    call(&mut state, OWN, at(20), Some(another), &associate(&gateway, 0));
}

/// Every call that names a gateway of EC2 as one's own.
fn calls(id: &str) -> Vec<Request> {
    let id = || Some(id.to_owned());
    vec![
        Request::CreateDirectConnectGatewayAssociation(shapes::CreateDirectConnectGatewayAssociationRequest {
            gateway_id: id(),
            ..shapes::CreateDirectConnectGatewayAssociationRequest::default()
        }),
        Request::CreateDirectConnectGatewayAssociation(shapes::CreateDirectConnectGatewayAssociationRequest {
            virtual_gateway_id: id(),
            ..shapes::CreateDirectConnectGatewayAssociationRequest::default()
        }),
        Request::CreateDirectConnectGatewayAssociationProposal(
            shapes::CreateDirectConnectGatewayAssociationProposalRequest {
                gateway_id: id().unwrap_or_default(),
                ..shapes::CreateDirectConnectGatewayAssociationProposalRequest::default()
            },
        ),
        Request::CreatePrivateVirtualInterface(shapes::CreatePrivateVirtualInterfaceRequest {
            new_private_virtual_interface: shapes::NewPrivateVirtualInterface {
                virtual_gateway_id: id(),
                ..shapes::NewPrivateVirtualInterface::default()
            },
            ..shapes::CreatePrivateVirtualInterfaceRequest::default()
        }),
        Request::ConfirmPrivateVirtualInterface(shapes::ConfirmPrivateVirtualInterfaceRequest {
            virtual_gateway_id: id(),
            ..shapes::ConfirmPrivateVirtualInterfaceRequest::default()
        }),
    ]
}

#[test]
fn an_endpoint_is_asked_about_gateways_that_nobody_has_registered() {
    let mut state = State::default();
    let mut put = |told, id| {
        let gateway = Ec2Gateway { told, ..self::told(id, OWN, 64_600, START) };
        let record = Record::Ec2Gateway(Arc::new(gateway));
        state.write(&record.key(), Some(record));
    };
    put(None, "vgw-11111111");
    put(Some(START), "vgw-22222222");
    let own = context(OWN, "us-east-1", START);
    for asked in calls("vgw-11111111").iter().chain(&calls("vgw-1")) {
        assert_eq!(ec2_question(&state, own, asked), None, "{asked:?}");
    }
    for id in ["vgw-22222222", "vgw-33333333"] {
        let expected = Some(Ec2Question::Gateway(target(id, OWN, "us-east-1")));
        for asked in calls(id) {
            assert_eq!(ec2_question(&state, own, &asked), expected, "{asked:?}");
        }
    }
    let everything = Request::DescribeVirtualGateways(Unit {});
    assert_eq!(ec2_question(&state, own, &everything), Some(Ec2Question::VirtualPrivate));
    assert_eq!(ec2_question(&state, own, &Request::DescribeLocations(Unit {})), None);
}

#[test]
fn a_proposal_is_accepted_with_a_look_at_the_gateway_of_who_made_it_in_its_region() {
    let mut state = State::default();
    let gateway = gateway(&mut state, OWN, at(0), 64_512);
    let proposal = shapes::CreateDirectConnectGatewayAssociationProposalRequest {
        direct_connect_gateway_id: gateway.clone(),
        direct_connect_gateway_owner_account: OWN.to_owned(),
        gateway_id: "tgw-11111111".to_owned(),
        add_allowed_prefixes_to_direct_connect_gateway: prefixes("10.0.0.0/16".to_owned()),
        ..shapes::CreateDirectConnectGatewayAssociationProposalRequest::default()
    };
    let proposed = Request::CreateDirectConnectGatewayAssociationProposal(proposal);
    let answer = call(&mut state, OTHER, at(10), None, &proposed);
    let Response::CreateDirectConnectGatewayAssociationProposal(made) = answer else { panic!("it answers {answer:?}") };
    let made = made.direct_connect_gateway_association_proposal.expect("there is one");
    let accepted = |proposal_id: Option<String>| {
        Request::AcceptDirectConnectGatewayAssociationProposal(
            shapes::AcceptDirectConnectGatewayAssociationProposalRequest {
                direct_connect_gateway_id: gateway.clone(),
                proposal_id: proposal_id.unwrap_or_default(),
                associated_gateway_owner_account: OTHER.to_owned(),
                ..shapes::AcceptDirectConnectGatewayAssociationProposalRequest::default()
            },
        )
    };
    let asked = accepted(made.proposal_id);
    let expected = Ec2Question::Gateway(target("tgw-11111111", OTHER, "us-east-1"));
    assert_eq!(ec2_question(&state, context(OWN, "us-east-1", at(20)), &asked), Some(expected));
    assert_eq!(ec2_question(&state, context(OWN, "eu-west-1", at(20)), &asked), None);
    let unknown = accepted(Some(gateway.clone()));
    assert_eq!(ec2_question(&state, context(OWN, "us-east-1", at(20)), &unknown), None);
}
