//! Files of scenarios, for the tests that run them.

use crossconnect_sim::scenario::{Failure, Scenario};
use libtest_mimic::Failed;
use std::path::{Path, PathBuf};

/// Every scenario under `folder`, in order.
pub(crate) fn under(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(under(&path));
        } else if path.extension().is_some_and(|extension| extension == "dx") {
            found.push(path);
        }
    }
    found
}

/// What a test of `file` is called.
pub(crate) fn name(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).with_extension("").to_string_lossy().into_owned()
}

/// Reads a file; its mistakes are the test's failure.
pub(crate) fn read(file: &Path) -> Result<Scenario, Failed> {
    let source = std::fs::read_to_string(file)?;
    let place = |mistake| format!("{}:{mistake}", shown(file));
    Scenario::parse(&source).map_err(|mistakes| mistakes.into_iter().map(place).collect::<Vec<_>>().join("\n").into())
}

/// What came of a file.
pub(crate) fn verdict(file: &Path, failures: &[Failure]) -> Result<(), Failed> {
    if failures.is_empty() {
        return Ok(());
    }
    let lines = failures.iter().map(|failure| format!("{}:{}: {}", shown(file), failure.line, failure.text));
    Err(lines.collect::<Vec<_>>().join("\n").into())
}

fn shown(file: &Path) -> String {
    let text = file.to_string_lossy();
    text.rsplit_once("../").map_or(text.to_string(), |(_, rest)| rest.to_owned())
}
