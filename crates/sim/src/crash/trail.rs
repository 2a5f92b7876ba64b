//! The audit trail of a server that was killed, as the command shows it.

use super::book::Book;
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// Checks that the trail is sound, and has every change that was acknowledged since `began`; how many that were.
pub(super) fn check(binary: &Path, store: &Path, began: jiff::Timestamp, ledgers: &mut [Book]) -> Result<u64, String> {
    run(binary, &["audit".as_ref(), "verify".as_ref(), "--store".as_ref(), store.as_os_str()])?;
    let (began, mut recorded) = (began.to_string(), 0);
    let flags = ["audit", "--json", "--error", "none", "--last", "1000000", "--from", &began, "--store"];
    let flags: Vec<&OsStr> = flags.iter().map(|flag| OsStr::new(*flag)).chain([store.as_os_str()]).collect();
    let shown = run(binary, &flags)?;
    let records = shown.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let on_record: BTreeSet<String> =
        records.filter_map(|record| record["requestID"].as_str().map(str::to_owned)).collect();
    for ledger in ledgers {
        for request in ledger.requests.drain(..) {
            if !on_record.contains(&request) {
                return Err(format!("the change of request {request} was acknowledged and is not on record"));
            }
            recorded += 1;
        }
    }
    Ok(recorded)
}

fn run(binary: &Path, flags: &[&OsStr]) -> Result<String, String> {
    let output = Command::new(binary)
        .args(flags)
        .env_remove("CROSSCONNECT_BINARY")
        .output()
        .map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
