"""The LAG walk with the AWS CLI."""

import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from drive.clients import environment
from drive.orders import HERE
from drive.server import WORKSPACE

AWS = Path(sys.executable).with_name("aws")
LIMIT_S = 60


@pytest.fixture
def aws(instant, account):
    """Runs the AWS CLI; what it answers, read as JSON."""

    def run(*arguments, service="directconnect", **more):
        command = [AWS, service, *arguments, "--output", "json"]
        env = environment(instant.url, account, **more)
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else None

    return run


def test_the_lag_walk(aws, account):
    assert aws("get-caller-identity", service="sts")["Account"] == account
    at = ["--location", HERE]
    c1 = aws("create-connection", *at, "--bandwidth", "1Gbps", "--connection-name", "c1")["connectionId"]
    lag = aws(
        *("create-lag", *at, "--connections-bandwidth", "1Gbps", "--number-of-connections", "1", "--lag-name", "g1"),
        *("--tags", "key=team,value=network"),
    )
    g1, first = lag["lagId"], lag["connections"][0]["connectionId"]
    both = ["--connection-id", c1, "--lag-id", g1]
    assert aws("associate-connection-with-lag", *both)["lagId"] == g1
    [seen] = aws("describe-lags", "--lag-id", g1)["lags"]
    assert {one["connectionId"] for one in seen["connections"]} == {c1, first}
    assert (seen["lagState"], seen["tags"]) == ("available", [{"key": "team", "value": "network"}])
    assert aws("update-lag", "--lag-id", g1, "--minimum-links", "2")["minimumLinks"] == 2
    with pytest.raises(subprocess.CalledProcessError) as refusal:
        aws("disassociate-connection-from-lag", *both)
    assert "(DirectConnectClientException)" in refusal.value.stderr
    assert f"Connection {c1} cannot leave {g1}" in refusal.value.stderr
    aws("update-lag", "--lag-id", g1, "--minimum-links", "0", "--lag-name", "renamed")
    assert "lagId" not in aws("disassociate-connection-from-lag", *both)
    for one in (c1, first):
        aws("delete-connection", "--connection-id", one)
    assert aws("delete-lag", "--lag-id", g1)["lagState"] == "deleted"


@pytest.fixture
def newest(aws, tmp_path):
    """The same with the newest model, as `aws configure add-model` adds it: the CLI's own may be older than the operation."""
    place = tmp_path / "directconnect" / "2012-10-25" / "service-2.json"
    place.parent.mkdir(parents=True)
    shutil.copy(WORKSPACE / "model" / "directconnect.json", place)
    return functools.partial(aws, AWS_DATA_PATH=str(tmp_path))


def test_the_life_of_a_resiliency_group(newest):
    aws = newest
    c1 = aws("create-connection", "--location", HERE, "--bandwidth", "1Gbps", "--connection-name", "c1")["connectionId"]
    made = aws(
        *("create-resiliency-group", "--resiliency-group-name", "r1", "--intended-resiliency-model", "high-resiliency"),
        *("--client-token", "once", "--tags", "key=team,value=network"),
    )["resiliencyGroup"]
    named = ["--resiliency-group-id", made["resiliencyGroupId"]]
    assert aws("get-resiliency-group", *named)["resiliencyGroup"] == {**made, "state": "available"}
    [associated] = aws("associate-connections-to-resiliency-group", *named, "--connection-identifiers", c1).values()
    assert [one["state"] for one in associated] == ["associating"]
    [item] = aws("list-resiliency-group-associations", *named)["items"]
    assert item == {**associated[0], "state": "associated"}
    assert aws("list-resiliency-groups", "--query", "items[].resiliencyGroupName") == ["r1"]
    aws("update-resiliency-group", *named, "--resiliency-group-name", "r2")
    aws("disassociate-connections-from-resiliency-group", *named, "--connection-identifiers", c1)
    assert aws("delete-resiliency-group", *named)["resiliencyGroup"]["resiliencyGroupName"] == "r2"


def test_its_own_filter_works_on_the_answers(aws):
    for name in ("c1", "c2"):
        aws("create-connection", "--location", HERE, "--bandwidth", "1Gbps", "--connection-name", name)
    assert aws("describe-connections", "--query", "connections[].connectionName") == ["c1", "c2"]


def test_an_error_is_the_services_own(aws):
    with pytest.raises(subprocess.CalledProcessError) as refusal:
        aws("describe-connections", "--connection-id", "dxcon-ffffffff")
    assert refusal.value.returncode in {254, 255}
    assert (
        "An error occurred (DirectConnectClientException) when calling the DescribeConnections operation: "
        "Could not find Connection with ID dxcon-ffffffff"
    ) in refusal.value.stderr
