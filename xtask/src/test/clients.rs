//! The stages that drive the binary with real clients: pytest in a virtual environment of its own for boto3, the AWS CLI
//! and Terraform; node's and cargo's own runners for the SDKs of JavaScript and Rust.
//!
//! Each finds the binary in the environment, and starts it as often as it likes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::programs::{captured, cargo, command, must, run, works};
use super::rust;
use super::tally::Tally;

/// Names the binary to the clients' tests.
const BINARY: &str = "CROSSCONNECT_BINARY";

/// Every package with its version, those too that others ask for.
const REQUIREMENTS: &str = "clients/requirements.txt";

/// The same for the JavaScript SDK.
const LOCK: &str = "clients/js/package-lock.json";

/// The oldest Node.js on which the JavaScript SDK runs.
const NODE_MIN: u32 = 20;

/// The workspace of its own in which the Rust SDK is compiled.
const RUST_SDK: &str = "clients/rust/Cargo.toml";

/// boto3, the AWS CLI, Terraform, and the README's own blocks.
pub(super) fn python(built: Option<&Path>) -> Result<Tally, String> {
    let python = environment()?;
    let report = crate::workspace().join("target/clients.xml");
    // A report of an earlier run must not speak for this one. It may well be absent.
    let _ = fs::remove_file(&report);
    let mut pytest = command(&python.to_string_lossy(), &["-m", "pytest", "--junit-xml"]);
    pytest.arg(&report).current_dir(crate::workspace().join("clients")).env(BINARY, binary(built)?);
    let success = run(&mut pytest)?;
    let counted = fs::read_to_string(&report).ok().as_deref().and_then(Tally::from_junit).unwrap_or_default();
    Ok(counted.with_exit(success))
}

/// The AWS SDK for JavaScript. Where Node.js is absent or too old, nothing is run, which counts as one test skipped.
pub(super) fn javascript(built: Option<&Path>) -> Result<Tally, String> {
    let has_npm = works(&mut command("npm", &["--version"])) || install("npm").is_ok();
    if !has_npm || node_version().is_none_or(|version| version < NODE_MIN) {
        println!("skipped: the JavaScript SDK needs npm and Node.js {NODE_MIN} or later");
        return Ok(Tally { skipped: 1, ..Tally::default() });
    }
    let folder = crate::workspace().join("clients/js");
    let (lock, stamp) = (crate::workspace().join(LOCK), folder.join("node_modules/installed.json"));
    let wanted = fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    if !fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        println!("installing the packages of {}", folder.display());
        must(command("npm", &["ci"]).current_dir(&folder))?;
        fs::write(&stamp, wanted).map_err(|error| error.to_string())?;
    }
    let mut node = command("node", &["--test", "--test-timeout", "300000", "--test-reporter", "tap"]);
    node.current_dir(&folder).env(BINARY, binary(built)?);
    let (output, success) = captured(&mut node, |line| println!("{line}"))?;
    Ok(Tally::from_tap(&output).with_exit(success))
}

/// The first number of what `node --version` prints, such as `v20.20.2`.
fn node_version() -> Option<u32> {
    let (version, success) = captured(&mut command("node", &["--version"]), |_| ()).ok()?;
    let number = version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()?;
    success.then_some(number)
}

/// The AWS SDK for Rust.
pub(super) fn rust_sdk(built: Option<&Path>) -> Result<Tally, String> {
    let mut test = cargo(&["test", "--locked", "--no-fail-fast", "--manifest-path", RUST_SDK]);
    let (output, success) = captured(test.env(BINARY, binary(built)?), |line| println!("{line}"))?;
    Ok(Tally::from_libtest(&output).with_exit(success))
}

/// The binary that the build made, or the one that the environment names; else it is built now.
fn binary(built: Option<&Path>) -> Result<PathBuf, String> {
    match (built, env::var_os(BINARY)) {
        (Some(built), _) => Ok(built.to_owned()),
        (None, Some(named)) => Ok(PathBuf::from(named)),
        (None, None) => rust::build(),
    }
}

/// The Python of the virtual environment, made or brought up to date where needed.
pub(super) fn environment() -> Result<PathBuf, String> {
    let folder = crate::workspace().join("clients/.venv");
    let (python, stamp) = (folder.join("bin/python"), folder.join("installed.txt"));
    let wanted = fs::read_to_string(crate::workspace().join(REQUIREMENTS)).map_err(|error| error.to_string())?;
    if works(&mut command(&python.to_string_lossy(), &["--version"]))
        && fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted)
    {
        return Ok(python);
    }
    println!("making the virtual environment {}", folder.display());
    create(&folder)?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", REQUIREMENTS];
    must(&mut command(&python.to_string_lossy(), &pip))?;
    fs::write(&stamp, wanted).map_err(|error| error.to_string())?;
    Ok(python)
}

/// An empty virtual environment. Debian keeps what makes one in a package of its own, which is installed if need be.
fn create(folder: &Path) -> Result<(), String> {
    let python = ["python3.11", "python3"].into_iter().find(|name| works(&mut command(name, &["--version"])));
    let python = python.ok_or("the real clients need Python 3.11 or later, and neither python3.11 nor python3 runs")?;
    let make = || {
        let mut make = command(python, &["-m", "venv", "--clear"]);
        run(make.arg(folder))
    };
    if make()? {
        return Ok(());
    }
    install(&format!("{python}-venv"))?;
    if make()? { Ok(()) } else { Err(format!("{python} cannot make a virtual environment")) }
}

/// Installs a package of the system.
fn install(package: &str) -> Result<(), String> {
    println!("installing {package}");
    must(&mut apt_get(&["update"]))?;
    must(apt_get(&["install", "--yes", "--no-install-recommends"]).arg(package))
}

/// apt-get, by way of sudo where there is one; in a container one is root without it.
fn apt_get(arguments: &[&str]) -> Command {
    let mut apt = if works(&mut command("sudo", &["-n", "true"])) {
        command("sudo", &["-n", "apt-get"])
    } else {
        command("apt-get", &[])
    };
    apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    apt
}
