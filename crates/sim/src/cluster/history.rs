//! What clients did about one thing that not all of them can have, and whether that can have happened in some order.
//!
//! A history is linearizable if each call can be given a moment between its beginning and its end, at which it takes
//! effect at once, so that every answer is right. A call without an answer took effect at some moment after it began, or
//! never.

use std::collections::BTreeSet;

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// To get a place.
    Take,
    /// To give it up again.
    Release,
}

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is done.
    Done,
    /// There is no place left.
    Full,
    /// Nothing: it may have been done, or will be, or neither.
    Nothing,
}

/// One call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// Whose: less than 64.
    pub client: usize,
    /// What it tried.
    pub act: Act,
    /// What it was answered.
    pub said: Said,
    /// When it was begun, by a clock that all share.
    pub begun: u64,
    /// When it was answered.
    pub ended: u64,
}

/// Whether these calls about `places` places are linearizable.
pub fn is_linearizable(places: usize, calls: &[Call]) -> bool {
    let mut calls = calls.to_vec();
    calls.sort_by_key(|call| call.begun);
    let mut seen = BTreeSet::new();
    let start = Reached { first: 0, done: BTreeSet::new(), holders: 0 };
    let mut open = vec![start];
    while let Some(reached) = open.pop() {
        if !seen.insert(reached.clone()) {
            continue;
        }
        let left = (reached.first..calls.len()).filter(|at| !reached.done.contains(at));
        let left: Vec<usize> = left.collect();
        if left.iter().all(|at| calls[*at].said == Said::Nothing) {
            return true;
        }
        // A call may be the next one unless another has ended before it was begun.
        let ended = left.iter().filter(|at| calls[**at].said != Said::Nothing).map(|at| calls[*at].ended).min();
        for at in left.iter().copied().filter(|at| ended.is_none_or(|ended| calls[*at].begun <= ended)) {
            open.extend(reached.after(&calls[at], places).map(|holders| reached.with(at, holders)));
        }
    }
    false
}

/// Calls that have taken effect, and who holds a place then.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reached {
    /// All before this one have.
    first: usize,
    done: BTreeSet<usize>,
    holders: u64,
}

impl Reached {
    /// Who holds a place after this call as well, if its answer can be right.
    fn after(&self, call: &Call, places: usize) -> Option<u64> {
        let place = 1 << call.client;
        let (holds, is_full) = (self.holders & place != 0, self.holders.count_ones() as usize >= places);
        match (call.act, call.said) {
            (Act::Take, Said::Done | Said::Nothing) => (!holds && !is_full).then_some(self.holders | place),
            (Act::Take, Said::Full) => (!holds && is_full).then_some(self.holders),
            (Act::Release, Said::Done | Said::Nothing) => holds.then_some(self.holders & !place),
            (Act::Release, Said::Full) => None,
        }
    }

    fn with(&self, at: usize, holders: u64) -> Self {
        let mut next = Reached { holders, ..self.clone() };
        next.done.insert(at);
        while next.done.remove(&next.first) {
            next.first += 1;
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(client: usize, act: Act, said: Said, begun: u64, ended: u64) -> Call {
        Call { client, act, said, begun, ended }
    }

    #[test]
    fn one_place() {
        use Act::{Release, Take};
        use Said::{Done, Full};
        let twice = [call(0, Take, Done, 0, 5), call(1, Take, Done, 1, 6)];
        assert!(!is_linearizable(1, &twice), "given out twice");
        assert!(is_linearizable(2, &twice));
        let early = [call(1, Take, Full, 0, 3), call(0, Take, Done, 4, 5)];
        assert!(!is_linearizable(1, &early), "refused before anybody had it");
        let during = [call(1, Take, Full, 0, 5), call(0, Take, Done, 4, 6)];
        assert!(is_linearizable(1, &during));
        let freed = [call(0, Take, Done, 0, 1), call(0, Release, Done, 2, 3), call(1, Take, Full, 4, 5)];
        assert!(!is_linearizable(1, &freed), "refused after it was free");
        let lost = [call(0, Take, Done, 0, 1), call(1, Take, Done, 2, 3)];
        assert!(!is_linearizable(1, &lost), "the first one's effect is lost");
    }

    #[test]
    fn calls_without_an_answer() {
        use Act::Take;
        use Said::{Done, Full, Nothing};
        assert!(is_linearizable(1, &[call(0, Take, Nothing, 0, 1), call(1, Take, Full, 2, 3)]), "it was done");
        assert!(is_linearizable(1, &[call(0, Take, Nothing, 0, 1), call(1, Take, Done, 2, 3)]), "it was not");
        let late = [call(0, Take, Nothing, 5, 6), call(1, Take, Full, 0, 3)];
        assert!(!is_linearizable(1, &late), "it cannot be done before it was begun");
    }
}
