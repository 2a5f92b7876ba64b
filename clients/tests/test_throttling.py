"""Who asks for too much at one time is told so in a way that SDKs know: they wait, and call again."""

import socket
from urllib.parse import urlparse

import pytest
from botocore.exceptions import ClientError

from drive.clients import client

# How long an answer may take.
ANSWER_S = 60

# A call whose body is still to come.
HEAD = (
    "POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: OvertureService.DescribeLags\r\n"
    "content-type: application/x-amz-json-1.1\r\ncontent-length: 2\r\nexpect: 100-continue\r\n"
    "authorization: AWS4-HMAC-SHA256 Credential={account}/20260101/us-east-1/directconnect/aws4_request, "
    "SignedHeaders=host, Signature=0f0f\r\n\r\n"
)


@pytest.fixture
def busy(start, tmp_path, account):
    """A server that does one thing at a time for an account, and is at it; what it waits for."""
    (tmp_path / "crossconnect.toml").write_text("[limits]\nrequests_per_account = 1\n")
    server = start("--store", "memory:", "--config", "crossconnect.toml")
    address = urlparse(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=ANSWER_S) as slow:
        slow.sendall(HEAD.format(account=account).encode())
        # The server asks for the body once the call is under way, and never of a call that it refuses.
        assert slow.recv(4096).startswith(b"HTTP/1.1 100 Continue")
        slow.sendall(b"{")
        probe = client(server.url, account, retries={"total_max_attempts": 1})
        with pytest.raises(ClientError) as refusal:
            probe.describe_lags()
        assert refusal.value.response["Error"] == {"Code": "ThrottlingException", "Message": "Rate exceeded"}
        assert refusal.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
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
