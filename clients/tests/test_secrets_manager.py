"""Secrets of MACsec keys in a Secrets Manager: `moto_server`, where it is installed."""

import json

import pytest
from botocore.exceptions import ClientError

from drive import ec2, faults, server as process
from drive.clients import client
from drive.orders import connection, order, refused

pytestmark = pytest.mark.skipif(not ec2.installed(), reason="moto_server is not installed")

CKN, CAK, OTHER_CAK = "a" * 64, "b" * 64, "c" * 64
NAME = f"directconnect!prod/us-east-1/directconnect/{CKN}"
PORT = {"bandwidth": "10Gbps", "requestMACSec": True}


class World:
    """A server, and the Secrets Manager that it is told of."""

    def __init__(self, binary, folder, before=lambda moto: moto.url):
        self.moto = ec2.Moto()
        flags = ["--store", "memory:", "--lifecycle", "instant", "--clock", "manual"]
        endpoint = ["--secrets-manager-endpoint", before(self.moto)]
        self.server = process.Server(binary, *flags, *endpoint, folder=folder)
        self.dx = client(self.server.url, "AKIAOURS")
        self.secrets = client(self.moto.url, "AKIAOURS", service="secretsmanager")

    def held(self, secret):
        # moto looks for the value by the stage only where it is named.
        return json.loads(self.secrets.get_secret_value(SecretId=secret, VersionStage="AWSCURRENT")["SecretString"])

    def names(self):
        return [secret["Name"] for secret in self.secrets.list_secrets()["SecretList"]]

    def end(self):
        self.server.kill()
        self.moto.kill()


@pytest.fixture
def world(binary, tmp_path):
    made = World(binary, tmp_path)
    yield made
    made.end()


def test_a_pair_is_held_in_a_secret_that_later_associations_name(world):
    c1, c2 = order(world.dx, **PORT), order(world.dx, name="c2", **PORT)
    [key] = world.dx.associate_mac_sec_key(connectionId=c1, ckn=CKN, cak=CAK)["macSecKeys"]
    assert world.secrets.describe_secret(SecretId=NAME)["ARN"] == key["secretARN"]
    assert world.held(NAME) == {"ckn": CKN, "cak": CAK}
    # Another CAK of the same name changes the secret that there is.
    [other] = world.dx.associate_mac_sec_key(connectionId=c2, ckn=CKN, cak=OTHER_CAK)["macSecKeys"]
    assert other["secretARN"] == key["secretARN"]
    assert world.held(key["secretARN"]) == {"ckn": CKN, "cak": OTHER_CAK}
    world.dx.disassociate_mac_sec_key(connectionId=c1, secretARN=key["secretARN"])
    assert world.names() == [NAME]
    [again] = world.dx.associate_mac_sec_key(connectionId=c1, secretARN=key["secretARN"])["macSecKeys"]
    assert again["ckn"] == CKN and connection(world.dx, c1)["portEncryptionStatus"] == "Encryption Up"


def test_a_secret_that_is_gone_or_about_to_be_is_refused(world):
    c1, c2 = order(world.dx, **PORT), order(world.dx, name="c2", **PORT)
    [key] = world.dx.associate_mac_sec_key(connectionId=c1, ckn=CKN, cak=CAK)["macSecKeys"]
    world.secrets.delete_secret(SecretId=NAME, RecoveryWindowInDays=7)
    with refused(key["secretARN"], "scheduled for deletion"):
        world.dx.associate_mac_sec_key(connectionId=c2, secretARN=key["secretARN"])
    world.secrets.restore_secret(SecretId=NAME)
    world.dx.associate_mac_sec_key(connectionId=c2, secretARN=key["secretARN"])
    world.secrets.delete_secret(SecretId=NAME, ForceDeleteWithoutRecovery=True)
    with refused(key["secretARN"], "names no secret"):
        world.dx.associate_mac_sec_key(connectionId=order(world.dx, name="c3", **PORT), secretARN=key["secretARN"])


def test_a_call_that_is_refused_or_rehearsed_leaves_no_secret(world):
    plain = order(world.dx, bandwidth="10Gbps")
    with refused("not MACsec capable"):
        world.dx.associate_mac_sec_key(connectionId=plain, ckn=CKN, cak=CAK)
    c1 = order(world.dx, name="c2", **PORT)
    dry = client(world.server.url, "AKIAOURS")
    header = lambda params, **_: params["headers"].update({"x-crossconnect-dry-run": "true"})
    dry.meta.events.register("before-call.direct-connect", header)
    dry.associate_mac_sec_key(connectionId=c1, ckn=CKN, cak=CAK)
    assert world.names() == []


@pytest.mark.parametrize("had_another_value", [False, True])
def test_a_call_that_is_refused_after_its_rehearsal_takes_back_what_it_gave(binary, tmp_path, had_another_value):
    """Between the rehearsal and the decision the port is deleted: the Secrets Manager has been asked by then."""
    # AWS and moto alike: what a secret holds is changed by PutSecretValue where there is one.
    call = b"PutSecretValue" if had_another_value else b"CreateSecret"
    meddle = lambda moto: faults.MeddlingProxy(moto.url, call, lambda: world.dx.delete_connection(connectionId=c1)).url
    world = World(binary, tmp_path, meddle)
    try:
        c1 = order(world.dx, **PORT)
        if had_another_value:
            world.dx.associate_mac_sec_key(connectionId=order(world.dx, name="c2", **PORT), ckn=CKN, cak=OTHER_CAK)
        with refused(c1, "deleted"):
            world.dx.associate_mac_sec_key(connectionId=c1, ckn=CKN, cak=CAK)
        if had_another_value:
            assert world.held(NAME) == {"ckn": CKN, "cak": OTHER_CAK}
        else:
            assert world.names() == []
    finally:
        world.end()


def test_a_key_goes_with_its_secret(world):
    used, waiting = order(world.dx, **PORT), order(world.dx, name="c2", **PORT)
    for one in (used, waiting):
        [key] = world.dx.associate_mac_sec_key(connectionId=one, ckn=CKN, cak=CAK)["macSecKeys"]
    world.dx.update_connection(connectionId=used, encryptionMode="must_encrypt")
    world.secrets.delete_secret(SecretId=NAME, RecoveryWindowInDays=7)
    world.server.control("POST", "clock", {"advance": "PT1S"})
    # Whoever looks first asks, and from then on the 30 days count.
    assert connection(world.dx, used)["macSecKeys"][0]["state"] == "associated"
    with refused(key["secretARN"], "scheduled for deletion"):
        world.dx.associate_mac_sec_key(connectionId=order(world.dx, name="c3", **PORT), secretARN=key["secretARN"])
    world.server.control("POST", "clock", {"advance": "P29D"})
    world.secrets.restore_secret(SecretId=NAME)
    # A call that gives a key asks at once, whoever has asked before.
    world.dx.associate_mac_sec_key(connectionId=order(world.dx, name="c4", **PORT), ckn=CKN, cak=CAK)
    world.server.control("POST", "clock", {"advance": "P2D"})
    assert connection(world.dx, used)["macSecKeys"][0]["state"] == "associated"
    world.secrets.delete_secret(SecretId=NAME, ForceDeleteWithoutRecovery=True)
    with refused("names no secret"):
        missing = f"arn:aws:secretsmanager:us-east-1:123456789012:secret:{NAME}-AbCdEf"
        world.dx.associate_mac_sec_key(connectionId=waiting, secretARN=missing)
    world.server.control("POST", "clock", {"advance": "P30D"})
    gone = connection(world.dx, used)
    assert gone["macSecKeys"] == [] and gone["encryptionMode"] == "should_encrypt"
    assert gone["connectionState"] == "available"


def test_a_secret_of_another_form_is_none_of_ours(world):
    c1 = order(world.dx, **PORT)
    mine = world.secrets.create_secret(Name="my-key", SecretString="x")["ARN"]
    with refused("is not the ARN of a secret of AWS Direct Connect"):
        world.dx.associate_mac_sec_key(connectionId=c1, secretARN=mine)
    # One of the right form is: it was made before this server's store was.
    older = world.secrets.create_secret(Name=NAME, SecretString=json.dumps({"ckn": CKN, "cak": CAK}))["ARN"]
    assert world.dx.associate_mac_sec_key(connectionId=c1, secretARN=older)["macSecKeys"][0]["secretARN"] == older


def test_without_an_answer_no_key_is_changed(world):
    c1 = order(world.dx, **PORT)
    world.moto.kill()
    once = client(world.server.url, "AKIAOURS", retries={"total_max_attempts": 1})
    for given in ({"ckn": CKN, "cak": CAK}, {"secretARN": f"arn:aws:secretsmanager:us-east-1:123456789012:secret:{NAME}-AbCdEf"}):
        with pytest.raises(ClientError, match="Secrets Manager at .* no key was changed") as caught:
            once.associate_mac_sec_key(connectionId=c1, **given)
        assert caught.value.response["Error"]["Code"] == "DirectConnectServerException"
        assert CAK not in str(caught.value)
    assert connection(world.dx, c1)["macSecKeys"] == []
    assert CAK not in world.server.log.read_text()
