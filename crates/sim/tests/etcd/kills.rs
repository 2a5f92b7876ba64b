//! A short run of what `cargo xtask cluster` does for long.

use crossconnect_sim::process::server_binary;
use crossconnect_sim::{cluster, etcd};

#[test]
fn kills_of_members_and_nodes_lose_nothing() {
    let Some(etcd) = etcd::binary() else { return };
    if let Some(why) = etcd::loses(&etcd) {
        eprintln!("skipped: {why}");
        return;
    }
    let server = server_binary().unwrap();
    let run = cluster::Run { etcd: &etcd, server: &server, kills: 4, seed: 4 };
    let tally = cluster::run(&run, |_| {}).unwrap();
    assert_eq!(tally.kills(), 4);
    assert!(tally.acknowledged > 20 && tally.raced > 100, "the load was no load: {tally:?}");
    assert!(tally.members_killed > 0 && tally.nodes_killed > 0, "only one kind was killed: {tally:?}");
}
