"""A client that repeats a call because its answer was lost, with botocore's own retries."""

import pytest

from drive.clients import client
from drive.faults import LosingProxy
from drive.orders import lag, order, order_lag


@pytest.mark.parametrize("mode", ["legacy", "standard"])
@pytest.mark.parametrize("store", ["memory:", "directory"])
def test_an_order_whose_answer_was_lost_is_one_order(start, account, tmp_path, mode, store):
    server = start("--store", str(tmp_path / "store") if store == "directory" else store)
    with LosingProxy(server.url, losses=2) as proxy:
        impatient = client(proxy.url, account, retries={"mode": mode, "total_max_attempts": 3})
        answer = impatient.create_connection(location="EqDC2", bandwidth="1Gbps", connectionName="c1")
        assert answer["ResponseMetadata"]["RetryAttempts"] == 2 and proxy.lost == 2
    [only] = client(server.url, account).describe_connections()["connections"]
    assert only["connectionId"] == answer["connectionId"]


def test_an_association_whose_answer_was_lost_is_not_refused(instant, dx, account):
    g1, _ = order_lag(dx)
    c1 = order(dx)
    with LosingProxy(instant.url, losses=1) as proxy:
        impatient = client(proxy.url, account, retries={"mode": "standard"})
        answer = impatient.associate_connection_with_lag(connectionId=c1, lagId=g1)
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1 and answer["lagId"] == g1
    assert lag(dx, g1)["numberOfConnections"] == 2


def test_two_orders_alike_are_two_orders(dx):
    assert order(dx) != order(dx)
