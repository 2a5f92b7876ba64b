//! `bench`, `crash` and `sim`: long work.
//!
//! All are programs of `crossconnect-sim`: so the other chores do not wait for the service to compile, and codegen works
//! while what it generates does not.

use std::process::Command;

use crate::{Outcome, workspace};

/// The options of the program.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What the program itself takes; `-- --help` lists it.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

/// The crates that a simulation spends its time in.
const SIMULATED: [&str; 6] = ["api", "core", "papers", "sim", "store", "wire"];

/// Builds the program of that name as it is released, and runs it.
pub(crate) fn run(program: &str, args: &Args) -> Outcome {
    start(program, &["--release".to_owned()], args)
}

/// Runs the simulation: optimized, and with every assertion and check of arithmetic that the tests have.
pub(crate) fn simulation(args: &Args) -> Outcome {
    let optimized =
        |name: &str| ["--config".to_owned(), format!("profile.dev.package.crossconnect-{name}.opt-level=2")];
    start("sim", &SIMULATED.map(optimized).concat(), args)
}

fn start(program: &str, profile: &[String], args: &Args) -> Outcome {
    let status = Command::new(env!("CARGO"))
        .current_dir(workspace())
        .args(["run", "--quiet"])
        .args(profile)
        .args(["--package", "crossconnect-sim", "--bin", program, "--"])
        .args(&args.options)
        .status()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{program} ended with {status}")) }
}
