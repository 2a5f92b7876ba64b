//! A small crash loop; `cargo xtask crash` runs long ones.

use crossconnect_sim::crash;
use crossconnect_sim::process::server_binary;

#[test]
fn twenty_kills_under_load_lose_nothing() {
    let binary = server_binary().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let tally = crash::run(&binary, directory.path(), 20, 1, |_| {}).unwrap();
    assert_eq!(tally.kills, 20);
    assert!(tally.acknowledged > 20, "the load was no load: {tally:?}");
    assert!(tally.recorded > 20, "the trail was not looked at: {tally:?}");
    assert!(tally.repeated > 0, "no kill came in the middle of a call: {tally:?}");
}
