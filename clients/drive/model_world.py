"""A small world in which every operation has something to do, and the words in which outcomes in it are compared."""

import re

from drive import model
from drive.model_inputs import GOOD, PORT, TAGS

# What is the same whoever asks and whatever was done.
CONSTANT = {"DescribeLocations"}

# What a refusal must leave alone: everything that can be listed without saying what.
LISTS = sorted(
    name
    for name in GOOD.keys() - CONSTANT
    if name.startswith(("Describe", "List")) and not model.required_members(name)
)

# Ids of every kind: a resource's kind and a few letters, or a UUID.
IDENTITY = re.compile(r"\bdx[a-z]+-[0-9a-z]+\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


class World:
    """An emptied server, a few resources, and the names by which inputs and outcomes know them."""

    def __init__(self, server, wire, account):
        self.server, self.wire = server, wire
        self.names = {"$account": account}
        server.control("POST", "reset", {})
        self._build(account)
        self.before = self.seen()

    def _build(self, account):
        port, pair = {**PORT, "bandwidth": "10Gbps"}, {**PORT, "connectionsBandwidth": "10Gbps"}
        for name in ("$c1", "$c2"):
            made = self._order("CreateConnection", {**port, "connectionName": name, "tags": TAGS})
            self.names[name] = made["connectionId"]
        for name, count in (("$g1", 2), ("$g2", 1)):
            made = self._order("CreateLag", {**pair, "lagName": name, "numberOfConnections": count, "tags": TAGS})
            self.names[name] = made["lagId"]
            if name == "$g1":
                self.names["$m1"], self.names["$m2"] = (member["connectionId"] for member in made["connections"])
        for name, kind in (("$c1", "dxcon"), ("$g1", "dxlag")):
            self.names[f"{name}.arn"] = f"arn:aws:directconnect:us-east-1:{account}:{kind}/{self.names[name]}"
        self.names["$connections.next"] = self._page("DescribeConnections")
        self.names["$lags.next"] = self._page("DescribeLags")

    def _order(self, operation, value):
        # Made one after the other, so that lists have one order whatever the ids.
        self.server.advance("PT1S")
        answer = self.wire.send("json", operation, value)
        assert answer.accepted, answer.body
        return answer.document

    def _page(self, operation):
        return self.wire.send("json", operation, {"maxResults": 1}).document["nextToken"]

    def seen(self):
        """What there is, as its owner sees it."""
        return [self.wire.send("json", operation, {}).body for operation in LISTS]

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
                token = {"nextToken": "$next"} if "nextToken" in value else {}
                return {name: word(member) for name, member in value.items()} | token
            if isinstance(value, list):
                return [word(element) for element in value]
            return text(value) if isinstance(value, str) else value

        return word(answer.document if answer.accepted else list(answer.refusal))
