//! A cluster as it is run: three members of etcd, three nodes, clients on all nodes at once, and processes that are
//! killed, paused and cut off under them.
//!
//! After every round each acknowledged change must be there once, on every node; who got what not all could have must be
//! linearizable; and what etcd holds must keep all invariants.

mod faults;
pub mod history;
mod place;
mod processes;
mod race;
pub mod report;

use crate::crash::CONFIG;
use crate::crash::client::Client;
use crate::crash::ledger::Ledger;
use crate::crash::store::check_records;
use crate::random::Random;
use crossconnect_store_etcd::{Etcd, Options};
use faults::Fault;
use processes::Processes;
use race::{ACCOUNT, PLACES, Prize, RUNNERS, Runner};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Members, and nodes.
const COUNT: usize = 3;
/// Clients with accounts of their own.
const CLIENTS: u64 = 3;
/// How long one answer is waited for: by clients in a hurry, who leave many a call behind that comes late, and by others.
const ANSWERS: [Duration; 2] = [Duration::from_millis(250), ANSWER];
const ANSWER: Duration = Duration::from_secs(3);
/// How long a call is repeated until some node answers.
const PATIENCE: Duration = Duration::from_secs(40);
/// How long a round's load goes on before a fault and after it, in milliseconds.
const BEFORE_MS: std::ops::Range<usize> = 50..300;
const AFTER_MS: std::ops::Range<usize> = 300..1500;
/// How long a fault that has an end lasts, in milliseconds.
const FAULT_MS: std::ops::Range<usize> = 100..2500;

/// What a run has seen.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Members that were killed.
    pub members_killed: u64,
    /// Nodes that were killed.
    pub nodes_killed: u64,
    /// Among the members those that led.
    pub leaders_killed: u64,
    /// Processes that were paused.
    pub paused: u64,
    /// Processes that were cut off.
    pub cut: u64,
    /// Changes that were acknowledged.
    pub acknowledged: u64,
    /// Calls about what not all could have.
    pub raced: u64,
    /// The longest time without a change after a member was killed that led.
    pub leaderless: Duration,
    /// The longest time without a change after any other fault.
    pub interrupted: Duration,
}

impl Tally {
    /// Every process that was killed.
    pub fn kills(&self) -> u64 {
        self.members_killed + self.nodes_killed
    }
}

/// What a run needs.
pub struct Run<'a> {
    /// The program of etcd.
    pub etcd: &'a Path,
    /// Ours.
    pub server: &'a Path,
    /// How many processes to kill.
    pub kills: u64,
    /// Of all that is drawn.
    pub seed: u64,
}

/// All that acts on a cluster.
struct Stage {
    processes: Processes,
    ledgers: Vec<Ledger>,
    runners: [Vec<Runner>; 2],
    places: Prize,
    bearer: String,
    vlan: u16,
    random: Random,
    tally: Tally,
}

/// Starts a cluster, and kills processes of it under load until enough were; tells `progress` after each round.
///
/// # Errors
/// What was lost, doubled, out of order or broken, with the seed's help; or why a process did not start.
pub fn run(run: &Run<'_>, mut progress: impl FnMut(Tally)) -> Result<Tally, String> {
    let processes = Processes::start(run.etcd, run.server, COUNT, CONFIG)?;
    let urls: Vec<String> = processes.nodes.iter().map(|node| format!("{}/", node.url)).collect();
    let client = |account: String, answer| Client::of(urls.clone(), account, answer, PATIENCE);
    let (places, bearer) = race::prizes(&client(ACCOUNT.to_owned(), ANSWER))?;
    let runners = ["place", "vlan"].map(|name| (0..RUNNERS).map(|n| Runner::new(n, name, run.seed)).collect());
    let ledgers = (0..CLIENTS).map(|number| Ledger::new(number, run.seed)).collect();
    let random = Random::new(run.seed);
    let mut stage = Stage { processes, ledgers, runners, places, bearer, vlan: 100, random, tally: Tally::default() };
    while stage.tally.kills() < run.kills {
        stage.round(&client)?;
        stage.tally.acknowledged = stage.ledgers.iter().map(|ledger| ledger.acknowledged).sum();
        progress(stage.tally);
    }
    stage.check_records()?;
    Ok(stage.tally)
}

impl Stage {
    /// Load, a fault or two under it, and what must hold afterwards.
    fn round(&mut self, client: &(impl Fn(String, Duration) -> Client + Sync)) -> Result<(), String> {
        let between = |random: &mut Random, range: std::ops::Range<usize>| {
            Duration::from_millis((range.start + random.below(range.end - range.start)) as u64)
        };
        let (before, after) = (between(&mut self.random, BEFORE_MS), between(&mut self.random, AFTER_MS));
        let lasts = between(&mut self.random, FAULT_MS);
        let faults = Fault::draw(&mut self.random, &self.processes);
        let answer = ANSWERS[self.random.below(ANSWERS.len())];
        self.vlan = self.vlan % 4000 + 1;
        let vlan = Prize::Vlan { connection: self.bearer.clone(), vlan: self.vlan };
        let (over, start) = (AtomicBool::new(false), Instant::now());
        let done = Mutex::new(vec![start]);
        let Stage { processes, ledgers, runners, places, tally, .. } = self;
        let (over, done, places, vlan) = (&over, &done, &*places, &vlan);
        let [for_places, for_vlan] = runners;
        let race =
            |runner: &mut Runner, prize: &Prize| runner.run(prize, &client(ACCOUNT.to_owned(), answer), start, over);
        let race = &race;
        let histories = std::thread::scope(|scope| {
            let mut ledgers_work = Vec::new();
            for ledger in ledgers.iter_mut() {
                ledgers_work.push(scope.spawn(move || {
                    let client = client(ledger.account(), answer);
                    while !over.load(Ordering::Relaxed) {
                        if !ledger.step(&client)? {
                            return Err("a call was never answered".to_owned());
                        }
                        done.lock().map_err(|_| "a client panicked")?.push(Instant::now());
                    }
                    Ok(())
                }));
            }
            let place_work: Vec<_> =
                for_places.iter_mut().map(|runner| scope.spawn(move || race(runner, places))).collect();
            let vlan_work: Vec<_> = for_vlan.iter_mut().map(|runner| scope.spawn(move || race(runner, vlan))).collect();
            std::thread::sleep(before);
            let struck = Instant::now();
            let acted = faults.iter().try_for_each(|fault| fault.strike(processes, tally));
            std::thread::sleep(lasts);
            let healed = faults.iter().try_for_each(|fault| fault.heal(processes));
            std::thread::sleep(after);
            let ready = processes.are_ready();
            over.store(true, Ordering::Relaxed);
            let join = "a client panicked";
            for work in ledgers_work {
                work.join().map_err(|_| join.to_owned())??;
            }
            let collect = |work: Vec<std::thread::ScopedJoinHandle<'_, Result<Vec<history::Call>, String>>>| {
                let mut calls = Vec::new();
                for one in work {
                    calls.extend(one.join().map_err(|_| join.to_owned())??);
                }
                Ok::<_, String>(calls)
            };
            let histories = [collect(place_work)?, collect(vlan_work)?];
            acted.and(healed).and(ready)?;
            let longest = longest_pause(&done.lock().map_err(|_| join)?, struck);
            let longest_kind =
                if faults.iter().any(Fault::was_leaders) { &mut tally.leaderless } else { &mut tally.interrupted };
            *longest_kind = (*longest_kind).max(longest);
            Ok::<_, String>(histories)
        })?;
        tally.raced += histories.iter().map(|calls| calls.len() as u64).sum::<u64>();
        for ((calls, places), what) in histories.iter().zip([PLACES, 1]).zip(["places in the LAG", "the VLAN"]) {
            if !history::is_linearizable(places, calls) {
                return Err(format!("who got {what} is not linearizable: {calls:?}"));
            }
        }
        self.rest(client, vlan)
    }

    /// Everybody gives up what it has; then every node must tell of all that was acknowledged, and of nothing else.
    fn rest(&mut self, client: &impl Fn(String, Duration) -> Client, vlan: &Prize) -> Result<(), String> {
        let racing = client(ACCOUNT.to_owned(), ANSWER);
        for (runners, prize) in self.runners.iter_mut().zip([&self.places, vlan]) {
            for runner in runners {
                runner.rest(prize, &racing)?;
            }
        }
        for node in &self.processes.nodes {
            for ledger in &self.ledgers {
                let one = Client::of(vec![format!("{}/", node.url)], ledger.account(), ANSWER, PATIENCE);
                ledger.compare(&one).map_err(|error| format!("{}: {error}", node.url))?;
            }
        }
        Ok(())
    }

    /// What etcd holds keeps all invariants.
    fn check_records(&self) -> Result<(), String> {
        let (endpoints, prefix) = (self.processes.endpoints(), self.processes.prefix().to_owned());
        let options = Options { endpoints, prefix, tls: None, user: None };
        let mut engine = Etcd::open(options).map_err(|error| error.to_string())?;
        check_records(&mut engine)
    }
}

/// The longest time between two changes, of those that end after `struck`.
fn longest_pause(done: &[Instant], struck: Instant) -> Duration {
    let mut done = done.to_vec();
    done.sort();
    let pauses = done.windows(2).filter(|pair| pair[1] > struck).map(|pair| pair[1] - pair[0].max(struck));
    pauses.max().unwrap_or_default()
}
