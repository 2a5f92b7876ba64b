"""Resiliency groups: with boto3 in both protocols, and with the AWS CLI. Terraform has no resource of them yet."""

import pytest

from drive.orders import connection, order, order_lag, refused

BOTH_ENDS = {"intendedResiliencyModel": "high-resiliency"}


def group(dx, name="r1", **more):
    """Makes a resiliency group; what is answered."""
    return dx.create_resiliency_group(resiliencyGroupName=name, **BOTH_ENDS, **more)["resiliencyGroup"]


def associations(dx, identity):
    """What is in a group, by ARN, with its state."""
    items = dx.list_resiliency_group_associations(resiliencyGroupId=identity)["items"]
    return {item["connectionArn"]: item["state"] for item in items}


def arn(account, kind, identity):
    return f"arn:aws:directconnect:us-east-1:{account}:{kind}/{identity}"


def test_a_group_is_made_found_renamed_and_deleted(us, account):
    made = group(us, tags=[{"key": "team", "value": "network"}])
    identity = made["resiliencyGroupId"]
    assert identity.startswith("dxrg-") and len(identity) == 22
    assert made == {
        "resiliencyGroupId": identity,
        "resiliencyGroupArn": f"arn:aws:directconnect::{account}:dx-resiliency-group/{identity}",
        "resiliencyGroupName": "r1",
        "resiliencyGroupType": "Managed",
        "ownerAccount": account,
        "state": "pending",
        "tags": [{"key": "team", "value": "network"}],
    }
    # Ids are the same in either case.
    found = us.get_resiliency_group(resiliencyGroupId=identity.upper())["resiliencyGroup"]
    assert found == {**made, "state": "available"}
    renamed = us.update_resiliency_group(resiliencyGroupId=identity, resiliencyGroupName="r2")["resiliencyGroup"]
    assert renamed["resiliencyGroupName"] == "r2"
    [listed] = us.list_resiliency_groups()["items"]
    assert "tags" not in listed and listed["resiliencyGroupName"] == "r2"
    us.tag_resource(resourceArn=made["resiliencyGroupArn"], tags=[{"key": "stage", "value": "test"}])
    [tagged] = us.describe_tags(resourceArns=[made["resiliencyGroupArn"]])["resourceTags"]
    assert {tag["key"] for tag in tagged["tags"]} == {"team", "stage"}
    assert us.delete_resiliency_group(resiliencyGroupId=identity)["resiliencyGroup"]["state"] == "deleting"
    assert us.get_resiliency_group(resiliencyGroupId=identity)["resiliencyGroup"]["state"] == "deleted"
    with refused(identity, "deleted"):
        us.update_resiliency_group(resiliencyGroupId=identity, resiliencyGroupName="r3")


def test_connections_and_lags_are_associated_by_id_and_by_arn(us, them, account):
    identity = group(us)["resiliencyGroupId"]
    c1, (g1, [member]) = order(us), order_lag(us)
    named = {"resiliencyGroupId": identity, "connectionIdentifiers": [c1, arn(account, "dxlag", g1)]}
    made = us.associate_connections_to_resiliency_group(**named)["resiliencyGroupAssociations"]
    both = {arn(account, "dxcon", c1), arn(account, "dxlag", g1)}
    assert {one["connectionArn"] for one in made} == both
    assert {(one["state"], one["resiliencyGroupId"]) for one in made} == {("associating", identity)}
    assert associations(us, identity) == dict.fromkeys(both, "associated")
    # All or none: the second is not to be had, so the first stays outside.
    c2 = order(us, name="c2")
    for other, why in ((member, "is a member of"), ("dxcon-ffffffff", "Could not find Connection"), (c1, "it can be in one group")):
        with refused(why):
            us.associate_connections_to_resiliency_group(resiliencyGroupId=identity, connectionIdentifiers=[c2, other])
    assert associations(us, identity).keys() == both
    with refused("Could not find Resiliency Group"):
        them.list_resiliency_group_associations(resiliencyGroupId=identity)
    with refused(identity, "2 associations"):
        us.delete_resiliency_group(resiliencyGroupId=identity)
    left = us.disassociate_connections_from_resiliency_group(**named)["resiliencyGroupAssociations"]
    assert [one["state"] for one in left] == ["disassociating"] * 2
    assert associations(us, identity) == {}
    with refused("is not associated with"):
        us.disassociate_connections_from_resiliency_group(**named)
    us.delete_resiliency_group(resiliencyGroupId=identity)


def test_what_ends_leaves_its_group(us):
    identity = group(us)["resiliencyGroupId"]
    c1 = order(us)
    us.associate_connections_to_resiliency_group(resiliencyGroupId=identity, connectionIdentifiers=[c1])
    us.delete_connection(connectionId=c1)
    assert associations(us, identity) == {}


def test_a_pair_of_one_group_pays_less_and_no_more_when_it_breaks(us):
    identity = group(us)["resiliencyGroupId"]
    flat = {"bandwidth": "10Gbps", "billingMode": "FlatRateTier2"}
    c1, c2 = order(us, **flat), order(us, name="c2", location="EqDA2", **flat)
    us.associate_connections_to_resiliency_group(resiliencyGroupId=identity, connectionIdentifiers=[c1, c2])
    assert {connection(us, one)["billingMode"] for one in (c1, c2)} == {"PortPairFlatRateTier2"}


def test_a_token_makes_a_call_once(us):
    made = group(us, clientToken="t1")
    assert group(us, clientToken="t1") == made
    assert len(us.list_resiliency_groups()["items"]) == 1
    with refused("t1", "other parameters"):
        group(us, name="r2", clientToken="t1")
    named = {"resiliencyGroupId": made["resiliencyGroupId"], "connectionIdentifiers": [order(us)]}
    first = us.associate_connections_to_resiliency_group(**named, clientToken="t1")
    assert us.associate_connections_to_resiliency_group(**named, clientToken="t1")["resiliencyGroupAssociations"] == (
        first["resiliencyGroupAssociations"]
    )
    left = us.disassociate_connections_from_resiliency_group(**named, clientToken="t1")
    again = us.disassociate_connections_from_resiliency_group(**named, clientToken="t1")
    assert again["resiliencyGroupAssociations"] == left["resiliencyGroupAssociations"]
    with refused("is not associated with"):
        us.disassociate_connections_from_resiliency_group(**named)


def test_lists_come_in_pages(us):
    def pages(call, **named):
        token, found = {}, []
        while True:
            page = call(maxResults=2, **named, **token)
            found.append(page["items"])
            if "nextToken" not in page:
                return found
            token = {"nextToken": page["nextToken"]}

    names = [f"r{number}" for number in range(5)]
    first = [group(us, name=name)["resiliencyGroupId"] for name in names][0]
    found = pages(us.list_resiliency_groups)
    assert [[item["resiliencyGroupName"] for item in page] for page in found] == [names[:2], names[2:4], names[4:]]
    ports = [order(us, name=name) for name in names]
    us.associate_connections_to_resiliency_group(resiliencyGroupId=first, connectionIdentifiers=ports)
    found = pages(us.list_resiliency_group_associations, resiliencyGroupId=first)
    assert [len(page) for page in found] == [2, 2, 1]
    assert {item["connectionArn"].rpartition("/")[2] for page in found for item in page} == set(ports)
    with refused("nextToken"):
        us.list_resiliency_groups(nextToken="nonsense")


@pytest.mark.parametrize("lifecycle", ["realistic"])
def test_states_take_their_time(start, lifecycle):
    from drive.clients import client

    server = start("--store", "memory:", "--lifecycle", lifecycle, "--clock", "manual")
    dx = client(server.url, "111122223333")
    identity = group(dx)["resiliencyGroupId"]
    state = lambda: dx.get_resiliency_group(resiliencyGroupId=identity)["resiliencyGroup"]["state"]
    assert state() == "pending"
    server.control("POST", "clock", {"advance": "PT30S"})
    assert state() == "available"
    dx.delete_resiliency_group(resiliencyGroupId=identity)
    assert state() == "deleting"
    server.control("POST", "clock", {"advance": "PT20M"})
    with refused("Could not find Resiliency Group"):
        state()
    assert dx.list_resiliency_groups()["items"] == []
