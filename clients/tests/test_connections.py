"""Connections, with boto3."""

import pytest

from drive.clients import client
from drive.orders import HERE, connection, order, refused


def test_an_order_answers_with_what_was_ordered(dx, account):
    ordered = dx.create_connection(
        location=HERE,
        bandwidth="10Gbps",
        connectionName="port one",
        providerName="Equinix, Inc.",
        tags=[{"key": "team", "value": "network"}, {"key": "empty"}],
    )
    assert ordered["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert ordered["ResponseMetadata"]["HTTPHeaders"]["content-type"] == "application/x-amz-json-1.1"
    assert ordered["ResponseMetadata"]["RequestId"]
    assert ordered["connectionId"].startswith("dxcon-f") and len(ordered["connectionId"]) == len("dxcon-12345678")
    expected = {
        "ownerAccount": account,
        "connectionName": "port one",
        "connectionState": "requested",
        "region": "us-east-1",
        "location": HERE,
        "bandwidth": "10Gbps",
        "providerName": "Equinix, Inc.",
        "jumboFrameCapable": False,
        "hasLogicalRedundancy": "unknown",
        "macSecCapable": False,
    }
    assert expected.items() <= ordered.items()
    assert {tag["key"]: tag.get("value", "") for tag in ordered["tags"]} == {"team": "network", "empty": ""}
    for absent in ["lagId", "vlan", "awsDevice", "awsDeviceV2", "partnerName", "loaIssueTime"]:
        assert absent not in ordered


def test_it_is_available_once_its_delays_have_passed(manual, slow):
    c1 = order(slow)
    assert connection(slow, c1)["connectionState"] == "requested"
    manual.advance("PT24H")
    pending = connection(slow, c1)
    assert pending["connectionState"] == "pending"
    assert pending["awsDeviceV2"].startswith(f"{HERE}-") and pending["awsDevice"] == pending["awsDeviceV2"]
    manual.advance("PT1H")
    available = connection(slow, c1)
    assert available["connectionState"] == "available"
    assert available["awsDeviceV2"] == pending["awsDeviceV2"] and available["jumboFrameCapable"] is True


def test_all_are_described_and_one_by_its_id(dx):
    ids = [order(dx, f"c{number}") for number in range(3)]
    # Those made within one millisecond are listed by id.
    assert sorted(one["connectionId"] for one in dx.describe_connections()["connections"]) == sorted(ids)
    assert [one["connectionName"] for one in dx.describe_connections(connectionId=ids[1])["connections"]] == ["c1"]


def test_they_are_described_page_by_page(dx):
    ids = [order(dx, f"c{number}") for number in range(3)]
    first = dx.describe_connections(maxResults=2)
    rest = dx.describe_connections(maxResults=2, nextToken=first["nextToken"])
    assert sorted(one["connectionId"] for one in first["connections"] + rest["connections"]) == sorted(ids)
    assert "nextToken" not in rest


def test_it_is_renamed(dx):
    c1 = order(dx)
    assert dx.update_connection(connectionId=c1, connectionName="renamed")["connectionName"] == "renamed"
    assert connection(dx, c1)["connectionName"] == "renamed"


def test_a_port_ordered_with_macsec_takes_an_encryption_mode(dx):
    c1 = order(dx, bandwidth="10Gbps", requestMACSec=True)
    assert connection(dx, c1)["encryptionMode"] == "should_encrypt"
    # No key is there yet, so a link that must be encrypted is down.
    assert dx.update_connection(connectionId=c1, encryptionMode="must_encrypt")["connectionState"] == "down"
    assert dx.update_connection(connectionId=c1, encryptionMode="no_encrypt")["connectionState"] == "available"


def test_it_is_deleted_and_stays_listed_for_a_while(manual, slow):
    requested, available = order(slow, "c1"), order(slow, "c2")
    assert slow.delete_connection(connectionId=requested)["connectionState"] == "deleted"
    manual.advance("PT25H")
    assert slow.delete_connection(connectionId=available)["connectionState"] == "deleting"
    with refused(f"Connection {available} is in state deleting"):
        slow.update_connection(connectionId=available, connectionName="late")
    manual.advance("PT20S")
    assert connection(slow, available)["connectionState"] == "deleted"
    manual.advance("PT15M")
    assert slow.describe_connections()["connections"] == []
    with refused(f"Could not find Connection with ID {available}"):
        slow.describe_connections(connectionId=available)


@pytest.mark.parametrize("call", ["describe_connections", "delete_connection", "update_connection"])
def test_an_unknown_one_is_not_found(dx, call):
    with refused("Could not find Connection with ID dxcon-ffffffff"):
        getattr(dx, call)(connectionId="dxcon-ffffffff")


@pytest.mark.parametrize(
    ("order", "parts"),
    [
        ({"location": "Nowhere"}, ["Nowhere", "is not a Direct Connect location of us-east-1"]),
        ({"bandwidth": "3Gbps"}, ["bandwidth 3Gbps", "expected 1Gbps, 10Gbps, 100Gbps or 400Gbps"]),
        ({"bandwidth": "400Gbps", "location": "EqDA2"}, ["400Gbps is not offered at EqDA2"]),
        ({"connectionName": ""}, ["connectionName"]),
        ({"connectionName": "n" * 256}, ["connectionName"]),
        ({"providerName": "Nobody"}, ["providerName Nobody"]),
        ({"requestMACSec": True}, ["MACsec"]),
        ({"lagId": "g1"}, ["Lag ID has an invalid format"]),
        ({"lagId": "dxlag-ffffffff"}, ["Could not find Lag with ID dxlag-ffffffff"]),
        ({"tags": [{"key": "aws:mine"}]}, ["aws:mine"]),
    ],
)
def test_what_cannot_be_ordered_is_refused_and_nothing_is_created(dx, order, parts):
    with refused(*parts):
        dx.create_connection(**{"location": HERE, "bandwidth": "1Gbps", "connectionName": "c1", **order})
    assert dx.describe_connections()["connections"] == []


def test_a_location_has_a_quota(dx):
    for number in range(10):
        order(dx, f"c{number}")
    with refused(HERE, "quota is 10"):
        order(dx, "one too many")
    assert len(dx.describe_connections()["connections"]) == 10


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"location": HERE, "bandwidth": "1Gbps"}, "DirectConnectClientException"),
        ({"location": HERE, "bandwidth": 1, "connectionName": "c1"}, "SerializationException"),
    ],
)
def test_a_request_that_the_model_forbids_is_refused(instant, account, request_, code):
    careless = client(instant.url, account, parameter_validation=False)
    with refused(code=code):
        careless.create_connection(**request_)
    assert careless.describe_connections()["connections"] == []


def test_an_operation_that_nobody_knows_is_unknown(dx):
    def rename(params, **_):
        params["headers"]["X-Amz-Target"] = "OvertureService.DescribeRainbows"

    dx.meta.events.register("before-call.direct-connect.DescribeLocations", rename)
    with refused(code="UnknownOperationException"):
        dx.describe_locations()
