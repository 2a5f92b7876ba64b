//! The records of a group as the engine keeps them beside it, until the trail has them durably.

use super::trail::{Trail, Written};
use minicbor::bytes::ByteSlice;
use minicbor::{Decode, Encode};
use std::collections::VecDeque;

/// How many bytes of records are kept beside one group: a longer group waits for the trail instead.
const KEPT_MAX: usize = 1 << 20;
/// From how many bytes of records on that are not durable the trail is to be synced at once.
const WANTED: usize = 1 << 20;
/// How many bytes of them there may be: further groups wait for the trail.
const PENDING_MAX: usize = 16 << 20;

/// What is kept beside a group. Field numbers are never used twice.
#[derive(Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct Kept<'b> {
    /// The number of the first record.
    #[n(0)]
    pub(super) first: u64,
    /// How many of them, the first ones, do not rest on the commit.
    #[n(1)]
    pub(super) free: usize,
    /// All records, in order.
    #[b(2)]
    pub(super) records: Vec<&'b ByteSlice>,
}

impl<'b> Kept<'b> {
    /// Of some records; nothing where they are too long to be kept.
    pub(super) fn of(first: u64, free: usize, records: &'b [Vec<u8>]) -> Option<Self> {
        let is_short = length(records) <= KEPT_MAX;
        is_short.then(|| Kept { first, free, records: records.iter().map(|record| (&**record).into()).collect() })
    }

    /// As it is kept.
    pub(super) fn bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("a vector takes everything")
    }
}

/// A group that was committed, and whose records the trail may not have durably.
struct Pending {
    number: u64,
    free: usize,
    records: Vec<Vec<u8>>,
    last: Written,
}

/// Groups that were committed, and whose records the trail may not have durably, in their order.
#[derive(Default)]
pub(super) struct Unsettled {
    groups: VecDeque<Pending>,
    bytes: usize,
    /// The last group whose records the trail has, as far as is known.
    settled: u64,
    /// How often the trail had lost records when these were compared with it.
    losses: usize,
}

impl Unsettled {
    /// Takes the records of a group that was committed.
    pub(super) fn add(&mut self, number: u64, free: usize, records: Vec<Vec<u8>>, last: Written) {
        self.bytes += length(&records);
        self.groups.push_back(Pending { number, free, records, last });
    }

    /// Up to which group the trail has all records. Those that a failed sync has lost are written again; where too much
    /// is not durable, that is waited for.
    pub(super) fn settle(&mut self, trail: &Trail) -> Result<u64, String> {
        let losses = trail.losses();
        if losses != self.losses {
            for group in self.groups.iter_mut().filter(|group| !trail.has(group.last)) {
                group.last =
                    trail.write(marked(group.records.iter().map(|record| &**record), group.free, group.number))?;
            }
            self.losses = losses;
        }
        if let Some(last) = self.groups.back().filter(|_| self.bytes > WANTED) {
            trail.want(last.last);
            if self.bytes > PENDING_MAX {
                trail.wait(last.last)?;
            }
        }
        while let Some(group) = self.groups.front().filter(|group| trail.has_durably(group.last)) {
            self.settled = group.number;
            self.bytes -= length(&group.records);
            self.groups.pop_front();
        }
        Ok(self.settled)
    }
}

/// Records with their marks: those that rest on the commit bear the number of the group.
pub(super) fn marked<'r>(
    records: impl Iterator<Item = &'r [u8]> + Clone,
    free: usize,
    group: u64,
) -> impl Iterator<Item = (u64, &'r [u8])> + Clone {
    records.enumerate().map(move |(index, record)| (if index >= free { group } else { 0 }, record))
}

fn length(records: &[Vec<u8>]) -> usize {
    records.iter().map(Vec::len).sum()
}
