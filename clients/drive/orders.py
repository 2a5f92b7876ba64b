"""Orders that most tests begin with, and the refusals that they expect."""

import contextlib
import itertools

import pytest
from botocore.exceptions import ClientError

HERE = "EqDC2"
ELSEWHERE = "EqDA2"

# Where public networks of four addresses begin.
PLACES = itertools.count()


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


def interface(dx, identity):
    """A virtual interface as it is now."""
    [one] = dx.describe_virtual_interfaces(virtualInterfaceId=identity)["virtualInterfaces"]
    return one


def private(name="v1", vlan=101, **more):
    """What a private virtual interface is ordered with: one on a virtual private gateway, unless `more` names another."""
    led = {} if "directConnectGatewayId" in more else {"virtualGatewayId": "vgw-0123456789abcdef0"}
    return {"virtualInterfaceName": name, "vlan": vlan, "asn": 65001, **led, **more}


def public(name="v1", vlan=101, **more):
    """What a public one is ordered with. A public address is used once, so that each has its own."""
    place = next(PLACES) * 4
    amazon, customer = (f"175.46.{place // 256}.{place % 256 + end}/30" for end in (1, 2))
    ends = {"amazonAddress": amazon, "customerAddress": customer}
    filters = {"routeFilterPrefixes": [{"cidr": "175.45.176.0/22"}]}
    return {"virtualInterfaceName": name, "vlan": vlan, "asn": 65001, **ends, **filters, **more}


def order_private(dx, port, **more):
    """Orders a private virtual interface; its id."""
    made = dx.create_private_virtual_interface(connectionId=port, newPrivateVirtualInterface=private(**more))
    return made["virtualInterfaceId"]


def of_ec2(account, kind="vgw"):
    """A gateway of EC2 that is this account's alone: a trusted id is whose it was first associated by."""
    return f"{kind}-{int(account):017x}"


def order_gateway(dx, name="d1", **more):
    """Orders a Direct Connect gateway; its id."""
    made = dx.create_direct_connect_gateway(directConnectGatewayName=name, **more)
    return made["directConnectGateway"]["directConnectGatewayId"]


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
