//! The invariants over resiliency groups and billing notice what they are there for: a good state is broken in one place,
//! and the rule that says so is found.

use crossconnect_api::{Request, Response, shapes};
use crossconnect_core::ids::{AccountId, LagId, Region};
use crossconnect_core::model::billing::BillingChanges;
use crossconnect_core::model::connection::{Connection, Phase};
use crossconnect_core::model::resiliency_group::{
    GroupAssociation, GroupAssociationPhase, GroupPhase, ResiliencyGroup,
};
use crossconnect_core::model::virtual_interface::Parent;
use crossconnect_core::{Context, Duration, Key, Record, State, Timestamp, Tx, invariants, run};
use std::sync::Arc;

const START: Timestamp = Timestamp::MANUAL_START;
const NOW: Timestamp = Timestamp(START.0 + 10_000);

fn call(state: &mut State, request: &Request) -> Response {
    let mut drawn = u8::try_from(state.records().count()).expect("a few records");
    let mut random = |bytes: &mut [u8]| {
        drawn += 1;
        bytes.fill(drawn);
    };
    let account = AccountId::new("111122223333").expect("twelve digits");
    let region = Region::new("us-east-1").expect("a short name");
    let mut tx = Tx::new(state, Context { account, region, system_time: START }, &mut random);
    let response = run(&mut tx, request).expect("a call that keeps the rules");
    let after = tx.finish().expect("it writes").1;
    *state = after;
    response
}

/// A group with one connection.
fn good() -> State {
    let mut state = State::default();
    let order = shapes::CreateConnectionRequest {
        location: "EqDC2".into(),
        bandwidth: "10Gbps".into(),
        connection_name: "c1".into(),
        ..shapes::CreateConnectionRequest::default()
    };
    call(&mut state, &Request::CreateConnection(order));
    let group = shapes::CreateResiliencyGroupRequest {
        resiliency_group_name: "r1".into(),
        intended_resiliency_model: shapes::ResiliencyModel::HighResiliency,
        client_token: None,
        tags: None,
    };
    call(&mut state, &Request::CreateResiliencyGroup(group));
    let associate = shapes::AssociateConnectionsToResiliencyGroupRequest {
        connection_identifiers: vec![connection_of(&state).id.to_string()],
        resiliency_group_id: group_of(&state).id.to_string(),
        client_token: None,
    };
    call(&mut state, &Request::AssociateConnectionsToResiliencyGroup(associate));
    state
}

fn connection_of(state: &State) -> Connection {
    let found = |record| if let Record::Connection(connection) = record { Some(connection) } else { None };
    Connection::clone(&state.records().find_map(found).expect("a connection"))
}

fn group_of(state: &State) -> ResiliencyGroup {
    let found = |record| if let Record::ResiliencyGroup(group) = record { Some(group) } else { None };
    ResiliencyGroup::clone(&state.records().find_map(found).expect("a group"))
}

fn association_of(state: &State) -> GroupAssociation {
    let found = |record| if let Record::GroupAssociation(association) = record { Some(association) } else { None };
    GroupAssociation::clone(&state.records().find_map(found).expect("an association"))
}

fn put(state: &mut State, record: Record) {
    state.write(&record.key(), Some(record));
}

fn with_connection(change: impl FnOnce(&mut Connection)) -> State {
    let mut state = good();
    let mut connection = connection_of(&state);
    change(&mut connection);
    put(&mut state, Record::Connection(Arc::new(connection)));
    state
}

fn with_group(change: impl FnOnce(&mut ResiliencyGroup)) -> State {
    let mut state = good();
    let mut group = group_of(&state);
    change(&mut group);
    put(&mut state, Record::ResiliencyGroup(Arc::new(group)));
    state
}

fn with_association(change: impl FnOnce(&mut GroupAssociation)) -> State {
    let mut state = good();
    let mut association = association_of(&state);
    change(&mut association);
    put(&mut state, Record::GroupAssociation(Arc::new(association)));
    state
}

#[track_caller]
fn finds(name: &str, state: &State) {
    let found = invariants::check(state, NOW);
    assert!(found.iter().any(|violation| violation.name == name), "{name} is not among {found:?}");
}

#[test]
fn a_good_state_breaks_nothing() {
    assert_eq!(invariants::check(&good(), NOW), []);
}

#[test]
fn an_association_with_a_group_that_is_not_its_owners_or_is_gone_is_found() {
    let name = "associations are with live groups of their owner";
    let other = AccountId::new("444455556666").expect("twelve digits");
    finds(name, &with_group(|group| group.owner = other));
    finds(name, &with_group(|group| group.phase.set(NOW, GroupPhase::Deleted)));
    let mut gone = good();
    let group = group_of(&gone).id;
    gone.write(&Key::ResiliencyGroup(group), None);
    finds(name, &gone);
}

#[test]
fn what_should_not_be_in_a_group_is_found() {
    let name = "what is in a group is live and stands alone";
    finds(name, &with_connection(|c| c.phase.set(NOW, Phase::Deleting)));
    finds(name, &with_connection(|c| c.lag = LagId::parse("dxlag-fzzzzzzz").expect("an id")));
    finds(name, &with_connection(|c| c.owner = AccountId::new("444455556666").expect("twelve digits")));
    finds(name, &with_association(|one| one.region = Region::new("us-west-1").expect("a short name")));
    let hosted = |one: &mut GroupAssociation| {
        let Parent::Connection(id) = one.port else { panic!("a connection is associated") };
        one.port = Parent::Hosted(id);
    };
    finds(name, &with_association(hosted));
}

#[test]
fn time_that_cannot_be_is_found() {
    finds("plans come to rest", &with_group(|group| group.phase.push(NOW, GroupPhase::Deleting)));
    finds("states follow the reference", &with_group(|group| group.phase.push(NOW, GroupPhase::Pending)));
    let leaving = GroupAssociationPhase::Disassociating;
    finds("plans come to rest", &with_association(|one| one.phase.push(NOW, leaving)));
    let back = GroupAssociationPhase::Associating;
    finds("states follow the reference", &with_association(|one| one.phase.push(NOW, back)));
    finds("names have 1 to 255 characters", &with_group(|group| group.name = "".into()));
}

#[test]
fn billing_that_was_changed_too_often_is_found() {
    let mut changes = BillingChanges::default();
    (0..4).for_each(|second| changes.push(START + Duration::from_seconds(second)));
    let state = with_connection(|c| c.billing_changes = changes);
    finds("billing modes change three times in six months", &state);
}
