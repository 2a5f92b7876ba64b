//! Members of etcd and nodes of ours, as processes that are killed, paused, cut off, and brought back.

use super::place::{Host, Network};
use crate::etcd;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long everything may take until it answers.
const READY: Duration = Duration::from_secs(40);
/// The store's name in etcd.
const PREFIX: &str = "tested";

/// Three members and three nodes.
pub(super) struct Processes {
    // Members and nodes before the network that they use.
    pub(super) members: Vec<Process>,
    pub(super) nodes: Vec<Process>,
    network: Network,
    _folder: tempfile::TempDir,
    agent: ureq::Agent,
}

/// One process, and how it is started.
pub(super) struct Process {
    host: Host,
    binary: PathBuf,
    arguments: Vec<OsString>,
    /// Where it is asked: `http://…`, without a slash at the end.
    pub(super) url: String,
    child: Option<Child>,
}

impl Processes {
    /// Starts everything and waits until it answers.
    pub(super) fn start(etcd: &Path, server: &Path, count: usize, config: &str) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let network = Network::new(2 * count);
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(2)))
            .build()
            .new_agent();
        let config_file = folder.path().join("cluster.toml");
        std::fs::write(&config_file, config).map_err(|error| format!("{}: {error}", config_file.display()))?;
        let (at_members, at_nodes) = network.hosts().split_at(count);
        let mut addresses = Vec::new();
        for host in at_members {
            let (client, peer) = (host.port(2379)?, host.port(2380)?);
            let address = |port| format!("http://{}:{port}", host.address);
            addresses.push((address(client), address(peer)));
        }
        let named = addresses.iter().enumerate().map(|(at, (_, peer))| format!("m{at}={peer}"));
        let everybody = named.collect::<Vec<_>>().join(",");
        let mut members = Vec::new();
        for (at, (host, (client, peer))) in at_members.iter().zip(&addresses).enumerate() {
            let data = folder.path().join(format!("m{at}"));
            let options = ["--max-txn-ops=1024"];
            let arguments = etcd::command(&format!("m{at}"), &data, client, peer, &everybody, &options);
            let arguments = arguments.into_iter().map(OsString::from).collect();
            members.push(Process::start(host, etcd, arguments, client.clone())?);
        }
        let endpoints: Vec<&str> = addresses.iter().map(|(client, _)| client.trim_start_matches("http://")).collect();
        let store = format!("etcd://{}/{PREFIX}", endpoints.join(","));
        let mut nodes = Vec::new();
        for host in at_nodes {
            let listen = format!("{}:{}", host.address, host.port(8023)?);
            let options = ["serve", "--listen", &listen, "--allow-open-on-network", "--log", "warn", "--store", &store];
            let mut arguments: Vec<OsString> = options.iter().map(OsString::from).collect();
            arguments.extend(["--config".into(), config_file.clone().into_os_string()]);
            nodes.push(Process::start(host, server, arguments, format!("http://{listen}"))?);
        }
        let mut processes = Processes { members, nodes, network, _folder: folder, agent };
        processes.are_ready()?;
        Ok(processes)
    }

    /// Whether processes can be cut off.
    pub(super) fn can_cut(&self) -> bool {
        self.network.has_cables()
    }

    /// `host:port` of each member.
    pub(super) fn endpoints(&self) -> Vec<String> {
        self.members.iter().map(|member| member.url.trim_start_matches("http://").to_owned()).collect()
    }

    /// The store's name in etcd.
    pub(super) fn prefix(&self) -> &'static str {
        PREFIX
    }

    /// Waits until every process answers, and starts again a node that has ended by itself, which it does only while
    /// there is no cluster to start with.
    pub(super) fn are_ready(&mut self) -> Result<(), String> {
        let until = Instant::now() + READY;
        loop {
            let not_yet = |process: &&mut Process, path: &str, said: &str| {
                let asked = self.agent.get(format!("{}{path}", process.url)).call();
                let text = asked.ok().and_then(|mut answer| answer.body_mut().read_to_string().ok());
                !text.is_some_and(|text| text.contains(said))
            };
            let late_member = self.members.iter_mut().find(|member| not_yet(member, "/health", "\"true\""));
            let path = "/_crossconnect/health";
            let late = late_member.or_else(|| self.nodes.iter_mut().find(|node| not_yet(node, path, "\"ready\":true")));
            let Some(late) = late else { return Ok(()) };
            if Instant::now() > until {
                return Err(format!("{} does not answer within {READY:?}", late.url));
            }
            if late.has_ended() {
                late.start_again()?;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The member that leads, as any member says that answers.
    pub(super) fn leader(&self) -> Option<usize> {
        etcd::leader(self.members.iter().map(|member| member.url.clone()))
    }
}

impl Process {
    fn start(host: &Host, binary: &Path, arguments: Vec<OsString>, url: String) -> Result<Self, String> {
        let mut process = Process { host: host.clone(), binary: binary.to_owned(), arguments, url, child: None };
        process.start_again()?;
        Ok(process)
    }

    /// Starts it over what it has.
    pub(super) fn start_again(&mut self) -> Result<(), String> {
        self.kill();
        let mut command = self.host.command(&self.binary);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null());
        // What etcd says of its members is no news; what a node says is.
        if std::env::var_os("XTASK_CLUSTER_LOG").is_none() {
            command.stderr(Stdio::null());
        }
        let child = command.spawn().map_err(|error| format!("{}: {error}", self.binary.display()))?;
        self.child = Some(child);
        Ok(())
    }

    fn has_ended(&mut self) -> bool {
        self.child.as_mut().is_none_or(|child| !matches!(child.try_wait(), Ok(None)))
    }

    /// Kills it where it stands.
    pub(super) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Stops it where it stands, or lets it go on.
    pub(super) fn pause(&self, is_paused: bool) -> Result<(), String> {
        let Some(child) = &self.child else { return Ok(()) };
        let signal = if is_paused { "-STOP" } else { "-CONT" };
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        sent.map(drop).map_err(|error| error.to_string())
    }

    /// Cuts it off from everybody, or brings it back.
    pub(super) fn connect(&self, is_connected: bool) -> Result<(), String> {
        self.host.connect(is_connected)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
