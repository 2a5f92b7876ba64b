"""What was acknowledged is still there after the process was killed, with boto3."""

import signal

from drive.clients import client
from drive.orders import connection, lag, order, order_lag

ALL = [("describe_connections", "connections"), ("describe_lags", "lags"), ("describe_locations", "locations")]


def everything(dx):
    """All that the account sees."""
    seen = {key: getattr(dx, call)()[key] for call, key in ALL}
    for one in seen["connections"] + seen["lags"]:
        one["tags"].sort(key=lambda tag: tag["key"])
    return seen


def test_a_killed_server_has_forgotten_nothing(start, account, tmp_path):
    arguments = ["--store", str(tmp_path / "store"), "--lifecycle", "instant"]
    server = start(*arguments)
    dx = client(server.url, account)
    g1, _ = order_lag(dx, connections=2, tags=[{"key": "a", "value": "1"}])
    dx.update_lag(lagId=g1, minimumLinks=1)
    c1, c2 = order(dx, "c1"), order(dx, "c2")
    dx.associate_connection_with_lag(connectionId=c1, lagId=g1)
    dx.delete_connection(connectionId=c2)
    before = everything(dx)
    assert server.kill() == -signal.SIGKILL

    server = start(*arguments)
    dx = client(server.url, account)
    assert everything(dx) == before
    assert connection(dx, c1)["lagId"] == g1 and lag(dx, g1)["numberOfConnections"] == 3
    # It goes on where it was: the same member can leave, and a new one gets an id of its own.
    dx.disassociate_connection_from_lag(connectionId=c1, lagId=g1)
    assert order(dx, "c3") not in {c1, c2}


def test_each_acknowledged_order_survives_its_own_kill(start, account, tmp_path):
    ordered = []
    for number in range(5):
        server = start("--store", str(tmp_path / "store"))
        dx = client(server.url, account)
        assert [one["connectionId"] for one in dx.describe_connections()["connections"]] == ordered
        ordered.append(order(dx, f"c{number}"))
        server.kill()


def test_a_stopped_server_ends_well_and_has_forgotten_nothing(start, account, tmp_path):
    server = start("--store", str(tmp_path / "store"), "--lifecycle", "instant")
    dx = client(server.url, account)
    order(dx)
    before = everything(dx)
    assert server.stop() == 0
    server = start("--store", str(tmp_path / "store"), "--lifecycle", "instant")
    assert everything(client(server.url, account)) == before


def test_a_store_in_memory_begins_empty(start, account):
    server = start("--store", "memory:")
    order(client(server.url, account))
    server.stop()
    server = start("--store", "memory:")
    assert client(server.url, account).describe_connections()["connections"] == []
