//! Junos, as one document to be merged into a configuration. What is optional is there, and inactive.

use super::nxos::names;
use super::text::{self, Text, quoted_key};
use super::{Interface, MacSec, Prefix, Reach, RouterType, Session, Speed};
use std::fmt::Arguments;

/// What frames have beside the packet in them [guide].
const FRAME: u16 = 22;

/// A document of statements in braces.
struct Document {
    text: Text,
    depth: usize,
}

impl Document {
    fn line(&mut self, line: Arguments<'_>) {
        let depth = self.depth * 4;
        self.text.line(format_args!("{:depth$}{line}", ""));
    }

    fn block(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.line(format_args!("{name} {{"));
        self.depth += 1;
        inner(self);
        self.depth -= 1;
        self.line(format_args!("}}"));
    }
}

/// The configuration; `has_zones` of a firewall.
pub(super) fn configuration(router: &RouterType, interface: &Interface, has_zones: bool) -> String {
    let mut text = Text::default();
    let how =
        "Paste this after \"load merge terminal\", look at it with \"commit check\", and end with \"commit and-quit\".";
    text.head("#", router, interface, &port(interface.speed, 0), how);
    text.line(format_args!("# Statements that are \"inactive:\" are optional: take the word away to have them."));
    let mac_sec = interface.mac_sec(router);
    if mac_sec.is_some() {
        text.line(format_args!("# <CAK> stands for the key that you gave AWS: nobody but you can know it."));
    }
    let mut document = Document { text, depth: 0 };
    let unit = format!("{}.{}", name(interface), interface.vlan);
    interfaces(&mut document, interface);
    policies(&mut document, interface);
    routing(&mut document, interface);
    bgp(&mut document, interface);
    if has_zones || mac_sec.is_some() {
        document.block("security", |document| {
            if let Some(mac_sec) = mac_sec {
                keys(document, interface, mac_sec);
            }
            if has_zones {
                zones(document, interface, &unit);
            }
        });
    }
    document.text.text
}

fn port(speed: Speed, number: usize) -> String {
    let kind = match speed {
        Speed::Gbps1 => "ge",
        Speed::Gbps10 => "xe",
        Speed::Gbps100 | Speed::Gbps400 => "et",
    };
    format!("{kind}-0/0/{number}")
}

/// What the VLAN is on.
fn name(interface: &Interface) -> String {
    if interface.lag_ports.is_some() { "ae0".to_owned() } else { port(interface.speed, 0) }
}

fn interfaces(document: &mut Document, interface: &Interface) {
    let is_lag = interface.lag_ports.is_some();
    if is_lag {
        document.block("chassis", |document| {
            document.block("aggregated-devices", |document| {
                document.block("ethernet", |document| document.line(format_args!("device-count 1;")));
            });
        });
    }
    document.block("interfaces", |document| {
        if is_lag {
            for number in interface.ports() {
                document.block(&port(interface.speed, number - 1), |document| {
                    document.line(format_args!("description \"AWS Direct Connect {}\";", interface.parent));
                    document.block("gigether-options", |document| document.line(format_args!("802.3ad ae0;")));
                });
            }
        }
        document.block(&name(interface), |document| {
            document.line(format_args!("description \"AWS Direct Connect {}\";", interface.parent));
            document.line(format_args!("flexible-vlan-tagging;"));
            document.line(format_args!("mtu {};", interface.mtu + FRAME));
            if is_lag {
                document.block("aggregated-ether-options", |document| {
                    document.block("lacp", |document| document.line(format_args!("active;")));
                });
            }
            document.block(&format!("unit {}", interface.vlan), |document| unit(document, interface));
        });
    });
}

fn unit(document: &mut Document, interface: &Interface) {
    document.line(format_args!("description \"AWS Direct Connect {}\";", interface.id));
    document.line(format_args!("vlan-id {};", interface.vlan));
    for session in &interface.sessions {
        let family = if session.customer.is_ipv6() { "inet6" } else { "inet" };
        document.block(&format!("family {family}"), |document| {
            document.line(format_args!("mtu {};", interface.mtu));
            document.line(format_args!("address {}/{};", session.customer, session.length));
        });
    }
}

/// The families that have sessions.
fn families(interface: &Interface) -> impl Iterator<Item = (bool, &'static str)> {
    let all = [(false, "IPV4"), (true, "IPV6")];
    all.into_iter().filter(|(is_ipv6, _)| interface.of_family(*is_ipv6).next().is_some())
}

fn policies(document: &mut Document, interface: &Interface) {
    document.block("policy-options", |document| {
        for (is_ipv6, family) in families(interface) {
            document.block(&format!("policy-statement EXPORT-{family}"), |document| {
                let announced = interface.announced_in(is_ipv6);
                if !announced.is_empty() {
                    document.block("term announce", |document| {
                        document.block("from", |document| {
                            for prefix in &announced {
                                document.line(format_args!("route-filter {prefix} exact;"));
                            }
                        });
                        document.line(format_args!("then accept;"));
                    });
                }
                document.block("term rest", |document| document.line(format_args!("then reject;")));
            });
        }
    });
}

fn routing(document: &mut Document, interface: &Interface) {
    let of = |is_ipv6: bool| -> Vec<&Prefix> {
        let has_session = interface.of_family(is_ipv6).next().is_some();
        interface.announced.iter().filter(|prefix| has_session && prefix.address.is_ipv6() == is_ipv6).collect()
    };
    let routes = |document: &mut Document, prefixes: &[&Prefix]| {
        document.block("static", |document| {
            for prefix in prefixes {
                document.line(format_args!("route {prefix} discard;"));
            }
        });
    };
    document.block("routing-options", |document| {
        match text::router_id(interface) {
            Some(id) => document.line(format_args!("router-id {id};")),
            None => document.line(format_args!("# Give the router an id if it has no IPv4 address: router-id <ID>;")),
        }
        document.line(format_args!("autonomous-system {};", interface.asn()));
        if !of(false).is_empty() {
            routes(document, &of(false));
        }
        if !of(true).is_empty() {
            document.block("rib inet6.0", |document| routes(document, &of(true)));
        }
    });
}

fn bgp(document: &mut Document, interface: &Interface) {
    document.block("protocols", |document| {
        document.block("bgp", |document| {
            for (is_ipv6, family) in families(interface) {
                document.block(&format!("group DIRECT-CONNECT-{family}"), |document| {
                    document.line(format_args!("type external;"));
                    for session in interface.of_family(is_ipv6) {
                        neighbor(document, interface, session, family);
                    }
                });
            }
        });
    });
}

fn neighbor(document: &mut Document, interface: &Interface, session: &Session, family: &str) {
    document.block(&format!("neighbor {}", session.amazon), |document| {
        document.line(format_args!("description \"AWS Direct Connect {}\";", interface.id));
        document.line(format_args!("local-address {};", session.customer));
        document.line(format_args!("authentication-key {};", quoted_key(&session.key)));
        document.line(format_args!("export EXPORT-{family};"));
        document.line(format_args!("peer-as {};", interface.amazon_asn));
        if session.asn != interface.asn() {
            document.line(format_args!("local-as {} private;", session.asn));
        }
        document.block("inactive: bfd-liveness-detection", |document| {
            document.line(format_args!("minimum-interval 300;"));
            document.line(format_args!("multiplier 3;"));
        });
    });
}

fn keys(document: &mut Document, interface: &Interface, mac_sec: &MacSec) {
    document.block("macsec", |document| {
        for (place, name) in names(mac_sec).into_iter().enumerate() {
            // Only one association is bound to a port at a time: the newest key, as Amazon's end tries it first.
            let is_last = place + 1 == names(mac_sec).len();
            let mark = if is_last { "" } else { "inactive: " };
            document.block(&format!("{mark}connectivity-association DIRECT-CONNECT-{}", place + 1), |document| {
                document.line(format_args!("cipher-suite gcm-aes-xpn-256;"));
                document.line(format_args!("security-mode static-cak;"));
                document.line(format_args!("offset 0;"));
                document.line(format_args!("include-sci;"));
                document.block("mka", |document| {
                    document.line(format_args!("key-server-priority 16;"));
                    let policy = if mac_sec.is_required { "must-secure" } else { "should-secure" };
                    document.line(format_args!("{policy};"));
                });
                document.block("pre-shared-key", |document| {
                    document.line(format_args!("ckn {name};"));
                    document.line(format_args!("cak \"<CAK>\";"));
                });
            });
        }
        document.block("interfaces", |document| {
            for number in interface.ports() {
                document.block(&port(interface.speed, number - 1), |document| {
                    document.line(format_args!("connectivity-association DIRECT-CONNECT-{};", names(mac_sec).len()));
                });
            }
        });
    });
}

/// A zone of its own, to which the zone `trust` may send, and translation of its addresses for a public interface.
fn zones(document: &mut Document, interface: &Interface, unit: &str) {
    document.block("zones", |document| {
        document.block("security-zone direct-connect", |document| {
            document.block("host-inbound-traffic", |document| {
                document.block("system-services", |document| document.line(format_args!("ping;")));
                document.block("protocols", |document| {
                    document.line(format_args!("bgp;"));
                    document.line(format_args!("inactive: bfd;"));
                });
            });
            document.block("interfaces", |document| document.line(format_args!("{unit};")));
        });
    });
    document.block("policies", |document| {
        document.block("from-zone trust to-zone direct-connect", |document| {
            document.block("policy to-aws", |document| {
                document.block("match", |document| {
                    for what in ["source-address", "destination-address", "application"] {
                        document.line(format_args!("{what} any;"));
                    }
                });
                document.block("then", |document| document.line(format_args!("permit;")));
            });
        });
    });
    if interface.reach == Reach::Public && interface.of_family(false).next().is_some() {
        document.block("inactive: nat", |document| {
            document.block("source", |document| {
                document.block("rule-set to-aws", |document| {
                    document.line(format_args!("from zone trust;"));
                    document.line(format_args!("to zone direct-connect;"));
                    document.block("rule private", |document| {
                        document.block("match", |document| document.line(format_args!("source-address 10.0.0.0/8;")));
                        document.block("then", |document| document.line(format_args!("source-nat interface;")));
                    });
                });
            });
        });
    }
}
