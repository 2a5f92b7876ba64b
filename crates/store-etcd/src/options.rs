//! Where the cluster is, and as whom it is spoken to.

use crate::tls::Tls;
use std::fmt;
use zeroize::Zeroizing;

/// The port of an endpoint that names none.
const PORT: u16 = 2379;
/// The prefix of a store that names none.
const PREFIX: &str = "crossconnect";
/// The longest prefix, in bytes: it is part of every key.
const PREFIX_MAX: usize = 256;

/// A store in an etcd cluster.
#[derive(Debug, Clone)]
pub struct Options {
    /// `host:port` of each member that may be asked.
    pub endpoints: Vec<String>,
    /// What the keys of the store begin with, without the slash after it.
    pub prefix: String,
    /// How members prove who they are; `None` for connections in the clear.
    pub tls: Option<Tls>,
    /// Who we are; `None` where the cluster does not ask.
    pub user: Option<User>,
}

/// A user of etcd.
#[derive(Clone)]
pub struct User {
    /// Its name.
    pub name: String,
    /// Its password.
    pub password: Zeroizing<String>,
}

/// What stands in `etcd://…` or `etcds://…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Whether members are spoken to over TLS.
    pub is_secure: bool,
    /// `host:port` of each member.
    pub endpoints: Vec<String>,
    /// What the keys of the store begin with.
    pub prefix: String,
}

impl Place {
    /// Reads `etcd://host:port,host:port/prefix`; nothing where it is not that. The prefix may have slashes.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_secure, rest) = match text.strip_prefix("etcds://") {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix("etcd://")?),
        };
        let (hosts, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let endpoints = hosts.split(',').map(endpoint).collect::<Option<Vec<_>>>()?;
        let prefix = match prefix.trim_end_matches('/') {
            "" => PREFIX,
            prefix => prefix,
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        let is_fine = prefix.len() <= PREFIX_MAX && prefix.chars().all(is_plain) && !prefix.starts_with('/');
        is_fine.then(|| Place { is_secure, endpoints, prefix: prefix.to_owned() })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_secure { "etcds" } else { "etcd" };
        write!(f, "{scheme}://{}/{}", self.endpoints.join(","), self.prefix)
    }
}

impl fmt::Display for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (endpoints, prefix) = (self.endpoints.clone(), self.prefix.clone());
        Place { is_secure: self.tls.is_some(), endpoints, prefix }.fmt(f)
    }
}

/// `host:port`, with the usual port where there is none. An IPv6 address stands in brackets.
fn endpoint(text: &str) -> Option<String> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()?),
        _ => (text, PORT),
    };
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_host = match inner {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)),
    };
    (is_host && port > 0).then(|| format!("{host}:{port}"))
}

/// The password is not shown.
impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "User({})", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        Place::parse(text).map(|place| place.to_string())
    }

    #[test]
    fn places() {
        for (text, expected) in [
            ("etcd://a:2379", Some("etcd://a:2379/crossconnect")),
            ("etcd://a,b:1,10.0.0.3/lab", Some("etcd://a:2379,b:1,10.0.0.3:2379/lab")),
            ("etcds://[::1]:2379,[fe80::1]/lab/one/", Some("etcds://[::1]:2379,[fe80::1]:2379/lab/one")),
            ("etcd://", None),
            ("etcd://a,,b/lab", None),
            ("etcd://a:0/lab", None),
            ("etcd://a:x/lab", None),
            ("etcd://[a]:1/lab", None),
            ("etcd://user@a/lab", None),
            ("etcd://a/lab one", None),
            ("etcd://a//x", None),
            ("http://a:2379/lab", None),
        ] {
            assert_eq!(shown(text).as_deref(), expected, "{text}");
        }
    }
}
