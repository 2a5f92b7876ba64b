//! `crossconnect serve`, from the configuration to the clean stop.

use crate::asking::Address;
use crate::audit::{self, Trail};
use crate::caller::Callers;
use crate::config::{Auth, Config, ConfigError, Layers, StoreAt};
use crate::control::snapshot::Places;
use crate::control::{Control, Door, Facts, Shared};
use crate::decide::{Job, Outcome, Start, hooks, node_hooks};
use crate::directory::{Directory, reload, write_uses};
use crate::ec2::Ec2;
use crate::events::{self, Events, Feed, Waiting};
use crate::http::body::Bodies;
use crate::http::{Guard, Handler, Limit};
use crate::metrics::{Exposition, Metrics};
use crate::seal::{Seal, has_unreadable};
use crate::secrets::SecretsManager;
use crate::service::Service;
use crate::sessions::Sessions;
use crate::turns::Turns;
use crate::vault::Vault;
use crate::{Failure, banner, core_dump, files, http, key_file, logging, tls, token};
use arc_swap::ArcSwap;
use crossconnect_core::model::auth_key::Sealer;
use crossconnect_store::{Embedded, Engine, Hooks, Limits as StoreLimits, StoreError};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpSocket;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How many connections may wait to be taken.
const BACKLOG: u32 = 1024;

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Failure::Usage(error.0)
    }
}

/// What is wrong with a file that a setting names.
impl From<Failure> for ConfigError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Usage(text) | Failure::Failed(text) => ConfigError(text),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::Failed(error.to_string())
    }
}

/// Serves until it is told to stop.
pub(crate) fn serve(flags: Layers) -> Result<(), Failure> {
    core_dump::forbid();
    let config = Config::resolve(flags.clone(), std::env::vars_os())?;
    logging::start(config.log, config.log_format);
    // Before anything is made: it does not listen yet, so nobody waits while the store is loaded.
    let socket = bind(config.listen)?;
    let metrics = Arc::new(Metrics::default());
    let (feed, waiting) = events::feed();
    let (service, trail) = open(&config, metrics.clone(), feed)?;
    let service = Arc::new(service);
    let served = run(socket, config, flags, service.clone(), metrics, waiting, trail.clone());
    // Also after a failure: what was opened is left in order.
    let closed = service.shutdown();
    let recorded = trail.map_or(Ok(()), |trail| trail.close());
    served?;
    closed?;
    recorded.map_err(Failure::from)
}

/// A store, and the trail of what is done to it.
type Kept = (Service, Option<Arc<Trail>>);

/// Opens the store, alone or with other nodes, and the trail.
fn keep(config: &Config, metrics: Arc<Metrics>, feed: Feed) -> Result<Kept, Failure> {
    let registered = config.file.registered.clone();
    let queue = config.file.limits.count(Limit::Queue);
    let engine: Option<Box<dyn Engine>> = match &config.store {
        StoreAt::Memory => None,
        StoreAt::Directory(path) => Some(Box::new(Embedded::open(path, config.free_floor)?)),
        StoreAt::Cluster(cluster) => {
            let hooks = node_hooks(registered.clone(), metrics, feed);
            let service = Service::join(cluster.options.clone(), cluster.reads, queue, registered, hooks)?;
            let trail = audit::open(config)?;
            if let Some(trail) = &trail {
                audit::announce(trail).map_err(Failure::Failed)?;
            }
            return Ok((service, trail));
        }
    };
    let trail = match audit::open(config) {
        Ok(trail) => trail,
        Err(failure) => {
            // The reason to stop is known; a second one would hide it.
            let _ = engine.map(|mut engine| engine.close());
            return Err(failure);
        }
    };
    let witness = trail.as_ref().map(|trail| audit::witness(trail.clone(), audit::keeps(&config.store)));
    let hooks = Hooks { witness, ..hooks(registered.clone(), metrics, feed) };
    let limits = StoreLimits { queue, ..StoreLimits::default() };
    Ok((Service::open(engine, registered, hooks, limits)?, trail))
}

fn open(config: &Config, metrics: Arc<Metrics>, feed: Feed) -> Result<Kept, Failure> {
    let (service, trail) = keep(config, metrics, feed)?;
    let service = match sealing(config, service) {
        Ok(service) => service,
        Err(failure) => {
            let _ = trail.map(|trail| trail.close());
            return Err(failure);
        }
    };
    let start = Start {
        settings: config.settings(service.snapshot().settings()),
        clock: config.clock,
        accounts: config.file.registered.clone(),
    };
    let refused = match service.change_now(Job::Start(Box::new(start))) {
        Outcome::Accepted { .. } => return Ok((service, trail)),
        Outcome::Refused(rejection) => Failure::Usage(rejection.to_string()),
        Outcome::Failed(text) | Outcome::Denied(text) => Failure::Failed(text),
        Outcome::Throttled => Failure::Failed("the settings could not be applied: others wait".to_owned()),
        Outcome::Panicked => Failure::Failed("the settings could not be applied; the log has the place".to_owned()),
    };
    // The reason to stop is known; a second one would hide it.
    let _ = service.shutdown();
    let _ = trail.map(|trail| trail.close());
    Err(refused)
}

/// The service with what seals keys in its store, if that fits what is there.
fn sealing(config: &Config, service: Service) -> Result<Service, Failure> {
    let path = config.seal_file();
    let key = path.as_deref().map(key_file::load).transpose()?;
    let sealer = key.map(|key| Arc::new(Seal::new(&key)));
    if has_unreadable(&service.snapshot(), sealer.as_deref().map(|sealer| sealer as &dyn Sealer)) {
        let _ = service.shutdown();
        let other = path.map_or_else(String::new, |path| format!(" than that of {}", path.display()));
        return Err(Failure::Usage(format!(
            "the store holds keys of BGP sessions that were sealed with another operator's key{other}; expected that one, as --key-file"
        )));
    }
    Ok(service.sealing(sealer))
}

/// Who may use the control API.
fn door(config: &Config) -> Result<Door, Failure> {
    match config.token_file() {
        Some(path) => Ok(Door::Token(token::load(&path)?)),
        None if config.auth == Auth::SigV4 => Ok(Door::Closed),
        None => Ok(Door::Open),
    }
}

/// Takes the address.
fn bind(listen: SocketAddr) -> Result<TcpSocket, Failure> {
    let bind = || {
        let socket = if listen.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // One that was served a moment ago may be taken at once.
        socket.set_reuseaddr(true)?;
        socket.bind(listen)?;
        Ok(socket)
    };
    bind().map_err(|error| cannot_listen(listen, &error))
}

fn cannot_listen(listen: SocketAddr, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("cannot listen on {listen} (--listen): {error}"))
}

fn run(
    socket: TcpSocket,
    config: Config,
    flags: Layers,
    service: Arc<Service>,
    metrics: Arc<Metrics>,
    waiting: Waiting,
    trail: Option<Arc<Trail>>,
) -> Result<(), Failure> {
    let door = door(&config)?;
    let limits = config.file.limits.clone();
    files::make_room(limits.count(Limit::Connections));
    let tls = config.tls.clone();
    let trusting = |address: Address| address.trusting(config.endpoint_ca.as_deref(), None);
    let ec2_timeout = config.ec2.as_ref().map(|(_, timeout)| *timeout);
    let ec2 = config.ec2.clone().map(|(address, _)| trusting(address)).transpose()?.zip(ec2_timeout);
    let secrets_manager = config.secrets_manager.clone().map(trusting).transpose()?;
    let certificate = tls.as_ref().map(tls::Files::load).transpose()?;
    let certificate = certificate.map(|config| Arc::new(ArcSwap::from_pointee(config)));
    let sessions = match config.key_file() {
        Some(path) => Sessions::new(&*key_file::load(&path)?),
        None => Sessions::passing(),
    };
    let (vault, verifies) = (Vault::of(&config)?, config.auth == Auth::SigV4);
    let directory = Directory::open(service.clone(), vault, verifies, config.file.declared.clone())?;
    let directory = Arc::new(directory);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::Failed(format!("cannot start threads: {error}")))?;
    runtime.block_on(async {
        let signals = || Ok::<_, std::io::Error>([signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?]);
        let cannot_wait = |error| Failure::Failed(format!("cannot wait for signals: {error}"));
        let hangup = || signal(SignalKind::hangup()).map_err(cannot_wait);
        let (signals, hangup, certificates_hangup) = (signals().map_err(cannot_wait)?, hangup()?, hangup()?);
        let cannot = |error| cannot_listen(config.listen, &error);
        let listener = socket.listen(BACKLOG).map_err(cannot)?;
        let address = listener.local_addr().map_err(cannot)?;
        let mut names = config.host_names.clone();
        if !address.ip().is_unspecified() {
            names.push(address.ip().to_string());
        }
        let facts = Facts { store: config.store.clone(), allow_reset: config.allow_reset };
        crate::print(&banner::text(address, &config, &service.snapshot(), directory.accounts().keys().len()));
        let events = Arc::new(Events::after(service.opened_at().number));
        let described = events.clone();
        tokio::spawn(async move { described.run(waiting).await });
        let [all, each] = [Limit::Requests, Limit::RequestsPerAccount].map(|limit| limits.count(limit));
        let turns = Turns::new(all, each, tokio::runtime::Handle::current().metrics().num_workers());
        let shown = Exposition::new(metrics.clone(), service.clone(), events.clone(), turns.clone(), trail.clone());
        let shared = Shared {
            service: service.clone(),
            directory: directory.clone(),
            facts,
            events: events.clone(),
            shown,
            snapshots: Places::default(),
            trail: trail.clone(),
        };
        let control = Control::new(shared, door);
        tokio::spawn(reload(hangup, flags, service.clone(), directory.clone()));
        tokio::spawn(write_uses(service.clone(), directory.clone()));
        let callers = match config.auth {
            Auth::Open => Callers::open(directory.clone(), sessions.trusting()),
            Auth::SigV4 => Callers::signed(directory.clone(), sessions),
        };
        let ec2 = ec2.map(|(address, timeout)| Ec2::new(address, timeout));
        let secrets = secrets_manager.map(SecretsManager::new);
        let (guard, bodies) = (Guard::new(names), Bodies::new(&limits));
        let handler = Arc::new(Handler {
            service: service.clone(),
            callers,
            control,
            guard,
            bodies,
            metrics,
            ec2,
            secrets,
            trail,
            turns,
        });
        let stopped = async {
            stop(signals).await;
            events.end();
        };
        if let (Some(files), Some(certificate)) = (tls, &certificate) {
            tokio::spawn(tls::follow(files, certificate.clone(), certificates_hangup));
        }
        http::serve(listener, handler, limits, certificate, stopped).await;
        directory.uses().write(&service).await;
        Ok(())
    })
}

/// Done at the first signal; the second one ends the process at once, wherever it is by then.
async fn stop(mut signals: [Signal; 2]) {
    next(&mut signals).await;
    tracing::info!("stopping: calls under way are answered first");
    tokio::spawn(async move {
        next(&mut signals).await;
        tracing::warn!("stopped at once, as asked");
        std::process::exit(1);
    });
}

async fn next([terminate, interrupt]: &mut [Signal; 2]) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
