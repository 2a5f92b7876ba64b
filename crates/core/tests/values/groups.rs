//! Resiliency groups, what is in them, and tokens whose bytes are stored.

use super::{at, connection_id, lag_id, owner, region, tags};
use crossconnect_core::ids::ResiliencyGroupId;
use crossconnect_core::model::client_token::{ClientToken, TokenAnswer};
use crossconnect_core::model::resiliency_group::{
    GroupAssociation, GroupAssociationPhase, GroupPhase, ResiliencyGroup, ResiliencyModel,
};
use crossconnect_core::model::virtual_interface::Parent;
use crossconnect_core::{Record, Steps};
use std::sync::Arc;

pub(super) fn records() -> Vec<(&'static str, Record)> {
    let of_group = TokenAnswer::Group(group(), GroupPhase::Pending);
    let of_associations =
        TokenAnswer::Associations(vec![of_connection(), of_lag()], GroupAssociationPhase::Associating);
    vec![
        ("resiliency-group", Record::ResiliencyGroup(Arc::new(group()))),
        ("group-association", Record::GroupAssociation(Arc::new(of_connection()))),
        ("group-association-paired", Record::GroupAssociation(Arc::new(of_lag()))),
        ("client-token-group", Record::ClientToken(Arc::new(token(1, of_group)))),
        ("client-token-associations", Record::ClientToken(Arc::new(token(2, of_associations)))),
    ]
}

fn group_id() -> ResiliencyGroupId {
    ResiliencyGroupId::parse("dxrg-0123456789abcdefg").expect("an id")
}

fn group() -> ResiliencyGroup {
    let mut phase = Steps::new(at(1), GroupPhase::Pending);
    phase.push(at(2), GroupPhase::Available);
    phase.push(at(80), GroupPhase::Deleting);
    phase.push(at(81), GroupPhase::Deleted);
    ResiliencyGroup {
        id: group_id(),
        owner: owner(),
        region: region(),
        name: "Group_1-a".into(),
        model: ResiliencyModel::High,
        tags: tags(&[("of", "group")]),
        created: at(1),
        phase,
    }
}

fn of_connection() -> GroupAssociation {
    let mut phase = Steps::new(at(3), GroupAssociationPhase::Associating);
    phase.push(at(4), GroupAssociationPhase::Associated);
    GroupAssociation {
        port: Parent::Connection(connection_id("dxcon-fg31dyv6")),
        region: region(),
        owner: owner(),
        group: group_id(),
        created: at(3),
        phase,
        paired_until: None,
    }
}

fn of_lag() -> GroupAssociation {
    let mut phase = of_connection().phase;
    phase.push(at(60), GroupAssociationPhase::Disassociating);
    phase.push(at(61), GroupAssociationPhase::Disassociated);
    GroupAssociation { port: Parent::Lag(lag_id()), phase, paired_until: Some(at(3600)), ..of_connection() }
}

fn token(number: u8, answer: TokenAnswer) -> ClientToken {
    ClientToken { id: [number; 32], asked: [7; 32], used: at(5), answer }
}
