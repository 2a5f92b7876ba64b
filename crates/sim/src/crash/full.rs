//! A disk that fills up under a server, in a small file system of its own: changes are refused in words that say why,
//! reads go on, and when there is room again changes are taken by themselves. Nothing that was acknowledged goes.

use super::Progress;
use super::client::{Client, Outcome};
use crate::process::Server;
use crate::random::Random;
use serde_json::json;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How large the file system is.
const SIZE: &str = "size=96m";
/// The floor of every other round; in the others there is none, and the disk itself refuses.
const FLOOR: u64 = 16 << 20;
/// How soon changes are taken again once there is room.
const PATIENCE: Duration = Duration::from_secs(20);
/// After so many accepted changes a full disk has not refused any.
const CHANGES_MAX: u64 = 20_000;

/// What a run has seen.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Full {
    /// How often the disk was full.
    pub rounds: u64,
    /// Changes that were refused for it.
    pub refused: u64,
    /// How often the server was killed meanwhile.
    pub kills: u64,
    /// Changes that were acknowledged.
    pub acknowledged: u64,
}

/// Fills the disk so many times. `None` where the machine does not let us have a file system of our own.
///
/// # Errors
/// What was lost, or not refused, or not taken again.
pub fn run(
    binary: &Path,
    directory: &Path,
    rounds: u64,
    seed: u64,
    progress: Progress<'_, Full>,
) -> Result<Option<Full>, String> {
    let Some(disk) = Disk::make(directory)? else {
        return Ok(None);
    };
    let config = directory.join("full.toml");
    std::fs::write(&config, super::CONFIG).map_err(|error| error.to_string())?;
    let mut random = Random::new(seed);
    let mut run = Run { binary, disk, config, names: BTreeSet::new(), calls: 0, tally: Full::default() };
    for round in 0..rounds {
        run.round(round, &mut random)?;
        progress(&run.tally);
    }
    Ok(Some(run.tally))
}

struct Run<'a> {
    binary: &'a Path,
    disk: Disk,
    config: PathBuf,
    /// The names of all connections that were acknowledged.
    names: BTreeSet<String>,
    calls: u64,
    tally: Full,
}

impl Run<'_> {
    fn round(&mut self, round: u64, random: &mut Random) -> Result<(), String> {
        let floor = if round.is_multiple_of(2) { FLOOR } else { 0 };
        let mut server = self.start(floor)?;
        for _ in 0..10 {
            if let Some(text) = self.change(&client(&server))? {
                return Err(format!("a change was refused while there was room: {text}"));
            }
        }
        self.disk.fill(floor)?;
        let text = self.until_refused(&server)?;
        if floor > 0 && !text.contains("make room") {
            return Err(format!("the refusal does not say what to do: {text}"));
        }
        self.compare(&server)?;
        if random.one_in(2) {
            server.kill()?;
            server.wait()?;
            self.tally.kills += 1;
            self.disk.empty()?;
            server = self.start(floor)?;
        } else {
            self.disk.empty()?;
        }
        self.until_taken(&server)?;
        self.compare(&server)?;
        server.stop()?;
        self.tally.rounds += 1;
        self.tally.acknowledged = self.names.len() as u64;
        Ok(())
    }

    fn start(&self, floor: u64) -> Result<Server, String> {
        let (holder, floor, store) =
            (self.disk.holder.id().to_string(), floor.to_string(), self.disk.path.join("store"));
        let words = ["-t", &holder, "-U", "-m", "--preserve-credentials"].map(OsStr::new);
        let serve = ["serve", "--listen", "127.0.0.1:0", "--log", "error", "--free-floor", &floor].map(OsStr::new);
        let places = ["--store".as_ref(), store.as_os_str(), "--config".as_ref(), self.config.as_os_str()];
        let options = [&words[..], &[self.binary.as_os_str()], &serve, &places].concat();
        Server::start_with(Path::new("nsenter"), &options)
    }

    /// Orders a connection; the text where that is refused for want of room.
    fn change(&mut self, client: &Client) -> Result<Option<String>, String> {
        self.calls += 1;
        let name = format!("c{}", self.calls);
        let order = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": name});
        match client.call("CreateConnection", &order, &name) {
            Outcome::Accepted(_) => {
                self.names.insert(name);
                Ok(None)
            }
            Outcome::Refused(text) => Err(format!("a change was refused otherwise: {text}")),
            Outcome::Unknown => match client.failure() {
                Some(text) if text.contains("DirectConnectServerException") => {
                    self.tally.refused += 1;
                    Ok(Some(text))
                }
                answer => Err(format!("a change was answered with {answer:?}")),
            },
        }
    }

    fn until_refused(&mut self, server: &Server) -> Result<String, String> {
        let client = client(server);
        for _ in 0..CHANGES_MAX {
            if let Some(text) = self.change(&client)? {
                return Ok(text);
            }
        }
        Err(format!("{CHANGES_MAX} changes were accepted on a full disk"))
    }

    fn until_taken(&mut self, server: &Server) -> Result<(), String> {
        let (client, began) = (client(server), Instant::now());
        while let Some(text) = self.change(&client)? {
            if began.elapsed() > PATIENCE {
                return Err(format!("changes are still refused after {PATIENCE:?} with room: {text}"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// All that was acknowledged is listed, and nothing else.
    fn compare(&self, server: &Server) -> Result<(), String> {
        let Outcome::Accepted(answer) = client(server).call("DescribeConnections", &json!({}), "list") else {
            return Err("a read was refused".to_owned());
        };
        let listed = answer["connections"].as_array().into_iter().flatten();
        let listed: BTreeSet<String> =
            listed.filter_map(|connection| connection["connectionName"].as_str()).map(str::to_owned).collect();
        match self.names.symmetric_difference(&listed).next() {
            None => Ok(()),
            Some(name) if listed.contains(name) => Err(format!("{name} was refused, and is there")),
            Some(name) => Err(format!("{name} was acknowledged, and is lost")),
        }
    }
}

fn client(server: &Server) -> Client {
    Client::new(server.url(), "111100000009".to_owned())
}

/// A file system in memory that ends with the process that holds it.
struct Disk {
    holder: Child,
    path: PathBuf,
    /// The same directory, as it is reached from without.
    outside: PathBuf,
}

impl Disk {
    fn make(directory: &Path) -> Result<Option<Self>, String> {
        let path = directory.join("disk");
        std::fs::create_dir_all(&path).map_err(|error| error.to_string())?;
        let script = "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && echo ready && exec sleep 86400";
        let words: [&OsStr; 6] = ["-rm", "sh", "-c", script, "sh", SIZE].map(OsStr::new);
        let spawned =
            Command::new("unshare").args(words).arg(&path).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let Ok(mut holder) = spawned else {
            return Ok(None);
        };
        let mut line = String::new();
        let said = holder.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
        let mut outside = OsString::from(format!("/proc/{}/root", holder.id()));
        outside.push(&path);
        let disk = Disk { holder, path, outside: outside.into() };
        let is_ready = said.is_some_and(|read| read.is_ok()) && line == "ready\n" && disk.outside.exists();
        Ok(is_ready.then_some(disk))
    }

    /// Takes all room but half of the floor.
    fn fill(&self, floor: u64) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("the disk cannot be filled: {error}");
        let mut ballast = File::create(self.outside.join("ballast")).map_err(failed)?;
        let block = vec![1; 64 << 10];
        loop {
            match ballast.write_all(&block) {
                Err(error) if error.kind() == ErrorKind::StorageFull => break,
                other => other.map_err(failed)?,
            }
        }
        if floor > 0 {
            let length = ballast.metadata().map_err(failed)?.len();
            ballast.set_len(length.saturating_sub(floor / 2)).map_err(failed)?;
        }
        Ok(())
    }

    fn empty(&self) -> Result<(), String> {
        std::fs::remove_file(self.outside.join("ballast"))
            .map_err(|error| format!("the disk cannot be emptied: {error}"))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}
