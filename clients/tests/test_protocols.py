"""Both protocols of the model, each with botocore's own codec, over one state."""

import pytest

from drive.clients import PROTOCOLS, speaking
from drive.orders import connection, lag, order, order_lag, refused

@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_lag_walk(instant, account, tmp_path, protocol):
    dx = speaking(protocol, tmp_path, instant.url, account)
    sent = []
    dx.meta.events.register("before-send.*", lambda request, **_: sent.append(request))
    g1, _ = order_lag(dx, tags=[{"key": "team", "value": "network"}])
    c1 = order(dx, "ünïcode ✓")
    assert dx.associate_connection_with_lag(connectionId=c1, lagId=g1)["lagId"] == g1
    seen = lag(dx, g1)
    assert (seen["lagState"], seen["numberOfConnections"], seen["minimumLinks"]) == ("available", 2, 0)
    assert seen["tags"] == [{"key": "team", "value": "network"}] and seen["macSecKeys"] == []
    assert (connection(dx, c1)["connectionName"], connection(dx, c1)["jumboFrameCapable"]) == ("ünïcode ✓", True)
    with refused("Could not find Lag with ID dxlag-ffffffff"):
        dx.describe_lags(lagId="dxlag-ffffffff")
    assert dx.describe_locations()["locations"]
    assert {("smithy-protocol" in request.headers) for request in sent} == {protocol == "smithy-rpc-v2-cbor"}


def test_what_one_protocol_makes_the_other_sees(instant, dx, account, tmp_path):
    other = speaking("smithy-rpc-v2-cbor", tmp_path, instant.url, account)
    c1 = order(other)
    answers = [one.describe_connections(connectionId=c1)["connections"] for one in (dx, other)]
    assert answers[0] == answers[1]
