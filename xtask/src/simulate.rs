//! `bench` and `crash`: long work on the release build.
//!
//! Both are programs of `crossconnect-sim`: so the other chores do not wait for the service to compile, and codegen works
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

/// Builds the program of that name and runs it.
pub(crate) fn run(program: &str, args: &Args) -> Outcome {
    let status = Command::new(env!("CARGO"))
        .current_dir(workspace())
        .args(["run", "--quiet", "--release", "--package", "crossconnect-sim", "--bin", program, "--"])
        .args(&args.options)
        .status()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{program} ended with {status}")) }
}
