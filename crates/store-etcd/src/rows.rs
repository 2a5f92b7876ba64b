//! Everything that a store holds, read as of one revision, and what each later commit changes.

use crate::client::Client;
use crate::grpc::CallError;
use crate::keys::{FORMAT, Keys, Watched};
use crate::messages::{Event, EventType, RangeRequest, WatchResponse};
use crate::transaction::{decode_time, one};
use crossconnect_store::{LastGroup, StoreError};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

/// Rows of one page.
const PAGE: i64 = 1000;
/// How often a load begins anew because its revision is not kept any more.
const RESTARTS_MAX: usize = 5;

/// What a load has found beside the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Loaded {
    /// The revision as of which everything was read.
    pub(crate) revision: i64,
    /// The revision of the last commit.
    pub(crate) head: i64,
    /// Its own time.
    pub(crate) committed: i64,
    /// The last commit, with the latest time of any.
    pub(crate) last: LastGroup,
}

/// A commit, as its events tell it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Commit {
    pub(crate) revision: i64,
    /// The commit's number and time; none of what a node writes beside commits.
    pub(crate) last: Option<LastGroup>,
    pub(crate) writes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    /// Everything was taken away.
    pub(crate) is_end: bool,
    /// What nodes' clocks show, or that they have gone.
    pub(crate) beats: Vec<(Vec<u8>, Option<i64>)>,
}

/// Why there is no load.
#[derive(Debug)]
pub(crate) enum LoadError {
    /// etcd did not answer, or would not.
    Call(CallError),
    /// What it holds is of no use.
    Store(StoreError),
}

impl From<CallError> for LoadError {
    fn from(error: CallError) -> Self {
        LoadError::Call(error)
    }
}

impl From<StoreError> for LoadError {
    fn from(error: StoreError) -> Self {
        LoadError::Store(error)
    }
}

/// Takes one record.
pub(crate) type Each<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), StoreError> + Send + 'a;

/// Passes every record to `each`, in the order of their keys. After an error some may have been passed.
///
/// `begin` is called before the first one of each try.
pub(crate) async fn load(
    client: &Client,
    keys: &Keys,
    deadline: Instant,
    begin: &mut (dyn FnMut() + Send),
    each: &mut Each<'_>,
) -> Result<Loaded, LoadError> {
    let mut restarts = 0;
    loop {
        begin();
        match load_once(client, keys, deadline, each).await {
            Err(LoadError::Call(error)) if error.is_compacted() && restarts < RESTARTS_MAX => restarts += 1,
            result => return result,
        }
    }
}

async fn load_once(client: &Client, keys: &Keys, deadline: Instant, each: &mut Each<'_>) -> Result<Loaded, LoadError> {
    // Its revision is the one of all that follows.
    let format = client.range(&one(keys.format()), deadline).await?;
    let mut loaded = Loaded { revision: format.header.map_or(0, |header| header.revision), ..Loaded::default() };
    if let Some(format) = format.kvs.first() {
        check_format(client, &format.value)?;
    }
    let revision = loaded.revision;
    let at = |key| RangeRequest { revision, ..one(key) };
    if let Some(head) = client.range(&at(keys.head()), deadline).await?.kvs.first() {
        loaded.head = head.mod_revision;
        loaded.committed = decode_time(&head.value).unwrap_or_default();
        loaded.last.number = u64::try_from(head.version).unwrap_or_default();
    }
    if let Some(time) = client.range(&at(keys.time()), deadline).await?.kvs.first() {
        let undecodable = || StoreError::Undecodable { key: "time".to_owned(), reason: "it is no time".to_owned() };
        let at = decode_time(&time.value).ok_or_else(undecodable)?;
        loaded.last.at = if loaded.last.number > 0 { at } else { 0 };
    }
    let (mut key, range_end) = keys.records();
    loop {
        let request = RangeRequest { range_end: range_end.clone(), limit: PAGE, ..at(key.clone()) };
        let page = client.range(&request, deadline).await?;
        for row in &page.kvs {
            if let Some(Watched::Record(record)) = keys.read(&row.key) {
                each(record, &row.value)?;
            }
        }
        match page.kvs.last().filter(|_| page.more) {
            Some(last) => key = [last.key.as_slice(), b"\0"].concat(),
            None => return Ok(loaded),
        }
    }
}

fn check_format(client: &Client, value: &[u8]) -> Result<(), StoreError> {
    let path = PathBuf::from(client.options().to_string());
    let found = std::str::from_utf8(value).ok().and_then(|text| text.parse::<u32>().ok());
    match found {
        Some(found) if found <= FORMAT => Ok(()),
        Some(found) => Err(StoreError::NewerRelease { path, found, supported: FORMAT }),
        None => Err(StoreError::Foreign { path, found: "format".to_owned() }),
    }
}

/// The commits of a watch's answer, in their order. All events of one commit come in one answer.
pub(crate) fn commits(keys: &Keys, answer: &WatchResponse) -> Vec<Commit> {
    let mut commits: Vec<Commit> = Vec::new();
    for event in &answer.events {
        let Some(kv) = &event.kv else { continue };
        if commits.last().is_none_or(|commit| commit.revision != kv.mod_revision) {
            commits.push(Commit { revision: kv.mod_revision, ..Commit::default() });
        }
        let Some(commit) = commits.last_mut() else { continue };
        commit.add(keys, event);
    }
    commits
}

impl Commit {
    fn add(&mut self, keys: &Keys, event: &Event) {
        let Some(kv) = &event.kv else { return };
        let value = (event.kind == i32::from(EventType::Put)).then_some(&kv.value);
        match keys.read(&kv.key) {
            Some(Watched::Record(key)) => drop(self.writes.insert(key.to_vec(), value.cloned())),
            Some(Watched::Node(node)) => {
                self.beats.push((node.to_vec(), value.and_then(|value| decode_time(value))));
            }
            Some(Watched::Head) if value.is_none() => self.is_end = true,
            Some(Watched::Head) => {
                let at = value.and_then(|value| decode_time(value)).unwrap_or_default();
                self.last = Some(LastGroup { number: u64::try_from(kv.version).unwrap_or_default(), at });
            }
            None => {}
        }
    }
}
