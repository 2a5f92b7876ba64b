"""BGP peers, failover tests and routes, with boto3 in both protocols."""

from drive.orders import interface, of_ec2, order, order_gateway, order_private, public, refused


def test_a_peer_of_the_other_family_comes_and_goes(us):
    v1 = order_private(us, order(us))
    made = us.create_bgp_peer(virtualInterfaceId=v1, newBGPPeer={"asn": 65002, "addressFamily": "ipv6"})["virtualInterface"]
    assert [peer["bgpPeerState"] for peer in made["bgpPeers"]] == ["available", "pending"]
    [first, second] = interface(us, v1)["bgpPeers"]
    assert (second["bgpPeerState"], second["bgpStatus"], second["asn"]) == ("available", "up", 65002)
    with refused("has a BGP peer of address family ipv6 already"):
        us.create_bgp_peer(virtualInterfaceId=v1, newBGPPeer={"asn": 65003, "addressFamily": "ipv6"})
    deleted = us.delete_bgp_peer(virtualInterfaceId=v1, asn=65002, customerAddress=second["customerAddress"])
    assert [peer["bgpPeerState"] for peer in deleted["virtualInterface"]["bgpPeers"]] == ["available", "deleting"]
    assert [peer["bgpPeerId"] for peer in interface(us, v1)["bgpPeers"]] == [first["bgpPeerId"]]
    with refused("The last BGP Peer on a Virtual Interface cannot be deleted"):
        us.delete_bgp_peer(virtualInterfaceId=v1, bgpPeerId=first["bgpPeerId"])


def test_a_failover_test_holds_the_sessions_down(us):
    v1 = order_private(us, order(us))
    started = us.start_bgp_failover_test(virtualInterfaceId=v1, testDurationInMinutes=60)["virtualInterfaceTest"]
    assert (started["status"], started["testDurationInMinutes"]) == ("In progress", 60) and "endTime" not in started
    during = interface(us, v1)
    assert (during["virtualInterfaceState"], during["bgpPeers"][0]["bgpStatus"]) == ("testing", "down")
    with refused(v1):
        us.start_bgp_failover_test(virtualInterfaceId=v1)
    stopped = us.stop_bgp_failover_test(virtualInterfaceId=v1)["virtualInterfaceTest"]
    assert stopped["testId"] == started["testId"] and stopped["startTime"] == started["startTime"]
    assert interface(us, v1)["virtualInterfaceState"] == "available"
    [past] = us.list_virtual_interface_test_history(virtualInterfaceId=v1)["virtualInterfaceTestHistory"]
    assert past == stopped and past["endTime"] >= past["startTime"]
    with refused("is under no failover test"):
        us.stop_bgp_failover_test(virtualInterfaceId=v1)


def test_a_failover_test_ends_by_itself(manual, slow):
    c1 = order(slow)
    manual.advance("PT25H")
    v1 = order_private(slow, c1)
    manual.advance("PT1H")
    slow.start_bgp_failover_test(virtualInterfaceId=v1)
    manual.advance("PT2H59M")
    assert interface(slow, v1)["virtualInterfaceState"] == "testing"
    manual.advance("PT1H")
    assert interface(slow, v1)["virtualInterfaceState"] == "available"
    [past] = slow.list_virtual_interface_test_history()["virtualInterfaceTestHistory"]
    assert past["status"] == "Completed" and (past["endTime"] - past["startTime"]).total_seconds() == 3 * 3600


def test_a_gateway_advertises_the_allowed_prefixes(instant, us, account):
    c1, d1 = order(us), order_gateway(us, amazonSideAsn=64600)
    v1 = order_private(us, c1, directConnectGatewayId=d1)
    assert us.list_virtual_interface_routes(virtualInterfaceId=v1)["routes"] == []
    allowed = [{"cidr": "10.0.0.0/16"}, {"cidr": "10.1.0.0/16"}]
    made = us.create_direct_connect_gateway_association(
        directConnectGatewayId=d1, gatewayId=of_ec2(account), addAllowedPrefixesToDirectConnectGateway=allowed
    )["directConnectGatewayAssociation"]
    instant.control("POST", f"resources/{made['associationId']}/advance", {})
    routes = us.list_virtual_interface_routes(virtualInterfaceId=v1)["routes"]
    assert [(route["cidr"], route["routeDirection"]) for route in routes] == [
        ("10.0.0.0/16", "advertised"),
        ("10.1.0.0/16", "advertised"),
    ]
    assert routes[0]["asPath"][0]["path"] == [64600] and routes[0]["addressFamily"] == "ipv4"
    one = {"cidrs": ["10.1.0.0/16"], "routeDirection": "advertised"}
    assert [r["cidr"] for r in us.list_virtual_interface_routes(virtualInterfaceId=v1, filters=one)["routes"]] == ["10.1.0.0/16"]
    first = us.list_virtual_interface_routes(virtualInterfaceId=v1, maxResults=1)
    rest = us.list_virtual_interface_routes(virtualInterfaceId=v1, nextToken=first["nextToken"])
    assert first["routes"] + rest["routes"] == routes


def test_a_public_interface_is_told_what_is_amazons(us):
    made = us.create_public_virtual_interface(connectionId=order(us), newPublicVirtualInterface=public())
    v1 = made["virtualInterfaceId"]
    us.describe_virtual_interfaces(virtualInterfaceId=v1)
    routes = us.list_virtual_interface_routes(virtualInterfaceId=v1)["routes"]
    assert routes and {route["routeDirection"] for route in routes} == {"advertised"}
    assert all("NO_EXPORT" in route["communities"] for route in routes)
    with refused("VirtualInterface dxvif-ffffffff does not exist."):
        us.list_virtual_interface_routes(virtualInterfaceId="dxvif-ffffffff")


def test_what_the_customer_announces_is_accepted(instant, us):
    v1 = order_private(us, order(us))
    [peer] = interface(us, v1)["bgpPeers"]
    announced = [{"cidr": "192.168.0.0/24", "asPath": [65001, 65002], "communities": ["7224:7300"]}, {"cidr": "10.0.0.0/8"}]
    instant.control("PUT", f"virtual-interfaces/{v1}/routes", {"announced": announced})
    routes = us.list_virtual_interface_routes(virtualInterfaceId=v1)["routes"]
    assert [(route["cidr"], route["asPath"][0]["path"], route["communities"]) for route in routes] == [
        ("10.0.0.0/8", [65001], []),
        ("192.168.0.0/24", [65001, 65002], ["7224:7300"]),
    ]
    assert {route["routeDirection"] for route in routes} == {"accepted"}
    changed = instant.control("PUT", f"bgp-peers/{peer['bgpPeerId']}", {"session": "down"})
    assert changed["interrupts"] == [v1]
    assert interface(us, v1)["virtualInterfaceState"] == "down"
    assert us.list_virtual_interface_routes(virtualInterfaceId=v1)["routes"] == []
    instant.control("PUT", f"bgp-peers/{peer['bgpPeerId']}", {"session": "up"})
    assert interface(us, v1)["virtualInterfaceState"] == "available"


def test_more_prefixes_than_allocated_bring_the_session_down(instant, us):
    v1 = order_private(us, order(us), prefixPoolAllocatedCountIpv4=2)
    announced = [{"cidr": f"10.{number}.0.0/16"} for number in range(3)]
    instant.control("PUT", f"virtual-interfaces/{v1}/routes", {"announced": announced})
    assert interface(us, v1)["virtualInterfaceState"] == "down"
    us.update_virtual_interface_attributes(virtualInterfaceId=v1, prefixPoolAllocatedCountIpv4=3)
    assert interface(us, v1)["virtualInterfaceState"] == "available"
    assert len(us.list_virtual_interface_routes(virtualInterfaceId=v1)["routes"]) == 3
