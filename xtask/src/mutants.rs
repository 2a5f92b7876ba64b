//! `cargo xtask mutants`: breaks the core in small ways, one at a time, and counts which of them the tests notice.
//!
//! cargo-mutants makes the mutants. It works in a copy of the tree (`tree.rs`), never in the tree itself. Each mutant meets
//! the scenarios first, which catch most; what survives those then meets every test that needs no server.

mod found;
mod table;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Outcome, workspace};
use found::{Found, Summary};
use table::Row;

/// Arguments of the subcommand.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which part of the mutants, the first being 0: `0/8` is the first of eight.
    #[arg(long, default_value = "0/1")]
    shard: String,
    /// The files to break, within crates/core/src.
    #[arg(long, default_value = "ops/**/*.rs")]
    files: String,
    /// Tries only those again that survived when this shard was last run.
    #[arg(long)]
    again: bool,
    /// Writes the shard's row of this file, and leaves out of what is reported what the file explains.
    #[arg(long)]
    record: Option<PathBuf>,
}

/// How long the tests of a mutant may take, in seconds: one that loops is caught.
const SCENARIOS_S: u32 = 60;
const EVERYTHING_S: u32 = 400;
/// How much memory a mutant may ask for, in KiB: one that loops and collects must not take the machine along.
const MEMORY_MAX_KIB: u32 = 12_000_000;
/// How many seeds of the simulation are tried on what the scenarios do not catch.
const SEEDS: u32 = 1000;

/// Runs the shard, or its survivors.
pub(crate) fn run(args: &Args) -> Outcome {
    let version = mutants().arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !version.is_ok_and(|status| status.success()) {
        return Err("cargo-mutants is not installed: cargo install --locked cargo-mutants".to_owned());
    }
    let commit = head()?;
    let home = workspace().join("target/mutants");
    let copy = home.join("tree");
    tree::refresh(&workspace(), &copy)?;
    let folder = home.join("found").join(slug(&format!("{} {}", args.files, args.shard)));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let kept = folder.join("survivors.txt");
    let shard = Shard { args, home: &home, folder: &folder };

    let (row, survivors) = if args.again {
        let before = fs::read_to_string(&kept).map_err(|_| "this shard has not been run here yet".to_owned())?;
        let before: Vec<_> = before.lines().map(str::to_owned).collect();
        // Lines may have moved since.
        let found = shard.everything(&before, found::pattern)?;
        let found = found.only(|name| before.iter().any(|known| found::parts(known) == found::parts(name)));
        let survivors = found.named(Summary::Missed);
        (Row::again(args, &commit, survivors.len()), survivors)
    } else {
        let first = shard.scenarios()?;
        let missed = first.named(Summary::Missed);
        // Others with the same change may loop, and were caught.
        let second = shard.everything(&missed, found::exact)?.only(|name| missed.iter().any(|known| known == name));
        let survivors = second.named(Summary::Missed);
        (Row::new(args, &commit, &first, &second), survivors)
    };
    fs::write(&kept, survivors.iter().map(|name| format!("{name}\n")).collect::<String>())
        .map_err(|error| format!("{}: {error}", kept.display()))?;

    let known = args.record.as_ref().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let unexplained: Vec<_> = survivors.iter().filter(|name| !table::explains(&known, name)).collect();
    println!("{} of them survived everything, {} of those unexplained:", survivors.len(), unexplained.len());
    unexplained.iter().for_each(|name| println!("{name}"));
    if let Some(path) = &args.record {
        let text = table::with(&known, &row)?;
        fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// A part of the mutants, and where what came of them is kept.
struct Shard<'a> {
    args: &'a Args,
    home: &'a Path,
    folder: &'a Path,
}

impl Shard<'_> {
    /// Tries all of the shard's mutants on the scenarios, and on the test of what is known about operations besides rules.
    fn scenarios(&self) -> Result<Found, String> {
        let mut command = self.command(SCENARIOS_S);
        command.args(["--shard", &self.args.shard, "--file", &format!("crates/core/src/{}", self.args.files)]);
        command.args(["--cargo-arg=--test=authority", "--cargo-arg=--test=scenarios"]).env("SCENARIOS_QUICK", "1");
        self.end(command, "scenarios")
    }

    /// Tries the mutants that `pattern` makes of these names on everything that needs no server.
    fn everything(&self, names: &[String], pattern: fn(&str) -> String) -> Result<Found, String> {
        if names.is_empty() {
            return Ok(Found::default());
        }
        let mut command = self.command(EVERYTHING_S);
        for name in names {
            // Which mutants take a member of a struct away is decided by the file alone.
            let file = name.split(':').next().unwrap_or_default();
            command.args(["--re", &pattern(name), "--file", file]);
        }
        command.arg("--cargo-arg=--tests").env("SIM_SEEDS", SEEDS.to_string());
        self.end(command, "everything")
    }

    /// What both have in common. Cargo is given both packages, so that both times it builds one and the same core.
    fn command(&self, timeout_s: u32) -> Command {
        let mut command = mutants();
        command
            .current_dir(self.home.join("tree"))
            .env("CARGO_TARGET_DIR", self.home.join("target"))
            .args(["--in-place", "--no-shuffle", "--colors=never", "--profile=mutants", "--no-default-features"])
            .args(["--package=crossconnect-core", "--cargo-arg=--package=crossconnect-sim"])
            .args(["--timeout", &timeout_s.to_string()]);
        command
    }

    fn end(&self, mut command: Command, name: &str) -> Result<Found, String> {
        let output = self.folder.join(name);
        command.arg("--output").arg(&output);
        fs::create_dir_all(&output).map_err(|error| format!("{}: {error}", output.display()))?;
        let outcomes = output.join("mutants.out/outcomes.json");
        // An earlier run must not speak for this one. There may well be none.
        let _ = fs::remove_file(&outcomes);
        let status = command.status().map_err(|error| format!("cargo-mutants does not start: {error}"))?;
        // It writes nothing when there is nothing to try, as when the code of all survivors is gone.
        if status.success() && !outcomes.exists() {
            return Ok(Found::default());
        }
        let text = fs::read_to_string(&outcomes);
        let found =
            text.map_err(|_| format!("cargo-mutants ended with {status}")).and_then(|text| Found::read(&text))?;
        // 2 and 3 say that some were missed or took too long; all else is that it did not come to its end.
        if matches!(status.code(), Some(0 | 2 | 3)) { Ok(found) } else { Err(format!("cargo-mutants: {status}")) }
    }
}

/// cargo-mutants, where no mutant gets all of the machine's memory.
fn mutants() -> Command {
    let mut command = Command::new("sh");
    let script = format!("ulimit -v {MEMORY_MAX_KIB}; exec \"$@\"");
    command.args(["-c", &script, "sh", env!("CARGO"), "mutants"]).stdin(Stdio::null());
    command
}

/// The commit that the working tree rests on.
fn head() -> Result<String, String> {
    let head = Command::new("git").current_dir(workspace()).args(["rev-parse", "--short=7", "HEAD"]).output();
    let head = head.map_err(|error| format!("git does not say which commit this is: {error}"))?;
    Ok(String::from_utf8_lossy(&head.stdout).trim().to_owned())
}

/// A text as the name of a folder.
fn slug(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
