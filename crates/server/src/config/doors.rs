//! How clients reach the server, and how much of it they may take: TLS, and `[limits]`.

use super::document::Document;
use super::value::{duration, one};
use super::{ConfigError, FileOnly, Layers, Setting};
use crate::http::{Limit, Unit};
use crate::tls::{ClientAuth, Files};
use std::path::PathBuf;
use toml::de::{DeTable, DeValue};

/// The files of TLS; none where there is no TLS.
pub(super) fn tls(layers: &Layers) -> Result<Option<Files>, ConfigError> {
    use Setting::{TlsCertificate, TlsClientAuth, TlsClientCa, TlsKey};
    let path = |setting| one(layers, setting, "a path", |text| (!text.is_empty()).then(|| PathBuf::from(text)));
    let [certificate, key, client_ca] = [path(TlsCertificate)?, path(TlsKey)?, path(TlsClientCa)?];
    let auth = one(layers, TlsClientAuth, "required or optional", client_auth)?;
    let alone = |given: Setting, missing: Setting| {
        let source = layers.get(&given).map_or_else(|| given.name().to_owned(), |given| given.source.to_string());
        ConfigError(format!("{source} is given without {}, expected both or neither", missing.name()))
    };
    let client_ca = match (client_ca, auth) {
        (Some(path), auth) => Some((path, auth.unwrap_or(ClientAuth::Required))),
        (None, Some(_)) => return Err(alone(TlsClientAuth, TlsClientCa)),
        (None, None) => None,
    };
    match (certificate, key, client_ca) {
        (Some(certificate), Some(key), client_ca) => Ok(Some(Files { certificate, key, client_ca })),
        (Some(_), None, _) => Err(alone(TlsCertificate, TlsKey)),
        (None, Some(_), _) => Err(alone(TlsKey, TlsCertificate)),
        (None, None, Some(_)) => Err(alone(TlsClientCa, TlsCertificate)),
        (None, None, None) => Ok(None),
    }
}

fn client_auth(text: &str) -> Option<ClientAuth> {
    match text {
        "required" => Some(ClientAuth::Required),
        "optional" => Some(ClientAuth::Optional),
        _ => None,
    }
}

/// Reads `[limits]`.
pub(super) fn limits(only: &mut FileOnly, document: &Document<'_>, table: &DeTable<'_>) -> Result<(), ConfigError> {
    for (key, value) in table {
        let name = format!("limits.{}", key.get_ref());
        let known = Limit::ALL.iter().find(|limit| limit.name() == key.get_ref());
        let limit = *known.ok_or_else(|| {
            let names = Limit::ALL.iter().map(|limit| limit.name()).collect::<Vec<_>>().join(", ");
            document.unknown(&name, key.span().start, &names)
        })?;
        let range = limit.range();
        let (least, most) = (range.start(), range.end());
        let given = match limit.unit() {
            Unit::Count => {
                let expected = format!("a whole number from {least} to {most}");
                let number: u64 = document.number(&name, value, &expected)?;
                Some(number).filter(|number| range.contains(number)).ok_or(expected)
            }
            Unit::Time => {
                let expected = format!("a length of time from {least}ms to {}s, in quotes", most / 1000);
                let length = match value.get_ref() {
                    DeValue::String(text) => duration(text).and_then(|length| u64::try_from(length.0).ok()),
                    _ => None,
                };
                length.filter(|millis| range.contains(millis)).ok_or(expected)
            }
        };
        let given = given.map_err(|expected| document.wrong(&name, value, &expected))?;
        only.limits.set(limit, given);
    }
    Ok(())
}
