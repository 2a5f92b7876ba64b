"""Servers that live as long as the tests that share them. Every test has an account of its own, so they may share."""

import itertools

import pytest

from drive import clients, server as process

ACCOUNTS = itertools.count(200000000001)


@pytest.fixture(scope="session")
def binary():
    """The binary `crossconnect`."""
    return process.binary()


@pytest.fixture
def start(binary, tmp_path):
    """Starts servers that end with the test."""
    started = []

    def start(*arguments, **options):
        started.append(process.Server(binary, *arguments, folder=tmp_path, **options))
        return started[-1]

    yield start
    for one in started:
        one.kill()


def shared(binary, folder, *arguments):
    # All tests order at the same places: no device may run out of ports, since where the next port is would depend on them.
    (folder / "crossconnect.toml").write_text("plant.ports_per_speed = 4096\n")
    one = process.Server(binary, "--store", "memory:", "--config", "crossconnect.toml", *arguments, folder=folder)
    yield one
    assert one.process.poll() is None, f"the server ended by itself: {one.log.read_text()}"
    assert one.stop() == 0, one.log.read_text()
    log = one.log.read_text()
    assert "panicked" not in log, log


@pytest.fixture(scope="session")
def instant(binary, tmp_path_factory):
    """A server on which everything is over before the next call."""
    yield from shared(binary, tmp_path_factory.mktemp("instant"), "--lifecycle", "instant")


@pytest.fixture(scope="session")
def manual(binary, tmp_path_factory):
    """A server on which everything takes as long as on the real service, under a clock that the test moves."""
    folder = tmp_path_factory.mktemp("manual")
    yield from shared(binary, folder, "--lifecycle", "realistic", "--clock", "manual")


@pytest.fixture
def account():
    """An account that no other test has."""
    return str(next(ACCOUNTS))


@pytest.fixture
def other_account():
    """Another one."""
    return str(next(ACCOUNTS))


@pytest.fixture
def dx(instant, account):
    """A client of the server on which nothing takes time."""
    return clients.client(instant.url, account)


@pytest.fixture
def slow(manual, account):
    """A client of the server whose clock the test moves."""
    return clients.client(manual.url, account)


@pytest.fixture(params=clients.PROTOCOLS)
def speak(request, instant, tmp_path):
    """Makes clients of any account, first in the one protocol, then in the other."""
    return lambda account: clients.speaking(request.param, tmp_path, instant.url, account)


@pytest.fixture
def us(speak, account):
    """A client of the server on which nothing takes time, in either protocol."""
    return speak(account)


@pytest.fixture
def them(speak, other_account):
    """One of another account, in the same protocol."""
    return speak(other_account)
