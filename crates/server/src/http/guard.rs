//! The guard against foreign web pages: a browser that was led here by another site's name or script gets nothing.
//!
//! A page of another site can make a browser send requests to a loopback address, under that site's own name
//! (DNS rebinding) or with an `Origin`. Real clients have neither.

use hyper::HeaderMap;
use hyper::header::{HOST, ORIGIN};
use hyper::http::uri::{Authority, Uri};
use std::net::{IpAddr, Ipv4Addr};

/// Under which names the server may be addressed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guard {
    names: Vec<String>,
}

impl Guard {
    /// Loopback addresses, `localhost`, and these names.
    pub(crate) fn new(names: Vec<String>) -> Self {
        Guard { names }
    }

    /// Whether the request may be looked at; the text names what is wrong.
    pub(crate) fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), String> {
        let mut own = None;
        let hosts = headers.get_all(HOST).iter().map(|host| host.to_str().unwrap_or_default());
        // HTTP/2 has the name in the URI; a request of HTTP/1 may have it in both places.
        for host in uri.authority().map(Authority::as_str).into_iter().chain(hosts) {
            if !self.is_ours(host) {
                return Err(format!(
                    "Host {} is not served here; expected a loopback address, localhost, or a name given as --host-name.",
                    excerpt(host)
                ));
            }
            own = Some(host);
        }
        let Some(own) = own else {
            return Err("The header Host is missing.".to_owned());
        };
        for origin in headers.get_all(ORIGIN) {
            let origin = origin.to_str().unwrap_or_default();
            let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            if !host.is_some_and(|host| host.eq_ignore_ascii_case(own)) {
                return Err(format!("Origin {} may not call this server; expected none, or its own.", excerpt(origin)));
            }
        }
        Ok(())
    }

    fn is_ours(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else {
            return false;
        };
        // User information has no place here, and hides which host is meant.
        if host.contains('@') {
            return false;
        }
        let name = authority.host().trim_start_matches('[').trim_end_matches(']');
        match name.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => address.octets()[0] == Ipv4Addr::LOCALHOST.octets()[0] || self.is_named(name),
            Ok(IpAddr::V6(address)) => address.is_loopback() || self.is_named(name),
            Err(_) => name.eq_ignore_ascii_case("localhost") || self.is_named(name),
        }
    }

    fn is_named(&self, name: &str) -> bool {
        self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// A caller's value in quotes, escaped and cut.
fn excerpt(value: &str) -> String {
    format!("'{}'", value.chars().take(64).flat_map(char::escape_debug).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: Option<&str>, origin: Option<&str>) -> Result<(), String> {
        let mut headers = HeaderMap::new();
        if let Some(host) = host {
            headers.insert(HOST, host.parse().unwrap());
        }
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        Guard::new(vec!["crossconnect.test".to_owned(), "10.0.0.7".to_owned()]).check(&Uri::from_static("/"), &headers)
    }

    #[test]
    fn only_our_own_names_are_served() {
        for host in [
            "127.0.0.1:8023",
            "127.9.8.7",
            "localhost",
            "LOCALHOST:1",
            "[::1]:8023",
            "crossconnect.test:80",
            "10.0.0.7:8023",
        ] {
            assert_eq!(check(Some(host), None), Ok(()), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "10.0.0.8",
            "[2001:db8::1]",
            "localhost@evil.example",
            "evil.example@localhost",
            "",
            "128.0.0.1",
            "0.0.0.0:8023",
        ] {
            assert!(check(Some(host), None).is_err(), "{host}");
        }
        assert_eq!(check(None, None), Err("The header Host is missing.".to_owned()));
    }

    #[test]
    fn an_origin_is_absent_or_our_own() {
        assert_eq!(check(Some("localhost:8023"), Some("http://localhost:8023")), Ok(()));
        for origin in ["http://evil.example", "null", "http://localhost:8024", "localhost:8023", "http://localhost", ""]
        {
            assert!(check(Some("localhost:8023"), Some(origin)).is_err(), "{origin}");
        }
    }
}
