//! One record as it stands in a segment: its length, its number, its writer's mark, the bytes, the chain value.

use crate::chain::{ChainKey, LINK, Link};

/// The longest record, in bytes.
pub const RECORD_MAX: usize = 512 << 10;
/// What comes before a record's bytes: its length, number and mark.
pub(crate) const PREFIX: usize = 4 + 8 + 8;
/// What a record takes besides its bytes.
pub(crate) const OVERHEAD: usize = PREFIX + LINK;

/// A record that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// One more than that of the record before; the first is 1.
    pub sequence: u64,
    /// Whatever number its writer gave it.
    pub mark: u64,
    /// What it says.
    pub bytes: &'a [u8],
    /// Its chain value.
    pub link: Link,
}

/// Why there is no record at some place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoRecord {
    /// Nothing has been written there.
    End,
    /// There is something, but no whole record.
    Cut,
}

/// Adds a record to `out`, and answers its chain value.
pub(crate) fn put(out: &mut Vec<u8>, key: &ChainKey, before: Link, sequence: u64, mark: u64, bytes: &[u8]) -> Link {
    let length = u32::try_from(bytes.len()).expect("records are shorter than RECORD_MAX");
    let start = out.len();
    out.reserve(bytes.len() + OVERHEAD);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&sequence.to_le_bytes());
    out.extend_from_slice(&mark.to_le_bytes());
    out.extend_from_slice(bytes);
    let link = key.link(&[&before.0, &out[start..]]);
    out.extend_from_slice(&link.0);
    link
}

/// The record at the beginning of `bytes`, and how many of them it takes. Its chain value is not checked.
pub(crate) fn read(bytes: &[u8]) -> Result<(Record<'_>, usize), NoRecord> {
    if bytes.iter().take(PREFIX).all(|byte| *byte == 0) {
        return Err(if bytes.iter().all(|byte| *byte == 0) { NoRecord::End } else { NoRecord::Cut });
    }
    let (prefix, rest) = bytes.split_at_checked(PREFIX).ok_or(NoRecord::Cut)?;
    let length = u32::from_le_bytes(prefix[..4].try_into().expect("these are four bytes")) as usize;
    let number = |at: usize| u64::from_le_bytes(prefix[at..at + 8].try_into().expect("these are eight bytes"));
    if length > RECORD_MAX {
        return Err(NoRecord::Cut);
    }
    let (said, rest) = rest.split_at_checked(length).ok_or(NoRecord::Cut)?;
    let link = rest.first_chunk().ok_or(NoRecord::Cut)?;
    Ok((Record { sequence: number(4), mark: number(12), bytes: said, link: Link(*link) }, length + OVERHEAD))
}

/// Whether the record at the beginning of `bytes`, which takes `length` of them, follows from `before`.
pub(crate) fn follows(bytes: &[u8], length: usize, key: &ChainKey, before: Link) -> bool {
    let (covered, link) = bytes[..length].split_at(length - LINK);
    key.is(link, &[&before.0, covered])
}
