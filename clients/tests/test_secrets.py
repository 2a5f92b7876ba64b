"""Secrets are where they belong and nowhere else: planted ones are looked for in logs at every level, metrics, events,
timelines, the store's files, snapshots, and every answer to every account."""

import json
import re
import resource
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from drive import certificates, model
from drive.clients import REGION
from drive.hunt import Hunt, files, forms
from drive.model_inputs import GOOD

OWNER, TENANT, STRANGER = "111111111111", "222222222222", "333333333333"
ROLE = f"arn:aws:iam::{OWNER}:role/deploy"
TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{OWNER}:root"}, "Action": "sts:AssumeRole"}]}

# Each has characters that some form writes otherwise.
SECRETS = {account: f"pl4nted+secret/of={account}&<\">key" for account in (OWNER, TENANT, STRANGER)}
USER, USERS_SECRET = "OFANN", "pl4nted+for<ann>/&key"
REGISTERED = "444444444444"
GIVEN = {name: f'g1ven<{name}>&"key/+\\0' for name in ("private", "public", "transit", "allocated", "peer")}
CKN, OTHER_CKN = "ab" * 32, "cd" * 32
CAK, OTHER_CAK, REFUSED_CAK = "c0ffee12" * 8, "5ec12e74" * 8, "bad5ec12" * 7 + "bad5ec1"
REFUSED_KEY = "r3fused<&>\"/+key" * 6
START_S = 30
# The addresses of BGP peers that calls here give.
ENDS = re.compile(r"175\.4[57]\.\d+\.[12]\b")


class Party:
    """An account's client, and every answer that it got."""

    def __init__(self, url, account, secret, key=None):
        self.account, self.key, self.secret, self.answers = account, key or f"AKIA{account}", secret, []
        self.dx = self._client(url, "directconnect", secret)
        self.sts = self._client(url, "sts", secret)

    def _client(self, url, service, secret):
        config = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
        client = boto3.client(
            service, endpoint_url=url, region_name=REGION, aws_access_key_id=self.key,
            aws_secret_access_key=secret, config=config,
        )
        client.meta.events.register("after-call.*", self._note)
        return client

    def _note(self, http_response, model, **_):
        head = json.dumps(dict(http_response.headers)).encode()
        self.answers.append((model.name, head + b"\n" + http_response.content))

    def call(self, operation, value):
        """A call by the API's own names; its answer, or what it was refused with."""
        method = self.dx.meta.method_to_api_mapping
        [name] = [name for name, known in method.items() if known == operation]
        try:
            return getattr(self.dx, name)(**value)
        except ClientError as error:
            return error


@pytest.fixture
def folder(tmp_path, monkeypatch):
    # Every client here trusts the server's authority.
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificates.write(tmp_path)))
    key = '[[account.key]]\naccess_key_id = "AKIA{0}"\nsecret = {1}\nroot = true\n'
    accounts = [f'[[account]]\nid = "{account}"\n' + key.format(account, json.dumps(secret))
                for account, secret in SECRETS.items()]
    accounts[0] += f'[[account.user]]\nname = "ann"\npolicies = ["all.json"]\n[[account.user.key]]\naccess_key_id = "AKIA{USER}"\n'
    accounts[0] += f"secret = {json.dumps(USERS_SECRET)}\n"
    accounts[0] += '[[account.role]]\nname = "deploy"\ntrust = "trust.json"\npolicies = ["all.json"]\n'
    (tmp_path / "accounts.toml").write_text("\n".join(accounts))
    (tmp_path / "accounts.toml").chmod(0o600)
    (tmp_path / "trust.json").write_text(json.dumps(TRUST))
    (tmp_path / "all.json").write_text(json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}))
    return tmp_path


class World:
    """A server at its most talkative, and those who call it."""

    def __init__(self, start, folder):
        self.start, self.folder, self.hunt = start, folder, Hunt()
        self.said = []
        self.serve("compact")
        self.parties = {account: Party(self.server.url, account, secret) for account, secret in SECRETS.items()}
        for account, secret in SECRETS.items():
            self.hunt.add(f"the secret key of {account}", secret)
        self.hunt.add("the operator's token", (folder / "data/operator-token").read_text().strip())
        key = (folder / "data.key").read_text().strip()
        self.hunt.add("the operator's key", key)
        self.hunt.add("the operator's key in bytes", bytes.fromhex(key))
        for what, part in certificates.secrets(folder).items():
            self.hunt.add(f"of the certificate's key {what}", part)
        for what, cak in (("a CAK", CAK), ("another CAK", OTHER_CAK), ("a refused CAK", REFUSED_CAK)):
            self.hunt.add(what, cak)
            self.hunt.add(f"{what} in bytes", bytes.fromhex(cak[:62]))

    def serve(self, log_format):
        flags = ["--store", "data", "--auth", "sigv4", "--accounts", "accounts.toml", "--lifecycle", "instant"]
        flags += ["--tls-certificate", "certificate.pem", "--tls-key", "key.pem"]
        flags += ["--log", "trace", "--log-format", log_format, "--ec2-gateways", "trusted"]
        self.server = self.start(*flags, log=self.folder / f"{log_format}.log")

    def trust(self):
        return ssl.create_default_context(cafile=self.folder / "ca.pem")

    def command(self, binary, *arguments):
        """What a command of the operator's prints."""
        done = subprocess.run(
            [binary, *arguments], cwd=self.folder, capture_output=True, timeout=START_S, check=False)
        assert done.returncode == 0, (arguments, done.stderr)
        self.said.append((" ".join(arguments), done.stdout + done.stderr))
        return done.stdout

    def control(self, method, path, body=None):
        """A call of the operator's; what it said."""
        token = (self.folder / "data/operator-token").read_text().strip()
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        url = f"{self.server.url}/_crossconnect/{path}"
        request = urllib.request.Request(url, method=method, data=data, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=START_S, context=self.trust()) as answer:
                said = answer.read()
        except urllib.error.HTTPError as error:
            with error:
                said = error.read()
        self.said.append((f"{method} {path}", said))
        return said

    def events(self):
        """All events so far, as a reader hears them."""
        token = (self.folder / "data/operator-token").read_text().strip()
        host = self.server.url.removeprefix("https://")
        plain = socket.create_connection(host.split(":"), timeout=START_S)
        with self.trust().wrap_socket(plain, server_hostname="127.0.0.1") as stream:
            head = f"GET /_crossconnect/events HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\nlast-event-id: 0\r\n\r\n"
            stream.sendall(head.encode())
            heard, until = b"", time.monotonic() + START_S
            # Its end is the moment in which nothing more comes; what has come by then is looked through.
            stream.settimeout(2)
            try:
                while time.monotonic() < until and (part := stream.recv(65536)):
                    heard += part
            except TimeoutError:
                pass
        self.said.append(("events", heard))
        return heard


def interface(kind, name, vlan, **more):
    ends = {"amazonAddress": f"175.47.{vlan}.1/30", "customerAddress": f"175.47.{vlan}.2/30"}
    public = {"routeFilterPrefixes": [{"cidr": f"175.47.{vlan}.0/24"}]} if kind == "public" else {}
    return {"virtualInterfaceName": name, "vlan": vlan, "asn": 65001, **ends, **public, **more}


def build(world):
    """Every kind of thing that has a secret; the ids, and which keys its owners may see."""
    owner, tenant = world.parties[OWNER], world.parties[TENANT]
    port = {"location": "EqDC2", "bandwidth": "10Gbps", "requestMACSec": True}
    made = {"connection": owner.dx.create_connection(connectionName="planted-name", **port)["connectionId"]}
    made["lag"] = owner.dx.create_lag(
        numberOfConnections=1, location="EqDC2", connectionsBandwidth="10Gbps", lagName="g1", requestMACSec=True)["lagId"]
    made["secret"] = owner.dx.associate_mac_sec_key(connectionId=made["connection"], ckn=CKN, cak=CAK)["macSecKeys"][0]["secretARN"]
    owner.dx.associate_mac_sec_key(connectionId=made["lag"], ckn=OTHER_CKN, cak=OTHER_CAK)
    gateway = owner.dx.create_direct_connect_gateway(directConnectGatewayName="d1")["directConnectGateway"]
    made["gateway"] = gateway["directConnectGatewayId"]
    transit = owner.dx.create_direct_connect_gateway(directConnectGatewayName="d3")["directConnectGateway"]
    through = {"directConnectGatewayId": transit["directConnectGatewayId"]}
    theirs = tenant.dx.create_direct_connect_gateway(directConnectGatewayName="d2")["directConnectGateway"]
    led, on = {"directConnectGatewayId": made["gateway"]}, {"connectionId": made["connection"]}
    made["private"] = owner.dx.create_private_virtual_interface(
        **on, newPrivateVirtualInterface=interface("private", "v1", 101, authKey=GIVEN["private"], **led))
    made["public"] = owner.dx.create_public_virtual_interface(
        **on, newPublicVirtualInterface=interface("public", "v2", 102, authKey=GIVEN["public"]))
    made["transit"] = owner.dx.create_transit_virtual_interface(
        connectionId=made["lag"], newTransitVirtualInterface=interface("transit", "v3", 103, authKey=GIVEN["transit"], **through))["virtualInterface"]
    made["drawn"] = owner.dx.create_private_virtual_interface(
        **on, newPrivateVirtualInterface=interface("private", "v4", 104, **led))
    for name, vlan, more in (("allocated", 105, {"authKey": GIVEN["allocated"]}), ("allocated, drawn", 106, {})):
        made[name] = owner.dx.allocate_private_virtual_interface(
            **on, ownerAccount=TENANT, newPrivateVirtualInterfaceAllocation=interface("private", name, vlan, **more))
        tenant.dx.confirm_private_virtual_interface(
            virtualInterfaceId=made[name]["virtualInterfaceId"], directConnectGatewayId=theirs["directConnectGatewayId"])
    second = {"asn": 65002, "addressFamily": "ipv6", "authKey": GIVEN["peer"]}
    made["with two"] = owner.dx.create_bgp_peer(
        virtualInterfaceId=made["private"]["virtualInterfaceId"], newBGPPeer=second)["virtualInterface"]
    third = {"asn": 65003, "addressFamily": "ipv6"}
    made["with a drawn one"] = owner.dx.create_bgp_peer(
        virtualInterfaceId=made["drawn"]["virtualInterfaceId"], newBGPPeer=third)["virtualInterface"]
    for name, one in made.items():
        if isinstance(one, dict):
            for number, peer in enumerate(one["bgpPeers"]):
                world.hunt.add(f"BGP key {number} of {name}", peer["authKey"])
    return made


def use(world, made):
    """Whatever touches one of them: changes, refusals, repetitions, sessions, and the operator's calls."""
    owner, tenant = world.parties[OWNER], world.parties[TENANT]
    private = made["private"]["virtualInterfaceId"]
    for party in world.parties.values():
        party.dx.describe_virtual_interfaces()
    owner.dx.update_virtual_interface_attributes(virtualInterfaceId=private, mtu=8500)
    owner.dx.associate_virtual_interface(virtualInterfaceId=private, connectionId=made["lag"])
    for router in ("CiscoSystemsInc-2900SeriesRouters-IOS124", "JuniperNetworksInc-SRXSeriesRouters-JunOS95"):
        shown = owner.dx.describe_router_configuration(virtualInterfaceId=private, routerTypeIdentifier=router)
        assert shown["customerRouterConfig"]
    owner.dx.start_bgp_failover_test(virtualInterfaceId=private)
    owner.dx.stop_bgp_failover_test(virtualInterfaceId=private)
    refused(world, made)
    repeated(world, made)
    user = world.parties[USER] = Party(world.server.url, USER, USERS_SECRET)
    world.hunt.add("a user's secret key", USERS_SECRET)
    assumed = user.sts.assume_role(RoleArn=ROLE, RoleSessionName="s1")["Credentials"]
    passing = tenant.sts.get_session_token()["Credentials"]
    for what, credentials in (("a role", assumed), ("a user", passing)):
        world.hunt.add(f"the session secret of {what}", credentials["SecretAccessKey"])
        world.hunt.add(f"the session token of {what}", credentials["SessionToken"])
        session = boto3.client(
            "directconnect", endpoint_url=world.server.url, region_name=REGION,
            aws_access_key_id=credentials["AccessKeyId"], aws_secret_access_key=credentials["SecretAccessKey"],
            aws_session_token=credentials["SessionToken"])
        session.describe_connections()
    for party in world.parties.values():
        for operation in model.OPERATIONS:
            for value in GOOD[operation]:
                party.call(operation, named(value, made))
    operated(world, made)


def named(value, made):
    """A good input of the model's tests, about what there is here; what only reads is asked whole."""
    ids = {name: made[name]["virtualInterfaceId"] for name in ("private", "public", "transit", "drawn", "allocated")}
    known = {"$s1": ids["private"], "$s0": ids["public"], "$s2": ids["drawn"], "$s3": ids["transit"], "$v1": ids["allocated"],
             "$h1": ids["allocated"], "$c1": made["connection"], "$c3": made["connection"], "$g1": made["lag"],
             "$d1": made["gateway"], "$d2": made["gateway"], "$k1": made["secret"], "$account": OWNER, "$other": TENANT,
             "b" * 64: CKN, "c" * 64: CAK}
    if isinstance(value, dict):
        # A page's token of another world would be all that is refused.
        return {name: named(member, made) for name, member in value.items() if name not in ("nextToken", "maxResults")}
    if isinstance(value, list):
        return [named(element, made) for element in value]
    return known.get(value, value) if isinstance(value, str) else value


def refused(world, made):
    """Sensitive members that break a rule, in their type, their length, their place, or with a caller who may not."""
    owner, on = world.parties[OWNER], {"connectionId": made["connection"]}
    world.hunt.add("a refused BGP key", REFUSED_KEY)
    odd = [REFUSED_KEY, [REFUSED_KEY], {"authKey": REFUSED_KEY}]
    new = interface("private", "v9", 999)
    calls = [("CreatePrivateVirtualInterface", {**on, "newPrivateVirtualInterface": {**new, "authKey": key}}) for key in odd]
    calls += [("CreatePublicVirtualInterface", {**on, "newPublicVirtualInterface": {**new, "authKey": key}}) for key in odd]
    peer = {"asn": 65001, "addressFamily": "ipv4"}
    calls += [("CreateBGPPeer", {"virtualInterfaceId": "dxvif-none", "newBGPPeer": {**peer, "authKey": key}}) for key in odd]
    caks = [REFUSED_CAK, [REFUSED_CAK], {"cak": REFUSED_CAK}]
    calls += [("AssociateMacSecKey", {**on, "ckn": "ee" * 32, "cak": cak}) for cak in caks]
    calls += [("AssociateMacSecKey", {**on, "ckn": "short", "cak": CAK}), ("AssociateMacSecKey", {**on, "cak": CAK})]
    calls += [("AssociateMacSecKey", {"connectionId": "dxcon-unknown1", "ckn": CKN, "cak": CAK})]
    for operation, value in calls:
        for party in (owner, world.parties[STRANGER]):
            assert isinstance(party.call(operation, value), ClientError), (operation, value)
    # Whoever signs with another secret learns nothing, and leaves nothing behind.
    wrong = Party(world.server.url, OWNER, "wr0ng+secret/of<some>body&else\"")
    world.hunt.add("a wrong secret key", "wr0ng+secret/of<some>body&else\"")
    assert isinstance(wrong.call("DescribeConnections", {}), ClientError)
    world.parties["wrong"] = wrong


def repeated(world, made):
    """A write that an SDK repeats has its answer kept, which shows keys."""
    owner = world.parties[OWNER]

    def again(request, **_):
        request.context["retries"]["invocation-id"] = "the-same-again"

    # Before the header is made of it, and before that is signed.
    owner.dx.meta.events.register_first("request-created.directconnect", again)
    value = {"virtualInterfaceId": made["private"]["virtualInterfaceId"], "virtualInterfaceName": "renamed"}
    first, second = (owner.dx.update_virtual_interface_attributes(**value) for _ in range(2))
    assert first["authKey"] == second["authKey"] == made["private"]["authKey"]
    owner.dx.meta.events.unregister("request-created.directconnect", again)


def operated(world, made):
    """The control API, reads and writes."""
    ids = [one["virtualInterfaceId"] if isinstance(one, dict) else one for one in made.values()]
    for identity in ids:
        world.control("GET", f"resources/{identity}/timeline")
        world.control("POST", f"resources/{identity}/advance", {})
    for path in ("health", "metrics", "clock", "openapi.json", "snapshot"):
        world.control("GET", path)
    peer = made["private"]["bgpPeers"][0]["bgpPeerId"]
    world.control("PUT", f"bgp-peers/{peer}", {"session": "down"})
    world.control("PUT", f"ports/{made['connection']}", {"light": "off"})
    world.control("PUT", f"macsec/{made['connection']}", {"peer": CKN})
    assert b"data:" in world.events()


def registered(world):
    """Keys that the operator makes: each shows its secret in the answer that makes it, and that answer alone."""
    world.control("PUT", f"accounts/{REGISTERED}", {"name": "lab"})
    world.control("PUT", f"accounts/{REGISTERED}/users/ann", {"policies": []})
    made = json.loads(world.control("POST", f"accounts/{REGISTERED}/keys", {"root": True}))
    users = json.loads(world.control("POST", f"accounts/{REGISTERED}/keys", {"user": "ann"}))
    other = json.loads(world.control("POST", f"keys/{users['accessKeyId']}/rotate", {"keep": False}))
    for what, key in (("the root user", made), ("a user", users), ("a user anew", other)):
        world.hunt.add(f"the registered secret of {what}", key["secretAccessKey"])
    party = world.parties[REGISTERED] = Party(world.server.url, REGISTERED, made["secretAccessKey"], made["accessKeyId"])
    assert party.dx.describe_connections()["connections"] == []
    for path in ("accounts", f"accounts/{REGISTERED}/keys", f"keys/{made['accessKeyId']}"):
        assert made["accessKeyId"] in str(world.control("GET", path)) or path == "accounts"


def is_bgp(what):
    return "BGP key" in what and "refused" not in what


def rewritten(world, binary):
    """All of the store once more, as backups and restores write it."""
    asked = ("--server", world.server.url, "--token-file", "data/operator-token", "--endpoint-ca", "ca.pem")
    world.command(binary, "snapshot", "save", "of-server", *asked)
    world.server.kill()
    world.command(binary, "snapshot", "save", "of-store", "--store", "data")
    world.command(binary, "snapshot", "restore", "of-store", "--store", "again")
    world.command(binary, "snapshot", "inspect", "of-store")
    records = world.command(binary, "audit", "--json", "--last", "100000", "--store", "data")
    messages = [record["errorMessage"] for record in map(json.loads, records.splitlines()) if record.get("errorMessage")]
    assert any("[PROTECTED]" in message for message in messages)
    # Where its request stands without addresses and ASNs of BGP peers, a refusal does not bring them back.
    shown = [message for message in messages if ENDS.search(message)]
    assert not shown, shown


def test_secrets_are_found_nowhere_but_where_they_belong(start, binary, folder):
    world = World(start, folder)
    made = build(world)
    registered(world)
    use(world, made)
    assert world.server.stop() == 0
    world.serve("json")
    for party in world.parties.values():
        party.dx = party._client(world.server.url, "directconnect", party.secret)
    owner = world.parties[OWNER]
    after = owner.dx.describe_virtual_interfaces(virtualInterfaceId=made["transit"]["virtualInterfaceId"])
    assert after["virtualInterfaces"][0]["authKey"] == made["transit"]["authKey"], "keys are opened again after a restart"
    assert world.parties[REGISTERED].dx.describe_connections()["connections"] == [], "and so are registered secrets"
    world.control("GET", "snapshot")
    rewritten(world, binary)

    found = []
    own = {folder / name for name in ("accounts.toml", "data.key", "data/operator-token", "key.pem")}
    stored = b""
    for path, content in files(folder, without=own):
        stored += content if path.is_relative_to(folder / "again") else b""
        found += world.hunt.found(path.relative_to(folder), content)
    for where, said in world.said:
        # The answer that makes a key shows its secret.
        makes = where.startswith("POST ") and where.endswith(("/keys", "/rotate"))
        found += world.hunt.found(where, said, only=lambda what: not (makes and what.startswith("the registered secret")))
    for account, party in world.parties.items():
        # Keys of BGP sessions are shown to those at both ends of the interface, and to nobody else.
        for operation, answer in party.answers:
            sees_keys, is_made = account in (OWNER, TENANT, USER), operation in ("AssumeRole", "GetSessionToken")
            found += world.hunt.found(
                f"{operation} to {account}", answer,
                # What STS has just made is shown this once.
                only=lambda what: not (sees_keys and is_bgp(what) or is_made and what.startswith("the session ")),
            )
    tenants = [what for what in world.hunt.secrets if is_bgp(what) and "allocated" not in what]
    for operation, answer in world.parties[TENANT].answers:
        found += world.hunt.found(f"{operation} to the tenant", answer, only=lambda what: what in tenants)
    assert not found, "\n".join(found)

    # The search sees what is there.
    assert b"planted-name" in stored and "planted-name" in str(owner.answers)
    for account, whose in ((OWNER, "BGP key"), (TENANT, "of allocated")):
        shown = b"".join(answer for _, answer in world.parties[account].answers)
        wanted = {what for what in world.hunt.secrets if is_bgp(what) and whose in what}
        seen = {entry.split(" in ")[0] for entry in world.hunt.found("", shown)}
        assert wanted <= seen, wanted - seen


@pytest.mark.parametrize("secret", ["pl4nted/secret+<&>\"", "0xabcdefghijklmnopqrstuv"])
def test_the_search_knows_every_form(secret):
    hunt = Hunt()
    hunt.add("it", secret)
    for name, form in forms(secret).items():
        assert hunt.found("here", b"before" + form + b"after"), name
    assert not hunt.found("here", b"nothing of the kind")


def test_no_core_is_dumped(start, folder):
    """A process that crashes leaves no memory behind: neither in a file, nor for another process to read."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    server = start("--store", "memory:")
    with open(f"/proc/{server.process.pid}/limits") as limits:
        [core] = [line for line in limits if line.startswith("Max core file size")]
    assert core.split()[4:6] == ["0", "0"], (core, hard)
