//! `customerRouterConfig`: what a virtual interface's answers say of it in XML [observed].

use super::shown::Ends;
use crate::model::bgp_peer::BgpPeer;
use crate::model::virtual_interface::VirtualInterface;
use crate::prefix::Family;
use std::borrow::Cow;
use std::fmt::Write;

/// Room for the document of an interface with one peer, so that its bytes do not move while it is written.
const ROOM: usize = 768;

/// The names of what is said of a peer, in order: the customer's address, Amazon's, the ASN, the key.
const IPV4: [&str; 4] = ["customer_address", "amazon_address", "bgp_asn", "bgp_auth_key"];
const IPV6: [&str; 4] = ["ipv6_customer_address", "ipv6_amazon_address", "ipv6_bgp_asn", "ipv6_bgp_auth_key"];

/// The document of an interface with these peers, the deleted left out.
pub(super) fn xml(interface: &VirtualInterface, peers: &[(&BgpPeer, &Ends<'_>)]) -> String {
    let mut xml = String::with_capacity(ROOM * peers.len().max(1));
    xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<logical_connection id=\"");
    write!(xml, "{}", interface.id).expect("writing to a string cannot fail");
    xml.push_str("\">\n");
    number(&mut xml, "vlan", interface.vlan);
    for (family, [customer, amazon, asn, key]) in [(Family::Ipv4, IPV4), (Family::Ipv6, IPV6)] {
        if let Some((peer, ends)) = peers.iter().find(|(peer, _)| peer.family == family) {
            text(&mut xml, customer, &ends.customer);
            text(&mut xml, amazon, &ends.amazon);
            number(&mut xml, asn, peer.asn);
            text(&mut xml, key, &escaped(ends.key));
        }
    }
    number(&mut xml, "amazon_bgp_asn", interface.amazon_side_asn);
    text(&mut xml, "connection_type", interface.kind.as_str());
    xml.push_str("</logical_connection>\n");
    xml
}

fn text(xml: &mut String, name: &str, value: &str) {
    for part in ["  <", name, ">", value, "</", name, ">\n"] {
        xml.push_str(part);
    }
}

fn number(xml: &mut String, name: &str, value: impl itoa::Integer) {
    text(xml, name, itoa::Buffer::new().format(value));
}

fn escaped(text: &str) -> Cow<'_, str> {
    if text.contains(['&', '<', '>']) {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").into()
    } else {
        text.into()
    }
}
