//! A store in etcd as an engine with one writer: what restores a backup, and what the suite of engines tests.
//!
//! Each commit compares the number of the one before, so that two writers are noticed, and one that was given up for
//! lost can not come later.

use crate::client::Client;
use crate::grpc::CallError;
use crate::keys::Keys;
use crate::messages::{CompareResult, TxnRequest};
use crate::options::Options;
use crate::rows::{self, LoadError};
use crate::setup;
use crate::transaction::{decode_time, delete, encode_time, marks, one, operations, put, version};
use crossconnect_store::{EachRow, Engine, Group, LastGroup, StoreError};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How long the cluster is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// A store in etcd, written by this alone.
#[derive(Debug)]
pub struct Etcd {
    client: Client,
    keys: Keys,
    runtime: Runtime,
    is_failed: bool,
}

impl Etcd {
    /// Opens the store, or makes one where there is nothing. Must not be called where blocking is forbidden.
    ///
    /// # Errors
    /// The cluster cannot be reached or refuses us.
    pub fn open(options: Options) -> Result<Self, StoreError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(|error| setup::engine(&options, format!("cannot start threads: {error}")))?;
        let (keys, client) = (Keys::new(&options.prefix), Client::new(options));
        runtime.block_on(setup::prepare(&client, &keys, Instant::now() + PATIENCE))?;
        Ok(Etcd { client, keys, runtime, is_failed: false })
    }

    /// Takes everything away, so that the next commit is the first. Nodes that run notice it, and load anew.
    ///
    /// # Errors
    /// The cluster did not do it, or did not answer: then it may have.
    pub fn wipe(&mut self) -> Result<(), StoreError> {
        let (first, end) = self.keys.records();
        let success =
            vec![delete(first, end), delete(self.keys.head(), Vec::new()), put(self.keys.time(), encode_time(0), 0)];
        let wiped = self.runtime.block_on(self.client.txn(&TxnRequest { success, ..TxnRequest::default() }));
        wiped.map(drop).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &CallError) -> StoreError {
        setup::call(self.client.options(), error)
    }

    fn require_order(&self) -> Result<(), StoreError> {
        let reason = "an earlier write failed, and it was not reopened since".to_owned();
        if self.is_failed { Err(setup::engine(self.client.options(), reason)) } else { Ok(()) }
    }
}

impl Engine for Etcd {
    fn load(&mut self, each: &mut EachRow<'_>) -> Result<LastGroup, StoreError> {
        self.require_order()?;
        // Rows are passed on once all have come: a load that begins anew must not pass any twice.
        let rows = std::sync::Mutex::new(Vec::new());
        let locked = || rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut keep = |key: &[u8], value: &[u8]| {
            locked().push((key.to_vec(), value.to_vec()));
            Ok(())
        };
        let mut begin = || locked().clear();
        let deadline = Instant::now() + PATIENCE;
        let loading = rows::load(&self.client, &self.keys, deadline, &mut begin, &mut keep);
        let loaded = self.runtime.block_on(loading).map_err(|error| match error {
            LoadError::Call(error) => setup::call(self.client.options(), &error),
            LoadError::Store(error) => error,
        })?;
        for (key, value) in &*locked() {
            each(key, value)?;
        }
        Ok(loaded.last)
    }

    fn last(&mut self) -> Result<LastGroup, StoreError> {
        self.require_order()?;
        let deadline = Instant::now() + PATIENCE;
        let asked = self.runtime.block_on(self.client.range(&one(self.keys.head()), deadline));
        let answer = asked.map_err(|error| setup::call(self.client.options(), &error))?;
        let head = answer.kvs.first().map(|head| (u64::try_from(head.version), decode_time(&head.value)));
        Ok(head.map_or_else(LastGroup::default, |(number, at)| LastGroup {
            number: number.unwrap_or_default(),
            at: at.unwrap_or_default(),
        }))
    }

    fn commit(&mut self, group: &Group) -> Result<(), StoreError> {
        self.require_order()?;
        let before = i64::try_from(group.number - 1).expect("etcd counts versions in signed numbers");
        let mut success: Vec<_> = group
            .writes
            .iter()
            .map(|(key, value)| match value {
                Some(value) => put(self.keys.record(key), value.clone(), 0),
                None => delete(self.keys.record(key), Vec::new()),
            })
            .collect();
        success.extend(marks(&self.keys, group.at));
        let compare = vec![version(&self.keys.head(), CompareResult::Equal, before)];
        let request = TxnRequest { compare, success, failure: Vec::new() };
        let error = match self.runtime.block_on(self.client.txn(&request)) {
            Ok(answer) if answer.succeeded => return Ok(()),
            Ok(_) => StoreError::Overtaken { place: self.client.options().to_string(), number: group.number },
            Err(error) if error.is_too_many_operations() => {
                return Err(StoreError::TooManyOperations { operations: operations(&request) });
            }
            Err(error) => self.failed(&error),
        };
        self.is_failed = true;
        Err(error)
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        self.is_failed = false;
        self.runtime.block_on(setup::mark(&self.client, &self.keys, Instant::now() + PATIENCE))
    }

    fn close(&mut self) -> Result<(), StoreError> {
        self.require_order()
    }
}
