//! A real etcd for tests: found on the machine, started on free ports, killed, paused, started again.

use crate::process::bound;
use serde_json::Value;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long members may take until they answer.
const START: Duration = Duration::from_secs(20);
/// How often other ports are tried, where somebody else was quicker to take one.
const TRIES: usize = 3;

/// The program: what `XTASK_ETCD` names, that of the path, or the one that the test command has fetched.
pub fn binary() -> Option<PathBuf> {
    let named = std::env::var_os("XTASK_ETCD").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join("etcd"));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let unpacked = workspace.join("target/etcd/usr/bin/etcd");
    named.into_iter().chain([unpacked]).chain(on_path).find(|path| path.is_file())
}

/// Releases that may lose what they have acknowledged when a member is killed under load, as etcd's authors have found:
/// their members can remember a write as applied before it is. One a line; the test command reads the same file.
const LOSING: &str = include_str!("../etcd.losing");

/// Why this etcd must not be killed under load by a test that looks for what is lost; nothing where it may be.
pub fn loses(binary: &Path) -> Option<String> {
    let Some(release) = version(binary) else {
        return Some(format!("{} --version names no release", binary.display()));
    };
    let may = LOSING.lines().any(|losing| losing == release);
    may.then(|| format!("etcd {release} may lose what it has acknowledged when it is killed under load"))
}

/// The release that a program says it is.
pub fn version(binary: &Path) -> Option<String> {
    let asked = Command::new(binary).arg("--version").stdin(Stdio::null()).output().ok()?;
    release(&String::from_utf8_lossy(&asked.stdout)).map(str::to_owned)
}

/// The release in what `etcd --version` prints.
fn release(told: &str) -> Option<&str> {
    told.lines().find_map(|line| line.strip_prefix("etcd Version:")).map(str::trim)
}

/// Members of one cluster on the loopback, with their data in a folder of their own, which ends with them.
pub struct Cluster {
    members: Vec<Member>,
    _folder: tempfile::TempDir,
}

/// Certificates of members, as files in PEM. Clients then speak TLS, and must show one of the same authority.
#[derive(Debug, Clone, Copy)]
pub struct Certificates<'a> {
    /// The authority.
    pub ca: &'a Path,
    /// What members show.
    pub certificate: &'a Path,
    /// Its key.
    pub key: &'a Path,
}

/// One member.
pub struct Member {
    command: Vec<String>,
    binary: PathBuf,
    data: PathBuf,
    client: String,
    /// Where it tells how it is, in the clear.
    health: String,
    child: Option<Child>,
}

impl Cluster {
    /// Starts so many members with these further options, and waits until they answer.
    ///
    /// # Errors
    /// They cannot be started, or do not answer.
    pub fn start(binary: &Path, members: usize, options: &[&str]) -> Result<Self, String> {
        Self::start_with(binary, members, options, None)
    }

    /// The same, over TLS where there are certificates.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub fn start_with(
        binary: &Path,
        members: usize,
        options: &[&str],
        certificates: Option<Certificates<'_>>,
    ) -> Result<Self, String> {
        let mut last = String::new();
        for _ in 0..TRIES {
            match Self::try_start(binary, members, options, certificates) {
                Ok(cluster) => return Ok(cluster),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn try_start(
        binary: &Path,
        members: usize,
        options: &[&str],
        certificates: Option<Certificates<'_>>,
    ) -> Result<Self, String> {
        // In memory where that is to be had: what is tested is not the disk's.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let folder = folder.map_err(|error| error.to_string())?;
        let ports = free_ports(3 * members)?;
        let (clients, others) = ports.split_at(members);
        let (peers, healths) = others.split_at(members);
        let scheme = if certificates.is_some() { "https" } else { "http" };
        let address = |port: &u16| format!("http://127.0.0.1:{port}");
        let named = peers.iter().enumerate().map(|(at, port)| format!("m{at}={}", address(port)));
        let everybody = named.collect::<Vec<_>>().join(",");
        let mut cluster = Cluster { members: Vec::new(), _folder: folder };
        for (at, ((client, peer), health)) in clients.iter().zip(peers).zip(healths).enumerate() {
            let data = cluster._folder.path().join(format!("m{at}"));
            let (client, health) = (format!("127.0.0.1:{client}"), address(health));
            let url = format!("{scheme}://{client}");
            let mut command = command(&format!("m{at}"), &data, &url, &address(peer), &everybody, options);
            command.extend(["--listen-metrics-urls".to_owned(), health.clone()]);
            if let Some(Certificates { ca, certificate, key }) = certificates {
                let files = [("--trusted-ca-file", ca), ("--cert-file", certificate), ("--key-file", key)];
                command
                    .extend(files.into_iter().flat_map(|(flag, path)| [flag.to_owned(), path.display().to_string()]));
                command.push("--client-cert-auth".to_owned());
            }
            let mut member = Member { command, binary: binary.to_owned(), data, client, health, child: None };
            member.start()?;
            cluster.members.push(member);
        }
        cluster.is_ready()?;
        Ok(cluster)
    }

    fn is_ready(&mut self) -> Result<(), String> {
        let until = Instant::now() + START;
        for member in &mut self.members {
            while !member.is_healthy() {
                if let Some(Ok(Some(status))) = member.child.as_mut().map(Child::try_wait) {
                    return Err(format!("etcd ended with {status}"));
                }
                if Instant::now() > until {
                    return Err(format!("etcd at {} does not answer", member.client));
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        Ok(())
    }

    /// `etcd://…` for all members, with this prefix.
    pub fn place(&self, prefix: &str) -> String {
        let clients: Vec<&str> = self.members.iter().map(|member| member.client.as_str()).collect();
        format!("etcd://{}/{prefix}", clients.join(","))
    }

    /// Asks the first member through its gateway for JSON, with the token of a user where etcd wants one.
    ///
    /// # Errors
    /// What it answered instead.
    pub fn ask(&self, path: &str, body: &Value, token: Option<&str>) -> Result<Value, String> {
        let config = ureq::Agent::config_builder().timeout_global(Some(START)).http_status_as_error(false);
        let post = config.build().new_agent().post(format!("http://{}/v3/{path}", self.members[0].client));
        let post = if let Some(token) = token { post.header("authorization", token) } else { post };
        let mut answer = post.send(body.to_string()).map_err(|error| error.to_string())?;
        let text = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
        let value = serde_json::from_str(&text).map_err(|error| format!("{path}: {text}: {error}"))?;
        if answer.status().is_success() { Ok(value) } else { Err(format!("{path}: {text}")) }
    }

    /// The member that leads, as any member says that answers.
    pub fn leader(&self) -> Option<usize> {
        leader(self.members.iter().map(|member| format!("http://{}", member.client)))
    }

    /// The members.
    pub fn members(&mut self) -> &mut [Member] {
        &mut self.members
    }
}

/// A member's command line.
pub fn command(name: &str, data: &Path, client: &str, peer: &str, everybody: &str, options: &[&str]) -> Vec<String> {
    let data = data.display().to_string();
    let own = [
        ("--name", name),
        ("--data-dir", &data),
        ("--listen-client-urls", client),
        ("--advertise-client-urls", client),
        ("--listen-peer-urls", peer),
        ("--initial-advertise-peer-urls", peer),
        ("--initial-cluster", everybody),
        ("--initial-cluster-token", "crossconnect-tests"),
        ("--log-level", "error"),
        ("--logger", "zap"),
    ];
    let own = own.into_iter().flat_map(|(flag, value)| [flag.to_owned(), value.to_owned()]);
    own.chain(options.iter().map(|option| (*option).to_owned())).collect()
}

impl Member {
    /// `host:port` for clients.
    pub fn client(&self) -> &str {
        &self.client
    }

    /// The folder of its data.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The process, while there is one.
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Starts it over its data.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start(&mut self) -> Result<(), String> {
        let child = bound(&self.binary)
            .args(&self.command)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", self.binary.display()))?;
        self.child = Some(child);
        Ok(())
    }

    /// Kills it where it stands.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Stops it where it stands, or lets it go on.
    ///
    /// # Errors
    /// There is no `kill` on this machine.
    pub fn pause(&self, is_paused: bool) -> Result<(), String> {
        let Some(pid) = self.pid() else { return Ok(()) };
        let signal = if is_paused { "-STOP" } else { "-CONT" };
        let sent = Command::new("kill").args([signal, &pid.to_string()]).status();
        sent.map(drop).map_err(|error| error.to_string())
    }

    /// What it counts about itself, as text.
    ///
    /// # Errors
    /// It does not answer.
    pub fn metrics(&self) -> Result<String, String> {
        let config = ureq::Agent::config_builder().timeout_global(Some(START)).build();
        let asked = config.new_agent().get(format!("{}/metrics", self.health)).call();
        let read = asked.and_then(|mut answer| answer.body_mut().read_to_string());
        read.map_err(|error| error.to_string())
    }

    /// Whether it says that it has a leader, and can write.
    pub fn is_healthy(&self) -> bool {
        let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(2))).build();
        let asked = config.new_agent().get(format!("{}/health", self.health)).call();
        let body = asked.ok().and_then(|mut answer| answer.body_mut().read_to_string().ok());
        body.is_some_and(|body| body.contains("\"true\""))
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Which of these members leads.
pub(crate) fn leader(urls: impl IntoIterator<Item = String>) -> Option<usize> {
    let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(2))).build();
    let agent = config.new_agent();
    urls.into_iter().position(|url| {
        let asked = agent.post(format!("{url}/v3/maintenance/status")).send("{}");
        let text = asked.ok().and_then(|mut answer| answer.body_mut().read_to_string().ok()).unwrap_or_default();
        let status: Value = serde_json::from_str(&text).unwrap_or_default();
        status["leader"].is_string() && status["leader"] == status["header"]["member_id"]
    })
}

/// So many ports that nobody listens on.
fn free_ports(count: usize) -> Result<Vec<u16>, String> {
    let bind = |_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| error.to_string());
    let held = (0..count).map(bind).collect::<Result<Vec<_>, _>>()?;
    held.iter().map(|listener| listener.local_addr().map(|at| at.port()).map_err(|error| error.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_that_lose_are_told_from_others() {
        let told = |release: &str| format!("etcd Version: {release}\nGit SHA: e8732fb5f\nGo Version: go1.16.3\n");
        assert!(LOSING.lines().all(|losing| release(&told(losing)) == Some(losing)));
        assert_eq!(release(&told("3.4.23")), Some("3.4.23"));
        assert_eq!(release("etcd: not found"), None);
        assert!(loses(Path::new("/no/such/etcd")).is_some_and(|why| why.contains("names no release")));
    }
}
