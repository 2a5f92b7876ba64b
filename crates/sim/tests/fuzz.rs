//! Hostile inputs: those that were found are tried again, some are tried anew, and the record of runs adds up.

use crossconnect_sim::fuzz::{self, Kind, Ledger, kept, replay, run};
use crossconnect_sim::process::{Server, server_binary};
use std::collections::BTreeSet;

/// How many inputs of each kind; `FUZZ_INPUTS` says otherwise.
const INPUTS: u64 = 6_000;
/// How many requests go into the whole server.
const REQUESTS: u64 = 1_500;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |value| value.parse().expect("a number"))
}

#[test]
fn what_was_found_stays_mended() {
    let mut wrong = Vec::new();
    for kind in Kind::ALL {
        for (path, input) in kept(kind).unwrap() {
            wrong.extend(replay(kind, &input).err().map(|text| format!("{}: {text}", path.display())));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn hostile_inputs_do_no_harm() {
    let inputs = setting("FUZZ_INPUTS", INPUTS);
    for kind in Kind::ALL {
        let outcome = run(kind, inputs, 0x5eed, 2, &|_| ()).unwrap();
        let texts: Vec<_> = outcome.findings.iter().map(|finding| &finding.text).collect();
        assert_eq!(texts, Vec::<&String>::new(), "{kind:?}");
        // Inputs that are all refused at the door, or none, try little.
        let share = outcome.accepted as f64 / outcome.inputs as f64;
        assert!((0.02..0.98).contains(&share), "{kind:?}: {share} are accepted");
    }
}

#[test]
fn a_seed_decides_the_inputs() {
    for kind in [Kind::Json, Kind::Signature, Kind::Record] {
        let accepted = |seed, threads| run(kind, 4096, seed, threads, &|_| ()).unwrap().accepted;
        assert_eq!(accepted(1, 1), accepted(1, 2), "{kind:?}");
        assert_ne!(accepted(1, 1), accepted(2, 1), "{kind:?}");
    }
}

#[test]
fn the_server_outlives_whatever_is_sent() {
    let binary = server_binary().unwrap();
    let mut server = Server::start(&binary, &["--store".as_ref(), "memory:".as_ref()]).unwrap();
    let address = server.url().trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
    let became = fuzz::assault(address, setting("FUZZ_REQUESTS", REQUESTS), 7).unwrap();
    assert!(became.answered > became.closed && became.closed > 0, "{became:?}");
    server.stop().unwrap();
}

#[test]
fn the_record_of_runs_adds_up() {
    let text = std::fs::read_to_string(Ledger::path()).unwrap();
    let ledger = Ledger::read(&text).unwrap();
    assert_eq!(ledger.to_string(), text, "cargo xtask fuzz writes it");
    let tried: BTreeSet<Kind> = ledger.runs.iter().map(|run| run.kind).collect();
    assert_eq!(tried, Kind::ALL.into());
    assert!(ledger.inputs() >= 100_000_000, "{} inputs", ledger.inputs());
    assert!(ledger.runs.iter().all(|run| run.failures == 0));
}
