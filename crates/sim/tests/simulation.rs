//! The simulation of the whole service: many seeds break nothing and meet everything there is, one seed is one run, and
//! what is broken on purpose is found, and told in a few lines.

use crossconnect_api::Request;
use crossconnect_core::Tx;
use crossconnect_core::ids::ConnectionId;
use crossconnect_sim::scenario::Scenario;
use crossconnect_sim::simulation::{Ask, Broken, Flaw, Outcome, What, length, repeat, run, scenario, seeds, shrink};

const SEEDS: u64 = 10_000;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |value| value.parse().expect("a number"))
}

/// `SIM_SEED` says which seed is the first, `SIM_SEEDS` how many there are. `cargo xtask sim --seed` shows one of them.
#[test]
fn many_seeds_break_nothing_and_meet_everything_there_is() {
    let (first, count) = (setting("SIM_SEED", 1), setting("SIM_SEEDS", SEEDS));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let tally = seeds(first, count, threads, &|| ());
    let found: Vec<_> = tally.failures.iter().map(|failure| (failure.script.seed, &failure.violations)).collect();
    assert_eq!(tally.failing, 0, "{found:?}");
    println!("{} steps, {} commits: {}", tally.coverage.steps, tally.coverage.commits, tally.coverage.summary());
    let unmet = tally.coverage.unmet();
    assert!(count < SEEDS || unmet.is_empty(), "never met:\n{}", unmet.join("\n"));
    let excused = tally.coverage.excused_and_met();
    assert!(count > SEEDS || excused.is_empty(), "{}", excused.join("\n"));
}

#[test]
fn one_seed_is_one_run() {
    let mut hashes = std::collections::BTreeSet::new();
    for seed in [1, 2, 3, 5, 32] {
        let (one, other) = (run(seed, length(seed), Broken::default()), run(seed, length(seed), Broken::default()));
        assert_eq!(one.hash, other.hash, "seed {seed}");
        assert_eq!(repeat(&one.script, Broken::default()).hash, one.hash, "seed {seed}, repeated from its steps");
        hashes.insert(one.hash);
    }
    assert_eq!(hashes.len(), 5, "another seed is another run");
}

/// The first seed that finds it.
fn found(broken: Broken) -> Outcome {
    let outcomes = (1..1000).map(|seed| run(seed, length(seed), broken));
    outcomes.into_iter().find(|outcome| !outcome.violations.is_empty()).expect("it is found")
}

#[test]
fn an_engine_that_compares_too_little_is_found() {
    for flaw in [Flaw::Rows, Flaw::Guards] {
        let broken = Broken { flaw: Some(flaw), ..Broken::default() };
        let outcome = found(broken);
        let shortest = shrink(&outcome, broken).expect("it fails again");
        assert!(shortest.script.steps.len() <= 40, "{flaw:?}: {:#?}", shortest.script.steps);
        let sound = repeat(&shortest.script, Broken::default());
        assert_eq!(sound.violations, [], "{flaw:?}: a sound engine does not fail");
    }
}

/// Gives a connection a name that is too long whenever it is renamed.
fn overlong(tx: &mut Tx<'_>, ask: &Ask) {
    let What::Call(request, _) = &ask.what else { return };
    let Request::UpdateConnection(input) = &**request else { return };
    if let Some(connection) = ConnectionId::parse(&input.connection_id).ok().flatten().and_then(|id| tx.connection(id))
    {
        tx.put_connection(crossconnect_core::model::connection::Connection {
            name: "n".repeat(300).into(),
            ..connection.as_ref().clone()
        });
    }
}

#[test]
fn a_broken_rule_is_told_as_a_short_scenario() {
    let broken = Broken { sabotage: Some(overlong), ..Broken::default() };
    let shortest = shrink(&found(broken), broken).expect("it fails again");
    assert!(shortest.script.steps.len() <= 8, "{:#?}", shortest.script.steps);
    let text = scenario(&shortest);
    assert!(text.contains("UpdateConnection connectionId=\"$a"), "{text}");
    let read = Scenario::parse(&text).expect("it is a scenario");
    let failures = read.run(false).failures;
    assert_eq!(failures, [], "a sound service does not fail:\n{text}");
}
