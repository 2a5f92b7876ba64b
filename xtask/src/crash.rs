//! `crash`: a long crash loop against the release build.
//!
//! The loop itself is a program of `crossconnect-sim`: so the other chores do not wait for the service to compile, and
//! codegen works while what it generates does not.

use std::process::Command;

use crate::{Outcome, workspace};

/// The options of the loop.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What the loop itself takes: `--kills N`, `--seed N`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

/// Builds the loop and runs it.
pub(crate) fn run(args: &Args) -> Outcome {
    let status = Command::new(env!("CARGO"))
        .current_dir(workspace())
        .args(["run", "--quiet", "--release", "--package", "crossconnect-sim", "--bin", "crash", "--"])
        .args(&args.options)
        .status()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("the crash loop ended with {status}")) }
}
