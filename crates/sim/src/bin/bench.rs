//! `cargo xtask bench`: how close the service is to what the machine allows, in ratios taken in one run.

#![forbid(unsafe_code)]

use clap::{Parser, Subcommand};
use crossconnect_sim::bench::{Report, Scale, run, serve_bare};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// How close the service is to what the machine allows, in ratios taken in one run.
#[derive(Parser)]
#[command(name = "cargo xtask bench")]
struct Args {
    #[command(subcommand)]
    part: Option<Part>,
    /// How long each load lasts, in milliseconds.
    #[arg(long, default_value_t = 2000)]
    load_ms: u64,
    /// How long the overload lasts, in seconds.
    #[arg(long, default_value_t = 60)]
    overload_s: u64,
    /// How often each measurement is repeated; the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Connections in the large store.
    #[arg(long, default_value_t = 1_000_000)]
    large: usize,
    /// Measures only what has this in its name.
    #[arg(long, default_value = "")]
    only: String,
    /// Writes the table, the machine and the method to this file, too.
    #[arg(long)]
    write: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Part {
    /// The bare server that answers the bytes of a file.
    #[command(hide = true)]
    Bare {
        /// The file.
        answer: PathBuf,
    },
}

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = match &args.part {
        Some(Part::Bare { answer }) => bare(answer),
        None => measure(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("bench: {text}");
            ExitCode::FAILURE
        }
    }
}

fn bare(answer: &Path) -> Result<(), String> {
    let body = std::fs::read(answer).map_err(|error| format!("{}: {error}", answer.display()))?;
    match serve_bare(body)? {}
}

fn measure(args: &Args) -> Result<(), String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    // Beside the program, so that it is a disk that is measured, which a folder for temporary files need not be on.
    let beside = this.parent().ok_or("the program has no folder")?;
    let folder = tempfile::tempdir_in(beside).map_err(|error| error.to_string())?;
    let load = Duration::from_millis(args.load_ms);
    let overload = Duration::from_secs(args.overload_s);
    let scale = Scale { load, overload, rounds: args.rounds, large: args.large };
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}, {elapsed}");
    bar.set_style(style.map_err(|error| error.to_string())?);
    bar.enable_steady_tick(Duration::from_millis(500));
    let report = run(&this, folder.path(), scale, &args.only, |name, number, count| {
        bar.set_length(count as u64);
        bar.set_position(number as u64);
        bar.set_message(name.to_owned());
    });
    bar.finish_and_clear();
    let report = report?;
    println!("{report}");
    match &args.write {
        Some(path) => write(path, &report, scale),
        None => Ok(()),
    }
}

fn write(path: &Path, report: &Report, scale: Scale) -> Result<(), String> {
    let text = crossconnect_sim::bench::page(report, scale);
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
