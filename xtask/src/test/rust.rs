//! The stages that cargo runs.

use std::fs;
use std::path::{Path, PathBuf};

use super::etcd::{self, Etcd};
use super::programs::{captured, cargo, command, must, run, works};
use super::tally::Tally;

/// What nextest is told. It lies here, so that the file belongs to the command which uses it.
const NEXTEST_CONFIG: &str = "xtask/nextest.toml";

/// Where nextest leaves its report, as that file says.
const NEXTEST_REPORT: &str = "target/nextest/default/junit.xml";

/// The tests that need an etcd, and those among them that kill it under load.
const WITH_ETCD: &str = "binary(etcd)";
const KILLING_ETCD: &str = "binary(etcd) and test(/^kills::/)";

/// The binary that the real clients drive.
const BINARY: &str = "crossconnect";

/// Every file is formatted, those too which cargo cannot see because a macro names them.
pub(super) fn format() -> Result<Tally, String> {
    component("rustfmt", &["fmt", "--version"])?;
    let cargo_sees = run(&mut cargo(&["fmt", "--all", "--check"]))?;
    let apart = run(&mut cargo(&["fmt", "--check", "--manifest-path", "clients/rust/Cargo.toml"]))?;
    let mut rustfmt = command("rustfmt", &["--check", "--edition", "2024"]);
    let behind_a_macro = run(rustfmt.args(operations()?))?;
    Ok(if cargo_sees && apart && behind_a_macro { Tally::ONE_PASSED } else { Tally::ONE_FAILED })
}

/// The files of the operations: `crates/core/src/ops/<resource>/<operation>.rs`.
fn operations() -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for resource in entries(&crate::workspace().join("crates/core/src/ops"))?.into_iter().filter(|path| path.is_dir()) {
        files.extend(entries(&resource)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")));
    }
    if files.is_empty() { Err("crates/core/src/ops has no operations".to_owned()) } else { Ok(files) }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(|error| error.to_string())).collect()
}

/// Clippy has nothing to say about any target.
pub(super) fn lint() -> Result<Tally, String> {
    component("clippy", &["clippy", "--version"])?;
    let lint = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    Ok(if run(&mut cargo(&lint))? { Tally::ONE_PASSED } else { Tally::ONE_FAILED })
}

/// A component of the toolchain is there, or is installed.
fn component(name: &str, probe: &[&str]) -> Result<(), String> {
    if works(&mut cargo(probe)) {
        return Ok(());
    }
    println!("installing the toolchain's {name}");
    must(&mut command("rustup", &["component", "add", name]))
}

/// Compiles every target, exactly as the tests need them; where the binary lies.
pub(super) fn build() -> Result<PathBuf, String> {
    let build = ["build", "--workspace", "--all-targets", "--locked", "--message-format", "json-render-diagnostics"];
    let (messages, success) = captured(&mut cargo(&build), |_| ())?;
    if !success {
        return Err("the workspace does not compile".to_owned());
    }
    messages.lines().find_map(executable).ok_or_else(|| format!("no crate of the workspace makes the binary {BINARY}"))
}

/// The path in cargo's message about the binary itself. The one about its tests' harness bears the same name.
fn executable(message: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    let target = message.get("target")?;
    let is_binary = target.get("name")? == BINARY && target.get("kind")?.as_array()?.iter().any(|kind| kind == "bin");
    let is_harness = message.get("profile")?.get("test")?.as_bool()?;
    (is_binary && !is_harness).then(|| message.get("executable")?.as_str().map(PathBuf::from))?
}

/// All tests in Rust: with nextest, and documentation's own with cargo; or, where nextest is absent, all with cargo.
pub(super) fn tests(binary: Option<&Path>) -> Result<Tally, String> {
    if !works(&mut cargo(&["nextest", "--version"])) {
        println!("cargo-nextest is not installed: using cargo test");
        return cargo_test(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    }
    let mut sum = nextest(binary)?;
    sum += cargo_test(&["test", "--workspace", "--locked", "--no-fail-fast", "--doc"])?;
    Ok(sum)
}

fn nextest(binary: Option<&Path>) -> Result<Tally, String> {
    let report = crate::workspace().join(NEXTEST_REPORT);
    // A report of an earlier run must not speak for this one. It may well be absent.
    let _ = fs::remove_file(&report);
    let mut tests = cargo(&["nextest", "run", "--workspace", "--locked", "--config-file", NEXTEST_CONFIG]);
    // What was built is driven: tests that start the server need not ask cargo whether it is current.
    tests.envs(binary.map(|binary| ("CROSSCONNECT_BINARY", binary)));
    let skipped = match etcd::find() {
        Etcd::Sound => None,
        Etcd::Losing => {
            println!("this etcd may lose data when it is killed under load: the test that does so is skipped");
            Some(KILLING_ETCD)
        }
        Etcd::Absent => {
            println!("there is no etcd, and none can be fetched: the tests of several nodes are skipped");
            Some(WITH_ETCD)
        }
    };
    if let Some(skipped) = skipped {
        tests.args(["-E", &format!("not ({skipped})")]);
    }
    let success = run(&mut tests)?;
    let counted = fs::read_to_string(&report).ok().as_deref().and_then(Tally::from_junit).unwrap_or_default();
    let mut tally = counted.with_exit(success);
    tally.skipped += ignored()?;
    if let Some(skipped) = skipped {
        tally.skipped += listed(&["-E", skipped])?.len();
    }
    Ok(tally)
}

/// How many tests are marked as ignored: nextest leaves them out of its report.
fn ignored() -> Result<usize, String> {
    Ok(listed(&["--run-ignored", "only"])?.iter().filter(|case| case["ignored"] == true).count())
}

/// The tests that these options choose, as nextest lists them.
fn listed(options: &[&str]) -> Result<Vec<serde_json::Value>, String> {
    let list = ["nextest", "list", "--workspace", "--locked", "--message-format", "json"];
    let (listing, success) = captured(cargo(&list).args(options), |_| ())?;
    if !success {
        return Err("the tests cannot be listed".to_owned());
    }
    let listing: serde_json::Value = serde_json::from_str(&listing).map_err(|error| error.to_string())?;
    let suites = listing["rust-suites"].as_object().into_iter().flat_map(|suites| suites.values());
    let cases = suites.filter_map(|suite| suite["testcases"].as_object()).flat_map(|cases| cases.values());
    Ok(cases.filter(|case| case["filter-match"]["status"] == "matches").cloned().collect())
}

fn cargo_test(arguments: &[&str]) -> Result<Tally, String> {
    let (output, success) = captured(&mut cargo(arguments), |line| println!("{line}"))?;
    Ok(Tally::from_libtest(&output).with_exit(success))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binary_is_told_from_its_tests() {
        let message = |test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"kind":["bin"],"name":"crossconnect"}},"profile":{{"test":{test}}},"executable":"/t/crossconnect"}}"#
            )
        };
        assert_eq!(executable(&message(false)), Some(PathBuf::from("/t/crossconnect")));
        assert_eq!(executable(&message(true)), None);
        assert_eq!(executable(r#"{"reason":"build-finished","success":true}"#), None);
    }

    #[test]
    fn operations_lie_two_folders_deep() {
        assert!(operations().unwrap().iter().any(|path| path.ends_with("ops/lag/associate_connection_with_lag.rs")));
    }
}
