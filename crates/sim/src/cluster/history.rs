//! What clients did about one thing that not all of them can have, and whether that can have happened in some order.
//!
//! A history is linearizable if each call can be given a moment between its beginning and its end, at which it takes
//! effect at once, so that every answer is right. A call that may come late takes effect at some moment after it began, or
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
    /// Nothing that lasts: it may come late, and take a place then for nobody who gives it up, or never.
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
/// A call that was refused changes nothing: where it can be the next one, it is, and nothing else is tried in its place.
/// Calls that may come late differ only in when they were begun: of those that have not, only the first can be the next.
pub fn is_linearizable(places: usize, calls: &[Call]) -> bool {
    let mut calls = calls.to_vec();
    calls.sort_by_key(|call| call.begun);
    let (late, calls): (Vec<Call>, Vec<Call>) = calls.iter().partition(|call| call.said == Said::Nothing);
    let mut seen = BTreeSet::new();
    let mut open = vec![Reached { first: 0, done: BTreeSet::new(), late: 0, holders: 0 }];
    while let Some(mut reached) = open.pop() {
        let refused = |reached: &Reached| reached.next(&calls, places).find(|(at, _)| calls[*at].said == Said::Full);
        while let Some((at, holders)) = refused(&reached) {
            reached = reached.with(at, holders);
        }
        if reached.first == calls.len() {
            return true;
        }
        if !seen.insert(reached.clone()) {
            continue;
        }
        open.extend(reached.next(&calls, places).map(|(at, holders)| reached.with(at, holders)));
        let may_come = |call: &&Call| call.begun <= reached.ended(&calls) && !reached.is_full(places);
        open.extend(
            late.get(reached.late).filter(may_come).map(|_| Reached { late: reached.late + 1, ..reached.clone() }),
        );
    }
    false
}

/// Calls that have taken effect, and who holds a place then.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reached {
    /// All before this one have.
    first: usize,
    done: BTreeSet<usize>,
    /// So many of those that came late have, and hold a place.
    late: usize,
    holders: u64,
}

impl Reached {
    /// The calls that have not taken effect, with their places.
    fn left<'c>(&self, calls: &'c [Call]) -> impl Iterator<Item = (usize, &'c Call)> {
        calls.iter().enumerate().skip(self.first).filter(|(at, _)| !self.done.contains(at))
    }

    /// When the first of them ends: the next call was begun until then.
    fn ended(&self, calls: &[Call]) -> u64 {
        let mut ended = u64::MAX;
        for (_, call) in self.left(calls) {
            // Neither this one nor any after it ends before it was begun.
            if call.begun > ended {
                break;
            }
            ended = ended.min(call.ended);
        }
        ended
    }

    /// The calls that can be the next one, and who holds a place after each.
    fn next(&self, calls: &[Call], places: usize) -> impl Iterator<Item = (usize, u64)> {
        let ended = self.ended(calls);
        let begun = self.left(calls).take_while(move |(_, call)| call.begun <= ended);
        begun.filter_map(move |(at, call)| Some((at, self.after(call, places)?)))
    }

    fn is_full(&self, places: usize) -> bool {
        self.holders.count_ones() as usize + self.late >= places
    }

    /// Who holds a place after this call as well, if its answer can be right.
    fn after(&self, call: &Call, places: usize) -> Option<u64> {
        let place = 1 << call.client;
        let (holds, is_full) = (self.holders & place != 0, self.is_full(places));
        match (call.act, call.said) {
            (Act::Take, Said::Done) => (!holds && !is_full).then_some(self.holders | place),
            (Act::Take, Said::Full) => (!holds && is_full).then_some(self.holders),
            (Act::Release, Said::Done) => holds.then_some(self.holders & !place),
            (Act::Release, Said::Full) | (_, Said::Nothing) => None,
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
    use crate::random::Random;

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
        use Said::{Done, Full};
        // Found to have the place at 50 since a call of 5, given up at 60, and found to have it again since one of 10.
        let mut calls = vec![
            call(1, Take, Done, 0, 1),
            call(1, Release, Done, 20, 21),
            call(0, Take, Done, 5, 50),
            call(0, Release, Done, 55, 60),
            call(0, Take, Done, 10, 80),
            call(0, Release, Done, 85, 90),
        ];
        assert!(is_linearizable(1, &calls));
        calls.push(call(1, Take, Full, 61, 79));
        assert!(is_linearizable(1, &calls), "it had come again");
        calls.push(call(1, Take, Full, 91, 92));
        assert!(!is_linearizable(1, &calls), "nobody has it then");
    }

    /// Every order that there is, one after the other.
    fn has_an_order(places: usize, left: &[Call], holders: &[usize]) -> bool {
        if left.iter().all(|call| call.said == Said::Nothing) {
            return true;
        }
        let ended = left.iter().filter(|call| call.said != Said::Nothing).map(|call| call.ended).min();
        (0..left.len()).filter(|at| ended.is_none_or(|ended| left[*at].begun <= ended)).any(|at| {
            let (call, mut left, mut holders) = (left[at], left.to_vec(), holders.to_vec());
            left.remove(at);
            let (holds, is_full) = (holders.contains(&call.client), holders.len() >= places);
            let is_right = match (call.act, call.said) {
                (Act::Take, Said::Done) => !holds && !is_full,
                (Act::Take, Said::Full) => !holds && is_full,
                // Whoever it is for is nobody else.
                (Act::Take, Said::Nothing) => !is_full,
                (Act::Release, Said::Done) => holds,
                (Act::Release, Said::Full | Said::Nothing) => false,
            };
            match (call.act, call.said) {
                (Act::Take, Said::Done) => holders.push(call.client),
                (Act::Take, Said::Nothing) => holders.push(usize::MAX - left.len()),
                (Act::Release, _) => holders.retain(|holder| *holder != call.client),
                (Act::Take, Said::Full) => {}
            }
            is_right && has_an_order(places, &left, &holders)
        })
    }

    #[test]
    fn what_is_not_tried_would_change_nothing() {
        let mut random = Random::new(1);
        let mut found = [0; 2];
        for _ in 0..20_000 {
            let mut calls = Vec::new();
            for _ in 0..3 + random.below(4) {
                let act = if random.below(3) == 0 { Act::Release } else { Act::Take };
                let said = match (act, random.below(5)) {
                    (Act::Take, 0) => Said::Nothing,
                    (Act::Take, 1 | 2) => Said::Full,
                    _ => Said::Done,
                };
                let begun = random.below(20) as u64;
                calls.push(call(random.below(3), act, said, begun, begun + 1 + random.below(10) as u64));
            }
            let places = 1 + random.below(2);
            let expected = has_an_order(places, &calls, &[]);
            assert_eq!(is_linearizable(places, &calls), expected, "{places}: {calls:?}");
            found[usize::from(expected)] += 1;
        }
        assert!(found.iter().all(|found| *found > 1000), "{found:?}");
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
