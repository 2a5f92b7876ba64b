//! Every file under `scenarios/` over HTTP: signed requests, the embedded store, and a restart wherever settings change.

use crossconnect_sim::process::server_binary;
use crossconnect_sim::scenario::{Driver, OverHttp};
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};

mod files;

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    // Only a run needs the program: a listing of the tests does not.
    let binary = if arguments.list { PathBuf::new() } else { server_binary().expect("the server builds") };
    let trials = files::under(&root).into_iter().map(|file| {
        let (name, binary) = (files::name(&root, &file), binary.clone());
        Trial::test(name, move || run(&file, &binary))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

/// Blocks about what a whole server cannot be brought to, each with its reason.
const ELSEWHERE: &[(&str, &str)] = &[(
    "The system's clock is not taken while the last commit lies ahead of it.",
    "the machine's clock shows what it shows",
)];

fn run(file: &Path, binary: &Path) -> Result<(), Failed> {
    let scenario = files::read(file)?;
    let accounts: Vec<String> = scenario.accounts().into_iter().collect();
    let start = || {
        let driver = OverHttp::start(binary, accounts.clone()).unwrap_or_else(|error| panic!("the server: {error}"));
        let driver: Box<dyn Driver> = Box::new(driver);
        driver
    };
    let report = scenario.run_over(start, |title| ELSEWHERE.iter().any(|(elsewhere, _)| *elsewhere == title));
    files::verdict(file, &report.failures)
}
