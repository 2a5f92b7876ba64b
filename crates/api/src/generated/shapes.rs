//! The structures and enums of the API, named as on the wire. Generated from the model.

use crate::Timestamp;

pub use super::enums::*;

/// `AcceptDirectConnectGatewayAssociationProposalRequest`: input of AcceptDirectConnectGatewayAssociationProposal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AcceptDirectConnectGatewayAssociationProposalRequest {
    /// `directConnectGatewayId` (DirectConnectGatewayId): required.
    pub direct_connect_gateway_id: String,
    /// `proposalId` (DirectConnectGatewayAssociationProposalId): required.
    pub proposal_id: String,
    /// `associatedGatewayOwnerAccount` (OwnerAccount): required.
    pub associated_gateway_owner_account: String,
    /// `overrideAllowedPrefixesToDirectConnectGateway` (RouteFilterPrefixList).
    pub override_allowed_prefixes_to_direct_connect_gateway: Option<Vec<RouteFilterPrefix>>,
}

/// `AcceptDirectConnectGatewayAssociationProposalResult`: output of AcceptDirectConnectGatewayAssociationProposal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AcceptDirectConnectGatewayAssociationProposalResult {
    /// `directConnectGatewayAssociation` (DirectConnectGatewayAssociation).
    pub direct_connect_gateway_association: Option<DirectConnectGatewayAssociation>,
}

/// `AllocateConnectionOnInterconnectRequest`: input of AllocateConnectionOnInterconnect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AllocateConnectionOnInterconnectRequest {
    /// `bandwidth` (Bandwidth): required.
    pub bandwidth: String,
    /// `connectionName` (ConnectionName): required.
    pub connection_name: String,
    /// `ownerAccount` (OwnerAccount): required.
    pub owner_account: String,
    /// `interconnectId` (InterconnectId): required.
    pub interconnect_id: String,
    /// `vlan` (VLAN): required.
    pub vlan: i32,
}

/// `AllocateHostedConnectionRequest`: input of AllocateHostedConnection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AllocateHostedConnectionRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `ownerAccount` (OwnerAccount): required.
    pub owner_account: String,
    /// `bandwidth` (Bandwidth): required.
    pub bandwidth: String,
    /// `connectionName` (ConnectionName): required.
    pub connection_name: String,
    /// `vlan` (VLAN): required.
    pub vlan: i32,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
}

/// `AllocatePrivateVirtualInterfaceRequest`: input of AllocatePrivateVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AllocatePrivateVirtualInterfaceRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `ownerAccount` (OwnerAccount): required.
    pub owner_account: String,
    /// `newPrivateVirtualInterfaceAllocation` (NewPrivateVirtualInterfaceAllocation): required.
    pub new_private_virtual_interface_allocation: NewPrivateVirtualInterfaceAllocation,
}

/// `AllocatePublicVirtualInterfaceRequest`: input of AllocatePublicVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AllocatePublicVirtualInterfaceRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `ownerAccount` (OwnerAccount): required.
    pub owner_account: String,
    /// `newPublicVirtualInterfaceAllocation` (NewPublicVirtualInterfaceAllocation): required.
    pub new_public_virtual_interface_allocation: NewPublicVirtualInterfaceAllocation,
}

/// `AllocateTransitVirtualInterfaceRequest`: input of AllocateTransitVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AllocateTransitVirtualInterfaceRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `ownerAccount` (OwnerAccount): required.
    pub owner_account: String,
    /// `newTransitVirtualInterfaceAllocation` (NewTransitVirtualInterfaceAllocation): required.
    pub new_transit_virtual_interface_allocation: NewTransitVirtualInterfaceAllocation,
}

/// `AllocateTransitVirtualInterfaceResult`: output of AllocateTransitVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AllocateTransitVirtualInterfaceResult {
    /// `virtualInterface` (VirtualInterface).
    pub virtual_interface: Option<VirtualInterface>,
}

/// `AsPathSegment`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AsPathSegment {
    /// `pathType` (AsPathType).
    pub path_type: Option<AsPathType>,
    /// `path` (AsPathList).
    pub path: Option<Vec<i64>>,
}

/// `AssociateConnectionWithLagRequest`: input of AssociateConnectionWithLag.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssociateConnectionWithLagRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `lagId` (LagId): required.
    pub lag_id: String,
}

/// `AssociateConnectionsToResiliencyGroupRequest`: input of AssociateConnectionsToResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssociateConnectionsToResiliencyGroupRequest {
    /// `connectionIdentifiers` (ConnectionIdentifierList): required; 1 to 50 elements.
    pub connection_identifiers: Vec<String>,
    /// `resiliencyGroupId` (ResiliencyGroupId): required; 22 to 22 characters, pattern `^(dxrg|DXRG)-[0-9a-zA-Z]{17}$`.
    pub resiliency_group_id: String,
    /// `clientToken` (IdempotencyToken): 1 to 128 characters.
    pub client_token: Option<String>,
}

/// `AssociateConnectionsToResiliencyGroupResult`: output of AssociateConnectionsToResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssociateConnectionsToResiliencyGroupResult {
    /// `resiliencyGroupAssociations` (ResiliencyGroupAssociationList).
    pub resiliency_group_associations: Option<Vec<ResiliencyGroupAssociation>>,
}

/// `AssociateHostedConnectionRequest`: input of AssociateHostedConnection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssociateHostedConnectionRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `parentConnectionId` (ConnectionId): required.
    pub parent_connection_id: String,
}

/// `AssociateMacSecKeyRequest`: input of AssociateMacSecKey.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssociateMacSecKeyRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `secretARN` (SecretARN).
    pub secret_arn: Option<String>,
    /// `ckn` (Ckn).
    pub ckn: Option<String>,
    /// `cak` (Cak).
    pub cak: Option<String>,
}

/// `AssociateMacSecKeyResponse`: output of AssociateMacSecKey.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssociateMacSecKeyResponse {
    /// `connectionId` (ConnectionId).
    pub connection_id: Option<String>,
    /// `macSecKeys` (MacSecKeyList).
    pub mac_sec_keys: Option<Vec<MacSecKey>>,
}

/// `AssociateVirtualInterfaceRequest`: input of AssociateVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssociateVirtualInterfaceRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId): required.
    pub virtual_interface_id: String,
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
}

/// `AssociatedCoreNetwork`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssociatedCoreNetwork {
    /// `id` (CoreNetworkIdentifier): 14 to 30 characters, pattern `^core-network-([0-9a-f]{1,17})$`.
    pub id: Option<String>,
    /// `ownerAccount` (OwnerAccount).
    pub owner_account: Option<String>,
    /// `attachmentId` (CoreNetworkAttachmentId): 12 to 28 characters, pattern `^attachment-([0-9a-f]{1,17})$`.
    pub attachment_id: Option<String>,
}

/// `AssociatedGateway`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssociatedGateway {
    /// `id` (GatewayIdentifier).
    pub id: Option<String>,
    /// `type` (GatewayType).
    pub type_: Option<GatewayType>,
    /// `ownerAccount` (OwnerAccount).
    pub owner_account: Option<String>,
    /// `region` (Region).
    pub region: Option<String>,
}

/// `AvailableBillingMode`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AvailableBillingMode {
    /// `billingMode` (BillingMode).
    pub billing_mode: Option<BillingMode>,
    /// `availablePortSpeeds` (AvailablePortSpeeds).
    pub available_port_speeds: Option<Vec<String>>,
    /// `includedRegions` (IncludedRegionList).
    pub included_regions: Option<Vec<String>>,
}

/// `BGPPeer`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BGPPeer {
    /// `bgpPeerId` (BGPPeerId).
    pub bgp_peer_id: Option<String>,
    /// `asn` (ASN).
    pub asn: Option<i32>,
    /// `asnLong` (LongAsn).
    pub asn_long: Option<i64>,
    /// `authKey` (BGPAuthKey).
    pub auth_key: Option<String>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `amazonAddress` (AmazonAddress).
    pub amazon_address: Option<String>,
    /// `customerAddress` (CustomerAddress).
    pub customer_address: Option<String>,
    /// `bgpPeerState` (BGPPeerState).
    pub bgp_peer_state: Option<BGPPeerState>,
    /// `bgpStatus` (BGPStatus).
    pub bgp_status: Option<BGPStatus>,
    /// `awsDeviceV2` (AwsDeviceV2).
    pub aws_device_v2: Option<String>,
    /// `awsLogicalDeviceId` (AwsLogicalDeviceId).
    pub aws_logical_device_id: Option<String>,
}

/// `ConfirmConnectionRequest`: input of ConfirmConnection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfirmConnectionRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
}

/// `ConfirmConnectionResponse`: output of ConfirmConnection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfirmConnectionResponse {
    /// `connectionState` (ConnectionState).
    pub connection_state: Option<ConnectionState>,
}

/// `ConfirmCustomerAgreementRequest`: input of ConfirmCustomerAgreement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfirmCustomerAgreementRequest {
    /// `agreementName` (AgreementName): at most 100 characters.
    pub agreement_name: Option<String>,
}

/// `ConfirmCustomerAgreementResponse`: output of ConfirmCustomerAgreement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfirmCustomerAgreementResponse {
    /// `status` (Status): at most 30 characters.
    pub status: Option<String>,
}

/// `ConfirmPrivateVirtualInterfaceRequest`: input of ConfirmPrivateVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfirmPrivateVirtualInterfaceRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId): required.
    pub virtual_interface_id: String,
    /// `virtualGatewayId` (VirtualGatewayId).
    pub virtual_gateway_id: Option<String>,
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
}

/// `ConfirmPrivateVirtualInterfaceResponse`: output of ConfirmPrivateVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfirmPrivateVirtualInterfaceResponse {
    /// `virtualInterfaceState` (VirtualInterfaceState).
    pub virtual_interface_state: Option<VirtualInterfaceState>,
}

/// `ConfirmPublicVirtualInterfaceRequest`: input of ConfirmPublicVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfirmPublicVirtualInterfaceRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId): required.
    pub virtual_interface_id: String,
}

/// `ConfirmPublicVirtualInterfaceResponse`: output of ConfirmPublicVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfirmPublicVirtualInterfaceResponse {
    /// `virtualInterfaceState` (VirtualInterfaceState).
    pub virtual_interface_state: Option<VirtualInterfaceState>,
}

/// `ConfirmTransitVirtualInterfaceRequest`: input of ConfirmTransitVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfirmTransitVirtualInterfaceRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId): required.
    pub virtual_interface_id: String,
    /// `directConnectGatewayId` (DirectConnectGatewayId): required.
    pub direct_connect_gateway_id: String,
}

/// `ConfirmTransitVirtualInterfaceResponse`: output of ConfirmTransitVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfirmTransitVirtualInterfaceResponse {
    /// `virtualInterfaceState` (VirtualInterfaceState).
    pub virtual_interface_state: Option<VirtualInterfaceState>,
}

/// `Connection`: output of AllocateConnectionOnInterconnect, output of AllocateHostedConnection, output of AssociateConnectionWithLag, output of AssociateHostedConnection, output of CreateConnection, output of DeleteConnection, output of DisassociateConnectionFromLag, output of UpdateConnection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Connection {
    /// `ownerAccount` (OwnerAccount).
    pub owner_account: Option<String>,
    /// `connectionId` (ConnectionId).
    pub connection_id: Option<String>,
    /// `connectionName` (ConnectionName).
    pub connection_name: Option<String>,
    /// `connectionState` (ConnectionState).
    pub connection_state: Option<ConnectionState>,
    /// `region` (Region).
    pub region: Option<String>,
    /// `location` (LocationCode).
    pub location: Option<String>,
    /// `bandwidth` (Bandwidth).
    pub bandwidth: Option<String>,
    /// `vlan` (VLAN).
    pub vlan: Option<i32>,
    /// `partnerName` (PartnerName).
    pub partner_name: Option<String>,
    /// `loaIssueTime` (LoaIssueTime).
    pub loa_issue_time: Option<Timestamp>,
    /// `lagId` (LagId).
    pub lag_id: Option<String>,
    /// `awsDevice` (AwsDevice): deprecated.
    pub aws_device: Option<String>,
    /// `jumboFrameCapable` (JumboFrameCapable).
    pub jumbo_frame_capable: Option<bool>,
    /// `awsDeviceV2` (AwsDeviceV2).
    pub aws_device_v2: Option<String>,
    /// `awsLogicalDeviceId` (AwsLogicalDeviceId).
    pub aws_logical_device_id: Option<String>,
    /// `hasLogicalRedundancy` (HasLogicalRedundancy).
    pub has_logical_redundancy: Option<HasLogicalRedundancy>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `providerName` (ProviderName).
    pub provider_name: Option<String>,
    /// `macSecCapable` (MacSecCapable).
    pub mac_sec_capable: Option<bool>,
    /// `portEncryptionStatus` (PortEncryptionStatus).
    pub port_encryption_status: Option<String>,
    /// `encryptionMode` (EncryptionMode).
    pub encryption_mode: Option<String>,
    /// `macSecKeys` (MacSecKeyList).
    pub mac_sec_keys: Option<Vec<MacSecKey>>,
    /// `rateLimiterStatus` (RateLimiterStatus).
    pub rate_limiter_status: Option<RateLimiterStatus>,
    /// `partnerInterconnectMacSecCapable` (PartnerInterconnectMacSecCapable).
    pub partner_interconnect_mac_sec_capable: Option<bool>,
    /// `prefixPoolSizeIpv4` (PrefixPoolSize): at least 0.
    pub prefix_pool_size_ipv4: Option<i32>,
    /// `prefixPoolSizeIpv6` (PrefixPoolSize): at least 0.
    pub prefix_pool_size_ipv6: Option<i32>,
    /// `prefixPoolUnallocatedCountIpv4` (PrefixPoolUnallocatedCount): at least 0.
    pub prefix_pool_unallocated_count_ipv4: Option<i32>,
    /// `prefixPoolUnallocatedCountIpv6` (PrefixPoolUnallocatedCount): at least 0.
    pub prefix_pool_unallocated_count_ipv6: Option<i32>,
    /// `billingMode` (BillingMode).
    pub billing_mode: Option<BillingMode>,
}

/// `Connections`: output of DescribeConnections, output of DescribeConnectionsOnInterconnect, output of DescribeHostedConnections.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Connections {
    /// `connections` (ConnectionList).
    pub connections: Option<Vec<Connection>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `CreateBGPPeerRequest`: input of CreateBGPPeer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateBGPPeerRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `newBGPPeer` (NewBGPPeer).
    pub new_bgp_peer: Option<NewBGPPeer>,
}

/// `CreateBGPPeerResponse`: output of CreateBGPPeer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateBGPPeerResponse {
    /// `virtualInterface` (VirtualInterface).
    pub virtual_interface: Option<VirtualInterface>,
}

/// `CreateConnectionRequest`: input of CreateConnection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateConnectionRequest {
    /// `location` (LocationCode): required.
    pub location: String,
    /// `bandwidth` (Bandwidth): required.
    pub bandwidth: String,
    /// `connectionName` (ConnectionName): required.
    pub connection_name: String,
    /// `lagId` (LagId).
    pub lag_id: Option<String>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `providerName` (ProviderName).
    pub provider_name: Option<String>,
    /// `requestMACSec` (RequestMACSec).
    pub request_mac_sec: Option<bool>,
    /// `billingMode` (RequestBillingMode).
    pub billing_mode: Option<RequestBillingMode>,
}

/// `CreateDirectConnectGatewayAssociationProposalRequest`: input of CreateDirectConnectGatewayAssociationProposal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDirectConnectGatewayAssociationProposalRequest {
    /// `directConnectGatewayId` (DirectConnectGatewayId): required.
    pub direct_connect_gateway_id: String,
    /// `directConnectGatewayOwnerAccount` (OwnerAccount): required.
    pub direct_connect_gateway_owner_account: String,
    /// `gatewayId` (GatewayIdToAssociate): required.
    pub gateway_id: String,
    /// `addAllowedPrefixesToDirectConnectGateway` (RouteFilterPrefixList).
    pub add_allowed_prefixes_to_direct_connect_gateway: Option<Vec<RouteFilterPrefix>>,
    /// `removeAllowedPrefixesToDirectConnectGateway` (RouteFilterPrefixList).
    pub remove_allowed_prefixes_to_direct_connect_gateway: Option<Vec<RouteFilterPrefix>>,
}

/// `CreateDirectConnectGatewayAssociationProposalResult`: output of CreateDirectConnectGatewayAssociationProposal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDirectConnectGatewayAssociationProposalResult {
    /// `directConnectGatewayAssociationProposal` (DirectConnectGatewayAssociationProposal).
    pub direct_connect_gateway_association_proposal: Option<DirectConnectGatewayAssociationProposal>,
}

/// `CreateDirectConnectGatewayAssociationRequest`: input of CreateDirectConnectGatewayAssociation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDirectConnectGatewayAssociationRequest {
    /// `directConnectGatewayId` (DirectConnectGatewayId): required.
    pub direct_connect_gateway_id: String,
    /// `gatewayId` (GatewayIdToAssociate).
    pub gateway_id: Option<String>,
    /// `addAllowedPrefixesToDirectConnectGateway` (RouteFilterPrefixList).
    pub add_allowed_prefixes_to_direct_connect_gateway: Option<Vec<RouteFilterPrefix>>,
    /// `virtualGatewayId` (VirtualGatewayId).
    pub virtual_gateway_id: Option<String>,
}

/// `CreateDirectConnectGatewayAssociationResult`: output of CreateDirectConnectGatewayAssociation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDirectConnectGatewayAssociationResult {
    /// `directConnectGatewayAssociation` (DirectConnectGatewayAssociation).
    pub direct_connect_gateway_association: Option<DirectConnectGatewayAssociation>,
}

/// `CreateDirectConnectGatewayRequest`: input of CreateDirectConnectGateway.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDirectConnectGatewayRequest {
    /// `directConnectGatewayName` (DirectConnectGatewayName): required.
    pub direct_connect_gateway_name: String,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `amazonSideAsn` (LongAsn).
    pub amazon_side_asn: Option<i64>,
}

/// `CreateDirectConnectGatewayResult`: output of CreateDirectConnectGateway.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDirectConnectGatewayResult {
    /// `directConnectGateway` (DirectConnectGateway).
    pub direct_connect_gateway: Option<DirectConnectGateway>,
}

/// `CreateInterconnectRequest`: input of CreateInterconnect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateInterconnectRequest {
    /// `interconnectName` (InterconnectName): required.
    pub interconnect_name: String,
    /// `bandwidth` (Bandwidth): required.
    pub bandwidth: String,
    /// `location` (LocationCode): required.
    pub location: String,
    /// `lagId` (LagId).
    pub lag_id: Option<String>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `providerName` (ProviderName).
    pub provider_name: Option<String>,
    /// `requestMACSec` (RequestMACSec).
    pub request_mac_sec: Option<bool>,
}

/// `CreateLagRequest`: input of CreateLag.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateLagRequest {
    /// `numberOfConnections` (Count): required.
    pub number_of_connections: i32,
    /// `location` (LocationCode): required.
    pub location: String,
    /// `connectionsBandwidth` (Bandwidth): required.
    pub connections_bandwidth: String,
    /// `lagName` (LagName): required.
    pub lag_name: String,
    /// `connectionId` (ConnectionId).
    pub connection_id: Option<String>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `childConnectionTags` (TagList): at least 1 elements.
    pub child_connection_tags: Option<Vec<Tag>>,
    /// `providerName` (ProviderName).
    pub provider_name: Option<String>,
    /// `requestMACSec` (RequestMACSec).
    pub request_mac_sec: Option<bool>,
    /// `billingMode` (RequestBillingMode).
    pub billing_mode: Option<RequestBillingMode>,
}

/// `CreatePrivateVirtualInterfaceRequest`: input of CreatePrivateVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePrivateVirtualInterfaceRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `newPrivateVirtualInterface` (NewPrivateVirtualInterface): required.
    pub new_private_virtual_interface: NewPrivateVirtualInterface,
}

/// `CreatePublicVirtualInterfaceRequest`: input of CreatePublicVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePublicVirtualInterfaceRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `newPublicVirtualInterface` (NewPublicVirtualInterface): required.
    pub new_public_virtual_interface: NewPublicVirtualInterface,
}

/// `CreateResiliencyGroupRequest`: input of CreateResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateResiliencyGroupRequest {
    /// `resiliencyGroupName` (ResiliencyGroupName): required; 1 to 255 characters, pattern `^[a-zA-Z0-9_\-]+$`.
    pub resiliency_group_name: String,
    /// `intendedResiliencyModel` (ResiliencyModel): required.
    pub intended_resiliency_model: ResiliencyModel,
    /// `clientToken` (IdempotencyToken): 1 to 128 characters.
    pub client_token: Option<String>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
}

/// `CreateResiliencyGroupResult`: output of CreateResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateResiliencyGroupResult {
    /// `resiliencyGroup` (ResiliencyGroup).
    pub resiliency_group: Option<ResiliencyGroup>,
}

/// `CreateTransitVirtualInterfaceRequest`: input of CreateTransitVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateTransitVirtualInterfaceRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `newTransitVirtualInterface` (NewTransitVirtualInterface): required.
    pub new_transit_virtual_interface: NewTransitVirtualInterface,
}

/// `CreateTransitVirtualInterfaceResult`: output of CreateTransitVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateTransitVirtualInterfaceResult {
    /// `virtualInterface` (VirtualInterface).
    pub virtual_interface: Option<VirtualInterface>,
}

/// `CustomerAgreement`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CustomerAgreement {
    /// `agreementName` (AgreementName): at most 100 characters.
    pub agreement_name: Option<String>,
    /// `status` (Status): at most 30 characters.
    pub status: Option<String>,
}

/// `DeleteBGPPeerRequest`: input of DeleteBGPPeer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteBGPPeerRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `asn` (ASN).
    pub asn: Option<i32>,
    /// `asnLong` (LongAsn).
    pub asn_long: Option<i64>,
    /// `customerAddress` (CustomerAddress).
    pub customer_address: Option<String>,
    /// `bgpPeerId` (BGPPeerId).
    pub bgp_peer_id: Option<String>,
}

/// `DeleteBGPPeerResponse`: output of DeleteBGPPeer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteBGPPeerResponse {
    /// `virtualInterface` (VirtualInterface).
    pub virtual_interface: Option<VirtualInterface>,
}

/// `DeleteConnectionRequest`: input of DeleteConnection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteConnectionRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
}

/// `DeleteDirectConnectGatewayAssociationProposalRequest`: input of DeleteDirectConnectGatewayAssociationProposal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDirectConnectGatewayAssociationProposalRequest {
    /// `proposalId` (DirectConnectGatewayAssociationProposalId): required.
    pub proposal_id: String,
}

/// `DeleteDirectConnectGatewayAssociationProposalResult`: output of DeleteDirectConnectGatewayAssociationProposal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDirectConnectGatewayAssociationProposalResult {
    /// `directConnectGatewayAssociationProposal` (DirectConnectGatewayAssociationProposal).
    pub direct_connect_gateway_association_proposal: Option<DirectConnectGatewayAssociationProposal>,
}

/// `DeleteDirectConnectGatewayAssociationRequest`: input of DeleteDirectConnectGatewayAssociation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDirectConnectGatewayAssociationRequest {
    /// `associationId` (DirectConnectGatewayAssociationId).
    pub association_id: Option<String>,
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `virtualGatewayId` (VirtualGatewayId).
    pub virtual_gateway_id: Option<String>,
}

/// `DeleteDirectConnectGatewayAssociationResult`: output of DeleteDirectConnectGatewayAssociation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDirectConnectGatewayAssociationResult {
    /// `directConnectGatewayAssociation` (DirectConnectGatewayAssociation).
    pub direct_connect_gateway_association: Option<DirectConnectGatewayAssociation>,
}

/// `DeleteDirectConnectGatewayRequest`: input of DeleteDirectConnectGateway.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDirectConnectGatewayRequest {
    /// `directConnectGatewayId` (DirectConnectGatewayId): required.
    pub direct_connect_gateway_id: String,
}

/// `DeleteDirectConnectGatewayResult`: output of DeleteDirectConnectGateway.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDirectConnectGatewayResult {
    /// `directConnectGateway` (DirectConnectGateway).
    pub direct_connect_gateway: Option<DirectConnectGateway>,
}

/// `DeleteInterconnectRequest`: input of DeleteInterconnect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteInterconnectRequest {
    /// `interconnectId` (InterconnectId): required.
    pub interconnect_id: String,
}

/// `DeleteInterconnectResponse`: output of DeleteInterconnect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteInterconnectResponse {
    /// `interconnectState` (InterconnectState).
    pub interconnect_state: Option<InterconnectState>,
}

/// `DeleteLagRequest`: input of DeleteLag.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteLagRequest {
    /// `lagId` (LagId): required.
    pub lag_id: String,
}

/// `DeleteResiliencyGroupRequest`: input of DeleteResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteResiliencyGroupRequest {
    /// `resiliencyGroupId` (ResiliencyGroupId): required; 22 to 22 characters, pattern `^(dxrg|DXRG)-[0-9a-zA-Z]{17}$`.
    pub resiliency_group_id: String,
}

/// `DeleteResiliencyGroupResult`: output of DeleteResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteResiliencyGroupResult {
    /// `resiliencyGroup` (ResiliencyGroup).
    pub resiliency_group: Option<ResiliencyGroup>,
}

/// `DeleteVirtualInterfaceRequest`: input of DeleteVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteVirtualInterfaceRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId): required.
    pub virtual_interface_id: String,
}

/// `DeleteVirtualInterfaceResponse`: output of DeleteVirtualInterface.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteVirtualInterfaceResponse {
    /// `virtualInterfaceState` (VirtualInterfaceState).
    pub virtual_interface_state: Option<VirtualInterfaceState>,
}

/// `DescribeConnectionLoaRequest`: input of DescribeConnectionLoa.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeConnectionLoaRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `providerName` (ProviderName).
    pub provider_name: Option<String>,
    /// `loaContentType` (LoaContentType).
    pub loa_content_type: Option<LoaContentType>,
}

/// `DescribeConnectionLoaResponse`: output of DescribeConnectionLoa.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeConnectionLoaResponse {
    /// `loa` (Loa).
    pub loa: Option<Loa>,
}

/// `DescribeConnectionsOnInterconnectRequest`: input of DescribeConnectionsOnInterconnect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeConnectionsOnInterconnectRequest {
    /// `interconnectId` (InterconnectId): required.
    pub interconnect_id: String,
}

/// `DescribeConnectionsRequest`: input of DescribeConnections.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeConnectionsRequest {
    /// `connectionId` (ConnectionId).
    pub connection_id: Option<String>,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeCustomerMetadataResponse`: output of DescribeCustomerMetadata.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeCustomerMetadataResponse {
    /// `agreements` (AgreementList).
    pub agreements: Option<Vec<CustomerAgreement>>,
    /// `nniPartnerType` (NniPartnerType).
    pub nni_partner_type: Option<NniPartnerType>,
}

/// `DescribeDirectConnectGatewayAssociationProposalsRequest`: input of DescribeDirectConnectGatewayAssociationProposals.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeDirectConnectGatewayAssociationProposalsRequest {
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `proposalId` (DirectConnectGatewayAssociationProposalId).
    pub proposal_id: Option<String>,
    /// `associatedGatewayId` (AssociatedGatewayId).
    pub associated_gateway_id: Option<String>,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeDirectConnectGatewayAssociationProposalsResult`: output of DescribeDirectConnectGatewayAssociationProposals.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeDirectConnectGatewayAssociationProposalsResult {
    /// `directConnectGatewayAssociationProposals` (DirectConnectGatewayAssociationProposalList).
    pub direct_connect_gateway_association_proposals: Option<Vec<DirectConnectGatewayAssociationProposal>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeDirectConnectGatewayAssociationsRequest`: input of DescribeDirectConnectGatewayAssociations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeDirectConnectGatewayAssociationsRequest {
    /// `associationId` (DirectConnectGatewayAssociationId).
    pub association_id: Option<String>,
    /// `associatedGatewayId` (AssociatedGatewayId).
    pub associated_gateway_id: Option<String>,
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
    /// `virtualGatewayId` (VirtualGatewayId).
    pub virtual_gateway_id: Option<String>,
}

/// `DescribeDirectConnectGatewayAssociationsResult`: output of DescribeDirectConnectGatewayAssociations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeDirectConnectGatewayAssociationsResult {
    /// `directConnectGatewayAssociations` (DirectConnectGatewayAssociationList).
    pub direct_connect_gateway_associations: Option<Vec<DirectConnectGatewayAssociation>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeDirectConnectGatewayAttachmentsRequest`: input of DescribeDirectConnectGatewayAttachments.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeDirectConnectGatewayAttachmentsRequest {
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeDirectConnectGatewayAttachmentsResult`: output of DescribeDirectConnectGatewayAttachments.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeDirectConnectGatewayAttachmentsResult {
    /// `directConnectGatewayAttachments` (DirectConnectGatewayAttachmentList).
    pub direct_connect_gateway_attachments: Option<Vec<DirectConnectGatewayAttachment>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeDirectConnectGatewaysRequest`: input of DescribeDirectConnectGateways.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeDirectConnectGatewaysRequest {
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeDirectConnectGatewaysResult`: output of DescribeDirectConnectGateways.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeDirectConnectGatewaysResult {
    /// `directConnectGateways` (DirectConnectGatewayList).
    pub direct_connect_gateways: Option<Vec<DirectConnectGateway>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeHostedConnectionsRequest`: input of DescribeHostedConnections.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeHostedConnectionsRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeInterconnectLoaRequest`: input of DescribeInterconnectLoa.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeInterconnectLoaRequest {
    /// `interconnectId` (InterconnectId): required.
    pub interconnect_id: String,
    /// `providerName` (ProviderName).
    pub provider_name: Option<String>,
    /// `loaContentType` (LoaContentType).
    pub loa_content_type: Option<LoaContentType>,
}

/// `DescribeInterconnectLoaResponse`: output of DescribeInterconnectLoa.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeInterconnectLoaResponse {
    /// `loa` (Loa).
    pub loa: Option<Loa>,
}

/// `DescribeInterconnectsRequest`: input of DescribeInterconnects.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeInterconnectsRequest {
    /// `interconnectId` (InterconnectId).
    pub interconnect_id: Option<String>,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeLagsRequest`: input of DescribeLags.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeLagsRequest {
    /// `lagId` (LagId).
    pub lag_id: Option<String>,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DescribeLoaRequest`: input of DescribeLoa.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeLoaRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `providerName` (ProviderName).
    pub provider_name: Option<String>,
    /// `loaContentType` (LoaContentType).
    pub loa_content_type: Option<LoaContentType>,
}

/// `DescribeRouterConfigurationRequest`: input of DescribeRouterConfiguration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeRouterConfigurationRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId): required.
    pub virtual_interface_id: String,
    /// `routerTypeIdentifier` (RouterTypeIdentifier).
    pub router_type_identifier: Option<String>,
}

/// `DescribeRouterConfigurationResponse`: output of DescribeRouterConfiguration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeRouterConfigurationResponse {
    /// `customerRouterConfig` (RouterConfig).
    pub customer_router_config: Option<String>,
    /// `router` (RouterType).
    pub router: Option<RouterType>,
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `virtualInterfaceName` (VirtualInterfaceName).
    pub virtual_interface_name: Option<String>,
}

/// `DescribeTagsRequest`: input of DescribeTags.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeTagsRequest {
    /// `resourceArns` (ResourceArnList): required.
    pub resource_arns: Vec<String>,
}

/// `DescribeTagsResponse`: output of DescribeTags.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeTagsResponse {
    /// `resourceTags` (ResourceTagList).
    pub resource_tags: Option<Vec<ResourceTag>>,
}

/// `DescribeVirtualInterfacesRequest`: input of DescribeVirtualInterfaces.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DescribeVirtualInterfacesRequest {
    /// `connectionId` (ConnectionId).
    pub connection_id: Option<String>,
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `DirectConnectGateway`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DirectConnectGateway {
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `directConnectGatewayName` (DirectConnectGatewayName).
    pub direct_connect_gateway_name: Option<String>,
    /// `amazonSideAsn` (LongAsn).
    pub amazon_side_asn: Option<i64>,
    /// `ownerAccount` (OwnerAccount).
    pub owner_account: Option<String>,
    /// `directConnectGatewayState` (DirectConnectGatewayState).
    pub direct_connect_gateway_state: Option<DirectConnectGatewayState>,
    /// `stateChangeError` (StateChangeError).
    pub state_change_error: Option<String>,
    /// `totalPrefixPoolAllocations` (PrefixPoolAllocatedCount): at least 0.
    pub total_prefix_pool_allocations: Option<i32>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
}

/// `DirectConnectGatewayAssociation`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DirectConnectGatewayAssociation {
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `directConnectGatewayOwnerAccount` (OwnerAccount).
    pub direct_connect_gateway_owner_account: Option<String>,
    /// `associationState` (DirectConnectGatewayAssociationState).
    pub association_state: Option<DirectConnectGatewayAssociationState>,
    /// `stateChangeError` (StateChangeError).
    pub state_change_error: Option<String>,
    /// `associatedGateway` (AssociatedGateway).
    pub associated_gateway: Option<AssociatedGateway>,
    /// `associationId` (DirectConnectGatewayAssociationId).
    pub association_id: Option<String>,
    /// `allowedPrefixesToDirectConnectGateway` (RouteFilterPrefixList).
    pub allowed_prefixes_to_direct_connect_gateway: Option<Vec<RouteFilterPrefix>>,
    /// `associatedCoreNetwork` (AssociatedCoreNetwork).
    pub associated_core_network: Option<AssociatedCoreNetwork>,
    /// `virtualGatewayId` (VirtualGatewayId).
    pub virtual_gateway_id: Option<String>,
    /// `virtualGatewayRegion` (VirtualGatewayRegion): deprecated.
    pub virtual_gateway_region: Option<String>,
    /// `virtualGatewayOwnerAccount` (OwnerAccount).
    pub virtual_gateway_owner_account: Option<String>,
}

/// `DirectConnectGatewayAssociationProposal`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DirectConnectGatewayAssociationProposal {
    /// `proposalId` (DirectConnectGatewayAssociationProposalId).
    pub proposal_id: Option<String>,
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `directConnectGatewayOwnerAccount` (OwnerAccount).
    pub direct_connect_gateway_owner_account: Option<String>,
    /// `proposalState` (DirectConnectGatewayAssociationProposalState).
    pub proposal_state: Option<DirectConnectGatewayAssociationProposalState>,
    /// `associatedGateway` (AssociatedGateway).
    pub associated_gateway: Option<AssociatedGateway>,
    /// `existingAllowedPrefixesToDirectConnectGateway` (RouteFilterPrefixList).
    pub existing_allowed_prefixes_to_direct_connect_gateway: Option<Vec<RouteFilterPrefix>>,
    /// `requestedAllowedPrefixesToDirectConnectGateway` (RouteFilterPrefixList).
    pub requested_allowed_prefixes_to_direct_connect_gateway: Option<Vec<RouteFilterPrefix>>,
}

/// `DirectConnectGatewayAttachment`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DirectConnectGatewayAttachment {
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `virtualInterfaceRegion` (VirtualInterfaceRegion).
    pub virtual_interface_region: Option<String>,
    /// `virtualInterfaceOwnerAccount` (OwnerAccount).
    pub virtual_interface_owner_account: Option<String>,
    /// `attachmentState` (DirectConnectGatewayAttachmentState).
    pub attachment_state: Option<DirectConnectGatewayAttachmentState>,
    /// `attachmentType` (DirectConnectGatewayAttachmentType).
    pub attachment_type: Option<DirectConnectGatewayAttachmentType>,
    /// `stateChangeError` (StateChangeError).
    pub state_change_error: Option<String>,
}

/// `DisassociateConnectionFromLagRequest`: input of DisassociateConnectionFromLag.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DisassociateConnectionFromLagRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `lagId` (LagId): required.
    pub lag_id: String,
}

/// `DisassociateConnectionsFromResiliencyGroupRequest`: input of DisassociateConnectionsFromResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DisassociateConnectionsFromResiliencyGroupRequest {
    /// `connectionIdentifiers` (ConnectionIdentifierList): required; 1 to 50 elements.
    pub connection_identifiers: Vec<String>,
    /// `resiliencyGroupId` (ResiliencyGroupId): required; 22 to 22 characters, pattern `^(dxrg|DXRG)-[0-9a-zA-Z]{17}$`.
    pub resiliency_group_id: String,
    /// `clientToken` (IdempotencyToken): 1 to 128 characters.
    pub client_token: Option<String>,
}

/// `DisassociateConnectionsFromResiliencyGroupResult`: output of DisassociateConnectionsFromResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DisassociateConnectionsFromResiliencyGroupResult {
    /// `resiliencyGroupAssociations` (ResiliencyGroupAssociationList).
    pub resiliency_group_associations: Option<Vec<ResiliencyGroupAssociation>>,
}

/// `DisassociateMacSecKeyRequest`: input of DisassociateMacSecKey.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DisassociateMacSecKeyRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `secretARN` (SecretARN): required.
    pub secret_arn: String,
}

/// `DisassociateMacSecKeyResponse`: output of DisassociateMacSecKey.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DisassociateMacSecKeyResponse {
    /// `connectionId` (ConnectionId).
    pub connection_id: Option<String>,
    /// `macSecKeys` (MacSecKeyList).
    pub mac_sec_keys: Option<Vec<MacSecKey>>,
}

/// `GetResiliencyGroupRequest`: input of GetResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetResiliencyGroupRequest {
    /// `resiliencyGroupId` (ResiliencyGroupId): required; 22 to 22 characters, pattern `^(dxrg|DXRG)-[0-9a-zA-Z]{17}$`.
    pub resiliency_group_id: String,
}

/// `GetResiliencyGroupResult`: output of GetResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetResiliencyGroupResult {
    /// `resiliencyGroup` (ResiliencyGroup).
    pub resiliency_group: Option<ResiliencyGroup>,
}

/// `Interconnect`: output of CreateInterconnect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Interconnect {
    /// `interconnectId` (InterconnectId).
    pub interconnect_id: Option<String>,
    /// `interconnectName` (InterconnectName).
    pub interconnect_name: Option<String>,
    /// `interconnectState` (InterconnectState).
    pub interconnect_state: Option<InterconnectState>,
    /// `region` (Region).
    pub region: Option<String>,
    /// `location` (LocationCode).
    pub location: Option<String>,
    /// `bandwidth` (Bandwidth).
    pub bandwidth: Option<String>,
    /// `loaIssueTime` (LoaIssueTime).
    pub loa_issue_time: Option<Timestamp>,
    /// `lagId` (LagId).
    pub lag_id: Option<String>,
    /// `awsDevice` (AwsDevice): deprecated.
    pub aws_device: Option<String>,
    /// `jumboFrameCapable` (JumboFrameCapable).
    pub jumbo_frame_capable: Option<bool>,
    /// `awsDeviceV2` (AwsDeviceV2).
    pub aws_device_v2: Option<String>,
    /// `awsLogicalDeviceId` (AwsLogicalDeviceId).
    pub aws_logical_device_id: Option<String>,
    /// `hasLogicalRedundancy` (HasLogicalRedundancy).
    pub has_logical_redundancy: Option<HasLogicalRedundancy>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `providerName` (ProviderName).
    pub provider_name: Option<String>,
    /// `macSecCapable` (MacSecCapable).
    pub mac_sec_capable: Option<bool>,
    /// `portEncryptionStatus` (PortEncryptionStatus).
    pub port_encryption_status: Option<String>,
    /// `encryptionMode` (EncryptionMode).
    pub encryption_mode: Option<String>,
    /// `macSecKeys` (MacSecKeyList).
    pub mac_sec_keys: Option<Vec<MacSecKey>>,
}

/// `Interconnects`: output of DescribeInterconnects.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Interconnects {
    /// `interconnects` (InterconnectList).
    pub interconnects: Option<Vec<Interconnect>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `Lag`: output of CreateLag, output of DeleteLag, output of UpdateLag.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lag {
    /// `connectionsBandwidth` (Bandwidth).
    pub connections_bandwidth: Option<String>,
    /// `numberOfConnections` (Count).
    pub number_of_connections: Option<i32>,
    /// `lagId` (LagId).
    pub lag_id: Option<String>,
    /// `ownerAccount` (OwnerAccount).
    pub owner_account: Option<String>,
    /// `lagName` (LagName).
    pub lag_name: Option<String>,
    /// `lagState` (LagState).
    pub lag_state: Option<LagState>,
    /// `location` (LocationCode).
    pub location: Option<String>,
    /// `region` (Region).
    pub region: Option<String>,
    /// `minimumLinks` (Count).
    pub minimum_links: Option<i32>,
    /// `awsDevice` (AwsDevice): deprecated.
    pub aws_device: Option<String>,
    /// `awsDeviceV2` (AwsDeviceV2).
    pub aws_device_v2: Option<String>,
    /// `awsLogicalDeviceId` (AwsLogicalDeviceId).
    pub aws_logical_device_id: Option<String>,
    /// `connections` (ConnectionList).
    pub connections: Option<Vec<Connection>>,
    /// `allowsHostedConnections` (BooleanFlag).
    pub allows_hosted_connections: Option<bool>,
    /// `jumboFrameCapable` (JumboFrameCapable).
    pub jumbo_frame_capable: Option<bool>,
    /// `hasLogicalRedundancy` (HasLogicalRedundancy).
    pub has_logical_redundancy: Option<HasLogicalRedundancy>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `providerName` (ProviderName).
    pub provider_name: Option<String>,
    /// `macSecCapable` (MacSecCapable).
    pub mac_sec_capable: Option<bool>,
    /// `encryptionMode` (EncryptionMode).
    pub encryption_mode: Option<String>,
    /// `macSecKeys` (MacSecKeyList).
    pub mac_sec_keys: Option<Vec<MacSecKey>>,
    /// `prefixPoolSizeIpv4` (PrefixPoolSize): at least 0.
    pub prefix_pool_size_ipv4: Option<i32>,
    /// `prefixPoolSizeIpv6` (PrefixPoolSize): at least 0.
    pub prefix_pool_size_ipv6: Option<i32>,
    /// `prefixPoolUnallocatedCountIpv4` (PrefixPoolUnallocatedCount): at least 0.
    pub prefix_pool_unallocated_count_ipv4: Option<i32>,
    /// `prefixPoolUnallocatedCountIpv6` (PrefixPoolUnallocatedCount): at least 0.
    pub prefix_pool_unallocated_count_ipv6: Option<i32>,
    /// `rateLimiterStatus` (RateLimiterStatus).
    pub rate_limiter_status: Option<RateLimiterStatus>,
    /// `billingMode` (BillingMode).
    pub billing_mode: Option<BillingMode>,
}

/// `Lags`: output of DescribeLags.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lags {
    /// `lags` (LagList).
    pub lags: Option<Vec<Lag>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `ListResiliencyGroupAssociationsRequest`: input of ListResiliencyGroupAssociations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListResiliencyGroupAssociationsRequest {
    /// `resiliencyGroupId` (ResiliencyGroupId): required; 22 to 22 characters, pattern `^(dxrg|DXRG)-[0-9a-zA-Z]{17}$`.
    pub resiliency_group_id: String,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `ListResiliencyGroupAssociationsResult`: output of ListResiliencyGroupAssociations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListResiliencyGroupAssociationsResult {
    /// `items` (ResiliencyGroupAssociationList).
    pub items: Option<Vec<ResiliencyGroupAssociation>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `ListResiliencyGroupsRequest`: input of ListResiliencyGroups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListResiliencyGroupsRequest {
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `ListResiliencyGroupsResult`: output of ListResiliencyGroups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListResiliencyGroupsResult {
    /// `items` (ResiliencyGroupSummaryList).
    pub items: Option<Vec<ResiliencyGroupSummary>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `ListVirtualInterfaceRoutesRequest`: input of ListVirtualInterfaceRoutes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListVirtualInterfaceRoutesRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `filters` (RouteFilters).
    pub filters: Option<RouteFilters>,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `ListVirtualInterfaceRoutesResponse`: output of ListVirtualInterfaceRoutes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListVirtualInterfaceRoutesResponse {
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `routes` (RouteList).
    pub routes: Option<Vec<Route>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `ListVirtualInterfaceTestHistoryRequest`: input of ListVirtualInterfaceTestHistory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListVirtualInterfaceTestHistoryRequest {
    /// `testId` (TestId).
    pub test_id: Option<String>,
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `bgpPeers` (BGPPeerIdList).
    pub bgp_peers: Option<Vec<String>>,
    /// `status` (FailureTestHistoryStatus).
    pub status: Option<String>,
    /// `maxResults` (MaxResultSetSize).
    pub max_results: Option<i32>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `ListVirtualInterfaceTestHistoryResponse`: output of ListVirtualInterfaceTestHistory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListVirtualInterfaceTestHistoryResponse {
    /// `virtualInterfaceTestHistory` (VirtualInterfaceTestHistoryList).
    pub virtual_interface_test_history: Option<Vec<VirtualInterfaceTestHistory>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}

/// `Loa`: output of DescribeLoa.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Loa {
    /// `loaContent` (LoaContent).
    pub loa_content: Option<Vec<u8>>,
    /// `loaContentType` (LoaContentType).
    pub loa_content_type: Option<LoaContentType>,
}

/// `Location`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Location {
    /// `locationCode` (LocationCode).
    pub location_code: Option<String>,
    /// `locationName` (LocationName).
    pub location_name: Option<String>,
    /// `region` (Region).
    pub region: Option<String>,
    /// `availablePortSpeeds` (AvailablePortSpeeds).
    pub available_port_speeds: Option<Vec<String>>,
    /// `availableProviders` (ProviderList).
    pub available_providers: Option<Vec<String>>,
    /// `availableMacSecPortSpeeds` (AvailableMacSecPortSpeeds).
    pub available_mac_sec_port_speeds: Option<Vec<String>>,
    /// `availableBillingModes` (AvailableBillingModeList).
    pub available_billing_modes: Option<Vec<AvailableBillingMode>>,
}

/// `Locations`: output of DescribeLocations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Locations {
    /// `locations` (LocationList).
    pub locations: Option<Vec<Location>>,
}

/// `MacSecKey`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MacSecKey {
    /// `secretARN` (SecretARN).
    pub secret_arn: Option<String>,
    /// `ckn` (Ckn).
    pub ckn: Option<String>,
    /// `state` (State).
    pub state: Option<String>,
    /// `startOn` (StartOnDate).
    pub start_on: Option<String>,
}

/// `NewBGPPeer`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewBGPPeer {
    /// `asn` (ASN).
    pub asn: Option<i32>,
    /// `asnLong` (LongAsn).
    pub asn_long: Option<i64>,
    /// `authKey` (BGPAuthKey).
    pub auth_key: Option<String>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `amazonAddress` (AmazonAddress).
    pub amazon_address: Option<String>,
    /// `customerAddress` (CustomerAddress).
    pub customer_address: Option<String>,
}

/// `NewPrivateVirtualInterface`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewPrivateVirtualInterface {
    /// `virtualInterfaceName` (VirtualInterfaceName): required.
    pub virtual_interface_name: String,
    /// `vlan` (VLAN): required.
    pub vlan: i32,
    /// `asn` (ASN).
    pub asn: Option<i32>,
    /// `asnLong` (LongAsn).
    pub asn_long: Option<i64>,
    /// `mtu` (MTU).
    pub mtu: Option<i32>,
    /// `authKey` (BGPAuthKey).
    pub auth_key: Option<String>,
    /// `amazonAddress` (AmazonAddress).
    pub amazon_address: Option<String>,
    /// `customerAddress` (CustomerAddress).
    pub customer_address: Option<String>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `virtualGatewayId` (VirtualGatewayId).
    pub virtual_gateway_id: Option<String>,
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `enableSiteLink` (EnableSiteLink).
    pub enable_site_link: Option<bool>,
    /// `prefixPoolAllocatedCountIpv4` (PrefixPoolAllocatedCount): at least 0.
    pub prefix_pool_allocated_count_ipv4: Option<i32>,
    /// `prefixPoolAllocatedCountIpv6` (PrefixPoolAllocatedCount): at least 0.
    pub prefix_pool_allocated_count_ipv6: Option<i32>,
    /// `rateLimit` (RateLimit).
    pub rate_limit: Option<String>,
}

/// `NewPrivateVirtualInterfaceAllocation`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewPrivateVirtualInterfaceAllocation {
    /// `virtualInterfaceName` (VirtualInterfaceName): required.
    pub virtual_interface_name: String,
    /// `vlan` (VLAN): required.
    pub vlan: i32,
    /// `asn` (ASN).
    pub asn: Option<i32>,
    /// `asnLong` (LongAsn).
    pub asn_long: Option<i64>,
    /// `mtu` (MTU).
    pub mtu: Option<i32>,
    /// `authKey` (BGPAuthKey).
    pub auth_key: Option<String>,
    /// `amazonAddress` (AmazonAddress).
    pub amazon_address: Option<String>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `customerAddress` (CustomerAddress).
    pub customer_address: Option<String>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `rateLimit` (RateLimit).
    pub rate_limit: Option<String>,
}

/// `NewPublicVirtualInterface`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewPublicVirtualInterface {
    /// `virtualInterfaceName` (VirtualInterfaceName): required.
    pub virtual_interface_name: String,
    /// `vlan` (VLAN): required.
    pub vlan: i32,
    /// `asn` (ASN).
    pub asn: Option<i32>,
    /// `asnLong` (LongAsn).
    pub asn_long: Option<i64>,
    /// `authKey` (BGPAuthKey).
    pub auth_key: Option<String>,
    /// `amazonAddress` (AmazonAddress).
    pub amazon_address: Option<String>,
    /// `customerAddress` (CustomerAddress).
    pub customer_address: Option<String>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `routeFilterPrefixes` (RouteFilterPrefixList).
    pub route_filter_prefixes: Option<Vec<RouteFilterPrefix>>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `rateLimit` (RateLimit).
    pub rate_limit: Option<String>,
}

/// `NewPublicVirtualInterfaceAllocation`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewPublicVirtualInterfaceAllocation {
    /// `virtualInterfaceName` (VirtualInterfaceName): required.
    pub virtual_interface_name: String,
    /// `vlan` (VLAN): required.
    pub vlan: i32,
    /// `asn` (ASN).
    pub asn: Option<i32>,
    /// `asnLong` (LongAsn).
    pub asn_long: Option<i64>,
    /// `authKey` (BGPAuthKey).
    pub auth_key: Option<String>,
    /// `amazonAddress` (AmazonAddress).
    pub amazon_address: Option<String>,
    /// `customerAddress` (CustomerAddress).
    pub customer_address: Option<String>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `routeFilterPrefixes` (RouteFilterPrefixList).
    pub route_filter_prefixes: Option<Vec<RouteFilterPrefix>>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `rateLimit` (RateLimit).
    pub rate_limit: Option<String>,
}

/// `NewTransitVirtualInterface`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewTransitVirtualInterface {
    /// `virtualInterfaceName` (VirtualInterfaceName).
    pub virtual_interface_name: Option<String>,
    /// `vlan` (VLAN).
    pub vlan: Option<i32>,
    /// `asn` (ASN).
    pub asn: Option<i32>,
    /// `asnLong` (LongAsn).
    pub asn_long: Option<i64>,
    /// `mtu` (MTU).
    pub mtu: Option<i32>,
    /// `authKey` (BGPAuthKey).
    pub auth_key: Option<String>,
    /// `amazonAddress` (AmazonAddress).
    pub amazon_address: Option<String>,
    /// `customerAddress` (CustomerAddress).
    pub customer_address: Option<String>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `enableSiteLink` (EnableSiteLink).
    pub enable_site_link: Option<bool>,
    /// `prefixPoolAllocatedCountIpv4` (PrefixPoolAllocatedCount): at least 0.
    pub prefix_pool_allocated_count_ipv4: Option<i32>,
    /// `prefixPoolAllocatedCountIpv6` (PrefixPoolAllocatedCount): at least 0.
    pub prefix_pool_allocated_count_ipv6: Option<i32>,
    /// `rateLimit` (RateLimit).
    pub rate_limit: Option<String>,
}

/// `NewTransitVirtualInterfaceAllocation`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewTransitVirtualInterfaceAllocation {
    /// `virtualInterfaceName` (VirtualInterfaceName).
    pub virtual_interface_name: Option<String>,
    /// `vlan` (VLAN).
    pub vlan: Option<i32>,
    /// `asn` (ASN).
    pub asn: Option<i32>,
    /// `asnLong` (LongAsn).
    pub asn_long: Option<i64>,
    /// `mtu` (MTU).
    pub mtu: Option<i32>,
    /// `authKey` (BGPAuthKey).
    pub auth_key: Option<String>,
    /// `amazonAddress` (AmazonAddress).
    pub amazon_address: Option<String>,
    /// `customerAddress` (CustomerAddress).
    pub customer_address: Option<String>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `rateLimit` (RateLimit).
    pub rate_limit: Option<String>,
}

/// `RateLimiterStatus`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RateLimiterStatus {
    /// `maxAllowed` (Count).
    pub max_allowed: Option<i32>,
    /// `inUse` (Count).
    pub in_use: Option<i32>,
    /// `remaining` (Count).
    pub remaining: Option<i32>,
    /// `totalBandwidth` (Bandwidth).
    pub total_bandwidth: Option<String>,
}

/// `ResiliencyGroup`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResiliencyGroup {
    /// `resiliencyGroupId` (ResiliencyGroupId): 22 to 22 characters, pattern `^(dxrg|DXRG)-[0-9a-zA-Z]{17}$`.
    pub resiliency_group_id: Option<String>,
    /// `resiliencyGroupArn` (ResiliencyGroupArn): 1 to 1024 characters, pattern `^arn:(aws|aws-cn|aws-us-gov):directconnect::[0-9]{12}:dx-resiliency-group/dxrg-[0-9a-z]{17}$`.
    pub resiliency_group_arn: Option<String>,
    /// `resiliencyGroupName` (ResiliencyGroupName): 1 to 255 characters, pattern `^[a-zA-Z0-9_\-]+$`.
    pub resiliency_group_name: Option<String>,
    /// `resiliencyGroupType` (ResiliencyGroupType).
    pub resiliency_group_type: Option<ResiliencyGroupType>,
    /// `ownerAccount` (OwnerAccount).
    pub owner_account: Option<String>,
    /// `state` (ResiliencyGroupState).
    pub state: Option<ResiliencyGroupState>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
}

/// `ResiliencyGroupAssociation`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResiliencyGroupAssociation {
    /// `resiliencyGroupId` (ResiliencyGroupId): 22 to 22 characters, pattern `^(dxrg|DXRG)-[0-9a-zA-Z]{17}$`.
    pub resiliency_group_id: Option<String>,
    /// `connectionArn` (ConnectionArn): 1 to 1024 characters.
    pub connection_arn: Option<String>,
    /// `state` (ResiliencyGroupAssociationState).
    pub state: Option<ResiliencyGroupAssociationState>,
}

/// `ResiliencyGroupSummary`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResiliencyGroupSummary {
    /// `resiliencyGroupId` (ResiliencyGroupId): 22 to 22 characters, pattern `^(dxrg|DXRG)-[0-9a-zA-Z]{17}$`.
    pub resiliency_group_id: Option<String>,
    /// `resiliencyGroupArn` (ResiliencyGroupArn): 1 to 1024 characters, pattern `^arn:(aws|aws-cn|aws-us-gov):directconnect::[0-9]{12}:dx-resiliency-group/dxrg-[0-9a-z]{17}$`.
    pub resiliency_group_arn: Option<String>,
    /// `resiliencyGroupName` (ResiliencyGroupName): 1 to 255 characters, pattern `^[a-zA-Z0-9_\-]+$`.
    pub resiliency_group_name: Option<String>,
    /// `resiliencyGroupType` (ResiliencyGroupType).
    pub resiliency_group_type: Option<ResiliencyGroupType>,
    /// `ownerAccount` (OwnerAccount).
    pub owner_account: Option<String>,
    /// `state` (ResiliencyGroupState).
    pub state: Option<ResiliencyGroupState>,
}

/// `ResourceTag`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResourceTag {
    /// `resourceArn` (ResourceArn).
    pub resource_arn: Option<String>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
}

/// `Route`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Route {
    /// `cidr` (RouteCidr).
    pub cidr: Option<String>,
    /// `routeDirection` (RouteDirection).
    pub route_direction: Option<RouteDirection>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `asPath` (AsPathSegmentList).
    pub as_path: Option<Vec<AsPathSegment>>,
    /// `communities` (CommunityList).
    pub communities: Option<Vec<String>>,
    /// `awsLogicalDeviceId` (AwsLogicalDeviceId).
    pub aws_logical_device_id: Option<String>,
    /// `routeInstalledAt` (RouteInstalledAt).
    pub route_installed_at: Option<Timestamp>,
}

/// `RouteFilterPrefix`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteFilterPrefix {
    /// `cidr` (CIDR).
    pub cidr: Option<String>,
}

/// `RouteFilters`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteFilters {
    /// `routeDirection` (RouteDirection).
    pub route_direction: Option<RouteDirection>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `cidrs` (RouteFilterCidrStringList): 1 to 10 elements.
    pub cidrs: Option<Vec<String>>,
    /// `asPath` (AsPathList).
    pub as_path: Option<Vec<i64>>,
    /// `communities` (CommunityList).
    pub communities: Option<Vec<String>>,
}

/// `RouterType`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouterType {
    /// `vendor` (Vendor).
    pub vendor: Option<String>,
    /// `platform` (Platform).
    pub platform: Option<String>,
    /// `software` (Software).
    pub software: Option<String>,
    /// `xsltTemplateName` (XsltTemplateName).
    pub xslt_template_name: Option<String>,
    /// `xsltTemplateNameForMacSec` (XsltTemplateNameForMacSec).
    pub xslt_template_name_for_mac_sec: Option<String>,
    /// `routerTypeIdentifier` (RouterTypeIdentifier).
    pub router_type_identifier: Option<String>,
}

/// `StartBgpFailoverTestRequest`: input of StartBgpFailoverTest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StartBgpFailoverTestRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId): required.
    pub virtual_interface_id: String,
    /// `bgpPeers` (BGPPeerIdList).
    pub bgp_peers: Option<Vec<String>>,
    /// `testDurationInMinutes` (TestDuration).
    pub test_duration_in_minutes: Option<i32>,
}

/// `StartBgpFailoverTestResponse`: output of StartBgpFailoverTest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StartBgpFailoverTestResponse {
    /// `virtualInterfaceTest` (VirtualInterfaceTestHistory).
    pub virtual_interface_test: Option<VirtualInterfaceTestHistory>,
}

/// `StopBgpFailoverTestRequest`: input of StopBgpFailoverTest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StopBgpFailoverTestRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId): required.
    pub virtual_interface_id: String,
}

/// `StopBgpFailoverTestResponse`: output of StopBgpFailoverTest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StopBgpFailoverTestResponse {
    /// `virtualInterfaceTest` (VirtualInterfaceTestHistory).
    pub virtual_interface_test: Option<VirtualInterfaceTestHistory>,
}

/// `Tag`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tag {
    /// `key` (TagKey): required; 1 to 128 characters, pattern `^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$`.
    pub key: String,
    /// `value` (TagValue): 0 to 256 characters, pattern `^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$`.
    pub value: Option<String>,
}

/// `TagResourceRequest`: input of TagResource.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagResourceRequest {
    /// `resourceArn` (ResourceArn): required.
    pub resource_arn: String,
    /// `tags` (TagList): required; at least 1 elements.
    pub tags: Vec<Tag>,
}

/// `TagResourceResponse`: output of TagResource.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagResourceResponse {}

/// `UntagResourceRequest`: input of UntagResource.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UntagResourceRequest {
    /// `resourceArn` (ResourceArn): required.
    pub resource_arn: String,
    /// `tagKeys` (TagKeyList): required.
    pub tag_keys: Vec<String>,
}

/// `UntagResourceResponse`: output of UntagResource.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UntagResourceResponse {}

/// `UpdateConnectionRequest`: input of UpdateConnection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateConnectionRequest {
    /// `connectionId` (ConnectionId): required.
    pub connection_id: String,
    /// `connectionName` (ConnectionName).
    pub connection_name: Option<String>,
    /// `encryptionMode` (EncryptionMode).
    pub encryption_mode: Option<String>,
}

/// `UpdateConnectionsBillingModeRequest`: input of UpdateConnectionsBillingMode.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateConnectionsBillingModeRequest {
    /// `connectionIds` (ConnectionIdList): required; 1 to 200 elements.
    pub connection_ids: Vec<String>,
    /// `billingMode` (RequestBillingMode): required.
    pub billing_mode: RequestBillingMode,
}

/// `UpdateConnectionsBillingModeResponse`: output of UpdateConnectionsBillingMode.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateConnectionsBillingModeResponse {
    /// `billingMode` (BillingMode).
    pub billing_mode: Option<BillingMode>,
    /// `connections` (ConnectionList).
    pub connections: Option<Vec<Connection>>,
}

/// `UpdateDirectConnectGatewayAssociationRequest`: input of UpdateDirectConnectGatewayAssociation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDirectConnectGatewayAssociationRequest {
    /// `associationId` (DirectConnectGatewayAssociationId).
    pub association_id: Option<String>,
    /// `addAllowedPrefixesToDirectConnectGateway` (RouteFilterPrefixList).
    pub add_allowed_prefixes_to_direct_connect_gateway: Option<Vec<RouteFilterPrefix>>,
    /// `removeAllowedPrefixesToDirectConnectGateway` (RouteFilterPrefixList).
    pub remove_allowed_prefixes_to_direct_connect_gateway: Option<Vec<RouteFilterPrefix>>,
}

/// `UpdateDirectConnectGatewayAssociationResult`: output of UpdateDirectConnectGatewayAssociation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDirectConnectGatewayAssociationResult {
    /// `directConnectGatewayAssociation` (DirectConnectGatewayAssociation).
    pub direct_connect_gateway_association: Option<DirectConnectGatewayAssociation>,
}

/// `UpdateDirectConnectGatewayRequest`: input of UpdateDirectConnectGateway.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDirectConnectGatewayRequest {
    /// `directConnectGatewayId` (DirectConnectGatewayId): required.
    pub direct_connect_gateway_id: String,
    /// `newDirectConnectGatewayName` (DirectConnectGatewayName): required.
    pub new_direct_connect_gateway_name: String,
}

/// `UpdateDirectConnectGatewayResponse`: output of UpdateDirectConnectGateway.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDirectConnectGatewayResponse {
    /// `directConnectGateway` (DirectConnectGateway).
    pub direct_connect_gateway: Option<DirectConnectGateway>,
}

/// `UpdateLagRequest`: input of UpdateLag.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateLagRequest {
    /// `lagId` (LagId): required.
    pub lag_id: String,
    /// `lagName` (LagName).
    pub lag_name: Option<String>,
    /// `minimumLinks` (Count).
    pub minimum_links: Option<i32>,
    /// `encryptionMode` (EncryptionMode).
    pub encryption_mode: Option<String>,
}

/// `UpdateResiliencyGroupRequest`: input of UpdateResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateResiliencyGroupRequest {
    /// `resiliencyGroupId` (ResiliencyGroupId): required; 22 to 22 characters, pattern `^(dxrg|DXRG)-[0-9a-zA-Z]{17}$`.
    pub resiliency_group_id: String,
    /// `resiliencyGroupName` (ResiliencyGroupName): required; 1 to 255 characters, pattern `^[a-zA-Z0-9_\-]+$`.
    pub resiliency_group_name: String,
    /// `clientToken` (IdempotencyToken): 1 to 128 characters.
    pub client_token: Option<String>,
}

/// `UpdateResiliencyGroupResult`: output of UpdateResiliencyGroup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateResiliencyGroupResult {
    /// `resiliencyGroup` (ResiliencyGroup).
    pub resiliency_group: Option<ResiliencyGroup>,
}

/// `UpdateVirtualInterfaceAttributesRequest`: input of UpdateVirtualInterfaceAttributes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateVirtualInterfaceAttributesRequest {
    /// `virtualInterfaceId` (VirtualInterfaceId): required.
    pub virtual_interface_id: String,
    /// `mtu` (MTU).
    pub mtu: Option<i32>,
    /// `enableSiteLink` (EnableSiteLink).
    pub enable_site_link: Option<bool>,
    /// `virtualInterfaceName` (VirtualInterfaceName).
    pub virtual_interface_name: Option<String>,
    /// `prefixPoolAllocatedCountIpv4` (PrefixPoolAllocatedCount): at least 0.
    pub prefix_pool_allocated_count_ipv4: Option<i32>,
    /// `prefixPoolAllocatedCountIpv6` (PrefixPoolAllocatedCount): at least 0.
    pub prefix_pool_allocated_count_ipv6: Option<i32>,
    /// `rateLimit` (RateLimit).
    pub rate_limit: Option<String>,
}

/// `VirtualGateway`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VirtualGateway {
    /// `virtualGatewayId` (VirtualGatewayId).
    pub virtual_gateway_id: Option<String>,
    /// `virtualGatewayState` (VirtualGatewayState).
    pub virtual_gateway_state: Option<String>,
}

/// `VirtualGateways`: output of DescribeVirtualGateways.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VirtualGateways {
    /// `virtualGateways` (VirtualGatewayList).
    pub virtual_gateways: Option<Vec<VirtualGateway>>,
}

/// `VirtualInterface`: output of AllocatePrivateVirtualInterface, output of AllocatePublicVirtualInterface, output of AssociateVirtualInterface, output of CreatePrivateVirtualInterface, output of CreatePublicVirtualInterface, output of UpdateVirtualInterfaceAttributes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VirtualInterface {
    /// `ownerAccount` (OwnerAccount).
    pub owner_account: Option<String>,
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `location` (LocationCode).
    pub location: Option<String>,
    /// `connectionId` (ConnectionId).
    pub connection_id: Option<String>,
    /// `virtualInterfaceType` (VirtualInterfaceType).
    pub virtual_interface_type: Option<String>,
    /// `virtualInterfaceName` (VirtualInterfaceName).
    pub virtual_interface_name: Option<String>,
    /// `vlan` (VLAN).
    pub vlan: Option<i32>,
    /// `asn` (ASN).
    pub asn: Option<i32>,
    /// `asnLong` (LongAsn).
    pub asn_long: Option<i64>,
    /// `amazonSideAsn` (LongAsn).
    pub amazon_side_asn: Option<i64>,
    /// `authKey` (BGPAuthKey).
    pub auth_key: Option<String>,
    /// `amazonAddress` (AmazonAddress).
    pub amazon_address: Option<String>,
    /// `customerAddress` (CustomerAddress).
    pub customer_address: Option<String>,
    /// `addressFamily` (AddressFamily).
    pub address_family: Option<AddressFamily>,
    /// `virtualInterfaceState` (VirtualInterfaceState).
    pub virtual_interface_state: Option<VirtualInterfaceState>,
    /// `customerRouterConfig` (RouterConfig).
    pub customer_router_config: Option<String>,
    /// `mtu` (MTU).
    pub mtu: Option<i32>,
    /// `jumboFrameCapable` (JumboFrameCapable).
    pub jumbo_frame_capable: Option<bool>,
    /// `virtualGatewayId` (VirtualGatewayId).
    pub virtual_gateway_id: Option<String>,
    /// `directConnectGatewayId` (DirectConnectGatewayId).
    pub direct_connect_gateway_id: Option<String>,
    /// `routeFilterPrefixes` (RouteFilterPrefixList).
    pub route_filter_prefixes: Option<Vec<RouteFilterPrefix>>,
    /// `bgpPeers` (BGPPeerList).
    pub bgp_peers: Option<Vec<BGPPeer>>,
    /// `region` (Region).
    pub region: Option<String>,
    /// `awsDeviceV2` (AwsDeviceV2).
    pub aws_device_v2: Option<String>,
    /// `awsLogicalDeviceId` (AwsLogicalDeviceId).
    pub aws_logical_device_id: Option<String>,
    /// `tags` (TagList): at least 1 elements.
    pub tags: Option<Vec<Tag>>,
    /// `siteLinkEnabled` (SiteLinkEnabled).
    pub site_link_enabled: Option<bool>,
    /// `prefixPoolAllocatedCountIpv4` (PrefixPoolAllocatedCount): at least 0.
    pub prefix_pool_allocated_count_ipv4: Option<i32>,
    /// `prefixPoolAllocatedCountIpv6` (PrefixPoolAllocatedCount): at least 0.
    pub prefix_pool_allocated_count_ipv6: Option<i32>,
    /// `rateLimit` (RateLimit).
    pub rate_limit: Option<String>,
}

/// `VirtualInterfaceTestHistory`: part of other structures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VirtualInterfaceTestHistory {
    /// `testId` (TestId).
    pub test_id: Option<String>,
    /// `virtualInterfaceId` (VirtualInterfaceId).
    pub virtual_interface_id: Option<String>,
    /// `bgpPeers` (BGPPeerIdList).
    pub bgp_peers: Option<Vec<String>>,
    /// `status` (FailureTestHistoryStatus).
    pub status: Option<String>,
    /// `ownerAccount` (OwnerAccount).
    pub owner_account: Option<String>,
    /// `testDurationInMinutes` (TestDuration).
    pub test_duration_in_minutes: Option<i32>,
    /// `startTime` (StartTime).
    pub start_time: Option<Timestamp>,
    /// `endTime` (EndTime).
    pub end_time: Option<Timestamp>,
}

/// `VirtualInterfaces`: output of DescribeVirtualInterfaces.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VirtualInterfaces {
    /// `virtualInterfaces` (VirtualInterfaceList).
    pub virtual_interfaces: Option<Vec<VirtualInterface>>,
    /// `nextToken` (PaginationToken).
    pub next_token: Option<String>,
}
