//! The configuration: flags, then `CROSSCONNECT_*`, then the file, then defaults.
//!
//! What is wrong is said in one line that names the setting and where it was given, what it was, and what was expected.

mod account;
mod cluster;
mod declared;
mod document;
mod doors;
mod file;
mod principal;
mod setting;
mod value;

pub(crate) use cluster::{Cluster, named as named_store};
pub(crate) use declared::Declared;
pub(crate) use setting::{Given, Kind, Setting, Source};
pub(crate) use value::{default_store, duration};

use crate::asking::Address;
use crate::audit;
use crate::http::Limits;
use crate::{tls, token};
use crossconnect_auth::Accounts;
use crossconnect_core::Duration;
use crossconnect_core::control::ClockKind;
use crossconnect_core::model::account::Account;
use crossconnect_core::settings::{Delay, Delays, Ec2Gateways, Ipv4Blocks, Lifecycle, Placement, Quota, Settings};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tracing_subscriber::filter::LevelFilter;

/// Why the server cannot start as asked: one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigError(pub(crate) String);

/// Where the state is kept.
#[derive(Debug, Clone)]
pub(crate) enum StoreAt {
    /// Nowhere: it ends with the process.
    Memory,
    /// In a directory of its own.
    Directory(PathBuf),
    /// In an etcd cluster, with other nodes.
    Cluster(Cluster),
}

impl StoreAt {
    /// Whether it is there when this process has ended.
    pub(crate) fn outlives_us(&self) -> bool {
        match self {
            StoreAt::Memory => false,
            StoreAt::Directory(_) | StoreAt::Cluster(_) => true,
        }
    }
}

/// Whether callers must prove who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    /// Any signature is accepted, an absent one is not.
    Open,
    /// Signatures are verified.
    SigV4,
}

/// Where the audit trail is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AuditAt {
    /// Where callers prove who they are, in the directory of the store; nowhere else.
    Default,
    /// Nowhere.
    Nowhere,
    /// In the directory of the store.
    Store,
    /// In a directory of its own.
    Directory(PathBuf),
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    Compact,
    Json,
}

/// What is given beside the plain settings; only a file can.
#[derive(Debug, Default)]
pub(crate) struct FileOnly {
    pub(crate) delays: Vec<(Delay, Duration)>,
    pub(crate) quotas: Vec<(Quota, u32)>,
    pub(crate) devices_per_location: Option<u16>,
    pub(crate) ports_per_speed: Option<u16>,
    pub(crate) limits: Limits,
    pub(crate) registered: Vec<Account>,
    pub(crate) declared: Declared,
    /// Where the first key stands that has no secret.
    pub(crate) without_secret: Option<ConfigError>,
}

/// How the server is to run. What is `None` stays as the store has it.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) listen: SocketAddr,
    pub(crate) auth: Auth,
    token_file: Option<PathBuf>,
    key_file: Option<PathBuf>,
    pub(crate) store: StoreAt,
    audit: AuditAt,
    /// In bytes.
    pub(crate) audit_size: u64,
    pub(crate) free_floor: u64,
    pub(crate) lifecycle: Option<Lifecycle>,
    pub(crate) clock: Option<ClockKind>,
    pub(crate) placement: Option<Placement>,
    pub(crate) ipv4_blocks: Option<Ipv4Blocks>,
    pub(crate) ec2_gateways: Ec2Gateways,
    /// Where EC2 is, and how long it is waited for.
    pub(crate) ec2: Option<(Address, std::time::Duration)>,
    /// Where Secrets Manager is.
    pub(crate) secrets_manager: Option<Address>,
    /// Whose certificates these must show, where they are asked over TLS; none for those that the machine trusts.
    pub(crate) endpoint_ca: Option<PathBuf>,
    /// The files of TLS, where it is spoken.
    pub(crate) tls: Option<tls::Files>,
    pub(crate) host_names: Vec<String>,
    pub(crate) allow_reset: bool,
    pub(crate) log: LevelFilter,
    pub(crate) log_format: LogFormat,
    pub(crate) file: FileOnly,
}

/// The settings that were given, each in the layer that counts.
pub(crate) type Layers = BTreeMap<Setting, Given>;

impl Config {
    /// Puts the layers together. `flags` are those of the command line, `environment` all variables of the process.
    pub(crate) fn resolve(
        flags: Layers,
        environment: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<Self, ConfigError> {
        let mut layers = flags;
        setting::add_environment(&mut layers, environment)?;
        let mut file = FileOnly::default();
        if let Some(path) = layers.get(&Setting::Config).map(|given| given.text().to_owned()) {
            file::add(&mut layers, &mut file, Path::new(&path))?;
        }
        if let Some(path) = layers.get(&Setting::Accounts).map(Given::text) {
            file::add_accounts(&mut file, Path::new(path))?;
        }
        value::config(&layers, file)
    }

    /// The accounts of a file that has nothing else.
    pub(crate) fn accounts(path: &Path) -> Result<Accounts, ConfigError> {
        let mut file = FileOnly::default();
        file::add_accounts(&mut file, path)?;
        Ok(file.declared.accounts)
    }

    /// The file of the operator's token; none where the control API has no token.
    pub(crate) fn token_file(&self) -> Option<PathBuf> {
        let given = self.token_file.clone();
        given.or_else(|| match (self.auth, &self.store) {
            (Auth::SigV4, StoreAt::Directory(path)) => Some(path.join(token::FILE)),
            (Auth::SigV4, StoreAt::Memory | StoreAt::Cluster(_)) | (Auth::Open, _) => None,
        })
    }

    /// The file of the operator's key; none where what it seals ends with the process. A copy of the store's directory
    /// does not hold it.
    pub(crate) fn key_file(&self) -> Option<PathBuf> {
        let given = self.key_file.clone();
        given.or_else(|| match (self.auth, &self.store, self.audit()) {
            (Auth::SigV4, StoreAt::Directory(path), _) | (Auth::Open, StoreAt::Directory(path), Some(_)) => {
                beside(path)
            }
            (_, StoreAt::Memory | StoreAt::Cluster(_), Some(path)) => beside(&path),
            (_, StoreAt::Memory | StoreAt::Cluster(_), None) | (Auth::Open, _, None) => None,
        })
    }

    /// The directory of the audit trail; none where there is no trail.
    pub(crate) fn audit(&self) -> Option<PathBuf> {
        match (&self.audit, self.auth, &self.store) {
            (AuditAt::Directory(path), _, _) => Some(path.clone()),
            (AuditAt::Store, _, StoreAt::Directory(path))
            | (AuditAt::Default, Auth::SigV4, StoreAt::Directory(path)) => Some(path.join(audit::DIRECTORY)),
            (AuditAt::Nowhere, ..)
            | (AuditAt::Default, Auth::Open, _)
            | (_, _, StoreAt::Memory | StoreAt::Cluster(_)) => None,
        }
    }

    /// The file of the operator's key as far as secrets in the store are sealed with it; none where they end with the
    /// process.
    pub(crate) fn vault_file(&self) -> Option<PathBuf> {
        self.key_file.clone().or_else(|| match &self.store {
            StoreAt::Directory(path) => beside(path),
            // Nodes share one that is given, or none.
            StoreAt::Memory | StoreAt::Cluster(_) => None,
        })
    }

    /// The file of the key that seals keys in the store. A store that was served under sigv4 has one beside it.
    pub(crate) fn seal_file(&self) -> Option<PathBuf> {
        match &self.store {
            StoreAt::Memory => None,
            StoreAt::Directory(path) => self.key_file().or_else(|| beside(path).filter(|path| path.exists())),
            // Each of its nodes must have it.
            StoreAt::Cluster(_) => self.key_file.clone(),
        }
    }

    /// All settings of the service: what the store holds, changed by what was given.
    pub(crate) fn settings(&self, stored: &Settings) -> Settings {
        let mut settings = stored.clone();
        if let Some(lifecycle) = self.lifecycle {
            settings.delays = Delays::preset(lifecycle);
        }
        for (delay, length) in &self.file.delays {
            settings.delays.set(*delay, *length);
        }
        for (quota, value) in &self.file.quotas {
            settings.quotas.set(*quota, *value);
        }
        let plant = &mut settings.plant;
        plant.devices_per_location = self.file.devices_per_location.unwrap_or(plant.devices_per_location);
        plant.ports_per_speed = self.file.ports_per_speed.unwrap_or(plant.ports_per_speed);
        settings.placement = self.placement.unwrap_or(settings.placement);
        settings.ec2_gateways = self.ec2_gateways;
        settings.ipv4_blocks = self.ipv4_blocks.unwrap_or(settings.ipv4_blocks);
        settings
    }
}

/// The operator's key of what is in a directory: beside it, so that a copy of the directory does not hold it.
pub(crate) fn beside(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut name = path.file_name()?.to_owned();
    name.push(".key");
    Some(path.with_file_name(name))
}
