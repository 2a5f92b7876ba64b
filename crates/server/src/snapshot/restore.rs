//! A snapshot into a store. The file is read whole before anything is changed; where there is no store yet, what is to become
//! one is marked before that.

use super::{bar, named, opened, read, told};
use crate::Failure;
use crate::config::{StoreAt, named_store};
use crossconnect_store::snapshot::{Options, SnapshotError, Summary, restore as fill};
use crossconnect_store::{Engine, FREE_FLOOR, Restoring};
use crossconnect_store_etcd::Etcd;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// How many rows go into one group of the embedded engine: one sync each.
const GROUP_ROWS: usize = 20_000;
/// How many go into one transaction of etcd, which by default takes 128 operations.
const TRANSACTION_ROWS: usize = 100;
/// Where a snapshot can go.
const EXPECTED: &str = "a directory, or etcd://host:port,host:port/prefix (etcds: with TLS)";

/// Restores, and answers what was in the file.
pub(super) fn restore(store: &str, replace: bool, file: &Path) -> Result<Summary, Failure> {
    match named_store(store, EXPECTED)? {
        StoreAt::Directory(path) => {
            let restoring = Restoring::begin(&path, FREE_FLOOR)?;
            let options = Options { replace, group_rows: GROUP_ROWS };
            filled(file, |snapshot, progress| restoring.fill(snapshot, options, progress))
        }
        StoreAt::Cluster(cluster) => filled(file, |snapshot, progress| {
            let mut etcd = Etcd::open(cluster.options)?;
            let options = Options { replace, group_rows: TRANSACTION_ROWS };
            let filled = fill(&mut etcd, snapshot, options, progress);
            // Also after a failure: what was opened is left in order.
            let closed = etcd.close();
            let rows = filled?;
            Ok(closed.map(|()| rows)?)
        }),
        StoreAt::Memory => {
            Err(Failure::Usage(format!("--store is {store:?}, which ends with the process; expected {EXPECTED}")))
        }
    }
}

/// Reads the file whole, and then has `fill` read it once more.
fn filled(
    file: &Path,
    fill: impl FnOnce(BufReader<File>, &mut dyn FnMut(u64)) -> Result<u64, SnapshotError>,
) -> Result<Summary, Failure> {
    let summary = read(file)?;
    let snapshot = opened(file)?;
    let bar = bar("restoring");
    let all = summary.header.records();
    let filled = fill(snapshot, &mut |done| told(&bar, done, all));
    bar.finish_and_clear();
    filled.map(|_| summary).map_err(|error| named(file, &error))
}
