//! `cargo xtask test`: everything that must hold before a change is handed on, in one command.
//!
//! A stage that cannot say how many of its tests passed counts as one test, and one that ends otherwise than its own
//! count explains adds a failure, so that nothing which went wrong can be summed up as success. The last line is the
//! sum of all stages.

mod clients;
mod deny;
mod etcd;
mod programs;
mod rust;
mod tally;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use tally::Tally;

/// Arguments of the subcommand.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Runs only these stages; all of them where none is named.
    #[arg(value_enum)]
    stages: Vec<Stage>,
}

/// The stages, in the order in which they run.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Stage {
    /// Every file is formatted.
    Format,
    /// Clippy and the compiler have nothing to say.
    Lint,
    /// Dependencies have licences that are welcome, are not banned, and come from where they should.
    Deny,
    /// Every target compiles; the binary is there for the real clients.
    Build,
    /// The tests in Rust.
    Rust,
    /// The tests that drive the binary with boto3, the AWS CLI and Terraform.
    Clients,
    /// Those that drive it with the AWS SDK for JavaScript.
    Javascript,
    /// Those that drive it with the AWS SDK for Rust.
    RustSdk,
}

impl Stage {
    const ALL: [Stage; 8] = [
        Stage::Format,
        Stage::Lint,
        Stage::Deny,
        Stage::Build,
        Stage::Rust,
        Stage::Clients,
        Stage::Javascript,
        Stage::RustSdk,
    ];

    fn title(self) -> &'static str {
        match self {
            Stage::Format => "format",
            Stage::Lint => "lint",
            Stage::Deny => "dependencies",
            Stage::Build => "build",
            Stage::Rust => "tests in Rust",
            Stage::Clients => "boto3, AWS CLI, Terraform, README",
            Stage::Javascript => "JavaScript SDK",
            Stage::RustSdk => "Rust SDK",
        }
    }

    /// Runs it. An error is a stage that could not run to its end.
    fn run(self, binary: &mut Option<PathBuf>) -> Result<Tally, String> {
        match self {
            Stage::Format => rust::format(),
            Stage::Lint => rust::lint(),
            Stage::Deny => deny::deny(),
            Stage::Build => {
                *binary = Some(rust::build()?);
                Ok(Tally::ONE_PASSED)
            }
            Stage::Rust => rust::tests(binary.as_deref()),
            Stage::Clients => clients::python(binary.as_deref()),
            Stage::Javascript => clients::javascript(binary.as_deref()),
            Stage::RustSdk => clients::rust_sdk(binary.as_deref()),
        }
    }
}

/// Runs the subcommand. It says itself what failed, since nothing may be printed after the sum.
pub(crate) fn run(args: &Args) -> ExitCode {
    let wanted = |stage: &Stage| args.stages.is_empty() || args.stages.contains(stage);
    let mut binary = None;
    let mut report = Vec::new();
    let mut sum = Tally::default();
    for stage in Stage::ALL.into_iter().filter(wanted) {
        println!("\n==> {}", stage.title());
        let start = Instant::now();
        let tally = stage.run(&mut binary).unwrap_or_else(|text| {
            println!("{}: {text}", stage.title());
            Tally::ONE_FAILED
        });
        let sentence = format!("{} ({} s)", tally.sentence(stage.title()), start.elapsed().as_secs());
        println!("==> {sentence}");
        report.push(sentence);
        sum += tally;
    }
    println!("\n==> outcome\n{}\n{sum}", report.join("\n"));
    if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
