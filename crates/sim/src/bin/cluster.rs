//! `cargo xtask cluster`: kills, pauses and cuts off what a cluster is made of, under load, and checks what it still knows.

#![forbid(unsafe_code)]

use clap::Parser;
use crossconnect_sim::cluster::report::Report;
use crossconnect_sim::process::server_binary;
use crossconnect_sim::{cluster, etcd};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Starts three members of etcd and three nodes, kills, pauses and cuts them off under load, and checks what they know.
#[derive(Parser)]
#[command(name = "cargo xtask cluster")]
struct Args {
    /// How many processes to kill.
    #[arg(long, default_value_t = 20)]
    kills: u64,
    /// The workload's seed; the time of day by default.
    #[arg(long)]
    seed: Option<u64>,
    /// A page for what was found, such as docs/cluster.md.
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
            eprintln!("cluster: {text} (seed {seed})");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args, seed: u64) -> Result<(), String> {
    let kills = args.kills;
    let etcd = etcd::binary().ok_or("there is no etcd: put it on the path, or let cargo xtask test rust fetch one")?;
    if let Some(why) = etcd::loses(&etcd) {
        return Err(format!("{why}: take another release"));
    }
    let server = server_binary()?;
    let bar = ProgressBar::new(kills);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} kills, {eta} left, {msg}");
    bar.set_style(style.map_err(|error| error.to_string())?);
    let run = cluster::Run { etcd: &etcd, server: &server, kills, seed };
    let tally = cluster::run(&run, |tally| {
        bar.set_position(tally.kills());
        bar.set_message(text(tally));
    });
    bar.finish_and_clear();
    let tally = tally?;
    println!(
        "{} kills ({} members, {} of which led; {} nodes), {} pauses, {} cuts; {}; nothing lost, nothing doubled, who got \
         what is linearizable, all invariants hold (seed {seed})",
        tally.kills(),
        tally.members_killed,
        tally.leaders_killed,
        tally.nodes_killed,
        tally.paused,
        tally.cut,
        text(tally)
    );
    let Some(path) = &args.write else { return Ok(()) };
    let day = jiff::Timestamp::now().to_string().chars().take_while(|c| *c != 'T').collect();
    let etcd = etcd::version(&etcd).unwrap_or_default();
    std::fs::write(path, Report { seed, day, etcd, tally }.page())
        .map_err(|error| format!("{}: {error}", path.display()))
}

fn text(tally: cluster::Tally) -> String {
    let cluster::Tally { acknowledged, raced, leaderless, interrupted, .. } = tally;
    format!(
        "{acknowledged} changes acknowledged, {raced} races run, at most {:.1} s without a change when a leader died and \
         {:.1} s otherwise",
        leaderless.as_secs_f64(),
        interrupted.as_secs_f64()
    )
}
