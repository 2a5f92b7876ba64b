//! A decision as one transaction of etcd: what is compared, what is written.
//!
//! A row is compared by the revision of its last write, which must not be later than the state that was decided on. One
//! that was found must also still be there, since what is removed has no revision any more. Guards are never removed
//! while anybody could compare them.

use crate::client::op;
use crate::keys::Keys;
use crate::messages::{
    Compare, CompareResult, CompareTarget, DeleteRangeRequest, Op, Operand, PutRequest, RangeRequest, RequestOp,
    TxnRequest,
};
use crossconnect_core::{Guard, State};
use crossconnect_store::shared::{Expected, Transaction};
use std::collections::BTreeSet;

/// From how many removed rows on they are removed as ranges, where nothing else lies between them.
const RANGES_FROM: usize = 64;

/// The fence that a node knows of: what was sent under an earlier one can be committed no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fence {
    pub(crate) key: Vec<u8>,
    pub(crate) revision: i64,
}

/// The transaction for what was decided on `state`. Where it fails, it answers the head and the fence.
pub(crate) fn request(keys: &Keys, transaction: &Transaction, state: &State, fence: &Fence) -> TxnRequest {
    let since = i64::try_from(transaction.since).expect("etcd counts revisions in signed numbers");
    let mut compare = vec![mod_revision(&fence.key, CompareResult::Equal, fence.revision)];
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

/// How many operations etcd counts.
pub(crate) fn operations(request: &TxnRequest) -> usize {
    // The inner transaction counts on top.
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

fn writes(keys: &Keys, transaction: &Transaction, state: &State) -> Vec<RequestOp> {
    let written = |(row, value): (&Vec<u8>, &Option<Vec<u8>>)| match value {
        Some(value) => put(keys.record(row), value.clone(), 0),
        None => delete(keys.record(row), Vec::new()),
    };
    let removed = transaction.writes.values().filter(|value| value.is_none()).count();
    // Whoever takes everything away has scanned everything: nobody can have put another row between.
    if removed < RANGES_FROM || !transaction.guards.contains(&Guard::All.encode()) {
        return transaction.writes.iter().map(written).collect();
    }
    let kept: BTreeSet<Vec<u8>> = state
        .records()
        .map(|record| record.key().encode())
        .filter(|key| !transaction.writes.contains_key(key))
        .collect();
    let mut operations = Vec::new();
    let mut run: Option<(&Vec<u8>, &Vec<u8>)> = None;
    let close = |run: Option<(&Vec<u8>, &Vec<u8>)>, operations: &mut Vec<RequestOp>| {
        if let Some((first, last)) = run {
            let end = [keys.record(last).as_slice(), b"\0"].concat();
            operations.push(delete(keys.record(first), end));
        }
    };
    for (row, value) in &transaction.writes {
        let is_next = |(_, last): &(&Vec<u8>, &Vec<u8>)| kept.range((*last).clone()..row.clone()).next().is_none();
        match (value, run) {
            (None, Some(open)) if is_next(&open) => run = Some((open.0, row)),
            (None, open) => {
                close(open, &mut operations);
                run = Some((row, row));
            }
            (Some(_), open) => {
                close(open, &mut operations);
                run = None;
                operations.push(written((row, value)));
            }
        }
    }
    close(run, &mut operations);
    operations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_the_order_of_their_bytes() {
        let times = [i64::MIN, -1, 0, 1, 1_800_000_000_000, i64::MAX];
        assert!(times.is_sorted_by_key(|at| encode_time(*at)));
        assert!(times.iter().all(|at| decode_time(&encode_time(*at)) == Some(*at)));
        assert_eq!(decode_time(b"short"), None);
    }
}
