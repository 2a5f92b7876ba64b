//! The server as a process: built, started, killed, stopped.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

/// How long a graceful stop may take.
const STOP: Duration = Duration::from_secs(20);

/// The server's binary of this workspace, in the profile that this crate was built in; built if it is not there. Or the one
/// that `CROSSCONNECT_BINARY` names.
///
/// # Errors
/// Why it cannot be built.
pub fn server_binary() -> Result<PathBuf, String> {
    if let Some(named) = std::env::var_os("CROSSCONNECT_BINARY") {
        return Ok(named.into());
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(&workspace)
        .args(["build", "--quiet", "--package", "crossconnect-server", "--bin", "crossconnect"])
        .args(["--message-format", "json-render-diagnostics"])
        .args((!cfg!(debug_assertions)).then_some("--release"))
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let built = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let binary = built.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).next_back();
    binary.ok_or_else(|| "the server does not build".to_owned())
}

/// Begins the command of a program that is to end with the thread that starts it, even where that is killed. Where the
/// machine cannot do that, it ends with whoever drops it.
pub(crate) fn bound(program: impl AsRef<OsStr>) -> Command {
    static CAN_BIND: OnceLock<bool> = OnceLock::new();
    let bind = || {
        // It becomes the program, under the same number of process.
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--"]);
        command
    };
    let tries = || bind().arg("true").stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    let mut command = match *CAN_BIND.get_or_init(tries) {
        true => {
            let mut command = bind();
            command.arg(program);
            command
        }
        false => Command::new(program),
    };
    // It is not one of the server's settings.
    command.env_remove("CROSSCONNECT_BINARY");
    command
}

/// A running server.
pub struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Starts it on a free port of the loopback and waits until it says that it listens.
    ///
    /// # Errors
    /// What it said instead.
    pub fn start(binary: &Path, options: &[&OsStr]) -> Result<Self, String> {
        let mut all: Vec<&OsStr> = vec!["serve".as_ref(), "--listen".as_ref(), "127.0.0.1:0".as_ref()];
        all.extend(options);
        Self::start_with(binary, &all)
    }

    /// Starts any program that says where it listens as the server does.
    ///
    /// # Errors
    /// What it said instead.
    pub fn start_with(binary: &Path, options: &[&OsStr]) -> Result<Self, String> {
        // A file, and not a pipe that nobody empties; it ends with the last who holds it.
        let mut errors = tempfile::tempfile().map_err(|error| error.to_string())?;
        let shared = errors.try_clone().map_err(|error| error.to_string())?;
        let mut child = Command::new(binary)
            .args(options)
            // It is not one of the server's settings.
            .env_remove("CROSSCONNECT_BINARY")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::from(shared))
            .spawn()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut line = String::new();
        while lines.read_line(&mut line).is_ok_and(|read| read > 0) {
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split_whitespace().next().unwrap_or_default().to_owned();
                // What it prints later has nowhere to go, and must not make it wait.
                std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
                return Ok(Server { child, url: format!("http://{address}/") });
            }
            line.clear();
        }
        child.wait().map_err(|error| error.to_string())?;
        let mut text = String::new();
        errors.rewind().and_then(|()| errors.read_to_string(&mut text)).map_err(|error| error.to_string())?;
        Err(text.trim().trim_start_matches("crossconnect: ").to_owned())
    }

    /// Where it listens, with a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How much memory it holds.
    ///
    /// # Errors
    /// The process has ended, or the system does not tell.
    pub fn resident_bytes(&self) -> Result<u64, String> {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB"));
        let kib: Option<u64> = kib.and_then(|kib| kib.trim().parse().ok());
        kib.map(|kib| kib * 1024).ok_or_else(|| format!("{path} has no VmRSS"))
    }

    /// Kills it where it stands.
    pub fn kill(&mut self) -> Result<(), String> {
        self.child.kill().map_err(|error| error.to_string())
    }

    /// Waits until it has ended.
    pub fn wait(&mut self) -> Result<(), String> {
        self.child.wait().map(drop).map_err(|error| error.to_string())
    }

    /// Asks it to stop, and expects it to do so in time and without complaint.
    pub fn stop(&mut self) -> Result<(), String> {
        let child = &mut self.child;
        let status = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
        status.map_err(|error| error.to_string())?;
        let began = std::time::Instant::now();
        while began.elapsed() < STOP {
            match child.try_wait().map_err(|error| error.to_string())? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(format!("a graceful stop ended with {status}")),
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        }
        Err(format!("a graceful stop took more than {STOP:?}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; a test must not leave it behind either way.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
