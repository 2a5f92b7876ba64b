"""Configurations for routers, with boto3 in both protocols: each is parsed, and says what the virtual interface says."""

import ipaddress

import pytest

from drive import routers
from drive.orders import interface, order, order_gateway, order_lag, private, public, refused

FAMILIES = {"IPv4": ["ipv4"], "IPv6": ["ipv6"], "both": ["ipv4", "ipv6"]}
PORTS = ["a connection", "a LAG", "MACsec", "MACsec that must be", "a LAG with MACsec"]
KEY = 'k"ey\\of 0urs'
# The names of two pairs, and what must never be shown.
CKNS, CAK = ["a1" * 32, "b2" * 32], "c3" * 32
# Longer than two bytes, as Amazon's is too.
ASN, AMAZON_ASN = 4200000001, 4200000009


def order_port(dx, kind):
    """What the interface is put on, and how many ports it has in a bundle."""
    match kind:
        case "a connection":
            return order(dx), 0
        case "a LAG":
            return order_lag(dx, connections=2)[0], 2
        case "a LAG with MACsec":
            return order_lag(dx, connections=2, connectionsBandwidth="10Gbps", requestMACSec=True)[0], 2
        case _:
            return order(dx, bandwidth="10Gbps", requestMACSec=True), 0


def order_interface(dx, port, reach, families):
    """An interface with a peer of each family; what it must announce."""
    first = {"asnLong": ASN, "authKey": KEY, "addressFamily": families[0]}
    ends = {} if families[0] == "ipv6" else {"amazonAddress": "175.45.176.1/30", "customerAddress": "175.45.176.2/30"}
    announced = ["0.0.0.0/0" if family == "ipv4" else "::/0" for family in families]
    match reach:
        case "public":
            filters = ["175.45.176.0/22", "198.51.100.0/24"] if families[0] == "ipv4" else ["2001:db8:100::/48"]
            announced = filters
            new = public(**first, routeFilterPrefixes=[{"cidr": one} for one in filters])
            for name in ("asn", *({"amazonAddress", "customerAddress"} if families[0] == "ipv6" else ())):
                del new[name]
            made = dx.create_public_virtual_interface(connectionId=port, newPublicVirtualInterface=new)
        case "private":
            d1 = order_gateway(dx, amazonSideAsn=AMAZON_ASN)
            new = private(**first, **ends, mtu=8500, directConnectGatewayId=d1)
            made = dx.create_private_virtual_interface(connectionId=port, newPrivateVirtualInterface=new)
        case "transit":
            d1 = order_gateway(dx, amazonSideAsn=AMAZON_ASN)
            new = private(**first, **ends, directConnectGatewayId=d1)
            made = dx.create_transit_virtual_interface(connectionId=port, newTransitVirtualInterface=new)["virtualInterface"]
    v1 = made["virtualInterfaceId"]
    for family in families[1:]:
        dx.create_bgp_peer(virtualInterfaceId=v1, newBGPPeer={"asnLong": ASN, "authKey": KEY, "addressFamily": family})
    return v1, {ipaddress.ip_network(one) for one in announced}


@pytest.mark.parametrize("port", PORTS)
@pytest.mark.parametrize("families", FAMILIES)
@pytest.mark.parametrize("reach", ["private", "public", "transit"])
def test_each_router_is_told_what_the_interface_is(us, reach, families, port):
    parent, bundled = order_port(us, port)
    v1, announced = order_interface(us, parent, reach, FAMILIES[families])
    if port == "MACsec that must be":
        us.update_connection(connectionId=parent, encryptionMode="must_encrypt")
    keys = CKNS if port in ("MACsec that must be", "a LAG with MACsec") else []
    for ckn in keys:
        us.associate_mac_sec_key(connectionId=parent, ckn=ckn, cak=CAK)
    seen = interface(us, v1)
    sessions = {
        str(ipaddress.ip_interface(peer["amazonAddress"]).ip): (seen["amazonSideAsn"], peer["authKey"])
        for peer in seen["bgpPeers"]
    }
    mac_sec = {"MACsec": "should", "a LAG with MACsec": "should", "MACsec that must be": "must"}.get(port, "")
    for identifier, (dialect, has_mac_sec) in routers.DIALECTS.items():
        answer = us.describe_router_configuration(virtualInterfaceId=v1, routerTypeIdentifier=identifier)
        assert (answer["virtualInterfaceId"], answer["virtualInterfaceName"]) == (v1, "v1")
        assert answer["router"]["routerTypeIdentifier"] == identifier
        text = answer["customerRouterConfig"]
        expected = routers.Facts(
            vlan=101,
            addresses={ipaddress.ip_interface(peer["customerAddress"]) for peer in seen["bgpPeers"]},
            asn=ASN,
            sessions=sessions,
            announced=announced,
            mac_sec=mac_sec if has_mac_sec else "",
            keys=(keys or ["<CKN>"]) if mac_sec and has_mac_sec else [],
            bundled=bundled,
            mtu=seen["mtu"],
        )
        assert routers.understood(dialect, text) == expected, text
        assert CAK not in text
        expected.bfd = set(sessions)
        assert routers.understood(dialect, routers.with_options(dialect, text)) == expected, text


def test_who_was_given_an_interface_is_not_told(us, them, other_account):
    c1 = order(us)
    v1 = us.allocate_private_virtual_interface(
        connectionId=c1, ownerAccount=other_account,
        newPrivateVirtualInterfaceAllocation={"virtualInterfaceName": "v1", "vlan": 101, "asn": 65001},
    )["virtualInterfaceId"]
    named = {"virtualInterfaceId": v1, "routerTypeIdentifier": next(iter(routers.DIALECTS))}
    assert interface(us, v1)["authKey"] in us.describe_router_configuration(**named)["customerRouterConfig"]
    with refused(f"VirtualInterface {v1} is on a port of another account"):
        them.describe_router_configuration(**named)


def test_the_type_is_one_that_the_refusal_lists(us):
    v1, _ = order_interface(us, order(us), "private", ["ipv4"])
    with refused("routerTypeIdentifier is missing; expected one of " + ", ".join(routers.DIALECTS)):
        us.describe_router_configuration(virtualInterfaceId=v1)
    with refused("routerTypeIdentifier Nokia is unknown; expected one of " + ", ".join(routers.DIALECTS)):
        us.describe_router_configuration(virtualInterfaceId=v1, routerTypeIdentifier="Nokia")
