"""Several nodes over one etcd, behind a balancer: what an unmodified client notices of a node that dies, which is nothing."""

import threading
import time

import pytest

from drive import etcd
from drive.balancer import Balancer
from drive.clients import client

NODES = 3
CLIENTS = 4
# How many calls each client makes after each death.
CALLS = 6
PATIENCE_S = 60


@pytest.fixture(scope="module")
def member():
    """An etcd, where there is one."""
    program = etcd.binary()
    if program is None:
        pytest.skip("there is no etcd on this machine; cargo xtask test fetches one where it can")
    one = etcd.Etcd(program)
    yield one
    one.stop()


@pytest.fixture
def nodes(member, start, request, tmp_path):
    (tmp_path / "cluster.toml").write_text("[quotas]\nconnections_per_location = 4000\n[plant]\nports_per_speed = 4096\n")
    flags = ["--store", member.place(request.node.name), "--lifecycle", "instant", "--config", "cluster.toml"]
    return [start(*flags) for _ in range(NODES)]


def names(node, account):
    return sorted(one["connectionName"] for one in client(node.url, account).describe_connections()["connections"])


def test_a_call_whose_node_dies_with_the_answer_is_done_once(nodes, account):
    died = []

    def dies(number):
        # It has committed, and answered: nobody hears of it.
        nodes[number].kill()
        died.append(number)
        return True

    with Balancer([node.url for node in nodes], first_answer=dies) as balancer:
        answer = client(balancer.url, account).create_connection(
            location="EqDC2", bandwidth="1Gbps", connectionName="once"
        )
    assert len(died) == 1 and answer["ResponseMetadata"]["RetryAttempts"] >= 1
    for node in (node for number, node in enumerate(nodes) if number not in died):
        [only] = client(node.url, account).describe_connections()["connections"]
        assert only["connectionId"] == answer["connectionId"]


def test_nodes_that_die_under_load_are_not_noticed(nodes, account):
    made, failures = [[] for _ in range(CLIENTS)], []
    over = threading.Event()

    def work(number, url):
        # As anybody makes one: with the SDK's own retries.
        one = client(url, account)
        try:
            while not over.is_set():
                name = f"c{number}-{len(made[number])}"
                answer = one.create_connection(location="EqDC2", bandwidth="1Gbps", connectionName=name)
                made[number].append(name)
                [seen] = one.describe_connections(connectionId=answer["connectionId"])["connections"]
                assert seen["connectionName"] == name
        except Exception as failure:
            failures.append(failure)

    def go_on():
        """Waits until each client has made some more calls."""
        wanted = [len(one) + CALLS for one in made]
        until = time.monotonic() + PATIENCE_S
        while any(len(one) < many for one, many in zip(made, wanted)) and not failures:
            assert time.monotonic() < until, "nothing is done any more"
            time.sleep(0.01)

    with Balancer([node.url for node in nodes]) as balancer:
        threads = [threading.Thread(target=work, args=(n, balancer.url), daemon=True) for n in range(CLIENTS)]
        for one in threads:
            one.start()
        go_on()
        for node in nodes[1:]:
            node.kill()
            go_on()
        over.set()
        for one in threads:
            one.join(timeout=PATIENCE_S)
    assert failures == []
    assert names(nodes[0], account) == sorted(name for one in made for name in one), "each call is done once"
