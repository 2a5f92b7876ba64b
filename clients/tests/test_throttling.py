"""Who asks for too much at one time is told so in a way that SDKs know: they wait, and call again."""

import socket
from urllib.parse import urlparse

import pytest
from botocore.exceptions import ClientError

from drive.clients import client

HALF = (
    "POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: OvertureService.DescribeLags\r\n"
    "content-type: application/x-amz-json-1.1\r\ncontent-length: 2\r\n"
    "authorization: AWS4-HMAC-SHA256 Credential={account}/20260101/us-east-1/directconnect/aws4_request, "
    "SignedHeaders=host, Signature=0f0f\r\n\r\n{{"
)


@pytest.fixture
def busy(start, tmp_path, account):
    """A server that does one thing at a time for an account, and is at it; what it waits for."""
    (tmp_path / "crossconnect.toml").write_text("[limits]\nrequests_per_account = 1\n")
    server = start("--store", "memory:", "--config", "crossconnect.toml")
    address = urlparse(server.url)
    with socket.create_connection((address.hostname, address.port)) as slow:
        slow.sendall(HALF.format(account=account).encode())
        # Once another call is refused, that one is under way.
        probe = client(server.url, account, retries={"total_max_attempts": 1})
        while True:
            try:
                probe.describe_lags()
            except ClientError as refusal:
                assert refusal.response["Error"] == {"Code": "ThrottlingException", "Message": "Rate exceeded"}
                assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 400
                break
        yield server, slow


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_boto3_repeats_a_throttled_call(busy, account, other_account, mode):
    server, slow = busy
    assert client(server.url, other_account).describe_lags()["lags"] == [], "another account is served"
    dx = client(server.url, account, retries={"mode": mode, "total_max_attempts": 5})
    statuses = []

    def answered(response, **_):
        statuses.append(response[0].status_code)
        if len(statuses) == 1:
            # The slow call gets its end, and its answer.
            slow.sendall(b"}")
            assert slow.recv(4096).startswith(b"HTTP/1.1 200 OK")

    dx.meta.events.register("needs-retry.directconnect.DescribeLags", answered)
    assert dx.describe_lags()["lags"] == []
    assert statuses == [400, 200]
