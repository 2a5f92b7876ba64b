"""A small world in which every operation has something to do, and the words in which outcomes in it are compared."""

import re

from drive import model
from drive.model_wire import Wire
from drive.model_inputs import FILTERS, GOOD, KEY, PEER, PORT, PREFIXES, TAGS
from drive.orders import HERE

# What is the same whoever asks and whatever was done.
CONSTANT = {"DescribeLocations"}

# What must be said to see all that there is of what cannot be listed without.
ON_GATEWAYS = [{"directConnectGatewayId": name} for name in ("$d1", "$d2", "$d3")]
SELECTORS = {
    "DescribeDirectConnectGatewayAssociations": ON_GATEWAYS,
    "DescribeDirectConnectGatewayAttachments": ON_GATEWAYS,
    "DescribeHostedConnections": [{"connectionId": name} for name in ("$i1", "$i2", "$g3")],
}

# What a refusal must leave alone: everything that can be listed without saying what, or by saying so.
LISTS = sorted(
    name
    for name in GOOD.keys() - CONSTANT
    if name.startswith(("Describe", "List")) and (name in SELECTORS or not model.required_members(name))
)

# Whatever is drawn: ids of every kind (a resource's kind and a few letters, or a UUID), addresses and keys of peers, and
# how the ARNs of secrets end.
IDENTITY = re.compile(
    r"\bdx[a-z]+-[0-9a-z]+\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\bfd00:ec2:dc:[0-9a-f:]+|\b169\.254\.[0-9]+\.[0-9]+|\b0x[0-9A-Za-z._]{22}"
    r"|(?<=/[0-9a-f]{64})-[0-9A-Za-z]{6}\b"
)


# Members that are others in every world: moments, letters that name them, and where a page ends.
PASSING = {
    "nextToken": "$next", "routeInstalledAt": "$time", "startOn": "$time", "startTime": "$time", "endTime": "$time",
    "loaIssueTime": "$time", "loaContent": "$letter",
}


# An account whose port carries interfaces for the one that asks.
OTHER = "300000000002"


class World:
    """An emptied server, a few resources, and the names by which inputs and outcomes know them."""

    def __init__(self, server, wire, account):
        self.server, self.wire = server, wire
        self.names = {"$account": account, "$other": OTHER}
        server.control("POST", "reset", {})
        self._build(account)
        self.before = self.seen()

    def _build(self, account):
        port, pair = {**PORT, "bandwidth": "10Gbps"}, {**PORT, "connectionsBandwidth": "10Gbps"}
        for name in ("$c1", "$c2"):
            made = self._order("CreateConnection", {**port, "connectionName": name, "tags": TAGS})
            self.names[name] = made["connectionId"]
        key = {"connectionId": self.names["$c1"], "ckn": "a" * 64, "cak": "c" * 64}
        self.names["$k1"] = self._order("AssociateMacSecKey", key)["macSecKeys"][0]["secretARN"]
        for name, count in (("$g1", 2), ("$g2", 1)):
            made = self._order("CreateLag", {**pair, "lagName": name, "numberOfConnections": count, "tags": TAGS})
            self.names[name] = made["lagId"]
            if name == "$g1":
                self.names["$m1"], self.names["$m2"] = (member["connectionId"] for member in made["connections"])
        for name, kind in (("$c1", "dxcon"), ("$g1", "dxlag")):
            self.names[f"{name}.arn"] = f"arn:aws:directconnect:us-east-1:{account}:{kind}/{self.names[name]}"
        for name in ("$c1", "$m1"):
            self._order("DescribeLoa", {"connectionId": self.names[name]})
        self._build_groups(account)
        self._build_gateways(account)
        self._build_sessions()
        self._build_interfaces(account)
        self._build_interconnects(account)
        self.names["$connections.next"] = self._page("DescribeConnections")
        self.names["$lags.next"] = self._page("DescribeLags")
        self.names["$gateways.next"] = self._page("DescribeDirectConnectGateways")
        self.names["$proposals.next"] = self._page("DescribeDirectConnectGatewayAssociationProposals")
        selector = {"directConnectGatewayId": self.names["$d1"]}
        self.names["$associations.next"] = self._page("DescribeDirectConnectGatewayAssociations", selector)

    def _build_groups(self, account):
        """A resiliency group with a connection and a LAG in it, and one with nothing."""
        for name in ("$r1", "$r2"):
            group = {"resiliencyGroupName": name.strip("$"), "intendedResiliencyModel": "high-resiliency", "tags": TAGS}
            made = self._order("CreateResiliencyGroup", group)["resiliencyGroup"]
            self.names[name] = made["resiliencyGroupId"]
        self.names["$r1.arn"] = f"arn:aws:directconnect::{account}:dx-resiliency-group/{self.names['$r1']}"
        held = {"resiliencyGroupId": self.names["$r1"], "connectionIdentifiers": [self.names["$c2"], self.names["$g2"]]}
        self._order("AssociateConnectionsToResiliencyGroup", held)
        self.names["$groups.next"] = self._page("ListResiliencyGroups")
        in_group = {"resiliencyGroupId": self.names["$r1"]}
        self.names["$in_group.next"] = self._page("ListResiliencyGroupAssociations", in_group)

    def _build_sessions(self):
        """A public interface with routes, one with two peers, one with a peer to come, one under test."""
        order = {**PORT, "bandwidth": "10Gbps", "connectionName": "$c3"}
        parent = self.names["$c3"] = self._order("CreateConnection", order)["connectionId"]
        ends = {"amazonAddress": "175.45.177.1/30", "customerAddress": "175.45.177.2/30"}
        filters = {"routeFilterPrefixes": [{"cidr": "175.45.176.0/22"}]}
        public = {"virtualInterfaceName": "s0", "vlan": 200, **PEER, **ends, **filters}
        made = self._order("CreatePublicVirtualInterface", {"connectionId": parent, "newPublicVirtualInterface": public})
        self._name_interface("$s0", made)
        for number in (1, 2, 3):
            ends = {"amazonAddress": f"10.{number}.0.1/30", "customerAddress": f"10.{number}.0.2/30"}
            family = {"addressFamily": "ipv6", "authKey": KEY} if number == 2 else {**ends, "authKey": KEY}
            private = {"virtualInterfaceName": f"s{number}", "vlan": 200 + number, "asn": 65001, **family}
            private["virtualGatewayId"] = "vgw-0123456789abcdef0"
            value = {"connectionId": parent, "newPrivateVirtualInterface": private}
            self._name_interface(f"$s{number}", self._order("CreatePrivateVirtualInterface", value))
        second = {"asn": 65002, "addressFamily": "ipv6", "authKey": KEY}
        self._order("CreateBGPPeer", {"virtualInterfaceId": self.names["$s1"], "newBGPPeer": second})
        tested = {"virtualInterfaceId": self.names["$s3"]}
        self._order("StartBgpFailoverTest", tested)
        self._order("StopBgpFailoverTest", tested)
        test = self._order("StartBgpFailoverTest", tested)["virtualInterfaceTest"]
        self.names["$t1"] = test["testId"]
        self.names["$tests.next"] = self._page("ListVirtualInterfaceTestHistory")
        self.names["$routes.next"] = self._page("ListVirtualInterfaceRoutes", {"virtualInterfaceId": self.names["$s0"]})

    def _build_interfaces(self, account):
        """Two that lead to a gateway, and one of each kind that another account allocated."""
        for number in (1, 2):
            private = {"virtualInterfaceName": f"v{number}", "vlan": 210 + number, "asn": 65001, "authKey": KEY}
            private |= {"amazonAddress": f"10.{number}.1.1/30", "customerAddress": f"10.{number}.1.2/30", "tags": TAGS}
            value = {"connectionId": self.names["$c3"]}
            value["newPrivateVirtualInterface"] = {**private, "directConnectGatewayId": self.names["$d1"]}
            self._name_interface(f"$v{number}", self._order("CreatePrivateVirtualInterface", value))
        self.names["$v1.arn"] = f"arn:aws:directconnect:us-east-1:{account}:dxvif/{self.names['$v1']}"
        other = Wire(self.server.url, OTHER)
        port = {**PORT, "bandwidth": "10Gbps", "connectionName": "theirs"}
        parent = self._order("CreateConnection", port, other)["connectionId"]
        for number, kind in enumerate(("Private", "Public", "Transit"), 1):
            allocation = {"virtualInterfaceName": f"h{number}", "vlan": 200 + number, "asn": 65001, "authKey": KEY}
            allocation |= {"amazonAddress": f"175.45.{number}.1/30", "customerAddress": f"175.45.{number}.2/30"}
            allocation |= {"routeFilterPrefixes": FILTERS} if kind == "Public" else {}
            value = {"connectionId": parent, "ownerAccount": account, f"new{kind}VirtualInterfaceAllocation": allocation}
            made = self._order(f"Allocate{kind}VirtualInterface", value, other)
            self._name_interface(f"$h{number}", made.get("virtualInterface", made))
        other.close()
        on_it = {"connectionId": self.names["$c3"]}
        self.names["$interfaces.next"] = self._page("DescribeVirtualInterfaces", on_it)
        led = {"directConnectGatewayId": self.names["$d1"]}
        self.names["$attachments.next"] = self._page("DescribeDirectConnectGatewayAttachments", led)

    def _build_interconnects(self, account):
        """Last of all, the account is a partner: what it had is no partner's, and what it orders from here on is."""
        self.server.control("PUT", f"accounts/{account}", {"partner": "v2"})
        port = {"location": HERE, "bandwidth": "10Gbps", "requestMACSec": True, "tags": TAGS}
        for name in ("$i1", "$i2"):
            made = self._order("CreateInterconnect", {**port, "interconnectName": name})
            self.names[name] = made["interconnectId"]
        self._order("DescribeInterconnectLoa", {"interconnectId": self.names["$i1"]})
        pair = {**PORT, "connectionsBandwidth": "10Gbps", "lagName": "$g3", "numberOfConnections": 1}
        self.names["$g3"] = self._order("CreateLag", pair)["lagId"]
        hosted = {"connectionId": self.names["$i1"], "bandwidth": "1Gbps", "tags": TAGS}
        owners = (account, OTHER, account)
        for number, owner in enumerate(owners, 1):
            order = {**hosted, "ownerAccount": owner, "connectionName": f"hosted{number}", "vlan": 100 + number}
            made = self._order("AllocateHostedConnection", order)
            self.names[f"$hosted{number}"] = made["connectionId"]
        self._order("ConfirmConnection", {"connectionId": self.names["$hosted1"]})
        self._order("ConfirmCustomerAgreement", {"agreementName": "signed before"})
        on_it = {"connectionId": self.names["$i1"]}
        self.names["$hosted.next"] = self._page("DescribeHostedConnections", on_it)
        self.names["$interconnects.next"] = self._page("DescribeInterconnects")

    def _name_interface(self, name, made):
        self.names[name] = made["virtualInterfaceId"]
        self.names[f"{name}.p1"] = made["bgpPeers"][0]["bgpPeerId"]

    def _build_gateways(self, account):
        for name in ("$d1", "$d2", "$d3"):
            made = self._order("CreateDirectConnectGateway", {"directConnectGatewayName": name, "tags": TAGS})
            self.names[name] = made["directConnectGateway"]["directConnectGatewayId"]
        prefixes = {"addAllowedPrefixesToDirectConnectGateway": PREFIXES}
        for name, target in (("$a1", "vgw-11111111"), ("$a2", "vgw-22222222")):
            pair = {"directConnectGatewayId": self.names["$d1"], "gatewayId": target}
            made = self._order("CreateDirectConnectGatewayAssociation", {**pair, **prefixes})
            self.names[name] = made["directConnectGatewayAssociation"]["associationId"]
        for name, target in (("$p1", "tgw-11111111"), ("$p2", "tgw-22222222")):
            pair = {"directConnectGatewayId": self.names["$d2"], "gatewayId": target}
            parties = {**pair, "directConnectGatewayOwnerAccount": account}
            made = self._order("CreateDirectConnectGatewayAssociationProposal", {**parties, **prefixes})
            self.names[name] = made["directConnectGatewayAssociationProposal"]["proposalId"]
        self.names["$d1.arn"] = f"arn:aws:directconnect::{account}:dx-gateway/{self.names['$d1']}"

    def _order(self, operation, value, wire=None):
        # Made one after the other, so that lists have one order whatever the ids.
        self.server.advance("PT1S")
        answer = (wire or self.wire).send("json", operation, value)
        assert answer.accepted, answer.body
        return answer.document

    def _page(self, operation, selector=None):
        return self.wire.send("json", operation, {"maxResults": 1} | (selector or {})).document["nextToken"]

    def seen(self):
        """What there is, as its owner sees it."""
        asked = [(operation, selector) for operation in LISTS for selector in SELECTORS.get(operation, [{}])]
        return [self.wire.send("json", operation, self.known(selector)).body for operation, selector in asked]

    def unchanged(self):
        return self.seen() == self.before

    def known(self, value):
        """An input with what its words stand for."""
        if isinstance(value, dict):
            return {name: self.known(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self.known(element) for element in value]
        return self.names.get(value, value) if isinstance(value, str) else value

    def outcome(self, answer):
        """What an answer says, in words that mean the same in every world and both protocols."""
        given = sorted(self.names.items(), key=lambda pair: -len(pair[1]))
        found = {}

        def text(part):
            for name, value in given:
                part = part.replace(value, name)
            return IDENTITY.sub(lambda match: found.setdefault(match[0], f"$new{len(found) + 1}"), part)

        def word(value):
            if isinstance(value, dict):
                passing = {name: known for name, known in PASSING.items() if name in value}
                return {name: word(member) for name, member in value.items()} | passing
            if isinstance(value, list):
                return [word(element) for element in value]
            return text(value) if isinstance(value, str) else value

        return word(answer.document if answer.accepted else list(answer.refusal))
