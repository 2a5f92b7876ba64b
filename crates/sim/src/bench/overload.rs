//! More load than the server can serve, from one account, with one client of another account beside it.
//!
//! The peak is the best rate of clients that wait for their answers. Twice the load is twice as many requests a second
//! as that, which come whether the server keeps up or not, over as many connections as one address may have. What is
//! answered then is held against what as many clients get as reached the peak, for longer, before it and after it: a store
//! that is written to has more to do after a while than in its first seconds, and a machine is not always as fast.

use super::flood::{Arrivals, Outcome, flood};
use super::http::{Api, create, describe};
use super::{Bench, Row, load};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// Numbers of clients, up to where more bring nothing.
const CLIENTS: [usize; 6] = [8, 16, 32, 64, 128, 256];
/// Connections of the overload: an address may have 512.
const CONNECTIONS: usize = 500;
/// Connections that are read and renamed.
const RESOURCES: usize = 10;
/// A list that is long enough to be dear.
const LIST: usize = 1000;
/// Those who ask for it at one time.
const LIST_CLIENTS: usize = 200;
/// How long the other client waits between its calls.
const PAUSE: Duration = Duration::from_millis(2);
/// How many changes may wait, and how many calls be under way: the server's defaults.
const QUEUE_MAX: f64 = 1024.0;
const UNDER_WAY_MAX: f64 = 2048.0;
/// What the server may take more than before: what is under way, and what an allocator keeps.
const GROWTH_MAX_MIB: f64 = 128.0;
/// Whose single client it is: the second account.
const OTHER: u64 = 1;

pub(super) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let store = bench.folder.join("overload");
    let api = Api::start(bench, &["--store".as_ref(), store.as_os_str()])?;
    let mixed = mixed(&api)?;
    let own = single(&api)?;
    let alone = beside(&api, &own, || {
        std::thread::sleep(bench.scale.load);
        Ok(())
    })?
    .1;
    let (mut peak, mut clients) = (0.0, 0);
    for count in CLIENTS {
        let rate = flood(api.address, mixed.clone(), count, Arrivals::Closed, bench.scale.load)?.goodput();
        if rate > peak {
            (peak, clients) = (rate, count);
        }
    }
    let lasting = bench.scale.load.max(bench.scale.overload / 4);
    let sustained = || flood(api.address, mixed.clone(), clients, Arrivals::Closed, lasting).map(|got| got.goodput());
    let sustained_before = sustained()?;
    let before = mib(api.server.resident_bytes()?);
    let twice = Arrivals::Open(2.0 * peak);
    let (overloaded, other) =
        beside(&api, &own, || flood(api.address, mixed.clone(), CONNECTIONS, twice, bench.scale.overload))?;
    let after = mib(api.server.resident_bytes()?);
    let figures = figures(&api, &store)?;
    let sustained_after = sustained()?;
    let share = overloaded.goodput() / ((sustained_before + sustained_after) / 2.0);
    let mut rows = vec![
        Row::plain(&format!("peak of reads and durable writes, at {clients} clients"), format!("{peak:.0}/s")),
        Row::plain(
            &format!("the same clients for {lasting:.0?}, before and after"),
            format!("{sustained_before:.0} and {sustained_after:.0}/s"),
        ),
        Row::plain(&format!("goodput at twice the peak for {:.0?}", bench.scale.overload), described(&overloaded)),
        Row::at_least("goodput under twice the load against those clients", share, 0.8, ""),
        Row::plain("what the load itself took of a core", format!("{:.2}", overloaded.own_cpu)),
        Row::plain("another account's client alone, p50 and p99", alone.shown()),
        Row::plain("another account's client under twice the load, p50 and p99", other.shown()),
        Row::at_most("its calls that were refused", other.refused as f64, 0.0, ""),
        Row::at_most("changes that waited at most", figures.queued, QUEUE_MAX, ""),
        Row::at_most("calls under way at most", figures.under_way, UNDER_WAY_MAX, ""),
        Row::plain("memory before and after", format!("{before:.0} and {after:.0} MiB")),
        Row::at_most("memory that the overload added", (after - before).max(0.0), GROWTH_MAX_MIB, " MiB"),
    ];
    rows.extend(lists(bench)?);
    Ok(rows)
}

/// Dear reads of one account, and a cheap one of another's.
fn lists(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let api = Api::start(bench, &["--store".as_ref(), "memory:".as_ref()])?;
    load::times(api.address, LIST, &|number| api.request("CreateConnection", &create(number)))?;
    let own = single(&api)?;
    let list = vec![api.request("DescribeConnections", &json!({}))];
    let (flooded, other) =
        beside(&api, &own, || flood(api.address, list, LIST_CLIENTS, Arrivals::Closed, bench.scale.load))?;
    Ok(vec![
        Row::plain(&format!("{LIST_CLIENTS} clients that list {LIST} connections"), described(&flooded)),
        Row::plain("another account's client beside them, p50 and p99", other.shown()),
        Row::at_most("its calls that were refused", other.refused as f64, 0.0, ""),
    ])
}

fn described(outcome: &Outcome) -> String {
    let rate = |count: u64| count as f64 / outcome.seconds;
    let [good, throttled, given_up] = [outcome.good, outcome.throttled, outcome.given_up].map(rate);
    format!("{good:.0}/s; refused {throttled:.0}/s, unsent {given_up:.0}/s")
}

/// Half reads, half durable writes, which leave the store as large as it is.
fn mixed(api: &Api) -> Result<Vec<Vec<u8>>, String> {
    let mut requests = Vec::new();
    for number in 0..RESOURCES as u64 {
        let made = api.call("CreateConnection", &create(number))?;
        let id = made["connectionId"].as_str().unwrap_or_default();
        for name in ["one", "other"] {
            requests.push(api.request("DescribeConnections", &describe(id)));
            requests.push(api.request("UpdateConnection", &json!({"connectionId": id, "connectionName": name})));
        }
    }
    Ok(requests)
}

/// The same for the other account.
fn single(api: &Api) -> Result<[Vec<u8>; 2], String> {
    let made = api.call_of(OTHER, "CreateConnection", &create(1))?;
    let id = made["connectionId"].as_str().unwrap_or_default().to_owned();
    let rename: Value = json!({"connectionId": id, "connectionName": "mine"});
    Ok([("DescribeConnections", describe(&id)), ("UpdateConnection", rename)]
        .map(|(operation, input)| api.request_of(OTHER, operation, &input)))
}

/// How the other client fared.
struct Fared {
    micros: Vec<f64>,
    refused: u64,
}

impl Fared {
    fn shown(&self) -> String {
        let at = |part: f64| self.micros.get((self.micros.len() as f64 * part) as usize).copied().unwrap_or(f64::NAN);
        format!("{:.2} and {:.2} ms of {}", at(0.5) / 1e3, at(0.99) / 1e3, self.micros.len())
    }
}

/// Does `work` while the other account's client reads and writes in turn.
fn beside<T>(api: &Api, own: &[Vec<u8>; 2], work: impl FnOnce() -> Result<T, String>) -> Result<(T, Fared), String> {
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let client = scope.spawn(|| client(api, own, &is_over));
        let worked = work();
        is_over.store(true, Relaxed);
        let fared = client.join().map_err(|_| "the other client panicked".to_owned())??;
        Ok((worked?, fared))
    })
}

fn client(api: &Api, own: &[Vec<u8>; 2], is_over: &AtomicBool) -> Result<Fared, String> {
    let broken = |error: std::io::Error| format!("the other client: {error}");
    let mut stream = TcpStream::connect(api.address).map_err(broken)?;
    stream.set_nodelay(true).map_err(broken)?;
    let mut buffer = vec![0; 64 * 1024];
    let mut fared = Fared { micros: Vec::new(), refused: 0 };
    for request in own.iter().cycle() {
        if is_over.load(Relaxed) {
            break;
        }
        let began = Instant::now();
        stream.write_all(request).map_err(broken)?;
        // Its answers are small: they come at once or not at all.
        let read = stream.read(&mut buffer).map_err(broken)?;
        fared.micros.push(began.elapsed().as_secs_f64() * 1e6);
        fared.refused += u64::from(!buffer[..read].starts_with(b"HTTP/1.1 200 "));
        std::thread::sleep(PAUSE);
    }
    fared.micros.sort_by(f64::total_cmp);
    Ok(fared)
}

/// What the server says of its queues.
struct Figures {
    queued: f64,
    under_way: f64,
}

fn figures(api: &Api, store: &std::path::Path) -> Result<Figures, String> {
    let path = store.join("operator-token");
    let token = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let url = format!("{}metrics", api.server.url());
    let answer = ureq::get(&url).header("authorization", format!("Bearer {}", token.trim())).call();
    let text = answer.and_then(|mut answer| answer.body_mut().read_to_string()).map_err(|error| error.to_string())?;
    let figure = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|value| value.parse().ok()).ok_or_else(|| format!("the server does not tell {name}"))
    };
    Ok(Figures {
        queued: figure("crossconnect_queued_jobs_most")?,
        under_way: figure("crossconnect_calls_under_way_most")?,
    })
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
