"""Orders that most tests begin with, and the refusals that they expect."""

import contextlib

import pytest
from botocore.exceptions import ClientError

HERE = "EqDC2"
ELSEWHERE = "EqDA2"


def order(dx, name="c1", **more):
    """Orders a connection; its id."""
    order = {"location": HERE, "bandwidth": "1Gbps", "connectionName": name, **more}
    return dx.create_connection(**order)["connectionId"]


def order_lag(dx, name="g1", connections=1, **more):
    """Orders a LAG; its id, and those of its members."""
    order = {"location": HERE, "connectionsBandwidth": "1Gbps", "lagName": name, "numberOfConnections": connections}
    lag = dx.create_lag(**{**order, **more})
    return lag["lagId"], [member["connectionId"] for member in lag["connections"]]


def connection(dx, identity):
    """A connection as it is now."""
    [one] = dx.describe_connections(connectionId=identity)["connections"]
    return one


def lag(dx, identity):
    """A LAG as it is now."""
    [one] = dx.describe_lags(lagId=identity)["lags"]
    return one


@contextlib.contextmanager
def refused(*parts, code="DirectConnectClientException", status=400):
    """The call within is refused with this code, and a message that has these parts."""
    with pytest.raises(ClientError) as caught:
        yield
    response = caught.value.response
    assert response["Error"]["Code"] == code, response
    assert response["ResponseMetadata"]["HTTPStatusCode"] == status
    for part in parts:
        assert part in response["Error"]["Message"]
