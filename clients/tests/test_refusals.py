"""How a call is refused that no policy allows, or that one forbids: to the letter, for every operation and every kind of
resource, as boto3 hears it."""

import json
import re

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from drive import model
from drive.clients import REGION
from drive.model_inputs import GOOD

ACCOUNT = "111122223333"
WHOLE = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
FORBIDDEN = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "*", "Resource": "*"},
    {"Effect": "Deny", "Action": "directconnect:*", "Resource": "*"}]}
LOOKS_AT_NOTHING = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "directconnect:DescribeLocations", "Resource": "*"}]}
TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}]}
ACCOUNTS = f"""
[[account]]
id = "{ACCOUNT}"
[[account.user]]
name = "nobody"
[[account.user.key]]
access_key_id = "AKIANOBODY"
secret = "s"
[[account.user]]
name = "forbidden"
policies = ["forbidden.json"]
[[account.user.key]]
access_key_id = "AKIAFORBIDDEN"
secret = "s"
[[account.user]]
name = "ann"
policies = ["whole.json"]
[[account.user.key]]
access_key_id = "AKIAANN"
secret = "s"
[[account.role]]
name = "whole"
trust = "trust.json"
policies = ["whole.json"]
"""

# Policies are asked before anybody looks whether there is such a thing: well-formed ids will do.
GATEWAY, GROUP = "11111111-2222-3333-4444-555555555555", "dxrg-0123456789abcdefg"
IDS = {"c": "dxcon-fg000001", "h": "dxcon-fg000002", "m": "dxcon-fg000003", "i": "dxcon-fg000004", "g": "dxlag-fg000001",
       "v": "dxvif-fg000001", "s": "dxvif-fg000002", "d": GATEWAY, "a": GATEWAY, "p": GATEWAY, "t": GATEWAY, "r": GROUP}
ARN = f"arn:aws:directconnect:{REGION}:{ACCOUNT}"
# For each kind of resource, and for none, the text's own words.
EXACT = {
    "DeleteConnection": ({"connectionId": IDS["c"]}, f"{ARN}:dxcon/{IDS['c']}"),
    "DescribeConnections": ({}, f"{ARN}:dxcon/*"),
    "DeleteLag": ({"lagId": IDS["g"]}, f"{ARN}:dxlag/{IDS['g']}"),
    "DeleteVirtualInterface": ({"virtualInterfaceId": IDS["v"]}, f"{ARN}:dxvif/{IDS['v']}"),
    "DeleteDirectConnectGateway": (
        {"directConnectGatewayId": GATEWAY}, f"arn:aws:directconnect::{ACCOUNT}:dx-gateway/{GATEWAY}"),
    "DeleteResiliencyGroup": (
        {"resiliencyGroupId": GROUP}, f"arn:aws:directconnect::{ACCOUNT}:dx-resiliency-group/{GROUP}"),
    "TagResource": ({"resourceArn": f"{ARN}:dxvif/{IDS['v']}", "tags": [{"key": "a"}]}, f"{ARN}:dxvif/{IDS['v']}"),
    "CreateDirectConnectGateway": ({"directConnectGatewayName": "d1"}, "*"),
    "DescribeLocations": ({}, "*"),
}
KINDS = {"*", "dxcon", "dxlag", "dxvif", "dx-gateway", "dx-resiliency-group"}
TEXT = re.compile(
    r"User: (\S+) is not authorized to perform: directconnect:(\w+) on resource: "
    r"(\*|arn:aws:directconnect:[a-z0-9-]*:\d{12}:([a-z-]+)/\S+) because no identity-based policy allows the directconnect:(\w+) action")


@pytest.fixture
def served(start, tmp_path):
    (tmp_path / "accounts.toml").write_text(ACCOUNTS)
    for name, document in (("whole", WHOLE), ("forbidden", FORBIDDEN), ("trust", TRUST)):
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    return start("--auth", "sigv4", "--accounts", "accounts.toml", "--store", "memory:", "--token-file", "token")


def client(served, service, key, secret="s", token=None):
    return boto3.client(
        service, endpoint_url=served.url, region_name=REGION, aws_access_key_id=key, aws_secret_access_key=secret,
        aws_session_token=token, config=Config(retries={"total_max_attempts": 1}, parameter_validation=False))


def named(value):
    """A good input, with ids for the words that stand for some."""
    if isinstance(value, dict):
        return {name: named(member) for name, member in value.items()}
    if isinstance(value, list):
        return [named(element) for element in value]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    word = value[1:]
    if word.endswith(".next"):
        return "a page's token"
    if word in ("account", "other"):
        return ACCOUNT
    return f"{ARN}:dxcon/{IDS['c']}" if word == "k1" else IDS[word[0]]


def refusal(dx, operation, value):
    """The text that a call is refused with, for want of a right."""
    [method] = [name for name, known in dx.meta.method_to_api_mapping.items() if known == operation]
    with pytest.raises(ClientError) as refused:
        getattr(dx, method)(**value)
    error = refused.value.response
    assert (error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"]) == ("AccessDeniedException", 400), operation
    return error["Error"]["Message"]


def test_every_operation_is_refused_to_who_has_no_policy(served):
    dx, kinds = client(served, "directconnect", "AKIANOBODY"), set()
    arn = f"arn:aws:iam::{ACCOUNT}:user/nobody"
    for operation in model.OPERATIONS:
        for value in GOOD[operation]:
            text = refusal(dx, operation, named(value))
            said = TEXT.fullmatch(text)
            assert said, text
            assert (said[1], said[2], said[5]) == (arn, operation, operation), text
            kinds.add(said[4] or "*")
    assert kinds == KINDS
    for operation, (value, resource) in EXACT.items():
        assert refusal(dx, operation, value) == (
            f"User: {arn} is not authorized to perform: directconnect:{operation} on resource: {resource} "
            f"because no identity-based policy allows the directconnect:{operation} action")


def test_an_explicit_deny_is_named(served):
    dx, arn = client(served, "directconnect", "AKIAFORBIDDEN"), f"arn:aws:iam::{ACCOUNT}:user/forbidden"
    for operation, (value, resource) in EXACT.items():
        assert refusal(dx, operation, value) == (
            f"User: {arn} is not authorized to perform: directconnect:{operation} on resource: {resource} "
            "with an explicit deny in an identity-based policy")


@pytest.mark.parametrize("policy, reason", [
    (LOOKS_AT_NOTHING, "because no session policy allows the directconnect:{} action"),
    (FORBIDDEN, "with an explicit deny in a session policy"),
])
def test_a_sessions_policy_is_named(served, policy, reason):
    made = client(served, "sts", "AKIAANN").assume_role(
        RoleArn=f"arn:aws:iam::{ACCOUNT}:role/whole", RoleSessionName="s1", Policy=json.dumps(policy))["Credentials"]
    dx = client(served, "directconnect", made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])
    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/whole/s1"
    for operation, (value, resource) in EXACT.items():
        if policy is LOOKS_AT_NOTHING and operation == "DescribeLocations":
            assert dx.describe_locations()["locations"]
            continue
        assert refusal(dx, operation, value) == (
            f"User: {arn} is not authorized to perform: directconnect:{operation} on resource: {resource} "
            + reason.format(operation))
