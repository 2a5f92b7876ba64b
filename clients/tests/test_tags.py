"""Tags, with boto3."""

import pytest

from drive.orders import order, order_lag, refused


def arn(account, kind, identity):
    return f"arn:aws:directconnect:us-east-1:{account}:{kind}/{identity}"


def tags(dx, *arns):
    return [
        {tag["key"]: tag.get("value", "") for tag in entry["tags"]}
        for entry in dx.describe_tags(resourceArns=list(arns))["resourceTags"]
    ]


def test_they_are_added_changed_and_taken_away(dx, account):
    g1, [member] = order_lag(dx, tags=[{"key": "a", "value": "1"}])
    lag_arn, member_arn = arn(account, "dxlag", g1), arn(account, "dxcon", member)
    assert dx.tag_resource(resourceArn=lag_arn, tags=[{"key": "a", "value": "2"}, {"key": "b"}])
    assert tags(dx, lag_arn, member_arn) == [{"a": "2", "b": ""}, {}]
    dx.untag_resource(resourceArn=lag_arn, tagKeys=["a", "never there"])
    assert tags(dx, lag_arn) == [{"b": ""}]


def test_an_arn_without_account_means_the_callers(dx):
    c1 = order(dx, tags=[{"key": "a", "value": "1"}])
    short = arn("", "dxcon", c1)
    assert dx.describe_tags(resourceArns=[short])["resourceTags"] == [
        {"resourceArn": short, "tags": [{"key": "a", "value": "1"}]}
    ]


def test_every_arn_gets_an_entry_in_its_order(dx, account):
    arns = [arn(account, "dxcon", order(dx, f"c{number}")) for number in range(3)]
    arns.reverse()
    assert [entry["resourceArn"] for entry in dx.describe_tags(resourceArns=arns)["resourceTags"]] == arns


def test_a_resource_has_fifty_tags_at_most(dx, account):
    c1 = arn(account, "dxcon", order(dx))
    dx.tag_resource(resourceArn=c1, tags=[{"key": f"k{number}", "value": "v"} for number in range(50)])
    with refused("at most 50", code="TooManyTagsException"):
        dx.tag_resource(resourceArn=c1, tags=[{"key": "k50", "value": "v"}])
    assert len(tags(dx, c1)[0]) == 50


def test_a_key_is_given_once(dx, account):
    c1 = arn(account, "dxcon", order(dx))
    with refused("Tag key a is given more than once", code="DuplicateTagKeysException"):
        dx.tag_resource(resourceArn=c1, tags=[{"key": "a", "value": "1"}, {"key": "a", "value": "2"}])


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ("arn:aws:directconnect:us-east-1:{}:dxcon/dxcon-ffffffff", "Could not find a resource with ARN"),
        ("arn:aws:directconnect:eu-west-1:{}:dxcon/{}", "Could not find a resource with ARN"),
        ("arn:aws:directconnect:us-east-1:000000000000:dxcon/{1}", "Could not find a resource with ARN"),
        ("arn:aws:s3:us-east-1:{}:dxcon/{}", "is not the ARN of a Direct Connect"),
        ("dxcon", "is not the ARN of a Direct Connect"),
    ],
)
def test_an_arn_of_nothing_is_refused(dx, account, wrong, part):
    wrong = wrong.format(account, order(dx))
    with refused(part):
        dx.describe_tags(resourceArns=[wrong])
    with refused(part):
        dx.tag_resource(resourceArn=wrong, tags=[{"key": "a"}])
