//! What a store holds, as one that is damaged may hold it: the length of a key, the key, the record.

use super::Target;
use crate::{Random, Workload};
use crossconnect_core::{Key, Loader, Record, State, Timestamp};

use std::mem::discriminant;
use std::sync::LazyLock;

/// A service that has been called at random for a while.
pub(super) static UNDER_WAY: LazyLock<State> = LazyLock::new(|| {
    let mut workload = Workload::new(4);
    (0..1500).for_each(|_| workload.step());
    workload.state().clone()
});

/// How many of a kind there are, and how many steps to take, at most.
const OF_A_KIND: usize = 24;

/// Records of every kind, as they are stored.
static STORED: LazyLock<Vec<Vec<Vec<u8>>>> = LazyLock::new(|| {
    let mut kinds: Vec<(_, Vec<Vec<u8>>)> = Vec::new();
    for record in UNDER_WAY.records() {
        let kind = discriminant(&record);
        let index = kinds.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
            kinds.push((kind, Vec::new()));
            kinds.len() - 1
        });
        if kinds[index].1.len() < OF_A_KIND {
            let key = record.key().encode();
            let length = u8::try_from(key.len()).expect("keys are short");
            kinds[index].1.push([vec![length], key, record.encode()].concat());
        }
    }
    kinds.into_iter().map(|(_, stored)| stored).collect()
});

/// Stored keys and records.
pub(super) struct Records;

impl Target for Records {
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize {
        let kind = &STORED[random.below(STORED.len())];
        out.extend_from_slice(&kind[random.below(kind.len())]);
        // A key that is not this record's is refused at once: mostly it stays.
        if random.one_in(5) { 1 } else { 1 + usize::from(out[0]) }
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        &[
            b"\xf6",
            b"\x80",
            b"\x9f\xff",
            b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\x7b\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",
            b"\x1b\x7f\xff\xff\xff\xff\xff\xff\xff",
            b"\x3b\x7f\xff\xff\xff\xff\xff\xff\xff",
            b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\x81",
            b"\x82",
            b"\xbf",
            b"\xa0",
            b"\xf5",
            b"\x60",
            b"\x40",
        ]
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        let Some((&length, rest)) = input.split_first() else { return Ok(false) };
        let Some((key, bytes)) = rest.split_at_checked(usize::from(length)) else { return Ok(false) };
        let Ok(key) = Key::decode(key) else { return Ok(false) };
        let Ok(record) = Record::decode(&key, bytes) else { return Ok(false) };
        let written = record.encode();
        if !matches!(record, Record::Settings(_)) && written.len() > 8 * bytes.len() + 64 {
            return Err(format!("{} bytes became {}", bytes.len(), written.len()));
        }
        if !Record::decode(&key, &written).is_ok_and(|again| again == record) {
            return Err("a record is not read as it was written".to_owned());
        }
        let mut loader = Loader::default();
        loader.add(record);
        drop(loader.finish(Timestamp::MANUAL_START));
        Ok(true)
    }
}
