//! NX-OS: a VLAN with an interface of its own on a trunk, BGP with a section for each family, and MACsec on the port.

use super::text::{self, Text, key};
use super::{Interface, MacSec, Reach, RouterType, Session, Speed};

/// The configuration.
pub(super) fn configuration(router: &RouterType, interface: &Interface) -> String {
    let mut text = Text::default();
    let how = "Take \"!bfd\" away from lines that begin with it, and links that fail are noticed sooner.";
    text.head("!", router, interface, "Ethernet1/1", how);
    let mac_sec = interface.mac_sec(router);
    if mac_sec.is_some() {
        text.line(format_args!("! <CAK> stands for the key that you gave AWS: nobody but you can know it."));
    }
    features(&mut text, interface, mac_sec.is_some());
    if let Some(mac_sec) = mac_sec {
        keys(&mut text, interface.speed, mac_sec);
    }
    vlan(&mut text, interface);
    ports(&mut text, interface, mac_sec.is_some());
    bgp(&mut text, interface);
    text.text
}

fn features(text: &mut Text, interface: &Interface, has_mac_sec: bool) {
    text.line(format_args!("!"));
    text.line(format_args!("feature bgp"));
    text.line(format_args!("feature interface-vlan"));
    if interface.lag_ports.is_some() {
        text.line(format_args!("feature lacp"));
    }
    if has_mac_sec {
        text.line(format_args!("feature macsec"));
    }
    text.line(format_args!("!bfd feature bfd"));
}

fn keys(text: &mut Text, speed: Speed, mac_sec: &MacSec) {
    text.line(format_args!("!"));
    text.line(format_args!("key chain DIRECT-CONNECT macsec"));
    for name in names(mac_sec) {
        text.line(format_args!("  key {name}"));
        text.line(format_args!("    key-octet-string <CAK> cryptographic-algorithm AES_256_CMAC"));
    }
    text.line(format_args!("!"));
    text.line(format_args!("macsec policy DIRECT-CONNECT"));
    if speed == Speed::Gbps10 {
        text.line(format_args!("  ! GCM-AES-256 works on ports of 10 Gbps, too."));
    }
    text.line(format_args!("  cipher-suite GCM-AES-XPN-256"));
    text.line(format_args!("  key-server-priority 16"));
    text.line(format_args!("  conf-offset CONF-OFFSET-0"));
    text.line(format_args!("  include-sci"));
    let policy = if mac_sec.is_required { "must-secure" } else { "should-secure" };
    text.line(format_args!("  security-policy {policy}"));
}

/// The names of the keys, or what stands for one while there is none.
pub(super) fn names(mac_sec: &MacSec) -> Vec<&str> {
    let names: Vec<&str> = mac_sec.names.iter().map(String::as_str).collect();
    if names.is_empty() { vec!["<CKN>"] } else { names }
}

fn vlan(text: &mut Text, interface: &Interface) {
    let vlan = interface.vlan;
    text.line(format_args!("!"));
    text.line(format_args!("vlan {vlan}"));
    text.line(format_args!("  name DirectConnect-{vlan}"));
    text.line(format_args!("!"));
    text.line(format_args!("interface Vlan{vlan}"));
    text.line(format_args!("  description AWS Direct Connect {}", interface.id));
    if interface.is_jumbo() {
        text.line(format_args!("  mtu {}", interface.mtu));
    }
    for session in &interface.sessions {
        let family = if session.customer.is_ipv6() { "ipv6" } else { "ip" };
        text.line(format_args!("  {family} address {}/{}", session.customer, session.length));
        text.line(format_args!("!bfd   no {family} redirects"));
    }
    text.line(format_args!("!bfd   bfd interval 300 min_rx 300 multiplier 3"));
    text.line(format_args!("  no shutdown"));
}

fn ports(text: &mut Text, interface: &Interface, has_mac_sec: bool) {
    let is_lag = interface.lag_ports.is_some();
    let trunk = |text: &mut Text, name: &str, is_bundle: bool| {
        text.line(format_args!("!"));
        text.line(format_args!("interface {name}"));
        text.line(format_args!("  description AWS Direct Connect {}", interface.parent));
        text.line(format_args!("  switchport"));
        text.line(format_args!("  switchport mode trunk"));
        text.line(format_args!("  switchport trunk allowed vlan {}", interface.vlan));
        if interface.is_jumbo() {
            text.line(format_args!("  mtu 9216"));
        }
        if !is_bundle {
            if has_mac_sec {
                text.line(format_args!("  macsec keychain DIRECT-CONNECT policy DIRECT-CONNECT"));
            }
            if is_lag {
                text.line(format_args!("  channel-group 1 mode active"));
            }
        }
        text.line(format_args!("  no shutdown"));
    };
    if is_lag {
        trunk(text, "port-channel1", true);
    }
    for number in interface.ports() {
        trunk(text, &format!("Ethernet1/{number}"), false);
    }
}

fn bgp(text: &mut Text, interface: &Interface) {
    for prefix in &interface.announced {
        let family = if prefix.address.is_ipv6() { "ipv6" } else { "ip" };
        if interface.of_family(prefix.address.is_ipv6()).next().is_some() {
            text.line(format_args!("{family} route {prefix} Null0 254"));
        }
    }
    text.line(format_args!("!"));
    text.line(format_args!("router bgp {}", interface.asn()));
    match text::router_id(interface) {
        Some(id) => text.line(format_args!("  router-id {id}")),
        None => text.line(format_args!("  ! Give the router an id if it has no IPv4 address: router-id <ID>")),
    }
    // The router's own sections come before all neighbors: after one, they would be taken for the neighbor's.
    for (is_ipv6, family) in [(false, "ipv4"), (true, "ipv6")] {
        if interface.of_family(is_ipv6).next().is_some() {
            text.line(format_args!("  address-family {family} unicast"));
            for prefix in interface.announced_in(is_ipv6) {
                text.line(format_args!("    network {prefix}"));
            }
        }
    }
    for session in &interface.sessions {
        neighbor(text, interface, session);
    }
    if interface.reach == Reach::Public {
        text.line(format_args!(
            "! Packets must come from addresses that are announced: translate private ones elsewhere."
        ));
    }
}

fn neighbor(text: &mut Text, interface: &Interface, session: &Session) {
    text.line(format_args!("  neighbor {}", session.amazon));
    text.line(format_args!("    remote-as {}", interface.amazon_asn));
    if session.asn != interface.asn() {
        text.line(format_args!("    local-as {} no-prepend replace-as", session.asn));
    }
    text.line(format_args!("    description AWS Direct Connect {}", interface.id));
    text.line(format_args!("    password 0 {}", key(&session.key)));
    text.line(format_args!("!bfd     bfd"));
    let family = if session.amazon.is_ipv6() { "ipv6" } else { "ipv4" };
    text.line(format_args!("    address-family {family} unicast"));
}
