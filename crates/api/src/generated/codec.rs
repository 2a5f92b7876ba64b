//! Reading and writing of every structure. Generated from the model.
//!
//! INVARIANT: the fields stand in the order of the structure's members in `schema.rs`.

use super::{schema, shapes};
use crate::codec::record;

record!(
    AcceptDirectConnectGatewayAssociationProposalRequest,
    ACCEPT_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_REQUEST,
    [
        direct_connect_gateway_id,
        proposal_id,
        associated_gateway_owner_account,
        override_allowed_prefixes_to_direct_connect_gateway
    ]
);
record!(
    AcceptDirectConnectGatewayAssociationProposalResult,
    ACCEPT_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_RESULT,
    [direct_connect_gateway_association]
);
record!(
    AllocateConnectionOnInterconnectRequest,
    ALLOCATE_CONNECTION_ON_INTERCONNECT_REQUEST,
    [bandwidth, connection_name, owner_account, interconnect_id, vlan]
);
record!(
    AllocateHostedConnectionRequest,
    ALLOCATE_HOSTED_CONNECTION_REQUEST,
    [connection_id, owner_account, bandwidth, connection_name, vlan, tags]
);
record!(
    AllocatePrivateVirtualInterfaceRequest,
    ALLOCATE_PRIVATE_VIRTUAL_INTERFACE_REQUEST,
    [connection_id, owner_account, new_private_virtual_interface_allocation]
);
record!(
    AllocatePublicVirtualInterfaceRequest,
    ALLOCATE_PUBLIC_VIRTUAL_INTERFACE_REQUEST,
    [connection_id, owner_account, new_public_virtual_interface_allocation]
);
record!(
    AllocateTransitVirtualInterfaceRequest,
    ALLOCATE_TRANSIT_VIRTUAL_INTERFACE_REQUEST,
    [connection_id, owner_account, new_transit_virtual_interface_allocation]
);
record!(AllocateTransitVirtualInterfaceResult, ALLOCATE_TRANSIT_VIRTUAL_INTERFACE_RESULT, [virtual_interface]);
record!(AsPathSegment, AS_PATH_SEGMENT, [path_type, path]);
record!(AssociateConnectionWithLagRequest, ASSOCIATE_CONNECTION_WITH_LAG_REQUEST, [connection_id, lag_id]);
record!(
    AssociateConnectionsToResiliencyGroupRequest,
    ASSOCIATE_CONNECTIONS_TO_RESILIENCY_GROUP_REQUEST,
    [connection_identifiers, resiliency_group_id, client_token]
);
record!(
    AssociateConnectionsToResiliencyGroupResult,
    ASSOCIATE_CONNECTIONS_TO_RESILIENCY_GROUP_RESULT,
    [resiliency_group_associations]
);
record!(AssociateHostedConnectionRequest, ASSOCIATE_HOSTED_CONNECTION_REQUEST, [connection_id, parent_connection_id]);
record!(AssociateMacSecKeyRequest, ASSOCIATE_MAC_SEC_KEY_REQUEST, [connection_id, secret_arn, ckn, cak]);
record!(AssociateMacSecKeyResponse, ASSOCIATE_MAC_SEC_KEY_RESPONSE, [connection_id, mac_sec_keys]);
record!(AssociateVirtualInterfaceRequest, ASSOCIATE_VIRTUAL_INTERFACE_REQUEST, [virtual_interface_id, connection_id]);
record!(AssociatedCoreNetwork, ASSOCIATED_CORE_NETWORK, [id, owner_account, attachment_id]);
record!(AssociatedGateway, ASSOCIATED_GATEWAY, [id, type_, owner_account, region]);
record!(AvailableBillingMode, AVAILABLE_BILLING_MODE, [billing_mode, available_port_speeds, included_regions]);
record!(
    BGPPeer,
    BGP_PEER,
    [
        bgp_peer_id,
        asn,
        asn_long,
        auth_key,
        address_family,
        amazon_address,
        customer_address,
        bgp_peer_state,
        bgp_status,
        aws_device_v2,
        aws_logical_device_id
    ]
);
record!(ConfirmConnectionRequest, CONFIRM_CONNECTION_REQUEST, [connection_id]);
record!(ConfirmConnectionResponse, CONFIRM_CONNECTION_RESPONSE, [connection_state]);
record!(ConfirmCustomerAgreementRequest, CONFIRM_CUSTOMER_AGREEMENT_REQUEST, [agreement_name]);
record!(ConfirmCustomerAgreementResponse, CONFIRM_CUSTOMER_AGREEMENT_RESPONSE, [status]);
record!(
    ConfirmPrivateVirtualInterfaceRequest,
    CONFIRM_PRIVATE_VIRTUAL_INTERFACE_REQUEST,
    [virtual_interface_id, virtual_gateway_id, direct_connect_gateway_id]
);
record!(ConfirmPrivateVirtualInterfaceResponse, CONFIRM_PRIVATE_VIRTUAL_INTERFACE_RESPONSE, [virtual_interface_state]);
record!(ConfirmPublicVirtualInterfaceRequest, CONFIRM_PUBLIC_VIRTUAL_INTERFACE_REQUEST, [virtual_interface_id]);
record!(ConfirmPublicVirtualInterfaceResponse, CONFIRM_PUBLIC_VIRTUAL_INTERFACE_RESPONSE, [virtual_interface_state]);
record!(
    ConfirmTransitVirtualInterfaceRequest,
    CONFIRM_TRANSIT_VIRTUAL_INTERFACE_REQUEST,
    [virtual_interface_id, direct_connect_gateway_id]
);
record!(ConfirmTransitVirtualInterfaceResponse, CONFIRM_TRANSIT_VIRTUAL_INTERFACE_RESPONSE, [virtual_interface_state]);
record!(
    Connection,
    CONNECTION,
    [
        owner_account,
        connection_id,
        connection_name,
        connection_state,
        region,
        location,
        bandwidth,
        vlan,
        partner_name,
        loa_issue_time,
        lag_id,
        aws_device,
        jumbo_frame_capable,
        aws_device_v2,
        aws_logical_device_id,
        has_logical_redundancy,
        tags,
        provider_name,
        mac_sec_capable,
        port_encryption_status,
        encryption_mode,
        mac_sec_keys,
        rate_limiter_status,
        partner_interconnect_mac_sec_capable,
        prefix_pool_size_ipv4,
        prefix_pool_size_ipv6,
        prefix_pool_unallocated_count_ipv4,
        prefix_pool_unallocated_count_ipv6,
        billing_mode
    ]
);
record!(Connections, CONNECTIONS, [connections, next_token]);
record!(CreateBGPPeerRequest, CREATE_BGP_PEER_REQUEST, [virtual_interface_id, new_bgp_peer]);
record!(CreateBGPPeerResponse, CREATE_BGP_PEER_RESPONSE, [virtual_interface]);
record!(
    CreateConnectionRequest,
    CREATE_CONNECTION_REQUEST,
    [location, bandwidth, connection_name, lag_id, tags, provider_name, request_mac_sec, billing_mode]
);
record!(
    CreateDirectConnectGatewayAssociationProposalRequest,
    CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_REQUEST,
    [
        direct_connect_gateway_id,
        direct_connect_gateway_owner_account,
        gateway_id,
        add_allowed_prefixes_to_direct_connect_gateway,
        remove_allowed_prefixes_to_direct_connect_gateway
    ]
);
record!(
    CreateDirectConnectGatewayAssociationProposalResult,
    CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_RESULT,
    [direct_connect_gateway_association_proposal]
);
record!(
    CreateDirectConnectGatewayAssociationRequest,
    CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_REQUEST,
    [direct_connect_gateway_id, gateway_id, add_allowed_prefixes_to_direct_connect_gateway, virtual_gateway_id]
);
record!(
    CreateDirectConnectGatewayAssociationResult,
    CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_RESULT,
    [direct_connect_gateway_association]
);
record!(
    CreateDirectConnectGatewayRequest,
    CREATE_DIRECT_CONNECT_GATEWAY_REQUEST,
    [direct_connect_gateway_name, tags, amazon_side_asn]
);
record!(CreateDirectConnectGatewayResult, CREATE_DIRECT_CONNECT_GATEWAY_RESULT, [direct_connect_gateway]);
record!(
    CreateInterconnectRequest,
    CREATE_INTERCONNECT_REQUEST,
    [interconnect_name, bandwidth, location, lag_id, tags, provider_name, request_mac_sec]
);
record!(
    CreateLagRequest,
    CREATE_LAG_REQUEST,
    [
        number_of_connections,
        location,
        connections_bandwidth,
        lag_name,
        connection_id,
        tags,
        child_connection_tags,
        provider_name,
        request_mac_sec,
        billing_mode
    ]
);
record!(
    CreatePrivateVirtualInterfaceRequest,
    CREATE_PRIVATE_VIRTUAL_INTERFACE_REQUEST,
    [connection_id, new_private_virtual_interface]
);
record!(
    CreatePublicVirtualInterfaceRequest,
    CREATE_PUBLIC_VIRTUAL_INTERFACE_REQUEST,
    [connection_id, new_public_virtual_interface]
);
record!(
    CreateResiliencyGroupRequest,
    CREATE_RESILIENCY_GROUP_REQUEST,
    [resiliency_group_name, intended_resiliency_model, client_token, tags]
);
record!(CreateResiliencyGroupResult, CREATE_RESILIENCY_GROUP_RESULT, [resiliency_group]);
record!(
    CreateTransitVirtualInterfaceRequest,
    CREATE_TRANSIT_VIRTUAL_INTERFACE_REQUEST,
    [connection_id, new_transit_virtual_interface]
);
record!(CreateTransitVirtualInterfaceResult, CREATE_TRANSIT_VIRTUAL_INTERFACE_RESULT, [virtual_interface]);
record!(CustomerAgreement, CUSTOMER_AGREEMENT, [agreement_name, status]);
record!(
    DeleteBGPPeerRequest,
    DELETE_BGP_PEER_REQUEST,
    [virtual_interface_id, asn, asn_long, customer_address, bgp_peer_id]
);
record!(DeleteBGPPeerResponse, DELETE_BGP_PEER_RESPONSE, [virtual_interface]);
record!(DeleteConnectionRequest, DELETE_CONNECTION_REQUEST, [connection_id]);
record!(
    DeleteDirectConnectGatewayAssociationProposalRequest,
    DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_REQUEST,
    [proposal_id]
);
record!(
    DeleteDirectConnectGatewayAssociationProposalResult,
    DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_RESULT,
    [direct_connect_gateway_association_proposal]
);
record!(
    DeleteDirectConnectGatewayAssociationRequest,
    DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_REQUEST,
    [association_id, direct_connect_gateway_id, virtual_gateway_id]
);
record!(
    DeleteDirectConnectGatewayAssociationResult,
    DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_RESULT,
    [direct_connect_gateway_association]
);
record!(DeleteDirectConnectGatewayRequest, DELETE_DIRECT_CONNECT_GATEWAY_REQUEST, [direct_connect_gateway_id]);
record!(DeleteDirectConnectGatewayResult, DELETE_DIRECT_CONNECT_GATEWAY_RESULT, [direct_connect_gateway]);
record!(DeleteInterconnectRequest, DELETE_INTERCONNECT_REQUEST, [interconnect_id]);
record!(DeleteInterconnectResponse, DELETE_INTERCONNECT_RESPONSE, [interconnect_state]);
record!(DeleteLagRequest, DELETE_LAG_REQUEST, [lag_id]);
record!(DeleteResiliencyGroupRequest, DELETE_RESILIENCY_GROUP_REQUEST, [resiliency_group_id]);
record!(DeleteResiliencyGroupResult, DELETE_RESILIENCY_GROUP_RESULT, [resiliency_group]);
record!(DeleteVirtualInterfaceRequest, DELETE_VIRTUAL_INTERFACE_REQUEST, [virtual_interface_id]);
record!(DeleteVirtualInterfaceResponse, DELETE_VIRTUAL_INTERFACE_RESPONSE, [virtual_interface_state]);
record!(
    DescribeConnectionLoaRequest,
    DESCRIBE_CONNECTION_LOA_REQUEST,
    [connection_id, provider_name, loa_content_type]
);
record!(DescribeConnectionLoaResponse, DESCRIBE_CONNECTION_LOA_RESPONSE, [loa]);
record!(DescribeConnectionsOnInterconnectRequest, DESCRIBE_CONNECTIONS_ON_INTERCONNECT_REQUEST, [interconnect_id]);
record!(DescribeConnectionsRequest, DESCRIBE_CONNECTIONS_REQUEST, [connection_id, max_results, next_token]);
record!(DescribeCustomerMetadataResponse, DESCRIBE_CUSTOMER_METADATA_RESPONSE, [agreements, nni_partner_type]);
record!(
    DescribeDirectConnectGatewayAssociationProposalsRequest,
    DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSALS_REQUEST,
    [direct_connect_gateway_id, proposal_id, associated_gateway_id, max_results, next_token]
);
record!(
    DescribeDirectConnectGatewayAssociationProposalsResult,
    DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSALS_RESULT,
    [direct_connect_gateway_association_proposals, next_token]
);
record!(
    DescribeDirectConnectGatewayAssociationsRequest,
    DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATIONS_REQUEST,
    [association_id, associated_gateway_id, direct_connect_gateway_id, max_results, next_token, virtual_gateway_id]
);
record!(
    DescribeDirectConnectGatewayAssociationsResult,
    DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATIONS_RESULT,
    [direct_connect_gateway_associations, next_token]
);
record!(
    DescribeDirectConnectGatewayAttachmentsRequest,
    DESCRIBE_DIRECT_CONNECT_GATEWAY_ATTACHMENTS_REQUEST,
    [direct_connect_gateway_id, virtual_interface_id, max_results, next_token]
);
record!(
    DescribeDirectConnectGatewayAttachmentsResult,
    DESCRIBE_DIRECT_CONNECT_GATEWAY_ATTACHMENTS_RESULT,
    [direct_connect_gateway_attachments, next_token]
);
record!(
    DescribeDirectConnectGatewaysRequest,
    DESCRIBE_DIRECT_CONNECT_GATEWAYS_REQUEST,
    [direct_connect_gateway_id, max_results, next_token]
);
record!(
    DescribeDirectConnectGatewaysResult,
    DESCRIBE_DIRECT_CONNECT_GATEWAYS_RESULT,
    [direct_connect_gateways, next_token]
);
record!(
    DescribeHostedConnectionsRequest,
    DESCRIBE_HOSTED_CONNECTIONS_REQUEST,
    [connection_id, max_results, next_token]
);
record!(
    DescribeInterconnectLoaRequest,
    DESCRIBE_INTERCONNECT_LOA_REQUEST,
    [interconnect_id, provider_name, loa_content_type]
);
record!(DescribeInterconnectLoaResponse, DESCRIBE_INTERCONNECT_LOA_RESPONSE, [loa]);
record!(DescribeInterconnectsRequest, DESCRIBE_INTERCONNECTS_REQUEST, [interconnect_id, max_results, next_token]);
record!(DescribeLagsRequest, DESCRIBE_LAGS_REQUEST, [lag_id, max_results, next_token]);
record!(DescribeLoaRequest, DESCRIBE_LOA_REQUEST, [connection_id, provider_name, loa_content_type]);
record!(
    DescribeRouterConfigurationRequest,
    DESCRIBE_ROUTER_CONFIGURATION_REQUEST,
    [virtual_interface_id, router_type_identifier]
);
record!(
    DescribeRouterConfigurationResponse,
    DESCRIBE_ROUTER_CONFIGURATION_RESPONSE,
    [customer_router_config, router, virtual_interface_id, virtual_interface_name]
);
record!(DescribeTagsRequest, DESCRIBE_TAGS_REQUEST, [resource_arns]);
record!(DescribeTagsResponse, DESCRIBE_TAGS_RESPONSE, [resource_tags]);
record!(
    DescribeVirtualInterfacesRequest,
    DESCRIBE_VIRTUAL_INTERFACES_REQUEST,
    [connection_id, virtual_interface_id, max_results, next_token]
);
record!(
    DirectConnectGateway,
    DIRECT_CONNECT_GATEWAY,
    [
        direct_connect_gateway_id,
        direct_connect_gateway_name,
        amazon_side_asn,
        owner_account,
        direct_connect_gateway_state,
        state_change_error,
        total_prefix_pool_allocations,
        tags
    ]
);
record!(
    DirectConnectGatewayAssociation,
    DIRECT_CONNECT_GATEWAY_ASSOCIATION,
    [
        direct_connect_gateway_id,
        direct_connect_gateway_owner_account,
        association_state,
        state_change_error,
        associated_gateway,
        association_id,
        allowed_prefixes_to_direct_connect_gateway,
        associated_core_network,
        virtual_gateway_id,
        virtual_gateway_region,
        virtual_gateway_owner_account
    ]
);
record!(
    DirectConnectGatewayAssociationProposal,
    DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL,
    [
        proposal_id,
        direct_connect_gateway_id,
        direct_connect_gateway_owner_account,
        proposal_state,
        associated_gateway,
        existing_allowed_prefixes_to_direct_connect_gateway,
        requested_allowed_prefixes_to_direct_connect_gateway
    ]
);
record!(
    DirectConnectGatewayAttachment,
    DIRECT_CONNECT_GATEWAY_ATTACHMENT,
    [
        direct_connect_gateway_id,
        virtual_interface_id,
        virtual_interface_region,
        virtual_interface_owner_account,
        attachment_state,
        attachment_type,
        state_change_error
    ]
);
record!(DisassociateConnectionFromLagRequest, DISASSOCIATE_CONNECTION_FROM_LAG_REQUEST, [connection_id, lag_id]);
record!(
    DisassociateConnectionsFromResiliencyGroupRequest,
    DISASSOCIATE_CONNECTIONS_FROM_RESILIENCY_GROUP_REQUEST,
    [connection_identifiers, resiliency_group_id, client_token]
);
record!(
    DisassociateConnectionsFromResiliencyGroupResult,
    DISASSOCIATE_CONNECTIONS_FROM_RESILIENCY_GROUP_RESULT,
    [resiliency_group_associations]
);
record!(DisassociateMacSecKeyRequest, DISASSOCIATE_MAC_SEC_KEY_REQUEST, [connection_id, secret_arn]);
record!(DisassociateMacSecKeyResponse, DISASSOCIATE_MAC_SEC_KEY_RESPONSE, [connection_id, mac_sec_keys]);
record!(GetResiliencyGroupRequest, GET_RESILIENCY_GROUP_REQUEST, [resiliency_group_id]);
record!(GetResiliencyGroupResult, GET_RESILIENCY_GROUP_RESULT, [resiliency_group]);
record!(
    Interconnect,
    INTERCONNECT,
    [
        interconnect_id,
        interconnect_name,
        interconnect_state,
        region,
        location,
        bandwidth,
        loa_issue_time,
        lag_id,
        aws_device,
        jumbo_frame_capable,
        aws_device_v2,
        aws_logical_device_id,
        has_logical_redundancy,
        tags,
        provider_name,
        mac_sec_capable,
        port_encryption_status,
        encryption_mode,
        mac_sec_keys
    ]
);
record!(Interconnects, INTERCONNECTS, [interconnects, next_token]);
record!(
    Lag,
    LAG,
    [
        connections_bandwidth,
        number_of_connections,
        lag_id,
        owner_account,
        lag_name,
        lag_state,
        location,
        region,
        minimum_links,
        aws_device,
        aws_device_v2,
        aws_logical_device_id,
        connections,
        allows_hosted_connections,
        jumbo_frame_capable,
        has_logical_redundancy,
        tags,
        provider_name,
        mac_sec_capable,
        encryption_mode,
        mac_sec_keys,
        prefix_pool_size_ipv4,
        prefix_pool_size_ipv6,
        prefix_pool_unallocated_count_ipv4,
        prefix_pool_unallocated_count_ipv6,
        rate_limiter_status,
        billing_mode
    ]
);
record!(Lags, LAGS, [lags, next_token]);
record!(
    ListResiliencyGroupAssociationsRequest,
    LIST_RESILIENCY_GROUP_ASSOCIATIONS_REQUEST,
    [resiliency_group_id, max_results, next_token]
);
record!(ListResiliencyGroupAssociationsResult, LIST_RESILIENCY_GROUP_ASSOCIATIONS_RESULT, [items, next_token]);
record!(ListResiliencyGroupsRequest, LIST_RESILIENCY_GROUPS_REQUEST, [max_results, next_token]);
record!(ListResiliencyGroupsResult, LIST_RESILIENCY_GROUPS_RESULT, [items, next_token]);
record!(
    ListVirtualInterfaceRoutesRequest,
    LIST_VIRTUAL_INTERFACE_ROUTES_REQUEST,
    [virtual_interface_id, filters, max_results, next_token]
);
record!(
    ListVirtualInterfaceRoutesResponse,
    LIST_VIRTUAL_INTERFACE_ROUTES_RESPONSE,
    [virtual_interface_id, routes, next_token]
);
record!(
    ListVirtualInterfaceTestHistoryRequest,
    LIST_VIRTUAL_INTERFACE_TEST_HISTORY_REQUEST,
    [test_id, virtual_interface_id, bgp_peers, status, max_results, next_token]
);
record!(
    ListVirtualInterfaceTestHistoryResponse,
    LIST_VIRTUAL_INTERFACE_TEST_HISTORY_RESPONSE,
    [virtual_interface_test_history, next_token]
);
record!(Loa, LOA, [loa_content, loa_content_type]);
record!(
    Location,
    LOCATION,
    [
        location_code,
        location_name,
        region,
        available_port_speeds,
        available_providers,
        available_mac_sec_port_speeds,
        available_billing_modes
    ]
);
record!(Locations, LOCATIONS, [locations]);
record!(MacSecKey, MAC_SEC_KEY, [secret_arn, ckn, state, start_on]);
record!(NewBGPPeer, NEW_BGP_PEER, [asn, asn_long, auth_key, address_family, amazon_address, customer_address]);
record!(
    NewPrivateVirtualInterface,
    NEW_PRIVATE_VIRTUAL_INTERFACE,
    [
        virtual_interface_name,
        vlan,
        asn,
        asn_long,
        mtu,
        auth_key,
        amazon_address,
        customer_address,
        address_family,
        virtual_gateway_id,
        direct_connect_gateway_id,
        tags,
        enable_site_link,
        prefix_pool_allocated_count_ipv4,
        prefix_pool_allocated_count_ipv6,
        rate_limit
    ]
);
record!(
    NewPrivateVirtualInterfaceAllocation,
    NEW_PRIVATE_VIRTUAL_INTERFACE_ALLOCATION,
    [
        virtual_interface_name,
        vlan,
        asn,
        asn_long,
        mtu,
        auth_key,
        amazon_address,
        address_family,
        customer_address,
        tags,
        rate_limit
    ]
);
record!(
    NewPublicVirtualInterface,
    NEW_PUBLIC_VIRTUAL_INTERFACE,
    [
        virtual_interface_name,
        vlan,
        asn,
        asn_long,
        auth_key,
        amazon_address,
        customer_address,
        address_family,
        route_filter_prefixes,
        tags,
        rate_limit
    ]
);
record!(
    NewPublicVirtualInterfaceAllocation,
    NEW_PUBLIC_VIRTUAL_INTERFACE_ALLOCATION,
    [
        virtual_interface_name,
        vlan,
        asn,
        asn_long,
        auth_key,
        amazon_address,
        customer_address,
        address_family,
        route_filter_prefixes,
        tags,
        rate_limit
    ]
);
record!(
    NewTransitVirtualInterface,
    NEW_TRANSIT_VIRTUAL_INTERFACE,
    [
        virtual_interface_name,
        vlan,
        asn,
        asn_long,
        mtu,
        auth_key,
        amazon_address,
        customer_address,
        address_family,
        direct_connect_gateway_id,
        tags,
        enable_site_link,
        prefix_pool_allocated_count_ipv4,
        prefix_pool_allocated_count_ipv6,
        rate_limit
    ]
);
record!(
    NewTransitVirtualInterfaceAllocation,
    NEW_TRANSIT_VIRTUAL_INTERFACE_ALLOCATION,
    [
        virtual_interface_name,
        vlan,
        asn,
        asn_long,
        mtu,
        auth_key,
        amazon_address,
        customer_address,
        address_family,
        tags,
        rate_limit
    ]
);
record!(RateLimiterStatus, RATE_LIMITER_STATUS, [max_allowed, in_use, remaining, total_bandwidth]);
record!(
    ResiliencyGroup,
    RESILIENCY_GROUP,
    [
        resiliency_group_id,
        resiliency_group_arn,
        resiliency_group_name,
        resiliency_group_type,
        owner_account,
        state,
        tags
    ]
);
record!(ResiliencyGroupAssociation, RESILIENCY_GROUP_ASSOCIATION, [resiliency_group_id, connection_arn, state]);
record!(
    ResiliencyGroupSummary,
    RESILIENCY_GROUP_SUMMARY,
    [resiliency_group_id, resiliency_group_arn, resiliency_group_name, resiliency_group_type, owner_account, state]
);
record!(ResourceTag, RESOURCE_TAG, [resource_arn, tags]);
record!(
    Route,
    ROUTE,
    [cidr, route_direction, address_family, as_path, communities, aws_logical_device_id, route_installed_at]
);
record!(RouteFilterPrefix, ROUTE_FILTER_PREFIX, [cidr]);
record!(RouteFilters, ROUTE_FILTERS, [route_direction, address_family, cidrs, as_path, communities]);
record!(
    RouterType,
    ROUTER_TYPE,
    [vendor, platform, software, xslt_template_name, xslt_template_name_for_mac_sec, router_type_identifier]
);
record!(
    StartBgpFailoverTestRequest,
    START_BGP_FAILOVER_TEST_REQUEST,
    [virtual_interface_id, bgp_peers, test_duration_in_minutes]
);
record!(StartBgpFailoverTestResponse, START_BGP_FAILOVER_TEST_RESPONSE, [virtual_interface_test]);
record!(StopBgpFailoverTestRequest, STOP_BGP_FAILOVER_TEST_REQUEST, [virtual_interface_id]);
record!(StopBgpFailoverTestResponse, STOP_BGP_FAILOVER_TEST_RESPONSE, [virtual_interface_test]);
record!(Tag, TAG, [key, value]);
record!(TagResourceRequest, TAG_RESOURCE_REQUEST, [resource_arn, tags]);
record!(TagResourceResponse, TAG_RESOURCE_RESPONSE, []);
record!(UntagResourceRequest, UNTAG_RESOURCE_REQUEST, [resource_arn, tag_keys]);
record!(UntagResourceResponse, UNTAG_RESOURCE_RESPONSE, []);
record!(UpdateConnectionRequest, UPDATE_CONNECTION_REQUEST, [connection_id, connection_name, encryption_mode]);
record!(UpdateConnectionsBillingModeRequest, UPDATE_CONNECTIONS_BILLING_MODE_REQUEST, [connection_ids, billing_mode]);
record!(UpdateConnectionsBillingModeResponse, UPDATE_CONNECTIONS_BILLING_MODE_RESPONSE, [billing_mode, connections]);
record!(
    UpdateDirectConnectGatewayAssociationRequest,
    UPDATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_REQUEST,
    [association_id, add_allowed_prefixes_to_direct_connect_gateway, remove_allowed_prefixes_to_direct_connect_gateway]
);
record!(
    UpdateDirectConnectGatewayAssociationResult,
    UPDATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_RESULT,
    [direct_connect_gateway_association]
);
record!(
    UpdateDirectConnectGatewayRequest,
    UPDATE_DIRECT_CONNECT_GATEWAY_REQUEST,
    [direct_connect_gateway_id, new_direct_connect_gateway_name]
);
record!(UpdateDirectConnectGatewayResponse, UPDATE_DIRECT_CONNECT_GATEWAY_RESPONSE, [direct_connect_gateway]);
record!(UpdateLagRequest, UPDATE_LAG_REQUEST, [lag_id, lag_name, minimum_links, encryption_mode]);
record!(
    UpdateResiliencyGroupRequest,
    UPDATE_RESILIENCY_GROUP_REQUEST,
    [resiliency_group_id, resiliency_group_name, client_token]
);
record!(UpdateResiliencyGroupResult, UPDATE_RESILIENCY_GROUP_RESULT, [resiliency_group]);
record!(
    UpdateVirtualInterfaceAttributesRequest,
    UPDATE_VIRTUAL_INTERFACE_ATTRIBUTES_REQUEST,
    [
        virtual_interface_id,
        mtu,
        enable_site_link,
        virtual_interface_name,
        prefix_pool_allocated_count_ipv4,
        prefix_pool_allocated_count_ipv6,
        rate_limit
    ]
);
record!(VirtualGateway, VIRTUAL_GATEWAY, [virtual_gateway_id, virtual_gateway_state]);
record!(VirtualGateways, VIRTUAL_GATEWAYS, [virtual_gateways]);
record!(
    VirtualInterface,
    VIRTUAL_INTERFACE,
    [
        owner_account,
        virtual_interface_id,
        location,
        connection_id,
        virtual_interface_type,
        virtual_interface_name,
        vlan,
        asn,
        asn_long,
        amazon_side_asn,
        auth_key,
        amazon_address,
        customer_address,
        address_family,
        virtual_interface_state,
        customer_router_config,
        mtu,
        jumbo_frame_capable,
        virtual_gateway_id,
        direct_connect_gateway_id,
        route_filter_prefixes,
        bgp_peers,
        region,
        aws_device_v2,
        aws_logical_device_id,
        tags,
        site_link_enabled,
        prefix_pool_allocated_count_ipv4,
        prefix_pool_allocated_count_ipv6,
        rate_limit
    ]
);
record!(
    VirtualInterfaceTestHistory,
    VIRTUAL_INTERFACE_TEST_HISTORY,
    [test_id, virtual_interface_id, bgp_peers, status, owner_account, test_duration_in_minutes, start_time, end_time]
);
record!(VirtualInterfaces, VIRTUAL_INTERFACES, [virtual_interfaces, next_token]);
