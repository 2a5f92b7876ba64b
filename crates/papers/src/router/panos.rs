//! PAN-OS: set commands for a layer 3 sub-interface in a zone, and BGP in the default virtual router.

use super::text::{self, Text, quoted_key};
use super::{Interface, Reach, RouterType, Session};

/// The configuration.
pub(super) fn configuration(router: &RouterType, interface: &Interface) -> String {
    let mut text = Text::default();
    let how = "Enter this in configure mode, without the notes. Take \"#bfd\" away to notice sooner when a link fails.";
    text.head("#", router, interface, "ethernet1/1", how);
    if interface.reach == Reach::Public {
        text.line(format_args!(
            "# Take \"#nat\" away, and private addresses leave by this end's own. \"trust\" is your network's zone."
        ));
    }
    let (parent, unit) = ports(&mut text, interface);
    layer3(&mut text, interface, &parent, &unit);
    bgp(&mut text, interface, &unit);
    if let Some(session) = interface.of_family(false).next().filter(|_| interface.reach == Reach::Public) {
        nat(&mut text, session, &unit);
    }
    text.line(format_args!("commit"));
    text.text
}

/// Sets up the ports; gives the path of what the VLAN is on, and the name of the VLAN's interface.
fn ports(text: &mut Text, interface: &Interface) -> (String, String) {
    if interface.is_jumbo() {
        text.line(format_args!("set deviceconfig setting jumbo-frame mtu 9192"));
    }
    if interface.lag_ports.is_none() {
        return ("ethernet ethernet1/1".to_owned(), format!("ethernet1/1.{}", interface.vlan));
    }
    text.line(format_args!(
        "set network interface aggregate-ethernet ae1 comment \"AWS Direct Connect {}\"",
        interface.parent
    ));
    text.line(format_args!("set network interface aggregate-ethernet ae1 layer3 lacp enable yes"));
    text.line(format_args!("set network interface aggregate-ethernet ae1 layer3 lacp mode active"));
    for number in interface.ports() {
        text.line(format_args!("set network interface ethernet ethernet1/{number} aggregate-group ae1"));
    }
    ("aggregate-ethernet ae1".to_owned(), format!("ae1.{}", interface.vlan))
}

fn layer3(text: &mut Text, interface: &Interface, parent: &str, unit: &str) {
    let path = format!("set network interface {parent} layer3 units {unit}");
    text.line(format_args!("{path} tag {}", interface.vlan));
    text.line(format_args!("{path} comment \"AWS Direct Connect {}\"", interface.id));
    text.line(format_args!("{path} mtu {}", interface.mtu));
    for session in &interface.sessions {
        let (address, length) = (session.customer, session.length);
        if address.is_ipv6() {
            text.line(format_args!("{path} ipv6 enabled yes"));
            text.line(format_args!("{path} ipv6 address {address}/{length} enable-on-interface yes"));
        } else {
            text.line(format_args!("{path} ip {address}/{length}"));
        }
    }
    text.line(format_args!("set zone direct-connect network layer3 {unit}"));
    text.line(format_args!("set network virtual-router default interface {unit}"));
    text.line(format_args!("#bfd set network profiles bfd-profile direct-connect min-tx-interval 300"));
    text.line(format_args!("#bfd set network profiles bfd-profile direct-connect min-rx-interval 300"));
    text.line(format_args!("#bfd set network profiles bfd-profile direct-connect detection-multiplier 3"));
}

fn bgp(text: &mut Text, interface: &Interface, unit: &str) {
    const BGP: &str = "set network virtual-router default protocol bgp";
    for (place, prefix) in interface.announced.iter().enumerate() {
        let family = if prefix.address.is_ipv6() { "ipv6" } else { "ip" };
        if interface.of_family(prefix.address.is_ipv6()).next().is_some() {
            let route =
                format!("set network virtual-router default routing-table {family} static-route announced-{place}");
            text.line(format_args!("{route} destination {prefix}"));
            text.line(format_args!("{route} nexthop discard"));
        }
    }
    text.line(format_args!("{BGP} enable yes"));
    match text::router_id(interface) {
        Some(id) => text.line(format_args!("{BGP} router-id {id}")),
        None => text.line(format_args!("# Give the router an id: {BGP} router-id <ID>")),
    }
    text.line(format_args!("{BGP} local-as {}", interface.asn()));
    text.line(format_args!("{BGP} install-route yes"));
    text.line(format_args!("{BGP} allow-redist-default-route yes"));
    for (is_ipv6, family) in [(false, "ipv4"), (true, "ipv6")] {
        for session in interface.of_family(is_ipv6) {
            peer(text, interface, session, (BGP, family, unit));
        }
        if interface.of_family(is_ipv6).next().is_some() {
            for prefix in interface.announced_in(is_ipv6) {
                text.line(format_args!("{BGP} redist-rules {prefix} enable yes"));
                text.line(format_args!("{BGP} redist-rules {prefix} address-family-identifier {family}"));
            }
        }
    }
}

fn peer(text: &mut Text, interface: &Interface, session: &Session, (bgp, family, unit): (&str, &str, &str)) {
    let group = format!("{bgp} peer-group direct-connect-{family}");
    let peer = format!("{group} peer amazon-{family}");
    let length = session.length;
    text.line(format_args!("{bgp} auth-profile direct-connect-{family} secret {}", quoted_key(&session.key)));
    text.line(format_args!("{group} enable yes"));
    text.line(format_args!("{group} type ebgp"));
    text.line(format_args!("{peer} enable yes"));
    text.line(format_args!("{peer} address-family-identifier {family}"));
    text.line(format_args!("{peer} peer-as {}", interface.amazon_asn));
    if session.asn != interface.asn() {
        text.line(format_args!(
            "# This session wants AS {} at your end: put it into a virtual router with that local-as.",
            session.asn
        ));
    }
    text.line(format_args!("{peer} local-address interface {unit}"));
    text.line(format_args!("{peer} local-address ip {}/{length}", session.customer));
    text.line(format_args!("{peer} peer-address ip {}", session.amazon));
    text.line(format_args!("{peer} connection-options authentication direct-connect-{family}"));
    text.line(format_args!("#bfd {peer} bfd profile direct-connect"));
}

fn nat(text: &mut Text, session: &Session, unit: &str) {
    let rule = "#nat set rulebase nat rules to-aws";
    text.line(format_args!("{rule} from trust to direct-connect source 10.0.0.0/8 destination any service any"));
    let translated = format!("interface-address interface {unit} ip {}/{}", session.customer, session.length);
    text.line(format_args!("{rule} source-translation dynamic-ip-and-port {translated}"));
}
