"""MACsec keys, in both protocols; and that a CAK is nowhere to be found once it was given."""

import base64
import hashlib
import re

import pytest

from drive.clients import PROTOCOLS, client, speaking
from drive.faults import LosingProxy
from drive.orders import connection, lag, order, order_lag, refused

CKN, OTHER_CKN, CAK = "a" * 64, "B" * 64, "c" * 64
PORT = {"bandwidth": "10Gbps", "requestMACSec": True}


def arn(account, ckn):
    """What the ARN of a key's secret looks like."""
    name = re.escape(f"directconnect!prod/us-east-1/directconnect/{ckn}")
    return re.compile(rf"arn:aws:secretsmanager:us-east-1:{account}:secret:{name}-[0-9A-Za-z]{{6}}")


def test_a_key_comes_and_goes(us, account):
    c1 = order(us, **PORT)
    made = us.associate_mac_sec_key(connectionId=c1, ckn=CKN, cak=CAK)
    [key] = made["macSecKeys"]
    assert (made["connectionId"], key["ckn"], key["state"]) == (c1, CKN, "associating")
    assert arn(account, CKN).fullmatch(key["secretARN"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", key["startOn"])
    seen = connection(us, c1)
    assert seen["macSecKeys"] == [key | {"state": "associated"}]
    assert (seen["portEncryptionStatus"], seen["connectionState"]) == ("Encryption Up", "available")
    gone = us.disassociate_mac_sec_key(connectionId=c1, secretARN=key["secretARN"])
    assert gone["macSecKeys"] == [key | {"state": "disassociating"}]
    seen = connection(us, c1)
    assert (seen["macSecKeys"], seen["portEncryptionStatus"]) == ([], "Encryption Down")
    # The secret outlives its association.
    [again] = us.associate_mac_sec_key(connectionId=c1, secretARN=key["secretARN"])["macSecKeys"]
    assert again["secretARN"] == key["secretARN"] and again["ckn"] == CKN


def test_members_have_the_keys_of_their_lag(us, account):
    g1, [c1, c2] = order_lag(us, connections=2, connectionsBandwidth="10Gbps", requestMACSec=True)
    [key] = us.associate_mac_sec_key(connectionId=g1, ckn=OTHER_CKN, cak=CAK)["macSecKeys"]
    assert arn(account, OTHER_CKN).fullmatch(key["secretARN"])
    us.update_lag(lagId=g1, encryptionMode="must_encrypt")
    seen = lag(us, g1)
    assert seen["lagState"] == "available" and len(seen["macSecKeys"]) == 1
    assert [one["macSecKeys"] for one in seen["connections"]] == [seen["macSecKeys"]] * 2
    with refused(f"MACsec keys cannot be changed on {c1}, a member of {g1}"):
        us.disassociate_mac_sec_key(connectionId=c1, secretARN=key["secretARN"])
    us.disassociate_connection_from_lag(connectionId=c2, lagId=g1)
    alone = connection(us, c2)
    assert (alone["macSecKeys"], alone["encryptionMode"]) == ([], "should_encrypt")


def test_the_far_end_has_other_keys(instant, us):
    c1 = order(us, **PORT)
    us.associate_mac_sec_key(connectionId=c1, ckn=CKN, cak=CAK)
    us.update_connection(connectionId=c1, encryptionMode="must_encrypt")
    cut = instant.control("PUT", f"macsec/{c1}", {"peer": "mismatch"})
    assert cut == {"connectionId": c1, "peer": "mismatch", "interrupts": [c1]}
    assert connection(us, c1)["connectionState"] == "down"
    instant.control("PUT", f"macsec/{c1}", {"peer": CKN.upper()})
    assert connection(us, c1)["portEncryptionStatus"] == "Encryption Up"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "neither"),
        ({"ckn": CKN}, "ckn without cak"),
        ({"ckn": CKN, "cak": "12"}, "cak is not 64 hexadecimal digits"),
        ({"ckn": "12", "cak": CAK}, "ckn 12 is not"),
        ({"ckn": CKN, "cak": CAK, "secretARN": "nonsense"}, "both"),
        ({"secretARN": "nonsense"}, "secretARN nonsense"),
    ],
)
def test_what_is_no_key_is_refused(us, given, says):
    with refused(says):
        us.associate_mac_sec_key(connectionId=order(us, **PORT), **given)


def forms(cak):
    """Everything that gives a CAK away: as it is written, as bytes, and as what lets a guess be tried at once."""
    for spelled in (cak.lower(), cak.upper(), cak):
        for plain in (spelled.encode(), bytes.fromhex(spelled)):
            digest = hashlib.sha256(plain)
            yield from (plain, base64.b64encode(plain), digest.digest(), digest.hexdigest().encode())


# A secret of each call, so that what is found says where it was given.
CAKS = {what: hashlib.sha256(what.encode()).hexdigest() for what in ("held", "refused", "repeated", "rehearsed", "malformed")}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_cak_is_nowhere_once_it_was_given(start, account, tmp_path, protocol):
    store = tmp_path / "store"
    server = start("--store", str(store), "--lifecycle", "instant", "--log", "trace", "--log-format", "json")
    answers = []

    def speak(url):
        spoken = speaking(protocol, tmp_path / "model", url, account)
        spoken.meta.events.register("before-parse.direct-connect", lambda response_dict, **_: answers.append(response_dict))
        return spoken

    dx = speak(server.url)
    c1, c2 = order(dx, **PORT), order(dx, name="c2", **PORT)
    dx.associate_mac_sec_key(connectionId=c1, ckn=CKN, cak=CAKS["held"])
    with refused("already associated"):
        dx.associate_mac_sec_key(connectionId=c1, ckn=CKN, cak=CAKS["refused"].upper())
    with refused("is not shown"):
        dx.associate_mac_sec_key(connectionId=c1, ckn=OTHER_CKN, cak=CAKS["malformed"] + "0")
    with LosingProxy(server.url, losses=1) as proxy:
        url = proxy.url
        impatient = client(url, account, retries={"mode": "standard"})
        repeated = impatient.associate_mac_sec_key(connectionId=c2, ckn=CKN, cak=CAKS["repeated"])
        assert repeated["ResponseMetadata"]["RetryAttempts"] == 1
    dry = client(server.url, account)
    header = lambda params, **_: params["headers"].update({"x-crossconnect-dry-run": "true"})
    dry.meta.events.register("before-call.direct-connect", header)
    dry.associate_mac_sec_key(connectionId=c1, ckn=OTHER_CKN, cak=CAKS["rehearsed"])
    answers.append(str(dx.describe_connections()["connections"]).encode())
    answers.append(str(server.control("GET", f"resources/{c1}/timeline")).encode())
    assert server.stop() == 0

    written = {str(path): path.read_bytes() for path in [*store.rglob("*"), server.log] if path.is_file()}
    # Every file was looked at, and what may be there is.
    assert any(c1.removeprefix("dxcon-").encode() in content for content in written.values())
    assert any(CKN.encode() in content for content in written.values())
    assert b"AssociateMacSecKey" in server.log.read_bytes()
    for number, answer in enumerate(answers):
        written[f"answer {number}"] = answer if isinstance(answer, bytes) else str(answer).encode()
    found = {
        (what, place)
        for what, cak in CAKS.items()
        for form in forms(cak)
        for place, content in written.items()
        if form in content
    }
    assert not found
