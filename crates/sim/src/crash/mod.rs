//! Crash loops: a real server under load, killed at a random moment, started again, and asked what it still knows.
//!
//! After every kill each acknowledged change must be there, each unacknowledged one either whole or not at all, a call
//! that is repeated with its invocation id must not act twice, the audit trail must be sound and have each of them, and the
//! store's records must hold all invariants.

mod book;
pub(crate) mod client;
pub mod copies;
pub mod full;
pub(crate) mod ledger;
mod orders;
pub mod power;
pub mod report;
pub(crate) mod store;
mod trail;
mod world;

use crate::process::Server;
use crate::random::Random;
use book::Book;
use client::Client;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Room for many connections, and states that are over at once.
pub(crate) const CONFIG: &str = r#"
[lifecycle]
preset = "instant"
[quotas]
connections_per_location = 100000
lags_per_region = 100000
[plant]
devices_per_location = 64
ports_per_speed = 4096
"#;
/// Two of the clients are partners.
const PARTNERS: &str = r#"
[[account]]
id = "111100000000"
partner = "v2"
[[account]]
id = "111100000001"
partner = "v2"
"#;
/// How many clients load the server at once. Each one has an account of its own.
const CLIENTS: u64 = 4;
/// The server is killed after at least and at most so many milliseconds of load.
const LOAD_MS: std::ops::Range<usize> = 50..350;

/// Is told of what a run has seen so far.
pub type Progress<'a, T> = &'a mut dyn FnMut(&T);

/// What a run has seen.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Kills survived.
    pub kills: u64,
    /// Changes that were acknowledged.
    pub acknowledged: u64,
    /// The same, by operation.
    pub operations: BTreeMap<&'static str, u64>,
    /// Calls that were refused, as a call for what is not there must be.
    pub refused: u64,
    /// Calls whose outcome the kill left unknown, repeated after the restart.
    pub repeated: u64,
    /// Repeated calls that had been committed before the kill.
    pub replayed: u64,
    /// Acknowledged changes that were found in the audit trail, which verified.
    pub recorded: u64,
}

/// Kills the server `kills` times over one store in `directory`, and tells `progress` after each.
///
/// # Errors
/// What was lost, doubled or broken, and the seed; or why the server did not start.
pub fn run(
    binary: &Path,
    directory: &Path,
    kills: u64,
    seed: u64,
    progress: Progress<'_, Tally>,
) -> Result<Tally, String> {
    let config = directory.join("crash.toml");
    std::fs::write(&config, format!("{CONFIG}{PARTNERS}")).map_err(|error| format!("{}: {error}", config.display()))?;
    let store = directory.join("store");
    let options =
        ["--store".as_ref(), store.as_os_str(), "--config".as_ref(), config.as_os_str(), "--audit=on".as_ref()];
    let mut ledgers: Vec<Book> = (0..CLIENTS).map(|number| Book::new(number, seed)).collect();
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    for _ in 0..kills {
        let mut server = Server::start(binary, &options)?;
        check(&server, &mut ledgers)?;
        let began = jiff::Timestamp::now();
        let milliseconds = LOAD_MS.start + random.below(LOAD_MS.end - LOAD_MS.start);
        let url = server.url().to_owned();
        load(&url, &mut ledgers, milliseconds, || server.kill())?;
        server.wait()?;
        store::check(&store)?;
        tally.recorded += trail::check(binary, &store, began, &mut ledgers)?;
        tally.kills += 1;
        tally.count(&ledgers);
        progress(&tally);
    }
    let mut server = Server::start(binary, &options)?;
    check(&server, &mut ledgers)?;
    server.stop()?;
    tally.count(&ledgers);
    Ok(tally)
}

impl Tally {
    fn count(&mut self, ledgers: &[Book]) {
        let sum = |of: fn(&Book) -> u64| ledgers.iter().map(of).sum();
        self.refused = sum(|ledger| ledger.refused);
        self.repeated = sum(|ledger| ledger.repeated);
        self.replayed = sum(|ledger| ledger.replayed);
        self.operations = orders::OPERATIONS.into_iter().map(|operation| (operation, 0)).collect();
        for (operation, count) in ledgers.iter().flat_map(|ledger| &ledger.acknowledged) {
            *self.operations.entry(operation).or_default() += count;
        }
        self.acknowledged = self.operations.values().sum();
    }
}

/// Compares what the server lists with what it acknowledged, and repeats what was left unknown.
fn check(server: &Server, ledgers: &mut [Book]) -> Result<(), String> {
    ledgers.iter_mut().try_for_each(|ledger| ledger.check(&Client::new(server.url(), ledger.account())))
}

/// All clients at work, until `kill` ends the server under them.
fn load(
    url: &str,
    ledgers: &mut [Book],
    milliseconds: usize,
    kill: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let workers: Vec<_> = ledgers
            .iter_mut()
            .map(|ledger| {
                let over = &over;
                scope.spawn(move || {
                    let client = Client::new(url, ledger.account());
                    while !over.load(Ordering::Relaxed) && ledger.step(&client)? {}
                    Ok(())
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(milliseconds as u64));
        let killed = kill();
        over.store(true, Ordering::Relaxed);
        let worked =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err("a client panicked".into())));
        worked.collect::<Result<Vec<()>, String>>()?;
        killed
    })
}
