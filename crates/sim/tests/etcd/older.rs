//! An etcd that is restored from an older copy of its own: what was committed after that is gone, and nodes notice it.

use crate::node::{Answer, Ask, Job, NOW, ask, at, connections, open, wait};
use crate::{cluster, options};
use crossconnect_sim::etcd::Cluster;
use crossconnect_store_etcd::{Node, Reads};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        match path.is_dir() {
            true => copy(&path, &to.join(name)),
            false => drop(fs::copy(&path, to.join(name)).unwrap()),
        }
    }
}

/// Has the member do without etcd what `work` does with its data.
fn while_stopped(cluster: &mut Cluster, work: impl FnOnce(&Path)) {
    let member = &mut cluster.members()[0];
    member.kill();
    work(member.data());
    member.start().unwrap();
    wait("the member is back", || member.is_healthy());
}

/// Orders connections with these names until each is there: an SDK repeats what fails.
fn order(node: &Node<Job, Answer>, names: std::ops::Range<u64>) {
    for name in names {
        let began = Instant::now();
        loop {
            match ask(node, name, Ask::Order) {
                answer if answer.is_done() => break,
                Answer::Failed(_) if began.elapsed() < Duration::from_secs(10) => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                answer => panic!("{answer:?}"),
            }
        }
    }
}

fn current(node: &Node<Job, Answer>) -> Arc<crossconnect_core::State> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(node.current()).state.clone()
}

#[test]
fn nodes_load_anew_what_was_restored_from_an_older_copy() {
    let Some(mut cluster) = cluster(1, &[]) else { return };
    let nodes: Vec<_> = (0..2).map(|_| open(options(&cluster, "older"), Reads::Linearizable, at(NOW))).collect();
    assert_eq!(ask(&nodes[0], 1, Ask::Quota(1000)), Answer::Done);
    order(&nodes[0], 100..103);
    let older = tempfile::tempdir().unwrap();
    while_stopped(&mut cluster, |data| copy(data, older.path()));
    // What comes now will never have been. There are fewer commits afterwards, as many, and more than there were.
    for (lost, later) in [(5, 2), (5, 5), (5, 9)] {
        let before = connections(&current(&nodes[1]));
        order(&nodes[0], 1000..1000 + lost);
        assert_eq!(connections(&current(&nodes[1])), before + lost as usize);
        let loads = nodes[0].figures().loads.load(Relaxed);
        while_stopped(&mut cluster, |data| {
            fs::remove_dir_all(data).unwrap();
            copy(older.path(), data);
        });
        // One that starts now knows nothing of what is gone, and commits before others may have looked.
        let fresh = open(options(&cluster, "older"), Reads::Linearizable, at(NOW));
        order(&fresh, 2000..2000 + later);
        order(&nodes[0], 3000..3001);
        for node in nodes.iter().chain([&fresh]) {
            let seen = current(node);
            assert_eq!(connections(&seen), 3 + later as usize + 1);
            assert!(seen == current(&fresh), "not what one that starts now has");
        }
        assert_eq!(nodes[0].figures().loads.load(Relaxed), loads + 1);
        fresh.shutdown().unwrap();
    }
    nodes.iter().for_each(|node| node.shutdown().unwrap());
}
