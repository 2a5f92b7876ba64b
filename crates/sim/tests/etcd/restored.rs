//! A snapshot that is restored over a store while nodes change it.

use crate::node::{Answer, Ask, NOW, ask, at, connections, open, wait};
use crate::{cluster, options};
use crossconnect_store::StoreError;
use crossconnect_store::snapshot::{About, Options, restore, save};
use crossconnect_store_etcd::{Etcd, Reads};
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// Long enough for a node to notice that its store is not its own for now.
const RESTORING: Duration = Duration::from_secs(2);

#[test]
fn what_nodes_change_is_restored_over_as_a_whole() {
    let Some(cluster) = cluster(1, &[]) else { return };
    let source = open(options(&cluster, "source"), Reads::Linearizable, at(NOW));
    assert_eq!(ask(&source, 1, Ask::Quota(100_000)), Answer::Done);
    (100..103).for_each(|name| assert_eq!(ask(&source, name, Ask::Order), Answer::Done));
    let mut snapshot = Vec::new();
    let saved = source.published();
    save(&saved, About { release: "test", taken: NOW }, |piece| {
        snapshot.extend_from_slice(&piece);
        Ok::<(), StoreError>(())
    })
    .unwrap();
    source.shutdown().unwrap();

    let node = open(options(&cluster, "target"), Reads::Linearizable, at(NOW));
    assert_eq!(ask(&node, 1, Ask::Quota(100_000)), Answer::Done);
    let done = AtomicU64::new(0);
    std::thread::scope(|scope| {
        // Two who change the store without a pause, until one of their changes is refused.
        let refused: Vec<_> = [1_000_u64, 1_000_000]
            .map(|first| {
                let (node, done) = (&node, &done);
                scope.spawn(move || {
                    (first..).find_map(|name| match ask(node, name, Ask::Order) {
                        Answer::Failed(text) => Some(text),
                        answer => {
                            assert_eq!(answer, Answer::Done);
                            done.fetch_add(1, Relaxed);
                            None
                        }
                    })
                })
            })
            .into();
        wait("they are at work", || done.load(Relaxed) > 50);
        let mut engine = Etcd::open(options(&cluster, "target")).unwrap();
        let replace = Options { replace: true, group_rows: 100 };
        let restored = restore(&mut engine, snapshot.as_slice(), replace, |_| std::thread::sleep(RESTORING)).unwrap();
        assert_eq!(restored, saved.state.records().count() as u64);
        for refused in refused {
            let text = refused.join().unwrap().unwrap();
            assert!(text.contains("being restored"), "{text}");
        }
    });
    wait("the node has what was restored", || node.published().state == saved.state);
    assert_eq!(ask(&node, 2_000_000, Ask::Order), Answer::Done);
    assert_eq!(connections(&node.published().state), 4);
    node.shutdown().unwrap();
}
