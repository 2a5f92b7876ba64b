"""The checks of answers themselves: what must not pass, and what must."""

import json

import cbor2
import pytest

from drive.model import CLIENT_ERROR
from drive.model_answers import check
from drive.model_wire import Answer

JSON = {"content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "1"}
CBOR = {"content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor", "x-amzn-requestid": "1"}


@pytest.mark.parametrize(
    ("protocol", "status", "headers", "document"),
    [
        ("json", 200, JSON, {"connectionId": 1}),
        ("json", 200, JSON, {"connectionId": None}),
        ("json", 200, JSON, {"anything": 1}),
        ("json", 200, JSON, {"vlan": True}),
        ("json", 200, JSON, {"vlan": 1.0}),
        ("json", 200, JSON, {"jumboFrameCapable": "true"}),
        ("json", 200, JSON, {"connectionState": "new"}),
        ("json", 200, JSON, {"loaIssueTime": "2026-01-01T00:00:00Z"}),
        ("json", 200, JSON, {"tags": [{"value": "without a key"}]}),
        ("json", 200, {**JSON, "smithy-protocol": "rpc-v2-cbor"}, {}),
        ("json", 200, CBOR, {}),
        ("cbor", 200, JSON, {}),
        ("cbor", 200, CBOR, {"loaIssueTime": 1767225600}),
        ("json", 500, JSON, {"__type": "InternalFailure", "message": "x"}),
        ("json", 400, JSON, {"__type": "TooManyTagsException", "message": "x"}),
        ("json", 400, JSON, {"__type": CLIENT_ERROR, "message": " "}),
        ("json", 400, JSON, {"__type": f"com.amazonaws.directconnect#{CLIENT_ERROR}", "message": "x"}),
        ("cbor", 400, CBOR, {"__type": CLIENT_ERROR, "message": "x"}),
    ],
)
def test_a_wrong_answer_does_not_pass(protocol, status, headers, document):
    encode = {"json": lambda value: json.dumps(value).encode(), "cbor": cbor2.dumps}[protocol]
    with pytest.raises(AssertionError):
        check(Answer("DeleteConnection", protocol, status, headers, encode(document)))


def test_a_right_answer_passes():
    moment = cbor2.CBORTag(1, 1767225600)
    connection = {"connectionId": "dxcon-ffffffff", "vlan": 1, "tags": [{"key": "k"}]}
    members = {"connectionId", "vlan", "tags", "tags.key", "loaIssueTime"}
    inputs = [
        ("json", JSON, json.dumps({**connection, "loaIssueTime": 1767225600.5}).encode()),
        ("cbor", CBOR, cbor2.dumps({**connection, "loaIssueTime": moment})),
    ]
    for protocol, headers, body in inputs:
        assert check(Answer("DeleteConnection", protocol, 200, headers, body)) == members
