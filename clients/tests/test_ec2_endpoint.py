"""Gateways of EC2 as an EC2 endpoint tells of them: `moto_server`, where it is installed."""

import boto3
import pytest

from drive import ec2, server as process
from drive.clients import REGION, SECRET, client
from drive.orders import order, order_gateway, private, refused

pytestmark = pytest.mark.skipif(not ec2.installed(), reason="moto_server is not installed")

# Unknown keys are this account's, here and there.
OURS, THEIRS = "123456789012", "555555555555"
ALLOWED = [{"cidr": "10.0.0.0/8"}]


class World:
    """Both services, and a key of each account that either knows."""

    def __init__(self, moto, binary, folder):
        self.moto = moto
        self.theirs = self._new_key(THEIRS)
        accounts = f'[[account]]\nid = "{THEIRS}"\n[[account.key]]\naccess_key_id = "{self.theirs}"\n'
        (folder / "accounts.toml").write_text(accounts)
        flags = ["--store", "memory:", "--lifecycle", "instant", "--accounts", "accounts.toml"]
        self.server = process.Server(binary, *flags, "--ec2-endpoint", moto, folder=folder)

    def _new_key(self, account):
        iam = boto3.client(
            "iam", endpoint_url=self.moto, region_name=REGION, aws_access_key_id="AKIAOPERATOR", aws_secret_access_key=SECRET
        )
        iam.meta.events.register("before-sign.iam", lambda request, **_: request.headers.add_header("x-moto-account-id", account))
        iam.create_user(UserName="network")
        return iam.create_access_key(UserName="network")["AccessKey"]["AccessKeyId"]

    def both(self, key, region=REGION):
        """Clients of both services with one key."""
        return client(self.server.url, key, region=region), client(self.moto, key, service="ec2", region=region)

    def virtual_private(self, ec2, cidr):
        """A virtual private gateway with its VPC."""
        vpc = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        gateway = ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
        ec2.attach_vpn_gateway(VpcId=vpc, VpnGatewayId=gateway)
        return gateway, vpc


@pytest.fixture(scope="module")
def world(binary, tmp_path_factory):
    moto = ec2.Moto()
    try:
        made = World(moto.url, binary, tmp_path_factory.mktemp("asked"))
        yield made
        made.server.kill()
    finally:
        moto.kill()


def test_a_virtual_private_gateway_lends_its_networks(world):
    dx, vpc = world.both("AKIAOURS")
    vgw, _ = world.virtual_private(vpc, "10.1.0.0/16")
    assert {"virtualGatewayId": vgw, "virtualGatewayState": "available"} in dx.describe_virtual_gateways()["virtualGateways"]
    d1 = order_gateway(dx)
    made = dx.create_direct_connect_gateway_association(directConnectGatewayId=d1, gatewayId=vgw)
    association = made["directConnectGatewayAssociation"]
    assert association["allowedPrefixesToDirectConnectGateway"] == [{"cidr": "10.1.0.0/16"}]
    assert association["virtualGatewayOwnerAccount"] == OURS
    # Its networks overlap those of no other on the same gateway.
    other, _ = world.virtual_private(vpc, "10.1.0.0/16")
    with refused(f"CIDR 10.1.0.0/16 of the VPC of {other} overlaps 10.1.0.0/16 of {vgw}"):
        dx.create_direct_connect_gateway_association(directConnectGatewayId=d1, gatewayId=other)


def test_one_that_is_detached_or_elsewhere_or_unknown_is_refused(world):
    dx, vpc = world.both("AKIAOURS")
    d1 = order_gateway(dx)
    vgw = vpc.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    with refused(vgw, "VPC"):
        dx.create_direct_connect_gateway_association(directConnectGatewayId=d1, gatewayId=vgw)
    # It is attached, and is asked for anew.
    its_vpc = vpc.create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["VpcId"]
    vpc.attach_vpn_gateway(VpcId=its_vpc, VpnGatewayId=vgw)
    elsewhere, _ = world.both("AKIAOURS", region="eu-west-1")
    with refused(f"The VirtualGateway {vgw} does not exist."):
        elsewhere.create_direct_connect_gateway_association(directConnectGatewayId=d1, gatewayId=vgw)
    dx.create_direct_connect_gateway_association(directConnectGatewayId=d1, gatewayId=vgw)
    for unknown, kind in (("vgw-0123456789abcdef0", "VirtualGateway"), ("tgw-0123456789abcdef0", "TransitGateway")):
        with refused(f"The {kind} {unknown} does not exist."):
            dx.create_direct_connect_gateway_association(
                directConnectGatewayId=order_gateway(dx), gatewayId=unknown, addAllowedPrefixesToDirectConnectGateway=ALLOWED
            )


def test_an_interface_leads_to_one_that_there_is(world):
    dx, vpc = world.both("AKIAOURS")
    vgw, _ = world.virtual_private(vpc, "10.3.0.0/16")
    connection = order(dx)
    with refused("The VirtualGateway vgw-0123456789abcdef0 does not exist."):
        dx.create_private_virtual_interface(connectionId=connection, newPrivateVirtualInterface=private())
    led = private(virtualGatewayId=vgw)
    made = dx.create_private_virtual_interface(connectionId=connection, newPrivateVirtualInterface=led)
    filters = {"routeDirection": "advertised"}
    routes = dx.list_virtual_interface_routes(virtualInterfaceId=made["virtualInterfaceId"], filters=filters)["routes"]
    assert [route["cidr"] for route in routes] == ["10.3.0.0/16"]


def test_a_transit_gateway_of_another_account_is_proposed(world):
    (ours, _), (theirs, there) = world.both("AKIAOURS"), world.both(world.theirs)
    tgw = there.create_transit_gateway(Options={"AmazonSideAsn": 65100})["TransitGateway"]["TransitGatewayId"]
    prefixes = {"addAllowedPrefixesToDirectConnectGateway": ALLOWED}
    d1, alike = order_gateway(ours), order_gateway(ours, amazonSideAsn=65100)
    with refused(f"The TransitGateway {tgw} does not exist."):
        ours.create_direct_connect_gateway_association(directConnectGatewayId=d1, gatewayId=tgw, **prefixes)
    proposals = []
    for gateway in (d1, alike):
        proposed = theirs.create_direct_connect_gateway_association_proposal(
            directConnectGatewayId=gateway, directConnectGatewayOwnerAccount=OURS, gatewayId=tgw, **prefixes
        )
        proposals.append(proposed["directConnectGatewayAssociationProposal"]["proposalId"])
    accepted = {"associatedGatewayOwnerAccount": THEIRS}
    with refused(f"{tgw} has ASN 65100"):
        ours.accept_direct_connect_gateway_association_proposal(
            directConnectGatewayId=alike, proposalId=proposals[1], **accepted
        )
    made = ours.accept_direct_connect_gateway_association_proposal(
        directConnectGatewayId=d1, proposalId=proposals[0], **accepted
    )["directConnectGatewayAssociation"]
    assert made["associatedGateway"]["ownerAccount"] == THEIRS
