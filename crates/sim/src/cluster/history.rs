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
///
/// Calls that may yet come late, each of somebody who is not heard of otherwise, differ only in when they were begun: of
/// those that have not taken effect only the first can be the next, so that they add little to what is searched.
pub fn is_linearizable(places: usize, calls: &[Call]) -> bool {
    let mut calls = calls.to_vec();
    calls.sort_by_key(|call| call.begun);
    let is_alone = |call: &Call| calls.iter().filter(|other| other.client == call.client).count() == 1;
    let comes_late = |call: &Call| call.act == Act::Take && call.said == Said::Nothing && is_alone(call);
    let (late, calls): (Vec<Call>, Vec<Call>) = calls.iter().partition(|call| comes_late(call));
    let mut seen = BTreeSet::new();
    let start = Reached { first: 0, done: BTreeSet::new(), late: 0, holders: 0 };
    let mut open = vec![start];
    while let Some(reached) = open.pop() {
        if !seen.insert(reached.clone()) {
            continue;
        }
        let left: Vec<usize> = (reached.first..calls.len()).filter(|at| !reached.done.contains(at)).collect();
        if left.iter().all(|at| calls[*at].said == Said::Nothing) {
            return true;
        }
        // A call may be the next one unless another has ended before it was begun.
        let ended = left.iter().filter(|at| calls[**at].said != Said::Nothing).map(|at| calls[*at].ended).min();
        let may_be_next = |call: &Call| ended.is_none_or(|ended| call.begun <= ended);
        for at in left.iter().copied().filter(|at| may_be_next(&calls[*at])) {
            open.extend(reached.after(&calls[at], places).map(|holders| reached.with(at, holders)));
        }
        let late = late.get(reached.late).filter(|call| may_be_next(call));
        let holders = late.and_then(|call| reached.after(call, places));
        open.extend(holders.map(|holders| Reached { late: reached.late + 1, holders, ..reached.clone() }));
    }
    false
}

/// Calls that have taken effect, and who holds a place then.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reached {
    /// All before this one have.
    first: usize,
    done: BTreeSet<usize>,
    /// So many of those that came late have.
    late: usize,
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

    #[test]
    fn two_calls_of_one_client_that_came_late() {
        use Act::{Release, Take};
        use Said::{Done, Full, Nothing};
        // Found to have the place at 50 since a call of 5, given up at 60, and found to have it again since one of 10.
        let mut calls = vec![
            call(1, Take, Done, 0, 1),
            call(1, Release, Done, 20, 21),
            call(0, Take, Nothing, 5, 50),
            call(0, Release, Done, 55, 60),
            call(0, Take, Nothing, 10, 80),
            call(0, Release, Done, 85, 90),
        ];
        assert!(is_linearizable(1, &calls));
        calls.push(call(1, Take, Full, 61, 79));
        assert!(is_linearizable(1, &calls), "it had come again");
        calls.push(call(1, Take, Full, 91, 92));
        assert!(!is_linearizable(1, &calls), "nobody has it then");
    }

    /// Histories as the slowest machine makes them: everybody's calls overlap, and each has some that may come late.
    #[test]
    fn many_calls_that_may_come_late_are_searched_quickly() {
        use Act::{Release, Take};
        use Said::{Done, Full, Nothing};
        let mut calls = Vec::new();
        for round in 0..40 {
            let at = round * 100;
            calls.extend((0..3).map(|client| call(client, Take, Done, at + client as u64, at + 60)));
            calls.extend((3..5).map(|client| call(client, Take, Full, at + 30, at + 90)));
            calls.extend((0..3).map(|client| call(client, Release, Done, at + 65, at + 99)));
        }
        calls.extend((5..55).map(|client| call(client, Take, Nothing, 5 * client as u64, 3_000)));
        assert!(is_linearizable(3, &calls));
        // Nothing can explain this: it is the case in which everything is searched.
        calls.push(call(0, Release, Done, 9_000, 9_001));
        assert!(!is_linearizable(3, &calls));
    }
}
