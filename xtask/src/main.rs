//! The one door for every chore: one module a subcommand.

#![forbid(unsafe_code)]

mod codegen;
mod fidelity;
#[cfg(test)]
mod manifests;
mod model;
mod mutants;
mod simulate;
mod test;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The chores of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Generates Rust from the facts in model/.
    Codegen(codegen::Args),
    /// Measures, in ratios taken in one run, how close the service is to what the machine allows.
    Bench(simulate::Args),
    /// Kills, pauses and cuts off members and nodes of a cluster under load, and checks what it still knows.
    Cluster(simulate::Args),
    /// Kills a server under load, over and over, and checks what it still knows.
    Crash(simulate::Args),
    /// Tries hostile inputs on everything that reads a stranger's bytes.
    Fuzz(simulate::Args),
    /// Writes docs/fidelity.md: every rule, delay and quota, where each is known from, and what is assumed.
    Fidelity(fidelity::Args),
    /// Refreshes model/directconnect.json from an installed botocore.
    Model(model::Args),
    /// Breaks the core in small ways, one at a time, and counts which of them the tests notice.
    Mutants(mutants::Args),
    /// Runs many seeds of the simulation of the whole service, and says what they met and what failed.
    Sim(simulate::Args),
    /// Runs every check and test there is; the last line is the sum.
    Test(test::Args),
}

/// What a chore answers: a text for the person who started it.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let outcome = match Cli::parse().chore {
        Chore::Codegen(args) => codegen::run(&args),
        Chore::Bench(args) => simulate::run("bench", &args),
        Chore::Cluster(args) => simulate::run("cluster", &args),
        Chore::Crash(args) => simulate::run("crash", &args),
        Chore::Fuzz(args) => simulate::run("fuzz", &args),
        Chore::Fidelity(args) => fidelity::run(&args),
        Chore::Model(args) => model::run(&args),
        Chore::Mutants(args) => mutants::run(&args),
        Chore::Sim(args) => simulate::simulation(&args),
        Chore::Test(args) => return test::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("xtask: {text}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace, from where every chore names its files.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_owned()
}
