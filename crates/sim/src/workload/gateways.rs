//! Random calls about Direct Connect gateways, their associations and proposals.

use super::inputs::Inputs;
use super::{ACCOUNTS, context, region};
use crossconnect_api::shapes::{self, RouteFilterPrefix};
use crossconnect_api::{Request, Unit};
use crossconnect_core::Context;
use crossconnect_core::control::Registration;
use crossconnect_core::ids::AccountId;
use crossconnect_core::model::gateway::{
    Association, AssociationPhase, DirectConnectGateway, GatewayPhase, Proposal, Target,
};
use std::sync::Arc;

/// Gateways of EC2 that callers name; the last two are none.
const TARGETS: [&str; 8] = [
    "vgw-11111111",
    "vgw-22222222",
    "vgw-33333333",
    "tgw-11111111",
    "tgw-22222222",
    "tgw-33333333",
    "igw-11111111",
    "vgw-1",
];
/// Prefixes that they name; the last one is none.
const PREFIXES: [&str; 6] = ["10.0.0.0/8", "10.1.0.0/16", "10.2.0.0/16", "192.168.0.0/16", "fd00::/48", "10.0.0.1/8"];
const ASNS: [i64; 4] = [64512, 65000, 4_200_000_000, 7224];
/// Where nearly all of this happens: a gateway that is named in another Region does not exist.
const HOME: &str = "us-east-1";

impl Inputs<'_> {
    /// A call about gateways, and who makes it where.
    pub(super) fn gateway_call(&mut self) -> (Context, Request) {
        let gateway = self.gateway();
        let association = self.association();
        let proposal = self.random.pick(&self.known.proposals).cloned();
        match self.random.below(16) {
            0 | 1 => self.create_gateway(),
            2 => self.change_gateway(gateway),
            3..=6 => self.associate_gateway(gateway),
            7 => self.update_association(association),
            8 => self.delete_association(association),
            9 | 10 => self.propose(gateway),
            11 | 12 => self.accept(proposal, gateway),
            13 if self.random.one_in(2) => self.delete_proposal(proposal),
            13 | 14 => self.describe_gateways(gateway, association),
            _ => self.describe_proposals(gateway, proposal),
        }
    }

    /// One that has not ended, mostly.
    fn gateway(&mut self) -> Option<Arc<DirectConnectGateway>> {
        let lasts = |gateway: &&Arc<DirectConnectGateway>| gateway.phase.last().1 != GatewayPhase::Deleted;
        let lasting: Vec<_> = self.known.gateways.iter().filter(lasts).cloned().collect();
        let any = self.random.one_in(10);
        self.random.pick(if any { &self.known.gateways } else { &lasting }).cloned()
    }

    /// One that has not ended, mostly.
    fn association(&mut self) -> Option<Arc<Association>> {
        let lasts = |association: &&Arc<Association>| association.phase.last().1 == AssociationPhase::Associated;
        let lasting: Vec<_> = self.known.associations.iter().filter(lasts).cloned().collect();
        let any = self.random.one_in(6);
        self.random.pick(if any { &self.known.associations } else { &lasting }).cloned()
    }

    fn at_home(&mut self, owner: Option<AccountId>) -> Context {
        let owner = owner.map(|owner| context(owner, region(HOME)));
        self.caller(owner)
    }

    fn uuid(&mut self, id: Option<String>) -> String {
        match (id, self.random.below(40)) {
            (_, 0) => "nonsense".to_owned(),
            (Some(id), 2..) => id,
            _ => "5f294f92-bafb-4011-916d-9b0bec297c58".to_owned(),
        }
    }

    fn target(&mut self) -> String {
        let places = if self.random.one_in(12) { TARGETS.len() } else { TARGETS.len() - 2 };
        TARGETS[self.random.below(places)].to_owned()
    }

    fn prefixes(&mut self) -> Option<Vec<RouteFilterPrefix>> {
        let places = if self.random.one_in(12) { PREFIXES.len() } else { PREFIXES.len() - 1 };
        let prefix = |cidr: &str| RouteFilterPrefix { cidr: Some(cidr.to_owned()) };
        let count = self.random.below(4).checked_sub(usize::from(self.random.one_in(4)))?;
        Some((0..count).map(|_| prefix(PREFIXES[self.random.below(places)])).collect())
    }

    fn account_text(&mut self, account: Option<AccountId>) -> String {
        match self.random.below(20) {
            0 => "1".to_owned(),
            1 => ACCOUNTS[self.random.below(ACCOUNTS.len())].to_owned(),
            _ => account.map_or_else(|| ACCOUNTS[0].to_owned(), |account| account.to_string()),
        }
    }

    fn create_gateway(&mut self) -> (Context, Request) {
        let input = shapes::CreateDirectConnectGatewayRequest {
            direct_connect_gateway_name: self.name(),
            tags: self.tags(),
            amazon_side_asn: self.random.one_in(2).then(|| ASNS[self.random.below(ASNS.len())]),
        };
        (self.anyone(), Request::CreateDirectConnectGateway(input))
    }

    fn change_gateway(&mut self, gateway: Option<Arc<DirectConnectGateway>>) -> (Context, Request) {
        let caller = self.at_home(gateway.as_ref().map(|gateway| gateway.owner));
        let direct_connect_gateway_id = self.uuid(gateway.map(|gateway| gateway.id.to_string()));
        if self.random.one_in(2) {
            let input = shapes::DeleteDirectConnectGatewayRequest { direct_connect_gateway_id };
            return (caller, Request::DeleteDirectConnectGateway(input));
        }
        let new_direct_connect_gateway_name = self.name();
        let input =
            shapes::UpdateDirectConnectGatewayRequest { direct_connect_gateway_id, new_direct_connect_gateway_name };
        (caller, Request::UpdateDirectConnectGateway(input))
    }

    fn associate_gateway(&mut self, gateway: Option<Arc<DirectConnectGateway>>) -> (Context, Request) {
        let caller = self.at_home(gateway.as_ref().map(|gateway| gateway.owner));
        let own = |target: &Target| gateway.as_ref().is_some_and(|gateway| gateway.owner == target.owner);
        let registered: Vec<_> = self.known.registered.iter().map(|one| one.target).filter(own).collect();
        let registered = self.random.pick(&registered).map(|target| target.id.to_string());
        let target = registered.filter(|_| self.random.one_in(2)).unwrap_or_else(|| self.target());
        let input = shapes::CreateDirectConnectGatewayAssociationRequest {
            direct_connect_gateway_id: self.uuid(gateway.map(|gateway| gateway.id.to_string())),
            gateway_id: Some(target).filter(|_| !self.random.one_in(10)),
            add_allowed_prefixes_to_direct_connect_gateway: self.prefixes(),
            virtual_gateway_id: self.random.one_in(10).then(|| self.target()),
        };
        (caller, Request::CreateDirectConnectGatewayAssociation(input))
    }

    fn party(&mut self, association: Option<&Arc<Association>>) -> Context {
        let owner = association.map(|a| if self.random.one_in(4) { a.target.owner } else { a.gateway_owner });
        self.at_home(owner)
    }

    fn update_association(&mut self, association: Option<Arc<Association>>) -> (Context, Request) {
        let caller = self.party(association.as_ref());
        let input = shapes::UpdateDirectConnectGatewayAssociationRequest {
            association_id: Some(self.uuid(association.map(|association| association.id.to_string()))),
            add_allowed_prefixes_to_direct_connect_gateway: self.prefixes(),
            remove_allowed_prefixes_to_direct_connect_gateway: self.prefixes(),
        };
        (caller, Request::UpdateDirectConnectGatewayAssociation(input))
    }

    fn delete_association(&mut self, association: Option<Arc<Association>>) -> (Context, Request) {
        let caller = self.party(association.as_ref());
        let mut input = shapes::DeleteDirectConnectGatewayAssociationRequest::default();
        if self.random.one_in(2) {
            input.association_id = Some(self.uuid(association.map(|association| association.id.to_string())));
        } else {
            let target = association.as_ref().map(|association| association.target.id.to_string());
            input.direct_connect_gateway_id = association.map(|association| association.gateway.to_string());
            let other = self.target();
            input.virtual_gateway_id = target.filter(|_| !self.random.one_in(8)).or(Some(other));
        }
        (caller, Request::DeleteDirectConnectGatewayAssociation(input))
    }

    fn propose(&mut self, gateway: Option<Arc<DirectConnectGateway>>) -> (Context, Request) {
        let caller = self.at_home(None);
        let caller = if self.random.one_in(8) { caller } else { context(caller.account, region(HOME)) };
        let input = shapes::CreateDirectConnectGatewayAssociationProposalRequest {
            direct_connect_gateway_id: self.uuid(gateway.as_ref().map(|gateway| gateway.id.to_string())),
            direct_connect_gateway_owner_account: self.account_text(gateway.map(|gateway| gateway.owner)),
            gateway_id: self.target(),
            add_allowed_prefixes_to_direct_connect_gateway: self.prefixes(),
            remove_allowed_prefixes_to_direct_connect_gateway: self.prefixes(),
        };
        (caller, Request::CreateDirectConnectGatewayAssociationProposal(input))
    }

    fn accept(
        &mut self,
        proposal: Option<Arc<Proposal>>,
        other: Option<Arc<DirectConnectGateway>>,
    ) -> (Context, Request) {
        let owner = proposal.as_ref().map(|proposal| proposal.gateway_owner);
        let caller = self.at_home(owner);
        let other = other.filter(|other| Some(other.owner) == owner && self.random.one_in(12)).map(|other| other.id);
        let gateway = other.or(proposal.as_ref().map(|proposal| proposal.gateway)).map(|id| id.to_string());
        let input = shapes::AcceptDirectConnectGatewayAssociationProposalRequest {
            direct_connect_gateway_id: self.uuid(gateway),
            proposal_id: self.uuid(proposal.as_ref().map(|proposal| proposal.id.to_string())),
            associated_gateway_owner_account: self.account_text(proposal.map(|proposal| proposal.target.owner)),
            override_allowed_prefixes_to_direct_connect_gateway: self.prefixes().filter(|_| self.random.one_in(3)),
        };
        (caller, Request::AcceptDirectConnectGatewayAssociationProposal(input))
    }

    fn delete_proposal(&mut self, proposal: Option<Arc<Proposal>>) -> (Context, Request) {
        let caller = self.at_home(proposal.as_ref().map(|proposal| proposal.target.owner));
        let proposal_id = self.uuid(proposal.map(|proposal| proposal.id.to_string()));
        let input = shapes::DeleteDirectConnectGatewayAssociationProposalRequest { proposal_id };
        (caller, Request::DeleteDirectConnectGatewayAssociationProposal(input))
    }

    fn describe_gateways(
        &mut self,
        gateway: Option<Arc<DirectConnectGateway>>,
        association: Option<Arc<Association>>,
    ) -> (Context, Request) {
        let caller = self.at_home(gateway.as_ref().map(|gateway| gateway.owner));
        let direct_connect_gateway_id =
            self.random.one_in(2).then(|| self.uuid(gateway.map(|gateway| gateway.id.to_string())));
        let max_results = self.random.one_in(3).then(|| self.random.below(4) as i32);
        let next_token = self.random.one_in(20).then(|| "00".to_owned());
        match self.random.below(4) {
            0 => {
                let input =
                    shapes::DescribeDirectConnectGatewaysRequest { direct_connect_gateway_id, max_results, next_token };
                (caller, Request::DescribeDirectConnectGateways(input))
            }
            1 => {
                let input = shapes::DescribeDirectConnectGatewayAttachmentsRequest {
                    direct_connect_gateway_id,
                    virtual_interface_id: self
                        .random
                        .one_in(2)
                        .then(|| if self.random.one_in(4) { "nonsense" } else { "dxvif-unknown1" }.to_owned()),
                    max_results,
                    next_token,
                };
                (caller, Request::DescribeDirectConnectGatewayAttachments(input))
            }
            2 => (caller, Request::DescribeVirtualGateways(Unit)),
            _ => {
                let association = association.map(|association| association.id.to_string());
                let input = shapes::DescribeDirectConnectGatewayAssociationsRequest {
                    association_id: self.random.one_in(2).then(|| self.uuid(association)),
                    associated_gateway_id: self.random.one_in(2).then(|| self.target()),
                    direct_connect_gateway_id,
                    max_results,
                    next_token,
                    virtual_gateway_id: self.random.one_in(8).then(|| self.target()),
                };
                (caller, Request::DescribeDirectConnectGatewayAssociations(input))
            }
        }
    }

    fn describe_proposals(
        &mut self,
        gateway: Option<Arc<DirectConnectGateway>>,
        proposal: Option<Arc<Proposal>>,
    ) -> (Context, Request) {
        let caller = self.at_home(proposal.as_ref().map(|proposal| proposal.target.owner));
        let gateway = gateway.map(|gateway| gateway.id.to_string());
        let proposal = proposal.map(|proposal| proposal.id.to_string());
        let input = shapes::DescribeDirectConnectGatewayAssociationProposalsRequest {
            direct_connect_gateway_id: self.random.one_in(3).then(|| self.uuid(gateway)),
            proposal_id: self.random.one_in(3).then(|| self.uuid(proposal)),
            associated_gateway_id: self.random.one_in(3).then(|| self.target()),
            max_results: self.random.one_in(3).then(|| self.random.below(4) as i32),
            next_token: self.random.one_in(20).then(|| "00".to_owned()),
        };
        (caller, Request::DescribeDirectConnectGatewayAssociationProposals(input))
    }

    /// A gateway of EC2 as the operator registers it; often one that is in use, as what it is used as.
    pub(super) fn registration(&mut self) -> Registration {
        let used = self.association().map(|association| association.target);
        let used: Option<Target> = used.filter(|_| self.random.one_in(2));
        let count = if self.random.one_in(5) { 0 } else { 1 + self.random.below(2) };
        let places = if self.random.one_in(12) { PREFIXES.len() } else { PREFIXES.len() - 1 };
        let regions = [HOME, HOME, HOME, HOME, "us-west-1", "nowhere"];
        let asns = [64512, 64512, 65000, 0];
        Registration {
            id: used.map_or_else(|| self.target(), |used| used.id.to_string()),
            owner: self.account_text(used.map(|used| used.owner)),
            region: regions[self.random.below(regions.len())].to_owned(),
            amazon_side_asn: self.random.one_in(2).then(|| asns[self.random.below(asns.len())]),
            cidrs: (0..count).map(|_| PREFIXES[self.random.below(places)].to_owned()).collect(),
        }
    }
}
