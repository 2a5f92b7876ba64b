"""Roles: assumed with boto3, the AWS CLI and Terraform, across accounts, on a server that verifies signatures."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from drive import roles, terraform
from drive.clients import REGION, environment
from drive.orders import HERE, order, private, refused

ANN, BOB = ("AKIAANN", "ann's"), ("AKIABOB", "bob's")
AWS = Path(sys.executable).with_name("aws")
LIMIT_S = 60


@pytest.fixture
def served(start, tmp_path):
    """A server with the roles."""
    return start(*roles.write(tmp_path))


@pytest.fixture
def client(served):
    """Makes clients of a key, with its token if it has one."""

    def client(service, key, secret, token=None):
        return boto3.client(
            service,
            endpoint_url=served.url,
            region_name=REGION,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=Config(retries={"total_max_attempts": 1}),
        )

    return client


@pytest.fixture
def assume(client):
    """Assumes a role; what its key is."""

    def assume(by, account, role, **more):
        wanted = {"RoleArn": roles.arn(account, role), "RoleSessionName": "s1", **more}
        return client("sts", *by).assume_role(**wanted)

    return assume


def key(answer):
    """The key of an answer of STS."""
    credentials = answer["Credentials"]
    return credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"]


def accept(assume):
    """The role that confirms."""
    return key(assume(ANN, roles.INTERFACE, "interface", ExternalId=roles.EXTERNAL_ID))


def test_what_one_account_allocates_another_confirms(client, assume):
    port = client("directconnect", *key(assume(ANN, roles.PORT, "port")))
    c1 = order(port)
    allocated = port.allocate_private_virtual_interface(
        connectionId=c1,
        ownerAccount=roles.INTERFACE,
        newPrivateVirtualInterfaceAllocation={"virtualInterfaceName": "v1", "vlan": 101, "asn": 65001},
    )["virtualInterfaceId"]
    interface = client("directconnect", *accept(assume))
    interface.confirm_private_virtual_interface(
        virtualInterfaceId=allocated, virtualGatewayId=private()["virtualGatewayId"]
    )
    [seen] = interface.describe_virtual_interfaces()["virtualInterfaces"]
    assert (seen["virtualInterfaceId"], seen["virtualInterfaceState"]) == (allocated, "available")
    with refused(
        f"User: arn:aws:sts::{roles.INTERFACE}:assumed-role/interface/s1 is not authorized to perform: "
        "directconnect:CreateConnection on resource: * because no identity-based policy allows",
        code="AccessDeniedException",
    ):
        order(interface)


def test_a_session_says_who_it_is_and_until_when(client, assume):
    answer = assume(ANN, roles.PORT, "port", RoleSessionName="ann@work", DurationSeconds=900)
    session = f"arn:aws:sts::{roles.PORT}:assumed-role/port/ann@work"
    assert answer["AssumedRoleUser"]["Arn"] == session
    left = answer["Credentials"]["Expiration"] - datetime.now(UTC)
    assert 890 < left.total_seconds() <= 900
    assert answer["Credentials"]["AccessKeyId"].startswith("ASIA")
    who = client("sts", *key(answer)).get_caller_identity()
    assert (who["Arn"], who["Account"]) == (session, roles.PORT)
    assert who["UserId"] == answer["AssumedRoleUser"]["AssumedRoleId"] and who["UserId"].endswith(":ann@work")


@pytest.mark.parametrize(
    ("by", "account", "role", "more", "code", "text"),
    [
        (BOB, roles.PORT, "port", {}, "AccessDenied", f"user/bob is not authorized to perform: sts:AssumeRole on resource: {roles.arn(roles.PORT, 'port')}"),
        (ANN, roles.PORT, "nobody", {}, "AccessDenied", "is not authorized to perform: sts:AssumeRole"),
        (ANN, roles.INTERFACE, "interface", {}, "AccessDenied", "is not authorized to perform: sts:AssumeRole"),
        (ANN, roles.INTERFACE, "interface", {"ExternalId": "guessed"}, "AccessDenied", "is not authorized"),
        (ANN, roles.PEOPLE, "own", {}, "AccessDenied", "is not authorized"),
        (("AKIAROOT", "root's"), roles.INTERFACE, "interface", {}, "AccessDenied", "Roles may not be assumed by root accounts."),
        (ANN, roles.PORT, "port", {"DurationSeconds": 7201}, "ValidationError", "exceeds the MaxSessionDuration"),
        (ANN, roles.PORT, "port", {"DurationSeconds": 43201}, "ValidationError", "less than or equal to 43200"),
        (ANN, roles.PORT, "port", {"RoleSessionName": "a b"}, "ValidationError", "at 'roleSessionName' failed to satisfy"),
        (ANN, roles.PORT, "port", {"Policy": "{}"}, "MalformedPolicyDocument", "has no Statement"),
        (ANN, roles.PORT, "port", {"Tags": [{"Key": "a", "Value": "b"}]}, "ValidationError", "not supported here"),
    ],
)
def test_who_may_not_assume_a_role_is_told_so(assume, by, account, role, more, code, text):
    with refused(text, code=code, status=403 if code == "AccessDenied" else 400):
        assume(by, account, role, **more)


def test_a_role_of_the_same_account_may_name_who_has_no_policy(client, assume):
    answer = assume(BOB, roles.PEOPLE, "own")
    with refused("no identity-based policy allows", code="AccessDeniedException"):
        client("directconnect", *key(answer)).describe_locations()


def test_a_session_policy_narrows_what_the_role_may_do(client, assume):
    policy = roles.statement(Action="directconnect:Describe*", Resource="*")
    narrowed = client("directconnect", *key(assume(ANN, roles.PORT, "port", Policy=policy)))
    assert narrowed.describe_connections()["connections"] == []
    with refused("because no session policy allows the directconnect:CreateConnection action", code="AccessDeniedException"):
        order(narrowed)


def test_a_session_without_its_token_is_nobodys(client, assume):
    identity, secret, token = key(assume(ANN, roles.PORT, "port"))
    for wrong in (None, "another", token[:-8] + "AAAAAAA="):
        with refused("security token included in the request is invalid", code="UnrecognizedClientException"):
            client("directconnect", identity, secret, wrong).describe_connections()
    with refused("signature we calculated does not match", code="InvalidSignatureException"):
        client("directconnect", identity, secret + "!", token).describe_connections()


def test_a_user_gets_a_temporary_key_of_its_own(client):
    answer = client("sts", *ANN).get_session_token(DurationSeconds=900)
    assert client("sts", *key(answer)).get_caller_identity()["Arn"] == f"arn:aws:iam::{roles.PEOPLE}:user/ann"
    with refused("Cannot call GetSessionToken with session credentials", code="AccessDenied", status=403):
        client("sts", *key(answer)).get_session_token()


def test_in_open_mode_any_role_leads_to_its_account(instant, account, other_account):
    def client(service, *key):
        names = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
        return boto3.client(service, endpoint_url=instant.url, region_name=REGION, **dict(zip(names, key)))

    answer = client("sts", account, "any").assume_role(
        RoleArn=roles.arn(other_account, "deploy"), RoleSessionName="s1", DurationSeconds=900
    )
    session = f"arn:aws:sts::{other_account}:assumed-role/deploy/s1"
    assert client("sts", *key(answer)).get_caller_identity()["Arn"] == session
    made = order(client("directconnect", *key(answer)))
    [seen] = client("directconnect", other_account, "any").describe_connections()["connections"]
    assert (seen["connectionId"], seen["ownerAccount"]) == (made, other_account)


def test_the_aws_cli_follows_a_chain_of_profiles(served, tmp_path):
    config = tmp_path / "config"
    config.write_text(f"""
[profile ann]
aws_access_key_id = {ANN[0]}
aws_secret_access_key = {ANN[1]}
[profile port]
role_arn = {roles.arn(roles.PORT, "port")}
source_profile = ann
[profile interface]
role_arn = {roles.arn(roles.INTERFACE, "interface")}
external_id = {roles.EXTERNAL_ID}
source_profile = ann
""")
    # The CLI keeps the keys of roles in the user's home for the next call.
    files = {"AWS_CONFIG_FILE": str(config), "AWS_SHARED_CREDENTIALS_FILE": str(config), "HOME": str(tmp_path)}
    found = environment(served.url, "none", **files)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        del found[name]

    def aws(profile, *arguments):
        command = [AWS, *arguments, "--profile", profile, "--output", "json"]
        done = subprocess.run(command, env=found, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    assert aws("interface", "sts", "get-caller-identity")["Account"] == roles.INTERFACE
    ordered = ("--location", HERE, "--bandwidth", "1Gbps", "--connection-name", "c1")
    assert aws("port", "directconnect", "create-connection", *ordered)["ownerAccount"] == roles.PORT


@pytest.mark.skipif(terraform.missing() is not None, reason=str(terraform.missing()))
def test_one_configuration_of_terraform_acts_in_two_accounts(served, tmp_path):
    def provider(alias, role, more=""):
        return f"""
            provider "aws" {{
              alias      = "{alias}"
              region     = "{REGION}"
              access_key = "{ANN[0]}"
              secret_key = "{ANN[1]}"
              assume_role {{
                role_arn     = "{role}"
                session_name = "terraform"
                {more}
              }}
              endpoints {{
                directconnect = "{served.url}"
                sts           = "{served.url}"
              }}
            }}
        """

    run = terraform.Terraform(tmp_path / "tf", served.url, "none")
    external = f'external_id = "{roles.EXTERNAL_ID}"'
    run.provider = provider("port", roles.arn(roles.PORT, "port")) + provider(
        "interface", roles.arn(roles.INTERFACE, "interface"), external
    )
    run.apply("""
        data "aws_caller_identity" "interface" {
          provider = aws.interface
        }
        resource "aws_dx_connection" "c1" {
          provider  = aws.port
          name      = "c1"
          bandwidth = "1Gbps"
          location  = "EqDC2"
        }
        output "account" {
          value = data.aws_caller_identity.interface.account_id
        }
        output "owner" {
          value = aws_dx_connection.c1.owner_account_id
        }
    """)
    assert run.outputs() == {"account": roles.INTERFACE, "owner": roles.PORT}
    run.destroy()
