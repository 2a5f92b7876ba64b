//! Several nodes over one cluster: who gets the last place, what survives a member, what a silent cluster means.

use crate::{cluster, options};
use base64::Engine as _;
use crossconnect_api::Operation;
use crossconnect_core::ids::{AccountId, LagId, Region};
use crossconnect_core::settings::{Quota, Settings};
use crossconnect_core::{Context, Guard, Rejection, Replay, State, Timestamp, Tx, control};
use crossconnect_sim::etcd::Cluster;
use crossconnect_store::{Decision, StoreError};
use crossconnect_store_etcd::{Hooks, Node, Options, Reads};
use crossconnect_wire::Protocol;
use serde_json::json;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a test asks of a node: a call that is known by its name.
pub(crate) struct Job {
    name: u64,
    ask: Ask,
}

pub(crate) enum Ask {
    /// Sets how many connections an account may have.
    Quota(u32),
    /// Orders a connection.
    Order,
    /// Makes a LAG with a connection, elsewhere.
    Lag,
    /// Takes everything away.
    Reset,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    Done,
    Again,
    Refused(String),
    Failed(String),
    Panicked,
}

impl Answer {
    /// Now, or when it was asked for before.
    pub(crate) fn is_done(&self) -> bool {
        matches!(self, Answer::Done | Answer::Again)
    }
}

static RANDOM: AtomicU64 = AtomicU64::new(1);

pub(crate) fn open(options: Options, reads: Reads, clock: Arc<AtomicI64>) -> Node<Job, Answer> {
    try_open(options, reads, clock).unwrap()
}

pub(crate) fn try_open(options: Options, reads: Reads, clock: Arc<AtomicI64>) -> Result<Node<Job, Answer>, StoreError> {
    let decided_at = clock.clone();
    let hooks = Hooks {
        decide: Box::new(move |state, job| decide(state, job, Timestamp(decided_at.load(Ordering::Relaxed)))),
        panicked: Box::new(|| Answer::Panicked),
        failed: Box::new(|error| Answer::Failed(error.to_string())),
        committed: Mutex::new(Box::new(|_| {})),
        timed: Box::new(|_| {}),
        clock: Box::new(move || clock.load(Ordering::Relaxed)),
    };
    Node::open(options, reads, 4096, hooks)
}

pub(crate) fn at(millis: i64) -> Arc<AtomicI64> {
    Arc::new(AtomicI64::new(millis))
}

/// How many guards of LAGs' members etcd has.
fn members_guards(cluster: &Cluster, prefix: &str) -> u64 {
    let base64 = |key: &[u8]| base64::engine::general_purpose::STANDARD.encode(key);
    let kind = &Guard::Members(LagId::LEAST).encode()[..2];
    let first = [format!("{prefix}/guards/").as_bytes(), kind].concat();
    let end = [first.as_slice(), b"\xff"].concat();
    let asked = json!({"key": base64(&first), "range_end": base64(&end), "count_only": true});
    let told = cluster.ask("kv/range", &asked, None).unwrap();
    told["count"].as_str().map_or(0, |count| count.parse().unwrap())
}

fn account() -> AccountId {
    AccountId::new("111122223333").unwrap()
}

fn decide(state: &State, job: &Job, now: Timestamp) -> Decision<Answer> {
    let mut random = |bytes: &mut [u8]| {
        for byte in bytes {
            *byte = (RANDOM.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed) >> 40) as u8;
        }
    };
    let context = Context { account: account(), region: Region::new("us-east-1").unwrap(), system_time: now };
    let mut tx = Tx::new(state, context, &mut random);
    let mut call = [0; 32];
    call[..8].copy_from_slice(&job.name.to_be_bytes());
    if tx.replay(call).is_some() {
        return Decision { answer: Answer::Again, batch: None };
    }
    if let Err(rejection) = run(&mut tx, &job.ask) {
        return Decision { answer: Answer::Refused(rejection.to_string()), batch: None };
    }
    tx.put_replay(Replay { call, answered: now, body: Vec::new(), nonce: None });
    Decision { answer: Answer::Done, batch: tx.finish() }
}

fn run(tx: &mut Tx<'_>, ask: &Ask) -> Result<(), Rejection> {
    match ask {
        Ask::Quota(limit) => {
            let mut settings = Settings::default();
            settings.quotas.set(Quota::ConnectionsPerLocation, *limit);
            control::run(tx, &control::Request::Configure { settings, clock: None })
        }
        Ask::Order => {
            let body = br#"{"location":"EqDC2","bandwidth":"1Gbps","connectionName":"c"}"#;
            let request = Protocol::Json.decode(Operation::CreateConnection, body).unwrap();
            crossconnect_core::run(tx, &request).map(drop)
        }
        Ask::Lag => {
            let body = br#"{"location":"EqDA2","connectionsBandwidth":"1Gbps","lagName":"g","numberOfConnections":1}"#;
            let request = Protocol::Json.decode(Operation::CreateLag, body).unwrap();
            crossconnect_core::run(tx, &request).map(drop)
        }
        Ask::Reset => control::run(tx, &control::Request::Reset),
    }
}

pub(crate) fn ask(node: &Node<Job, Answer>, name: u64, ask: Ask) -> Answer {
    node.submit(1, Job { name, ask }).unwrap().blocking_answer().unwrap()
}

pub(crate) fn connections(state: &State) -> usize {
    state.counts().into_iter().find(|(kind, _)| *kind == "connection").unwrap().1
}

pub(crate) const NOW: i64 = 1_800_000_000_000;

#[test]
fn the_last_place_is_given_once_whichever_nodes_are_asked() {
    let Some(cluster) = cluster(1, &["--max-txn-ops=1024"]) else { return };
    let nodes: Vec<_> = (0..3).map(|_| open(options(&cluster, "place"), Reads::Linearizable, at(NOW))).collect();
    assert_eq!(ask(&nodes[0], 1, Ask::Quota(20)), Answer::Done);
    let asked: Vec<_> = (0..60_u64)
        .map(|n| nodes[n as usize % 3].submit(n % 2, Job { name: 100 + n, ask: Ask::Order }).unwrap())
        .collect();
    let answers: Vec<Answer> = asked.into_iter().map(|answer| answer.blocking_answer().unwrap()).collect();
    let done = answers.iter().filter(|answer| **answer == Answer::Done).count();
    let refused = answers.iter().filter(|answer| matches!(answer, Answer::Refused(_))).count();
    assert_eq!((done, refused), (20, 40), "{answers:?}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let states: Vec<_> = nodes.iter().map(|node| runtime.block_on(node.current())).collect();
    assert!(states.iter().all(|published| connections(&published.state) == 20));
    assert!(states.iter().all(|published| published.last == states[0].last && published.state == states[0].state));
    // A call that is repeated to another node is known there.
    let first = answers.iter().position(|answer| *answer == Answer::Done).unwrap();
    assert_eq!(ask(&nodes[(first + 1) % 3], 100 + first as u64, Ask::Order), Answer::Again);
    // A node that comes later loads what the others have followed.
    let later = open(options(&cluster, "place"), Reads::Local, at(NOW));
    assert_eq!((later.published().state.clone(), later.opened_at()), (states[0].state.clone(), states[0].last));
    let more = ask(&later, 900, Ask::Order);
    assert!(matches!(more, Answer::Refused(_)), "{more:?}");
    // What is named after a resource goes with it.
    assert_eq!((ask(&later, 902, Ask::Lag), members_guards(&cluster, "place")), (Answer::Done, 1));
    assert_eq!((ask(&later, 903, Ask::Reset), members_guards(&cluster, "place")), (Answer::Done, 0));
    // Everything goes in one transaction, however much it is.
    assert_eq!(ask(&nodes[1], 904, Ask::Quota(200)), Answer::Done);
    let many: Vec<_> = (1000..1080).map(|name| nodes[1].submit(1, Job { name, ask: Ask::Order }).unwrap()).collect();
    assert!(many.into_iter().all(|answer| answer.blocking_answer().unwrap() == Answer::Done));
    assert_eq!((ask(&later, 905, Ask::Lag), members_guards(&cluster, "place")), (Answer::Done, 1));
    assert_eq!((ask(&later, 901, Ask::Reset), members_guards(&cluster, "place")), (Answer::Done, 0));
    let emptied = runtime.block_on(nodes[0].current());
    let left: Vec<_> =
        emptied.state.counts().into_iter().filter(|(_, count)| *count > 0).map(|(kind, _)| kind).collect();
    assert_eq!(left, ["replay"], "a reset keeps what it answers to calls that are repeated, and nothing else");
    nodes.iter().chain([&later]).for_each(|node| node.shutdown().unwrap());
    assert!(nodes[0].submit(1, Job { name: 1, ask: Ask::Order }).is_err());
}

#[test]
fn a_node_that_is_ahead_takes_no_changes_until_its_clock_is_right() {
    let Some(cluster) = cluster(1, &[]) else { return };
    let clock = at(NOW);
    let ahead = at(NOW + 9_000);
    let nodes = [clock.clone(), clock, ahead.clone()]
        .map(|clock| open(options(&cluster, "clocks"), Reads::Linearizable, clock));
    wait("the clock is noticed", || nodes[2].refusal().is_some_and(|text| text.contains("ahead of the median")));
    assert!(matches!(ask(&nodes[2], 1, Ask::Order), Answer::Failed(text) if text.contains("clock")));
    assert_eq!(ask(&nodes[0], 2, Ask::Order), Answer::Done);
    ahead.store(NOW, Ordering::Relaxed);
    wait("the clock is right", || nodes[2].refusal().is_none());
    assert_eq!(ask(&nodes[2], 3, Ask::Order), Answer::Done);
    nodes.iter().for_each(|node| node.shutdown().unwrap());
}

#[test]
fn a_member_that_goes_is_replaced_and_a_silent_cluster_is_said_so() {
    let Some(mut cluster) = cluster(3, &[]) else { return };
    let nodes: Vec<_> = (0..2).map(|_| open(options(&cluster, "members"), Reads::Linearizable, at(NOW))).collect();
    assert_eq!(ask(&nodes[0], 1, Ask::Quota(1000)), Answer::Done);
    let mut name = 100;
    for member in 0..3 {
        cluster.members()[member].kill();
        let began = Instant::now();
        for node in &nodes {
            name += 1;
            // As an SDK does: the same call again where nobody could tell, or the cluster was silent.
            let mut answer = ask(node, name, Ask::Order);
            while let (Answer::Failed(_), true) = (&answer, began.elapsed() < Duration::from_secs(10)) {
                std::thread::sleep(Duration::from_millis(100));
                answer = ask(node, name, Ask::Order);
            }
            assert!(matches!(answer, Answer::Done | Answer::Again), "{answer:?}");
        }
        cluster.members()[member].start().unwrap();
        wait("the member is back", || cluster.members()[member].is_healthy());
    }
    assert_eq!(connections(&nodes[0].published().state), 6);
    cluster.members()[0].kill();
    cluster.members()[1].kill();
    wait("the silence is noticed", || nodes[0].refusal().is_some_and(|text| text.contains("has not answered")));
    assert!(matches!(ask(&nodes[0], 500, Ask::Order), Answer::Failed(text) if text.contains("are refused")));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(connections(&runtime.block_on(nodes[0].current()).state), 6, "reads go on");
    assert!(nodes[0].age() > Duration::from_millis(500));
    cluster.members()[0].start().unwrap();
    wait("changes are taken again", || nodes[0].refusal().is_none());
    assert_eq!(ask(&nodes[0], 500, Ask::Order), Answer::Done);
    nodes.iter().for_each(|node| node.shutdown().unwrap());
}

pub(crate) fn wait(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(20), "not in time: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
