//! IOS: a sub-interface for the VLAN, and BGP with a section for each family.

use super::text::{self, Text, key, mask};
use super::{Interface, Prefix, Reach, RouterType, Session, Speed};
use std::net::IpAddr;

/// The configuration.
pub(super) fn configuration(router: &RouterType, interface: &Interface) -> String {
    let mut text = Text::default();
    let first = port(interface.speed, 1);
    let how = "Take \"!bfd\" away from lines that begin with it, and links that fail are noticed sooner.";
    text.head("!", router, interface, &first, how);
    if interface.reach == Reach::Public {
        text.line(format_args!(
            "! Take \"!nat\" away, and private addresses leave by this end's own. <INSIDE> is your network's port."
        ));
    }
    if interface.sessions.iter().any(|session| session.asn > u32::from(u16::MAX))
        || interface.amazon_asn > u32::from(u16::MAX)
    {
        text.line(format_args!("! AS numbers above 65535 want IOS 12.4(24)T or later."));
    }
    let bundle = interface.lag_ports.map(|_| "Port-channel1".to_owned());
    ports(&mut text, interface, bundle.is_some());
    let name = bundle.unwrap_or(first);
    sub_interface(&mut text, interface, &name);
    bgp(&mut text, interface);
    routes(&mut text, interface);
    if interface.reach == Reach::Public && interface.of_family(false).next().is_some() {
        nat(&mut text, &format!("{name}.{}", interface.vlan));
    }
    text.line(format_args!("end"));
    text.text
}

fn port(speed: Speed, number: usize) -> String {
    let kind = match speed {
        Speed::Gbps1 => "GigabitEthernet",
        Speed::Gbps10 => "TenGigabitEthernet",
        Speed::Gbps100 => "HundredGigE",
        Speed::Gbps400 => "FourHundredGigE",
    };
    format!("{kind}0/{number}")
}

fn ports(text: &mut Text, interface: &Interface, is_lag: bool) {
    let describe = |text: &mut Text, name: &str| {
        text.line(format_args!("!"));
        text.line(format_args!("interface {name}"));
        text.line(format_args!(" description AWS Direct Connect {}", interface.parent));
        if interface.is_jumbo() {
            text.line(format_args!(" mtu {}", interface.mtu));
        }
        text.line(format_args!(" no ip address"));
    };
    for number in interface.ports() {
        describe(text, &port(interface.speed, number));
        if is_lag {
            text.line(format_args!(" channel-group 1 mode active"));
        }
        text.line(format_args!(" no shutdown"));
    }
    if is_lag {
        describe(text, "Port-channel1");
        text.line(format_args!(" no shutdown"));
    }
}

fn sub_interface(text: &mut Text, interface: &Interface, name: &str) {
    text.line(format_args!("!"));
    text.line(format_args!("interface {name}.{}", interface.vlan));
    text.line(format_args!(" description AWS Direct Connect {}", interface.id));
    text.line(format_args!(" encapsulation dot1Q {}", interface.vlan));
    for session in &interface.sessions {
        match session.customer {
            IpAddr::V4(address) => text.line(format_args!(" ip address {address} {}", mask(session.length))),
            IpAddr::V6(address) => text.line(format_args!(" ipv6 address {address}/{}", session.length)),
        }
        if interface.is_jumbo() {
            let family = if session.customer.is_ipv6() { "ipv6" } else { "ip" };
            text.line(format_args!(" {family} mtu {}", interface.mtu));
        }
    }
    text.line(format_args!("!bfd  bfd interval 300 min_rx 300 multiplier 3"));
    if interface.reach == Reach::Public && interface.of_family(false).next().is_some() {
        text.line(format_args!("!nat  ip nat outside"));
    }
}

fn bgp(text: &mut Text, interface: &Interface) {
    text.line(format_args!("!"));
    if interface.of_family(true).next().is_some() {
        text.line(format_args!("ipv6 unicast-routing"));
        text.line(format_args!("!"));
    }
    text.line(format_args!("router bgp {}", interface.asn()));
    match text::router_id(interface) {
        Some(id) => text.line(format_args!(" bgp router-id {id}")),
        None => text.line(format_args!(
            " ! Give the router an id if none of its interfaces has an IPv4 address: bgp router-id <ID>"
        )),
    }
    text.line(format_args!(" bgp log-neighbor-changes"));
    text.line(format_args!(" no bgp default ipv4-unicast"));
    for session in &interface.sessions {
        neighbor(text, interface, session);
    }
    for (is_ipv6, family) in [(false, "ipv4"), (true, "ipv6")] {
        let sessions: Vec<&Session> = interface.of_family(is_ipv6).collect();
        if sessions.is_empty() {
            continue;
        }
        text.line(format_args!(" !"));
        text.line(format_args!(" address-family {family}"));
        for prefix in interface.announced_in(is_ipv6) {
            match prefix.address {
                IpAddr::V4(address) if prefix.length == 0 => text.line(format_args!("  network {address}")),
                IpAddr::V4(address) => text.line(format_args!("  network {address} mask {}", mask(prefix.length))),
                IpAddr::V6(_) => text.line(format_args!("  network {prefix}")),
            }
        }
        for session in sessions {
            text.line(format_args!("  neighbor {} activate", session.amazon));
        }
        text.line(format_args!(" exit-address-family"));
    }
}

fn neighbor(text: &mut Text, interface: &Interface, session: &Session) {
    let end = session.amazon;
    text.line(format_args!(" neighbor {end} remote-as {}", interface.amazon_asn));
    if session.asn != interface.asn() {
        text.line(format_args!(" neighbor {end} local-as {} no-prepend replace-as", session.asn));
    }
    text.line(format_args!(" neighbor {end} description AWS Direct Connect {}", interface.id));
    text.line(format_args!(" neighbor {end} password {}", key(&session.key)));
    text.line(format_args!("!bfd  neighbor {end} fall-over bfd"));
}

/// Routes that make what a public interface announces be there to announce.
fn routes(text: &mut Text, interface: &Interface) {
    text.line(format_args!("!"));
    for prefix in
        interface.announced.iter().filter(|prefix| interface.of_family(prefix.address.is_ipv6()).next().is_some())
    {
        let Prefix { address, length } = prefix;
        match address {
            IpAddr::V4(address) => text.line(format_args!("ip route {address} {} Null0 254", mask(*length))),
            IpAddr::V6(_) => text.line(format_args!("ipv6 route {prefix} Null0 254")),
        }
    }
}

fn nat(text: &mut Text, name: &str) {
    text.line(format_args!("!"));
    text.line(format_args!("!nat interface <INSIDE>"));
    text.line(format_args!("!nat  ip nat inside"));
    text.line(format_args!("!nat ip access-list standard DIRECT-CONNECT-INSIDE"));
    text.line(format_args!("!nat  permit 10.0.0.0 0.255.255.255"));
    text.line(format_args!("!nat ip nat inside source list DIRECT-CONNECT-INSIDE interface {name} overload"));
}
