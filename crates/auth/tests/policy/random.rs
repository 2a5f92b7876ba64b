//! Documents and requests at random, from a seed: never a panic, and what must hold of every decision.

use crate::CASES;
use crate::table;
use crossconnect_auth::policy::{Context, Decision, Policy, Request, decide};

const ROUNDS: usize = 30_000;
const SEED: u64 = 0x5eed_0000_2026_1122;

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

    fn garble(&mut self, text: &str) -> String {
        const TELLING: &[u8] = b"*?${}:/\"'[],.\\ aA0\xc3\xff";
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.below(3) {
            let (at, byte) = (self.below(bytes.len() + 1), TELLING[self.below(TELLING.len())]);
            match self.below(4) {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                2 => bytes.truncate(at),
                _ => bytes.insert(at, byte),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[test]
fn garbled_documents_are_read_or_refused_without_a_panic() {
    let documents: Vec<String> = table::parse(CASES).unwrap().into_iter().flat_map(|case| case.documents).collect();
    let (mut random, mut read, mut refused) = (Random(SEED), 0, 0);
    for _ in 0..ROUNDS {
        let text = &documents[random.below(documents.len())];
        let text = random.garble(text);
        for policy in [Policy::identity(&text), Policy::trust(&text)] {
            match policy {
                Ok(policy) => {
                    let given = [("aws:username".to_owned(), vec![random.garble("ann")])];
                    let context = Context { given: &given, ..Context::default() };
                    let (action, resource) =
                        (random.garble("directconnect:UpdateLag"), random.garble("arn:aws:directconnect:r:a:dxlag/l"));
                    decide([&policy], &Request { action: &action, resource: &resource, context: &context });
                    read += 1;
                }
                Err(error) => {
                    assert!(!error.place.is_empty() && !error.problem.is_empty(), "{text}");
                    refused += 1;
                }
            }
        }
    }
    assert!(read > ROUNDS / 50 && refused > ROUNDS / 50, "{read} {refused}");
}

#[test]
fn what_is_denied_stays_denied_and_what_is_unmentioned_is_not_allowed() {
    let all = |effect: &str| {
        let text = format!(r#"{{"Statement": {{"Effect": "{effect}", "Action": "*", "Resource": "*"}}}}"#);
        Policy::identity(&text).unwrap()
    };
    let (allow, deny) = (all("Allow"), all("Deny"));
    let cases = table::parse(CASES).unwrap();
    let documents = cases.into_iter().flat_map(|case| case.documents);
    let policies: Vec<Policy> = documents.filter_map(|text| Policy::identity(&text).ok()).collect();
    let mut random = Random(SEED);
    let mut met = [0; 3];
    for _ in 0..ROUNDS {
        let (one, other) = (&policies[random.below(policies.len())], &policies[random.below(policies.len())]);
        let actions =
            ["directconnect:CreateLag", "directconnect:DeleteLag", "sts:AssumeRole", "directconnect:DescribeTags"];
        let resources = ["*", "arn:aws:directconnect:us-east-1:111122223333:dxlag/dxlag-ffabc123"];
        let values = [("team", "net"), ("owner", "ann"), ("team", "dev")];
        let tags = [values[random.below(3)]];
        let given = [("aws:username".to_owned(), vec!["ann".to_owned()])];
        let context = Context { resource_tags: &tags, given: &given, ..Context::default() };
        let (action, resource) = (actions[random.below(4)], resources[random.below(2)]);
        let request = Request { action, resource, context: &context };
        let (first, second) = (decide([one], &request), decide([other], &request));
        let both = decide([one, other], &request);
        let is = |decision: Decision| match decision {
            Decision::Allowed { .. } => 0,
            Decision::Denied { .. } => 1,
            Decision::Unmentioned => 2,
        };
        met[is(both)] += 1;
        // A denial wins, then what is allowed is allowed, whatever the order.
        let expected = match (is(first), is(second)) {
            (1, _) | (_, 1) => 1,
            (0, _) | (_, 0) => 0,
            (..) => 2,
        };
        assert_eq!((is(both), is(decide([other, one], &request))), (expected, expected));
        assert_eq!(is(decide([one, &deny], &request)), 1);
        assert_eq!(is(decide([&allow, one], &request)), if is(first) == 1 { 1 } else { 0 });
        let said = one.explain(&request);
        assert_eq!(is(first) == 2, said.iter().all(|said| said.mismatch.is_some()), "an explanation agrees");
    }
    assert!(met.iter().all(|count| *count > ROUNDS / 50), "{met:?}");
}
