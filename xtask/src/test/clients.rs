//! The stage that drives the binary with real clients: pytest in `clients/`, in a virtual environment of its own.

use std::fs;
use std::path::{Path, PathBuf};

use super::programs::{command, must, run, works};
use super::tally::Tally;

/// Every package with its version, those too that others ask for.
const REQUIREMENTS: &str = "clients/requirements.txt";

/// Runs them against `binary`; where that is `None`, they build it themselves.
pub(super) fn tests(binary: Option<&Path>) -> Result<Tally, String> {
    let python = environment()?;
    let report = crate::workspace().join("target/clients.xml");
    // A report of an earlier run must not speak for this one. It may well be absent.
    let _ = fs::remove_file(&report);
    let mut pytest = command(&python.to_string_lossy(), &["-m", "pytest", "--junit-xml"]);
    pytest.arg(&report).current_dir(crate::workspace().join("clients"));
    if let Some(binary) = binary {
        pytest.env("CROSSCONNECT_BINARY", binary);
    }
    let success = run(&mut pytest)?;
    let counted = fs::read_to_string(&report).ok().as_deref().and_then(Tally::from_junit).unwrap_or_default();
    Ok(counted.with_exit(success))
}

/// The Python of the virtual environment, made or brought up to date where needed.
fn environment() -> Result<PathBuf, String> {
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
    println!("installing {python}-venv");
    must(&mut apt_get(&["update"]))?;
    must(apt_get(&["install", "--yes", "--no-install-recommends"]).arg(format!("{python}-venv")))?;
    if make()? { Ok(()) } else { Err(format!("{python} cannot make a virtual environment")) }
}

/// apt-get, by way of sudo where there is one; in a container one is root without it.
fn apt_get(arguments: &[&str]) -> std::process::Command {
    let mut apt = if works(&mut command("sudo", &["-n", "true"])) {
        command("sudo", &["-n", "apt-get"])
    } else {
        command("apt-get", &[])
    };
    apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    apt
}
