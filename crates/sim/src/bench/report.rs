//! The table of a run.

use super::Scale;
use std::fmt;

/// One figure.
#[derive(Debug, Clone)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// What it was.
    pub value: String,
    /// What it must be, in words; empty for a figure that only explains another.
    pub bound: String,
    /// Whether it is; absent where there is no bound, or nothing to compare with.
    pub holds: Option<bool>,
}

impl Row {
    /// A figure that is to be at least `bound`.
    pub(super) fn at_least(what: &str, value: f64, bound: f64, unit: &str) -> Self {
        let holds = Some(value >= bound);
        Row { what: what.into(), value: format!("{value:.2}{unit}"), bound: format!("at least {bound}{unit}"), holds }
    }

    /// A figure that is to be at most `bound`.
    pub(super) fn at_most(what: &str, value: f64, bound: f64, unit: &str) -> Self {
        let holds = Some(value <= bound);
        Row { what: what.into(), value: format!("{value:.2}{unit}"), bound: format!("at most {bound}{unit}"), holds }
    }

    /// A figure that explains another.
    pub(super) fn plain(what: &str, value: String) -> Self {
        Row { what: what.into(), value, bound: String::new(), holds: None }
    }
}

/// All figures of a run.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// In the order in which they were measured.
    pub rows: Vec<Row>,
}

/// A table in Markdown, which reads as well in a terminal.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |cell: fn(&Row) -> &str, title: &str| {
            self.rows.iter().map(|row| cell(row).chars().count()).max().unwrap_or(0).max(title.len())
        };
        let (what, value, bound) =
            (width(|row| &row.what, "figure"), width(|row| &row.value, "measured"), width(|row| &row.bound, "wanted"));
        writeln!(f, "| {:what$} | {:>value$} | {:bound$} | met |", "figure", "measured", "wanted")?;
        let rule = |width: usize| "-".repeat(width);
        writeln!(f, "|{}|{}:|{}|-----|", rule(what + 2), rule(value + 1), rule(bound + 2))?;
        for row in &self.rows {
            let holds = row.holds.map_or("", |holds| if holds { "yes" } else { "no" });
            writeln!(f, "| {:what$} | {:>value$} | {:bound$} | {holds:3} |", row.what, row.value, row.bound)?;
        }
        Ok(())
    }
}

/// A page with the table, the machine and the method.
pub fn page(report: &Report, scale: Scale) -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let named = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = named(&read("/proc/cpuinfo"), "model name");
    let memory = named(&read("/proc/meminfo"), "MemTotal");
    format!(
        "# Measurements\n\n{report}\n\
         ## The machine\n\n\
         {cores} cores ({processor}), {memory} of memory, Linux {kernel}. It is shared with others, so times vary from \
         run to run; the ratios vary less.\n\n\
         ## The method\n\n\
         `cargo xtask bench` builds everything in release mode and measures in one run; loads last {load:?} each, every \
         figure is the median of {rounds} rounds, and what is compared is measured in turn. The load comes from the same \
         machine: one thread that makes and sends the requests on connections that stay open. The bare server is \
         hyper, set up as ours is, which reads each request and answers the same bytes. Signatures are real ones, and \
         are verified. The overload is half reads by id and half durable renames, signed beforehand: its peak is the best \
         rate of up to 256 clients that wait for their answers. They go on for a while before it and after it, and what it \
         gets is held against the mean of both. Twice the load is requests that come at twice the peak's rate, whether they \
         are answered or not, over 500 connections; a request that finds none of them free for a second is given up. It \
         lasts {overload:?}. The load runs on the same cores, and what it takes of them stands in the table. The \
         decision is measured in process, on snapshots of 1,000 and of {large} connections. \
         `moto_server` stands in the table where it is installed.\n",
        kernel = read("/proc/sys/kernel/osrelease").trim(),
        load = scale.load,
        overload = scale.overload,
        rounds = scale.rounds,
        large = scale.large,
    )
}
