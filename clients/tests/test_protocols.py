"""Both protocols of the model, each with botocore's own codec, over one state."""

import json

import boto3
import botocore.session
import pytest
from botocore.config import Config

from drive.clients import REGION, SECRET
from drive.orders import connection, lag, order, order_lag, refused

PROTOCOLS = ["json", "smithy-rpc-v2-cbor"]


def speaking(protocol, folder, url, account):
    """A client that knows of this protocol alone: botocore merges such a file into its own model."""
    extras = folder / "directconnect" / "2012-10-25" / "service-2.sdk-extras.json"
    extras.parent.mkdir(parents=True)
    extras.write_text(json.dumps({"version": 1.0, "merge": {"metadata": {"protocols": [protocol]}}}))
    session = botocore.session.Session()
    session.get_component("data_loader").search_paths.insert(0, str(folder))
    client = boto3.Session(botocore_session=session).client(
        "directconnect",
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id=account,
        aws_secret_access_key=SECRET,
        config=Config(retries={"total_max_attempts": 1}),
    )
    assert client.meta.service_model.resolved_protocol == protocol
    return client


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_lag_walk(instant, account, tmp_path, protocol):
    dx = speaking(protocol, tmp_path, instant.url, account)
    sent = []
    dx.meta.events.register("before-send.*", lambda request, **_: sent.append(request))
    g1, _ = order_lag(dx, tags=[{"key": "team", "value": "network"}])
    c1 = order(dx, "ünïcode ✓")
    assert dx.associate_connection_with_lag(connectionId=c1, lagId=g1)["lagId"] == g1
    seen = lag(dx, g1)
    assert (seen["lagState"], seen["numberOfConnections"], seen["minimumLinks"]) == ("available", 2, 0)
    assert seen["tags"] == [{"key": "team", "value": "network"}] and seen["macSecKeys"] == []
    assert (connection(dx, c1)["connectionName"], connection(dx, c1)["jumboFrameCapable"]) == ("ünïcode ✓", True)
    with refused("Could not find Lag with ID dxlag-ffffffff"):
        dx.describe_lags(lagId="dxlag-ffffffff")
    assert dx.describe_locations()["locations"]
    assert {("smithy-protocol" in request.headers) for request in sent} == {protocol == "smithy-rpc-v2-cbor"}


def test_what_one_protocol_makes_the_other_sees(instant, dx, account, tmp_path):
    other = speaking("smithy-rpc-v2-cbor", tmp_path, instant.url, account)
    c1 = order(other)
    answers = [one.describe_connections(connectionId=c1)["connections"] for one in (dx, other)]
    assert answers[0] == answers[1]
