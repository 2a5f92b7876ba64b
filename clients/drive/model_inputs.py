"""A good input of each operation: every member that it can have, and what lets it be accepted in the world of
`model_world.py`. A word that begins with `$` stands for what is known once that world is built. An operation has
several inputs where members exclude each other."""

from drive.orders import HERE

TAGS = [{"key": "team", "value": "net"}]
PORT = {"location": HERE, "providerName": "Equinix, Inc.", "requestMACSec": True, "billingMode": "PayAsYouGo"}

# Prefixes that one association may have, and others.
PREFIXES, OTHER_PREFIXES = [{"cidr": "10.0.0.0/16"}], [{"cidr": "10.1.0.0/16"}]

# A key of a BGP peer, and a peer with all that one can have.
KEY = "a-key-of-ours"
PEER = {"asn": 65001, "asnLong": 65001, "authKey": KEY, "addressFamily": "ipv4", "amazonAddress": "175.45.176.1/30",
        "customerAddress": "175.45.176.2/30"}

# What every virtual interface can have, and those that lead to a Direct Connect gateway.
INTERFACE = {"virtualInterfaceName": "new", "vlan": 300, "tags": TAGS, "rateLimit": "500Mbps", **PEER}
JUMBO = {**INTERFACE, "mtu": 8500}
LED = {**JUMBO, "directConnectGatewayId": "$d3", "enableSiteLink": True, "prefixPoolAllocatedCountIpv4": 50,
       "prefixPoolAllocatedCountIpv6": 50}
FILTERS = [{"cidr": "175.45.176.0/22"}]

# One type of router for each dialect.
ROUTERS = [
    "CiscoSystemsInc-2900SeriesRouters-IOS124", "CiscoSystemsInc-Nexus9KSeriesSwitches-NXOS93",
    "JuniperNetworksInc-SRXSeriesRouters-JunOS95", "PaloAltoNetworks-PA3000and5000series-PANOS803",
]

GOOD = {
    "AcceptDirectConnectGatewayAssociationProposal": [
        {"directConnectGatewayId": "$d2", "proposalId": "$p1", "associatedGatewayOwnerAccount": "$account",
         "overrideAllowedPrefixesToDirectConnectGateway": OTHER_PREFIXES},
    ],
    "AllocateConnectionOnInterconnect": [
        {"interconnectId": "$i2", "ownerAccount": "$other", "bandwidth": "1Gbps", "connectionName": "new", "vlan": 300},
    ],
    "AllocateHostedConnection": [
        {"connectionId": "$i2", "ownerAccount": "$other", "bandwidth": "1Gbps", "connectionName": "new", "vlan": 300,
         "tags": TAGS},
    ],
    "AllocatePrivateVirtualInterface": [
        {"connectionId": "$c1", "ownerAccount": "$other", "newPrivateVirtualInterfaceAllocation": JUMBO},
    ],
    "AllocatePublicVirtualInterface": [
        {"connectionId": "$c1", "ownerAccount": "$other",
         "newPublicVirtualInterfaceAllocation": {**INTERFACE, "routeFilterPrefixes": FILTERS}},
    ],
    "AllocateTransitVirtualInterface": [
        {"connectionId": "$c1", "ownerAccount": "$other", "newTransitVirtualInterfaceAllocation": JUMBO},
    ],
    "AssociateConnectionWithLag": [{"connectionId": "$c1", "lagId": "$g1"}],
    "AssociateMacSecKey": [
        {"connectionId": "$c2", "ckn": "b" * 64, "cak": "c" * 64},
        {"connectionId": "$c2", "secretARN": "$k1"},
    ],
    "AssociateConnectionsToResiliencyGroup": [
        {"resiliencyGroupId": "$r1", "connectionIdentifiers": ["$c1"], "clientToken": "new"},
    ],
    "CreateResiliencyGroup": [
        {"resiliencyGroupName": "new", "intendedResiliencyModel": "high-resiliency", "clientToken": "new", "tags": TAGS},
    ],
    "DeleteResiliencyGroup": [{"resiliencyGroupId": "$r2"}],
    "DisassociateConnectionsFromResiliencyGroup": [
        {"resiliencyGroupId": "$r1", "connectionIdentifiers": ["$c2"], "clientToken": "new"},
    ],
    "GetResiliencyGroup": [{"resiliencyGroupId": "$r1"}],
    "ListResiliencyGroupAssociations": [
        {"resiliencyGroupId": "$r1", "maxResults": 1},
        {"resiliencyGroupId": "$r1", "maxResults": 1, "nextToken": "$in_group.next"},
    ],
    "ListResiliencyGroups": [{"maxResults": 1}, {"maxResults": 1, "nextToken": "$groups.next"}],
    "UpdateConnectionsBillingMode": [{"connectionIds": ["$g1"], "billingMode": "PayAsYouGo"}],
    "UpdateResiliencyGroup": [
        {"resiliencyGroupId": "$r1", "resiliencyGroupName": "new", "clientToken": "new"},
    ],
    "CreateBGPPeer": [
        {"virtualInterfaceId": "$s2", "newBGPPeer": PEER},
        {"virtualInterfaceId": "$s3", "newBGPPeer": {"asn": 65001, "authKey": KEY, "addressFamily": "ipv6"}},
    ],
    "AssociateHostedConnection": [{"connectionId": "$hosted1", "parentConnectionId": "$g3"}],
    "AssociateVirtualInterface": [{"virtualInterfaceId": "$v1", "connectionId": "$c1"}],
    "ConfirmConnection": [{"connectionId": "$hosted3"}],
    "ConfirmCustomerAgreement": [{"agreementName": "first"}],
    "ConfirmPrivateVirtualInterface": [
        {"virtualInterfaceId": "$h1", "virtualGatewayId": "vgw-0123456789abcdef0"},
        {"virtualInterfaceId": "$h1", "directConnectGatewayId": "$d3"},
    ],
    "ConfirmPublicVirtualInterface": [{"virtualInterfaceId": "$h2"}],
    "ConfirmTransitVirtualInterface": [{"virtualInterfaceId": "$h3", "directConnectGatewayId": "$d3"}],
    "CreateConnection": [
        {**PORT, "bandwidth": "10Gbps", "connectionName": "new", "lagId": "$g1", "tags": TAGS},
    ],
    "CreateDirectConnectGateway": [
        {"directConnectGatewayName": "new", "amazonSideAsn": 65000, "tags": TAGS},
    ],
    "CreateDirectConnectGatewayAssociation": [
        {"directConnectGatewayId": "$d3", "gatewayId": "vgw-33333333", "virtualGatewayId": "vgw-33333333",
         "addAllowedPrefixesToDirectConnectGateway": PREFIXES},
    ],
    "CreateDirectConnectGatewayAssociationProposal": [
        {"directConnectGatewayId": "$d3", "directConnectGatewayOwnerAccount": "$account", "gatewayId": "vgw-33333333",
         "addAllowedPrefixesToDirectConnectGateway": PREFIXES,
         "removeAllowedPrefixesToDirectConnectGateway": OTHER_PREFIXES},
    ],
    "CreateInterconnect": [
        {"interconnectName": "new", "bandwidth": "10Gbps", "location": HERE, "lagId": "$g3", "tags": TAGS,
         "providerName": "Equinix, Inc.", "requestMACSec": True},
    ],
    "CreateLag": [
        {**PORT, "connectionsBandwidth": "10Gbps", "lagName": "new", "numberOfConnections": 2, "connectionId": "$c1",
         "tags": TAGS, "childConnectionTags": TAGS},
    ],
    "DeleteBGPPeer": [
        {"virtualInterfaceId": "$s1", "bgpPeerId": "$s1.p1"},
        {"virtualInterfaceId": "$s1", "asn": 65001, "asnLong": 65001, "customerAddress": "10.1.0.2/30"},
    ],
    "CreatePrivateVirtualInterface": [
        {"connectionId": "$c1", "newPrivateVirtualInterface": LED},
        {"connectionId": "$g1", "newPrivateVirtualInterface": {**JUMBO, "virtualGatewayId": "vgw-0123456789abcdef0"}},
    ],
    "CreatePublicVirtualInterface": [
        {"connectionId": "$c1", "newPublicVirtualInterface": {**INTERFACE, "routeFilterPrefixes": FILTERS}},
    ],
    "CreateTransitVirtualInterface": [{"connectionId": "$c1", "newTransitVirtualInterface": LED}],
    "DeleteConnection": [{"connectionId": "$c1"}],
    "DeleteDirectConnectGateway": [{"directConnectGatewayId": "$d3"}],
    "DeleteDirectConnectGatewayAssociation": [
        {"associationId": "$a1"},
        {"directConnectGatewayId": "$d1", "virtualGatewayId": "vgw-11111111"},
    ],
    "DeleteDirectConnectGatewayAssociationProposal": [{"proposalId": "$p1"}],
    "DeleteInterconnect": [{"interconnectId": "$i2"}],
    "DeleteLag": [{"lagId": "$g2"}],
    "DeleteVirtualInterface": [{"virtualInterfaceId": "$v1"}],
    "DescribeConnectionLoa": [
        {"connectionId": "$c1", "providerName": "Equinix, Inc.", "loaContentType": "application/pdf"},
    ],
    "DescribeConnections": [
        {"connectionId": "$c1", "maxResults": 1, "nextToken": "$connections.next"},
        {"maxResults": 2, "nextToken": "$connections.next"},
    ],
    "DescribeConnectionsOnInterconnect": [{"interconnectId": "$i1"}],
    "DescribeCustomerMetadata": [{}],
    "DescribeDirectConnectGatewayAssociationProposals": [
        {"directConnectGatewayId": "$d2", "proposalId": "$p1", "associatedGatewayId": "tgw-11111111"},
        {"maxResults": 1, "nextToken": "$proposals.next"},
    ],
    "DescribeDirectConnectGatewayAssociations": [
        {"associationId": "$a1", "directConnectGatewayId": "$d1", "associatedGatewayId": "vgw-11111111",
         "virtualGatewayId": "vgw-11111111"},
        {"directConnectGatewayId": "$d1", "maxResults": 1, "nextToken": "$associations.next"},
    ],
    "DescribeDirectConnectGatewayAttachments": [
        {"directConnectGatewayId": "$d1", "virtualInterfaceId": "$v1", "maxResults": 1},
        {"directConnectGatewayId": "$d1", "maxResults": 1, "nextToken": "$attachments.next"},
    ],
    "DescribeDirectConnectGateways": [
        {"directConnectGatewayId": "$d1", "maxResults": 1, "nextToken": "$gateways.next"},
        {"maxResults": 1, "nextToken": "$gateways.next"},
    ],
    "DescribeInterconnectLoa": [
        {"interconnectId": "$i1", "providerName": "Equinix, Inc.", "loaContentType": "application/pdf"},
    ],
    "DescribeHostedConnections": [
        {"connectionId": "$i1", "maxResults": 1, "nextToken": "$hosted.next"},
        {"connectionId": "$i1", "maxResults": 2},
    ],
    "DescribeInterconnects": [
        {"interconnectId": "$i1", "maxResults": 1, "nextToken": "$interconnects.next"},
        {"maxResults": 1, "nextToken": "$interconnects.next"},
    ],
    "DescribeLags": [
        {"lagId": "$g1", "maxResults": 1, "nextToken": "$lags.next"},
        {"maxResults": 1, "nextToken": "$lags.next"},
        {"maxResults": 1},
    ],
    "DescribeLoa": [
        {"connectionId": "$c1", "providerName": "Equinix, Inc.", "loaContentType": "application/pdf"},
        {"connectionId": "$g1"},
    ],
    "DescribeLocations": [{}],
    "DescribeRouterConfiguration": [
        {"virtualInterfaceId": "$s1", "routerTypeIdentifier": identifier} for identifier in ROUTERS
    ],
    "DescribeVirtualInterfaces": [
        {"connectionId": "$c3", "virtualInterfaceId": "$s1", "maxResults": 1},
        {"connectionId": "$c3", "maxResults": 1, "nextToken": "$interfaces.next"},
    ],
    "DescribeTags": [{"resourceArns": ["$c1.arn", "$g1.arn", "$d1.arn", "$v1.arn", "$r1.arn"]}],
    "DescribeVirtualGateways": [{}],
    "DisassociateConnectionFromLag": [{"connectionId": "$m1", "lagId": "$g1"}],
    "DisassociateMacSecKey": [{"connectionId": "$c1", "secretARN": "$k1"}],
    "ListVirtualInterfaceRoutes": [
        {"virtualInterfaceId": "$s0", "maxResults": 1,
         "filters": {"routeDirection": "advertised", "addressFamily": "ipv4", "cidrs": ["52.216.0.0/15"],
                     "asPath": [7224, 16509], "communities": ["NO_EXPORT"]}},
        {"virtualInterfaceId": "$s0", "maxResults": 1, "nextToken": "$routes.next"},
    ],
    "ListVirtualInterfaceTestHistory": [
        {"testId": "$t1", "virtualInterfaceId": "$s3", "bgpPeers": ["$s3.p1"], "status": "In progress", "maxResults": 1},
        {"maxResults": 1, "nextToken": "$tests.next"},
    ],
    "StartBgpFailoverTest": [
        {"virtualInterfaceId": "$s1", "bgpPeers": ["$s1.p1"], "testDurationInMinutes": 60},
    ],
    "StopBgpFailoverTest": [{"virtualInterfaceId": "$s3"}],
    "TagResource": [{"resourceArn": "$c1.arn", "tags": TAGS}, {"resourceArn": "$g1.arn", "tags": TAGS},
                    {"resourceArn": "$d1.arn", "tags": TAGS}, {"resourceArn": "$v1.arn", "tags": TAGS}],
    "UntagResource": [{"resourceArn": "$c1.arn", "tagKeys": ["team"]}],
    "UpdateConnection": [{"connectionId": "$c1", "connectionName": "other", "encryptionMode": "must_encrypt"}],
    "UpdateDirectConnectGateway": [{"directConnectGatewayId": "$d1", "newDirectConnectGatewayName": "other"}],
    "UpdateDirectConnectGatewayAssociation": [
        {"associationId": "$a1", "addAllowedPrefixesToDirectConnectGateway": OTHER_PREFIXES,
         "removeAllowedPrefixesToDirectConnectGateway": PREFIXES},
    ],
    "UpdateLag": [{"lagId": "$g1", "lagName": "other", "minimumLinks": 1, "encryptionMode": "no_encrypt"}],
    "UpdateVirtualInterfaceAttributes": [
        {"virtualInterfaceId": "$v1", "mtu": 8500, "enableSiteLink": True, "virtualInterfaceName": "other",
         "prefixPoolAllocatedCountIpv4": 50, "prefixPoolAllocatedCountIpv6": 50, "rateLimit": "500Mbps"},
    ],
}
