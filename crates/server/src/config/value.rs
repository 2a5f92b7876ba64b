//! From texts to values, each with what was expected.

use super::cluster;
use super::{AuditAt, Auth, Config, ConfigError, FileOnly, Given, Layers, LogFormat, Setting, StoreAt};
use crate::asking::Address;
use crossconnect_core::Duration;
use crossconnect_core::control::ClockKind;
use crossconnect_core::settings::{Ec2Gateways, Ipv4Blocks, Lifecycle, Placement};
use crossconnect_store::FREE_FLOOR;
use jiff::{Span, SpanRelativeTo};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use tracing_subscriber::filter::LevelFilter;

/// Where the server listens unless it is told: the port is that of IEEE 802.3ad.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8023);
/// Where the state is kept unless it is told.
const STORE: &str = "crossconnect-data";
/// How long an answer of EC2 is waited for, unless it is told.
const EC2_TIMEOUT: Duration = Duration::from_seconds(5);
/// How large the audit trail may become unless it is told.
const AUDIT_SIZE: u64 = 1 << 30;
/// The longest wait for one: SDKs give up after a minute.
const EC2_TIMEOUT_MAX: Duration = Duration::from_seconds(60);
/// What the address of another service looks like.
const ENDPOINT: &str = "an address such as http://127.0.0.1:5000 or https://ec2.{region}.amazonaws.com";
/// The longest delay that makes sense.
const DELAY_MAX: Duration = Duration::from_seconds(366 * 86_400);

/// The values of all settings.
pub(super) fn config(layers: &Layers, file: FileOnly) -> Result<Config, ConfigError> {
    use Setting::{Clock, FreeFloor, HostName, Listen, Log, Placement as Place};
    let listen = one(layers, Listen, "an address and port such as 127.0.0.1:8023", address)?.unwrap_or(LISTEN);
    let is_open_asked = switch(layers, Setting::AllowOpenOnNetwork)?;
    let auth = one(layers, Setting::Auth, "open or sigv4", auth)?.unwrap_or(Auth::Open);
    if auth == Auth::Open && !listen.ip().is_loopback() && !is_open_asked {
        let source = layers.get(&Listen).map_or_else(|| "listen".to_owned(), |given| given.source.to_string());
        return Err(ConfigError(format!(
            "{source} is \"{listen}\", which is not loopback, and in open mode whoever reaches it may do everything; \
             expected a loopback address, --auth sigv4, or --allow-open-on-network as well"
        )));
    }
    let key_file = one(layers, Setting::KeyFile, "a path", path)?;
    let store = cluster::store(layers, store)?.unwrap_or_else(|| StoreAt::Directory(default_store()));
    if let (Auth::SigV4, StoreAt::Cluster(_), None) = (auth, &store, &key_file) {
        let text = "key_file is missing: temporary keys must hold on every node of a cluster; expected --key-file, the \
                    same file on each";
        return Err(ConfigError(text.to_owned()));
    }
    let audit = audit(layers)?;
    if matches!((&audit, &store), (AuditAt::Store, StoreAt::Cluster(_))) {
        let source = layers.get(&Setting::Audit).map_or_else(|| "audit".to_owned(), |given| given.source.to_string());
        let text = "with etcd each node keeps a trail of its own; expected off or a directory";
        return Err(ConfigError(format!("{source} is \"on\", and {text}")));
    }
    let config = Config {
        listen,
        auth,
        token_file: one(layers, Setting::TokenFile, "a path", path)?,
        key_file,
        store,
        audit,
        audit_size: one(layers, Setting::AuditSize, "a number of bytes, at least 16777216", audit_size)?
            .unwrap_or(AUDIT_SIZE),
        free_floor: one(layers, FreeFloor, "a number of bytes", |text| text.parse().ok())?.unwrap_or(FREE_FLOOR),
        lifecycle: one(layers, Setting::Lifecycle, "instant, brisk or realistic", lifecycle)?,
        clock: one(layers, Clock, "system or manual", clock)?,
        placement: one(layers, Place, "pack or spread", placement)?,
        ipv4_blocks: one(layers, Setting::Ipv4Blocks, "/29 or /30", ipv4_blocks)?,
        ec2_gateways: one(layers, Setting::Ec2Gateways, "trusted or registered", ec2_gateways)?
            .unwrap_or_else(|| known_by_default(auth)),
        ec2: ec2(layers)?,
        secrets_manager: one(layers, Setting::SecretsManagerEndpoint, ENDPOINT, Address::parse)?,
        endpoint_ca: one(layers, Setting::EndpointCa, "a path", |text| (!text.is_empty()).then(|| text.into()))?,
        tls: super::doors::tls(layers)?,
        host_names: many(layers, HostName, "a host name without a port", host_name)?,
        allow_reset: switch(layers, Setting::AllowReset)?,
        log: one(layers, Log, "off, error, warn, info, debug or trace", level)?.unwrap_or(LevelFilter::INFO),
        log_format: one(layers, Setting::LogFormat, "compact or json", log_format)?.unwrap_or(LogFormat::Compact),
        file,
    };
    match auth {
        Auth::Open => {}
        Auth::SigV4 => someone_can_call(&config, layers)?,
    }
    Ok(config)
}

pub(super) fn one<T>(
    layers: &Layers,
    setting: Setting,
    expected: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, ConfigError> {
    layers.get(&setting).map(|given| value(given, given.text(), expected, &read)).transpose()
}

fn many<T>(
    layers: &Layers,
    setting: Setting,
    expected: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, ConfigError> {
    let Some(given) = layers.get(&setting) else {
        return Ok(Vec::new());
    };
    given.values.iter().map(|text| value(given, text, expected, &read)).collect()
}

fn value<T>(given: &Given, text: &str, expected: &str, read: &impl Fn(&str) -> Option<T>) -> Result<T, ConfigError> {
    read(text).ok_or_else(|| ConfigError(format!("{} is {text:?}, expected {expected}", given.source)))
}

fn switch(layers: &Layers, setting: Setting) -> Result<bool, ConfigError> {
    Ok(one(layers, setting, "true or false", |text| text.parse().ok())?.unwrap_or(false))
}

pub(super) fn path(text: &str) -> Option<PathBuf> {
    (!text.is_empty()).then(|| text.into())
}

fn address(text: &str) -> Option<SocketAddr> {
    match text.strip_prefix("localhost:") {
        Some(port) => Some(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port.parse().ok()?)),
        None => text.parse().ok(),
    }
}

fn auth(text: &str) -> Option<Auth> {
    match text {
        "open" => Some(Auth::Open),
        "sigv4" => Some(Auth::SigV4),
        _ => None,
    }
}

/// Where the state is kept unless it is told.
pub(crate) fn default_store() -> PathBuf {
    PathBuf::from(STORE)
}

/// Without a key and without the operator, who registers some, nobody could call; and a key without a secret cannot sign.
fn someone_can_call(config: &Config, layers: &Layers) -> Result<(), ConfigError> {
    if let Some(error) = &config.file.without_secret {
        return Err(error.clone());
    }
    if config.file.declared.accounts.keys().len() > 0 || config.token_file().is_some() {
        return Ok(());
    }
    let source = layers.get(&Setting::Auth).map_or_else(|| "auth".to_owned(), |given| given.source.to_string());
    Err(ConfigError(format!(
        "{source} is \"sigv4\", and there is neither an access key nor a way to make one; expected [[account.key]] in \
         --accounts FILE or --config FILE, or --token-file FILE for the control API"
    )))
}

/// `memory` without its colon is a likely slip, and would be a directory that outlives the test that made it. So is
/// `etcd:` without the members.
pub(super) fn store(text: &str) -> Option<StoreAt> {
    let is_begun = |name| text.strip_prefix(name).is_some_and(|rest: &str| rest.is_empty() || rest.starts_with(':'));
    match text {
        "memory:" => Some(StoreAt::Memory),
        "" => None,
        _ if ["memory", "etcd", "etcds"].into_iter().any(is_begun) => None,
        url if url.contains("://") => None,
        path => Some(StoreAt::Directory(PathBuf::from(path))),
    }
}

/// Where the audit trail is: in a store that ends with the process there is no place for one.
fn audit(layers: &Layers) -> Result<AuditAt, ConfigError> {
    let given = one(layers, Setting::Audit, "on, off or a directory", |text| match text {
        "" => None,
        "on" => Some(AuditAt::Store),
        "off" => Some(AuditAt::Nowhere),
        path => Some(AuditAt::Directory(PathBuf::from(path))),
    })?;
    let is_passing = layers.get(&Setting::Store).is_some_and(|given| given.text() == "memory:");
    match (given, layers.get(&Setting::Audit)) {
        (Some(AuditAt::Store), Some(given)) if is_passing => Err(ConfigError(format!(
            "{} is \"on\", and memory: has no directory for it; expected off or a directory",
            given.source
        ))),
        (given, _) => Ok(given.unwrap_or(AuditAt::Default)),
    }
}

fn audit_size(text: &str) -> Option<u64> {
    text.parse().ok().filter(|size| *size >= crossconnect_audit::Limits::TOTAL_MIN)
}

fn lifecycle(text: &str) -> Option<Lifecycle> {
    match text {
        "instant" => Some(Lifecycle::Instant),
        "brisk" => Some(Lifecycle::Brisk),
        "realistic" => Some(Lifecycle::Realistic),
        _ => None,
    }
}

fn clock(text: &str) -> Option<ClockKind> {
    match text {
        "system" => Some(ClockKind::System),
        "manual" => Some(ClockKind::Manual),
        _ => None,
    }
}

fn placement(text: &str) -> Option<Placement> {
    match text {
        "pack" => Some(Placement::Pack),
        "spread" => Some(Placement::Spread),
        _ => None,
    }
}

fn ipv4_blocks(text: &str) -> Option<Ipv4Blocks> {
    match text {
        "/29" => Some(Ipv4Blocks::OfEight),
        "/30" => Some(Ipv4Blocks::OfFour),
        _ => None,
    }
}

fn ec2_gateways(text: &str) -> Option<Ec2Gateways> {
    match text {
        "trusted" => Some(Ec2Gateways::Trusted),
        "registered" => Some(Ec2Gateways::Registered),
        _ => None,
    }
}

/// Where callers are not believed, neither are the ids that they name.
fn known_by_default(auth: Auth) -> Ec2Gateways {
    match auth {
        Auth::Open => Ec2Gateways::Trusted,
        Auth::SigV4 => Ec2Gateways::Registered,
    }
}

/// Where EC2 is, and how long it is waited for.
fn ec2(layers: &Layers) -> Result<Option<(Address, std::time::Duration)>, ConfigError> {
    let address = one(layers, Setting::Ec2Endpoint, ENDPOINT, Address::parse)?;
    let fits = |length: &Duration| (1..=EC2_TIMEOUT_MAX.0).contains(&length.0);
    let read = |text: &str| duration(text).filter(fits);
    let timeout = one(layers, Setting::Ec2Timeout, "a length of time from 1ms to 60s", read)?.unwrap_or(EC2_TIMEOUT);
    let millis = u64::try_from(timeout.0).expect("it is longer than nothing");
    Ok(address.map(|address| (address, std::time::Duration::from_millis(millis))))
}

fn host_name(text: &str) -> Option<String> {
    let is_name = !text.is_empty()
        && text.len() <= 253
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    let is_address = text.parse::<std::net::IpAddr>().is_ok();
    (is_name || is_address).then(|| text.to_owned())
}

fn level(text: &str) -> Option<LevelFilter> {
    let names = ["off", "error", "warn", "info", "debug", "trace"];
    names.contains(&text).then(|| text.parse().ok()).flatten()
}

fn log_format(text: &str) -> Option<LogFormat> {
    match text {
        "compact" => Some(LogFormat::Compact),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}

/// A length of time such as `3s`, `24h`, `5min` or `PT1H`: whole milliseconds, days have 24 hours.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let span: Span = text.parse().ok()?;
    let length = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    if length.is_negative() || length.subsec_nanos() % 1_000_000 != 0 {
        return None;
    }
    i64::try_from(length.as_millis()).ok().map(Duration)
}

/// A delay: a length of time of at most a year.
pub(super) fn delay(text: &str) -> Option<Duration> {
    duration(text).filter(|length| *length <= DELAY_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        for (text, millis) in [
            ("3s", 3_000),
            ("24h", 86_400_000),
            ("5min", 300_000),
            ("250ms", 250),
            ("0s", 0),
            ("1h 30m", 5_400_000),
            ("PT1H", 3_600_000),
            ("P1DT1S", 86_401_000),
            ("2d", 172_800_000),
        ] {
            assert_eq!(duration(text), Some(Duration(millis)), "{text}");
        }
        for text in ["", "3", "-3s", "P1M", "1 year", "soon", "1us", "PT", "3 s s"] {
            assert_eq!(duration(text), None, "{text}");
        }
        assert_eq!(delay("367d"), None);
    }
}
