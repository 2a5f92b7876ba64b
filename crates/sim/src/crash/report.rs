//! What runs have seen, as a page.

use super::Tally;
use super::copies::Copies;
use super::full::Full;
use super::power::Power;
use std::fmt::Write;

/// One run of everything that was asked for.
#[derive(Debug, Default)]
pub struct Report {
    /// The seed of all.
    pub seed: u64,
    /// The day, as it is written.
    pub day: String,
    /// Kills under load.
    pub kills: Option<Tally>,
    /// Copies at work.
    pub copies: Option<Copies>,
    /// A full disk.
    pub full: Option<Full>,
    /// Power loss at every byte.
    pub power: Option<Power>,
}

const HEAD: &str = "# Durability

What was done to servers and stores on purpose, and what came of it. `cargo xtask crash` does it again; `--kills`,
`--copies` and `--fills` say how often, and `--write` writes this page.

- **Kills.** Four clients change all kinds of resources over HTTP; the server is killed at a random moment and started
  again on its store. Each client then sees all that it was told, and nothing else. The call whose outcome it does not
  know is there whole or not at all, and is repeated as an SDK does: an answer that it had before comes again to the
  letter, and nothing is done twice. After each kill
  all invariants hold of the records in the store, and the audit trail verifies and has every change that was acknowledged.
- **Copies.** A store is copied file by file while groups are committed to it, in several orders, fast and slowly. A copy
  is refused as damaged, or opens with every group up to its last whole, and with all that was committed before the
  copy was begun.
- **A full disk.** A file system of 96 MB fills up under a server, to below the floor of free space or to the last byte.
  Changes are refused with DirectConnectServerException, reads go on, and once there is room changes are taken again
  without a restart; every other time the server is killed meanwhile. All that was acknowledged is there, and nothing
  that was refused.

- **Power loss.** A store's journal is cut at every byte after the last acknowledged group, and torn there sector by
  sector; it is cut at every byte before it, and every bit before it is flipped. Each of these is opened with the `HEAD`
  of every group, as it is synced about once a second and may lag by that much after a power cut. What was cut after the
  last acknowledged group opens with all that was acknowledged. What was flipped is refused as damaged and left as it
  is, or opens with all of it, the last group included, of which a `HEAD` that lags says nothing. What was cut before
  the end of what `HEAD` knows of is refused.

What a power cut cannot do is not excluded either way: where a disk gives up whole groups that it had synced, from the end and
with nothing left of them, and gives back an older `HEAD` with that, nothing in the store tells of them. Every test run
does a part of the above, and tries every byte with a `HEAD` that is exact (`crates/store/tests/crash.rs`).
";

impl Report {
    /// The page.
    pub fn page(&self) -> String {
        let mut text = format!(
            "{HEAD}\nRecorded on {} with release {}, seed {}.\n\n",
            self.day,
            env!("CARGO_PKG_VERSION"),
            self.seed
        );
        let mut rows: Vec<(&str, u64)> = Vec::new();
        if let Some(Tally { kills, acknowledged, refused, repeated, replayed, recorded, .. }) = &self.kills {
            rows.extend([
                ("kills under load", *kills),
                ("changes acknowledged", *acknowledged),
                ("of which were found on record", *recorded),
                ("calls refused by a rule", *refused),
                ("calls repeated after a kill", *repeated),
                ("of which had been carried out", *replayed),
                ("acknowledged changes lost", 0),
                ("changes done twice", 0),
            ]);
        }
        if let Some(Copies { consistent, refused, groups }) = &self.copies {
            rows.extend([
                ("groups committed while copies were made", *groups),
                ("copies that opened, whole", *consistent),
                ("copies refused as damaged", *refused),
                ("copies that opened and lacked something", 0),
            ]);
        }
        if let Some(Full { rounds, refused, kills, acknowledged }) = &self.full {
            rows.extend([
                ("times that the disk was full", *rounds),
                ("changes refused for it", *refused),
                ("kills on a full disk", *kills),
                ("changes acknowledged before and after", *acknowledged),
                ("of which were lost", 0),
            ]);
        }
        if let Some(Power { cuts, early_cuts, refused, harmless, lagging }) = &self.power {
            rows.extend([
                ("journals cut or torn after the last acknowledged group", *cuts),
                ("of which lacked an acknowledged group", 0),
                ("journals cut before what HEAD knows of, and refused", *early_cuts),
                ("journals with a bit flipped, refused as damaged", *refused),
                ("journals with a bit flipped, found whole", *harmless),
                ("journals with a bit flipped that lacked a group", 0),
                ("of all journals, with a HEAD that lagged", *lagging),
            ]);
        }
        table(&mut text, ("what", "how often"), &rows);
        if let Some(tally) = &self.kills {
            text.push_str("\n## The changes\n\n");
            let rows: Vec<(&str, u64)> = tally.operations.iter().map(|(name, count)| (*name, *count)).collect();
            table(&mut text, ("operation", "acknowledged"), &rows);
        }
        text
    }
}

fn table(text: &mut String, head: (&str, &str), rows: &[(&str, u64)]) {
    let width = rows.iter().map(|(name, _)| name.len()).chain([head.0.len()]).max().unwrap_or_default();
    let count = head.1.len();
    writeln!(text, "| {:width$} | {} |\n|-{}-|-{}:|", head.0, head.1, "-".repeat(width), "-".repeat(count))
        .expect("writing to a string cannot fail");
    for (name, number) in rows {
        writeln!(text, "| {name:width$} | {number:>count$} |").expect("writing to a string cannot fail");
    }
}
