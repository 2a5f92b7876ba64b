//! The operations of the API, one file each.
//!
//! An operation is added by its file, its line in the list below and its scenario. Every operation of the API is in the
//! list: one that the model gains does not compile until it is there.

pub(crate) mod ec2;
pub(crate) mod facts;
mod failover;
mod find;
mod global;
mod groups;
pub(crate) mod hosted;
pub(crate) mod interfaces;
pub(crate) mod keys;
mod letter;
pub(crate) mod membership;
mod order;
pub(crate) mod pairing;
mod pairs;
mod partners;
mod ports;
pub(crate) mod prefixes;
pub(crate) mod secrets;
pub(crate) mod sessions;
pub(crate) mod tagged;
mod tokens;
pub(crate) mod unused;
pub(crate) mod view;

use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::{Operation, Request, Response};
use facts::Facts;

/// Turns the list into modules, tables and the dispatch.
macro_rules! operations {
    ($($resource:ident { $($module:ident => $operation:ident),* $(,)? })*) => {
        $(mod $resource { $(pub(super) mod $module;)* })*

        /// The facts of an operation.
        pub fn facts(operation: Operation) -> &'static Facts {
            match operation {
                $($(Operation::$operation => &$resource::$module::FACTS,)*)*
            }
        }

        fn dispatch(tx: &mut Tx<'_>, request: &Request) -> Result<Response, Rejection> {
            match request {
                $($(Request::$operation(input) => $resource::$module::$module(tx, input).map(Response::$operation),)*)*
            }
        }
    };
}

operations! {
    connection {
        create_connection => CreateConnection,
        describe_connections => DescribeConnections,
        update_connection => UpdateConnection,
        delete_connection => DeleteConnection,
        update_connections_billing_mode => UpdateConnectionsBillingMode,
    }
    interconnect {
        create_interconnect => CreateInterconnect,
        describe_interconnects => DescribeInterconnects,
        delete_interconnect => DeleteInterconnect,
    }
    hosted_connection {
        allocate_hosted_connection => AllocateHostedConnection,
        allocate_connection_on_interconnect => AllocateConnectionOnInterconnect,
        associate_hosted_connection => AssociateHostedConnection,
        confirm_connection => ConfirmConnection,
        describe_hosted_connections => DescribeHostedConnections,
        describe_connections_on_interconnect => DescribeConnectionsOnInterconnect,
    }
    customer {
        describe_customer_metadata => DescribeCustomerMetadata,
        confirm_customer_agreement => ConfirmCustomerAgreement,
    }
    lag {
        create_lag => CreateLag,
        describe_lags => DescribeLags,
        update_lag => UpdateLag,
        delete_lag => DeleteLag,
        associate_connection_with_lag => AssociateConnectionWithLag,
        disassociate_connection_from_lag => DisassociateConnectionFromLag,
    }
    loa {
        describe_loa => DescribeLoa,
        describe_connection_loa => DescribeConnectionLoa,
        describe_interconnect_loa => DescribeInterconnectLoa,
    }
    mac_sec {
        associate_mac_sec_key => AssociateMacSecKey,
        disassociate_mac_sec_key => DisassociateMacSecKey,
    }
    gateway {
        create_direct_connect_gateway => CreateDirectConnectGateway,
        describe_direct_connect_gateways => DescribeDirectConnectGateways,
        update_direct_connect_gateway => UpdateDirectConnectGateway,
        delete_direct_connect_gateway => DeleteDirectConnectGateway,
        describe_direct_connect_gateway_attachments => DescribeDirectConnectGatewayAttachments,
        describe_virtual_gateways => DescribeVirtualGateways,
    }
    association {
        create_direct_connect_gateway_association => CreateDirectConnectGatewayAssociation,
        describe_direct_connect_gateway_associations => DescribeDirectConnectGatewayAssociations,
        update_direct_connect_gateway_association => UpdateDirectConnectGatewayAssociation,
        delete_direct_connect_gateway_association => DeleteDirectConnectGatewayAssociation,
    }
    proposal {
        create_direct_connect_gateway_association_proposal => CreateDirectConnectGatewayAssociationProposal,
        describe_direct_connect_gateway_association_proposals => DescribeDirectConnectGatewayAssociationProposals,
        accept_direct_connect_gateway_association_proposal => AcceptDirectConnectGatewayAssociationProposal,
        delete_direct_connect_gateway_association_proposal => DeleteDirectConnectGatewayAssociationProposal,
    }
    virtual_interface {
        create_private_virtual_interface => CreatePrivateVirtualInterface,
        create_public_virtual_interface => CreatePublicVirtualInterface,
        create_transit_virtual_interface => CreateTransitVirtualInterface,
        allocate_private_virtual_interface => AllocatePrivateVirtualInterface,
        allocate_public_virtual_interface => AllocatePublicVirtualInterface,
        allocate_transit_virtual_interface => AllocateTransitVirtualInterface,
        confirm_private_virtual_interface => ConfirmPrivateVirtualInterface,
        confirm_public_virtual_interface => ConfirmPublicVirtualInterface,
        confirm_transit_virtual_interface => ConfirmTransitVirtualInterface,
        describe_virtual_interfaces => DescribeVirtualInterfaces,
        update_virtual_interface_attributes => UpdateVirtualInterfaceAttributes,
        associate_virtual_interface => AssociateVirtualInterface,
        delete_virtual_interface => DeleteVirtualInterface,
        describe_router_configuration => DescribeRouterConfiguration,
    }
    bgp_peer {
        create_bgp_peer => CreateBGPPeer,
        delete_bgp_peer => DeleteBGPPeer,
    }
    route {
        list_virtual_interface_routes => ListVirtualInterfaceRoutes,
    }
    failover_test {
        start_bgp_failover_test => StartBgpFailoverTest,
        stop_bgp_failover_test => StopBgpFailoverTest,
        list_virtual_interface_test_history => ListVirtualInterfaceTestHistory,
    }
    resiliency_group {
        create_resiliency_group => CreateResiliencyGroup,
        get_resiliency_group => GetResiliencyGroup,
        list_resiliency_groups => ListResiliencyGroups,
        update_resiliency_group => UpdateResiliencyGroup,
        delete_resiliency_group => DeleteResiliencyGroup,
        associate_connections_to_resiliency_group => AssociateConnectionsToResiliencyGroup,
        disassociate_connections_from_resiliency_group => DisassociateConnectionsFromResiliencyGroup,
        list_resiliency_group_associations => ListResiliencyGroupAssociations,
    }
    location {
        describe_locations => DescribeLocations,
    }
    tag {
        tag_resource => TagResource,
        untag_resource => UntagResource,
        describe_tags => DescribeTags,
    }
}

/// Decides one call.
///
/// # Errors
/// The first rule that does not hold; then nothing that `tx` wrote may be used.
pub fn run(tx: &mut Tx<'_>, request: &Request) -> Result<Response, Rejection> {
    partners::may_call(tx, facts(request.operation()))?;
    let response = dispatch(tx, request)?;
    unused::replan(tx);
    Ok(response)
}

/// One rule: what must hold, and what is said when it does not.
fn require<E>(holds: bool, rejection: impl FnOnce() -> E) -> Result<(), E> {
    if holds { Ok(()) } else { Err(rejection()) }
}
