"""Real clients over TLS, which trust an authority of the test's own by AWS_CA_BUNDLE."""

import json
import subprocess
import sys
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import SSLError

from drive import certificates
from drive.clients import environment

AWS = Path(sys.executable).with_name("aws")
LIMIT_S = 60


@pytest.fixture
def bundle(tmp_path):
    """The authority of `certificate.pem` and `key.pem`, which lie beside it."""
    return certificates.write(tmp_path)


@pytest.fixture
def server(start, bundle):
    return start("--store", "memory:", "--tls-certificate", "certificate.pem", "--tls-key", "key.pem")


def lags(server, account):
    session = boto3.Session(aws_access_key_id=account, aws_secret_access_key="any", region_name="us-east-1")
    config = Config(retries={"total_max_attempts": 1})
    return session.client("directconnect", endpoint_url=server.url, config=config).describe_lags()["lags"]


def test_boto3_trusts_the_bundle(server, bundle, account, monkeypatch):
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    with pytest.raises(SSLError):
        lags(server, account)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(bundle))
    assert lags(server, account) == []


def test_the_cli_trusts_the_bundle(server, bundle, account):
    def run(**more):
        return subprocess.run(
            [AWS, "directconnect", "describe-locations", "--output", "json"],
            env=environment(server.url, account) | {"AWS_MAX_ATTEMPTS": "1"} | more,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )

    refused = run()
    assert refused.returncode != 0 and "SSL" in refused.stderr, refused.stderr
    done = run(AWS_CA_BUNDLE=str(bundle))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["locations"]
