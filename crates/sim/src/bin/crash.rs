//! `cargo xtask crash`: kills a server under load, copies its store, fills its disk, takes its power, over and over, and checks
//! what is still known.

#![forbid(unsafe_code)]

use clap::Parser;
use crossconnect_sim::crash::report::Report;
use crossconnect_sim::crash::{self, copies, full, power};
use crossconnect_sim::process::server_binary;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Kills a server under load, copies its store, fills its disk, and checks what is still known.
#[derive(Parser)]
#[command(name = "cargo xtask crash")]
struct Args {
    /// How often to kill it.
    #[arg(long, default_value_t = 200)]
    kills: u64,
    /// How many copies to make of a store at work.
    #[arg(long, default_value_t = 0)]
    copies: u64,
    /// How often to fill the disk.
    #[arg(long, default_value_t = 0)]
    fills: u64,
    /// Try a power loss at every byte and bit of a journal, too.
    #[arg(long)]
    power: bool,
    /// The seed of all; the time of day by default.
    #[arg(long)]
    seed: Option<u64>,
    /// A page for what was found, such as docs/durability.md.
    #[arg(long)]
    write: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let seconds = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let seed = args.seed.unwrap_or_else(seconds);
    match run(&args, seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("crash: {text} (seed {seed})");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args, seed: u64) -> Result<(), String> {
    let binary = server_binary()?;
    let day = jiff::Timestamp::now().to_string().chars().take_while(|c| *c != 'T').collect();
    let mut report = Report { seed, day, ..Report::default() };
    if args.kills > 0 {
        let (directory, bar) = (folder()?, bar(args.kills, "kills")?);
        let killed = crash::run(&binary, directory.path(), args.kills, seed, &mut |tally: &crash::Tally| {
            bar.set_position(tally.kills);
            bar.set_message(format!("{} changes acknowledged, {} calls repeated", tally.acknowledged, tally.repeated));
        });
        bar.finish_and_clear();
        let tally = killed?;
        let crash::Tally { kills, acknowledged, repeated, replayed, .. } = tally;
        println!(
            "{kills} kills, {acknowledged} changes acknowledged, {repeated} calls repeated, of which {replayed} had been \
             carried out; nothing lost, nothing done twice, all invariants hold (seed {seed})"
        );
        report.kills = Some(tally);
    }
    if args.copies > 0 {
        let (directory, bar) = (folder()?, bar(args.copies, "copies")?);
        let made = copies::run(directory.path(), args.copies, seed, &mut |tally| {
            bar.set_position(tally.consistent + tally.refused);
            bar.set_message(format!("{} refused", tally.refused));
        });
        bar.finish_and_clear();
        let tally = made?;
        println!("copies at work: {} whole, {} refused as damaged (seed {seed})", tally.consistent, tally.refused);
        report.copies = Some(tally);
    }
    if args.fills > 0 {
        let (directory, bar) = (folder()?, bar(args.fills, "full disks")?);
        let filled = full::run(&binary, directory.path(), args.fills, seed, &mut |tally| {
            bar.set_position(tally.rounds);
            bar.set_message(format!("{} changes refused", tally.refused));
        });
        bar.finish_and_clear();
        report.full = filled?;
        match &report.full {
            Some(full) => println!(
                "{} full disks, {} changes refused, {} acknowledged, none lost (seed {seed})",
                full.rounds, full.refused, full.acknowledged
            ),
            None => println!("full disks: not done, the machine lets us have no file system of our own"),
        }
    }
    if args.power {
        let (directory, bar) = (power::folder().map_err(|error| error.to_string())?, ProgressBar::new_spinner());
        let tried = power::run(directory.path(), 1, seed, &mut |tally| {
            bar.tick();
            bar.set_message(format!("{} journals cut, {} flipped", tally.cuts, tally.refused + tally.harmless));
        });
        bar.finish_and_clear();
        let tally = tried?;
        println!(
            "{} journals cut, {} flipped, of which {} were refused as damaged; nothing lost (seed {seed})",
            tally.cuts,
            tally.refused + tally.harmless,
            tally.refused
        );
        report.power = Some(tally);
    }
    match &args.write {
        Some(path) => std::fs::write(path, report.page()).map_err(|error| format!("{}: {error}", path.display())),
        None => Ok(()),
    }
}

fn folder() -> Result<tempfile::TempDir, String> {
    tempfile::tempdir().map_err(|error| error.to_string())
}

fn bar(length: u64, what: &str) -> Result<ProgressBar, String> {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {prefix}, {eta} left, {msg}");
    Ok(ProgressBar::new(length).with_prefix(what.to_owned()).with_style(style.map_err(|error| error.to_string())?))
}
