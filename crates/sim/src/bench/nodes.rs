//! Several nodes over three members of etcd: what each reads against a node that is alone, and against a server over a
//! folder; what a change takes; and how long nothing is taken after the member has died that leads.

use super::http::Api;
use super::{Bench, Row, load, median};
use crate::etcd::{self, Cluster};
use crossconnect_store::{Engine, Group};
use crossconnect_store_etcd::{Etcd, Options, Place};
use serde_json::json;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Connections of the load: a read waits for a quorum, which serves all who wait.
const CLIENTS: usize = 128;
const NODES: usize = 3;
/// Transactions of which the median is one round trip.
const TRIPS: u64 = 200;
/// How long nothing may be taken at most.
const RECOVERY: Duration = Duration::from_secs(30);

pub(super) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let Some(binary) = etcd::binary() else {
        return Ok(vec![Row::plain("several nodes", "not measured: there is no etcd".to_owned())]);
    };
    let mut cluster = Cluster::start(&binary, NODES, &["--max-txn-ops=1024"])?;
    let folder = bench.folder.join("alone");
    let alone = Api::start(bench, &["--store".as_ref(), folder.as_os_str()])?;
    let (place, key) = (cluster.place("bench"), bench.folder.join("nodes.key"));
    let options = ["--store".as_ref(), place.as_ref(), "--key-file".as_ref(), key.as_os_str()];
    let mut nodes = vec![Api::start(bench, &options)?];
    let (of_embedded, single) = reads(bench, &alone, &nodes)?;
    for _ in 1..NODES {
        nodes.push(Api::start(bench, &options)?);
    }
    let (_, slowest) = reads(bench, &alone, &nodes)?;
    let (change, trip) = changes(bench, &nodes[0], &cluster)?;
    let recovery = recovery(&mut cluster, &nodes)?;
    Ok(vec![
        Row::plain("DescribeConnections on a node that is alone", format!("{single:.0}/s")),
        Row::plain("the same against a server over a folder", format!("{of_embedded:.2} ×")),
        Row::plain("DescribeConnections on the slowest of three nodes", format!("{slowest:.0}/s")),
        Row::at_least("one of three nodes against a node that is alone", slowest / single, 0.9, " ×"),
        Row::plain("one transaction of etcd, median", format!("{trip:.0} µs")),
        Row::at_most("CreateConnection on a node against one transaction of etcd", change / trip, 2.5, " ×"),
        Row::at_most("from a leader's death to a change on every node", recovery.as_secs_f64(), 5.0, " s"),
    ])
}

/// The median of what the slowest node reads, each measured while the others do nothing: of what the server over a folder
/// reads, and in a second.
fn reads(bench: &Bench<'_>, alone: &Api, nodes: &[Api]) -> Result<(f64, f64), String> {
    let order = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "read"});
    let order = |api: &Api| Ok::<_, String>(api.call("CreateConnection", &order)?["connectionId"].clone());
    let (of_one, of_nodes) = (order(alone)?, order(&nodes[0])?);
    let rate = |api: &Api, id| {
        let request = api.request("DescribeConnections", &json!({ "connectionId": id }));
        Ok::<_, String>(load::run(api.address, CLIENTS, bench.scale.load, &|_| request.clone())?.per_second)
    };
    let mut rates = vec![Vec::new(); nodes.len()];
    let whole = median(bench.scale.rounds, || {
        for (node, rates) in nodes.iter().zip(&mut rates) {
            rates.push(rate(node, &of_nodes)?);
        }
        rate(alone, &of_one)
    })?;
    let mut slowest = f64::INFINITY;
    for rates in &mut rates {
        rates.sort_by(f64::total_cmp);
        slowest = slowest.min(rates[rates.len() / 2]);
    }
    Ok((slowest / whole, slowest))
}

/// How long a change takes and how long a transaction does, in microseconds.
fn changes(bench: &Bench<'_>, node: &Api, cluster: &Cluster) -> Result<(f64, f64), String> {
    let place = Place::parse(&cluster.place("trips")).ok_or("a place of etcd")?;
    let options = Options { endpoints: place.endpoints, prefix: place.prefix, tls: None, user: None };
    let mut engine = Etcd::open(options).map_err(|error| error.to_string())?;
    let mut micros = Vec::new();
    for number in 1..=TRIPS {
        let writes = BTreeMap::from([(number.to_be_bytes().to_vec(), Some(vec![7; 500]))]);
        let began = Instant::now();
        engine.commit(&Group { number, at: 1, writes }).map_err(|error| error.to_string())?;
        micros.push(began.elapsed().as_secs_f64() * 1e6);
    }
    micros.sort_by(f64::total_cmp);
    let number = Cell::new(0);
    let next = |_| {
        number.set(number.get() + 1);
        node.order(number.get())
    };
    let change = median(bench.scale.rounds, || Ok(load::run(node.address, 1, bench.scale.load, &next)?.median_micros))?;
    Ok((change, micros[micros.len() / 2]))
}

/// Kills the member that leads, and waits until every node takes changes again.
fn recovery(cluster: &mut Cluster, nodes: &[Api]) -> Result<Duration, String> {
    let leader = cluster.leader().ok_or("no member leads")?;
    cluster.members()[leader].kill();
    let began = Instant::now();
    for (number, node) in nodes.iter().enumerate() {
        let order = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": format!("after {number}")});
        while let Err(error) = node.call("CreateConnection", &order) {
            if began.elapsed() > RECOVERY {
                return Err(format!("no change is taken after a leader's death: {error}"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    Ok(began.elapsed())
}
