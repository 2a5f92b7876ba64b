//! What `cargo xtask bench` measures: ratios taken in one run, since these depend less on the machine than times do.

mod audit;
mod bare;
mod decision;
mod disk;
mod durable;
mod flood;
mod http;
mod interfaces;
mod load;
mod moto;
mod nodes;
mod overload;
mod report;
mod signature;
mod start;

pub use bare::serve as serve_bare;
pub use report::{Report, Row, page};

use crate::process::server_binary;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long and how large the measurements are.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// How long each load lasts.
    pub load: Duration,
    /// How long the overload lasts.
    pub overload: Duration,
    /// How often each measurement is repeated; the median counts.
    pub rounds: usize,
    /// Connections in the large store.
    pub large: usize,
}

/// What every measurement uses.
struct Bench<'a> {
    /// The server.
    server: PathBuf,
    /// This program, which is also the bare server.
    this: &'a Path,
    /// An empty folder on the disk that is measured.
    folder: &'a Path,
    scale: Scale,
}

/// The measurements by name, in order.
type Measurement = fn(&Bench<'_>) -> Result<Vec<Row>, String>;
const MEASUREMENTS: [(&str, Measurement); 11] = [
    ("DescribeConnections by id", http::by_id),
    ("list of 1,000 connections", http::list),
    ("50 interfaces on a connection", interfaces::on_a_connection),
    ("pages of gateways", interfaces::of_gateways),
    ("decision of AssociateConnectionWithLag", decision::rows),
    ("durable CreateConnection", durable::rows),
    ("audit trail", audit::rows),
    ("several nodes", nodes::rows),
    ("overload", overload::rows),
    ("start and memory", start::rows),
    ("verifying a signature", signature::rows),
];

/// Runs every measurement that has `only` in its name; `progress` is told which one begins, and which of how many it is.
///
/// # Errors
/// A server did not start or did not answer.
pub fn run(
    this: &Path,
    folder: &Path,
    scale: Scale,
    only: &str,
    mut progress: impl FnMut(&str, usize, usize),
) -> Result<Report, String> {
    let bench = Bench { server: server_binary()?, this, folder, scale };
    let mut report = Report::default();
    let wanted: Vec<_> = MEASUREMENTS.iter().filter(|(name, _)| name.contains(only)).collect();
    for (number, (name, measure)) in wanted.iter().enumerate() {
        progress(name, number, wanted.len());
        report.rows.extend(measure(&bench)?);
    }
    Ok(report)
}

/// The median of what `measure` gives, round by round.
fn median(rounds: usize, mut measure: impl FnMut() -> Result<f64, String>) -> Result<f64, String> {
    let mut values = (0..rounds).map(|_| measure()).collect::<Result<Vec<f64>, String>>()?;
    values.sort_by(f64::total_cmp);
    Ok(values[values.len() / 2])
}
