//! `cargo xtask sim`: runs many seeds of the simulation, and says what they met and what failed.

#![forbid(unsafe_code)]

use clap::Parser;
use crossconnect_sim::simulation::{Broken, Tally, length, repeat, run, scenario, seeds, shrink};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// Runs many seeds of the simulation, and says what they met and what failed.
#[derive(Parser)]
#[command(name = "cargo xtask sim")]
struct Args {
    /// How many seeds to run.
    #[arg(long, default_value_t = 10_000)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Runs this seed alone and prints its log; where it fails, also the shortest run that fails alike.
    #[arg(long)]
    seed: Option<u64>,
    /// How many threads; one for each core where it is not given.
    #[arg(long)]
    threads: Option<usize>,
    /// Fails also when something was never met.
    #[arg(long)]
    all: bool,
    /// Adds a line about the run to this file.
    #[arg(long)]
    record: Option<PathBuf>,
}

fn main() -> ExitCode {
    // A panic of the service is caught and told as what it is; its usual text would be in the way.
    std::panic::set_hook(Box::new(|_| ()));
    let args = Args::parse();
    let outcome = match args.seed {
        Some(seed) => one(seed),
        None => many(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("sim: {text}");
            ExitCode::FAILURE
        }
    }
}

fn one(seed: u64) -> Result<(), String> {
    let outcome = run(seed, length(seed), Broken::default());
    let again = repeat(&outcome.script, Broken::default());
    again.log.iter().for_each(|line| println!("{line}"));
    println!("seed {seed}: {}, log {:016x}", outcome.coverage.summary(), outcome.hash);
    if again.hash != outcome.hash {
        return Err(format!("seed {seed} does not come to the same twice"));
    }
    let Some(shortest) = shrink(&outcome, Broken::default()) else { return Ok(()) };
    println!("\nThe shortest run that fails alike:");
    shortest.script.steps.iter().for_each(|step| println!("{step:?}"));
    println!("\nIts calls as a scenario:\n\n{}", scenario(&shortest));
    let found: Vec<_> = shortest.violations.iter().map(|(_, v)| format!("{}: {}", v.check, v.text)).collect();
    Err(format!("seed {seed}: {}", found.join("; ")))
}

/// How many of what was met least are shown.
const RAREST: usize = 40;

fn many(args: &Args) -> Result<(), String> {
    let threads = args.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let bar = ProgressBar::new(args.seeds);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} seeds, {per_sec}, {eta} left");
    bar.set_style(style.map_err(|error| error.to_string())?);
    // Others may commit while it runs: it is told of now.
    let commit = if args.record.is_some() { head()? } else { String::new() };
    let began = Instant::now();
    let tally = seeds(args.from, args.seeds, threads, &|| bar.inc(1));
    let took = began.elapsed();
    bar.finish_and_clear();
    println!(
        "{} seeds from {}, {} steps, {} commits, {} failing, {} s: {}",
        tally.seeds,
        args.from,
        tally.coverage.steps,
        tally.coverage.commits,
        tally.failing,
        took.as_secs(),
        tally.coverage.summary()
    );
    let mut counts = tally.coverage.counts();
    counts.sort_by_key(|(_, times)| *times);
    println!("the rarest:");
    counts.iter().take(RAREST).for_each(|(name, times)| println!("{times:>8} {name}"));
    for failure in &tally.failures {
        for (step, violation) in &failure.violations {
            println!("seed {} at step {step}: {}: {}", failure.script.seed, violation.check, violation.text);
        }
    }
    if let Some(path) = &args.record {
        record(path, args, &tally, (&commit, took)).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let unmet = tally.coverage.unmet();
    unmet.iter().for_each(|name| println!("{name}"));
    match (tally.failing, args.all && !unmet.is_empty()) {
        (0, false) => Ok(()),
        (0, true) => Err(format!("{} never met", unmet.len())),
        (failing, _) => Err(format!("{failing} seeds failed")),
    }
}

/// What the file of recorded runs begins with.
const HEAD: &str = "\
# Runs of the simulation

What `cargo xtask sim --seeds N --from S --record docs/simulation.md` has run: the whole service, from decoded requests to
committed batches, on virtual time, from one seed after the other. Faults are those that struck: writes that failed, were
kept though they failed, were torn, stalled, found no room or arrived late, and processes that were killed. Then come how
many of the operations succeeded, how many of the rules were met by a refusal, and how many of the changes of phase were
taken. The tests run the first 10,000 seeds every time.

| date       | commit  | seeds              |       steps |    commits |     faults | operations |    refusals |      phases | minutes | failing |
|------------|---------|--------------------|------------:|-----------:|-----------:|-----------:|------------:|------------:|--------:|--------:|
";

/// The commit that the working tree rests on, as it is when a run begins.
fn head() -> Result<String, String> {
    let head = Command::new("git").args(["rev-parse", "--short=7", "HEAD"]).output();
    let head = head.map_err(|error| format!("git does not say which commit this is: {error}"))?;
    Ok(String::from_utf8_lossy(&head.stdout).trim().to_owned())
}

fn record(path: &Path, args: &Args, tally: &Tally, (commit, took): (&str, Duration)) -> std::io::Result<()> {
    let before = fs::read_to_string(path).unwrap_or_else(|_| HEAD.to_owned());
    let date = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let seeds = format!("{} to {}", args.from, args.from + tally.seeds - 1);
    let (coverage, minutes) = (&tally.coverage, took.as_secs().div_ceil(60));
    let (steps, commits, faults) = (coverage.steps, coverage.commits, coverage.faults());
    let [operations, refusals, phases, _] = coverage.shares().map(|(met, all)| format!("{met} of {all}"));
    let line = format!(
        "| {date} | {commit} | {seeds:<18} | {steps:>11} | {commits:>10} | {faults:>10} | {operations:>10} | \
         {refusals:>11} | {phases:>11} | {minutes:>7} | {:>7} |\n",
        tally.failing
    );
    fs::write(path, before + &line)
}
