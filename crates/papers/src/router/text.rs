//! Lines of a configuration, and what may stand in them. Nothing that anybody has named can end a line or begin one.

use super::{Interface, Reach, RouterType};
use std::fmt::{Arguments, Write};
use std::net::{IpAddr, Ipv4Addr};

/// A configuration as it is written.
#[derive(Default)]
pub(super) struct Text {
    pub(super) text: String,
}

impl Text {
    /// One line.
    pub(super) fn line(&mut self, line: Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    /// What the configuration is for, and what is to be replaced in it. Each line begins with `mark`.
    pub(super) fn head(&mut self, mark: &str, router: &RouterType, interface: &Interface, port: &str, how: &str) {
        let reach = match interface.reach {
            Reach::Private => "private",
            Reach::Public => "public",
            Reach::Transit => "transit",
        };
        self.line(format_args!("{mark} Crossconnect, in place of AWS Direct Connect"));
        self.line(format_args!("{mark} {} {}, {}", router.vendor, router.platform, router.software));
        self.line(format_args!("{mark}"));
        self.line(format_args!("{mark} Virtual Interface ID: {}", interface.id));
        self.line(format_args!("{mark} Name:                 {}", printable(&interface.name)));
        self.line(format_args!("{mark} Type:                 {reach}"));
        self.line(format_args!("{mark} On:                   {} at {}", interface.parent, interface.location));
        self.line(format_args!("{mark} VLAN:                 {}", interface.vlan));
        self.line(format_args!("{mark} MTU:                  {}", interface.mtu));
        for session in &interface.sessions {
            let family = if session.amazon.is_ipv6() { "IPv6" } else { "IPv4" };
            let length = session.length;
            self.line(format_args!(
                "{mark} {family}, your end:       {}/{length}, AS {}",
                session.customer, session.asn
            ));
            let amazon = interface.amazon_asn;
            self.line(format_args!("{mark} {family}, Amazon's end:   {}/{length}, AS {amazon}", session.amazon));
        }
        self.line(format_args!("{mark}"));
        self.line(format_args!("{mark} {how}"));
        self.line(format_args!("{mark} {port} stands for the port that your cross connect ends on."));
        if interface.reach != Reach::Public {
            self.line(format_args!(
                "{mark} A default route is announced: put in its place what you want AWS to reach."
            ));
        }
        if interface.mac_sec.is_some() && interface.mac_sec(router).is_none() {
            self.line(format_args!("{mark} MACsec is on, and this type of router has no configuration for it here."));
        }
        if interface.sessions.iter().any(|session| !is_typable(&session.key)) {
            self.line(format_args!(
                "{mark} <KEY> stands for a BGP key that has characters which cannot be typed here."
            ));
        }
        let first = interface.asn();
        for session in interface.sessions.iter().filter(|session| session.asn != first) {
            let text = "belongs to a session that is another AS to Amazon than the router is.";
            self.line(format_args!("{mark} AS {} {text}", session.asn));
        }
    }
}

/// A name on one line: what could break it or hide in it is written as its code.
pub(super) fn printable(name: &str) -> String {
    let is_hazard = |character: char| {
        character.is_control()
            || matches!(character, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let escaped = |character: char| {
        if is_hazard(character) { character.escape_unicode().to_string() } else { character.to_string() }
    };
    name.chars().map(escaped).collect()
}

/// Whether a key can be typed at a router at all.
fn is_typable(key: &str) -> bool {
    key.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'?') && key.trim() == key
}

/// The key as a line ends in it.
pub(super) fn key(key: &str) -> &str {
    if is_typable(key) { key } else { "<KEY>" }
}

/// The key between quotation marks.
pub(super) fn quoted_key(text: &str) -> String {
    format!("\"{}\"", key(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// The mask of an IPv4 prefix length.
pub(super) fn mask(length: u8) -> Ipv4Addr {
    Ipv4Addr::from(u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0))
}

/// What tells routers apart in BGP: an address of IPv4, which one without any has to be given.
pub(super) fn router_id(interface: &Interface) -> Option<Ipv4Addr> {
    interface.sessions.iter().find_map(|session| match session.customer {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_on_their_line() {
        assert_eq!(printable("a\nb\u{2028}東\u{202e}"), "a\\u{a}b\\u{2028}東\\u{202e}");
    }

    #[test]
    fn keys_that_cannot_be_typed_are_not_printed() {
        for odd in ["with\nline", "what?now", " leading", "trailing ", "schlüssel", "\u{7f}delete"] {
            assert_eq!((key(odd), quoted_key(odd)), ("<KEY>", "\"<KEY>\"".to_owned()), "{odd:?}");
        }
        assert_eq!(quoted_key(r#"a"b\c d"#), r#""a\"b\\c d""#);
        assert_eq!(key("0xAb._ 9!#"), "0xAb._ 9!#");
    }

    #[test]
    fn masks() {
        for (length, expected) in [(0, "0.0.0.0"), (1, "128.0.0.0"), (29, "255.255.255.248"), (32, "255.255.255.255")] {
            assert_eq!(mask(length).to_string(), expected);
        }
    }
}
