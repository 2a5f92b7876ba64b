"""Configurations of routers as parsers understand them: what each says, in the same words. IOS, NX-OS and Junos are
read by an independent parser; the set commands of PAN-OS are paths that end in a value."""

import ipaddress
import re
from dataclasses import dataclass, field

from ciscoconfparse2 import CiscoConfParse

# The types of router, by the dialect that each is spoken to in, and whether there is one for MACsec.
DIALECTS = {
    "CiscoSystemsInc-2900SeriesRouters-IOS124": ("ios", False),
    "CiscoSystemsInc-3700SeriesRouters-IOS124": ("ios", False),
    "CiscoSystemsInc-7200SeriesRouters-IOS124": ("ios", False),
    "CiscoSystemsInc-Nexus7000SeriesSwitches-NXOS51": ("nxos", False),
    "CiscoSystemsInc-Nexus9KSeriesSwitches-NXOS93": ("nxos", True),
    "JuniperNetworksInc-MMXSeriesRouters-JunOS95": ("junos", True),
    "JuniperNetworksInc-SRXSeriesRouters-JunOS95": ("junos", False),
    "JuniperNetworksInc-TSeriesRouters-JunOS95": ("junos", False),
    "PaloAltoNetworks-PA3000and5000series-PANOS803": ("panos", False),
}

# The words that make lines optional, and what takes them away.
OPTIONAL = {
    "ios": re.compile(r"^!(bfd|nat) ", re.M),
    "nxos": re.compile(r"^!(bfd|nat) ", re.M),
    "junos": re.compile(r"\binactive: "),
    "panos": re.compile(r"^#(bfd|nat) ", re.M),
}


@dataclass
class Facts:
    """What a configuration says."""

    vlan: int = 0
    addresses: set = field(default_factory=set)
    asn: int = 0
    # By the address of Amazon's end: its ASN, and the key.
    sessions: dict = field(default_factory=dict)
    announced: set = field(default_factory=set)
    # Sessions, by Amazon's end, that have BFD.
    bfd: set = field(default_factory=set)
    mac_sec: str = ""
    keys: list = field(default_factory=list)
    bundled: int = 0
    mtu: int = 0


def with_options(dialect, text):
    """The configuration with all that is optional."""
    return OPTIONAL[dialect].sub("", text)


def understood(dialect, text):
    """What a configuration says."""
    return {"ios": _ios, "nxos": _nxos, "junos": _junos, "panos": _panos}[dialect](text)


class _Parsed:
    def __init__(self, text, syntax):
        self.config = CiscoConfParse(text.splitlines(), syntax=syntax)

    def find(self, *path):
        """The lines at the end of a path of patterns, each within the one before."""
        found = [line for line in self.config.objs if line.parent is line and re.match(path[0], line.text.strip())]
        for step in path[1:]:
            found = [child for line in found for child in line.children if re.match(step, child.text.strip())]
        return [line.text.strip() for line in found]

    def value(self, *path):
        """The first group of the last pattern, where it is found once."""
        [line] = self.find(*path)
        return re.match(path[-1], line)[1]

    def values(self, *path):
        return [re.match(path[-1], line).groups() for line in self.find(*path)]


def _ios(text):
    parsed, facts = _Parsed(text, "ios"), Facts()
    [(port, number)] = parsed.values(r"interface (\S+)\.(\d+)$")
    unit = rf"interface {port}\.{number}$"
    facts.vlan = int(parsed.value(unit, r"encapsulation dot1Q (\d+)$"))
    assert facts.vlan == int(number)
    for address, mask in parsed.values(unit, r"ip address (\S+) (\S+)$"):
        facts.addresses.add(ipaddress.ip_interface(f"{address}/{mask}"))
    facts.addresses |= {ipaddress.ip_interface(one) for (one,) in parsed.values(unit, r"ipv6 address (\S+)$")}
    mtus = {int(one) for (one,) in parsed.values(unit, r"(?:ip|ipv6) mtu (\d+)$")}
    facts.mtu = mtus.pop() if mtus else 1500
    facts.asn = int(parsed.value(r"router bgp (\d+)$"))
    bgp = r"router bgp"
    keys = dict(parsed.values(bgp, r"neighbor (\S+) password (.+)$"))
    for end, asn in parsed.values(bgp, r"neighbor (\S+) remote-as (\d+)$"):
        facts.sessions[end] = (int(asn), keys[end])
        version = ipaddress.ip_address(end).version
        assert parsed.find(bgp, f"address-family ipv{version}", f"neighbor {end} activate")
    for address, mask in parsed.values(bgp, r"address-family ipv4", r"network (\S+)(?: mask (\S+))?$"):
        facts.announced.add(ipaddress.ip_network(f"{address}/{mask or 0}"))
    networks = parsed.values(bgp, r"address-family ipv6", r"network (\S+)$")
    facts.announced |= {ipaddress.ip_network(one) for (one,) in networks}
    if parsed.find(unit, r"bfd interval 300 min_rx 300 multiplier 3$"):
        facts.bfd = {end for (end,) in parsed.values(bgp, r"neighbor (\S+) fall-over bfd$")}
    facts.bundled = len(parsed.find(r"interface", r"channel-group 1 mode active$"))
    return facts


def _nxos(text):
    parsed, facts = _Parsed(text, "nxos"), Facts()
    facts.vlan = int(parsed.value(r"interface Vlan(\d+)$"))
    unit = r"interface Vlan"
    assert parsed.find(rf"vlan {facts.vlan}$") and parsed.find(r"feature bgp") and parsed.find(r"feature interface-vlan")
    trunks = parsed.values(r"interface (?:Ethernet|port-channel)", r"switchport trunk allowed vlan (\d+)$")
    assert {int(one) for (one,) in trunks} == {facts.vlan}
    facts.addresses = {ipaddress.ip_interface(one) for (one,) in parsed.values(unit, r"(?:ip|ipv6) address (\S+)$")}
    mtus = {int(one) for (one,) in parsed.values(unit, r"mtu (\d+)$")}
    facts.mtu = mtus.pop() if mtus else 1500
    facts.asn = int(parsed.value(r"router bgp (\d+)$"))
    bgp = r"router bgp"
    for (end,) in parsed.values(bgp, r"neighbor (\S+)$"):
        session = (bgp, rf"neighbor {re.escape(end)}$")
        facts.sessions[end] = (int(parsed.value(*session, r"remote-as (\d+)$")), parsed.value(*session, r"password 0 (.+)$"))
        assert parsed.find(*session, rf"address-family ipv{ipaddress.ip_address(end).version} unicast")
        if parsed.find(*session, r"bfd$") and parsed.find(r"feature bfd$"):
            assert parsed.find(unit, r"bfd interval 300 min_rx 300 multiplier 3$")
            facts.bfd.add(end)
    networks = parsed.values(bgp, r"address-family", r"network (\S+)$")
    facts.announced = {ipaddress.ip_network(one) for (one,) in networks}
    if parsed.find(r"feature macsec"):
        facts.mac_sec = parsed.value(r"macsec policy", r"security-policy (\S+)-secure$")
        assert parsed.find(r"interface Ethernet", r"macsec keychain")
        facts.keys = [name for (name,) in parsed.values(r"key chain \S+ macsec", r"key (\S+)$")]
    facts.bundled = len(parsed.find(r"interface Ethernet", r"channel-group 1 mode active$"))
    return facts


def _junos(text):
    parsed, facts = _Parsed(text, "junos"), Facts()
    unit = (r"interfaces\b", r"(?:ge|xe|et|ae)", r"unit")
    facts.vlan = int(parsed.value(*unit, r"vlan-id (\d+)"))
    assert facts.vlan == int(parsed.value(*unit[:2], r"unit (\d+)"))
    addresses = parsed.values(*unit, r"family inet6?\b", r"address ([^;\s]+)")
    facts.addresses = {ipaddress.ip_interface(one) for (one,) in addresses}
    [facts.mtu] = {int(one) for (one,) in parsed.values(*unit, r"family inet6?\b", r"mtu (\d+)")}
    assert int(parsed.value(*unit[:2], r"mtu (\d+)")) == facts.mtu + 22
    facts.asn = int(parsed.value(r"routing-options", r"autonomous-system (\d+)"))
    group = (r"protocols", r"bgp", r"group")
    for (end,) in parsed.values(*group, r"neighbor (\S+)"):
        session = (*group, rf"neighbor {re.escape(end)}\b")
        asn, key = parsed.value(*session, r"peer-as (\d+)"), parsed.value(*session, r'authentication-key "(.+)"')
        facts.sessions[end] = (int(asn), re.sub(r"\\(.)", r"\1", key))
        here = parsed.value(*session, r"local-address ([^;\s]+)")
        assert ipaddress.ip_address(here) in {one.ip for one in facts.addresses}
        if parsed.find(*session, r"bfd-liveness-detection", r"minimum-interval 300"):
            facts.bfd.add(end)
    filters = parsed.values(r"policy-options", r"policy-statement", r"term announce", r"from", r"route-filter (\S+) exact")
    facts.announced = {ipaddress.ip_network(one) for (one,) in filters}
    policies = parsed.values(r"security", r"macsec", r"(?:inactive: )?connectivity-association", r"mka", r"(must|should)-secure")
    facts.mac_sec = policies[-1][0] if policies else ""
    names = parsed.values(r"security", r"macsec", r"(?:inactive: )?connectivity-association", r"pre-shared-key", r"ckn (\S+)")
    facts.keys = [name.rstrip(";") for (name,) in names]
    facts.bundled = len(parsed.find(*unit[:2], r"gigether-options", r"802\.3ad ae0"))
    return facts


def _panos(text):
    facts = Facts()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines[-1] == "commit" and all(line.startswith("set ") for line in lines[:-1])

    def values(pattern):
        return [match[1] for line in lines if (match := re.search(pattern, line))]

    facts.vlan = int(*values(r" units \S+ tag (\d+)$"))
    units = r" units \S+ (?:ip|ipv6 address) (\S+)"
    facts.addresses = {ipaddress.ip_interface(one) for one in values(units)}
    facts.mtu = int(*values(r" units \S+ mtu (\d+)$"))
    facts.asn = int(*values(r" bgp local-as (\d+)$"))
    for family in ("ipv4", "ipv6"):
        for end in values(rf" peer amazon-{family} peer-address ip (\S+)$"):
            [asn], [key] = values(rf" amazon-{family} peer-as (\d+)$"), values(rf' direct-connect-{family} secret "(.+)"$')
            facts.sessions[end] = (int(asn), re.sub(r"\\(.)", r"\1", key))
            if values(rf"( )amazon-{family} bfd profile direct-connect$") and values(r"(300)$") == ["300", "300"]:
                facts.bfd.add(end)
    facts.announced = {ipaddress.ip_network(one) for one in values(r" redist-rules (\S+) enable yes$")}
    facts.bundled = len(values(r"ethernet (\S+) aggregate-group ae1$"))
    return facts
