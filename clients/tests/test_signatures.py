"""Servers that verify signatures, with boto3 as it is: header and body are signed by botocore itself."""

import json
import urllib.error
import urllib.request

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

from drive.orders import refused
from drive.server import ControlError

ACCOUNTS = """
[[account]]
id = "111122223333"
[[account.key]]
access_key_id = "AKIAROOT"
secret = "the secret of root"
root = true
[[account.key]]
access_key_id = "AKIAUSER"
secret_file = "user.secret"
"""


@pytest.fixture
def signed(start, tmp_path):
    """A server that knows two keys, and clients of it."""
    (tmp_path / "accounts.toml").write_text(ACCOUNTS)
    (tmp_path / "user.secret").write_text("the secret of a user\n")
    options = ("--auth", "sigv4", "--accounts", "accounts.toml", "--lifecycle", "instant", "--store", "memory:")
    server = start(*options, "--token-file", "token")

    def client(key, secret, service="directconnect"):
        return boto3.client(
            service,
            endpoint_url=server.url,
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            config=Config(retries={"total_max_attempts": 1}),
        )

    client.server = server
    return client


def call_in_json(server, secret, operation, body):
    """A call in AWS JSON 1.1, which boto3 speaks no more by itself, signed by botocore all the same."""
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": f"OvertureService.{operation}"}
    request = AWSRequest("POST", f"{server.url}/", headers=headers, data=json.dumps(body).encode())
    SigV4Auth(Credentials("AKIAROOT", secret), "directconnect", "us-east-1").add_auth(request)
    call = urllib.request.Request(request.url, request.data, dict(request.headers.items()))
    try:
        with urllib.request.urlopen(call) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_the_right_secret_is_served(signed):
    root = signed("AKIAROOT", "the secret of root")
    made = root.create_connection(location="EqDC2", bandwidth="1Gbps", connectionName="käse")
    assert made["ownerAccount"] == "111122223333"
    [seen] = root.describe_connections(connectionId=made["connectionId"])["connections"]
    assert seen["connectionName"] == "käse" and seen["connectionState"] == "available"
    who = signed("AKIAROOT", "the secret of root", service="sts").get_caller_identity()
    assert who["Account"] == "111122223333" and who["Arn"] == "arn:aws:iam::111122223333:root"


def test_the_wrong_secret_is_not(signed):
    wrong = signed("AKIAROOT", "the secret of another")
    with refused("signature we calculated does not match", code="InvalidSignatureException"):
        wrong.describe_connections()
    with refused("signature we calculated does not match", code="InvalidSignatureException"):
        wrong.create_connection(location="EqDC2", bandwidth="1Gbps", connectionName="c1")
    assert signed("AKIAROOT", "the secret of root").describe_connections()["connections"] == []
    with refused("signature we calculated does not match", code="SignatureDoesNotMatch", status=403):
        signed("AKIAROOT", "the secret of another", service="sts").get_caller_identity()


def test_a_key_that_nobody_has_is_not(signed):
    with refused("security token included in the request is invalid", code="UnrecognizedClientException"):
        signed("AKIANOBODY", "the secret of root").describe_connections()
    with refused("security token included in the request is invalid", code="InvalidClientTokenId", status=403):
        signed("AKIANOBODY", "the secret of root", service="sts").get_caller_identity()


def test_a_user_without_policies_may_only_ask_who_it_is(signed):
    user = signed("AKIAUSER", "the secret of a user")
    with refused(
        "User: arn:aws:iam::111122223333:user/AKIAUSER is not authorized to perform: directconnect:CreateConnection",
        code="AccessDeniedException",
    ):
        user.create_connection(location="EqDC2", bandwidth="1Gbps", connectionName="c1")
    who = signed("AKIAUSER", "the secret of a user", service="sts").get_caller_identity()
    assert who["Arn"] == "arn:aws:iam::111122223333:user/AKIAUSER"


def test_json_is_verified_too(signed):
    order = {"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "k\u00e4se"}
    status, made = call_in_json(signed.server, "the secret of root", "CreateConnection", order)
    assert (status, made["ownerAccount"]) == (200, "111122223333")
    status, error = call_in_json(signed.server, "another", "CreateConnection", order)
    assert (status, error["__type"]) == (400, "InvalidSignatureException")


def test_an_address_that_was_signed_beforehand_can_be_got(signed):
    address = signed("AKIAROOT", "the secret of root", service="sts").generate_presigned_url("get_caller_identity", HttpMethod="GET")
    with urllib.request.urlopen(address) as answer:
        assert "<Arn>arn:aws:iam::111122223333:root</Arn>" in answer.read().decode()
    for changed in (address + "&more=1", address.replace("X-Amz-Signature=", "X-Amz-Signature=0")):
        with pytest.raises(urllib.error.HTTPError) as refused, urllib.request.urlopen(changed):
            pass
        with refused.value as error:
            assert error.code == 403 and "<Code>SignatureDoesNotMatch</Code>" in error.read().decode()


def test_the_control_api_wants_the_operators_token(signed, tmp_path):
    with pytest.raises(ControlError) as refused:
        signed.server.control("GET", "health")
    assert refused.value.status == 401
    token = (tmp_path / "token").read_text().strip()
    request = urllib.request.Request(f"{signed.server.url}/metrics", headers={"authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        assert "crossconnect_ready 1" in answer.read().decode()
