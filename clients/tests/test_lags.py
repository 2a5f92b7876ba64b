"""LAGs, with boto3."""

import pytest

from drive.orders import HERE, connection, lag, order, order_lag, refused


def test_a_new_lag_answers_with_its_members(dx, account):
    made = dx.create_lag(
        location=HERE,
        connectionsBandwidth="10Gbps",
        numberOfConnections=2,
        lagName="pair",
        providerName="Equinix, Inc.",
        tags=[{"key": "of", "value": "lag"}],
        childConnectionTags=[{"key": "of", "value": "member"}],
    )
    assert made["lagId"].startswith("dxlag-f")
    expected = {
        "ownerAccount": account,
        "lagName": "pair",
        "lagState": "pending",
        "region": "us-east-1",
        "location": HERE,
        "connectionsBandwidth": "10Gbps",
        "numberOfConnections": 2,
        "minimumLinks": 0,
        "providerName": "Equinix, Inc.",
        "allowsHostedConnections": False,
        "tags": [{"key": "of", "value": "lag"}],
    }
    assert expected.items() <= made.items()
    assert made["awsDevice"].startswith(f"{HERE}-")
    names = [member["connectionName"] for member in made["connections"]]
    assert names == [f"Requested Connection {number} for Lag {made['lagId']}" for number in (1, 2)]
    for member in made["connections"]:
        assert member["lagId"] == made["lagId"] and member["connectionState"] == "requested"
        assert member["tags"] == [{"key": "of", "value": "member"}]
    assert lag(dx, made["lagId"])["lagState"] == "available"
    assert {one["awsDeviceV2"] for one in dx.describe_connections()["connections"]} == {made["awsDeviceV2"]}


def test_it_is_pending_until_a_member_is_available(manual, slow):
    g1, _ = order_lag(slow)
    assert lag(slow, g1)["lagState"] == "pending"
    manual.advance("PT25H")
    assert lag(slow, g1)["lagState"] == "available"


def test_a_lag_is_made_around_a_connection(dx):
    c1 = order(dx)
    g1, members = order_lag(dx, connections=2, connectionId=c1)
    assert c1 in members and len(members) == 2
    assert connection(dx, c1)["lagId"] == g1
    assert connection(dx, c1)["connectionName"] == "c1"


def test_a_connection_is_ordered_into_a_lag(dx):
    g1, [first] = order_lag(dx)
    second = order(dx, "second", lagId=g1)
    assert {one["connectionId"] for one in lag(dx, g1)["connections"]} == {first, second}
    with refused("has a bandwidth of 10Gbps"):
        order(dx, "other", lagId=g1, bandwidth="10Gbps")


def test_deleting_its_only_member_leaves_an_empty_lag(dx):
    g1, [member] = order_lag(dx)
    dx.delete_connection(connectionId=member)
    empty = lag(dx, g1)
    assert empty["connections"] == [] and empty["numberOfConnections"] == 0
    assert empty["awsDevice"]
    assert dx.delete_lag(lagId=g1)["lagState"] == "deleted"


def test_all_are_described_and_one_by_its_id(dx):
    ids = [order_lag(dx, f"g{number}")[0] for number in range(3)]
    assert [one["lagId"] for one in dx.describe_lags()["lags"]] == ids
    assert lag(dx, ids[1])["lagName"] == "g1"


def test_it_is_renamed_and_takes_minimum_links(dx):
    g1, _ = order_lag(dx, connections=2)
    changed = dx.update_lag(lagId=g1, lagName="renamed", minimumLinks=2)
    assert (changed["lagName"], changed["minimumLinks"]) == ("renamed", 2)
    with refused("MinimumLinks cannot be set higher than the number of connections"):
        dx.update_lag(lagId=g1, minimumLinks=3)
    with refused("minimumLinks -1"):
        dx.update_lag(lagId=g1, minimumLinks=-1)
    assert (lag(dx, g1)["lagName"], lag(dx, g1)["minimumLinks"]) == ("renamed", 2)


def test_too_few_links_take_it_down(instant, dx):
    g1, [first, second] = order_lag(dx, connections=2)
    dx.update_lag(lagId=g1, minimumLinks=2)
    instant.control("PUT", f"ports/{first}", {"light": "off"})
    assert connection(dx, first)["connectionState"] == "down"
    assert connection(dx, second)["connectionState"] == "available"
    assert lag(dx, g1)["lagState"] == "down"
    instant.control("PUT", f"ports/{first}", {"light": "on"})
    assert lag(dx, g1)["lagState"] == "available"


def test_it_is_deleted_and_its_members_stand_alone(manual, slow):
    g1, [member] = order_lag(slow)
    manual.advance("PT25H")
    assert slow.delete_lag(lagId=g1)["lagState"] == "deleting"
    manual.advance("PT20S")
    assert lag(slow, g1)["lagState"] == "deleted"
    alone = connection(slow, member)
    assert "lagId" not in alone and alone["connectionState"] == "available"
    manual.advance("PT15M")
    assert slow.describe_lags()["lags"] == []


@pytest.mark.parametrize("call", ["describe_lags", "delete_lag", "update_lag"])
def test_an_unknown_one_is_not_found(dx, call):
    with refused("Could not find Lag with ID dxlag-ffffffff"):
        getattr(dx, call)(lagId="dxlag-ffffffff")


@pytest.mark.parametrize(
    ("order", "parts"),
    [
        ({"numberOfConnections": 5}, ["numberOfConnections 5"]),
        ({"numberOfConnections": 3, "connectionsBandwidth": "100Gbps"}, ["numberOfConnections 3"]),
        ({"connectionsBandwidth": "50Mbps"}, ["connectionsBandwidth 50Mbps"]),
        ({"location": "Nowhere"}, ["Nowhere", "is not a Direct Connect location of us-east-1"]),
        ({"lagName": ""}, ["lagName"]),
        ({"connectionId": "dxcon-ffffffff"}, ["Could not find Connection with ID dxcon-ffffffff"]),
    ],
)
def test_what_cannot_be_ordered_is_refused_and_nothing_is_created(dx, order, parts):
    good = {"location": HERE, "connectionsBandwidth": "1Gbps", "numberOfConnections": 1, "lagName": "g1"}
    with refused(*parts):
        dx.create_lag(**{**good, **order})
    assert dx.describe_lags()["lags"] == []
    assert dx.describe_connections()["connections"] == []
