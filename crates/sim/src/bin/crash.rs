//! `cargo xtask crash`: kills a server under load, over and over, and checks what it still knows.

#![forbid(unsafe_code)]

use clap::Parser;
use crossconnect_sim::crash;
use crossconnect_sim::process::server_binary;
use indicatif::{ProgressBar, ProgressStyle};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Kills a server under load, over and over, and checks what it still knows.
#[derive(Parser)]
#[command(name = "cargo xtask crash")]
struct Args {
    /// How often to kill it.
    #[arg(long, default_value_t = 200)]
    kills: u64,
    /// The workload's seed; the time of day by default.
    #[arg(long)]
    seed: Option<u64>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let seconds = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let seed = args.seed.unwrap_or_else(seconds);
    match run(args.kills, seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("crash: {text} (seed {seed})");
            ExitCode::FAILURE
        }
    }
}

fn run(kills: u64, seed: u64) -> Result<(), String> {
    let binary = server_binary()?;
    let directory = tempfile::tempdir().map_err(|error| error.to_string())?;
    let bar = ProgressBar::new(kills);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} kills, {eta} left, {msg}");
    bar.set_style(style.map_err(|error| error.to_string())?);
    let text = |tally: crash::Tally| {
        let crash::Tally { acknowledged, repeated, replayed, recorded, .. } = tally;
        format!(
            "{acknowledged} changes acknowledged, {repeated} calls repeated, of which {replayed} had been committed; \
             {recorded} changes found on record"
        )
    };
    let tally = crash::run(&binary, directory.path(), kills, seed, |tally| {
        bar.inc(1);
        bar.set_message(text(tally));
    });
    bar.finish_and_clear();
    let tally = tally?;
    println!(
        "{} kills, {}; nothing lost, nothing doubled, all invariants hold (seed {seed})",
        tally.kills,
        text(tally)
    );
    Ok(())
}
