"""Hosted connections, with boto3 in both protocols: a partner, and the account that it sells them to."""

import pytest

from drive import clients
from drive.orders import HERE, connection, order, order_lag, order_private, refused


@pytest.fixture(params=["v2"])
def kind(request):
    """What kind of partner `us` is."""
    return request.param


@pytest.fixture
def partner(instant, account, us, kind):
    """A client of a partner."""
    instant.control("PUT", f"accounts/{account}", {"partner": kind})
    return us


def order_interconnect(dx, name="i1", **more):
    asked = {"location": HERE, "bandwidth": "10Gbps", "interconnectName": name, **more}
    return dx.create_interconnect(**asked)["interconnectId"]


def allocate(dx, parent, owner, vlan=101, bandwidth="1Gbps", **more):
    asked = {"connectionId": parent, "ownerAccount": owner, "vlan": vlan, "bandwidth": bandwidth}
    return dx.allocate_hosted_connection(**{**asked, "connectionName": f"h{vlan}", **more})


def hosted_on(dx, parent):
    return [one["connectionId"] for one in dx.describe_hosted_connections(connectionId=parent)["connections"]]


def test_it_is_allocated_confirmed_used_and_ended(partner, them, other_account):
    i1 = order_interconnect(partner, providerName="Equinix, Inc.", tags=[{"key": "of", "value": "partner"}])
    [seen] = partner.describe_interconnects(interconnectId=i1)["interconnects"]
    assert (seen["interconnectState"], seen["tags"]) == ("available", [{"key": "of", "value": "partner"}])
    assert "ownerAccount" not in seen

    made = allocate(partner, i1, other_account, tags=[{"key": "of", "value": "customer"}])
    expected = {
        "ownerAccount": other_account,
        "connectionState": "ordering",
        "vlan": 101,
        "bandwidth": "1Gbps",
        "partnerName": "Equinix, Inc.",
        "partnerInterconnectMacSecCapable": False,
        "awsDeviceV2": seen["awsDeviceV2"],
        "tags": [],
    }
    assert expected.items() <= made.items()
    assert not {"lagId", "billingMode", "rateLimiterStatus", "prefixPoolSizeIpv4"} & made.keys()
    h1 = made["connectionId"]
    assert connection(them, h1)["tags"] == [{"key": "of", "value": "customer"}]
    with refused(f"The specified Connection ID is not available: {h1} is in state ordering"):
        order_private(them, h1)
    assert them.confirm_connection(connectionId=h1)["connectionState"] == "pending"
    with refused(f"ConfirmConnection failed. {h1} is in state available"):
        them.confirm_connection(connectionId=h1)

    v1 = order_private(them, h1)
    with refused("would have 2 virtual interfaces; at most 1"):
        order_private(them, h1)
    assert partner.describe_virtual_interfaces()["virtualInterfaces"] == []
    with refused(f"Connection {h1} cannot be deleted until its Virtual Interfaces are deleted"):
        partner.delete_connection(connectionId=h1)
    with refused(f"Interconnect {i1} cannot be deleted until its hosted connections are deleted"):
        partner.delete_interconnect(interconnectId=i1)
    them.delete_virtual_interface(virtualInterfaceId=v1)
    assert them.delete_connection(connectionId=h1)["connectionState"] == "deleting"
    assert partner.delete_interconnect(interconnectId=i1)["interconnectState"] == "deleting"


def test_it_moves_with_what_is_on_it(partner, them, other_account):
    i1, i2 = (order_interconnect(partner, name) for name in ("i1", "i2"))
    g1, _ = order_lag(partner, connectionsBandwidth="10Gbps")
    h1 = allocate(partner, i1, other_account)["connectionId"]
    them.confirm_connection(connectionId=h1)
    v1 = order_private(them, h1)
    moved = partner.associate_hosted_connection(connectionId=h1, parentConnectionId=i2)
    assert (moved["connectionId"], moved["connectionState"]) == (h1, "available")
    assert (hosted_on(partner, i1), hosted_on(partner, i2)) == ([], [h1])
    # The interconnect joins a LAG, and takes it along.
    partner.associate_connection_with_lag(connectionId=i2, lagId=g1)
    assert (hosted_on(partner, i2), hosted_on(partner, g1)) == ([], [h1])
    assert connection(them, h1)["lagId"] == g1
    [interface] = them.describe_virtual_interfaces(connectionId=h1)["virtualInterfaces"]
    assert (interface["virtualInterfaceId"], interface["virtualInterfaceState"]) == (v1, "available")


def test_it_is_declined_or_taken_back(partner, them, other_account):
    i1 = order_interconnect(partner)
    declined, taken_back = (allocate(partner, i1, other_account, vlan)["connectionId"] for vlan in (101, 102))
    assert them.delete_connection(connectionId=declined)["connectionState"] == "rejected"
    assert partner.delete_connection(connectionId=taken_back)["connectionState"] == "deleted"
    listed = partner.describe_connections_on_interconnect(interconnectId=i1)["connections"]
    assert sorted(one["connectionState"] for one in listed) == ["deleted", "rejected"]
    again = partner.allocate_connection_on_interconnect(
        interconnectId=i1, ownerAccount=other_account, bandwidth="1Gbps", connectionName="again", vlan=101
    )
    assert again["connectionState"] == "ordering"


@pytest.mark.parametrize("kind", ["v1", "v2"], indirect=True)
def test_the_kind_of_partner_decides_what_it_sells(partner, kind, other_account):
    assert partner.describe_customer_metadata() | {"ResponseMetadata": None} == {
        "agreements": [], "nniPartnerType": kind, "ResponseMetadata": None,
    }
    i1 = order_interconnect(partner)
    sold, other = ("500Mbps", "1Gbps") if kind == "v1" else ("1Gbps", "500Mbps")
    allocate(partner, i1, other_account, 101, sold)
    with refused(f"bandwidth {other} cannot be allocated by a partner of type {kind}"):
        allocate(partner, i1, other_account, 102, other)


def test_nobody_else_acts_as_a_partner(us, account):
    text = f"Account {account} is not an authorized Direct Connect partner in us-east-1."
    c1 = order(us)
    for call in (
        lambda: us.describe_interconnects(),
        lambda: order_interconnect(us),
        lambda: us.delete_interconnect(interconnectId=c1),
        lambda: allocate(us, c1, account),
        lambda: us.associate_hosted_connection(connectionId=c1, parentConnectionId=c1),
        lambda: us.describe_hosted_connections(connectionId=c1),
        lambda: us.describe_connections_on_interconnect(interconnectId=c1),
    ):
        with refused(text):
            call()
    assert us.describe_customer_metadata()["nniPartnerType"] == "nonPartner"
    assert us.confirm_customer_agreement(agreementName="ours")["status"] == "signed"
    assert us.describe_customer_metadata()["agreements"] == [{"agreementName": "ours", "status": "signed"}]


def test_it_takes_its_time(manual, account, other_account):
    manual.control("PUT", f"accounts/{account}", {"partner": "v2"})
    partner, customer = clients.client(manual.url, account), clients.client(manual.url, other_account)
    i1 = order_interconnect(partner)
    manual.advance("PT25H")
    h1 = allocate(partner, i1, other_account)["connectionId"]
    assert connection(customer, h1)["connectionState"] == "ordering"
    customer.confirm_connection(connectionId=h1)
    manual.advance("PT4M59S")
    assert connection(customer, h1)["connectionState"] == "pending"
    manual.advance("PT1S")
    assert connection(customer, h1)["connectionState"] == "available"
    manual.control("PUT", f"ports/{i1}", {"light": "off"})
    assert connection(customer, h1)["connectionState"] == "down"
    shown = manual.control("GET", f"resources/{h1}/timeline")["timeline"]
    assert [step["state"] for step in shown] == ["ordering", "pending", "available", "down"]
