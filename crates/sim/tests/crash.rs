//! A small crash loop; `cargo xtask crash` runs long ones.

use crossconnect_sim::crash::{self, copies, full, power};
use crossconnect_sim::process::server_binary;

#[test]
fn twenty_kills_under_load_lose_nothing() {
    let binary = server_binary().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let tally = crash::run(&binary, directory.path(), 20, 1, &mut |_| {}).unwrap();
    assert_eq!(tally.kills, 20);
    assert!(tally.acknowledged > 20, "the load was no load: {tally:?}");
    assert!(tally.recorded > 20, "the trail was not looked at: {tally:?}");
    assert!(tally.repeated > 0, "no kill came in the middle of a call: {tally:?}");
}

#[test]
fn copies_of_a_store_at_work_are_whole_or_refused() {
    let directory = tempfile::tempdir().unwrap();
    let tally = copies::run(directory.path(), 8, 1, &mut |_| {}).unwrap();
    assert_eq!(tally.consistent + tally.refused, 8);
    assert!(tally.groups > 200, "the load was no load: {tally:?}");
}

/// Every so many bytes here, and all of them with `cargo xtask crash -- --power`.
#[test]
fn a_journal_that_a_power_cut_leaves_has_all_that_was_acknowledged_or_is_refused() {
    let directory = power::folder().unwrap();
    let tally = power::run(directory.path(), 61, 1, &mut |_| {}).unwrap();
    assert!(tally.cuts > 100 && tally.early_cuts > 50 && tally.refused > 100, "{tally:?}");
    assert!(tally.lagging > tally.cuts, "{tally:?}");
}

/// Where the machine lets us have a file system of our own; elsewhere engines that fail stand for it.
#[test]
fn a_full_disk_refuses_changes_until_there_is_room() {
    let binary = server_binary().unwrap();
    let directory = tempfile::tempdir().unwrap();
    if let Some(tally) = full::run(&binary, directory.path(), 4, 1, &mut |_| {}).unwrap() {
        assert!(tally.rounds == 4 && tally.refused >= 4 && tally.acknowledged > 40, "{tally:?}");
    }
}
