//! The types of router that there are configurations for [observed].

/// How a router is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Ios,
    NxOs,
    Junos,
    /// Junos of a firewall, which lets nothing through that no zone and policy names.
    JunosWithZones,
    PanOs,
}

/// A type of router, in the words of the service's answers.
#[derive(Debug, PartialEq, Eq)]
pub struct RouterType {
    /// What callers name it by.
    pub identifier: &'static str,
    /// Who makes it.
    pub vendor: &'static str,
    /// Which of theirs.
    pub platform: &'static str,
    /// What runs on it.
    pub software: &'static str,
    /// The service's template for it.
    pub xslt_template: &'static str,
    /// The same with MACsec; empty where there is none.
    pub xslt_template_for_mac_sec: &'static str,
    pub(super) dialect: Dialect,
}

const CISCO: &str = "Cisco Systems, Inc.";
const JUNIPER: &str = "Juniper Networks, Inc.";
const IOS: &str = "customer-router-cisco-generic.xslt";
const NXOS: &str = "customer-switch-cisco-nexus-generic.xslt";
const JUNOS: &str = "customer-router-juniper-generic.xslt";

/// Every type.
pub const TYPES: [RouterType; 9] = [
    ios("CiscoSystemsInc-2900SeriesRouters-IOS124", "2900 Series Routers"),
    ios("CiscoSystemsInc-3700SeriesRouters-IOS124", "3700 Series Routers"),
    ios("CiscoSystemsInc-7200SeriesRouters-IOS124", "7200 Series Routers"),
    RouterType {
        identifier: "CiscoSystemsInc-Nexus7000SeriesSwitches-NXOS51",
        vendor: CISCO,
        platform: "Nexus 7000 Series Switches",
        software: "NX-OS 5.1+",
        xslt_template: NXOS,
        xslt_template_for_mac_sec: "",
        dialect: Dialect::NxOs,
    },
    RouterType {
        identifier: "CiscoSystemsInc-Nexus9KSeriesSwitches-NXOS93",
        vendor: CISCO,
        platform: "Nexus 9K+ Series Switches",
        software: "NX-OS 9.3+",
        xslt_template: NXOS,
        xslt_template_for_mac_sec: "customer-switch-cisco-nexus-generic-macsec.xslt",
        dialect: Dialect::NxOs,
    },
    RouterType {
        xslt_template_for_mac_sec: "customer-router-juniper-generic-macsec.xslt",
        ..junos("JuniperNetworksInc-MMXSeriesRouters-JunOS95", "M/MX Series Routers", Dialect::Junos)
    },
    junos("JuniperNetworksInc-SRXSeriesRouters-JunOS95", "SRX Series Routers", Dialect::JunosWithZones),
    junos("JuniperNetworksInc-TSeriesRouters-JunOS95", "T Series Routers", Dialect::Junos),
    RouterType {
        identifier: "PaloAltoNetworks-PA3000and5000series-PANOS803",
        vendor: "Palo Alto Networks",
        platform: "PA-3000+ and 5000+ series",
        software: "PAN-OS 8.0.3+",
        xslt_template: "customer-router-palo-alto-generic.xslt",
        xslt_template_for_mac_sec: "",
        dialect: Dialect::PanOs,
    },
];

const fn ios(identifier: &'static str, platform: &'static str) -> RouterType {
    RouterType {
        identifier,
        vendor: CISCO,
        platform,
        software: "IOS 12.4+",
        xslt_template: IOS,
        xslt_template_for_mac_sec: "",
        dialect: Dialect::Ios,
    }
}

const fn junos(identifier: &'static str, platform: &'static str, dialect: Dialect) -> RouterType {
    RouterType {
        identifier,
        vendor: JUNIPER,
        platform,
        software: "JunOS 9.5+",
        xslt_template: JUNOS,
        xslt_template_for_mac_sec: "",
        dialect,
    }
}

impl RouterType {
    /// The type of this identifier, letter by letter.
    pub fn find(identifier: &str) -> Option<&'static RouterType> {
        TYPES.iter().find(|router| router.identifier == identifier)
    }
}
