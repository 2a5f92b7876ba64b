//! The invariants over Direct Connect gateways, associations and proposals notice what they are there for: a good state
//! is broken in one place, and the rule that says so is found.

use crossconnect_core::ids::{AccountId, Region, Uuid};
use crossconnect_core::model::gateway::{
    Association, AssociationPhase, DirectConnectGateway, Ec2Gateway, GatewayPhase, Proposal, Target, TargetKind,
};
use crossconnect_core::prefix::Prefix;
use crossconnect_core::{Record, STEPS_MAX, State, Steps, Tags, Timestamp, invariants};
use std::sync::Arc;

const NOW: Timestamp = Timestamp(Timestamp::MANUAL_START.0 + 10_000);
const START: Timestamp = Timestamp::MANUAL_START;

fn account(text: &str) -> AccountId {
    AccountId::new(text).expect("twelve digits")
}

fn uuid(last: char) -> Uuid {
    Uuid::parse(&format!("5f294f92-bafb-4011-916d-9b0bec297c5{last}")).expect("a UUID")
}

fn target(text: &str) -> Target {
    let (id, kind) = TargetKind::of(text).expect("well-formed");
    let region = Region::new("us-east-1").expect("a short name");
    Target { id, kind, owner: account("444455556666"), region }
}

fn prefixes(text: &str) -> Vec<Prefix> {
    vec![Prefix::parse(text).expect("a prefix")]
}

fn gateway() -> DirectConnectGateway {
    DirectConnectGateway {
        id: uuid('1'),
        owner: account("111122223333"),
        name: "g1".into(),
        amazon_side_asn: 64512,
        tags: Tags::default(),
        created: START,
        phase: Steps::new(START, GatewayPhase::Available),
        state_change_error: None,
    }
}

fn association(last: char, to: &str, prefix: &str) -> Association {
    Association {
        id: uuid(last),
        gateway: uuid('1'),
        gateway_owner: account("111122223333"),
        target: target(to),
        allowed_prefixes: prefixes(prefix),
        created: START,
        phase: Steps::new(START, AssociationPhase::Associated),
    }
}

fn proposal(last: char) -> Proposal {
    Proposal {
        id: uuid(last),
        gateway: uuid('1'),
        gateway_owner: account("111122223333"),
        target: target("tgw-33333333"),
        existing_prefixes: Vec::new(),
        requested_prefixes: prefixes("10.3.0.0/16"),
        created: START,
        phase: Proposal::plan(START),
    }
}

/// A gateway that leads to two transit gateways, and a proposal of a third; then `more`, which may replace these.
fn with(more: impl IntoIterator<Item = Record>) -> State {
    let good = [
        Record::Gateway(Arc::new(gateway())),
        Record::Association(Arc::new(association('2', "tgw-11111111", "10.1.0.0/16"))),
        Record::Association(Arc::new(association('3', "tgw-22222222", "10.2.0.0/16"))),
        Record::Proposal(Arc::new(proposal('4'))),
    ];
    let mut state = State::default();
    for record in good.into_iter().chain(more) {
        state.write(&record.key(), Some(record));
    }
    state
}

fn broken(name: &str, record: Record) {
    let found = invariants::check(&with([record]), NOW);
    assert!(found.iter().any(|violation| violation.name == name), "{name} is not among {found:?}");
}

fn broken_gateway(name: &str, change: impl FnOnce(&mut DirectConnectGateway)) {
    let mut gateway = gateway();
    change(&mut gateway);
    broken(name, Record::Gateway(Arc::new(gateway)));
}

fn broken_association(name: &str, change: impl FnOnce(&mut Association)) {
    let mut association = association('3', "tgw-22222222", "10.2.0.0/16");
    change(&mut association);
    broken(name, Record::Association(Arc::new(association)));
}

fn broken_proposal(name: &str, change: impl FnOnce(&mut Proposal)) {
    let mut proposal = proposal('4');
    change(&mut proposal);
    broken(name, Record::Proposal(Arc::new(proposal)));
}

#[test]
fn a_good_state_breaks_nothing() {
    assert_eq!(invariants::check(&with([]), NOW), []);
}

#[test]
fn gateways_that_cannot_be_are_found() {
    broken_gateway("names have 1 to 255 characters", |gateway| gateway.name = "".into());
    broken_gateway("gateways have private ASNs", |gateway| gateway.amazon_side_asn = 7224);
    broken_gateway("gateways come to rest", |gateway| gateway.phase.push(NOW, GatewayPhase::Deleting));
    broken_gateway("states follow the reference", |gateway| gateway.phase.push(NOW, GatewayPhase::Pending));
    broken_gateway("what is deleted is left by all", |gateway| {
        gateway.phase.push(NOW, GatewayPhase::Deleting);
        gateway.phase.push(NOW, GatewayPhase::Deleted);
    });
    broken_gateway("phases are bounded", |gateway| {
        for _ in 0..STEPS_MAX {
            gateway.phase.push(NOW, GatewayPhase::Deleting);
            gateway.phase.push(NOW, GatewayPhase::Available);
        }
    });
}

#[test]
fn associations_that_cannot_be_are_found() {
    broken_association("associations name live gateways", |association| association.gateway = uuid('9'));
    broken_association("associations name live gateways", |a| a.gateway_owner = account("555555555555"));
    broken_association("associations come to rest", |a| a.phase.push(NOW, AssociationPhase::Updating));
    broken_association("transit gateways have prefixes", |association| association.allowed_prefixes.clear());
    broken_association("prefixes are given once", |a| a.allowed_prefixes.extend(prefixes("10.2.0.0/16")));
    broken_association("pairs are associated once", |association| association.target = target("tgw-11111111"));
    broken_association("a gateway leads to one kind", |association| association.target = target("vgw-11111111"));
    broken_association("what is behind a gateway is apart", |a| a.allowed_prefixes = prefixes("10.1.2.0/24"));
    let mut elsewhere = target("tgw-22222222");
    elsewhere.owner = account("555555555555");
    let registered = Ec2Gateway { target: elsewhere, amazon_side_asn: None, cidrs: Vec::new(), told: None };
    broken("gateways of EC2 have one owner", Record::Ec2Gateway(Arc::new(registered)));
}

#[test]
fn a_virtual_private_gateway_of_two_is_found() {
    let mut second = gateway();
    second.id = uuid('5');
    let mut there = association('2', "vgw-11111111", "10.1.0.0/16");
    there.gateway = second.id;
    let records = [
        Record::Gateway(Arc::new(second)),
        Record::Association(Arc::new(there)),
        Record::Association(Arc::new(association('3', "vgw-11111111", "10.1.0.0/16"))),
    ];
    let found = invariants::check(&with(records), NOW);
    assert!(found.iter().any(|violation| violation.name == "a virtual private gateway has one gateway"), "{found:?}");
}

#[test]
fn proposals_that_cannot_be_are_found() {
    use crossconnect_core::model::gateway::ProposalPhase;
    broken_proposal("proposals end", |proposal| proposal.phase = Steps::new(START, ProposalPhase::Requested));
    broken_proposal("proposals name the owner of the gateway", |p| p.gateway_owner = account("555555555555"));
    broken_proposal("a pair has one open proposal", |proposal| proposal.id = uuid('6'));
}
