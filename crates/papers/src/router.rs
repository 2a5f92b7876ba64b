//! Configurations for the router at the customer's end of a virtual interface: for nine types of router, in five
//! dialects, each with the same facts. Values that only the customer knows stand in angle brackets.
//!
//! Whatever a router can do without begins, on its line, with a word that makes it a note and says what it is for:
//! whoever wants it takes the word away.

mod ios;
mod junos;
mod nxos;
mod panos;
mod text;
mod types;

use std::net::IpAddr;
pub use types::{RouterType, TYPES};

/// What a virtual interface reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Private addresses of VPCs.
    Private,
    /// Public services of AWS.
    Public,
    /// Transit gateways.
    Transit,
}

/// The speed of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "gigabits per second, by number")]
pub enum Speed {
    Gbps1,
    Gbps10,
    Gbps100,
    Gbps400,
}

/// A prefix: an address and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefix {
    /// The address, all of its host bits zero.
    pub address: IpAddr,
    /// In bits.
    pub length: u8,
}

/// One BGP session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The customer's end.
    pub customer: IpAddr,
    /// Amazon's end, of the same family.
    pub amazon: IpAddr,
    /// The length of both prefixes.
    pub length: u8,
    /// The customer's ASN.
    pub asn: u32,
    /// What both ends sign with.
    pub key: String,
}

/// MACsec on the port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MacSec {
    /// The names of the keys, oldest first. The keys themselves are nobody's to print.
    pub names: Vec<String>,
    /// Whether the link stays down without it.
    pub is_required: bool,
}

/// The facts of a virtual interface, as its customer's router sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// Its id.
    pub id: String,
    /// Its name, as its owner wrote it.
    pub name: String,
    /// What it reaches.
    pub reach: Reach,
    /// 1 to 4094.
    pub vlan: u16,
    /// 1500, or a jumbo one.
    pub mtu: u16,
    /// Amazon's ASN.
    pub amazon_asn: u32,
    /// One or two, of two families.
    pub sessions: Vec<Session>,
    /// What a public one announces; others announce a default route until their owner says better.
    pub announced: Vec<Prefix>,
    /// The connection or LAG that it is on.
    pub parent: String,
    /// The code of the location.
    pub location: String,
    /// The speed of each port.
    pub speed: Speed,
    /// How many ports a LAG has; `None` for a connection.
    pub lag_ports: Option<usize>,
    /// MACsec, where it is on.
    pub mac_sec: Option<MacSec>,
}

/// The configuration of a router of type `router`.
pub fn configuration(router: &RouterType, interface: &Interface) -> String {
    use types::Dialect;
    match router.dialect {
        Dialect::Ios => ios::configuration(router, interface),
        Dialect::NxOs => nxos::configuration(router, interface),
        Dialect::Junos => junos::configuration(router, interface, false),
        Dialect::JunosWithZones => junos::configuration(router, interface, true),
        Dialect::PanOs => panos::configuration(router, interface),
    }
}

impl Interface {
    fn of_family(&self, is_ipv6: bool) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(move |session| session.amazon.is_ipv6() == is_ipv6)
    }

    /// What is announced in a family.
    fn announced_in(&self, is_ipv6: bool) -> Vec<Prefix> {
        let own = self.announced.iter().filter(|prefix| prefix.address.is_ipv6() == is_ipv6).copied();
        let own: Vec<Prefix> = own.collect();
        if !own.is_empty() {
            return own;
        }
        let any: IpAddr = if is_ipv6 { [0_u16; 8].into() } else { [0_u8; 4].into() };
        // A public one without prefixes of the family announces nothing in it.
        let default = Prefix { address: any, length: 0 };
        if self.reach == Reach::Public { Vec::new() } else { vec![default] }
    }

    /// The ASN that the router is known by.
    fn asn(&self) -> u32 {
        self.sessions.first().map_or(0, |session| session.asn)
    }

    fn is_jumbo(&self) -> bool {
        self.mtu > 1500
    }

    /// MACsec, if this type of router has a configuration for it.
    fn mac_sec(&self, router: &RouterType) -> Option<&MacSec> {
        self.mac_sec.as_ref().filter(|_| !router.xslt_template_for_mac_sec.is_empty())
    }

    /// The ports that the cross connects end on, `first` being the number of the first.
    fn ports(&self) -> std::ops::RangeInclusive<usize> {
        1..=self.lag_ports.unwrap_or(1).max(1)
    }
}

impl std::fmt::Display for Prefix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.length)
    }
}

#[cfg(test)]
mod tests;
