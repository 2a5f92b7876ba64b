//! Every file under `scenarios/` on a cluster: each step goes to a random node of three, and where settings change, one
//! node is started anew with them.

use crate::{cluster, files, options};
use crossconnect_sim::process::server_binary;
use crossconnect_sim::scenario::{Driver, Fleet, OverHttp};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many clusters of nodes work at one time.
const FLEETS: usize = 2;
const NODES: usize = 3;

/// Blocks about what a whole server cannot be brought to, each with its reason.
const ELSEWHERE: &[(&str, &str)] = &[(
    "The system's clock is not taken while the last commit lies ahead of it.",
    "the machine's clock shows what it shows",
)];

/// In so many tests, so that each ends soon.
const PARTS: usize = 4;

#[test]
fn scenarios_hold_on_random_nodes_1_of_4() {
    part(0);
}

#[test]
fn scenarios_hold_on_random_nodes_2_of_4() {
    part(1);
}

#[test]
fn scenarios_hold_on_random_nodes_3_of_4() {
    part(2);
}

#[test]
fn scenarios_hold_on_random_nodes_4_of_4() {
    part(3);
}

/// Runs every fourth file, from that number on.
fn part(number: usize) {
    let Some(cluster) = cluster(1, &["--max-txn-ops=1024"]) else { return };
    let binary = server_binary().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let all: Vec<_> = files::under(&root).into_iter().skip(number).step_by(PARTS).collect();
    let scenarios: Vec<_> = all.iter().map(|file| files::read(file).unwrap()).collect();
    let accounts: BTreeSet<String> = scenarios.iter().flat_map(|scenario| scenario.accounts()).collect();
    let (next, blocks, failures) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for number in 0..FLEETS {
            let place = options(&cluster, &format!("scenarios/{number}"));
            let accounts = accounts.iter().cloned().collect();
            let (next, blocks, failures, all, scenarios, binary, root) =
                (&next, &blocks, &failures, &all, &scenarios, &binary, &root);
            scope.spawn(move || {
                let fleet = Fleet::nodes(binary, accounts, place, NODES).unwrap();
                while let Some(scenario) = scenarios.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let start = || -> Box<dyn Driver> { Box::new(OverHttp::over(fleet.clone()).unwrap()) };
                    let report = scenario.run_over(start, |title| ELSEWHERE.iter().any(|(one, _)| *one == title));
                    blocks.fetch_add(report.blocks, Ordering::Relaxed);
                    let at = scenarios.iter().position(|one| std::ptr::eq(one, scenario)).unwrap();
                    if let Err(failed) = files::verdict(&all[at], &report.failures) {
                        let name = files::name(root, &all[at]);
                        eprintln!("{name} differs");
                        failures.lock().unwrap().push(failed.message().unwrap_or_default().to_owned());
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(blocks.into_inner() > 100, "few blocks ran");
}
