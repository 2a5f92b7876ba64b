//! The schema of every shape. Generated from the model.

use super::enums;
use crate::schema::{Kind, Member, Shape, Structure};

static ASN: Shape = Shape::new("ASN", Kind::Integer);
static ADDRESS_FAMILY: Shape = Shape::new("AddressFamily", Kind::Enum(enums::AddressFamily::NAMES));
static AGREEMENT_LIST: Shape = Shape::new("AgreementList", Kind::List(&CUSTOMER_AGREEMENT_SHAPE));
static AGREEMENT_NAME: Shape = Shape::new("AgreementName", Kind::String).max(100);
static AMAZON_ADDRESS: Shape = Shape::new("AmazonAddress", Kind::String);
static AS_PATH_LIST: Shape = Shape::new("AsPathList", Kind::List(&LONG_ASN));
static AS_PATH_SEGMENT_LIST: Shape = Shape::new("AsPathSegmentList", Kind::List(&AS_PATH_SEGMENT_SHAPE));
static AS_PATH_TYPE: Shape = Shape::new("AsPathType", Kind::Enum(enums::AsPathType::NAMES));
static ASSOCIATED_GATEWAY_ID: Shape = Shape::new("AssociatedGatewayId", Kind::String);
static AVAILABLE_BILLING_MODE_LIST: Shape =
    Shape::new("AvailableBillingModeList", Kind::List(&AVAILABLE_BILLING_MODE_SHAPE));
static AVAILABLE_MAC_SEC_PORT_SPEEDS: Shape = Shape::new("AvailableMacSecPortSpeeds", Kind::List(&PORT_SPEED));
static AVAILABLE_PORT_SPEEDS: Shape = Shape::new("AvailablePortSpeeds", Kind::List(&PORT_SPEED));
static AWS_DEVICE: Shape = Shape::new("AwsDevice", Kind::String);
static AWS_DEVICE_V2: Shape = Shape::new("AwsDeviceV2", Kind::String);
static AWS_LOGICAL_DEVICE_ID: Shape = Shape::new("AwsLogicalDeviceId", Kind::String);
static BGP_AUTH_KEY: Shape = Shape::new("BGPAuthKey", Kind::String);
static BGP_PEER_ID: Shape = Shape::new("BGPPeerId", Kind::String);
static BGP_PEER_ID_LIST: Shape = Shape::new("BGPPeerIdList", Kind::List(&BGP_PEER_ID));
static BGP_PEER_LIST: Shape = Shape::new("BGPPeerList", Kind::List(&BGP_PEER_SHAPE));
static BGP_PEER_STATE: Shape = Shape::new("BGPPeerState", Kind::Enum(enums::BGPPeerState::NAMES));
static BGP_STATUS: Shape = Shape::new("BGPStatus", Kind::Enum(enums::BGPStatus::NAMES));
static BANDWIDTH: Shape = Shape::new("Bandwidth", Kind::String);
static BILLING_MODE: Shape = Shape::new("BillingMode", Kind::Enum(enums::BillingMode::NAMES));
static BOOLEAN_FLAG: Shape = Shape::new("BooleanFlag", Kind::Boolean);
static CIDR: Shape = Shape::new("CIDR", Kind::String);
static CAK: Shape = Shape::new("Cak", Kind::String);
static CKN: Shape = Shape::new("Ckn", Kind::String);
static COMMUNITY_ENTRY: Shape = Shape::new("CommunityEntry", Kind::String);
static COMMUNITY_LIST: Shape = Shape::new("CommunityList", Kind::List(&COMMUNITY_ENTRY));
static CONNECTION_ARN: Shape = Shape::new("ConnectionArn", Kind::String).min(1).max(1024);
static CONNECTION_ID: Shape = Shape::new("ConnectionId", Kind::String);
static CONNECTION_ID_LIST: Shape = Shape::new("ConnectionIdList", Kind::List(&CONNECTION_ID)).min(1).max(200);
static CONNECTION_IDENTIFIER: Shape = Shape::new("ConnectionIdentifier", Kind::String).min(1).max(1024);
static CONNECTION_IDENTIFIER_LIST: Shape =
    Shape::new("ConnectionIdentifierList", Kind::List(&CONNECTION_IDENTIFIER)).min(1).max(50);
static CONNECTION_LIST: Shape = Shape::new("ConnectionList", Kind::List(&CONNECTION_SHAPE));
static CONNECTION_NAME: Shape = Shape::new("ConnectionName", Kind::String);
static CONNECTION_STATE: Shape = Shape::new("ConnectionState", Kind::Enum(enums::ConnectionState::NAMES));
static CORE_NETWORK_ATTACHMENT_ID: Shape =
    Shape::new("CoreNetworkAttachmentId", Kind::String).min(12).max(28).pattern(r"^attachment-([0-9a-f]{1,17})$");
static CORE_NETWORK_IDENTIFIER: Shape =
    Shape::new("CoreNetworkIdentifier", Kind::String).min(14).max(30).pattern(r"^core-network-([0-9a-f]{1,17})$");
static COUNT: Shape = Shape::new("Count", Kind::Integer);
static CUSTOMER_ADDRESS: Shape = Shape::new("CustomerAddress", Kind::String);
static DIRECT_CONNECT_GATEWAY_ASSOCIATION_ID: Shape = Shape::new("DirectConnectGatewayAssociationId", Kind::String);
static DIRECT_CONNECT_GATEWAY_ASSOCIATION_LIST: Shape =
    Shape::new("DirectConnectGatewayAssociationList", Kind::List(&DIRECT_CONNECT_GATEWAY_ASSOCIATION_SHAPE));
static DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_ID: Shape =
    Shape::new("DirectConnectGatewayAssociationProposalId", Kind::String);
static DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_LIST: Shape = Shape::new(
    "DirectConnectGatewayAssociationProposalList",
    Kind::List(&DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_SHAPE),
);
static DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_STATE: Shape = Shape::new(
    "DirectConnectGatewayAssociationProposalState",
    Kind::Enum(enums::DirectConnectGatewayAssociationProposalState::NAMES),
);
static DIRECT_CONNECT_GATEWAY_ASSOCIATION_STATE: Shape =
    Shape::new("DirectConnectGatewayAssociationState", Kind::Enum(enums::DirectConnectGatewayAssociationState::NAMES));
static DIRECT_CONNECT_GATEWAY_ATTACHMENT_LIST: Shape =
    Shape::new("DirectConnectGatewayAttachmentList", Kind::List(&DIRECT_CONNECT_GATEWAY_ATTACHMENT_SHAPE));
static DIRECT_CONNECT_GATEWAY_ATTACHMENT_STATE: Shape =
    Shape::new("DirectConnectGatewayAttachmentState", Kind::Enum(enums::DirectConnectGatewayAttachmentState::NAMES));
static DIRECT_CONNECT_GATEWAY_ATTACHMENT_TYPE: Shape =
    Shape::new("DirectConnectGatewayAttachmentType", Kind::Enum(enums::DirectConnectGatewayAttachmentType::NAMES));
static DIRECT_CONNECT_GATEWAY_ID: Shape = Shape::new("DirectConnectGatewayId", Kind::String);
static DIRECT_CONNECT_GATEWAY_LIST: Shape =
    Shape::new("DirectConnectGatewayList", Kind::List(&DIRECT_CONNECT_GATEWAY_SHAPE));
static DIRECT_CONNECT_GATEWAY_NAME: Shape = Shape::new("DirectConnectGatewayName", Kind::String);
static DIRECT_CONNECT_GATEWAY_STATE: Shape =
    Shape::new("DirectConnectGatewayState", Kind::Enum(enums::DirectConnectGatewayState::NAMES));
static ENABLE_SITE_LINK: Shape = Shape::new("EnableSiteLink", Kind::Boolean);
static ENCRYPTION_MODE: Shape = Shape::new("EncryptionMode", Kind::String);
static END_TIME: Shape = Shape::new("EndTime", Kind::Timestamp);
static FAILURE_TEST_HISTORY_STATUS: Shape = Shape::new("FailureTestHistoryStatus", Kind::String);
static GATEWAY_ID_TO_ASSOCIATE: Shape = Shape::new("GatewayIdToAssociate", Kind::String);
static GATEWAY_IDENTIFIER: Shape = Shape::new("GatewayIdentifier", Kind::String);
static GATEWAY_TYPE: Shape = Shape::new("GatewayType", Kind::Enum(enums::GatewayType::NAMES));
static HAS_LOGICAL_REDUNDANCY: Shape =
    Shape::new("HasLogicalRedundancy", Kind::Enum(enums::HasLogicalRedundancy::NAMES));
static IDEMPOTENCY_TOKEN: Shape = Shape::new("IdempotencyToken", Kind::String).min(1).max(128);
static INCLUDED_REGION_LIST: Shape = Shape::new("IncludedRegionList", Kind::List(&REGION));
static INTERCONNECT_ID: Shape = Shape::new("InterconnectId", Kind::String);
static INTERCONNECT_LIST: Shape = Shape::new("InterconnectList", Kind::List(&INTERCONNECT_SHAPE));
static INTERCONNECT_NAME: Shape = Shape::new("InterconnectName", Kind::String);
static INTERCONNECT_STATE: Shape = Shape::new("InterconnectState", Kind::Enum(enums::InterconnectState::NAMES));
static JUMBO_FRAME_CAPABLE: Shape = Shape::new("JumboFrameCapable", Kind::Boolean);
static LAG_ID: Shape = Shape::new("LagId", Kind::String);
static LAG_LIST: Shape = Shape::new("LagList", Kind::List(&LAG_SHAPE));
static LAG_NAME: Shape = Shape::new("LagName", Kind::String);
static LAG_STATE: Shape = Shape::new("LagState", Kind::Enum(enums::LagState::NAMES));
static LOA_CONTENT: Shape = Shape::new("LoaContent", Kind::Blob);
static LOA_CONTENT_TYPE: Shape = Shape::new("LoaContentType", Kind::Enum(enums::LoaContentType::NAMES));
static LOA_ISSUE_TIME: Shape = Shape::new("LoaIssueTime", Kind::Timestamp);
static LOCATION_CODE: Shape = Shape::new("LocationCode", Kind::String);
static LOCATION_LIST: Shape = Shape::new("LocationList", Kind::List(&LOCATION_SHAPE));
static LOCATION_NAME: Shape = Shape::new("LocationName", Kind::String);
static LONG_ASN: Shape = Shape::new("LongAsn", Kind::Long);
static MTU: Shape = Shape::new("MTU", Kind::Integer);
static MAC_SEC_CAPABLE: Shape = Shape::new("MacSecCapable", Kind::Boolean);
static MAC_SEC_KEY_LIST: Shape = Shape::new("MacSecKeyList", Kind::List(&MAC_SEC_KEY_SHAPE));
static MAX_RESULT_SET_SIZE: Shape = Shape::new("MaxResultSetSize", Kind::Integer);
static NNI_PARTNER_TYPE: Shape = Shape::new("NniPartnerType", Kind::Enum(enums::NniPartnerType::NAMES));
static OWNER_ACCOUNT: Shape = Shape::new("OwnerAccount", Kind::String);
static PAGINATION_TOKEN: Shape = Shape::new("PaginationToken", Kind::String);
static PARTNER_INTERCONNECT_MAC_SEC_CAPABLE: Shape = Shape::new("PartnerInterconnectMacSecCapable", Kind::Boolean);
static PARTNER_NAME: Shape = Shape::new("PartnerName", Kind::String);
static PLATFORM: Shape = Shape::new("Platform", Kind::String);
static PORT_ENCRYPTION_STATUS: Shape = Shape::new("PortEncryptionStatus", Kind::String);
static PORT_SPEED: Shape = Shape::new("PortSpeed", Kind::String);
static PREFIX_POOL_ALLOCATED_COUNT: Shape = Shape::new("PrefixPoolAllocatedCount", Kind::Integer).min(0);
static PREFIX_POOL_SIZE: Shape = Shape::new("PrefixPoolSize", Kind::Integer).min(0);
static PREFIX_POOL_UNALLOCATED_COUNT: Shape = Shape::new("PrefixPoolUnallocatedCount", Kind::Integer).min(0);
static PROVIDER_LIST: Shape = Shape::new("ProviderList", Kind::List(&PROVIDER_NAME));
static PROVIDER_NAME: Shape = Shape::new("ProviderName", Kind::String);
static RATE_LIMIT: Shape = Shape::new("RateLimit", Kind::String);
static REGION: Shape = Shape::new("Region", Kind::String);
static REQUEST_BILLING_MODE: Shape = Shape::new("RequestBillingMode", Kind::Enum(enums::RequestBillingMode::NAMES));
static REQUEST_MAC_SEC: Shape = Shape::new("RequestMACSec", Kind::Boolean);
static RESILIENCY_GROUP_ARN: Shape = Shape::new("ResiliencyGroupArn", Kind::String)
    .min(1)
    .max(1024)
    .pattern(r"^arn:(aws|aws-cn|aws-us-gov):directconnect::[0-9]{12}:dx-resiliency-group/dxrg-[0-9a-z]{17}$");
static RESILIENCY_GROUP_ASSOCIATION_LIST: Shape =
    Shape::new("ResiliencyGroupAssociationList", Kind::List(&RESILIENCY_GROUP_ASSOCIATION_SHAPE));
static RESILIENCY_GROUP_ASSOCIATION_STATE: Shape =
    Shape::new("ResiliencyGroupAssociationState", Kind::Enum(enums::ResiliencyGroupAssociationState::NAMES));
static RESILIENCY_GROUP_ID: Shape =
    Shape::new("ResiliencyGroupId", Kind::String).min(22).max(22).pattern(r"^(dxrg|DXRG)-[0-9a-zA-Z]{17}$");
static RESILIENCY_GROUP_NAME: Shape =
    Shape::new("ResiliencyGroupName", Kind::String).min(1).max(255).pattern(r"^[a-zA-Z0-9_\-]+$");
static RESILIENCY_GROUP_STATE: Shape =
    Shape::new("ResiliencyGroupState", Kind::Enum(enums::ResiliencyGroupState::NAMES));
static RESILIENCY_GROUP_SUMMARY_LIST: Shape =
    Shape::new("ResiliencyGroupSummaryList", Kind::List(&RESILIENCY_GROUP_SUMMARY_SHAPE));
static RESILIENCY_GROUP_TYPE: Shape = Shape::new("ResiliencyGroupType", Kind::Enum(enums::ResiliencyGroupType::NAMES));
static RESILIENCY_MODEL: Shape = Shape::new("ResiliencyModel", Kind::Enum(enums::ResiliencyModel::NAMES));
static RESOURCE_ARN: Shape = Shape::new("ResourceArn", Kind::String);
static RESOURCE_ARN_LIST: Shape = Shape::new("ResourceArnList", Kind::List(&RESOURCE_ARN));
static RESOURCE_TAG_LIST: Shape = Shape::new("ResourceTagList", Kind::List(&RESOURCE_TAG_SHAPE));
static ROUTE_CIDR: Shape = Shape::new("RouteCidr", Kind::String);
static ROUTE_DIRECTION: Shape = Shape::new("RouteDirection", Kind::Enum(enums::RouteDirection::NAMES));
static ROUTE_FILTER_CIDR_STRING: Shape = Shape::new("RouteFilterCidrString", Kind::String);
static ROUTE_FILTER_CIDR_STRING_LIST: Shape =
    Shape::new("RouteFilterCidrStringList", Kind::List(&ROUTE_FILTER_CIDR_STRING)).min(1).max(10);
static ROUTE_FILTER_PREFIX_LIST: Shape = Shape::new("RouteFilterPrefixList", Kind::List(&ROUTE_FILTER_PREFIX_SHAPE));
static ROUTE_INSTALLED_AT: Shape = Shape::new("RouteInstalledAt", Kind::Timestamp);
static ROUTE_LIST: Shape = Shape::new("RouteList", Kind::List(&ROUTE_SHAPE));
static ROUTER_CONFIG: Shape = Shape::new("RouterConfig", Kind::String);
static ROUTER_TYPE_IDENTIFIER: Shape = Shape::new("RouterTypeIdentifier", Kind::String);
static SECRET_ARN: Shape = Shape::new("SecretARN", Kind::String);
static SITE_LINK_ENABLED: Shape = Shape::new("SiteLinkEnabled", Kind::Boolean);
static SOFTWARE: Shape = Shape::new("Software", Kind::String);
static START_ON_DATE: Shape = Shape::new("StartOnDate", Kind::String);
static START_TIME: Shape = Shape::new("StartTime", Kind::Timestamp);
static STATE: Shape = Shape::new("State", Kind::String);
static STATE_CHANGE_ERROR: Shape = Shape::new("StateChangeError", Kind::String);
static STATUS: Shape = Shape::new("Status", Kind::String).max(30);
static TAG_KEY: Shape = Shape::new("TagKey", Kind::String).min(1).max(128).pattern(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$");
static TAG_KEY_LIST: Shape = Shape::new("TagKeyList", Kind::List(&TAG_KEY));
static TAG_LIST: Shape = Shape::new("TagList", Kind::List(&TAG_SHAPE)).min(1);
static TAG_VALUE: Shape =
    Shape::new("TagValue", Kind::String).min(0).max(256).pattern(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$");
static TEST_DURATION: Shape = Shape::new("TestDuration", Kind::Integer);
static TEST_ID: Shape = Shape::new("TestId", Kind::String);
static VLAN: Shape = Shape::new("VLAN", Kind::Integer);
static VENDOR: Shape = Shape::new("Vendor", Kind::String);
static VIRTUAL_GATEWAY_ID: Shape = Shape::new("VirtualGatewayId", Kind::String);
static VIRTUAL_GATEWAY_LIST: Shape = Shape::new("VirtualGatewayList", Kind::List(&VIRTUAL_GATEWAY_SHAPE));
static VIRTUAL_GATEWAY_REGION: Shape = Shape::new("VirtualGatewayRegion", Kind::String);
static VIRTUAL_GATEWAY_STATE: Shape = Shape::new("VirtualGatewayState", Kind::String);
static VIRTUAL_INTERFACE_ID: Shape = Shape::new("VirtualInterfaceId", Kind::String);
static VIRTUAL_INTERFACE_LIST: Shape = Shape::new("VirtualInterfaceList", Kind::List(&VIRTUAL_INTERFACE_SHAPE));
static VIRTUAL_INTERFACE_NAME: Shape = Shape::new("VirtualInterfaceName", Kind::String);
static VIRTUAL_INTERFACE_REGION: Shape = Shape::new("VirtualInterfaceRegion", Kind::String);
static VIRTUAL_INTERFACE_STATE: Shape =
    Shape::new("VirtualInterfaceState", Kind::Enum(enums::VirtualInterfaceState::NAMES));
static VIRTUAL_INTERFACE_TEST_HISTORY_LIST: Shape =
    Shape::new("VirtualInterfaceTestHistoryList", Kind::List(&VIRTUAL_INTERFACE_TEST_HISTORY_SHAPE));
static VIRTUAL_INTERFACE_TYPE: Shape = Shape::new("VirtualInterfaceType", Kind::String);
static XSLT_TEMPLATE_NAME: Shape = Shape::new("XsltTemplateName", Kind::String);
static XSLT_TEMPLATE_NAME_FOR_MAC_SEC: Shape = Shape::new("XsltTemplateNameForMacSec", Kind::String);
static AS_PATH_SEGMENT_SHAPE: Shape = Shape::new("AsPathSegment", Kind::Structure(&AS_PATH_SEGMENT));
static ASSOCIATED_CORE_NETWORK_SHAPE: Shape =
    Shape::new("AssociatedCoreNetwork", Kind::Structure(&ASSOCIATED_CORE_NETWORK));
static ASSOCIATED_GATEWAY_SHAPE: Shape = Shape::new("AssociatedGateway", Kind::Structure(&ASSOCIATED_GATEWAY));
static AVAILABLE_BILLING_MODE_SHAPE: Shape =
    Shape::new("AvailableBillingMode", Kind::Structure(&AVAILABLE_BILLING_MODE));
static BGP_PEER_SHAPE: Shape = Shape::new("BGPPeer", Kind::Structure(&BGP_PEER));
static CONNECTION_SHAPE: Shape = Shape::new("Connection", Kind::Structure(&CONNECTION));
static CUSTOMER_AGREEMENT_SHAPE: Shape = Shape::new("CustomerAgreement", Kind::Structure(&CUSTOMER_AGREEMENT));
static DIRECT_CONNECT_GATEWAY_SHAPE: Shape =
    Shape::new("DirectConnectGateway", Kind::Structure(&DIRECT_CONNECT_GATEWAY));
static DIRECT_CONNECT_GATEWAY_ASSOCIATION_SHAPE: Shape =
    Shape::new("DirectConnectGatewayAssociation", Kind::Structure(&DIRECT_CONNECT_GATEWAY_ASSOCIATION));
static DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_SHAPE: Shape = Shape::new(
    "DirectConnectGatewayAssociationProposal",
    Kind::Structure(&DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL),
);
static DIRECT_CONNECT_GATEWAY_ATTACHMENT_SHAPE: Shape =
    Shape::new("DirectConnectGatewayAttachment", Kind::Structure(&DIRECT_CONNECT_GATEWAY_ATTACHMENT));
static INTERCONNECT_SHAPE: Shape = Shape::new("Interconnect", Kind::Structure(&INTERCONNECT));
static LAG_SHAPE: Shape = Shape::new("Lag", Kind::Structure(&LAG));
static LOA_SHAPE: Shape = Shape::new("Loa", Kind::Structure(&LOA));
static LOCATION_SHAPE: Shape = Shape::new("Location", Kind::Structure(&LOCATION));
static MAC_SEC_KEY_SHAPE: Shape = Shape::new("MacSecKey", Kind::Structure(&MAC_SEC_KEY));
static NEW_BGP_PEER_SHAPE: Shape = Shape::new("NewBGPPeer", Kind::Structure(&NEW_BGP_PEER));
static NEW_PRIVATE_VIRTUAL_INTERFACE_SHAPE: Shape =
    Shape::new("NewPrivateVirtualInterface", Kind::Structure(&NEW_PRIVATE_VIRTUAL_INTERFACE));
static NEW_PRIVATE_VIRTUAL_INTERFACE_ALLOCATION_SHAPE: Shape =
    Shape::new("NewPrivateVirtualInterfaceAllocation", Kind::Structure(&NEW_PRIVATE_VIRTUAL_INTERFACE_ALLOCATION));
static NEW_PUBLIC_VIRTUAL_INTERFACE_SHAPE: Shape =
    Shape::new("NewPublicVirtualInterface", Kind::Structure(&NEW_PUBLIC_VIRTUAL_INTERFACE));
static NEW_PUBLIC_VIRTUAL_INTERFACE_ALLOCATION_SHAPE: Shape =
    Shape::new("NewPublicVirtualInterfaceAllocation", Kind::Structure(&NEW_PUBLIC_VIRTUAL_INTERFACE_ALLOCATION));
static NEW_TRANSIT_VIRTUAL_INTERFACE_SHAPE: Shape =
    Shape::new("NewTransitVirtualInterface", Kind::Structure(&NEW_TRANSIT_VIRTUAL_INTERFACE));
static NEW_TRANSIT_VIRTUAL_INTERFACE_ALLOCATION_SHAPE: Shape =
    Shape::new("NewTransitVirtualInterfaceAllocation", Kind::Structure(&NEW_TRANSIT_VIRTUAL_INTERFACE_ALLOCATION));
static RATE_LIMITER_STATUS_SHAPE: Shape = Shape::new("RateLimiterStatus", Kind::Structure(&RATE_LIMITER_STATUS));
static RESILIENCY_GROUP_SHAPE: Shape = Shape::new("ResiliencyGroup", Kind::Structure(&RESILIENCY_GROUP));
static RESILIENCY_GROUP_ASSOCIATION_SHAPE: Shape =
    Shape::new("ResiliencyGroupAssociation", Kind::Structure(&RESILIENCY_GROUP_ASSOCIATION));
static RESILIENCY_GROUP_SUMMARY_SHAPE: Shape =
    Shape::new("ResiliencyGroupSummary", Kind::Structure(&RESILIENCY_GROUP_SUMMARY));
static RESOURCE_TAG_SHAPE: Shape = Shape::new("ResourceTag", Kind::Structure(&RESOURCE_TAG));
static ROUTE_SHAPE: Shape = Shape::new("Route", Kind::Structure(&ROUTE));
static ROUTE_FILTER_PREFIX_SHAPE: Shape = Shape::new("RouteFilterPrefix", Kind::Structure(&ROUTE_FILTER_PREFIX));
static ROUTE_FILTERS_SHAPE: Shape = Shape::new("RouteFilters", Kind::Structure(&ROUTE_FILTERS));
static ROUTER_TYPE_SHAPE: Shape = Shape::new("RouterType", Kind::Structure(&ROUTER_TYPE));
static TAG_SHAPE: Shape = Shape::new("Tag", Kind::Structure(&TAG));
static VIRTUAL_GATEWAY_SHAPE: Shape = Shape::new("VirtualGateway", Kind::Structure(&VIRTUAL_GATEWAY));
static VIRTUAL_INTERFACE_SHAPE: Shape = Shape::new("VirtualInterface", Kind::Structure(&VIRTUAL_INTERFACE));
static VIRTUAL_INTERFACE_TEST_HISTORY_SHAPE: Shape =
    Shape::new("VirtualInterfaceTestHistory", Kind::Structure(&VIRTUAL_INTERFACE_TEST_HISTORY));
pub(crate) static ACCEPT_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_REQUEST: Structure = Structure::new(
    "AcceptDirectConnectGatewayAssociationProposalRequest",
    &[
        Member::required("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::required("proposalId", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_ID),
        Member::required("associatedGatewayOwnerAccount", &OWNER_ACCOUNT),
        Member::optional("overrideAllowedPrefixesToDirectConnectGateway", &ROUTE_FILTER_PREFIX_LIST),
    ],
);
pub(crate) static ACCEPT_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_RESULT: Structure = Structure::new(
    "AcceptDirectConnectGatewayAssociationProposalResult",
    &[Member::optional("directConnectGatewayAssociation", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_SHAPE)],
);
pub(crate) static ALLOCATE_CONNECTION_ON_INTERCONNECT_REQUEST: Structure = Structure::new(
    "AllocateConnectionOnInterconnectRequest",
    &[
        Member::required("bandwidth", &BANDWIDTH),
        Member::required("connectionName", &CONNECTION_NAME),
        Member::required("ownerAccount", &OWNER_ACCOUNT),
        Member::required("interconnectId", &INTERCONNECT_ID),
        Member::required("vlan", &VLAN),
    ],
);
pub(crate) static ALLOCATE_HOSTED_CONNECTION_REQUEST: Structure = Structure::new(
    "AllocateHostedConnectionRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::required("ownerAccount", &OWNER_ACCOUNT),
        Member::required("bandwidth", &BANDWIDTH),
        Member::required("connectionName", &CONNECTION_NAME),
        Member::required("vlan", &VLAN),
        Member::optional("tags", &TAG_LIST),
    ],
);
pub(crate) static ALLOCATE_PRIVATE_VIRTUAL_INTERFACE_REQUEST: Structure = Structure::new(
    "AllocatePrivateVirtualInterfaceRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::required("ownerAccount", &OWNER_ACCOUNT),
        Member::required("newPrivateVirtualInterfaceAllocation", &NEW_PRIVATE_VIRTUAL_INTERFACE_ALLOCATION_SHAPE),
    ],
);
pub(crate) static ALLOCATE_PUBLIC_VIRTUAL_INTERFACE_REQUEST: Structure = Structure::new(
    "AllocatePublicVirtualInterfaceRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::required("ownerAccount", &OWNER_ACCOUNT),
        Member::required("newPublicVirtualInterfaceAllocation", &NEW_PUBLIC_VIRTUAL_INTERFACE_ALLOCATION_SHAPE),
    ],
);
pub(crate) static ALLOCATE_TRANSIT_VIRTUAL_INTERFACE_REQUEST: Structure = Structure::new(
    "AllocateTransitVirtualInterfaceRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::required("ownerAccount", &OWNER_ACCOUNT),
        Member::required("newTransitVirtualInterfaceAllocation", &NEW_TRANSIT_VIRTUAL_INTERFACE_ALLOCATION_SHAPE),
    ],
);
pub(crate) static ALLOCATE_TRANSIT_VIRTUAL_INTERFACE_RESULT: Structure = Structure::new(
    "AllocateTransitVirtualInterfaceResult",
    &[Member::optional("virtualInterface", &VIRTUAL_INTERFACE_SHAPE)],
);
pub(crate) static AS_PATH_SEGMENT: Structure = Structure::new(
    "AsPathSegment",
    &[Member::optional("pathType", &AS_PATH_TYPE), Member::optional("path", &AS_PATH_LIST)],
);
pub(crate) static ASSOCIATE_CONNECTION_WITH_LAG_REQUEST: Structure = Structure::new(
    "AssociateConnectionWithLagRequest",
    &[Member::required("connectionId", &CONNECTION_ID), Member::required("lagId", &LAG_ID)],
);
pub(crate) static ASSOCIATE_CONNECTIONS_TO_RESILIENCY_GROUP_REQUEST: Structure = Structure::new(
    "AssociateConnectionsToResiliencyGroupRequest",
    &[
        Member::required("connectionIdentifiers", &CONNECTION_IDENTIFIER_LIST),
        Member::required("resiliencyGroupId", &RESILIENCY_GROUP_ID),
        Member::optional("clientToken", &IDEMPOTENCY_TOKEN),
    ],
);
pub(crate) static ASSOCIATE_CONNECTIONS_TO_RESILIENCY_GROUP_RESULT: Structure = Structure::new(
    "AssociateConnectionsToResiliencyGroupResult",
    &[Member::optional("resiliencyGroupAssociations", &RESILIENCY_GROUP_ASSOCIATION_LIST)],
);
pub(crate) static ASSOCIATE_HOSTED_CONNECTION_REQUEST: Structure = Structure::new(
    "AssociateHostedConnectionRequest",
    &[Member::required("connectionId", &CONNECTION_ID), Member::required("parentConnectionId", &CONNECTION_ID)],
);
pub(crate) static ASSOCIATE_MAC_SEC_KEY_REQUEST: Structure = Structure::new(
    "AssociateMacSecKeyRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::optional("secretARN", &SECRET_ARN),
        Member::optional("ckn", &CKN),
        Member::optional("cak", &CAK),
    ],
);
pub(crate) static ASSOCIATE_MAC_SEC_KEY_RESPONSE: Structure = Structure::new(
    "AssociateMacSecKeyResponse",
    &[Member::optional("connectionId", &CONNECTION_ID), Member::optional("macSecKeys", &MAC_SEC_KEY_LIST)],
);
pub(crate) static ASSOCIATE_VIRTUAL_INTERFACE_REQUEST: Structure = Structure::new(
    "AssociateVirtualInterfaceRequest",
    &[Member::required("virtualInterfaceId", &VIRTUAL_INTERFACE_ID), Member::required("connectionId", &CONNECTION_ID)],
);
pub(crate) static ASSOCIATED_CORE_NETWORK: Structure = Structure::new(
    "AssociatedCoreNetwork",
    &[
        Member::optional("id", &CORE_NETWORK_IDENTIFIER),
        Member::optional("ownerAccount", &OWNER_ACCOUNT),
        Member::optional("attachmentId", &CORE_NETWORK_ATTACHMENT_ID),
    ],
);
pub(crate) static ASSOCIATED_GATEWAY: Structure = Structure::new(
    "AssociatedGateway",
    &[
        Member::optional("id", &GATEWAY_IDENTIFIER),
        Member::optional("type", &GATEWAY_TYPE),
        Member::optional("ownerAccount", &OWNER_ACCOUNT),
        Member::optional("region", &REGION),
    ],
);
pub(crate) static AVAILABLE_BILLING_MODE: Structure = Structure::new(
    "AvailableBillingMode",
    &[
        Member::optional("billingMode", &BILLING_MODE),
        Member::optional("availablePortSpeeds", &AVAILABLE_PORT_SPEEDS),
        Member::optional("includedRegions", &INCLUDED_REGION_LIST),
    ],
);
pub(crate) static BGP_PEER: Structure = Structure::new(
    "BGPPeer",
    &[
        Member::optional("bgpPeerId", &BGP_PEER_ID),
        Member::optional("asn", &ASN),
        Member::optional("asnLong", &LONG_ASN),
        Member::optional("authKey", &BGP_AUTH_KEY),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("amazonAddress", &AMAZON_ADDRESS),
        Member::optional("customerAddress", &CUSTOMER_ADDRESS),
        Member::optional("bgpPeerState", &BGP_PEER_STATE),
        Member::optional("bgpStatus", &BGP_STATUS),
        Member::optional("awsDeviceV2", &AWS_DEVICE_V2),
        Member::optional("awsLogicalDeviceId", &AWS_LOGICAL_DEVICE_ID),
    ],
);
pub(crate) static CONFIRM_CONNECTION_REQUEST: Structure =
    Structure::new("ConfirmConnectionRequest", &[Member::required("connectionId", &CONNECTION_ID)]);
pub(crate) static CONFIRM_CONNECTION_RESPONSE: Structure =
    Structure::new("ConfirmConnectionResponse", &[Member::optional("connectionState", &CONNECTION_STATE)]);
pub(crate) static CONFIRM_CUSTOMER_AGREEMENT_REQUEST: Structure =
    Structure::new("ConfirmCustomerAgreementRequest", &[Member::optional("agreementName", &AGREEMENT_NAME)]);
pub(crate) static CONFIRM_CUSTOMER_AGREEMENT_RESPONSE: Structure =
    Structure::new("ConfirmCustomerAgreementResponse", &[Member::optional("status", &STATUS)]);
pub(crate) static CONFIRM_PRIVATE_VIRTUAL_INTERFACE_REQUEST: Structure = Structure::new(
    "ConfirmPrivateVirtualInterfaceRequest",
    &[
        Member::required("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("virtualGatewayId", &VIRTUAL_GATEWAY_ID),
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
    ],
);
pub(crate) static CONFIRM_PRIVATE_VIRTUAL_INTERFACE_RESPONSE: Structure = Structure::new(
    "ConfirmPrivateVirtualInterfaceResponse",
    &[Member::optional("virtualInterfaceState", &VIRTUAL_INTERFACE_STATE)],
);
pub(crate) static CONFIRM_PUBLIC_VIRTUAL_INTERFACE_REQUEST: Structure = Structure::new(
    "ConfirmPublicVirtualInterfaceRequest",
    &[Member::required("virtualInterfaceId", &VIRTUAL_INTERFACE_ID)],
);
pub(crate) static CONFIRM_PUBLIC_VIRTUAL_INTERFACE_RESPONSE: Structure = Structure::new(
    "ConfirmPublicVirtualInterfaceResponse",
    &[Member::optional("virtualInterfaceState", &VIRTUAL_INTERFACE_STATE)],
);
pub(crate) static CONFIRM_TRANSIT_VIRTUAL_INTERFACE_REQUEST: Structure = Structure::new(
    "ConfirmTransitVirtualInterfaceRequest",
    &[
        Member::required("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::required("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
    ],
);
pub(crate) static CONFIRM_TRANSIT_VIRTUAL_INTERFACE_RESPONSE: Structure = Structure::new(
    "ConfirmTransitVirtualInterfaceResponse",
    &[Member::optional("virtualInterfaceState", &VIRTUAL_INTERFACE_STATE)],
);
pub(crate) static CONNECTION: Structure = Structure::new(
    "Connection",
    &[
        Member::optional("ownerAccount", &OWNER_ACCOUNT),
        Member::optional("connectionId", &CONNECTION_ID),
        Member::optional("connectionName", &CONNECTION_NAME),
        Member::optional("connectionState", &CONNECTION_STATE),
        Member::optional("region", &REGION),
        Member::optional("location", &LOCATION_CODE),
        Member::optional("bandwidth", &BANDWIDTH),
        Member::optional("vlan", &VLAN),
        Member::optional("partnerName", &PARTNER_NAME),
        Member::optional("loaIssueTime", &LOA_ISSUE_TIME),
        Member::optional("lagId", &LAG_ID),
        Member::optional("awsDevice", &AWS_DEVICE),
        Member::optional("jumboFrameCapable", &JUMBO_FRAME_CAPABLE),
        Member::optional("awsDeviceV2", &AWS_DEVICE_V2),
        Member::optional("awsLogicalDeviceId", &AWS_LOGICAL_DEVICE_ID),
        Member::optional("hasLogicalRedundancy", &HAS_LOGICAL_REDUNDANCY),
        Member::optional("tags", &TAG_LIST),
        Member::optional("providerName", &PROVIDER_NAME),
        Member::optional("macSecCapable", &MAC_SEC_CAPABLE),
        Member::optional("portEncryptionStatus", &PORT_ENCRYPTION_STATUS),
        Member::optional("encryptionMode", &ENCRYPTION_MODE),
        Member::optional("macSecKeys", &MAC_SEC_KEY_LIST),
        Member::optional("rateLimiterStatus", &RATE_LIMITER_STATUS_SHAPE),
        Member::optional("partnerInterconnectMacSecCapable", &PARTNER_INTERCONNECT_MAC_SEC_CAPABLE),
        Member::optional("prefixPoolSizeIpv4", &PREFIX_POOL_SIZE),
        Member::optional("prefixPoolSizeIpv6", &PREFIX_POOL_SIZE),
        Member::optional("prefixPoolUnallocatedCountIpv4", &PREFIX_POOL_UNALLOCATED_COUNT),
        Member::optional("prefixPoolUnallocatedCountIpv6", &PREFIX_POOL_UNALLOCATED_COUNT),
        Member::optional("billingMode", &BILLING_MODE),
    ],
);
pub(crate) static CONNECTIONS: Structure = Structure::new(
    "Connections",
    &[Member::optional("connections", &CONNECTION_LIST), Member::optional("nextToken", &PAGINATION_TOKEN)],
);
pub(crate) static CREATE_BGP_PEER_REQUEST: Structure = Structure::new(
    "CreateBGPPeerRequest",
    &[
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("newBGPPeer", &NEW_BGP_PEER_SHAPE),
    ],
);
pub(crate) static CREATE_BGP_PEER_RESPONSE: Structure =
    Structure::new("CreateBGPPeerResponse", &[Member::optional("virtualInterface", &VIRTUAL_INTERFACE_SHAPE)]);
pub(crate) static CREATE_CONNECTION_REQUEST: Structure = Structure::new(
    "CreateConnectionRequest",
    &[
        Member::required("location", &LOCATION_CODE),
        Member::required("bandwidth", &BANDWIDTH),
        Member::required("connectionName", &CONNECTION_NAME),
        Member::optional("lagId", &LAG_ID),
        Member::optional("tags", &TAG_LIST),
        Member::optional("providerName", &PROVIDER_NAME),
        Member::optional("requestMACSec", &REQUEST_MAC_SEC),
        Member::optional("billingMode", &REQUEST_BILLING_MODE),
    ],
);
pub(crate) static CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_REQUEST: Structure = Structure::new(
    "CreateDirectConnectGatewayAssociationProposalRequest",
    &[
        Member::required("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::required("directConnectGatewayOwnerAccount", &OWNER_ACCOUNT),
        Member::required("gatewayId", &GATEWAY_ID_TO_ASSOCIATE),
        Member::optional("addAllowedPrefixesToDirectConnectGateway", &ROUTE_FILTER_PREFIX_LIST),
        Member::optional("removeAllowedPrefixesToDirectConnectGateway", &ROUTE_FILTER_PREFIX_LIST),
    ],
);
pub(crate) static CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_RESULT: Structure = Structure::new(
    "CreateDirectConnectGatewayAssociationProposalResult",
    &[Member::optional("directConnectGatewayAssociationProposal", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_SHAPE)],
);
pub(crate) static CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_REQUEST: Structure = Structure::new(
    "CreateDirectConnectGatewayAssociationRequest",
    &[
        Member::required("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("gatewayId", &GATEWAY_ID_TO_ASSOCIATE),
        Member::optional("addAllowedPrefixesToDirectConnectGateway", &ROUTE_FILTER_PREFIX_LIST),
        Member::optional("virtualGatewayId", &VIRTUAL_GATEWAY_ID),
    ],
);
pub(crate) static CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_RESULT: Structure = Structure::new(
    "CreateDirectConnectGatewayAssociationResult",
    &[Member::optional("directConnectGatewayAssociation", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_SHAPE)],
);
pub(crate) static CREATE_DIRECT_CONNECT_GATEWAY_REQUEST: Structure = Structure::new(
    "CreateDirectConnectGatewayRequest",
    &[
        Member::required("directConnectGatewayName", &DIRECT_CONNECT_GATEWAY_NAME),
        Member::optional("tags", &TAG_LIST),
        Member::optional("amazonSideAsn", &LONG_ASN),
    ],
);
pub(crate) static CREATE_DIRECT_CONNECT_GATEWAY_RESULT: Structure = Structure::new(
    "CreateDirectConnectGatewayResult",
    &[Member::optional("directConnectGateway", &DIRECT_CONNECT_GATEWAY_SHAPE)],
);
pub(crate) static CREATE_INTERCONNECT_REQUEST: Structure = Structure::new(
    "CreateInterconnectRequest",
    &[
        Member::required("interconnectName", &INTERCONNECT_NAME),
        Member::required("bandwidth", &BANDWIDTH),
        Member::required("location", &LOCATION_CODE),
        Member::optional("lagId", &LAG_ID),
        Member::optional("tags", &TAG_LIST),
        Member::optional("providerName", &PROVIDER_NAME),
        Member::optional("requestMACSec", &REQUEST_MAC_SEC),
    ],
);
pub(crate) static CREATE_LAG_REQUEST: Structure = Structure::new(
    "CreateLagRequest",
    &[
        Member::required("numberOfConnections", &COUNT),
        Member::required("location", &LOCATION_CODE),
        Member::required("connectionsBandwidth", &BANDWIDTH),
        Member::required("lagName", &LAG_NAME),
        Member::optional("connectionId", &CONNECTION_ID),
        Member::optional("tags", &TAG_LIST),
        Member::optional("childConnectionTags", &TAG_LIST),
        Member::optional("providerName", &PROVIDER_NAME),
        Member::optional("requestMACSec", &REQUEST_MAC_SEC),
        Member::optional("billingMode", &REQUEST_BILLING_MODE),
    ],
);
pub(crate) static CREATE_PRIVATE_VIRTUAL_INTERFACE_REQUEST: Structure = Structure::new(
    "CreatePrivateVirtualInterfaceRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::required("newPrivateVirtualInterface", &NEW_PRIVATE_VIRTUAL_INTERFACE_SHAPE),
    ],
);
pub(crate) static CREATE_PUBLIC_VIRTUAL_INTERFACE_REQUEST: Structure = Structure::new(
    "CreatePublicVirtualInterfaceRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::required("newPublicVirtualInterface", &NEW_PUBLIC_VIRTUAL_INTERFACE_SHAPE),
    ],
);
pub(crate) static CREATE_RESILIENCY_GROUP_REQUEST: Structure = Structure::new(
    "CreateResiliencyGroupRequest",
    &[
        Member::required("resiliencyGroupName", &RESILIENCY_GROUP_NAME),
        Member::required("intendedResiliencyModel", &RESILIENCY_MODEL),
        Member::optional("clientToken", &IDEMPOTENCY_TOKEN),
        Member::optional("tags", &TAG_LIST),
    ],
);
pub(crate) static CREATE_RESILIENCY_GROUP_RESULT: Structure =
    Structure::new("CreateResiliencyGroupResult", &[Member::optional("resiliencyGroup", &RESILIENCY_GROUP_SHAPE)]);
pub(crate) static CREATE_TRANSIT_VIRTUAL_INTERFACE_REQUEST: Structure = Structure::new(
    "CreateTransitVirtualInterfaceRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::required("newTransitVirtualInterface", &NEW_TRANSIT_VIRTUAL_INTERFACE_SHAPE),
    ],
);
pub(crate) static CREATE_TRANSIT_VIRTUAL_INTERFACE_RESULT: Structure = Structure::new(
    "CreateTransitVirtualInterfaceResult",
    &[Member::optional("virtualInterface", &VIRTUAL_INTERFACE_SHAPE)],
);
pub(crate) static CUSTOMER_AGREEMENT: Structure = Structure::new(
    "CustomerAgreement",
    &[Member::optional("agreementName", &AGREEMENT_NAME), Member::optional("status", &STATUS)],
);
pub(crate) static DELETE_BGP_PEER_REQUEST: Structure = Structure::new(
    "DeleteBGPPeerRequest",
    &[
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("asn", &ASN),
        Member::optional("asnLong", &LONG_ASN),
        Member::optional("customerAddress", &CUSTOMER_ADDRESS),
        Member::optional("bgpPeerId", &BGP_PEER_ID),
    ],
);
pub(crate) static DELETE_BGP_PEER_RESPONSE: Structure =
    Structure::new("DeleteBGPPeerResponse", &[Member::optional("virtualInterface", &VIRTUAL_INTERFACE_SHAPE)]);
pub(crate) static DELETE_CONNECTION_REQUEST: Structure =
    Structure::new("DeleteConnectionRequest", &[Member::required("connectionId", &CONNECTION_ID)]);
pub(crate) static DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_REQUEST: Structure = Structure::new(
    "DeleteDirectConnectGatewayAssociationProposalRequest",
    &[Member::required("proposalId", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_ID)],
);
pub(crate) static DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_RESULT: Structure = Structure::new(
    "DeleteDirectConnectGatewayAssociationProposalResult",
    &[Member::optional("directConnectGatewayAssociationProposal", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_SHAPE)],
);
pub(crate) static DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_REQUEST: Structure = Structure::new(
    "DeleteDirectConnectGatewayAssociationRequest",
    &[
        Member::optional("associationId", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_ID),
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("virtualGatewayId", &VIRTUAL_GATEWAY_ID),
    ],
);
pub(crate) static DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_RESULT: Structure = Structure::new(
    "DeleteDirectConnectGatewayAssociationResult",
    &[Member::optional("directConnectGatewayAssociation", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_SHAPE)],
);
pub(crate) static DELETE_DIRECT_CONNECT_GATEWAY_REQUEST: Structure = Structure::new(
    "DeleteDirectConnectGatewayRequest",
    &[Member::required("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID)],
);
pub(crate) static DELETE_DIRECT_CONNECT_GATEWAY_RESULT: Structure = Structure::new(
    "DeleteDirectConnectGatewayResult",
    &[Member::optional("directConnectGateway", &DIRECT_CONNECT_GATEWAY_SHAPE)],
);
pub(crate) static DELETE_INTERCONNECT_REQUEST: Structure =
    Structure::new("DeleteInterconnectRequest", &[Member::required("interconnectId", &INTERCONNECT_ID)]);
pub(crate) static DELETE_INTERCONNECT_RESPONSE: Structure =
    Structure::new("DeleteInterconnectResponse", &[Member::optional("interconnectState", &INTERCONNECT_STATE)]);
pub(crate) static DELETE_LAG_REQUEST: Structure =
    Structure::new("DeleteLagRequest", &[Member::required("lagId", &LAG_ID)]);
pub(crate) static DELETE_RESILIENCY_GROUP_REQUEST: Structure =
    Structure::new("DeleteResiliencyGroupRequest", &[Member::required("resiliencyGroupId", &RESILIENCY_GROUP_ID)]);
pub(crate) static DELETE_RESILIENCY_GROUP_RESULT: Structure =
    Structure::new("DeleteResiliencyGroupResult", &[Member::optional("resiliencyGroup", &RESILIENCY_GROUP_SHAPE)]);
pub(crate) static DELETE_VIRTUAL_INTERFACE_REQUEST: Structure =
    Structure::new("DeleteVirtualInterfaceRequest", &[Member::required("virtualInterfaceId", &VIRTUAL_INTERFACE_ID)]);
pub(crate) static DELETE_VIRTUAL_INTERFACE_RESPONSE: Structure = Structure::new(
    "DeleteVirtualInterfaceResponse",
    &[Member::optional("virtualInterfaceState", &VIRTUAL_INTERFACE_STATE)],
);
pub(crate) static DESCRIBE_CONNECTION_LOA_REQUEST: Structure = Structure::new(
    "DescribeConnectionLoaRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::optional("providerName", &PROVIDER_NAME),
        Member::optional("loaContentType", &LOA_CONTENT_TYPE),
    ],
);
pub(crate) static DESCRIBE_CONNECTION_LOA_RESPONSE: Structure =
    Structure::new("DescribeConnectionLoaResponse", &[Member::optional("loa", &LOA_SHAPE)]);
pub(crate) static DESCRIBE_CONNECTIONS_ON_INTERCONNECT_REQUEST: Structure =
    Structure::new("DescribeConnectionsOnInterconnectRequest", &[Member::required("interconnectId", &INTERCONNECT_ID)]);
pub(crate) static DESCRIBE_CONNECTIONS_REQUEST: Structure = Structure::new(
    "DescribeConnectionsRequest",
    &[
        Member::optional("connectionId", &CONNECTION_ID),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_CUSTOMER_METADATA_RESPONSE: Structure = Structure::new(
    "DescribeCustomerMetadataResponse",
    &[Member::optional("agreements", &AGREEMENT_LIST), Member::optional("nniPartnerType", &NNI_PARTNER_TYPE)],
);
pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSALS_REQUEST: Structure = Structure::new(
    "DescribeDirectConnectGatewayAssociationProposalsRequest",
    &[
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("proposalId", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_ID),
        Member::optional("associatedGatewayId", &ASSOCIATED_GATEWAY_ID),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSALS_RESULT: Structure = Structure::new(
    "DescribeDirectConnectGatewayAssociationProposalsResult",
    &[
        Member::optional("directConnectGatewayAssociationProposals", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_LIST),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATIONS_REQUEST: Structure = Structure::new(
    "DescribeDirectConnectGatewayAssociationsRequest",
    &[
        Member::optional("associationId", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_ID),
        Member::optional("associatedGatewayId", &ASSOCIATED_GATEWAY_ID),
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
        Member::optional("virtualGatewayId", &VIRTUAL_GATEWAY_ID),
    ],
);
pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATIONS_RESULT: Structure = Structure::new(
    "DescribeDirectConnectGatewayAssociationsResult",
    &[
        Member::optional("directConnectGatewayAssociations", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_LIST),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAY_ATTACHMENTS_REQUEST: Structure = Structure::new(
    "DescribeDirectConnectGatewayAttachmentsRequest",
    &[
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAY_ATTACHMENTS_RESULT: Structure = Structure::new(
    "DescribeDirectConnectGatewayAttachmentsResult",
    &[
        Member::optional("directConnectGatewayAttachments", &DIRECT_CONNECT_GATEWAY_ATTACHMENT_LIST),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAYS_REQUEST: Structure = Structure::new(
    "DescribeDirectConnectGatewaysRequest",
    &[
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAYS_RESULT: Structure = Structure::new(
    "DescribeDirectConnectGatewaysResult",
    &[
        Member::optional("directConnectGateways", &DIRECT_CONNECT_GATEWAY_LIST),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_HOSTED_CONNECTIONS_REQUEST: Structure = Structure::new(
    "DescribeHostedConnectionsRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_INTERCONNECT_LOA_REQUEST: Structure = Structure::new(
    "DescribeInterconnectLoaRequest",
    &[
        Member::required("interconnectId", &INTERCONNECT_ID),
        Member::optional("providerName", &PROVIDER_NAME),
        Member::optional("loaContentType", &LOA_CONTENT_TYPE),
    ],
);
pub(crate) static DESCRIBE_INTERCONNECT_LOA_RESPONSE: Structure =
    Structure::new("DescribeInterconnectLoaResponse", &[Member::optional("loa", &LOA_SHAPE)]);
pub(crate) static DESCRIBE_INTERCONNECTS_REQUEST: Structure = Structure::new(
    "DescribeInterconnectsRequest",
    &[
        Member::optional("interconnectId", &INTERCONNECT_ID),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_LAGS_REQUEST: Structure = Structure::new(
    "DescribeLagsRequest",
    &[
        Member::optional("lagId", &LAG_ID),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DESCRIBE_LOA_REQUEST: Structure = Structure::new(
    "DescribeLoaRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::optional("providerName", &PROVIDER_NAME),
        Member::optional("loaContentType", &LOA_CONTENT_TYPE),
    ],
);
pub(crate) static DESCRIBE_ROUTER_CONFIGURATION_REQUEST: Structure = Structure::new(
    "DescribeRouterConfigurationRequest",
    &[
        Member::required("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("routerTypeIdentifier", &ROUTER_TYPE_IDENTIFIER),
    ],
);
pub(crate) static DESCRIBE_ROUTER_CONFIGURATION_RESPONSE: Structure = Structure::new(
    "DescribeRouterConfigurationResponse",
    &[
        Member::optional("customerRouterConfig", &ROUTER_CONFIG),
        Member::optional("router", &ROUTER_TYPE_SHAPE),
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("virtualInterfaceName", &VIRTUAL_INTERFACE_NAME),
    ],
);
pub(crate) static DESCRIBE_TAGS_REQUEST: Structure =
    Structure::new("DescribeTagsRequest", &[Member::required("resourceArns", &RESOURCE_ARN_LIST)]);
pub(crate) static DESCRIBE_TAGS_RESPONSE: Structure =
    Structure::new("DescribeTagsResponse", &[Member::optional("resourceTags", &RESOURCE_TAG_LIST)]);
pub(crate) static DESCRIBE_VIRTUAL_INTERFACES_REQUEST: Structure = Structure::new(
    "DescribeVirtualInterfacesRequest",
    &[
        Member::optional("connectionId", &CONNECTION_ID),
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static DIRECT_CONNECT_GATEWAY: Structure = Structure::new(
    "DirectConnectGateway",
    &[
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("directConnectGatewayName", &DIRECT_CONNECT_GATEWAY_NAME),
        Member::optional("amazonSideAsn", &LONG_ASN),
        Member::optional("ownerAccount", &OWNER_ACCOUNT),
        Member::optional("directConnectGatewayState", &DIRECT_CONNECT_GATEWAY_STATE),
        Member::optional("stateChangeError", &STATE_CHANGE_ERROR),
        Member::optional("totalPrefixPoolAllocations", &PREFIX_POOL_ALLOCATED_COUNT),
        Member::optional("tags", &TAG_LIST),
    ],
);
pub(crate) static DIRECT_CONNECT_GATEWAY_ASSOCIATION: Structure = Structure::new(
    "DirectConnectGatewayAssociation",
    &[
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("directConnectGatewayOwnerAccount", &OWNER_ACCOUNT),
        Member::optional("associationState", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_STATE),
        Member::optional("stateChangeError", &STATE_CHANGE_ERROR),
        Member::optional("associatedGateway", &ASSOCIATED_GATEWAY_SHAPE),
        Member::optional("associationId", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_ID),
        Member::optional("allowedPrefixesToDirectConnectGateway", &ROUTE_FILTER_PREFIX_LIST),
        Member::optional("associatedCoreNetwork", &ASSOCIATED_CORE_NETWORK_SHAPE),
        Member::optional("virtualGatewayId", &VIRTUAL_GATEWAY_ID),
        Member::optional("virtualGatewayRegion", &VIRTUAL_GATEWAY_REGION),
        Member::optional("virtualGatewayOwnerAccount", &OWNER_ACCOUNT),
    ],
);
pub(crate) static DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL: Structure = Structure::new(
    "DirectConnectGatewayAssociationProposal",
    &[
        Member::optional("proposalId", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_ID),
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("directConnectGatewayOwnerAccount", &OWNER_ACCOUNT),
        Member::optional("proposalState", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_STATE),
        Member::optional("associatedGateway", &ASSOCIATED_GATEWAY_SHAPE),
        Member::optional("existingAllowedPrefixesToDirectConnectGateway", &ROUTE_FILTER_PREFIX_LIST),
        Member::optional("requestedAllowedPrefixesToDirectConnectGateway", &ROUTE_FILTER_PREFIX_LIST),
    ],
);
pub(crate) static DIRECT_CONNECT_GATEWAY_ATTACHMENT: Structure = Structure::new(
    "DirectConnectGatewayAttachment",
    &[
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("virtualInterfaceRegion", &VIRTUAL_INTERFACE_REGION),
        Member::optional("virtualInterfaceOwnerAccount", &OWNER_ACCOUNT),
        Member::optional("attachmentState", &DIRECT_CONNECT_GATEWAY_ATTACHMENT_STATE),
        Member::optional("attachmentType", &DIRECT_CONNECT_GATEWAY_ATTACHMENT_TYPE),
        Member::optional("stateChangeError", &STATE_CHANGE_ERROR),
    ],
);
pub(crate) static DISASSOCIATE_CONNECTION_FROM_LAG_REQUEST: Structure = Structure::new(
    "DisassociateConnectionFromLagRequest",
    &[Member::required("connectionId", &CONNECTION_ID), Member::required("lagId", &LAG_ID)],
);
pub(crate) static DISASSOCIATE_CONNECTIONS_FROM_RESILIENCY_GROUP_REQUEST: Structure = Structure::new(
    "DisassociateConnectionsFromResiliencyGroupRequest",
    &[
        Member::required("connectionIdentifiers", &CONNECTION_IDENTIFIER_LIST),
        Member::required("resiliencyGroupId", &RESILIENCY_GROUP_ID),
        Member::optional("clientToken", &IDEMPOTENCY_TOKEN),
    ],
);
pub(crate) static DISASSOCIATE_CONNECTIONS_FROM_RESILIENCY_GROUP_RESULT: Structure = Structure::new(
    "DisassociateConnectionsFromResiliencyGroupResult",
    &[Member::optional("resiliencyGroupAssociations", &RESILIENCY_GROUP_ASSOCIATION_LIST)],
);
pub(crate) static DISASSOCIATE_MAC_SEC_KEY_REQUEST: Structure = Structure::new(
    "DisassociateMacSecKeyRequest",
    &[Member::required("connectionId", &CONNECTION_ID), Member::required("secretARN", &SECRET_ARN)],
);
pub(crate) static DISASSOCIATE_MAC_SEC_KEY_RESPONSE: Structure = Structure::new(
    "DisassociateMacSecKeyResponse",
    &[Member::optional("connectionId", &CONNECTION_ID), Member::optional("macSecKeys", &MAC_SEC_KEY_LIST)],
);
pub(crate) static GET_RESILIENCY_GROUP_REQUEST: Structure =
    Structure::new("GetResiliencyGroupRequest", &[Member::required("resiliencyGroupId", &RESILIENCY_GROUP_ID)]);
pub(crate) static GET_RESILIENCY_GROUP_RESULT: Structure =
    Structure::new("GetResiliencyGroupResult", &[Member::optional("resiliencyGroup", &RESILIENCY_GROUP_SHAPE)]);
pub(crate) static INTERCONNECT: Structure = Structure::new(
    "Interconnect",
    &[
        Member::optional("interconnectId", &INTERCONNECT_ID),
        Member::optional("interconnectName", &INTERCONNECT_NAME),
        Member::optional("interconnectState", &INTERCONNECT_STATE),
        Member::optional("region", &REGION),
        Member::optional("location", &LOCATION_CODE),
        Member::optional("bandwidth", &BANDWIDTH),
        Member::optional("loaIssueTime", &LOA_ISSUE_TIME),
        Member::optional("lagId", &LAG_ID),
        Member::optional("awsDevice", &AWS_DEVICE),
        Member::optional("jumboFrameCapable", &JUMBO_FRAME_CAPABLE),
        Member::optional("awsDeviceV2", &AWS_DEVICE_V2),
        Member::optional("awsLogicalDeviceId", &AWS_LOGICAL_DEVICE_ID),
        Member::optional("hasLogicalRedundancy", &HAS_LOGICAL_REDUNDANCY),
        Member::optional("tags", &TAG_LIST),
        Member::optional("providerName", &PROVIDER_NAME),
        Member::optional("macSecCapable", &MAC_SEC_CAPABLE),
        Member::optional("portEncryptionStatus", &PORT_ENCRYPTION_STATUS),
        Member::optional("encryptionMode", &ENCRYPTION_MODE),
        Member::optional("macSecKeys", &MAC_SEC_KEY_LIST),
    ],
);
pub(crate) static INTERCONNECTS: Structure = Structure::new(
    "Interconnects",
    &[Member::optional("interconnects", &INTERCONNECT_LIST), Member::optional("nextToken", &PAGINATION_TOKEN)],
);
pub(crate) static LAG: Structure = Structure::new(
    "Lag",
    &[
        Member::optional("connectionsBandwidth", &BANDWIDTH),
        Member::optional("numberOfConnections", &COUNT),
        Member::optional("lagId", &LAG_ID),
        Member::optional("ownerAccount", &OWNER_ACCOUNT),
        Member::optional("lagName", &LAG_NAME),
        Member::optional("lagState", &LAG_STATE),
        Member::optional("location", &LOCATION_CODE),
        Member::optional("region", &REGION),
        Member::optional("minimumLinks", &COUNT),
        Member::optional("awsDevice", &AWS_DEVICE),
        Member::optional("awsDeviceV2", &AWS_DEVICE_V2),
        Member::optional("awsLogicalDeviceId", &AWS_LOGICAL_DEVICE_ID),
        Member::optional("connections", &CONNECTION_LIST),
        Member::optional("allowsHostedConnections", &BOOLEAN_FLAG),
        Member::optional("jumboFrameCapable", &JUMBO_FRAME_CAPABLE),
        Member::optional("hasLogicalRedundancy", &HAS_LOGICAL_REDUNDANCY),
        Member::optional("tags", &TAG_LIST),
        Member::optional("providerName", &PROVIDER_NAME),
        Member::optional("macSecCapable", &MAC_SEC_CAPABLE),
        Member::optional("encryptionMode", &ENCRYPTION_MODE),
        Member::optional("macSecKeys", &MAC_SEC_KEY_LIST),
        Member::optional("prefixPoolSizeIpv4", &PREFIX_POOL_SIZE),
        Member::optional("prefixPoolSizeIpv6", &PREFIX_POOL_SIZE),
        Member::optional("prefixPoolUnallocatedCountIpv4", &PREFIX_POOL_UNALLOCATED_COUNT),
        Member::optional("prefixPoolUnallocatedCountIpv6", &PREFIX_POOL_UNALLOCATED_COUNT),
        Member::optional("rateLimiterStatus", &RATE_LIMITER_STATUS_SHAPE),
        Member::optional("billingMode", &BILLING_MODE),
    ],
);
pub(crate) static LAGS: Structure =
    Structure::new("Lags", &[Member::optional("lags", &LAG_LIST), Member::optional("nextToken", &PAGINATION_TOKEN)]);
pub(crate) static LIST_RESILIENCY_GROUP_ASSOCIATIONS_REQUEST: Structure = Structure::new(
    "ListResiliencyGroupAssociationsRequest",
    &[
        Member::required("resiliencyGroupId", &RESILIENCY_GROUP_ID),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static LIST_RESILIENCY_GROUP_ASSOCIATIONS_RESULT: Structure = Structure::new(
    "ListResiliencyGroupAssociationsResult",
    &[Member::optional("items", &RESILIENCY_GROUP_ASSOCIATION_LIST), Member::optional("nextToken", &PAGINATION_TOKEN)],
);
pub(crate) static LIST_RESILIENCY_GROUPS_REQUEST: Structure = Structure::new(
    "ListResiliencyGroupsRequest",
    &[Member::optional("maxResults", &MAX_RESULT_SET_SIZE), Member::optional("nextToken", &PAGINATION_TOKEN)],
);
pub(crate) static LIST_RESILIENCY_GROUPS_RESULT: Structure = Structure::new(
    "ListResiliencyGroupsResult",
    &[Member::optional("items", &RESILIENCY_GROUP_SUMMARY_LIST), Member::optional("nextToken", &PAGINATION_TOKEN)],
);
pub(crate) static LIST_VIRTUAL_INTERFACE_ROUTES_REQUEST: Structure = Structure::new(
    "ListVirtualInterfaceRoutesRequest",
    &[
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("filters", &ROUTE_FILTERS_SHAPE),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static LIST_VIRTUAL_INTERFACE_ROUTES_RESPONSE: Structure = Structure::new(
    "ListVirtualInterfaceRoutesResponse",
    &[
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("routes", &ROUTE_LIST),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static LIST_VIRTUAL_INTERFACE_TEST_HISTORY_REQUEST: Structure = Structure::new(
    "ListVirtualInterfaceTestHistoryRequest",
    &[
        Member::optional("testId", &TEST_ID),
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("bgpPeers", &BGP_PEER_ID_LIST),
        Member::optional("status", &FAILURE_TEST_HISTORY_STATUS),
        Member::optional("maxResults", &MAX_RESULT_SET_SIZE),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static LIST_VIRTUAL_INTERFACE_TEST_HISTORY_RESPONSE: Structure = Structure::new(
    "ListVirtualInterfaceTestHistoryResponse",
    &[
        Member::optional("virtualInterfaceTestHistory", &VIRTUAL_INTERFACE_TEST_HISTORY_LIST),
        Member::optional("nextToken", &PAGINATION_TOKEN),
    ],
);
pub(crate) static LOA: Structure = Structure::new(
    "Loa",
    &[Member::optional("loaContent", &LOA_CONTENT), Member::optional("loaContentType", &LOA_CONTENT_TYPE)],
);
pub(crate) static LOCATION: Structure = Structure::new(
    "Location",
    &[
        Member::optional("locationCode", &LOCATION_CODE),
        Member::optional("locationName", &LOCATION_NAME),
        Member::optional("region", &REGION),
        Member::optional("availablePortSpeeds", &AVAILABLE_PORT_SPEEDS),
        Member::optional("availableProviders", &PROVIDER_LIST),
        Member::optional("availableMacSecPortSpeeds", &AVAILABLE_MAC_SEC_PORT_SPEEDS),
        Member::optional("availableBillingModes", &AVAILABLE_BILLING_MODE_LIST),
    ],
);
pub(crate) static LOCATIONS: Structure = Structure::new("Locations", &[Member::optional("locations", &LOCATION_LIST)]);
pub(crate) static MAC_SEC_KEY: Structure = Structure::new(
    "MacSecKey",
    &[
        Member::optional("secretARN", &SECRET_ARN),
        Member::optional("ckn", &CKN),
        Member::optional("state", &STATE),
        Member::optional("startOn", &START_ON_DATE),
    ],
);
pub(crate) static NEW_BGP_PEER: Structure = Structure::new(
    "NewBGPPeer",
    &[
        Member::optional("asn", &ASN),
        Member::optional("asnLong", &LONG_ASN),
        Member::optional("authKey", &BGP_AUTH_KEY),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("amazonAddress", &AMAZON_ADDRESS),
        Member::optional("customerAddress", &CUSTOMER_ADDRESS),
    ],
);
pub(crate) static NEW_PRIVATE_VIRTUAL_INTERFACE: Structure = Structure::new(
    "NewPrivateVirtualInterface",
    &[
        Member::required("virtualInterfaceName", &VIRTUAL_INTERFACE_NAME),
        Member::required("vlan", &VLAN),
        Member::optional("asn", &ASN),
        Member::optional("asnLong", &LONG_ASN),
        Member::optional("mtu", &MTU),
        Member::optional("authKey", &BGP_AUTH_KEY),
        Member::optional("amazonAddress", &AMAZON_ADDRESS),
        Member::optional("customerAddress", &CUSTOMER_ADDRESS),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("virtualGatewayId", &VIRTUAL_GATEWAY_ID),
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("tags", &TAG_LIST),
        Member::optional("enableSiteLink", &ENABLE_SITE_LINK),
        Member::optional("prefixPoolAllocatedCountIpv4", &PREFIX_POOL_ALLOCATED_COUNT),
        Member::optional("prefixPoolAllocatedCountIpv6", &PREFIX_POOL_ALLOCATED_COUNT),
        Member::optional("rateLimit", &RATE_LIMIT),
    ],
);
pub(crate) static NEW_PRIVATE_VIRTUAL_INTERFACE_ALLOCATION: Structure = Structure::new(
    "NewPrivateVirtualInterfaceAllocation",
    &[
        Member::required("virtualInterfaceName", &VIRTUAL_INTERFACE_NAME),
        Member::required("vlan", &VLAN),
        Member::optional("asn", &ASN),
        Member::optional("asnLong", &LONG_ASN),
        Member::optional("mtu", &MTU),
        Member::optional("authKey", &BGP_AUTH_KEY),
        Member::optional("amazonAddress", &AMAZON_ADDRESS),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("customerAddress", &CUSTOMER_ADDRESS),
        Member::optional("tags", &TAG_LIST),
        Member::optional("rateLimit", &RATE_LIMIT),
    ],
);
pub(crate) static NEW_PUBLIC_VIRTUAL_INTERFACE: Structure = Structure::new(
    "NewPublicVirtualInterface",
    &[
        Member::required("virtualInterfaceName", &VIRTUAL_INTERFACE_NAME),
        Member::required("vlan", &VLAN),
        Member::optional("asn", &ASN),
        Member::optional("asnLong", &LONG_ASN),
        Member::optional("authKey", &BGP_AUTH_KEY),
        Member::optional("amazonAddress", &AMAZON_ADDRESS),
        Member::optional("customerAddress", &CUSTOMER_ADDRESS),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("routeFilterPrefixes", &ROUTE_FILTER_PREFIX_LIST),
        Member::optional("tags", &TAG_LIST),
        Member::optional("rateLimit", &RATE_LIMIT),
    ],
);
pub(crate) static NEW_PUBLIC_VIRTUAL_INTERFACE_ALLOCATION: Structure = Structure::new(
    "NewPublicVirtualInterfaceAllocation",
    &[
        Member::required("virtualInterfaceName", &VIRTUAL_INTERFACE_NAME),
        Member::required("vlan", &VLAN),
        Member::optional("asn", &ASN),
        Member::optional("asnLong", &LONG_ASN),
        Member::optional("authKey", &BGP_AUTH_KEY),
        Member::optional("amazonAddress", &AMAZON_ADDRESS),
        Member::optional("customerAddress", &CUSTOMER_ADDRESS),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("routeFilterPrefixes", &ROUTE_FILTER_PREFIX_LIST),
        Member::optional("tags", &TAG_LIST),
        Member::optional("rateLimit", &RATE_LIMIT),
    ],
);
pub(crate) static NEW_TRANSIT_VIRTUAL_INTERFACE: Structure = Structure::new(
    "NewTransitVirtualInterface",
    &[
        Member::optional("virtualInterfaceName", &VIRTUAL_INTERFACE_NAME),
        Member::optional("vlan", &VLAN),
        Member::optional("asn", &ASN),
        Member::optional("asnLong", &LONG_ASN),
        Member::optional("mtu", &MTU),
        Member::optional("authKey", &BGP_AUTH_KEY),
        Member::optional("amazonAddress", &AMAZON_ADDRESS),
        Member::optional("customerAddress", &CUSTOMER_ADDRESS),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("tags", &TAG_LIST),
        Member::optional("enableSiteLink", &ENABLE_SITE_LINK),
        Member::optional("prefixPoolAllocatedCountIpv4", &PREFIX_POOL_ALLOCATED_COUNT),
        Member::optional("prefixPoolAllocatedCountIpv6", &PREFIX_POOL_ALLOCATED_COUNT),
        Member::optional("rateLimit", &RATE_LIMIT),
    ],
);
pub(crate) static NEW_TRANSIT_VIRTUAL_INTERFACE_ALLOCATION: Structure = Structure::new(
    "NewTransitVirtualInterfaceAllocation",
    &[
        Member::optional("virtualInterfaceName", &VIRTUAL_INTERFACE_NAME),
        Member::optional("vlan", &VLAN),
        Member::optional("asn", &ASN),
        Member::optional("asnLong", &LONG_ASN),
        Member::optional("mtu", &MTU),
        Member::optional("authKey", &BGP_AUTH_KEY),
        Member::optional("amazonAddress", &AMAZON_ADDRESS),
        Member::optional("customerAddress", &CUSTOMER_ADDRESS),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("tags", &TAG_LIST),
        Member::optional("rateLimit", &RATE_LIMIT),
    ],
);
pub(crate) static RATE_LIMITER_STATUS: Structure = Structure::new(
    "RateLimiterStatus",
    &[
        Member::optional("maxAllowed", &COUNT),
        Member::optional("inUse", &COUNT),
        Member::optional("remaining", &COUNT),
        Member::optional("totalBandwidth", &BANDWIDTH),
    ],
);
pub(crate) static RESILIENCY_GROUP: Structure = Structure::new(
    "ResiliencyGroup",
    &[
        Member::optional("resiliencyGroupId", &RESILIENCY_GROUP_ID),
        Member::optional("resiliencyGroupArn", &RESILIENCY_GROUP_ARN),
        Member::optional("resiliencyGroupName", &RESILIENCY_GROUP_NAME),
        Member::optional("resiliencyGroupType", &RESILIENCY_GROUP_TYPE),
        Member::optional("ownerAccount", &OWNER_ACCOUNT),
        Member::optional("state", &RESILIENCY_GROUP_STATE),
        Member::optional("tags", &TAG_LIST),
    ],
);
pub(crate) static RESILIENCY_GROUP_ASSOCIATION: Structure = Structure::new(
    "ResiliencyGroupAssociation",
    &[
        Member::optional("resiliencyGroupId", &RESILIENCY_GROUP_ID),
        Member::optional("connectionArn", &CONNECTION_ARN),
        Member::optional("state", &RESILIENCY_GROUP_ASSOCIATION_STATE),
    ],
);
pub(crate) static RESILIENCY_GROUP_SUMMARY: Structure = Structure::new(
    "ResiliencyGroupSummary",
    &[
        Member::optional("resiliencyGroupId", &RESILIENCY_GROUP_ID),
        Member::optional("resiliencyGroupArn", &RESILIENCY_GROUP_ARN),
        Member::optional("resiliencyGroupName", &RESILIENCY_GROUP_NAME),
        Member::optional("resiliencyGroupType", &RESILIENCY_GROUP_TYPE),
        Member::optional("ownerAccount", &OWNER_ACCOUNT),
        Member::optional("state", &RESILIENCY_GROUP_STATE),
    ],
);
pub(crate) static RESOURCE_TAG: Structure = Structure::new(
    "ResourceTag",
    &[Member::optional("resourceArn", &RESOURCE_ARN), Member::optional("tags", &TAG_LIST)],
);
pub(crate) static ROUTE: Structure = Structure::new(
    "Route",
    &[
        Member::optional("cidr", &ROUTE_CIDR),
        Member::optional("routeDirection", &ROUTE_DIRECTION),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("asPath", &AS_PATH_SEGMENT_LIST),
        Member::optional("communities", &COMMUNITY_LIST),
        Member::optional("awsLogicalDeviceId", &AWS_LOGICAL_DEVICE_ID),
        Member::optional("routeInstalledAt", &ROUTE_INSTALLED_AT),
    ],
);
pub(crate) static ROUTE_FILTER_PREFIX: Structure =
    Structure::new("RouteFilterPrefix", &[Member::optional("cidr", &CIDR)]);
pub(crate) static ROUTE_FILTERS: Structure = Structure::new(
    "RouteFilters",
    &[
        Member::optional("routeDirection", &ROUTE_DIRECTION),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("cidrs", &ROUTE_FILTER_CIDR_STRING_LIST),
        Member::optional("asPath", &AS_PATH_LIST),
        Member::optional("communities", &COMMUNITY_LIST),
    ],
);
pub(crate) static ROUTER_TYPE: Structure = Structure::new(
    "RouterType",
    &[
        Member::optional("vendor", &VENDOR),
        Member::optional("platform", &PLATFORM),
        Member::optional("software", &SOFTWARE),
        Member::optional("xsltTemplateName", &XSLT_TEMPLATE_NAME),
        Member::optional("xsltTemplateNameForMacSec", &XSLT_TEMPLATE_NAME_FOR_MAC_SEC),
        Member::optional("routerTypeIdentifier", &ROUTER_TYPE_IDENTIFIER),
    ],
);
pub(crate) static START_BGP_FAILOVER_TEST_REQUEST: Structure = Structure::new(
    "StartBgpFailoverTestRequest",
    &[
        Member::required("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("bgpPeers", &BGP_PEER_ID_LIST),
        Member::optional("testDurationInMinutes", &TEST_DURATION),
    ],
);
pub(crate) static START_BGP_FAILOVER_TEST_RESPONSE: Structure = Structure::new(
    "StartBgpFailoverTestResponse",
    &[Member::optional("virtualInterfaceTest", &VIRTUAL_INTERFACE_TEST_HISTORY_SHAPE)],
);
pub(crate) static STOP_BGP_FAILOVER_TEST_REQUEST: Structure =
    Structure::new("StopBgpFailoverTestRequest", &[Member::required("virtualInterfaceId", &VIRTUAL_INTERFACE_ID)]);
pub(crate) static STOP_BGP_FAILOVER_TEST_RESPONSE: Structure = Structure::new(
    "StopBgpFailoverTestResponse",
    &[Member::optional("virtualInterfaceTest", &VIRTUAL_INTERFACE_TEST_HISTORY_SHAPE)],
);
pub(crate) static TAG: Structure =
    Structure::new("Tag", &[Member::required("key", &TAG_KEY), Member::optional("value", &TAG_VALUE)]);
pub(crate) static TAG_RESOURCE_REQUEST: Structure = Structure::new(
    "TagResourceRequest",
    &[Member::required("resourceArn", &RESOURCE_ARN), Member::required("tags", &TAG_LIST)],
);
pub(crate) static TAG_RESOURCE_RESPONSE: Structure = Structure::new("TagResourceResponse", &[]);
pub(crate) static UNTAG_RESOURCE_REQUEST: Structure = Structure::new(
    "UntagResourceRequest",
    &[Member::required("resourceArn", &RESOURCE_ARN), Member::required("tagKeys", &TAG_KEY_LIST)],
);
pub(crate) static UNTAG_RESOURCE_RESPONSE: Structure = Structure::new("UntagResourceResponse", &[]);
pub(crate) static UPDATE_CONNECTION_REQUEST: Structure = Structure::new(
    "UpdateConnectionRequest",
    &[
        Member::required("connectionId", &CONNECTION_ID),
        Member::optional("connectionName", &CONNECTION_NAME),
        Member::optional("encryptionMode", &ENCRYPTION_MODE),
    ],
);
pub(crate) static UPDATE_CONNECTIONS_BILLING_MODE_REQUEST: Structure = Structure::new(
    "UpdateConnectionsBillingModeRequest",
    &[Member::required("connectionIds", &CONNECTION_ID_LIST), Member::required("billingMode", &REQUEST_BILLING_MODE)],
);
pub(crate) static UPDATE_CONNECTIONS_BILLING_MODE_RESPONSE: Structure = Structure::new(
    "UpdateConnectionsBillingModeResponse",
    &[Member::optional("billingMode", &BILLING_MODE), Member::optional("connections", &CONNECTION_LIST)],
);
pub(crate) static UPDATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_REQUEST: Structure = Structure::new(
    "UpdateDirectConnectGatewayAssociationRequest",
    &[
        Member::optional("associationId", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_ID),
        Member::optional("addAllowedPrefixesToDirectConnectGateway", &ROUTE_FILTER_PREFIX_LIST),
        Member::optional("removeAllowedPrefixesToDirectConnectGateway", &ROUTE_FILTER_PREFIX_LIST),
    ],
);
pub(crate) static UPDATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_RESULT: Structure = Structure::new(
    "UpdateDirectConnectGatewayAssociationResult",
    &[Member::optional("directConnectGatewayAssociation", &DIRECT_CONNECT_GATEWAY_ASSOCIATION_SHAPE)],
);
pub(crate) static UPDATE_DIRECT_CONNECT_GATEWAY_REQUEST: Structure = Structure::new(
    "UpdateDirectConnectGatewayRequest",
    &[
        Member::required("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::required("newDirectConnectGatewayName", &DIRECT_CONNECT_GATEWAY_NAME),
    ],
);
pub(crate) static UPDATE_DIRECT_CONNECT_GATEWAY_RESPONSE: Structure = Structure::new(
    "UpdateDirectConnectGatewayResponse",
    &[Member::optional("directConnectGateway", &DIRECT_CONNECT_GATEWAY_SHAPE)],
);
pub(crate) static UPDATE_LAG_REQUEST: Structure = Structure::new(
    "UpdateLagRequest",
    &[
        Member::required("lagId", &LAG_ID),
        Member::optional("lagName", &LAG_NAME),
        Member::optional("minimumLinks", &COUNT),
        Member::optional("encryptionMode", &ENCRYPTION_MODE),
    ],
);
pub(crate) static UPDATE_RESILIENCY_GROUP_REQUEST: Structure = Structure::new(
    "UpdateResiliencyGroupRequest",
    &[
        Member::required("resiliencyGroupId", &RESILIENCY_GROUP_ID),
        Member::required("resiliencyGroupName", &RESILIENCY_GROUP_NAME),
        Member::optional("clientToken", &IDEMPOTENCY_TOKEN),
    ],
);
pub(crate) static UPDATE_RESILIENCY_GROUP_RESULT: Structure =
    Structure::new("UpdateResiliencyGroupResult", &[Member::optional("resiliencyGroup", &RESILIENCY_GROUP_SHAPE)]);
pub(crate) static UPDATE_VIRTUAL_INTERFACE_ATTRIBUTES_REQUEST: Structure = Structure::new(
    "UpdateVirtualInterfaceAttributesRequest",
    &[
        Member::required("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("mtu", &MTU),
        Member::optional("enableSiteLink", &ENABLE_SITE_LINK),
        Member::optional("virtualInterfaceName", &VIRTUAL_INTERFACE_NAME),
        Member::optional("prefixPoolAllocatedCountIpv4", &PREFIX_POOL_ALLOCATED_COUNT),
        Member::optional("prefixPoolAllocatedCountIpv6", &PREFIX_POOL_ALLOCATED_COUNT),
        Member::optional("rateLimit", &RATE_LIMIT),
    ],
);
pub(crate) static VIRTUAL_GATEWAY: Structure = Structure::new(
    "VirtualGateway",
    &[
        Member::optional("virtualGatewayId", &VIRTUAL_GATEWAY_ID),
        Member::optional("virtualGatewayState", &VIRTUAL_GATEWAY_STATE),
    ],
);
pub(crate) static VIRTUAL_GATEWAYS: Structure =
    Structure::new("VirtualGateways", &[Member::optional("virtualGateways", &VIRTUAL_GATEWAY_LIST)]);
pub(crate) static VIRTUAL_INTERFACE: Structure = Structure::new(
    "VirtualInterface",
    &[
        Member::optional("ownerAccount", &OWNER_ACCOUNT),
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("location", &LOCATION_CODE),
        Member::optional("connectionId", &CONNECTION_ID),
        Member::optional("virtualInterfaceType", &VIRTUAL_INTERFACE_TYPE),
        Member::optional("virtualInterfaceName", &VIRTUAL_INTERFACE_NAME),
        Member::optional("vlan", &VLAN),
        Member::optional("asn", &ASN),
        Member::optional("asnLong", &LONG_ASN),
        Member::optional("amazonSideAsn", &LONG_ASN),
        Member::optional("authKey", &BGP_AUTH_KEY),
        Member::optional("amazonAddress", &AMAZON_ADDRESS),
        Member::optional("customerAddress", &CUSTOMER_ADDRESS),
        Member::optional("addressFamily", &ADDRESS_FAMILY),
        Member::optional("virtualInterfaceState", &VIRTUAL_INTERFACE_STATE),
        Member::optional("customerRouterConfig", &ROUTER_CONFIG),
        Member::optional("mtu", &MTU),
        Member::optional("jumboFrameCapable", &JUMBO_FRAME_CAPABLE),
        Member::optional("virtualGatewayId", &VIRTUAL_GATEWAY_ID),
        Member::optional("directConnectGatewayId", &DIRECT_CONNECT_GATEWAY_ID),
        Member::optional("routeFilterPrefixes", &ROUTE_FILTER_PREFIX_LIST),
        Member::optional("bgpPeers", &BGP_PEER_LIST),
        Member::optional("region", &REGION),
        Member::optional("awsDeviceV2", &AWS_DEVICE_V2),
        Member::optional("awsLogicalDeviceId", &AWS_LOGICAL_DEVICE_ID),
        Member::optional("tags", &TAG_LIST),
        Member::optional("siteLinkEnabled", &SITE_LINK_ENABLED),
        Member::optional("prefixPoolAllocatedCountIpv4", &PREFIX_POOL_ALLOCATED_COUNT),
        Member::optional("prefixPoolAllocatedCountIpv6", &PREFIX_POOL_ALLOCATED_COUNT),
        Member::optional("rateLimit", &RATE_LIMIT),
    ],
);
pub(crate) static VIRTUAL_INTERFACE_TEST_HISTORY: Structure = Structure::new(
    "VirtualInterfaceTestHistory",
    &[
        Member::optional("testId", &TEST_ID),
        Member::optional("virtualInterfaceId", &VIRTUAL_INTERFACE_ID),
        Member::optional("bgpPeers", &BGP_PEER_ID_LIST),
        Member::optional("status", &FAILURE_TEST_HISTORY_STATUS),
        Member::optional("ownerAccount", &OWNER_ACCOUNT),
        Member::optional("testDurationInMinutes", &TEST_DURATION),
        Member::optional("startTime", &START_TIME),
        Member::optional("endTime", &END_TIME),
    ],
);
pub(crate) static VIRTUAL_INTERFACES: Structure = Structure::new(
    "VirtualInterfaces",
    &[Member::optional("virtualInterfaces", &VIRTUAL_INTERFACE_LIST), Member::optional("nextToken", &PAGINATION_TOKEN)],
);
/// Every structure of the API, exceptions apart.
pub(crate) static STRUCTURES: &[&Structure] = &[
    &ACCEPT_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_REQUEST,
    &ACCEPT_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_RESULT,
    &ALLOCATE_CONNECTION_ON_INTERCONNECT_REQUEST,
    &ALLOCATE_HOSTED_CONNECTION_REQUEST,
    &ALLOCATE_PRIVATE_VIRTUAL_INTERFACE_REQUEST,
    &ALLOCATE_PUBLIC_VIRTUAL_INTERFACE_REQUEST,
    &ALLOCATE_TRANSIT_VIRTUAL_INTERFACE_REQUEST,
    &ALLOCATE_TRANSIT_VIRTUAL_INTERFACE_RESULT,
    &AS_PATH_SEGMENT,
    &ASSOCIATE_CONNECTION_WITH_LAG_REQUEST,
    &ASSOCIATE_CONNECTIONS_TO_RESILIENCY_GROUP_REQUEST,
    &ASSOCIATE_CONNECTIONS_TO_RESILIENCY_GROUP_RESULT,
    &ASSOCIATE_HOSTED_CONNECTION_REQUEST,
    &ASSOCIATE_MAC_SEC_KEY_REQUEST,
    &ASSOCIATE_MAC_SEC_KEY_RESPONSE,
    &ASSOCIATE_VIRTUAL_INTERFACE_REQUEST,
    &ASSOCIATED_CORE_NETWORK,
    &ASSOCIATED_GATEWAY,
    &AVAILABLE_BILLING_MODE,
    &BGP_PEER,
    &CONFIRM_CONNECTION_REQUEST,
    &CONFIRM_CONNECTION_RESPONSE,
    &CONFIRM_CUSTOMER_AGREEMENT_REQUEST,
    &CONFIRM_CUSTOMER_AGREEMENT_RESPONSE,
    &CONFIRM_PRIVATE_VIRTUAL_INTERFACE_REQUEST,
    &CONFIRM_PRIVATE_VIRTUAL_INTERFACE_RESPONSE,
    &CONFIRM_PUBLIC_VIRTUAL_INTERFACE_REQUEST,
    &CONFIRM_PUBLIC_VIRTUAL_INTERFACE_RESPONSE,
    &CONFIRM_TRANSIT_VIRTUAL_INTERFACE_REQUEST,
    &CONFIRM_TRANSIT_VIRTUAL_INTERFACE_RESPONSE,
    &CONNECTION,
    &CONNECTIONS,
    &CREATE_BGP_PEER_REQUEST,
    &CREATE_BGP_PEER_RESPONSE,
    &CREATE_CONNECTION_REQUEST,
    &CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_REQUEST,
    &CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_RESULT,
    &CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_REQUEST,
    &CREATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_RESULT,
    &CREATE_DIRECT_CONNECT_GATEWAY_REQUEST,
    &CREATE_DIRECT_CONNECT_GATEWAY_RESULT,
    &CREATE_INTERCONNECT_REQUEST,
    &CREATE_LAG_REQUEST,
    &CREATE_PRIVATE_VIRTUAL_INTERFACE_REQUEST,
    &CREATE_PUBLIC_VIRTUAL_INTERFACE_REQUEST,
    &CREATE_RESILIENCY_GROUP_REQUEST,
    &CREATE_RESILIENCY_GROUP_RESULT,
    &CREATE_TRANSIT_VIRTUAL_INTERFACE_REQUEST,
    &CREATE_TRANSIT_VIRTUAL_INTERFACE_RESULT,
    &CUSTOMER_AGREEMENT,
    &DELETE_BGP_PEER_REQUEST,
    &DELETE_BGP_PEER_RESPONSE,
    &DELETE_CONNECTION_REQUEST,
    &DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_REQUEST,
    &DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL_RESULT,
    &DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_REQUEST,
    &DELETE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_RESULT,
    &DELETE_DIRECT_CONNECT_GATEWAY_REQUEST,
    &DELETE_DIRECT_CONNECT_GATEWAY_RESULT,
    &DELETE_INTERCONNECT_REQUEST,
    &DELETE_INTERCONNECT_RESPONSE,
    &DELETE_LAG_REQUEST,
    &DELETE_RESILIENCY_GROUP_REQUEST,
    &DELETE_RESILIENCY_GROUP_RESULT,
    &DELETE_VIRTUAL_INTERFACE_REQUEST,
    &DELETE_VIRTUAL_INTERFACE_RESPONSE,
    &DESCRIBE_CONNECTION_LOA_REQUEST,
    &DESCRIBE_CONNECTION_LOA_RESPONSE,
    &DESCRIBE_CONNECTIONS_ON_INTERCONNECT_REQUEST,
    &DESCRIBE_CONNECTIONS_REQUEST,
    &DESCRIBE_CUSTOMER_METADATA_RESPONSE,
    &DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSALS_REQUEST,
    &DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSALS_RESULT,
    &DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATIONS_REQUEST,
    &DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATIONS_RESULT,
    &DESCRIBE_DIRECT_CONNECT_GATEWAY_ATTACHMENTS_REQUEST,
    &DESCRIBE_DIRECT_CONNECT_GATEWAY_ATTACHMENTS_RESULT,
    &DESCRIBE_DIRECT_CONNECT_GATEWAYS_REQUEST,
    &DESCRIBE_DIRECT_CONNECT_GATEWAYS_RESULT,
    &DESCRIBE_HOSTED_CONNECTIONS_REQUEST,
    &DESCRIBE_INTERCONNECT_LOA_REQUEST,
    &DESCRIBE_INTERCONNECT_LOA_RESPONSE,
    &DESCRIBE_INTERCONNECTS_REQUEST,
    &DESCRIBE_LAGS_REQUEST,
    &DESCRIBE_LOA_REQUEST,
    &DESCRIBE_ROUTER_CONFIGURATION_REQUEST,
    &DESCRIBE_ROUTER_CONFIGURATION_RESPONSE,
    &DESCRIBE_TAGS_REQUEST,
    &DESCRIBE_TAGS_RESPONSE,
    &DESCRIBE_VIRTUAL_INTERFACES_REQUEST,
    &DIRECT_CONNECT_GATEWAY,
    &DIRECT_CONNECT_GATEWAY_ASSOCIATION,
    &DIRECT_CONNECT_GATEWAY_ASSOCIATION_PROPOSAL,
    &DIRECT_CONNECT_GATEWAY_ATTACHMENT,
    &DISASSOCIATE_CONNECTION_FROM_LAG_REQUEST,
    &DISASSOCIATE_CONNECTIONS_FROM_RESILIENCY_GROUP_REQUEST,
    &DISASSOCIATE_CONNECTIONS_FROM_RESILIENCY_GROUP_RESULT,
    &DISASSOCIATE_MAC_SEC_KEY_REQUEST,
    &DISASSOCIATE_MAC_SEC_KEY_RESPONSE,
    &GET_RESILIENCY_GROUP_REQUEST,
    &GET_RESILIENCY_GROUP_RESULT,
    &INTERCONNECT,
    &INTERCONNECTS,
    &LAG,
    &LAGS,
    &LIST_RESILIENCY_GROUP_ASSOCIATIONS_REQUEST,
    &LIST_RESILIENCY_GROUP_ASSOCIATIONS_RESULT,
    &LIST_RESILIENCY_GROUPS_REQUEST,
    &LIST_RESILIENCY_GROUPS_RESULT,
    &LIST_VIRTUAL_INTERFACE_ROUTES_REQUEST,
    &LIST_VIRTUAL_INTERFACE_ROUTES_RESPONSE,
    &LIST_VIRTUAL_INTERFACE_TEST_HISTORY_REQUEST,
    &LIST_VIRTUAL_INTERFACE_TEST_HISTORY_RESPONSE,
    &LOA,
    &LOCATION,
    &LOCATIONS,
    &MAC_SEC_KEY,
    &NEW_BGP_PEER,
    &NEW_PRIVATE_VIRTUAL_INTERFACE,
    &NEW_PRIVATE_VIRTUAL_INTERFACE_ALLOCATION,
    &NEW_PUBLIC_VIRTUAL_INTERFACE,
    &NEW_PUBLIC_VIRTUAL_INTERFACE_ALLOCATION,
    &NEW_TRANSIT_VIRTUAL_INTERFACE,
    &NEW_TRANSIT_VIRTUAL_INTERFACE_ALLOCATION,
    &RATE_LIMITER_STATUS,
    &RESILIENCY_GROUP,
    &RESILIENCY_GROUP_ASSOCIATION,
    &RESILIENCY_GROUP_SUMMARY,
    &RESOURCE_TAG,
    &ROUTE,
    &ROUTE_FILTER_PREFIX,
    &ROUTE_FILTERS,
    &ROUTER_TYPE,
    &START_BGP_FAILOVER_TEST_REQUEST,
    &START_BGP_FAILOVER_TEST_RESPONSE,
    &STOP_BGP_FAILOVER_TEST_REQUEST,
    &STOP_BGP_FAILOVER_TEST_RESPONSE,
    &TAG,
    &TAG_RESOURCE_REQUEST,
    &TAG_RESOURCE_RESPONSE,
    &UNTAG_RESOURCE_REQUEST,
    &UNTAG_RESOURCE_RESPONSE,
    &UPDATE_CONNECTION_REQUEST,
    &UPDATE_CONNECTIONS_BILLING_MODE_REQUEST,
    &UPDATE_CONNECTIONS_BILLING_MODE_RESPONSE,
    &UPDATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_REQUEST,
    &UPDATE_DIRECT_CONNECT_GATEWAY_ASSOCIATION_RESULT,
    &UPDATE_DIRECT_CONNECT_GATEWAY_REQUEST,
    &UPDATE_DIRECT_CONNECT_GATEWAY_RESPONSE,
    &UPDATE_LAG_REQUEST,
    &UPDATE_RESILIENCY_GROUP_REQUEST,
    &UPDATE_RESILIENCY_GROUP_RESULT,
    &UPDATE_VIRTUAL_INTERFACE_ATTRIBUTES_REQUEST,
    &VIRTUAL_GATEWAY,
    &VIRTUAL_GATEWAYS,
    &VIRTUAL_INTERFACE,
    &VIRTUAL_INTERFACE_TEST_HISTORY,
    &VIRTUAL_INTERFACES,
];
/// Every pattern that a shape may have, each once.
pub(crate) static PATTERNS: &[&str] = &[
    r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$",
    r"^(dxrg|DXRG)-[0-9a-zA-Z]{17}$",
    r"^[a-zA-Z0-9_\-]+$",
    r"^arn:(aws|aws-cn|aws-us-gov):directconnect::[0-9]{12}:dx-resiliency-group/dxrg-[0-9a-z]{17}$",
    r"^attachment-([0-9a-f]{1,17})$",
    r"^core-network-([0-9a-f]{1,17})$",
];
