//! A snapshot into a store. The file is read whole before the store is touched.

use super::{bar, named, read, told};
use crate::Failure;
use crossconnect_store::snapshot::{Options, Summary, restore as fill};
use crossconnect_store::{Embedded, Engine};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// How many rows go into one group of the embedded engine: one sync each.
const GROUP_ROWS: usize = 20_000;

/// Restores, and answers what was in the file.
pub(super) fn restore(store: &Path, replace: bool, file: &Path) -> Result<Summary, Failure> {
    let summary = read(file)?;
    let open = File::open(file).map_err(|error| Failure::Failed(format!("cannot read {}: {error}", file.display())))?;
    let mut engine = Embedded::open(store, crossconnect_store::FREE_FLOOR)?;
    let bar = bar("restoring");
    let all = summary.header.records();
    let options = Options { replace, group_rows: GROUP_ROWS };
    let filled = fill(&mut engine, BufReader::new(open), options, |done| told(&bar, done, all));
    bar.finish_and_clear();
    // Also after a failure: what was opened is left in order.
    let closed = engine.close();
    filled.map_err(|error| named(file, &error))?;
    closed?;
    Ok(summary)
}
