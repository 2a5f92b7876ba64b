//! `customerRouterConfig`: what a virtual interface's answers say of it in XML [observed].

use crate::model::bgp_peer::BgpPeer;
use crate::model::virtual_interface::VirtualInterface;
use crate::prefix::Family;
use std::fmt::Write;

/// The document of an interface with these peers, the deleted left out.
pub(super) fn xml(interface: &VirtualInterface, peers: &[&BgpPeer]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<logical_connection id=\"{}\">", interface.id);
    element(&mut xml, "vlan", interface.vlan);
    for (family, prefix) in [(Family::Ipv4, ""), (Family::Ipv6, "ipv6_")] {
        if let Some(peer) = peers.iter().find(|peer| peer.family == family) {
            element(&mut xml, &format!("{prefix}customer_address"), peer.customer_address);
            element(&mut xml, &format!("{prefix}amazon_address"), peer.amazon_address);
            element(&mut xml, &format!("{prefix}bgp_asn"), peer.asn);
            element(&mut xml, &format!("{prefix}bgp_auth_key"), escaped(&peer.auth_key));
        }
    }
    element(&mut xml, "amazon_bgp_asn", interface.amazon_side_asn);
    element(&mut xml, "connection_type", interface.kind.as_str());
    xml.push_str("</logical_connection>\n");
    xml
}

fn element(xml: &mut String, name: &str, value: impl std::fmt::Display) {
    // Writing to a string cannot fail.
    let _ = writeln!(xml, "  <{name}>{value}</{name}>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
