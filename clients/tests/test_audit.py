"""What the audit trail says of real clients' calls, in the form of CloudTrail."""

import json
import re
import subprocess

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from drive import roles
from drive.clients import REGION
from drive.orders import order

ANN = ("AKIAANN", "ann's")
LIMIT_S = 60
# What every record of a call has, whatever it is about.
MEMBERS = {
    "eventVersion": str,
    "userIdentity": dict,
    "eventTime": str,
    "eventSource": str,
    "eventName": str,
    "awsRegion": str,
    "sourceIPAddress": str,
    "userAgent": str,
    "requestID": str,
    "eventID": str,
    "readOnly": bool,
    "eventType": str,
    "managementEvent": bool,
    "recipientAccountId": str,
    "eventCategory": str,
}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def client(served, service, key, secret, token=None):
    return boto3.client(
        service,
        endpoint_url=served.url,
        region_name=REGION,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(retries={"total_max_attempts": 1}, user_agent_extra="audited/1"),
    )


@pytest.fixture
def trail(start, binary, tmp_path):
    """A server that keeps a trail, the key of a role's session, and what is on record once the server has stopped."""
    served = start(*roles.write(tmp_path), "--audit", str(tmp_path / "trail"))
    wanted = {"RoleArn": roles.arn(roles.PORT, "port"), "RoleSessionName": "s1"}
    made = client(served, "sts", *ANN).assume_role(**wanted)["Credentials"]

    def records():
        assert served.stop() == 0
        command = [binary, "audit", "--json", "--directory", str(tmp_path / "trail")]
        shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=LIMIT_S).stdout
        return [json.loads(line) for line in shown.splitlines()]

    return served, made, records


def test_calls_of_a_role_are_recorded_as_cloudtrail_does(trail):
    served, made, records = trail
    dx = client(served, "directconnect", made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])
    c1 = order(dx)
    dx.describe_connections(connectionId=c1)
    with pytest.raises(ClientError):
        dx.delete_connection(connectionId="dxcon-ffffffff")
    calls = [record for record in records() if record["eventType"] == "AwsApiCall"]
    by_name = {record["eventName"]: record for record in calls}
    assert set(by_name) == {"AssumeRole", "CreateConnection", "DescribeConnections", "DeleteConnection"}
    for call in calls:
        for member, kind in MEMBERS.items():
            assert isinstance(call[member], kind), (member, call)
        assert UUID.fullmatch(call["requestID"])
        assert UUID.fullmatch(call["eventID"])
        assert "audited/1" in call["userAgent"]
    made_connection = by_name["CreateConnection"]
    identity = made_connection["userIdentity"]
    assert identity["type"] == "AssumedRole"
    assert identity["arn"] == f"arn:aws:sts::{roles.PORT}:assumed-role/port/s1"
    assert identity["accessKeyId"] == made["AccessKeyId"]
    issuer = identity["sessionContext"]["sessionIssuer"]
    assert (issuer["type"], issuer["arn"], issuer["userName"]) == ("Role", roles.arn(roles.PORT, "port"), "port")
    assert identity["principalId"] == issuer["principalId"] + ":s1"
    assert identity["sessionContext"]["attributes"]["mfaAuthenticated"] == "false"
    assert made_connection["responseElements"]["connectionId"] == c1
    assert by_name["DescribeConnections"]["responseElements"] is None
    assert by_name["DeleteConnection"]["errorCode"] in ("DirectConnectClientException", "AccessDeniedException")
    assumed = by_name["AssumeRole"]
    assert assumed["userIdentity"]["type"] == "IAMUser"
    assert assumed["userIdentity"]["userName"] == "ann"
    assert assumed["requestParameters"]["roleArn"] == assumed["resources"][0]["ARN"]
    assert assumed["responseElements"]["credentials"]["accessKeyId"] == made["AccessKeyId"]
    everything = json.dumps(calls)
    assert made["SecretAccessKey"] not in everything
    assert made["SessionToken"] not in everything


def test_a_key_that_is_not_right_is_on_record_as_claimed(trail):
    served, _, records = trail
    for key, secret in [(ANN[0], "not ann's"), ("AKIANOBODY", "x")]:
        with pytest.raises(ClientError):
            client(served, "directconnect", key, secret).describe_locations()
    found = [record for record in records() if record["eventName"] == "DescribeLocations"]
    claims = sorted((record["errorCode"], record["userIdentity"]["accessKeyId"]) for record in found)
    assert claims == [("InvalidSignatureException", "AKIAANN"), ("UnrecognizedClientException", "AKIANOBODY")]
