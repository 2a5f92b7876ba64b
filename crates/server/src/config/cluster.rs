//! A store in an etcd cluster: where it is, and as whom it is spoken to.

use super::value::{one, path};
use super::{ConfigError, Given, Layers, Setting, StoreAt};
use crate::private_file::PrivateFile;
use crossconnect_store_etcd::{Options, Place, Reads, Tls, User};
use std::path::Path;
use zeroize::Zeroizing;

/// The longest file of a key, in bytes.
const KEY_LENGTH_MAX: u64 = 64 << 10;
/// The longest file of a password, in bytes.
const PASSWORD_LENGTH_MAX: u64 = 4096;
/// What stands in `--store`.
const EXPECTED: &str = "a directory, memory:, or etcd://host:port,host:port/prefix (etcds: with TLS)";
/// The settings that say something about etcd.
const SETTINGS: [Setting; 6] = [
    Setting::Reads,
    Setting::EtcdCa,
    Setting::EtcdCertificate,
    Setting::EtcdKey,
    Setting::EtcdUser,
    Setting::EtcdPasswordFile,
];

/// A cluster to join.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    pub(crate) options: Options,
    pub(crate) reads: Reads,
}

/// The store that is named: a cluster, or what `other` reads.
pub(super) fn store(layers: &Layers, other: impl Fn(&str) -> Option<StoreAt>) -> Result<Option<StoreAt>, ConfigError> {
    let place = layers.get(&Setting::Store).and_then(|given| Place::parse(given.text()));
    match place {
        Some(place) => cluster(layers, place).map(|cluster| Some(StoreAt::Cluster(cluster))),
        None => {
            if let Some(given) = SETTINGS.iter().find_map(|setting| layers.get(setting)) {
                return Err(ConfigError(format!("{} is given, and --store is not etcd://...", given.source)));
            }
            one(layers, Setting::Store, EXPECTED, other)
        }
    }
}

/// The store that `--store` names outside a server; of a cluster with what the environment says of it.
pub(crate) fn named(text: &str, expected: &str) -> Result<StoreAt, ConfigError> {
    let wrong = || ConfigError(format!("--store is {text:?}, expected {expected}"));
    let Some(place) = Place::parse(text) else { return super::value::store(text).ok_or_else(wrong) };
    let mut layers = Layers::new();
    super::setting::add_environment(&mut layers, std::env::vars_os())?;
    cluster(&layers, place).map(StoreAt::Cluster)
}

fn cluster(layers: &Layers, place: Place) -> Result<Cluster, ConfigError> {
    let reads = one(layers, Setting::Reads, "linearizable or local", reads)?.unwrap_or(Reads::Linearizable);
    let file = |setting| one(layers, setting, "a path", path);
    let certified = [Setting::EtcdCa, Setting::EtcdCertificate, Setting::EtcdKey];
    let [ca, certificate, key] = certified.map(&file);
    let (ca, certificate, key) = (ca?, certificate?, key?);
    let identity = match (&certificate, &key) {
        (Some(certificate), Some(key)) => Some((certificate.as_path(), key.as_path())),
        (None, None) => None,
        _ => {
            return Err(ConfigError("etcd_certificate and etcd_key belong together, expected both or none".to_owned()));
        }
    };
    let tls = match place.is_secure {
        true => {
            certified.iter().filter_map(|setting| layers.get(setting)).try_for_each(readable)?;
            if let Some(path) = &key {
                private(path, "the key of the certificate", "--etcd-key").read(KEY_LENGTH_MAX)?;
            }
            Some(Tls::new(ca.as_deref(), identity).map_err(ConfigError)?)
        }
        false if ca.is_some() || identity.is_some() => {
            return Err(ConfigError("certificates are given for etcd, and --store is not etcds://...".to_owned()));
        }
        false => None,
    };
    let user = one(layers, Setting::EtcdUser, "a name", |text| (!text.is_empty()).then(|| text.to_owned()))?;
    let user = match (user, file(Setting::EtcdPasswordFile)?) {
        (Some(name), Some(path)) => Some(User { name, password: password(&path)? }),
        (None, None) => None,
        _ => {
            let text = "etcd_user and etcd_password_file belong together, expected both or none";
            return Err(ConfigError(text.to_owned()));
        }
    };
    Ok(Cluster { options: Options { endpoints: place.endpoints, prefix: place.prefix, tls, user }, reads })
}

/// That a file can be read at all is said in the words of the operating system.
fn readable(given: &Given) -> Result<(), ConfigError> {
    let opened = std::fs::File::open(given.text());
    opened.map(drop).map_err(|error| ConfigError(format!("{} is {:?}: {error}", given.source, given.text())))
}

fn private<'a>(path: &'a Path, what: &'static str, setting: &'static str) -> PrivateFile<'a> {
    PrivateFile { path, what, setting }
}

fn password(path: &Path) -> Result<Zeroizing<String>, ConfigError> {
    Ok(private(path, "the password of etcd", "--etcd-password-file").read(PASSWORD_LENGTH_MAX)?)
}

fn reads(text: &str) -> Option<Reads> {
    match text {
        "linearizable" => Some(Reads::Linearizable),
        "local" => Some(Reads::Local),
        _ => None,
    }
}
