"""Direct Connect gateways, their associations, proposals and attachments, with boto3 in both protocols."""

from drive.clients import client
from drive.orders import of_ec2, order, order_gateway, order_private, refused

ALLOWED = [{"cidr": "10.0.0.0/16"}]
NOWHERE = "00000000-0000-4000-8000-000000000000"


def associations(dx, **selector):
    """Associations as they are now."""
    return dx.describe_direct_connect_gateway_associations(**selector)["directConnectGatewayAssociations"]


def test_a_gateway_from_creation_to_deletion(us, account):
    made = us.create_direct_connect_gateway(directConnectGatewayName="d1", amazonSideAsn=64600)["directConnectGateway"]
    d1 = made["directConnectGatewayId"]
    assert (made["directConnectGatewayState"], made["amazonSideAsn"], made["ownerAccount"]) == ("pending", 64600, account)
    [seen] = us.describe_direct_connect_gateways(directConnectGatewayId=d1)["directConnectGateways"]
    assert seen["directConnectGatewayState"] == "available"
    us.update_direct_connect_gateway(directConnectGatewayId=d1, newDirectConnectGatewayName="renamed")
    [seen] = us.describe_direct_connect_gateways()["directConnectGateways"]
    assert (seen["directConnectGatewayId"], seen["directConnectGatewayName"]) == (d1, "renamed")
    deleted = us.delete_direct_connect_gateway(directConnectGatewayId=d1)["directConnectGateway"]
    assert deleted["directConnectGatewayState"] == "deleting"
    assert us.describe_direct_connect_gateways(directConnectGatewayId=d1)["directConnectGateways"] == []
    with refused("does not exist"):
        us.delete_direct_connect_gateway(directConnectGatewayId=NOWHERE)


def test_an_association_with_a_virtual_private_gateway(instant, us, account):
    d1, vgw = order_gateway(us), of_ec2(account)
    made = us.create_direct_connect_gateway_association(
        directConnectGatewayId=d1, gatewayId=vgw, addAllowedPrefixesToDirectConnectGateway=ALLOWED
    )["directConnectGatewayAssociation"]
    a1 = made["associationId"]
    # Some clients look for exactly this state at the first look, so it takes a second even here.
    assert [one["associationState"] for one in associations(us, associationId=a1)] == ["associating"]
    instant.control("POST", f"resources/{a1}/advance", {})
    assert [one["associationState"] for one in associations(us, associationId=a1)] == ["associated"]
    other = [{"cidr": "10.1.0.0/16"}]
    us.update_direct_connect_gateway_association(
        associationId=a1,
        addAllowedPrefixesToDirectConnectGateway=other,
        removeAllowedPrefixesToDirectConnectGateway=ALLOWED,
    )
    assert [one["allowedPrefixesToDirectConnectGateway"] for one in associations(us, directConnectGatewayId=d1)] == [other]
    with refused(f"{vgw} is already associated with Direct Connect Gateway"):
        us.create_direct_connect_gateway_association(directConnectGatewayId=d1, gatewayId=vgw)
    us.delete_direct_connect_gateway_association(associationId=a1)
    assert [one["associationState"] for one in associations(us, associationId=a1)] == ["disassociating"]
    instant.control("POST", f"resources/{a1}/advance", {})
    assert associations(us, associationId=a1) == []
    with refused("does not exist"):
        us.delete_direct_connect_gateway_association(associationId=a1)
    with refused("Association ID nonsense has an invalid format."):
        associations(us, associationId="nonsense")


def test_a_proposal_that_is_accepted(us, them, account, other_account):
    d1, tgw = order_gateway(us), of_ec2(other_account, "tgw")
    proposed = them.create_direct_connect_gateway_association_proposal(
        directConnectGatewayId=d1,
        directConnectGatewayOwnerAccount=account,
        gatewayId=tgw,
        addAllowedPrefixesToDirectConnectGateway=ALLOWED,
    )["directConnectGatewayAssociationProposal"]
    acceptance = {
        "directConnectGatewayId": d1,
        "proposalId": proposed["proposalId"],
        "associatedGatewayOwnerAccount": other_account,
    }
    with refused("does not exist"):
        them.accept_direct_connect_gateway_association_proposal(**acceptance)
    made = us.accept_direct_connect_gateway_association_proposal(**acceptance)["directConnectGatewayAssociation"]
    assert made["associatedGateway"] == {
        "id": tgw,
        "type": "transitGateway",
        "ownerAccount": other_account,
        "region": "us-east-1",
    }
    with refused(f"Direct Connect Gateway Association Proposal {proposed['proposalId']} has been accepted!"):
        us.accept_direct_connect_gateway_association_proposal(**acceptance)
    for one in (us, them):
        [seen] = one.describe_direct_connect_gateway_association_proposals(proposalId=proposed["proposalId"])[
            "directConnectGatewayAssociationProposals"
        ]
        assert seen["proposalState"] == "accepted"
    found = associations(them, associatedGatewayId=tgw, directConnectGatewayId=d1)
    assert [one["associationId"] for one in found] == [made["associationId"]]


def test_a_proposal_that_is_withdrawn(us, them, account, other_account):
    d1 = order_gateway(us)
    p1 = them.create_direct_connect_gateway_association_proposal(
        directConnectGatewayId=d1, directConnectGatewayOwnerAccount=account, gatewayId=of_ec2(other_account)
    )["directConnectGatewayAssociationProposal"]["proposalId"]
    withdrawn = them.delete_direct_connect_gateway_association_proposal(proposalId=p1)
    assert withdrawn["directConnectGatewayAssociationProposal"]["proposalState"] == "deleted"
    with refused("is not found"):
        them.delete_direct_connect_gateway_association_proposal(proposalId=p1)


def test_attachments_follow_their_interfaces(us, account):
    d1 = order_gateway(us)
    v1 = order_private(us, order(us), directConnectGatewayId=d1)
    [one] = us.describe_direct_connect_gateway_attachments(virtualInterfaceId=v1)["directConnectGatewayAttachments"]
    assert (one["directConnectGatewayId"], one["attachmentState"]) == (d1, "attached")
    assert (one["attachmentType"], one["virtualInterfaceOwnerAccount"]) == ("PrivateVirtualInterface", account)
    us.delete_virtual_interface(virtualInterfaceId=v1)
    [one] = us.describe_direct_connect_gateway_attachments(directConnectGatewayId=d1)["directConnectGatewayAttachments"]
    assert one["attachmentState"] == "detached"


def test_a_gateway_in_use_is_not_deleted(us):
    d1 = order_gateway(us)
    order_private(us, order(us), directConnectGatewayId=d1)
    us.delete_direct_connect_gateway(directConnectGatewayId=d1)
    [seen] = us.describe_direct_connect_gateways(directConnectGatewayId=d1)["directConnectGateways"]
    assert (seen["directConnectGatewayState"], bool(seen.get("stateChangeError"))) == ("available", True)


def test_a_registered_gateway_lends_its_networks(instant, us, them, account):
    d1, vgw = order_gateway(us), of_ec2(account)
    registered = {"ownerAccount": account, "region": "us-east-1", "amazonSideAsn": 64999, "cidrs": ["10.9.0.0/16"]}
    instant.control("PUT", f"gateways/{vgw}", registered)
    assert [one["virtualGatewayId"] for one in us.describe_virtual_gateways()["virtualGateways"]] == [vgw]
    assert them.describe_virtual_gateways()["virtualGateways"] == []
    theirs = order_gateway(them)
    with refused(f"The VirtualGateway {vgw} does not exist."):
        them.create_direct_connect_gateway_association(directConnectGatewayId=theirs, gatewayId=vgw)
    us.create_direct_connect_gateway_association(directConnectGatewayId=d1, gatewayId=vgw)
    [one] = associations(us, directConnectGatewayId=d1)
    assert one["allowedPrefixesToDirectConnectGateway"] == [{"cidr": "10.9.0.0/16"}]


def test_an_association_is_made_through_the_region_of_the_gateway_of_ec2(instant, account, other_account):
    us, elsewhere = client(instant.url, account), client(instant.url, account, region="eu-west-1")
    them, vgw, d1 = client(instant.url, other_account, region="eu-west-1"), of_ec2(other_account), order_gateway(us)
    p1 = them.create_direct_connect_gateway_association_proposal(
        directConnectGatewayId=d1, directConnectGatewayOwnerAccount=account, gatewayId=vgw
    )["directConnectGatewayAssociationProposal"]["proposalId"]
    # The gateway and the proposal are seen everywhere.
    for one in (us, elsewhere):
        assert len(one.describe_direct_connect_gateways(directConnectGatewayId=d1)["directConnectGateways"]) == 1
        seen = one.describe_direct_connect_gateway_association_proposals(proposalId=p1)
        assert len(seen["directConnectGatewayAssociationProposals"]) == 1
    acceptance = {"directConnectGatewayId": d1, "proposalId": p1, "associatedGatewayOwnerAccount": other_account}
    with refused(f"The VirtualGateway {vgw} does not exist."):
        us.accept_direct_connect_gateway_association_proposal(**acceptance)
    made = elsewhere.accept_direct_connect_gateway_association_proposal(**acceptance)["directConnectGatewayAssociation"]
    assert made["associatedGateway"]["region"] == "eu-west-1"


def test_what_is_unknown_is_no_error(us):
    # Terraform takes an empty list for what is gone, and any error for a failure.
    assert us.describe_direct_connect_gateways(directConnectGatewayId=NOWHERE)["directConnectGateways"] == []
    assert associations(us, associationId=NOWHERE) == []
    proposals = us.describe_direct_connect_gateway_association_proposals(proposalId=NOWHERE)
    assert proposals["directConnectGatewayAssociationProposals"] == []


def test_pages_of_gateways(us):
    made = [order_gateway(us, f"d{number}") for number in range(5)]
    seen, token = [], {}
    while True:
        page = us.describe_direct_connect_gateways(maxResults=2, **token)
        seen += [one["directConnectGatewayId"] for one in page["directConnectGateways"]]
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert sorted(seen) == sorted(made)
