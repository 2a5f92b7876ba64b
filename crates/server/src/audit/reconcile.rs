//! What a start finds: which of the groups that the trail says were committed the engine has, and which others.

use super::Trail;
use super::event;
use super::notices::{notice, write_durably};
use super::witness::correction;
use crossconnect_audit::{Segment, segments};
use serde_json::json;
use std::collections::BTreeSet;

/// How many segments, from the last one back, are searched for records of a group that was not committed: a group is
/// far shorter than two.
const SEARCHED: usize = 4;

/// Says that the trail was opened, where no engine of ours tells which groups it has.
pub(crate) fn announce(trail: &Trail) -> Result<(), String> {
    reconcile(trail, 0, false)
}

/// Compares what the trail says was changed with what the engine holds, whose last group is `committed`.
pub(super) fn reconcile(trail: &Trail, committed: u64, keeps: bool) -> Result<(), String> {
    let mut details = json!({"version": env!("CARGO_PKG_VERSION"), "clean": trail.was_clean});
    if let Some(repair) = trail.repair {
        details["repaired"] = json!({"after": repair.after, "bytes": repair.bytes});
    }
    if keeps {
        details["group"] = committed.into();
    }
    let before = trail.opened_at;
    notice(trail, "TrailOpened", &details)?;
    if !keeps || before == 0 {
        return Ok(());
    }
    let (last, open) = unsettled(trail, committed, before)?;
    let text = "The server ended before this was committed. It was not done, and nobody was told that it was.";
    let corrected: Vec<_> = open.iter().filter_map(|(sequence, record)| correction(record, *sequence, text)).collect();
    write_durably(trail, &corrected.iter().map(|record| &**record).collect::<Vec<_>>())?;
    match last {
        Some(last) if last < committed => {
            notice(trail, "GroupsWithoutRecord", &json!({"first": last + 1, "last": committed}))
        }
        Some(last) if last > committed + 1 => {
            notice(trail, "StoreIsOlder", &json!({"committed": committed, "recorded": last}))
        }
        Some(_) | None => Ok(()),
    }
}

/// A record and its number.
type Numbered = (u64, Vec<u8>);

/// The last group that the trail knows of, and the records of the one after `committed` that nobody has corrected yet.
fn unsettled(trail: &Trail, committed: u64, before: u64) -> Result<(Option<u64>, Vec<Numbered>), String> {
    let text = |error: crossconnect_audit::LogError| error.to_string();
    let present = segments(trail.directory()).map_err(text)?;
    let (mut last, mut open, mut corrected) = (None, Vec::new(), BTreeSet::new());
    for (_, path) in present.iter().rev().take(SEARCHED).rev() {
        let segment = Segment::read(path).map_err(text)?;
        for record in segment.records().take_while(|record| record.sequence <= before) {
            if record.mark > 0 {
                if last.is_some_and(|last| record.mark < last) {
                    // From here on groups are those of a store that was restored, and numbered anew.
                    open.clear();
                }
                last = Some(record.mark);
                if record.mark == committed + 1 {
                    open.push((record.sequence, record.bytes.to_vec()));
                }
            }
            corrected.extend(event::read(record.bytes).and_then(|(_, outcome)| outcome.corrects));
        }
    }
    // One group at most is under way when a process ends; a store that lacks more is an older one.
    let is_older = last.is_some_and(|last: u64| last > committed + 1);
    open.retain(|(sequence, _)| !is_older && !corrected.contains(sequence));
    Ok((last, open))
}
