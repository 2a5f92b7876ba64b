//! A decision as one transaction of etcd: what is compared, what is written.
//!
//! A row is compared by the revision of its last write, which must not be later than the state that was decided on. One
//! that was found must also still be there, since what is removed has no revision any more. A guard is removed only with
//! the row after which it is named, which whoever compares the guard compares as well. A row that is swept goes in an
//! inner transaction that compares it alone.

use crate::client::op;
use crate::keys::Keys;
use crate::messages::{
    Compare, CompareResult, CompareTarget, DeleteRangeRequest, Op, Operand, PutRequest, RangeRequest, RequestOp,
    TxnRequest,
};
use crossconnect_core::{Guard, Key, State};
use crossconnect_store::shared::{Expected, Transaction};
use crossconnect_store::snapshot::RESTORING;
use std::collections::BTreeSet;

/// From how many removed rows on they are removed as ranges, where nothing else lies between them.
const RANGES_FROM: usize = 64;
/// How many of a guard's first bytes say of what kind it is.
const KIND: usize = 2;

/// The fence that a node knows of: what was sent under an earlier one can be committed no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fence {
    pub(crate) key: Vec<u8>,
    pub(crate) revision: i64,
}

/// The transaction for what was decided on `state`. Where it fails, it answers the head and the fence.
pub(crate) fn request(keys: &Keys, transaction: &Transaction, state: &State, fence: &Fence) -> TxnRequest {
    let since = i64::try_from(transaction.since).expect("etcd counts revisions in signed numbers");
    // A snapshot that is being restored is nobody else's to change.
    let restoring = version(&keys.record(RESTORING), CompareResult::Equal, 0);
    let mut compare = vec![mod_revision(&fence.key, CompareResult::Equal, fence.revision), restoring];
    for (row, expected) in &transaction.rows {
        let key = keys.record(row);
        match expected {
            Expected::Absent => compare.push(version(&key, CompareResult::Equal, 0)),
            Expected::Present => {
                compare.push(version(&key, CompareResult::Greater, 0));
                compare.push(mod_revision(&key, CompareResult::Less, since + 1));
            }
            Expected::Lasting => compare.push(mod_revision(&key, CompareResult::Less, since + 1)),
        }
    }
    let guards = transaction.guards.iter().map(|guard| keys.guard(guard));
    compare.extend(guards.map(|guard| mod_revision(&guard, CompareResult::Less, since + 1)));
    let mut success = writes(keys, transaction, state);
    success.extend(transaction.swept.iter().map(|row| sweep(keys.record(row), since)));
    success.extend(transaction.bumps.iter().map(|guard| put(keys.guard(guard), Vec::new(), 0)));
    success.extend(marks(keys, transaction.at));
    let failure = vec![op(Op::Range(one(keys.head()))), op(Op::Range(one(fence.key.clone())))];
    TxnRequest { compare, success, failure }
}

/// What every commit writes: the head, and the latest time, if that is its own.
pub(crate) fn marks(keys: &Keys, at: i64) -> [RequestOp; 2] {
    let time = encode_time(at);
    let is_later = Compare {
        result: CompareResult::Less.into(),
        target: CompareTarget::Value.into(),
        key: keys.time(),
        operand: Some(Operand::Value(time.clone())),
    };
    let later =
        TxnRequest { compare: vec![is_later], success: vec![put(keys.time(), time.clone(), 0)], failure: vec![] };
    [put(keys.head(), time, 0), op(Op::Txn(later))]
}

/// Deletes a key unless it was written after this revision.
fn sweep(key: Vec<u8>, since: i64) -> RequestOp {
    let compare = vec![mod_revision(&key, CompareResult::Less, since + 1)];
    op(Op::Txn(TxnRequest { compare, success: vec![delete(key, Vec::new())], failure: vec![] }))
}

/// How many operations etcd counts.
pub(crate) fn operations(request: &TxnRequest) -> usize {
    // Inner transactions count on top, each by itself.
    request.compare.len().max(request.success.len()) + 1
}

/// A time whose bytes are in the order of times.
pub(crate) fn encode_time(at: i64) -> Vec<u8> {
    (at as u64 ^ 1 << 63).to_be_bytes().to_vec()
}

/// What [`encode_time`] wrote.
pub(crate) fn decode_time(bytes: &[u8]) -> Option<i64> {
    Some((u64::from_be_bytes(bytes.try_into().ok()?) ^ 1 << 63) as i64)
}

pub(crate) fn put(key: Vec<u8>, value: Vec<u8>, lease: i64) -> RequestOp {
    op(Op::Put(PutRequest { key, value, lease }))
}

pub(crate) fn delete(key: Vec<u8>, range_end: Vec<u8>) -> RequestOp {
    op(Op::Delete(DeleteRangeRequest { key, range_end }))
}

/// One key, read.
pub(crate) fn one(key: Vec<u8>) -> RangeRequest {
    RangeRequest { key, ..RangeRequest::default() }
}

pub(crate) fn version(key: &[u8], result: CompareResult, version: i64) -> Compare {
    let operand = Some(Operand::Version(version));
    Compare { result: result.into(), target: CompareTarget::Version.into(), key: key.to_vec(), operand }
}

fn mod_revision(key: &[u8], result: CompareResult, revision: i64) -> Compare {
    let operand = Some(Operand::ModRevision(revision));
    Compare { result: result.into(), target: CompareTarget::Mod.into(), key: key.to_vec(), operand }
}

/// What becomes of records, and of the guards that go with them.
fn writes(keys: &Keys, transaction: &Transaction, state: &State) -> Vec<RequestOp> {
    let gone: Vec<&Vec<u8>> =
        transaction.writes.iter().filter_map(|(row, value)| value.is_none().then_some(row)).collect();
    let changed = transaction.writes.iter().filter_map(|(row, value)| Some((row, value.as_ref()?)));
    let mut operations: Vec<RequestOp> = changed.map(|(row, value)| put(keys.record(row), value.clone(), 0)).collect();
    let ends: Vec<&Vec<u8>> = transaction.ends.iter().collect();
    // Whoever takes everything away has scanned everything: nobody can have put another row between.
    if gone.len() < RANGES_FROM || !transaction.guards.contains(&Guard::All.encode()) {
        operations.extend(gone.iter().map(|row| delete(keys.record(row), Vec::new())));
        operations.extend(ends.iter().map(|guard| delete(keys.guard(guard), Vec::new())));
        return operations;
    }
    let kept: Vec<Key> = state.records().map(|record| record.key()).collect();
    let guards = kept.iter().flat_map(Guard::owned).map(|guard| guard.encode());
    let guards = guards.filter(|guard| !transaction.ends.contains(guard)).collect();
    let put = transaction.writes.iter().filter(|(_, value)| value.is_some()).map(|(row, _)| row.clone());
    let rows = kept.iter().map(Key::encode).filter(|row| !transaction.writes.contains_key(row)).chain(put).collect();
    operations.extend(runs(&gone, &rows).map(|(first, last)| delete(keys.record(first), after(keys.record(last)))));
    // Guards of one kind lie together; between kinds there are those that stay.
    for kind in ends.chunk_by(|one, next| one.get(..KIND) == next.get(..KIND)) {
        operations.extend(runs(kind, &guards).map(|(first, last)| delete(keys.guard(first), after(keys.guard(last)))));
    }
    operations
}

/// The first and the last of each run of keys between which nothing is kept. Keys must be in order.
fn runs<'k>(gone: &[&'k Vec<u8>], kept: &BTreeSet<Vec<u8>>) -> impl Iterator<Item = (&'k Vec<u8>, &'k Vec<u8>)> {
    let runs = gone.chunk_by(|one, next| kept.range((*one).clone()..(*next).clone()).next().is_none());
    runs.filter_map(|run| Some((*run.first()?, *run.last()?))).collect::<Vec<_>>().into_iter()
}

/// The key right after this one.
fn after(key: Vec<u8>) -> Vec<u8> {
    [key.as_slice(), b"\0"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossconnect_core::ids::LagId;
    use crossconnect_core::model::virtual_interface::Parent;

    #[test]
    fn what_goes_together_goes_as_a_range_between_what_stays() {
        let keys = |text: &str| text.bytes().map(|key| vec![key]).collect::<Vec<_>>();
        let (gone, kept) = (keys("abdfg"), keys("ce").into_iter().collect());
        let gone: Vec<&Vec<u8>> = gone.iter().collect();
        let found: Vec<String> =
            runs(&gone, &kept).map(|(first, last)| format!("{}{}", first[0] as char, last[0] as char)).collect();
        assert_eq!(found, ["ab", "dd", "fg"]);
    }

    #[test]
    fn guards_of_one_kind_begin_alike() {
        let lag = LagId::LEAST;
        let [members, hosted] = [Guard::Members(lag), Guard::HostedOn(Parent::Lag(lag))].map(|guard| guard.encode());
        assert_ne!(members[..KIND], hosted[..KIND]);
        assert_eq!(hosted[..KIND], Guard::HostedOn(Parent::LEAST).encode()[..KIND]);
    }

    #[test]
    fn times_are_in_the_order_of_their_bytes() {
        let times = [i64::MIN, -1, 0, 1, 1_800_000_000_000, i64::MAX];
        assert!(times.is_sorted_by_key(|at| encode_time(*at)));
        assert!(times.iter().all(|at| decode_time(&encode_time(*at)) == Some(*at)));
        assert_eq!(decode_time(b"short"), None);
    }
}
