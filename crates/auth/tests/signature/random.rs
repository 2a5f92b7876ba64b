//! Bytes at random, from a seed: never a panic, and never an acceptance of what was not signed.

use crossconnect_auth::signature::SigningKeys;

use crate::case::{Case, table};

/// Enough for each kind of change at most places of most cases.
const ROUNDS: usize = 40_000;
const SEED: u64 = 0x5eed_0000_2026_0101;

/// Xorshift: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    /// Bytes that mean something to the parsers, and any others.
    fn byte(&mut self) -> u8 {
        const TELLING: &[u8] = b" ,;=/:%&+.?\t\n\0AZaz09\xff\xc3";
        if self.next().is_multiple_of(2) { TELLING[self.below(TELLING.len())] } else { self.next().to_le_bytes()[0] }
    }

    fn garble(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len() + 1);
            match self.below(4) {
                0 if at < bytes.len() => bytes[at] = self.byte(),
                1 if at < bytes.len() => drop(bytes.remove(at)),
                2 => bytes.truncate(at),
                _ => bytes.insert(at, self.byte()),
            }
        }
    }

    fn garble_text(&mut self, text: &mut String) {
        let mut bytes = text.clone().into_bytes();
        self.garble(&mut bytes);
        *text = String::from_utf8_lossy(&bytes).into_owned();
    }
}

/// Changes one thing about a request. Whether it must be refused then: what is not signed may change, and so may the
/// spelling of a header, of a path and of a query.
fn change(case: &mut Case, random: &mut Random) -> bool {
    let before = case.clone();
    let header = random.below(case.headers.len());
    match random.below(8) {
        0 => {
            random.garble(&mut case.body);
            case.body != before.body
        }
        1 => {
            random.garble_text(&mut case.method);
            case.method != before.method
        }
        2 => {
            random.garble_text(&mut case.path);
            false
        }
        3 => {
            random.garble_text(&mut case.query);
            false
        }
        4 => {
            random.garble(&mut case.headers[header].1);
            false
        }
        5 => {
            random.garble_text(&mut case.headers[header].0);
            false
        }
        6 => {
            let other = random.below(case.headers.len());
            case.headers[header].1 = case.headers[other].1.clone();
            false
        }
        _ => {
            let value = (0..random.below(300)).map(|_| random.byte()).collect();
            case.set("authorization", [b"AWS4-HMAC-SHA256 ".to_vec(), value].concat());
            true
        }
    }
}

#[test]
fn garbled_requests_are_refused_without_a_panic() {
    let mut cases = table(include_str!("data/botocore.txt"));
    cases.extend(table(include_str!("data/aws.txt")).into_iter().filter(|case| case.is_accepted));
    let mut random = Random(SEED);
    let keys = SigningKeys::new(16);
    let [mut refused, mut accepted] = [0, 0];
    for round in 0..ROUNDS {
        let mut case = cases[random.below(cases.len())].clone();
        let must_refuse = change(&mut case, &mut random);
        match case.verify(&keys) {
            Ok(_) => {
                assert!(!must_refuse, "round {round} of seed {SEED:#x}: {}", case.name);
                accepted += 1;
            }
            Err(error) => {
                assert!(!error.name().is_empty() && !error.to_string().is_empty());
                refused += 1;
            }
        }
    }
    assert!(refused > ROUNDS / 2 && accepted > ROUNDS / 100, "refused {refused}, accepted {accepted}");
}
