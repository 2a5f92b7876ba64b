//! Every file under `scenarios/` is a test; a block that waits is an ignored one. `UPDATE=1` rewrites expectations.

use crossconnect_api::Operation;
use crossconnect_core::{IMPLEMENTED, Rejection};
use crossconnect_sim::scenario::{Coverage, Scenario};
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};

/// Rejections that no scenario can reach, each with its reason.
const UNREACHABLE: &[(&str, &str)] = &[];

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let files = files(&root);
    let mut trials = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).with_extension("").to_string_lossy().into_owned();
        for (title, reason) in read(file).iter().flat_map(Scenario::waiting) {
            let reason = format!("waits for {reason}");
            trials.push(Trial::test(format!("{name}: {title}"), || Err(reason.into())).with_ignored_flag(true));
        }
        let file = file.clone();
        trials.push(Trial::test(name, move || run(&file)));
    }
    trials.push(Trial::test("coverage", move || covers(&files)));
    libtest_mimic::run(&arguments, trials).exit();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "dx") {
            found.push(path);
        }
    }
    found
}

fn read(file: &Path) -> Result<Scenario, Failed> {
    let source = std::fs::read_to_string(file)?;
    let place = |mistake| format!("{}:{mistake}", shown(file));
    Scenario::parse(&source).map_err(|mistakes| mistakes.into_iter().map(place).collect::<Vec<_>>().join("\n").into())
}

fn shown(file: &Path) -> String {
    let text = file.to_string_lossy();
    text.rsplit_once("../").map_or(text.to_string(), |(_, rest)| rest.to_owned())
}

fn run(file: &Path) -> Result<(), Failed> {
    let scenario = read(file)?;
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let report = scenario.run(update);
    if update {
        std::fs::write(file, scenario.updated(&report))?;
    }
    if report.failures.is_empty() {
        return Ok(());
    }
    let lines = report.failures.iter().map(|failure| format!("{}:{}: {}", shown(file), failure.line, failure.text));
    Err(lines.collect::<Vec<_>>().join("\n").into())
}

/// Every operation that exists has succeeded somewhere, every rejection was met.
fn covers(files: &[PathBuf]) -> Result<(), Failed> {
    let mut reached = Coverage::default();
    for file in files {
        reached.add(&read(file)?.coverage());
    }
    let unreachable = |name: &String| UNREACHABLE.iter().any(|(exempt, _)| exempt == name);
    let mut gaps: Vec<String> = Vec::new();
    let never: Vec<&Operation> =
        IMPLEMENTED.iter().filter(|operation| !reached.operations.contains(operation)).collect();
    gaps.extend(never.iter().map(|operation| format!("{operation} never succeeded")));
    let names = Rejection::all_names();
    gaps.extend(
        names
            .iter()
            .filter(|name| !reached.rejections.contains(*name) && !unreachable(name))
            .map(|name| format!("{name} was never met")),
    );
    gaps.extend(
        names
            .iter()
            .filter(|name| reached.rejections.contains(*name) && unreachable(name))
            .map(|name| format!("{name} was met: it is not unreachable")),
    );
    if gaps.is_empty() { Ok(()) } else { Err(gaps.join("\n").into()) }
}
