//! A snapshot into a store. The file is read whole before the store is touched.

use super::{bar, named, read, told};
use crate::Failure;
use crate::config::named_cluster;
use crossconnect_store::snapshot::{Options, Summary, restore as fill};
use crossconnect_store::{Embedded, Engine};
use crossconnect_store_etcd::Etcd;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// How many rows go into one group of the embedded engine: one sync each.
const GROUP_ROWS: usize = 20_000;
/// How many go into one transaction of etcd, which by default takes 128 operations.
const TRANSACTION_ROWS: usize = 100;

/// Restores, and answers what was in the file.
pub(super) fn restore(store: &Path, replace: bool, file: &Path) -> Result<Summary, Failure> {
    let summary = read(file)?;
    let open = File::open(file).map_err(|error| Failure::Failed(format!("cannot read {}: {error}", file.display())))?;
    let (mut engine, group_rows) = engine(store)?;
    let bar = bar("restoring");
    let all = summary.header.records();
    let options = Options { replace, group_rows };
    let filled = fill(&mut *engine, BufReader::new(open), options, |done| told(&bar, done, all));
    bar.finish_and_clear();
    // Also after a failure: what was opened is left in order.
    let closed = engine.close();
    filled.map_err(|error| named(file, &error))?;
    closed?;
    Ok(summary)
}

/// The store's engine, and how many rows it takes at once.
fn engine(store: &Path) -> Result<(Box<dyn Engine>, usize), Failure> {
    match store.to_str().map(named_cluster).transpose()?.flatten() {
        Some(options) => Ok((Box::new(Etcd::open(options)?), TRANSACTION_ROWS)),
        None => Ok((Box::new(Embedded::open(store, crossconnect_store::FREE_FLOOR)?), GROUP_ROWS)),
    }
}
