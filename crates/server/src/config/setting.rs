//! The settings that flags, environment and file have in common: one table.

use super::{ConfigError, Layers};
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

/// What the values of a setting look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One text.
    Text,
    /// `true` or `false`; the flag alone means `true`.
    Switch,
    /// Any number of texts; in the environment, with commas between.
    List,
}

macro_rules! settings {
    ($($variant:ident = $name:literal, $kind:ident, $value:literal, $help:literal;)*) => {
        /// A setting.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Setting {
            $(#[doc = $help] $variant,)*
        }

        impl Setting {
            /// Every one, in the order in which help shows them.
            pub(crate) const ALL: &[Setting] = &[$(Setting::$variant,)*];

            /// Its name in the file; its flag has hyphens, its environment variable capital letters.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Setting::$variant => $name,)*
                }
            }

            /// Its flag, without the two hyphens.
            pub(crate) fn flag(self) -> String {
                self.name().replace('_', "-")
            }

            /// What its values look like.
            pub(crate) fn kind(self) -> Kind {
                match self {
                    $(Setting::$variant => Kind::$kind,)*
                }
            }

            /// How help shows its value.
            pub(crate) fn value_name(self) -> &'static str {
                match self {
                    $(Setting::$variant => $value,)*
                }
            }

            /// What help says of it.
            pub(crate) fn help(self) -> &'static str {
                match self {
                    $(Setting::$variant => $help,)*
                }
            }
        }
    };
}

settings! {
    Listen = "listen", Text, "ADDRESS:PORT", "Where to listen; port 0 takes a free one [default: 127.0.0.1:8023]";
    Store = "store", Text, "PATH|memory:|etcd://...", "The directory that keeps the state, memory:, or etcd://HOST:PORT,HOST:PORT/PREFIX (etcds: with TLS) [default: ./crossconnect-data]";
    Reads = "reads", Text, "RULE", "With etcd, what reads see: linearizable, all that any node has committed before; or local, what this node has heard of [default: linearizable]";
    EtcdCa = "etcd_ca", Text, "FILE", "The authorities in PEM that etcd's certificates must come from [default: those of the machine]";
    EtcdCertificate = "etcd_certificate", Text, "FILE", "A certificate in PEM that is shown to etcd";
    EtcdKey = "etcd_key", Text, "FILE", "Its key in PEM, which nobody else may read";
    EtcdUser = "etcd_user", Text, "NAME", "As whom etcd is spoken to";
    EtcdPasswordFile = "etcd_password_file", Text, "FILE", "The file of that user's password, which nobody else may read";
    Lifecycle = "lifecycle", Text, "PRESET", "How long things take: instant, brisk or realistic [default: what the store has, at first brisk]";
    Clock = "clock", Text, "KIND", "system, or manual: a clock that stands still until it is moved [default: what the store has, at first system]";
    Placement = "placement", Text, "RULE", "Which device gets the next port: pack or spread [default: what the store has, at first pack]";
    Ec2Gateways = "ec2_gateways", Text, "RULE", "Which gateways of EC2 there are: trusted or registered [default: trusted, with sigv4 registered]";
    Ec2Endpoint = "ec2_endpoint", Text, "URL", "Where EC2 is asked for gateways that are not registered; {region} stands for the Region";
    Ec2Timeout = "ec2_timeout", Text, "TIME", "How long an answer of EC2 is waited for [default: 5s]";
    SecretsManagerEndpoint = "secrets_manager_endpoint", Text, "URL", "Where Secrets Manager holds MACsec keys; {region} stands for the Region";
    EndpointCa = "endpoint_ca", Text, "FILE", "The authorities in PEM of endpoints that are asked over https [default: those that the machine trusts]";
    Ipv4Blocks = "ipv4_blocks", Text, "LENGTH", "How large the IPv4 blocks are that BGP peers are assigned: /29 or /30 [default: what the store has, at first /29]";
    Auth = "auth", Text, "MODE", "open: any signature is accepted, an absent one is not; sigv4: signatures are verified [default: open]";
    Accounts = "accounts", Text, "FILE", "A TOML file with [[account]] tables";
    TokenFile = "token_file", Text, "FILE", "The operator's token for the control API; made where there is none [default: with sigv4, a file in the store's directory]";
    KeyFile = "key_file", Text, "FILE", "The operator's key, which seals temporary keys; made where there is none [default: with sigv4, a file beside the store's directory; with etcd there is none]";
    TlsCertificate = "tls_certificate", Text, "FILE", "A certificate in PEM, and those between it and its authority: clients then speak TLS; read again when it changes";
    TlsKey = "tls_key", Text, "FILE", "Its key in PEM, which nobody else may read";
    TlsClientCa = "tls_client_ca", Text, "FILE", "The authorities in PEM that clients' certificates must come from";
    TlsClientAuth = "tls_client_auth", Text, "RULE", "Whether clients must show a certificate: required or optional [default: required, with --tls-client-ca]";
    Audit = "audit", Text, "on|off|DIRECTORY", "Whether each call is put on record, and where [default: on, with sigv4 and a store that is a directory]";
    AuditSize = "audit_size", Text, "BYTES", "How large the audit trail may become; then its oldest segments go [default: 1073741824]";
    Config = "config", Text, "FILE", "A TOML file with these settings and more";
    AllowReset = "allow_reset", Switch, "BOOL", "Let the control API empty a store that outlives the process";
    AllowOpenOnNetwork = "allow_open_on_network", Switch, "BOOL", "Let open mode listen on an address that is not loopback: whoever reaches it may do everything";
    HostName = "host_name", List, "NAME", "A name besides localhost under which clients address the server; may be repeated";
    FreeFloor = "free_floor", Text, "BYTES", "Refuse writes while the store's file system has fewer bytes free [default: 67108864]";
    Log = "log", Text, "LEVEL", "What is logged to standard error: off, error, warn, info, debug or trace [default: info]";
    LogFormat = "log_format", Text, "FORMAT", "compact or json [default: compact]";
}

/// Where a value was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// On the command line.
    Flag(&'static str),
    /// In an environment variable.
    Environment(String),
    /// In a file: its path, the line, and the name of the setting.
    File(PathBuf, usize, String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Flag(name) => write!(f, "--{}", name.replace('_', "-")),
            Source::Environment(name) => f.write_str(name),
            Source::File(path, line, name) => write!(f, "{}:{line}: {name}", path.display()),
        }
    }
}

/// A value, or several of a list, and where it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) values: Vec<String>,
    pub(crate) source: Source,
}

impl Given {
    /// The value of a setting that has one.
    pub(crate) fn text(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }
}

const PREFIX: &str = "CROSSCONNECT_";

/// Adds what the environment gives and no flag has given.
pub(crate) fn add_environment(
    layers: &mut Layers,
    environment: impl Iterator<Item = (OsString, OsString)>,
) -> Result<(), ConfigError> {
    for (variable, value) in environment {
        // A name that is not Unicode is none of ours.
        let Ok(variable) = variable.into_string() else {
            continue;
        };
        let Some(name) = variable.strip_prefix(PREFIX).map(str::to_ascii_lowercase) else {
            continue;
        };
        let known = Setting::ALL.iter().find(|setting| setting.name() == name);
        let Some(setting) = known else {
            // Kubernetes sets these for a service of our name.
            if name.starts_with("service_") || name == "port" || name.starts_with("port_") {
                continue;
            }
            return Err(ConfigError(format!("{variable} is not a setting; crossconnect serve --help lists them")));
        };
        let value = value.into_string().map_err(|_| ConfigError(format!("{variable} is not Unicode")))?;
        let values = match setting.kind() {
            Kind::Text | Kind::Switch => vec![value],
            Kind::List => value.split(',').map(|part| part.trim().to_owned()).collect(),
        };
        layers.entry(*setting).or_insert(Given { values, source: Source::Environment(variable) });
    }
    Ok(())
}
