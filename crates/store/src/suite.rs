//! What every engine must do. Each engine's own tests call [`run`].
//!
//! The functions panic where an engine is wrong, as tests do.

use std::collections::BTreeMap;

use crate::{Engine, Group, LastGroup, StoreError};

/// Opens the same store again each time, as a new process would; the engine before has been closed.
pub type Place<'a> = Box<dyn FnMut() -> Box<dyn Engine> + 'a>;

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// How many random groups are compared.
const RANDOM_GROUPS: u64 = 600;

/// Runs the whole suite; `fresh` gives a place where nothing is stored yet.
pub fn run<'a>(fresh: &mut dyn FnMut() -> Place<'a>, seed: u64) {
    starts_empty(fresh());
    keeps_groups(fresh());
    orders_keys_by_bytes(fresh());
    deletes_within_prefixes(fresh());
    takes_groups_without_rows(fresh());
    takes_large_groups_and_values(fresh());
    stops_at_an_undecodable_row(fresh());
    agrees_with_a_map(fresh(), seed);
}

/// A row's value, or none where it goes, for [`group`].
pub type Write<'a> = (&'a [u8], Option<&'a [u8]>);

/// A group from borrowed rows; its time is a thousand times its number.
pub fn group(number: u64, writes: &[Write<'_>]) -> Group {
    Group {
        number,
        at: i64::try_from(number * 1000).expect("a small number"),
        writes: writes.iter().map(|(key, value)| (key.to_vec(), value.map(<[u8]>::to_vec))).collect(),
    }
}

/// Everything that the engine holds; keys must come in order.
pub fn load(engine: &mut dyn Engine) -> (Rows, LastGroup) {
    let mut rows = Rows::new();
    let last = engine
        .load(&mut |key, value| {
            let is_ordered = rows.last_key_value().is_none_or(|(last, _)| last.as_slice() < key);
            assert!(is_ordered, "keys come in the order of their bytes");
            rows.insert(key.to_vec(), value.to_vec());
            Ok(())
        })
        .expect("loads");
    (rows, last)
}

fn last(number: u64) -> LastGroup {
    LastGroup { number, at: i64::try_from(number * 1000).expect("a small number") }
}

fn rows(expected: &[(&[u8], &[u8])]) -> Rows {
    expected.iter().map(|(key, value)| (key.to_vec(), value.to_vec())).collect()
}

fn commit(engine: &mut dyn Engine, group: &Group) {
    engine.commit(group).expect("commits");
}

fn starts_empty(mut place: Place<'_>) {
    for _ in 0..2 {
        let mut engine = place();
        assert_eq!(load(&mut *engine), (Rows::new(), LastGroup::default()));
        engine.close().expect("closes");
    }
}

fn keeps_groups(mut place: Place<'_>) {
    let mut engine = place();
    commit(&mut *engine, &group(1, &[(b"a", Some(b"1")), (b"b", Some(b"1"))]));
    commit(&mut *engine, &group(2, &[(b"a", Some(b"2")), (b"c", Some(b""))]));
    engine.reopen().expect("reopens");
    assert_eq!(load(&mut *engine).1, last(2), "after reopening");
    commit(&mut *engine, &group(3, &[(b"b", None), (b"absent", None)]));
    let expected = (rows(&[(b"a", b"2"), (b"c", b"")]), last(3));
    assert_eq!(load(&mut *engine), expected, "before closing");
    engine.close().expect("closes");
    drop(engine);
    let mut engine = place();
    assert_eq!(load(&mut *engine), expected, "after closing");
    commit(&mut *engine, &group(4, &[(b"b", Some(b"4"))]));
    assert_eq!(load(&mut *engine).1, last(4));
    engine.close().expect("closes");
}

fn orders_keys_by_bytes(mut place: Place<'_>) {
    let mut engine = place();
    let keys: &[&[u8]] = &[b"", b"\0", b"\0\0", b"\x01", b"a", b"a\0", b"ab", b"b", b"\xff", b"\xff\xff"];
    for (number, key) in (1..).zip(keys.iter().rev()) {
        commit(&mut *engine, &group(number, &[(key, Some(key))]));
    }
    let expected: Vec<(&[u8], &[u8])> = keys.iter().map(|key| (*key, *key)).collect();
    assert_eq!(load(&mut *engine).0, rows(&expected));
    engine.close().expect("closes");
}

fn deletes_within_prefixes(mut place: Place<'_>) {
    let mut engine = place();
    let names: Vec<Vec<u8>> = (0..50).map(|n| format!("lag/{n:02}/x").into_bytes()).collect();
    let all: Vec<Write<'_>> = names.iter().map(|name| (name.as_slice(), Some(b"v".as_slice()))).collect();
    commit(&mut *engine, &group(1, &all));
    let odd: Vec<Write<'_>> = names.iter().skip(1).step_by(2).map(|name| (name.as_slice(), None)).collect();
    commit(&mut *engine, &group(2, &odd));
    let left: Rows = names.iter().step_by(2).map(|name| (name.clone(), b"v".to_vec())).collect();
    assert_eq!(load(&mut *engine).0, left);
    let gone: Vec<Write<'_>> = names.iter().map(|name| (name.as_slice(), None)).collect();
    commit(&mut *engine, &group(3, &gone));
    engine.close().expect("closes");
    drop(engine);
    let mut engine = place();
    assert_eq!(load(&mut *engine), (Rows::new(), last(3)), "the number survives its rows");
    engine.close().expect("closes");
}

fn takes_groups_without_rows(mut place: Place<'_>) {
    let mut engine = place();
    commit(&mut *engine, &group(1, &[]));
    engine.close().expect("closes");
    drop(engine);
    let mut engine = place();
    assert_eq!(load(&mut *engine), (Rows::new(), last(1)));
    engine.close().expect("closes");
}

fn takes_large_groups_and_values(mut place: Place<'_>) {
    let mut engine = place();
    let names: Vec<Vec<u8>> = (0..10_000).map(|n| format!("{n:05}").into_bytes()).collect();
    let value = vec![0xa5; 3 << 20];
    let mut writes: Vec<Write<'_>> = names.iter().map(|n| (n.as_slice(), Some(n.as_slice()))).collect();
    writes.push((b"large", Some(&value)));
    commit(&mut *engine, &group(1, &writes));
    engine.close().expect("closes");
    drop(engine);
    let mut engine = place();
    let (found, number) = load(&mut *engine);
    assert_eq!((found.len(), number), (writes.len(), last(1)));
    assert_eq!(found.get(b"large".as_slice()), Some(&value));
    engine.close().expect("closes");
}

fn stops_at_an_undecodable_row(mut place: Place<'_>) {
    let mut engine = place();
    commit(&mut *engine, &group(1, &[(b"a", Some(b"1")), (b"b", Some(b"1")), (b"c", Some(b"1"))]));
    let mut seen = 0;
    let error = engine.load(&mut |key, _| {
        seen += 1;
        match key {
            b"b" => Err(StoreError::Undecodable { key: String::from("b"), reason: String::from("it is b") }),
            _ => Ok(()),
        }
    });
    assert!(matches!(error, Err(StoreError::Undecodable { .. })), "the reader's error is answered");
    assert_eq!(seen, 2, "nothing is read after it");
    engine.close().expect("closes");
}

/// Random groups over few keys, so that rows are overwritten and removed often, with the store
/// closed, abandoned or reopened in between.
fn agrees_with_a_map(mut place: Place<'_>, seed: u64) {
    let mut random = Random(seed | 1);
    let mut expected = Rows::new();
    let mut engine = place();
    for number in 1..=RANDOM_GROUPS {
        let mut writes = BTreeMap::new();
        for _ in 0..random.below(12) {
            let key = format!("{}/{}", random.below(9), random.below(40)).into_bytes();
            let length = usize::try_from(random.below(300)).expect("small");
            let value = (random.below(3) > 0).then(|| vec![number.to_le_bytes()[0]; length]);
            match &value {
                Some(value) => expected.insert(key.clone(), value.clone()),
                None => expected.remove(&key),
            };
            writes.insert(key, value);
        }
        let Group { at, .. } = group(number, &[]);
        commit(&mut *engine, &Group { number, at, writes });
        match random.below(40) {
            0 => engine.close().expect("closes"),
            1 => {}
            2 => {
                engine.reopen().expect("reopens");
                continue;
            }
            _ => continue,
        }
        drop(engine);
        engine = place();
        assert_eq!(load(&mut *engine), (expected.clone(), last(number)), "seed {seed}, group {number}");
    }
    engine.close().expect("closes");
}

/// A xorshift generator: the same numbers for the same seed, on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % limit
    }
}
