"""Private, public and transit virtual interfaces, with boto3 in both protocols."""

import pytest

from drive.orders import interface, lag, order, order_gateway, order_lag, order_private, private, public, refused


def test_a_private_one_on_a_connection(us, account):
    c1 = order(us)
    made = us.create_private_virtual_interface(
        connectionId=c1, newPrivateVirtualInterface=private(tags=[{"key": "team", "value": "network"}])
    )
    assert (made["virtualInterfaceState"], made["virtualInterfaceType"], made["ownerAccount"]) == ("pending", "private", account)
    seen = interface(us, made["virtualInterfaceId"])
    assert seen["virtualInterfaceState"] == "available"
    assert (seen["connectionId"], seen["vlan"], seen["asn"], seen["asnLong"]) == (c1, 101, 65001, 65001)
    assert (seen["mtu"], seen["jumboFrameCapable"], seen["siteLinkEnabled"]) == (1500, True, False)
    assert (seen["virtualGatewayId"], seen["directConnectGatewayId"]) == ("vgw-0123456789abcdef0", "")
    assert seen["amazonAddress"].startswith("169.254.") and seen["customerAddress"].startswith("169.254.")
    assert seen["authKey"] in seen["customerRouterConfig"]
    [peer] = seen["bgpPeers"]
    assert (peer["bgpPeerState"], peer["bgpStatus"], peer["addressFamily"]) == ("available", "up", "ipv4")
    arn = f"arn:aws:directconnect:us-east-1:{account}:dxvif/{made['virtualInterfaceId']}"
    [tagged] = us.describe_tags(resourceArns=[arn])["resourceTags"]
    assert tagged["tags"] == [{"key": "team", "value": "network"}]

    # Deleted ones are listed for a while; unknown ones are no error.
    assert us.delete_virtual_interface(virtualInterfaceId=seen["virtualInterfaceId"])["virtualInterfaceState"] == "deleting"
    assert interface(us, seen["virtualInterfaceId"])["virtualInterfaceState"] == "deleted"
    assert us.describe_virtual_interfaces(virtualInterfaceId="dxvif-ffffffff")["virtualInterfaces"] == []
    with refused("VirtualInterface dxvif-ffffffff does not exist."):
        us.delete_virtual_interface(virtualInterfaceId="dxvif-ffffffff")


def test_a_private_one_on_a_lag(us):
    g1, [member, _] = order_lag(us, connections=2)
    v1 = order_private(us, g1)
    assert (interface(us, v1)["connectionId"], interface(us, v1)["awsDeviceV2"]) == (g1, lag(us, g1)["awsDeviceV2"])
    assert [one["virtualInterfaceId"] for one in us.describe_virtual_interfaces(connectionId=g1)["virtualInterfaces"]] == [v1]
    with refused(f"Connection {member} is a member of {g1}"):
        order_private(us, member)
    with refused("until its Virtual Interfaces are deleted"):
        us.delete_lag(lagId=g1)


def test_a_public_one_is_verified_first(us):
    c1 = order(us)
    asked = public()
    made = us.create_public_virtual_interface(connectionId=c1, newPublicVirtualInterface=asked)
    assert (made["virtualInterfaceState"], made["bgpPeers"][0]["bgpPeerState"]) == ("verifying", "verifying")
    seen = interface(us, made["virtualInterfaceId"])
    assert (seen["virtualInterfaceState"], seen["amazonSideAsn"]) == ("available", 7224)
    assert (seen["amazonAddress"], seen["routeFilterPrefixes"]) == (asked["amazonAddress"], [{"cidr": "175.45.176.0/22"}])
    again = public(amazonAddress=asked["amazonAddress"], customerAddress=asked["customerAddress"])
    with refused("is already used by another public virtual interface"):
        us.create_public_virtual_interface(connectionId=order(us), newPublicVirtualInterface=again)


def test_a_transit_one_leads_to_a_gateway(us):
    c1, d1 = order(us), order_gateway(us, amazonSideAsn=64600)
    order_of_it = {"virtualInterfaceName": "v1", "vlan": 101, "asnLong": 4200000001, "directConnectGatewayId": d1}
    made = us.create_transit_virtual_interface(connectionId=c1, newTransitVirtualInterface=order_of_it)["virtualInterface"]
    seen = interface(us, made["virtualInterfaceId"])
    assert (seen["virtualInterfaceType"], seen["virtualInterfaceState"]) == ("transit", "available")
    assert (seen["amazonSideAsn"], seen["asn"], seen["asnLong"]) == (64600, 0, 4200000001)
    attachments = us.describe_direct_connect_gateway_attachments(directConnectGatewayId=d1)["directConnectGatewayAttachments"]
    assert [(one["virtualInterfaceId"], one["attachmentState"], one["attachmentType"]) for one in attachments] == [
        (seen["virtualInterfaceId"], "attached", "TransitVirtualInterface")
    ]


def test_name_mtu_sitelink_and_rate_limit_change(us):
    c1, d1 = order(us), order_gateway(us)
    v1 = order_private(us, c1, directConnectGatewayId=d1)
    made = us.update_virtual_interface_attributes(virtualInterfaceId=v1, mtu=9001)
    assert (made["virtualInterfaceState"], made["mtu"]) == ("pending", 9001)
    us.update_virtual_interface_attributes(virtualInterfaceId=v1, enableSiteLink=True, virtualInterfaceName="renamed")
    us.update_virtual_interface_attributes(virtualInterfaceId=v1, rateLimit="300Mbps")
    seen = interface(us, v1)
    assert (seen["virtualInterfaceState"], seen["mtu"], seen["siteLinkEnabled"]) == ("available", 9001, True)
    assert (seen["virtualInterfaceName"], seen["rateLimit"]) == ("renamed", "300Mbps")
    [port] = us.describe_connections(connectionId=c1)["connections"]
    limiters = {"maxAllowed": 10, "inUse": 1, "remaining": 9, "totalBandwidth": "300Mbps"}
    assert port["rateLimiterStatus"] == limiters
    with refused("mtu 9000 is not one of a private virtual interface"):
        us.update_virtual_interface_attributes(virtualInterfaceId=v1, mtu=9000)


def test_rate_limiters_are_limited(us):
    c1 = order(us)
    for vlan in range(1, 11):
        order_private(us, c1, vlan=vlan, rateLimit="50Mbps")
    with refused("would have 11 rate limiters; at most 10 are allowed", code="LimitExceededException"):
        order_private(us, c1, vlan=11, rateLimit="50Mbps")
    order_private(us, c1, vlan=11)
    with refused("rateLimit 51Mbps is not a speed"):
        order_private(us, c1, vlan=12, rateLimit="51Mbps")


def test_another_account_confirms_a_private_one(us, them, account, other_account):
    c1 = order(us)
    allocation = {"virtualInterfaceName": "v1", "vlan": 101, "asn": 65001}
    with refused("Cannot allocate VirtualInterface for the connection owner."):
        us.allocate_private_virtual_interface(
            connectionId=c1, ownerAccount=account, newPrivateVirtualInterfaceAllocation=allocation
        )
    made = us.allocate_private_virtual_interface(
        connectionId=c1, ownerAccount=other_account, newPrivateVirtualInterfaceAllocation=allocation
    )
    v1 = made["virtualInterfaceId"]
    assert (made["virtualInterfaceState"], made["ownerAccount"]) == ("confirming", other_account)
    assert interface(them, v1)["virtualInterfaceState"] == "confirming"
    with refused(f"VirtualInterface {v1} is owned by another account"):
        us.confirm_private_virtual_interface(virtualInterfaceId=v1, virtualGatewayId="vgw-11111111")
    confirmed = them.confirm_private_virtual_interface(virtualInterfaceId=v1, virtualGatewayId="vgw-11111111")
    assert confirmed["virtualInterfaceState"] == "pending"
    for one in (us, them):
        assert interface(one, v1)["virtualInterfaceState"] == "available"


def test_another_account_confirms_a_public_and_a_transit_one(us, them, other_account):
    c1, d1 = order(us), order_gateway(them)
    v1 = us.allocate_public_virtual_interface(
        connectionId=c1, ownerAccount=other_account, newPublicVirtualInterfaceAllocation=public()
    )["virtualInterfaceId"]
    v2 = us.allocate_transit_virtual_interface(
        connectionId=c1,
        ownerAccount=other_account,
        newTransitVirtualInterfaceAllocation={"virtualInterfaceName": "v2", "vlan": 102, "asn": 65001},
    )["virtualInterface"]["virtualInterfaceId"]
    assert them.confirm_public_virtual_interface(virtualInterfaceId=v1)["virtualInterfaceState"] == "verifying"
    led = them.confirm_transit_virtual_interface(virtualInterfaceId=v2, directConnectGatewayId=d1)
    assert led["virtualInterfaceState"] == "pending"
    assert [interface(them, one)["virtualInterfaceState"] for one in (v1, v2)] == ["available", "available"]
    assert interface(them, v2)["directConnectGatewayId"] == d1

    # One that is not wanted is declined.
    v3 = us.allocate_public_virtual_interface(
        connectionId=c1,
        ownerAccount=other_account,
        newPublicVirtualInterfaceAllocation=public("v3", 103),
    )["virtualInterfaceId"]
    assert them.delete_virtual_interface(virtualInterfaceId=v3)["virtualInterfaceState"] == "rejected"


def test_interfaces_are_carried_along_into_a_lag(us):
    c1, (g1, _) = order(us), order_lag(us)
    v1, there = order_private(us, c1), order_private(us, g1, vlan=102)
    before = interface(us, v1)
    clash = order_private(us, c1, vlan=102)
    with refused(f"VirtualInterface vlan 102 is already used by {there} on {g1}"):
        us.associate_connection_with_lag(connectionId=c1, lagId=g1)
    us.delete_virtual_interface(virtualInterfaceId=clash)
    us.associate_connection_with_lag(connectionId=c1, lagId=g1)
    after = interface(us, v1)
    assert (after["connectionId"], after["virtualInterfaceState"]) == (g1, "available")
    for same in ("vlan", "amazonAddress", "customerAddress", "authKey", "virtualGatewayId"):
        assert after[same] == before[same]
    live = [one for one in us.describe_virtual_interfaces(connectionId=g1)["virtualInterfaces"]]
    assert {one["virtualInterfaceId"] for one in live} == {v1, there}


def test_an_interface_moves_to_another_connection(us):
    c1, c2 = order(us), order(us, "c2")
    v1 = order_private(us, c1)
    [peer] = interface(us, v1)["bgpPeers"]
    assert us.associate_virtual_interface(virtualInterfaceId=v1, connectionId=c2)["connectionId"] == c2
    [other] = interface(us, v1)["bgpPeers"]
    assert other["bgpPeerId"] != peer["bgpPeerId"] and other["customerAddress"] == peer["customerAddress"]


@pytest.mark.parametrize(
    ("amazon", "customer", "text"),
    [
        ("10.0.0.1/30", "10.0.0.2/30", "Amazon Address is not allowed to contain a private IP"),
        ("175.45.176.1/30", "175.45.176.6/30", "Amazon Address and Customer Address must be in the same CIDR"),
        ("175.45.176.0/30", "175.45.176.2/30", "Amazon Address is address 0 on its subnet."),
        ("175.45.176.3/30", "175.45.176.2/30", "Amazon Address is the broadcast address on its subnet."),
    ],
)
def test_addresses_that_cannot_be(us, amazon, customer, text):
    wrong = public(amazonAddress=amazon, customerAddress=customer)
    c1 = order(us)
    with refused(text):
        us.create_public_virtual_interface(connectionId=c1, newPublicVirtualInterface=wrong)


def test_what_a_port_cannot_take(us, slow):
    with refused("ConnectionID nonsense has an invalid format."):
        order_private(us, "nonsense")
    c1 = order(us)
    v1 = order_private(us, c1)
    with refused(f"VirtualInterface vlan 101 is already used by {v1} on {c1}"):
        order_private(us, c1)
    d1 = order_gateway(us)
    wrong = {"virtualInterfaceName": "v1", "vlan": 102, "asn": -94967296, "directConnectGatewayId": d1}
    with refused("BGP ASN -94967296 must have value greater than or equal to 1"):
        us.create_transit_virtual_interface(connectionId=c1, newTransitVirtualInterface=wrong)
    requested = order(slow)
    with refused("The specified Connection ID is not available"):
        order_private(slow, requested)


def test_fifty_are_as_many_as_a_connection_takes(us):
    c1 = order(us)
    for vlan in range(1, 51):
        order_private(us, c1, vlan=vlan)
    with refused(f"{c1} would have 51 private and public virtual interfaces; at most 50 are allowed"):
        order_private(us, c1, vlan=51)


def test_an_interface_is_carried_into_a_lag_around_its_connection_and_follows_the_lag(instant, us):
    c1 = order(us)
    v1 = order_private(us, c1)
    g1, _ = order_lag(us, connections=1, connectionId=c1)
    assert interface(us, v1)["connectionId"] == g1
    us.update_lag(lagId=g1, minimumLinks=lag(us, g1)["numberOfConnections"])
    cut = instant.control("PUT", f"ports/{c1}", {"light": "off"})
    assert set(cut["interrupts"]) >= {c1, g1, v1}
    assert (lag(us, g1)["lagState"], interface(us, v1)["virtualInterfaceState"]) == ("down", "down")
    instant.control("PUT", f"ports/{c1}", {"light": "on"})
    assert (lag(us, g1)["lagState"], interface(us, v1)["virtualInterfaceState"]) == ("available", "available")


def test_a_dry_run_lists_the_interfaces_that_a_move_interrupts(us):
    c1, (g1, _) = order(us), order_lag(us)
    carried = {order_private(us, c1, vlan=vlan) for vlan in (101, 102)}
    us.meta.events.register("before-sign.*", lambda request, **_: request.headers.add_header("x-crossconnect-dry-run", "true"))
    answer = us.associate_connection_with_lag(connectionId=c1, lagId=g1)
    interrupted = answer["ResponseMetadata"]["HTTPHeaders"]["x-crossconnect-interrupts"]
    assert set(interrupted.replace(",", " ").split()) == {c1, *carried}
    assert {interface(us, one)["connectionId"] for one in carried} == {c1}
