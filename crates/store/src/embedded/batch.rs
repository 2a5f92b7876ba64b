//! One batch as fjall 3 writes it to its journal, and the group row that each of ours begins with.
//!
//! ```text
//! batch  = 1 count:u32 seqno:u64  item*  3 checksum:u64 "FJL" 3      (little-endian)
//! item   = 2 type:u8 compression:u8 keyspace:u64 key:u16 value:u32 stored:u32  key value
//! ```
//! The checksum covers the items. The count is checked by where the end stands, and the sequence
//! number, which nothing of fjall's covers, by the floor in the group row.

use xxhash_rust::xxh3::xxh3_64;

use crate::LastGroup;

/// The key of the row that carries the group's number. It is in every batch and is never removed.
pub(super) const GROUP_KEY: &[u8] = &[0];
/// The byte before every key of the caller's.
pub(super) const ROW_PREFIX: u8 = 1;
/// The byte before the number of a group, big-endian, in the key of its note.
pub(super) const NOTE_PREFIX: u8 = 2;

pub(super) const START: u8 = 1;
const ITEM: u8 = 2;
const END: u8 = 3;
const TRAILER: &[u8] = b"FJL\x03";
/// How far fjall's counter may run on between the reading of the floor and the commit; it runs on
/// by a few when a table is flushed or merged in between.
const SEQNO_SLACK: u64 = 1 << 32;

/// The row under [`GROUP_KEY`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GroupRow {
    pub(super) last: LastGroup,
    /// fjall's next sequence number when the group was about to be committed.
    pub(super) seqno_floor: u64,
}

impl GroupRow {
    pub(super) fn encode(&self) -> [u8; 24] {
        let mut row = [0; 24];
        row[..8].copy_from_slice(&self.last.number.to_le_bytes());
        row[8..16].copy_from_slice(&self.last.at.to_le_bytes());
        row[16..].copy_from_slice(&self.seqno_floor.to_le_bytes());
        row
    }

    pub(super) fn decode(row: &[u8]) -> Option<Self> {
        let mut reader = Reader(row);
        let decoded = Self {
            last: LastGroup { number: reader.u64()?, at: reader.u64()?.cast_signed() },
            seqno_floor: reader.u64()?,
        };
        reader.0.is_empty().then_some(decoded)
    }
}

/// An intact batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Batch {
    pub(super) group: GroupRow,
    pub(super) seqno: u64,
    /// Its length in bytes.
    pub(super) length: usize,
}

impl Batch {
    /// Reads the batch at the start of `bytes`; `None` unless all of it is there, its checksum
    /// holds, and it is one of ours.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        reader.expect(START)?;
        let count = reader.u32()?;
        let seqno = reader.u64()?;
        let items = reader.0;
        let mut group = None;
        for _ in 0..count {
            let (key, value) = reader.item()?;
            if key == GROUP_KEY {
                group = Some(GroupRow::decode(value)?);
            }
        }
        let items = &items[..items.len() - reader.0.len()];
        reader.expect(END)?;
        let checksum = reader.u64()?;
        let is_intact = reader.take(TRAILER.len())? == TRAILER && xxh3_64(items) == checksum;
        let group = group.filter(|_| is_intact)?;
        (group.seqno_floor..group.seqno_floor.saturating_add(SEQNO_SLACK)).contains(&seqno).then_some(Self {
            group,
            seqno,
            length: bytes.len() - reader.0.len(),
        })
    }
}

/// The least that a disk writes whole.
const SECTOR: usize = 512;

/// Whether a write of one batch that a crash cut short can have left these bytes, which begin at `offset` of the file and
/// end in one that is not zero: its end is missing, or a sector between reads as the zeros that were there before.
///
/// What is neither was written whole and has changed since: somebody may have been told of it.
pub(super) fn is_cut_short(bytes: &[u8], offset: usize) -> bool {
    let first = bytes.len().min(SECTOR - offset % SECTOR);
    let (first, rest) = bytes.split_at(first);
    let lacks_sector = std::iter::once(first).chain(rest.chunks(SECTOR)).any(|sector| sector.iter().all(|b| *b == 0));
    lacks_sector || (!bytes.ends_with(TRAILER) && begins_batch(bytes))
}

/// Whether there is nothing here but the beginning of a batch.
fn begins_batch(bytes: &[u8]) -> bool {
    let mut reader = Reader(bytes);
    let tag = |reader: &mut Reader<'_>, tag| reader.0.is_empty() || reader.expect(tag).is_some();
    if !tag(&mut reader, START) {
        return false;
    }
    let (Some(count), Some(_)) = (reader.u32(), reader.u64()) else {
        return true;
    };
    for _ in 0..count {
        if !tag(&mut reader, ITEM) {
            return false;
        }
        if reader.item_content().is_none() {
            return true;
        }
    }
    tag(&mut reader, END)
        && reader.u64().is_none_or(|_| reader.0.len() < TRAILER.len() && TRAILER.starts_with(reader.0))
}

/// Takes from the front; `None` where the bytes end.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn expect(&mut self, tag: u8) -> Option<()> {
        (self.array::<1>()? == [tag]).then_some(())
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.array()?))
    }

    fn item(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        self.expect(ITEM)?;
        self.item_content()
    }

    fn item_content(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        let _type_compression_keyspace = self.take(1 + 1 + 8)?;
        let key_length = u16::from_le_bytes(self.array()?);
        let _length = self.u32()?;
        let stored_length = self.u32()?;
        let key = self.take(usize::from(key_length))?;
        let value = self.take(usize::try_from(stored_length).ok()?)?;
        Some((key, value))
    }
}
