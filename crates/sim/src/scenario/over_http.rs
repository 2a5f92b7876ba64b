//! A whole server as a driver: signed requests over HTTP to the embedded store, and a restart wherever settings change.
//! Or several nodes over one etcd: each request goes to any of them, and one of them is restarted.
//!
//! What a call interrupts is known of rehearsals alone, so every change is rehearsed before it is made.

mod registry;

use super::driver::{Coverage, Driver, Outcome, Refusal};
use crate::Random;
use crate::process::Server;
use crate::signer::{Signer, Unsigned};
use crossconnect_api::Operation;
use crossconnect_core::control::registry::Change;
use crossconnect_core::control::{self, Announcement, ClockKind, Peer, Registration, Session};
use crossconnect_core::ids::AccountId;
use crossconnect_core::model::account::Account;
use crossconnect_core::model::device::Light;
use crossconnect_core::settings::{Clock, Delay, Ec2Gateways, Ipv4Blocks, Placement, Quota, Settings};
use crossconnect_core::{Context, Moment, Record, Timestamp, facts};
use crossconnect_store::{Engine, Group, StoreError};
use crossconnect_store_etcd::{Etcd, Options};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use ureq::http::Response;

/// A server over a store of its own, or nodes over one.
pub struct OverHttp {
    fleet: Arc<Fleet>,
    settings: Settings,
    clock: ClockKind,
    /// What the server drew for the keys of the scenario.
    keys: BTreeMap<String, String>,
    coverage: Coverage,
    faults: Vec<String>,
}

/// Processes that keep one state.
pub struct Fleet {
    binary: PathBuf,
    folder: tempfile::TempDir,
    accounts: Vec<String>,
    /// Where nodes keep their state together; nothing for one server over a folder.
    cluster: Option<Options>,
    /// Each absent only while it is being started anew.
    servers: Mutex<Vec<Option<Server>>>,
    random: Mutex<Random>,
    agent: ureq::Agent,
}

impl Fleet {
    fn new(binary: &Path, accounts: Vec<String>, cluster: Option<Options>) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        Ok(Fleet {
            binary: binary.to_owned(),
            folder,
            accounts,
            cluster,
            servers: Mutex::default(),
            random: Mutex::new(Random::new(1)),
            agent,
        })
    }

    /// So many nodes over an empty place in etcd, with a key for each of `accounts`.
    ///
    /// # Errors
    /// Why one did not start.
    pub fn nodes(binary: &Path, accounts: Vec<String>, place: Options, nodes: usize) -> Result<Arc<Self>, String> {
        let fleet = Fleet::new(binary, accounts, Some(place))?;
        for node in 0..nodes {
            fleet.start(node, &Settings::default(), ClockKind::Manual)?;
        }
        Ok(Arc::new(fleet))
    }

    fn servers(&self) -> MutexGuard<'_, Vec<Option<Server>>> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Any of the servers.
    fn any(&self) -> usize {
        let count = self.servers().len();
        self.random.lock().unwrap_or_else(PoisonError::into_inner).below(count)
    }

    /// Starts a server, or stops it in order and starts it again over the same store, with these settings.
    fn start(&self, at: usize, settings: &Settings, clock: ClockKind) -> Result<(), String> {
        let mut servers = self.servers();
        if at == servers.len() {
            servers.push(None);
        }
        if let Some(mut server) = servers[at].take() {
            server.stop()?;
        }
        let config = self.folder.path().join("config.toml");
        let text = configuration(settings, clock, &self.accounts);
        std::fs::write(&config, text).map_err(|error| format!("{}: {error}", config.display()))?;
        let in_folder = |name: &str| self.folder.path().join(name).into_os_string();
        let mut options = vec!["--config".into(), config.into_os_string(), "--store".into()];
        match &self.cluster {
            None => options.push(in_folder("store")),
            Some(place) => {
                let (token, key) = (in_folder("operator-token"), in_folder("operator-key"));
                options.extend([place.to_string().into(), "--token-file".into(), token, "--key-file".into(), key]);
            }
        }
        let options: Vec<&OsStr> = options.iter().map(|option: &OsString| option.as_os_str()).collect();
        servers[at] = Some(Server::start(&self.binary, &options)?);
        Ok(())
    }

    /// Empties the place in etcd under the nodes, and puts there what the first start of one writes.
    fn begin_anew(&self) -> Result<(), String> {
        let Some(place) = &self.cluster else { return Ok(()) };
        let told = |error: StoreError| error.to_string();
        let mut engine = Etcd::open(place.clone()).map_err(told)?;
        engine.wipe().map_err(told)?;
        let start = Timestamp::MANUAL_START;
        let account = |id: &String| Account {
            id: AccountId::new(id).expect("accounts have twelve digits"),
            partner: None,
            agreements: Vec::new(),
            name: None,
        };
        let accounts = self.accounts.iter().map(account).map(|account| Record::Account(Arc::new(account)));
        let settings = Settings { ec2_gateways: Ec2Gateways::default(), ..Settings::default() };
        let records = [Record::Settings(Arc::new(settings)), Record::Clock(Clock::Manual { now: start })];
        let writes = records.into_iter().chain(accounts).map(|record| (record.key().encode(), Some(record.encode())));
        engine.commit(&Group { number: 1, at: start.0, writes: writes.collect() }).map_err(told)
    }
}

impl OverHttp {
    /// Starts a server over an empty store, under a manual clock, with a key for each of `accounts`.
    ///
    /// # Errors
    /// Why it did not start.
    pub fn start(binary: &Path, accounts: Vec<String>) -> Result<Self, String> {
        let driver = Self::of(Arc::new(Fleet::new(binary, accounts, None)?));
        driver.fleet.start(0, &driver.settings, driver.clock)?;
        Ok(driver)
    }

    /// Drives nodes that run, over a state that begins anew.
    ///
    /// # Errors
    /// Why it cannot begin anew.
    pub fn over(fleet: Arc<Fleet>) -> Result<Self, String> {
        fleet.begin_anew()?;
        Ok(Self::of(fleet))
    }

    fn of(fleet: Arc<Fleet>) -> Self {
        OverHttp {
            fleet,
            settings: Settings::default(),
            clock: ClockKind::Manual,
            keys: BTreeMap::new(),
            coverage: Coverage::default(),
            faults: Vec::new(),
        }
    }

    fn configure(&mut self, settings: &Settings, clock: Option<ClockKind>) -> Result<Vec<String>, Refusal> {
        let before = (self.settings.clone(), self.clock);
        self.settings = settings.clone();
        self.clock = clock.unwrap_or(self.clock);
        let any = self.fleet.any();
        let Err(refusal) = self.fleet.start(any, &self.settings, self.clock) else {
            return Ok(Vec::new());
        };
        (self.settings, self.clock) = before;
        if let Err(error) = self.fleet.start(any, &self.settings, self.clock) {
            self.faults.push(format!("the server does not start with its old settings: {error}"));
        }
        Err(refused(&refusal))
    }

    /// A change of who may call. A key has the id that the server drew for the one of the request.
    fn register(&mut self, change: &Change) -> Result<Vec<String>, Refusal> {
        let (method, path, body, drawn) = registry::call(change, &self.keys);
        let answer = self.operate(&path, Some((method, body)))?;
        if let Some(id) = drawn {
            self.keys.insert(id.to_owned(), answer["accessKeyId"].as_str().unwrap_or_default().to_owned());
        }
        Ok(Vec::new())
    }

    fn url(&self, path: &str) -> String {
        let any = self.fleet.any();
        let servers = self.fleet.servers();
        let server = servers[any].as_ref().expect("it is running between two calls");
        format!("{}{path}", server.url())
    }

    /// One of the operator's calls, with the operator's token.
    fn operate(&self, path: &str, body: Option<(&str, Value)>) -> Result<Value, Refusal> {
        let token = if self.fleet.cluster.is_some() { "operator-token" } else { "store/operator-token" };
        let token = std::fs::read_to_string(self.fleet.folder.path().join(token)).unwrap_or_default();
        let bearer = format!("Bearer {}", token.trim());
        let url = self.url(&format!("_crossconnect/{path}"));
        let answer = match body {
            None => self.fleet.agent.get(url).header("authorization", bearer).call(),
            Some((method, body)) => {
                let agent = &self.fleet.agent;
                let request = match method {
                    "DELETE" => agent.delete(url).force_send_body(),
                    "PUT" => agent.put(url),
                    _ => agent.post(url),
                };
                let request = request.header("authorization", bearer).header("content-type", "application/json");
                request.send(body.to_string())
            }
        };
        let (status, document) = read(answer.map_err(|error| refused(&error.to_string()))?);
        if status == 200 {
            Ok(document)
        } else {
            Err(refused(document["error"]["message"].as_str().unwrap_or_default()))
        }
    }

    /// One signed call of the API.
    fn send(&self, context: Context, operation: Operation, input: &Value, dry: bool) -> Outcome {
        let body = input.to_string();
        let url = self.url("");
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        let target = format!("OvertureService.{operation}");
        let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let account = context.account.to_string();
        let signer = Signer {
            access_key_id: access_key_id(&account),
            secret: secret(&account),
            region: context.region.to_string(),
        };
        let unsigned = Unsigned { host, target: &target, body: body.as_bytes(), stamp: &stamp };
        let mut request = self
            .fleet
            .agent
            .post(&url)
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", &target)
            .header("x-amz-date", &stamp)
            .header("authorization", signer.authorization(unsigned));
        if dry {
            request = request.header("x-crossconnect-dry-run", "true");
        }
        let answer = match request.send(body) {
            Ok(answer) => answer,
            Err(error) => return Outcome { answer: Err(refused(&error.to_string())), interrupts: Vec::new() },
        };
        let listed = answer.headers().get("x-crossconnect-interrupts").and_then(|list| list.to_str().ok());
        let ids = listed.unwrap_or_default().split(',').filter(|id| !id.is_empty()).map(str::to_owned);
        let interrupts = ids.collect();
        let (status, document) = read(answer);
        let member = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
        let answer = match status {
            200 => Ok(document),
            _ => Err(Refusal { name: member("__type"), text: member("message") }),
        };
        Outcome { answer, interrupts }
    }
}

impl Driver for OverHttp {
    fn call(&mut self, context: Context, operation: Operation, input: &Value, dry: bool) -> Outcome {
        if dry || !facts(operation).writes() {
            return self.send(context, operation, input, dry);
        }
        let rehearsed = self.send(context, operation, input, true);
        let outcome = self.send(context, operation, input, false);
        if rehearsed.answer.as_ref().err() != outcome.answer.as_ref().err() {
            let (rehearsed, done) = (rehearsed.answer.as_ref().err(), outcome.answer.as_ref().err());
            self.faults.push(format!("{operation} was rehearsed with {rehearsed:?} and came to {done:?}"));
        }
        Outcome { interrupts: rehearsed.interrupts, ..outcome }
    }

    fn control(&mut self, request: &control::Request) -> Result<Vec<String>, Refusal> {
        let (method, path, body) = match request {
            control::Request::Configure { settings, clock } => return self.configure(settings, *clock),
            control::Request::AdvanceClock { by } => {
                ("POST", "clock".to_owned(), json!({"advance": format!("PT{}.{:03}S", by.0 / 1000, by.0 % 1000)}))
            }
            control::Request::SetClock { to } => {
                let moment = jiff::Timestamp::from_millisecond(to.0).map_err(|error| refused(&error.to_string()))?;
                ("POST", "clock".to_owned(), json!({"set": moment.to_string()}))
            }
            control::Request::Reset => ("POST", "reset".to_owned(), json!({})),
            control::Request::SetPortLight { connection_id, light } => {
                ("PUT", format!("ports/{connection_id}"), json!({"light": word(*light)}))
            }
            control::Request::SetDeviceLight { device, light } => {
                ("PUT", format!("devices/{device}"), json!({"light": word(*light)}))
            }
            control::Request::SetDeviceRedundancy { device, has } => {
                let word = has.map_or("unknown", |has| if has { "yes" } else { "no" });
                ("PUT", format!("devices/{device}"), json!({"hasLogicalRedundancy": word}))
            }
            control::Request::SetSession { bgp_peer_id, session } => {
                let session = match session {
                    Session::Up => "up",
                    Session::Down => "down",
                    Session::Auto => "auto",
                };
                ("PUT", format!("bgp-peers/{bgp_peer_id}"), json!({"session": session}))
            }
            control::Request::SetMacSecPeer { connection_id, peer } => {
                let peer = match peer {
                    Peer::Match => "match",
                    Peer::Mismatch => "mismatch",
                    Peer::Holds(ckn) => ckn,
                };
                ("PUT", format!("macsec/{connection_id}"), json!({"peer": peer}))
            }
            control::Request::SetSecret { secret, is_ending } => {
                let deletion = if *is_ending { "scheduled" } else { "cancelled" };
                let body = json!({"ownerAccount": secret.owner, "region": secret.region, "deletion": deletion});
                ("PUT", format!("secrets/{}", secret.ckn), body)
            }
            control::Request::SetRoutes { virtual_interface_id, announced } => {
                let announced: Vec<Value> = announced.iter().map(announcement).collect();
                ("PUT", format!("virtual-interfaces/{virtual_interface_id}/routes"), json!({"announced": announced}))
            }
            control::Request::PutGateway(gateway) => ("PUT", format!("gateways/{}", gateway.id), registration(gateway)),
            control::Request::AdvanceResource { id } => ("POST", format!("resources/{id}/advance"), json!({})),
            control::Request::Registry(change) => return self.register(change),
        };
        let answer = self.operate(&path, Some((method, body)))?;
        let ids = answer["interrupts"].as_array().into_iter().flatten();
        Ok(ids.filter_map(Value::as_str).map(str::to_owned).collect())
    }

    fn sweep(&mut self) {
        // The server sweeps by itself, with every change.
    }

    fn settings(&self) -> Settings {
        self.settings.clone()
    }

    fn timeline(&self, id: &str) -> Option<Vec<Moment>> {
        let document = self.operate(&format!("resources/{id}/timeline"), None).ok()?;
        document["timeline"].as_array()?.iter().map(moment).collect()
    }

    fn take_faults(&mut self) -> Vec<String> {
        std::mem::take(&mut self.faults)
    }

    fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}

fn moment(shown: &Value) -> Option<Moment> {
    let at: jiff::Timestamp = shown["at"].as_str()?.parse().ok()?;
    // A moment holds one of the wire's words, which are static; a document does not.
    let state = STATES.iter().find(|state| shown["state"].as_str() == Some(**state))?;
    Some(Moment { at: Timestamp(at.as_millisecond()), state })
}

/// Every state that a timeline may show.
const STATES: [&str; 18] = [
    "ordering",
    "requested",
    "pending",
    "available",
    "down",
    "deleting",
    "deleted",
    "rejected",
    "confirming",
    "verifying",
    "testing",
    "associating",
    "associated",
    "updating",
    "disassociating",
    "disassociated",
    "accepted",
    "unknown",
];

fn word(light: Light) -> &'static str {
    match light {
        Light::Lit => "on",
        Light::Dark => "off",
    }
}

fn announcement(route: &Announcement) -> Value {
    json!({"cidr": route.cidr, "asPath": route.as_path, "communities": route.communities})
}

fn registration(gateway: &Registration) -> Value {
    let mut document = json!({"ownerAccount": gateway.owner, "region": gateway.region, "cidrs": gateway.cidrs});
    if let Some(asn) = gateway.amazon_side_asn {
        document["amazonSideAsn"] = json!(asn);
    }
    document
}

fn refused(text: &str) -> Refusal {
    Refusal { name: "Refused".to_owned(), text: text.to_owned() }
}

fn read(mut answer: Response<ureq::Body>) -> (u16, Value) {
    let text = answer.body_mut().read_to_string().unwrap_or_default();
    (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or_default())
}

fn access_key_id(account: &str) -> String {
    format!("AKIA{account}")
}

fn secret(account: &str) -> String {
    format!("the secret of {account}")
}

/// The server's configuration, with every setting given.
fn configuration(settings: &Settings, clock: ClockKind, accounts: &[String]) -> String {
    let clock = match clock {
        ClockKind::System => "system",
        ClockKind::Manual => "manual",
    };
    let placement = match settings.placement {
        Placement::Pack => "pack",
        Placement::Spread => "spread",
    };
    let ec2_gateways = match settings.ec2_gateways {
        Ec2Gateways::Trusted => "trusted",
        Ec2Gateways::Registered => "registered",
    };
    let blocks = match settings.ipv4_blocks {
        Ipv4Blocks::OfEight => "/29",
        Ipv4Blocks::OfFour => "/30",
    };
    let mut text = format!(
        "auth = \"sigv4\"\nallow_reset = true\nlog = \"off\"\nclock = \"{clock}\"\nplacement = \"{placement}\"\n\
         ec2_gateways = \"{ec2_gateways}\"\nipv4_blocks = \"{blocks}\"\n[lifecycle]\n"
    );
    let mut line = |line: String| writeln!(text, "{line}").expect("writing to a string cannot fail");
    for delay in Delay::ALL {
        line(format!("{} = \"{}ms\"", delay.name(), settings.delays.get(delay).0));
    }
    line("[quotas]".to_owned());
    for quota in Quota::ALL {
        line(format!("{} = {}", quota.name(), settings.quotas.get(quota)));
    }
    line(format!(
        "[plant]\ndevices_per_location = {}\nports_per_speed = {}",
        settings.plant.devices_per_location, settings.plant.ports_per_speed
    ));
    for account in accounts {
        line(format!(
            "[[account]]\nid = \"{account}\"\n[[account.key]]\naccess_key_id = \"{}\"\nsecret = \"{}\"\nroot = true",
            access_key_id(account),
            secret(account)
        ));
    }
    text
}
