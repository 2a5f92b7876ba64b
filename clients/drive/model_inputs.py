"""A good input of each operation: every member that it can have, and what lets it be accepted in the world of
`model_world.py`. A word that begins with `$` stands for what is known once that world is built. An operation has
several inputs where members exclude each other."""

from drive.orders import HERE

TAGS = [{"key": "team", "value": "net"}]
PORT = {"location": HERE, "providerName": "Equinix, Inc.", "requestMACSec": True, "billingMode": "PayAsYouGo"}

GOOD = {
    "AssociateConnectionWithLag": [{"connectionId": "$c1", "lagId": "$g1"}],
    "CreateConnection": [
        {**PORT, "bandwidth": "10Gbps", "connectionName": "new", "lagId": "$g1", "tags": TAGS},
    ],
    "CreateLag": [
        {**PORT, "connectionsBandwidth": "10Gbps", "lagName": "new", "numberOfConnections": 2, "connectionId": "$c1",
         "tags": TAGS, "childConnectionTags": TAGS},
    ],
    "DeleteConnection": [{"connectionId": "$c1"}],
    "DeleteLag": [{"lagId": "$g2"}],
    "DescribeConnections": [
        {"connectionId": "$c1", "maxResults": 1, "nextToken": "$connections.next"},
        {"maxResults": 2, "nextToken": "$connections.next"},
    ],
    "DescribeLags": [
        {"lagId": "$g1", "maxResults": 1, "nextToken": "$lags.next"},
        {"maxResults": 1, "nextToken": "$lags.next"},
        {"maxResults": 1},
    ],
    "DescribeLocations": [{}],
    "DescribeTags": [{"resourceArns": ["$c1.arn", "$g1.arn"]}],
    "DisassociateConnectionFromLag": [{"connectionId": "$m1", "lagId": "$g1"}],
    "TagResource": [{"resourceArn": "$c1.arn", "tags": TAGS}, {"resourceArn": "$g1.arn", "tags": TAGS}],
    "UntagResource": [{"resourceArn": "$c1.arn", "tagKeys": ["team"]}],
    "UpdateConnection": [{"connectionId": "$c1", "connectionName": "other", "encryptionMode": "must_encrypt"}],
    "UpdateLag": [{"lagId": "$g1", "lagName": "other", "minimumLinks": 1, "encryptionMode": "no_encrypt"}],
}
