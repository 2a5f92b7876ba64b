//! What one node sweeps while another writes it anew.

use crate::{cluster, options};
use crossconnect_core::housekeeping::{REPLAY_KEPT, sweep};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::{Context, Key, Replay, State, Timestamp, Tx};
use crossconnect_sim::etcd::Cluster;
use crossconnect_store::Decision;
use crossconnect_store_etcd::{Hooks, Node, Reads};
use std::sync::Mutex;

const NOW: Timestamp = Timestamp(1_800_000_000_000);
const CALL: [u8; 32] = [7; 32];

enum Job {
    /// Keeps the answer of the call, as given so late.
    Keep(Timestamp),
    /// Sweeps what is over, and has this done between the decision and its commit.
    Sweep(Mutex<Option<Box<dyn FnOnce() + Send>>>),
}

fn decide(state: &State, job: &Job) -> Decision<bool> {
    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    let account = AccountId::new("111122223333").unwrap();
    let context = Context { account, region: Region::new("us-east-1").unwrap(), system_time: NOW };
    let mut tx = Tx::new(state, context, &mut random);
    match job {
        Job::Keep(answered) => {
            tx.replay(CALL);
            tx.put_replay(Replay { call: CALL, answered: *answered, body: b"done".to_vec(), nonce: None });
        }
        Job::Sweep(meanwhile) => {
            sweep(&mut tx, 8);
            if let Some(meanwhile) = meanwhile.lock().unwrap().take() {
                // Threads of the node itself may not wait.
                std::thread::spawn(meanwhile).join().unwrap();
            }
        }
    }
    Decision { answer: true, batch: tx.finish() }
}

fn open(cluster: &Cluster) -> Node<Job, bool> {
    let hooks = Hooks {
        decide: Box::new(decide),
        panicked: Box::new(|| false),
        failed: Box::new(|_| false),
        committed: Mutex::new(Box::new(|_| {})),
        timed: Box::new(|_| {}),
        clock: Box::new(|| NOW.0),
    };
    Node::open(options(cluster, "sweeps"), Reads::Linearizable, 64, hooks).unwrap()
}

fn ask(node: &Node<Job, bool>, job: Job) {
    assert!(node.submit(1, job).unwrap().blocking_answer().unwrap());
}

/// When the answer was given that is kept, as both nodes have it.
fn kept(nodes: [&Node<Job, bool>; 2]) -> Option<Timestamp> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let [one, other] = nodes.map(|node| runtime.block_on(node.current()).state.get(&Key::Replay(CALL)));
    assert_eq!(one, other);
    one.map(|record| match record {
        crossconnect_core::Record::Replay(replay) => replay.answered,
        other => panic!("{other:?}"),
    })
}

#[test]
fn an_answer_that_is_kept_anew_meanwhile_is_not_swept() {
    let Some(cluster) = cluster(1, &[]) else { return };
    let (old, sweeper) = (NOW - REPLAY_KEPT - REPLAY_KEPT, open(&cluster));
    let writer = std::sync::Arc::new(open(&cluster));
    ask(&writer, Job::Keep(old));
    assert_eq!(kept([&sweeper, &writer]), Some(old));
    let other = writer.clone();
    let meanwhile = Box::new(move || ask(&other, Job::Keep(NOW)));
    ask(&sweeper, Job::Sweep(Mutex::new(Some(meanwhile))));
    assert_eq!(kept([&sweeper, &writer]), Some(NOW), "the call may be repeated, and is known again");

    ask(&writer, Job::Keep(old));
    let other = writer.clone();
    let meanwhile = Box::new(move || ask(&other, Job::Sweep(Mutex::new(None))));
    ask(&sweeper, Job::Sweep(Mutex::new(Some(meanwhile))));
    assert_eq!(kept([&sweeper, &writer]), None, "both have swept it, and neither has waited for the other");
    assert_eq!(sweeper.figures().conflicts.load(std::sync::atomic::Ordering::Relaxed), 0);
    [&sweeper, &*writer].iter().for_each(|node| node.shutdown().unwrap());
}
