//! Gateways, associations and proposals whose bytes are stored.

use super::{at, owner, partner, region, tags};
use crossconnect_core::ids::Uuid;
use crossconnect_core::model::gateway::{
    Association, AssociationPhase, DirectConnectGateway, Ec2Gateway, GatewayPhase, Proposal, ProposalPhase, Target,
    TargetKind,
};
use crossconnect_core::prefix::Prefix;
use crossconnect_core::{Record, Steps};
use std::sync::Arc;

pub(super) fn records() -> Vec<(&'static str, Record)> {
    vec![
        ("gateway", Record::Gateway(Arc::new(gateway()))),
        ("gateway-reverted", Record::Gateway(Arc::new(reverted()))),
        ("association", Record::Association(Arc::new(association()))),
        ("proposal", Record::Proposal(Arc::new(proposal()))),
        ("ec2-gateway", Record::Ec2Gateway(Arc::new(virtual_private()))),
        ("ec2-gateway-transit", Record::Ec2Gateway(Arc::new(transit()))),
    ]
}

fn uuid(last: char) -> Uuid {
    Uuid::parse(&format!("5f294f92-bafb-4011-916d-9b0bec297c5{last}")).expect("a UUID")
}

fn prefixes(texts: &[&str]) -> Vec<Prefix> {
    texts.iter().map(|text| Prefix::parse(text).expect("a prefix")).collect()
}

fn target(text: &str) -> Target {
    let (id, kind) = TargetKind::of(text).expect("well-formed");
    Target { id, kind, owner: partner(), region: region() }
}

fn gateway() -> DirectConnectGateway {
    let mut phase = Steps::new(at(1), GatewayPhase::Pending);
    phase.push(at(2), GatewayPhase::Available);
    DirectConnectGateway {
        id: uuid('1'),
        owner: owner(),
        name: "gateway".into(),
        amazon_side_asn: 4_200_000_000,
        tags: tags(&[("team", "net")]),
        created: at(1),
        phase,
        state_change_error: None,
    }
}

fn reverted() -> DirectConnectGateway {
    let mut gateway = gateway();
    gateway.id = uuid('2');
    gateway.phase.push(at(3), GatewayPhase::Deleting);
    gateway.phase.push(at(4), GatewayPhase::Available);
    gateway.state_change_error = Some("something is left".into());
    gateway
}

fn association() -> Association {
    let mut phase = Steps::new(at(1), AssociationPhase::Associating);
    phase.push(at(2), AssociationPhase::Associated);
    phase.push(at(3), AssociationPhase::Updating);
    phase.push(at(4), AssociationPhase::Associated);
    phase.push(at(5), AssociationPhase::Disassociating);
    phase.push(at(6), AssociationPhase::Disassociated);
    Association {
        id: uuid('3'),
        gateway: uuid('1'),
        gateway_owner: owner(),
        target: target("vgw-0123456789abcdef0"),
        allowed_prefixes: prefixes(&["10.0.0.0/16", "fd00::/56"]),
        created: at(1),
        phase,
    }
}

fn proposal() -> Proposal {
    let mut phase = Steps::new(at(1), ProposalPhase::Requested);
    phase.push(at(2), ProposalPhase::Accepted);
    phase.push(at(3), ProposalPhase::Deleted);
    Proposal {
        id: uuid('4'),
        gateway: uuid('1'),
        gateway_owner: owner(),
        target: target("tgw-01234567"),
        existing_prefixes: prefixes(&["10.0.0.0/16"]),
        requested_prefixes: prefixes(&["10.0.0.0/16", "10.1.0.0/16"]),
        created: at(1),
        phase,
    }
}

fn virtual_private() -> Ec2Gateway {
    let target = target("vgw-01234567");
    Ec2Gateway { target, amazon_side_asn: None, cidrs: prefixes(&["10.0.0.0/16", "fd00::/56"]), told: None }
}

fn transit() -> Ec2Gateway {
    Ec2Gateway { target: target("tgw-0123456789abcdef0"), amazon_side_asn: Some(65_000), cidrs: Vec::new(), told: None }
}
