//! What a start finds: which of the groups that the trail says were committed the engine has, and which others; and which
//! records a power cut took from the trail, though the engine has them beside its groups.

use super::Trail;
use super::event;
use super::kept::{Kept, marked};
use super::notices::{notice, write_durably};
use super::witness::correction;
use crossconnect_audit::{Segment, segments};
use crossconnect_store::Notes;
use serde_json::json;
use std::collections::{BTreeSet, HashSet};

/// How many segments, from the last one back, are searched for records of a group that was not committed: a group is
/// far shorter than two.
const SEARCHED: usize = 4;
/// How many records are written again at once.
const RESTORED_AT_ONCE: usize = 256;

/// Says that the trail was opened, where no engine of ours tells which groups it has.
pub(crate) fn announce(trail: &Trail) -> Result<(), String> {
    reconcile(trail, 0, false, &Notes::new())
}

/// Compares what the trail says was changed with what the engine holds, whose last group is `committed`, and beside its
/// last ones these notes.
pub(super) fn reconcile(trail: &Trail, committed: u64, keeps: bool, notes: &Notes) -> Result<(), String> {
    let mut details = json!({"version": env!("CARGO_PKG_VERSION"), "clean": trail.was_clean});
    if let Some(repair) = trail.repair {
        details["repaired"] = json!({"after": repair.after, "bytes": repair.bytes});
    }
    if keeps {
        details["group"] = committed.into();
    }
    let before = trail.opened_at;
    let is_compared = keeps && before > 0;
    let mut found = Found { before, committed, last: None, open: Vec::new(), missing: missing(notes) };
    if is_compared {
        found.search(trail)?;
        let restored = found.restore(trail)?;
        if restored > 0 {
            details["restored"] = restored.into();
        }
    }
    notice(trail, "TrailOpened", &details)?;
    if !is_compared {
        return Ok(());
    }
    let text = "The server ended before this was committed. It was not done, and nobody was told that it was.";
    let corrected = found.open.iter().filter_map(|(sequence, record)| correction(record, *sequence, text));
    let corrected: Vec<_> = corrected.collect();
    write_durably(trail, &corrected.iter().map(|record| &**record).collect::<Vec<_>>())?;
    let Some(last) = found.last else { return Ok(()) };
    for (first, last) in without_record(last, notes, committed) {
        notice(trail, "GroupsWithoutRecord", &json!({"first": first, "last": last}))?;
    }
    if last > committed + 1 {
        notice(trail, "StoreIsOlder", &json!({"committed": committed, "recorded": last}))?;
    }
    Ok(())
}

/// The groups after the last that the trail had, up to the last that there is, but for those with notes: each stretch.
fn without_record(last: u64, notes: &Notes, committed: u64) -> Vec<(u64, u64)> {
    let (mut gaps, mut known) = (Vec::new(), last);
    for next in notes.keys().copied().chain([committed + 1]) {
        if next > known + 1 {
            gaps.push((known + 1, next - 1));
        }
        known = known.max(next);
    }
    gaps
}

/// A record and its number.
type Numbered = (u64, Vec<u8>);

/// The records that notes hold, in order: each with the number that it had, and its mark.
fn missing(notes: &Notes) -> Vec<(u64, u64, &[u8])> {
    let mut records = Vec::new();
    for (group, note) in notes {
        let Ok(kept) = minicbor::decode::<Kept<'_>>(note) else {
            tracing::warn!(group, "what was kept of the audit trail beside this group is malformed");
            continue;
        };
        let marked = marked(kept.records.iter().map(|record| &***record), kept.free, *group);
        records.extend((kept.first..).zip(marked).map(|(sequence, (mark, record))| (sequence, mark, record)));
    }
    records
}

/// What the end of the trail has.
struct Found<'n> {
    /// The last record that was there when it was opened.
    before: u64,
    /// The engine's last group.
    committed: u64,
    /// The last group that the trail knows of.
    last: Option<u64>,
    /// The records of the group after `committed` that nobody has corrected yet.
    open: Vec<Numbered>,
    /// The records beside the engine's groups that were not found.
    missing: Vec<(u64, u64, &'n [u8])>,
}

impl Found<'_> {
    fn search(&mut self, trail: &Trail) -> Result<(), String> {
        let text = |error: crossconnect_audit::LogError| error.to_string();
        let present = segments(trail.directory()).map_err(text)?;
        let (mut corrected, mut oldest) = (BTreeSet::new(), u64::MAX);
        let mut present_records: HashSet<&[u8]> = HashSet::new();
        let wanted: HashSet<&[u8]> = self.missing.iter().map(|(_, _, record)| *record).collect();
        for (_, path) in present.iter().rev().take(SEARCHED).rev() {
            let segment = Segment::read(path).map_err(text)?;
            for record in segment.records().take_while(|record| record.sequence <= self.before) {
                if record.mark > 0 {
                    if self.last.is_some_and(|last| record.mark < last) {
                        // From here on groups are those of a store that was restored, and numbered anew.
                        self.open.clear();
                    }
                    self.last = Some(record.mark);
                    if record.mark == self.committed + 1 {
                        self.open.push((record.sequence, record.bytes.to_vec()));
                    }
                }
                oldest = oldest.min(record.sequence);
                present_records.extend(wanted.get(record.bytes));
                corrected.extend(event::read(record.bytes).and_then(|(_, outcome)| outcome.corrects));
            }
        }
        // One group at most is under way when a process ends; a store that lacks more is an older one.
        let is_older = self.last.is_some_and(|last: u64| last > self.committed + 1);
        self.open.retain(|(sequence, _)| !is_older && !corrected.contains(sequence));
        // What lies before the segments that were searched has been durable for long.
        self.missing.retain(|(sequence, _, record)| *sequence >= oldest && !present_records.contains(record));
        Ok(())
    }

    /// Writes the records again that a power cut took from the trail, and answers how many.
    fn restore(&self, trail: &Trail) -> Result<usize, String> {
        for records in self.missing.chunks(RESTORED_AT_ONCE) {
            let last = trail.write(records.iter().map(|(_, mark, record)| (*mark, *record)))?;
            trail.want(last);
            trail.wait(last)?;
        }
        Ok(self.missing.len())
    }
}
