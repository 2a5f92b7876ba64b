"""Virtual interfaces and gateways with Terraform: every second plan is empty, and nothing is left after destroy.

The provider waits ten seconds and more for each virtual interface. The configurations are independent of each other and
run side by side; a test waits for its own.
"""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from drive import clients, ec2, server as process, terraform
from drive.orders import HERE, order

pytestmark = pytest.mark.skipif(terraform.missing() is not None, reason=str(terraform.missing()))

# Accounts that no other test has: one that owns ports, and one that takes what is handed to it.
OWNED, HOSTED, GATEWAYS, BRISK = "400000000001", "400000000002", "400000000003", "400000000004"
TAKER, PROPOSER = "500000000002", "500000000003"

CONNECTION = f"""
    resource "aws_dx_connection" "c" {{
      name      = "c"
      bandwidth = "1Gbps"
      location  = "{HERE}"
    }}
"""

# One interface of each kind, and a peer of the other family.
OWN = """
    resource "aws_dx_gateway" "private" {
      name            = "private"
      amazon_side_asn = 64600
    }
    resource "aws_dx_gateway" "transit" {
      name            = "transit"
      amazon_side_asn = 64601
    }
    resource "aws_dx_private_virtual_interface" "v" {
      connection_id    = aws_dx_connection.c.id
      name             = "private"
      vlan             = 101
      address_family   = "ipv4"
      bgp_asn          = 65001
      dx_gateway_id    = aws_dx_gateway.private.id
      mtu              = %(private_mtu)s
      sitelink_enabled = %(sitelink)s
      tags             = { team = "%(team)s" }
    }
    resource "aws_dx_bgp_peer" "ipv6" {
      virtual_interface_id = aws_dx_private_virtual_interface.v.id
      address_family       = "ipv6"
      bgp_asn              = 65001
    }
    resource "aws_dx_transit_virtual_interface" "v" {
      connection_id    = aws_dx_connection.c.id
      name             = "transit"
      vlan             = 102
      address_family   = "ipv4"
      bgp_asn          = 65001
      dx_gateway_id    = aws_dx_gateway.transit.id
      mtu              = %(transit_mtu)s
      sitelink_enabled = %(sitelink)s
    }
    resource "aws_dx_public_virtual_interface" "v" {
      connection_id         = aws_dx_connection.c.id
      name                  = "public"
      vlan                  = 103
      address_family        = "ipv4"
      bgp_asn               = 65001
      amazon_address        = "175.45.176.1/28"
      customer_address      = "175.45.176.2/28"
      route_filter_prefixes = ["175.45.176.0/22", "210.52.109.0/24"]
      tags                  = { team = "%(team)s" }
    }
    locals {
      made = {
        private = aws_dx_private_virtual_interface.v
        transit = aws_dx_transit_virtual_interface.v
        public  = aws_dx_public_virtual_interface.v
      }
    }
    output "made" {
      value = { for name, one in local.made : name => {
        arn      = one.arn
        key      = one.bgp_auth_key
        customer = one.customer_address
        device   = one.aws_device
        asn      = one.amazon_side_asn
      } }
    }
    output "mtu" { value = [aws_dx_private_virtual_interface.v.mtu, aws_dx_transit_virtual_interface.v.mtu] }
    output "status" { value = aws_dx_bgp_peer.ipv6.bgp_status }
    data "aws_dx_router_configuration" "v" {
      virtual_interface_id   = aws_dx_public_virtual_interface.v.id
      router_type_identifier = "CiscoSystemsInc-2900SeriesRouters-IOS124"
    }
    output "router" { value = data.aws_dx_router_configuration.v }
"""

# Interfaces that are handed to another account, which leads them to gateways of its own.
HANDED_OVER = """
    resource "aws_dx_gateway" "transit" {
      provider        = aws.other
      name            = "transit"
      amazon_side_asn = 64601
    }
    resource "aws_dx_hosted_private_virtual_interface" "v" {
      connection_id    = aws_dx_connection.c.id
      owner_account_id = "%(other)s"
      name             = "private"
      vlan             = 101
      address_family   = "ipv4"
      bgp_asn          = 65001
    }
    resource "aws_dx_hosted_private_virtual_interface_accepter" "v" {
      provider             = aws.other
      virtual_interface_id = aws_dx_hosted_private_virtual_interface.v.id
      vpn_gateway_id       = "vgw-0123456789abcdef0"
      tags                 = { side = "accepter" }
    }
    resource "aws_dx_hosted_transit_virtual_interface" "v" {
      connection_id    = aws_dx_connection.c.id
      owner_account_id = "%(other)s"
      name             = "transit"
      vlan             = 102
      address_family   = "ipv4"
      bgp_asn          = 65001
      depends_on       = [aws_dx_gateway.transit]
    }
    resource "aws_dx_hosted_transit_virtual_interface_accepter" "v" {
      provider             = aws.other
      virtual_interface_id = aws_dx_hosted_transit_virtual_interface.v.id
      dx_gateway_id        = aws_dx_gateway.transit.id
    }
    resource "aws_dx_hosted_public_virtual_interface" "v" {
      connection_id         = aws_dx_connection.c.id
      owner_account_id      = "%(other)s"
      name                  = "public"
      vlan                  = 103
      address_family        = "ipv4"
      bgp_asn               = 65001
      amazon_address        = "175.45.176.17/28"
      customer_address      = "175.45.176.18/28"
      route_filter_prefixes = ["175.45.176.0/22"]
    }
    resource "aws_dx_hosted_public_virtual_interface_accepter" "v" {
      provider             = aws.other
      virtual_interface_id = aws_dx_hosted_public_virtual_interface.v.id
      tags                 = { side = "accepter" }
    }
"""

# A gateway leads to gateways of EC2 of one kind. The one of the other account is proposed by it.
ASSOCIATIONS = """
    resource "aws_dx_gateway" "private" {
      name            = "private"
      amazon_side_asn = 64600
    }
    resource "aws_dx_gateway" "transit" {
      name            = "transit"
      amazon_side_asn = 64601
    }
    resource "aws_dx_gateway_association" "vgw" {
      dx_gateway_id         = aws_dx_gateway.private.id
      associated_gateway_id = local.vgw
      allowed_prefixes      = %(prefixes)s
    }
    resource "aws_dx_gateway_association" "tgw" {
      dx_gateway_id         = aws_dx_gateway.transit.id
      associated_gateway_id = local.tgw
      allowed_prefixes      = ["10.255.255.0/30", "10.255.255.8/30"]
    }
    resource "aws_dx_gateway_association_proposal" "other" {
      provider                    = aws.other
      dx_gateway_id               = aws_dx_gateway.private.id
      dx_gateway_owner_account_id = aws_dx_gateway.private.owner_account_id
      associated_gateway_id       = local.proposed
    }
    resource "aws_dx_gateway_association" "other" {
      proposal_id                         = aws_dx_gateway_association_proposal.other.id
      dx_gateway_id                       = aws_dx_gateway.private.id
      associated_gateway_owner_account_id = "%(other)s"
    }
    output "vgw" { value = aws_dx_gateway_association.vgw }
    output "tgw" { value = aws_dx_gateway_association.tgw }
    output "other" { value = aws_dx_gateway_association.other }
"""

TRUSTED = """
    locals {
      vgw      = "vgw-11111111"
      tgw      = "tgw-0123456789abcdef0"
      proposed = "vgw-22222222"
    }
"""

OF_EC2 = """
    resource "aws_vpc" "here" { cidr_block = "10.255.255.0/28" }
    resource "aws_vpn_gateway" "here" { vpc_id = aws_vpc.here.id }
    resource "aws_ec2_transit_gateway" "here" { amazon_side_asn = 64512 }
    resource "aws_vpn_gateway" "there" { provider = aws.other }
    locals {
      vgw      = aws_vpn_gateway.here.id
      tgw      = aws_ec2_transit_gateway.here.id
      proposed = aws_vpn_gateway.there.id
    }
"""

# On a connection that is available already.
ON_ONE_THAT_EXISTS = """
    resource "aws_dx_private_virtual_interface" "v" {
      connection_id    = "%(connection)s"
      name             = "private"
      vlan             = 101
      address_family   = "ipv4"
      bgp_asn          = 65001
      vpn_gateway_id   = "vgw-0123456789abcdef0"
      amazon_address   = "10.0.0.1/30"
      customer_address = "10.0.0.2/30"
      bgp_auth_key     = "a secret key"
    }
    output "address" { value = aws_dx_private_virtual_interface.v.amazon_address }
    output "key" { value = aws_dx_private_virtual_interface.v.bgp_auth_key }
"""


def by_name(dx):
    """The virtual interfaces that an account sees, by name."""
    return {one["virtualInterfaceName"]: one for one in dx.describe_virtual_interfaces()["virtualInterfaces"]}


def nothing_is_left(*accounts):
    for dx in accounts:
        assert {one["virtualInterfaceState"] for one in by_name(dx).values()} <= {"deleted"}
        assert dx.describe_direct_connect_gateways()["directConnectGateways"] == []


def own_interfaces(url, folder):
    tf, dx = terraform.Terraform(folder, url, OWNED), clients.client(url, OWNED)
    first = {"private_mtu": 1500, "transit_mtu": 1500, "sitelink": "true", "team": "network"}
    tf.apply(CONNECTION + OWN % first)
    outputs, seen = tf.outputs(), by_name(dx)
    made = outputs["made"]
    for name in ("private", "transit", "public"):
        one, shown = made[name], seen[name]
        assert one["arn"] == f"arn:aws:directconnect:us-east-1:{OWNED}:dxvif/{shown['virtualInterfaceId']}"
        assert (one["key"], one["customer"]) == (shown["authKey"], shown["customerAddress"])
        assert one["device"] == shown["awsDeviceV2"]
        assert shown["virtualInterfaceState"] == "available"
    assert [made[name]["asn"] for name in ("private", "transit", "public")] == ["64600", "64601", "7224"]
    assert outputs["mtu"] == [1500, 1500]
    assert seen["private"]["siteLinkEnabled"] and seen["transit"]["siteLinkEnabled"]
    assert [peer["addressFamily"] for peer in seen["private"]["bgpPeers"]] == ["ipv4", "ipv6"]
    assert outputs["status"] == "up"
    router = outputs["router"]
    assert router["router"] == [{
        "vendor": "Cisco Systems, Inc.", "platform": "2900 Series Routers", "software": "IOS 12.4+",
        "router_type_identifier": "CiscoSystemsInc-2900SeriesRouters-IOS124",
        "xslt_template_name": "customer-router-cisco-generic.xslt", "xslt_template_name_for_mac_sec": "",
    }]
    assert router["virtual_interface_name"] == "public"
    public = seen["public"]["virtualInterfaceId"]
    for fact in (f"! Virtual Interface ID: {public}", "ip address 175.45.176.2 255.255.255.240"):
        assert fact in router["customer_router_config"]

    # MTU, SiteLink and tags change in place.
    tf.apply(CONNECTION + OWN % {"private_mtu": 9001, "transit_mtu": 8500, "sitelink": "false", "team": "backbone"})
    assert "0 added" in tf.applied and "0 destroyed" in tf.applied, tf.applied
    now = by_name(dx)
    assert {name: one["virtualInterfaceId"] for name, one in now.items()} == {
        name: one["virtualInterfaceId"] for name, one in seen.items()
    }
    assert [(now[name]["mtu"], now[name]["siteLinkEnabled"]) for name in ("private", "transit")] == [(9001, False), (8500, False)]
    assert now["public"]["tags"] == [{"key": "team", "value": "backbone"}]
    tf.destroy()
    nothing_is_left(dx)


def hosted_interfaces(url, folder):
    tf = terraform.Terraform(folder, url, HOSTED, other=TAKER)
    owner, taker = clients.client(url, HOSTED), clients.client(url, TAKER)
    tf.apply(CONNECTION + HANDED_OVER % {"other": TAKER})
    seen = by_name(taker)
    assert set(seen) == {"private", "transit", "public"} == set(by_name(owner))
    assert {one["ownerAccount"] for one in seen.values()} == {TAKER}
    assert {one["virtualInterfaceState"] for one in seen.values()} == {"available"}
    assert seen["private"]["virtualGatewayId"] == "vgw-0123456789abcdef0"
    assert seen["transit"]["amazonSideAsn"] == 64601
    assert seen["public"]["tags"] == [{"key": "side", "value": "accepter"}]
    tf.destroy()
    nothing_is_left(owner, taker)


def gateways(url, folder, moto):
    tf = terraform.Terraform(folder, url, GATEWAYS, other=PROPOSER, ec2=moto)
    owner, proposer = clients.client(url, GATEWAYS), clients.client(url, PROPOSER)

    def configuration(prefixes):
        return (OF_EC2 if moto else TRUSTED) + ASSOCIATIONS % {"other": PROPOSER, "prefixes": prefixes}

    tf.apply(configuration('["10.255.255.0/30"]'))
    made = tf.outputs()
    kinds = {name: made[name]["associated_gateway_type"] for name in made}
    assert kinds == {"vgw": "virtualPrivateGateway", "tgw": "transitGateway", "other": "virtualPrivateGateway"}
    assert made["other"]["associated_gateway_owner_account_id"] == PROPOSER
    assert made["other"]["dx_gateway_owner_account_id"] == GATEWAYS
    assert made["vgw"]["allowed_prefixes"] == ["10.255.255.0/30"]
    [proposal] = proposer.describe_direct_connect_gateway_association_proposals()["directConnectGatewayAssociationProposals"]
    assert proposal["proposalState"] == "accepted"

    # Other prefixes are allowed in place.
    tf.apply(configuration('["10.255.255.8/30", "10.255.255.12/30"]'))
    assert "0 added" in tf.applied and "0 destroyed" in tf.applied, tf.applied
    [association] = owner.describe_direct_connect_gateway_associations(
        associationId=made["vgw"]["dx_gateway_association_id"]
    )["directConnectGatewayAssociations"]
    allowed = [prefix["cidr"] for prefix in association["allowedPrefixesToDirectConnectGateway"]]
    assert sorted(allowed) == ["10.255.255.12/30", "10.255.255.8/30"]
    tf.destroy()
    nothing_is_left(owner, proposer)


def an_interface_that_takes_its_time(url, folder):
    dx = clients.client(url, BRISK)
    connection = order(dx)
    tf = terraform.Terraform(folder, url, BRISK)
    # To read the provider takes longer than the connection does, which is a few seconds: this hardly ever waits.
    tf.configure(ON_ONE_THAT_EXISTS % {"connection": connection})
    until = time.monotonic() + terraform.LIMIT_S
    while dx.describe_connections()["connections"][0]["connectionState"] != "available":
        assert time.monotonic() < until, "the connection takes its time for ever"
        time.sleep(0.1)
    tf.apply(ON_ONE_THAT_EXISTS % {"connection": connection})
    assert tf.outputs() == {"address": "10.0.0.1/30", "key": "a secret key"}
    tf.destroy()
    nothing_is_left(dx)


@pytest.fixture(scope="module")
def runs(instant, binary, tmp_path_factory):
    """What runs side by side, by name."""
    folder = tmp_path_factory.mktemp("side-by-side")
    brisk = process.Server(binary, "--store", "memory:", folder=folder)
    moto = ec2.Moto() if ec2.installed() else None
    try:
        with ThreadPoolExecutor(max_workers=4) as pool:
            yield {
                run.__name__: pool.submit(run, url, folder / run.__name__, *more)
                for run, url, *more in [
                    (own_interfaces, instant.url),
                    (hosted_interfaces, instant.url),
                    (gateways, instant.url, moto and moto.url),
                    (an_interface_that_takes_its_time, brisk.url),
                ]
            }
    finally:
        brisk.kill()
        if moto:
            moto.kill()


def test_private_public_and_transit_interfaces_with_a_second_peer(runs):
    runs["own_interfaces"].result()


def test_interfaces_that_another_account_accepts(runs):
    runs["hosted_interfaces"].result()


def test_gateways_with_associations_and_a_proposal_of_another_account(runs):
    runs["gateways"].result()


def test_an_interface_under_brisk_on_a_connection_that_is_available(runs):
    runs["an_interface_that_takes_its_time"].result()
