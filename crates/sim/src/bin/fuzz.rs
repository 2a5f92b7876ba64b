//! `cargo xtask fuzz`: hostile inputs by the million.

#![forbid(unsafe_code)]

use clap::Parser;
use crossconnect_sim::fuzz::{self, Count, Kind, Ledger, Outcome};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Tries hostile inputs on everything that reads a stranger's bytes.
#[derive(Parser)]
#[command(name = "cargo xtask fuzz")]
struct Args {
    /// How many inputs to try on each target.
    #[arg(long, default_value_t = 1_000_000)]
    inputs: u64,
    /// The seed that they follow from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The target, or `all`: json, cbor, protocols, route, signature, page, form, session, policy, control, ec2, record.
    #[arg(long, default_value = "all", value_delimiter = ',')]
    target: Vec<String>,
    /// On how many threads; as many as there are cores by default.
    #[arg(long)]
    threads: Option<usize>,
    /// Adds what was tried to this file.
    #[arg(long)]
    record: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(text) => {
            eprintln!("fuzz: {text}");
            ExitCode::FAILURE
        }
    }
}

/// Whether nothing was found.
fn run(args: &Args) -> Result<bool, String> {
    let threads = args.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let mut is_clean = true;
    for kind in kinds(&args.target)? {
        let began = Instant::now();
        let outcome = watched(kind, args, threads)?;
        let Outcome { inputs, accepted, findings } = &outcome;
        let rate = *inputs as f64 / began.elapsed().as_secs_f64();
        println!(
            "{}: {inputs} inputs, {accepted} accepted, {} failed, {rate:.0} a second",
            kind.name(),
            findings.len()
        );
        for finding in findings {
            is_clean = false;
            let path = fuzz::keep(finding).map_err(|error| error.to_string())?;
            println!("  {}: {}", path.display(), finding.text);
        }
        if let Some(path) = &args.record {
            record(path, kind, args.seed, &outcome)?;
        }
    }
    Ok(is_clean)
}

fn kinds(names: &[String]) -> Result<Vec<Kind>, String> {
    if names.iter().any(|name| name == "all") {
        return Ok(Kind::ALL.to_vec());
    }
    names.iter().map(|name| Kind::from_name(name).ok_or_else(|| format!("there is no target {name}"))).collect()
}

fn watched(kind: Kind, args: &Args, threads: usize) -> Result<Outcome, String> {
    let bar = ProgressBar::new(args.inputs);
    let style = ProgressStyle::with_template("{msg} {bar:40} {human_pos}/{human_len}, {per_sec}, {eta} left");
    bar.set_style(style.map_err(|error| error.to_string())?);
    bar.set_message(kind.name());
    let outcome = fuzz::run(kind, args.inputs, args.seed, threads, &|count| bar.inc(count));
    bar.finish_and_clear();
    outcome
}

fn record(path: &Path, kind: Kind, seed: u64, outcome: &Outcome) -> Result<(), String> {
    let shown = |error: std::io::Error| format!("{}: {error}", path.display());
    let text = if path.exists() { std::fs::read_to_string(path).map_err(shown)? } else { String::new() };
    let mut ledger = Ledger::read(&text)?;
    let day = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let failures = outcome.findings.len() as u64;
    let Outcome { inputs, accepted, .. } = *outcome;
    ledger.runs.push(Count { day, commit: commit()?, kind, inputs, accepted, seed, failures });
    std::fs::write(path, ledger.to_string()).map_err(shown)
}

/// The commit that is checked out, marked where something is not committed.
fn commit() -> Result<String, String> {
    let output = Command::new("git").args(["describe", "--always", "--dirty", "--exclude", "*"]).output();
    let output = output.map_err(|error| format!("git does not start: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() && !text.is_empty() { Ok(text) } else { Err("git names no commit".to_owned()) }
}
