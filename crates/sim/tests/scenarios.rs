//! Every file under `scenarios/` is a test; a block that waits is an ignored one. `UPDATE=1` rewrites expectations.
//! `SCENARIOS_QUICK=1` ends with the first file that fails, and leaves out what is counted over all files: whoever tries
//! mutants by the hundred only asks whether anything fails.

use crossconnect_api::Operation;
use crossconnect_core::Rejection;
use crossconnect_sim::scenario::{Coverage, Scenario};
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};

mod coverage;
mod files;

fn main() {
    let arguments = Arguments::from_args();
    let quick = is_set("SCENARIOS_QUICK");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let all = files::under(&root);
    let mut trials = Vec::new();
    for file in &all {
        let name = files::name(&root, file);
        for (title, reason) in files::read(file).iter().flat_map(Scenario::waiting) {
            let reason = format!("waits for {reason}");
            trials.push(Trial::test(format!("{name}: {title}"), || Err(reason.into())).with_ignored_flag(true));
        }
        let file = file.clone();
        trials.push(Trial::test(name, move || {
            run(&file).inspect_err(|_| {
                if quick {
                    std::process::exit(101)
                }
            })
        }));
    }
    if !quick {
        trials.push(Trial::test("coverage", move || covers(&all)));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| value == "1")
}

fn run(file: &Path) -> Result<(), Failed> {
    let scenario = files::read(file)?;
    let update = is_set("UPDATE");
    let report = scenario.run(update);
    if update {
        std::fs::write(file, scenario.updated(&report))?;
    }
    files::verdict(file, &report.failures)
}

/// Every operation has succeeded somewhere, every rejection was met, and so was the model.
fn covers(all: &[PathBuf]) -> Result<(), Failed> {
    let mut reached = Coverage::default();
    for file in all {
        reached.add(&files::read(file)?.coverage());
    }
    let mut gaps: Vec<String> = Vec::new();
    let never: Vec<&Operation> =
        Operation::ALL.iter().filter(|operation| !reached.operations.contains(operation)).collect();
    gaps.extend(never.iter().map(|operation| format!("{operation} never succeeded")));
    let names = Rejection::all_names();
    let unmet = names.iter().filter(|name| !reached.rejections.contains(*name));
    gaps.extend(unmet.map(|name| format!("{name} was never met")));
    gaps.extend(coverage::of_the_model(&reached));
    if gaps.is_empty() { Ok(()) } else { Err(gaps.join("\n").into()) }
}
