"""A good input of each operation: every member that it can have, and what lets it be accepted in the world of
`model_world.py`. A word that begins with `$` stands for what is known once that world is built. An operation has
several inputs where members exclude each other."""

from drive.orders import HERE

TAGS = [{"key": "team", "value": "net"}]
PORT = {"location": HERE, "providerName": "Equinix, Inc.", "requestMACSec": True, "billingMode": "PayAsYouGo"}

# Prefixes that one association may have, and others.
PREFIXES, OTHER_PREFIXES = [{"cidr": "10.0.0.0/16"}], [{"cidr": "10.1.0.0/16"}]

GOOD = {
    "AcceptDirectConnectGatewayAssociationProposal": [
        {"directConnectGatewayId": "$d2", "proposalId": "$p1", "associatedGatewayOwnerAccount": "$account",
         "overrideAllowedPrefixesToDirectConnectGateway": OTHER_PREFIXES},
    ],
    "AssociateConnectionWithLag": [{"connectionId": "$c1", "lagId": "$g1"}],
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
    "CreateLag": [
        {**PORT, "connectionsBandwidth": "10Gbps", "lagName": "new", "numberOfConnections": 2, "connectionId": "$c1",
         "tags": TAGS, "childConnectionTags": TAGS},
    ],
    "DeleteConnection": [{"connectionId": "$c1"}],
    "DeleteDirectConnectGateway": [{"directConnectGatewayId": "$d3"}],
    "DeleteDirectConnectGatewayAssociation": [
        {"associationId": "$a1"},
        {"directConnectGatewayId": "$d1", "virtualGatewayId": "vgw-11111111"},
    ],
    "DeleteDirectConnectGatewayAssociationProposal": [{"proposalId": "$p1"}],
    "DeleteLag": [{"lagId": "$g2"}],
    "DescribeConnections": [
        {"connectionId": "$c1", "maxResults": 1, "nextToken": "$connections.next"},
        {"maxResults": 2, "nextToken": "$connections.next"},
    ],
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
        {"directConnectGatewayId": "$d1", "virtualInterfaceId": "dxvif-ffffffff", "maxResults": 1},
    ],
    "DescribeDirectConnectGateways": [
        {"directConnectGatewayId": "$d1", "maxResults": 1, "nextToken": "$gateways.next"},
        {"maxResults": 1, "nextToken": "$gateways.next"},
    ],
    "DescribeLags": [
        {"lagId": "$g1", "maxResults": 1, "nextToken": "$lags.next"},
        {"maxResults": 1, "nextToken": "$lags.next"},
        {"maxResults": 1},
    ],
    "DescribeLocations": [{}],
    "DescribeTags": [{"resourceArns": ["$c1.arn", "$g1.arn", "$d1.arn"]}],
    "DescribeVirtualGateways": [{}],
    "DisassociateConnectionFromLag": [{"connectionId": "$m1", "lagId": "$g1"}],
    "TagResource": [{"resourceArn": "$c1.arn", "tags": TAGS}, {"resourceArn": "$g1.arn", "tags": TAGS},
                    {"resourceArn": "$d1.arn", "tags": TAGS}],
    "UntagResource": [{"resourceArn": "$c1.arn", "tagKeys": ["team"]}],
    "UpdateConnection": [{"connectionId": "$c1", "connectionName": "other", "encryptionMode": "must_encrypt"}],
    "UpdateDirectConnectGateway": [{"directConnectGatewayId": "$d1", "newDirectConnectGatewayName": "other"}],
    "UpdateDirectConnectGatewayAssociation": [
        {"associationId": "$a1", "addAllowedPrefixesToDirectConnectGateway": OTHER_PREFIXES,
         "removeAllowedPrefixesToDirectConnectGateway": PREFIXES},
    ],
    "UpdateLag": [{"lagId": "$g1", "lagName": "other", "minimumLinks": 1, "encryptionMode": "no_encrypt"}],
}
