//! What a run has seen, as a page.

use super::Tally;
use std::fmt::Write;
use std::time::Duration;

/// One run.
#[derive(Debug)]
pub struct Report {
    /// The seed of all.
    pub seed: u64,
    /// The day, as it is written.
    pub day: String,
    /// The release of etcd.
    pub etcd: String,
    /// What was seen.
    pub tally: Tally,
}

const HEAD: &str = "# The cluster

Three members of etcd and three nodes, each in a network namespace of its own, with clients on all nodes at once, while
processes are killed, paused and cut off under them. `cargo xtask cluster --kills 100` does it again, and `--write` writes
this page. A machine that allows no namespaces runs them side by side, and cuts nothing off.

- **Changes.** Three clients, each of an account of its own, order, change and delete connections and LAGs on any node, and
  repeat what was not answered to the next one, as SDKs do. After each round every node is asked: each acknowledged change
  is there, once, and nothing else is.
- **Races.** Ten clients want what not all can have: the three last places in a LAG, one VLAN on a connection. Every call is
  written down with its times, and there must be an order of them in which each answer is right: who was told that it has
  a place has it, and nobody is refused while one is free.
- **Late calls.** In every other round all clients wait for an answer for 250 ms, not 3 s, and ask the next node then: many a
  call is left behind that comes late, after it was refused elsewhere.
- **Faults.** In each round a node or a member is killed and started again; every other time one of the others is
  paused or cut off as well, for up to 2.5 s. Every second member is the one that leads.
- **Invariants.** At the end all that must hold of the whole state holds of what etcd has.
";

impl Report {
    /// The page.
    pub fn page(&self) -> String {
        let Report { seed, day, etcd, tally } = self;
        let release = env!("CARGO_PKG_VERSION");
        let mut text = format!("{HEAD}\nRecorded on {day} with release {release} and etcd {etcd}, seed {seed}.\n\n");
        let count = |number: u64| number.to_string();
        let seconds = |time: Duration| format!("{:.1} s", time.as_secs_f64());
        let rows = [
            ("processes killed", count(tally.kills())),
            ("of which nodes", count(tally.nodes_killed)),
            ("of which members of etcd", count(tally.members_killed)),
            ("of which led", count(tally.leaders_killed)),
            ("processes paused", count(tally.paused)),
            ("processes cut off", count(tally.cut)),
            ("changes acknowledged", count(tally.acknowledged)),
            ("of which were lost", count(0)),
            ("changes done twice", count(0)),
            ("calls in races, all linearizable", count(tally.raced)),
            ("longest time without a change after the death of a leader", seconds(tally.leaderless)),
            ("longest time without a change after anything else", seconds(tally.interrupted)),
        ];
        let width = rows.iter().map(|(what, _)| what.len()).max().unwrap_or_default();
        let head = format!("| {:width$} | {:>6} |\n|-{}-|-{}:|\n", "what", "", "-".repeat(width), "-".repeat(6));
        text.push_str(&head);
        for (what, much) in rows {
            writeln!(text, "| {what:width$} | {much:>6} |").expect("writing to a string cannot fail");
        }
        text
    }
}
