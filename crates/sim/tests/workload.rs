//! Many seeds of random calls: no invariant is ever broken, every operation succeeds, and the rules are met.

use crossconnect_api::Operation;
use crossconnect_core::Rejection;
use crossconnect_sim::Workload;
use std::collections::BTreeSet;

const SEEDS: u64 = 12;
const STEPS: u64 = 1200;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |value| value.parse().expect("a number"))
}

/// `WORKLOAD_SEED` says which seed is the first, `WORKLOAD_SEEDS` how many there are, `WORKLOAD_STEPS` how long each goes on.
#[test]
fn random_calls_break_no_invariant_and_meet_the_rules() {
    let (first, seeds) = (setting("WORKLOAD_SEED", 1), setting("WORKLOAD_SEEDS", SEEDS));
    let steps = setting("WORKLOAD_STEPS", STEPS);
    let (mut operations, mut rejections, mut stale) = (BTreeSet::new(), BTreeSet::new(), (0, 0));
    for seed in first..first + seeds {
        let mut workload = Workload::new(seed);
        for _ in 0..steps {
            workload.step();
            assert_eq!(workload.faults, Vec::<String>::new(), "WORKLOAD_SEED={seed}");
        }
        operations.extend(workload.succeeded.into_keys());
        rejections.extend(workload.rejected.into_keys());
        stale = (stale.0 + workload.stale.0, stale.1 + workload.stale.1);
    }
    println!("WORKLOAD_SEED={first}: {} rejections met, stale decisions {stale:?}", rejections.len());
    let never: Vec<_> = Operation::ALL.iter().filter(|operation| !operations.contains(operation)).collect();
    assert!(never.is_empty(), "never succeeded: {never:?}");
    let names = Rejection::all_names();
    let unmet: Vec<_> = names.iter().filter(|name| !rejections.contains(*name)).collect();
    // A few are rare, and scenarios reach every one.
    assert!(unmet.len() * 10 <= names.len(), "WORKLOAD_SEED={first}: never met: {unmet:?}");
    assert!(stale.0 > 0 && stale.1 > 0, "stale decisions hold and do not hold: {stale:?}");
}
