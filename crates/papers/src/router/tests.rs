//! Every fact is in every configuration, in the words of its dialect.

use super::types::Dialect;
use super::*;

const KEY_4: &str = "0xKey.of_four 4";
const KEY_6: &str = "six\"6\\6";
const CKN: &str = "ab01ab01ab01ab01ab01ab01ab01ab01ab01ab01ab01ab01ab01ab01ab01ab01";

fn session(is_ipv6: bool, asn: u32) -> Session {
    let (customer, amazon, length, key) = if is_ipv6 {
        ("2001:db8:0:1::2", "2001:db8:0:1::1", 125, KEY_6)
    } else {
        ("169.254.10.2", "169.254.10.1", 29, KEY_4)
    };
    Session { customer: customer.parse().unwrap(), amazon: amazon.parse().unwrap(), length, asn, key: key.to_owned() }
}

fn prefix(text: &str) -> Prefix {
    let (address, length) = text.split_once('/').unwrap();
    Prefix { address: address.parse().unwrap(), length: length.parse().unwrap() }
}

/// Every combination of what an interface can be.
fn interfaces() -> Vec<Interface> {
    let mut all = Vec::new();
    let sessions = [
        vec![session(false, 65001)],
        vec![session(true, 4_200_000_001)],
        vec![session(false, 65001), session(true, 65001)],
        vec![session(true, 4_200_000_001), session(false, 65001)],
    ];
    let mac_secs = [
        None,
        Some(MacSec { names: Vec::new(), is_required: false }),
        Some(MacSec { names: vec!["0f".repeat(32), CKN.to_owned()], is_required: true }),
    ];
    for reach in [Reach::Private, Reach::Public, Reach::Transit] {
        for sessions in &sessions {
            for mac_sec in &mac_secs {
                for lag_ports in [None, Some(0), Some(1), Some(4)] {
                    for speed in [Speed::Gbps1, Speed::Gbps10, Speed::Gbps100, Speed::Gbps400] {
                        let announced = ["198.51.100.0/22", "203.0.113.0/24", "2001:db8:100::/48"].map(prefix).to_vec();
                        all.push(Interface {
                            id: "dxvif-ffhhk74f".to_owned(),
                            name: "to head office".to_owned(),
                            reach,
                            vlan: 101,
                            mtu: if reach == Reach::Transit { 8500 } else { 1500 },
                            amazon_asn: 4_200_000_009,
                            sessions: sessions.clone(),
                            announced: if reach == Reach::Public { announced } else { Vec::new() },
                            parent: if lag_ports.is_some() { "dxlag-fgk3rz1p" } else { "dxcon-fgase048" }.to_owned(),
                            location: "EqDC2".to_owned(),
                            speed,
                            lag_ports,
                            mac_sec: mac_sec.clone(),
                        });
                    }
                }
            }
        }
    }
    all
}

/// The port as a dialect names it, the first by 0 or 1.
fn port(dialect: Dialect, speed: Speed) -> &'static str {
    match (dialect, speed) {
        (Dialect::Ios, Speed::Gbps1) => "GigabitEthernet0/1",
        (Dialect::Ios, Speed::Gbps10) => "TenGigabitEthernet0/1",
        (Dialect::Ios, Speed::Gbps100) => "HundredGigE0/1",
        (Dialect::Ios, Speed::Gbps400) => "FourHundredGigE0/1",
        (Dialect::NxOs, _) => "Ethernet1/1",
        (Dialect::Junos | Dialect::JunosWithZones, Speed::Gbps1) => "ge-0/0/0",
        (Dialect::Junos | Dialect::JunosWithZones, Speed::Gbps10) => "xe-0/0/0",
        (Dialect::Junos | Dialect::JunosWithZones, _) => "et-0/0/0",
        (Dialect::PanOs, _) => "ethernet1/1",
    }
}

/// The lines that an interface must have in a dialect, without what indents them.
fn expected(dialect: Dialect, interface: &Interface) -> Vec<String> {
    let mut lines = of_port(dialect, interface);
    let (vlan, mtu) = (interface.vlan, interface.mtu);
    for session in &interface.sessions {
        let (asn, amazon_asn, length) = (interface.sessions[0].asn, interface.amazon_asn, session.length);
        let (here, there, is_ipv6) = (session.customer, session.amazon, session.amazon.is_ipv6());
        let key = session.key.as_str();
        let quoted = if is_ipv6 { r#""six\"6\\6""#.to_owned() } else { format!("\"{KEY_4}\"") };
        lines.extend(match dialect {
            Dialect::Ios => vec![
                format!("encapsulation dot1Q {vlan}"),
                if is_ipv6 {
                    format!("ipv6 address {here}/{length}")
                } else {
                    format!("ip address {here} 255.255.255.248")
                },
                format!("router bgp {asn}"),
                format!("neighbor {there} remote-as {amazon_asn}"),
                format!("neighbor {there} password {key}"),
                format!("neighbor {there} activate"),
                format!("!bfd  neighbor {there} fall-over bfd"),
                "!bfd  bfd interval 300 min_rx 300 multiplier 3".to_owned(),
            ],
            Dialect::NxOs => vec![
                format!("vlan {vlan}"),
                format!("interface Vlan{vlan}"),
                format!("switchport trunk allowed vlan {vlan}"),
                format!("{} address {here}/{length}", if is_ipv6 { "ipv6" } else { "ip" }),
                format!("router bgp {asn}"),
                format!("neighbor {there}"),
                format!("remote-as {amazon_asn}"),
                format!("password 0 {key}"),
                "!bfd feature bfd".to_owned(),
                "!bfd   bfd interval 300 min_rx 300 multiplier 3".to_owned(),
                "!bfd     bfd".to_owned(),
            ],
            Dialect::Junos | Dialect::JunosWithZones => vec![
                format!("unit {vlan} {{"),
                format!("vlan-id {vlan};"),
                format!("mtu {mtu};"),
                format!("mtu {};", mtu + 22),
                format!("address {here}/{length};"),
                format!("autonomous-system {asn};"),
                format!("neighbor {there} {{"),
                format!("local-address {here};"),
                format!("peer-as {amazon_asn};"),
                format!("authentication-key {quoted};"),
                "inactive: bfd-liveness-detection {".to_owned(),
            ],
            Dialect::PanOs => {
                let (family, unit) = (if is_ipv6 { "ipv6" } else { "ipv4" }, unit(interface));
                let bgp = "set network virtual-router default protocol bgp";
                let peer = format!("{bgp} peer-group direct-connect-{family} peer amazon-{family}");
                vec![
                    format!("{bgp} local-as {asn}"),
                    format!("{bgp} auth-profile direct-connect-{family} secret {quoted}"),
                    format!("{peer} peer-as {amazon_asn}"),
                    format!("{peer} peer-address ip {there}"),
                    format!("{peer} local-address ip {here}/{length}"),
                    format!("{peer} local-address interface {unit}"),
                    format!("#bfd {peer} bfd profile direct-connect"),
                    format!("set zone direct-connect network layer3 {unit}"),
                ]
            }
        });
    }
    lines.extend(of_announcements(dialect, interface));
    lines
}

fn unit(interface: &Interface) -> String {
    if interface.lag_ports.is_some() { "ae1.101".to_owned() } else { "ethernet1/1.101".to_owned() }
}

fn of_port(dialect: Dialect, interface: &Interface) -> Vec<String> {
    let (port, is_lag) = (port(dialect, interface.speed), interface.lag_ports.is_some());
    let jumbo = interface.mtu > 1500;
    match dialect {
        Dialect::Ios => {
            let bundle = if is_lag { "Port-channel1" } else { port };
            let mut lines = vec![format!("interface {port}"), format!("interface {bundle}.101")];
            lines.extend(is_lag.then(|| "channel-group 1 mode active".to_owned()));
            lines.extend(jumbo.then(|| "mtu 8500".to_owned()));
            lines
        }
        Dialect::NxOs => {
            let mut lines = vec![format!("interface {port}")];
            lines.extend(is_lag.then(|| "interface port-channel1".to_owned()));
            lines.extend(is_lag.then(|| "channel-group 1 mode active".to_owned()));
            lines.extend(jumbo.then(|| "mtu 8500".to_owned()));
            lines
        }
        Dialect::Junos | Dialect::JunosWithZones => {
            let mut lines = vec![format!("{port} {{")];
            lines.extend(is_lag.then(|| "802.3ad ae0;".to_owned()));
            let zone = format!("{}.101;", if is_lag { "ae0" } else { port });
            lines.extend((dialect == Dialect::JunosWithZones).then_some(zone));
            lines
        }
        Dialect::PanOs => {
            let parent = if is_lag { "aggregate-ethernet ae1" } else { "ethernet ethernet1/1" };
            let path = format!("set network interface {parent} layer3 units {}", unit(interface));
            let mut lines = vec![format!("{path} tag 101"), format!("{path} mtu {}", interface.mtu)];
            lines.extend(is_lag.then(|| "set network interface ethernet ethernet1/1 aggregate-group ae1".to_owned()));
            lines
        }
    }
}

fn of_announcements(dialect: Dialect, interface: &Interface) -> Vec<String> {
    let families = |is_ipv6: bool| interface.sessions.iter().any(|session| session.amazon.is_ipv6() == is_ipv6);
    let line = |prefix: &str| match dialect {
        Dialect::Ios if prefix == "0.0.0.0/0" => "network 0.0.0.0".to_owned(),
        Dialect::Ios if prefix == "198.51.100.0/22" => "network 198.51.100.0 mask 255.255.252.0".to_owned(),
        Dialect::Ios if prefix == "203.0.113.0/24" => "network 203.0.113.0 mask 255.255.255.0".to_owned(),
        Dialect::Ios | Dialect::NxOs => format!("network {prefix}"),
        Dialect::Junos | Dialect::JunosWithZones => format!("route-filter {prefix} exact;"),
        Dialect::PanOs => {
            format!("set network virtual-router default protocol bgp redist-rules {prefix} enable yes")
        }
    };
    let (four, six): (&[&str], &[&str]) = match interface.reach {
        Reach::Public => (&["198.51.100.0/22", "203.0.113.0/24"], &["2001:db8:100::/48"]),
        Reach::Private | Reach::Transit => (&["0.0.0.0/0"], &["::/0"]),
    };
    let mut prefixes = Vec::new();
    prefixes.extend(four.iter().filter(|_| families(false)));
    prefixes.extend(six.iter().filter(|_| families(true)));
    prefixes.into_iter().map(line).collect()
}

#[test]
fn every_fact_is_in_every_configuration() {
    let interfaces = interfaces();
    assert_eq!(interfaces.len(), 3 * 4 * 3 * 4 * 4);
    for router in &TYPES {
        for interface in &interfaces {
            let text = configuration(router, interface);
            let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
            for line in expected(router.dialect, interface) {
                assert!(lines.contains(&line.as_str()), "{}: {interface:?}\n{line}\nin\n{text}", router.identifier);
            }
            let of_other_family = |is_ipv6: bool| {
                let has = interface.sessions.iter().any(|session| session.amazon.is_ipv6() == is_ipv6);
                let end = session(is_ipv6, 1).amazon.to_string();
                has == text.contains(&end)
            };
            assert!(of_other_family(false) && of_other_family(true), "{text}");
        }
    }
}

#[test]
fn mac_sec_is_there_when_it_is_on_and_the_router_has_it() {
    for router in &TYPES {
        for interface in interfaces() {
            let text = configuration(router, &interface);
            let is_there = text.contains("GCM-AES-XPN-256") || text.contains("gcm-aes-xpn-256");
            let names = interface.mac_sec.as_ref().map(|mac_sec| mac_sec.names.as_slice()).unwrap_or_default();
            let is_possible = matches!(
                router.identifier,
                "CiscoSystemsInc-Nexus9KSeriesSwitches-NXOS93" | "JuniperNetworksInc-MMXSeriesRouters-JunOS95"
            );
            assert_eq!(is_there, is_possible && interface.mac_sec.is_some(), "{}:\n{text}", router.identifier);
            assert_eq!(text.contains("<CAK>"), is_there);
            assert_eq!(
                names.iter().filter(|name| text.contains(*name)).count(),
                if is_there { names.len() } else { 0 }
            );
            assert_eq!(text.contains("<CKN>"), is_there && names.is_empty());
            if let Some(mac_sec) = interface.mac_sec.filter(|_| is_there) {
                let (is, is_not) = if mac_sec.is_required { ("must", "should") } else { ("should", "must") };
                assert!(text.contains(&format!("{is}-secure")) && !text.contains(&format!("{is_not}-secure")));
            }
        }
    }
}

#[test]
fn another_asn_of_the_other_family_is_said() {
    for router in &TYPES {
        let mut interface = interfaces().swap_remove(0);
        interface.sessions = vec![session(false, 65001), session(true, 65002)];
        let text = configuration(router, &interface);
        let expected = match router.dialect {
            Dialect::Ios => " neighbor 2001:db8:0:1::1 local-as 65002 no-prepend replace-as\n",
            Dialect::NxOs => "    local-as 65002 no-prepend replace-as\n",
            Dialect::Junos | Dialect::JunosWithZones => " local-as 65002 private;\n",
            Dialect::PanOs => "\n# This session wants AS 65002 at your end",
        };
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn no_name_and_no_key_begins_a_line_of_its_own() {
    for router in &TYPES {
        for hostile in ["\nEVIL", "\r\nEVIL", "\u{2028}EVIL", "\u{85}EVIL", "};\nEVIL {"] {
            let mut interface = interfaces().swap_remove(0);
            interface.name = hostile.to_owned();
            interface.sessions[0].key = format!("sesame{hostile}");
            let text = configuration(router, &interface);
            let ends = |character: char| matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
            assert!(text.split(ends).all(|line| !line.starts_with("EVIL")), "{text}");
            assert!(text.contains("<KEY>") && !text.contains("sesame"), "{text}");
        }
    }
}

#[test]
fn braces_of_junos_match() {
    for router in TYPES.iter().filter(|router| matches!(router.dialect, Dialect::Junos | Dialect::JunosWithZones)) {
        for interface in interfaces() {
            let mut depth = 0_i32;
            for line in configuration(router, &interface).lines().filter(|line| !line.trim_start().starts_with('#')) {
                let line = line.trim_start();
                depth += i32::from(line.ends_with('{')) - i32::from(line == "}");
                assert!(depth >= 0 && (line.ends_with(['{', ';']) || line == "}"), "{line}");
            }
            assert_eq!(depth, 0);
        }
    }
}

#[test]
fn types_are_found_by_their_identifiers() {
    for router in &TYPES {
        assert_eq!(RouterType::find(router.identifier), Some(router));
    }
    assert_eq!(RouterType::find("ciscosystemsinc-2900seriesrouters-ios124"), None);
}
