//! The engine over a real etcd. Without one on the machine these tests say so, and pass nothing off as tested.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

mod away;
mod engine;
#[path = "../files/mod.rs"]
mod files;
mod kills;
mod node;
mod older;
mod restored;
mod scenarios;
mod served;
mod sweeps;
mod who;

use crossconnect_sim::etcd::{Cluster, binary};
use crossconnect_store_etcd::{Options, Place};

/// Members with these options; nothing where there is no etcd.
fn cluster(members: usize, options: &[&str]) -> Option<Cluster> {
    let Some(binary) = binary() else {
        eprintln!("skipped: there is no etcd on this machine; cargo xtask test fetches one where it can");
        return None;
    };
    Some(Cluster::start(&binary, members, options).unwrap())
}

fn options(cluster: &Cluster, prefix: &str) -> Options {
    let place = Place::parse(&cluster.place(prefix)).unwrap();
    Options { endpoints: place.endpoints, prefix: place.prefix, tls: None, user: None }
}
