//! Who is at the other end of a connection.

use rustls::{CipherSuite, ProtocolVersion, ServerConnection};
use std::net::{IpAddr, Ipv6Addr};

/// Bits of an IPv6 address that one customer of a network has to choose from: the lower ones tell nobody apart.
const IPV6_NETWORK_BITS: u32 = 64;

/// From where a request came, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Peer {
    /// Its address.
    pub(crate) address: IpAddr,
    /// What keeps others on the way from reading or changing it, if anything does.
    pub(crate) tls: Option<Tls>,
}

/// What was agreed on for a connection of TLS, in the words of CloudTrail: those of OpenSSL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tls {
    pub(crate) version: &'static str,
    pub(crate) cipher_suite: &'static str,
}

impl Tls {
    /// What a connection has agreed on, once its handshake is over.
    pub(super) fn of(connection: &ServerConnection) -> Self {
        let version = match connection.protocol_version() {
            Some(ProtocolVersion::TLSv1_3) => "TLSv1.3",
            Some(ProtocolVersion::TLSv1_2) => "TLSv1.2",
            Some(_) | None => "-",
        };
        let suite = connection.negotiated_cipher_suite().map(|suite| suite.suite());
        Tls { version, cipher_suite: suite.and_then(name_of).unwrap_or("-") }
    }
}

/// What OpenSSL calls a suite, of those that we speak.
fn name_of(suite: CipherSuite) -> Option<&'static str> {
    let name = match suite {
        CipherSuite::TLS13_AES_256_GCM_SHA384 => "TLS_AES_256_GCM_SHA384",
        CipherSuite::TLS13_AES_128_GCM_SHA256 => "TLS_AES_128_GCM_SHA256",
        CipherSuite::TLS13_CHACHA20_POLY1305_SHA256 => "TLS_CHACHA20_POLY1305_SHA256",
        CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 => "ECDHE-ECDSA-AES256-GCM-SHA384",
        CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 => "ECDHE-ECDSA-AES128-GCM-SHA256",
        CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 => "ECDHE-ECDSA-CHACHA20-POLY1305",
        CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 => "ECDHE-RSA-AES256-GCM-SHA384",
        CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 => "ECDHE-RSA-AES128-GCM-SHA256",
        CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 => "ECDHE-RSA-CHACHA20-POLY1305",
        _ => return None,
    };
    Some(name)
}

/// What counts as one peer when peers are counted: an address, and of IPv6 its network.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let mask = u128::MAX << (128 - IPV6_NETWORK_BITS);
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suite_that_we_speak_has_a_name() {
        for suite in rustls::crypto::ring::default_provider().cipher_suites {
            assert!(name_of(suite.suite()).is_some(), "{suite:?}");
        }
    }

    #[test]
    fn addresses_of_one_network_are_one_peer() {
        let network = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    }
}
