//! Reading a snapshot: block after block, each of which is whole or is not answered.

use super::block::{self, BLOCK, BLOCK_HEAD, DIGEST, END, END_BYTES};
use super::{FORMAT, Header, MAGIC, Place, SnapshotError};
use crossconnect_core::ids::AccountId;
use crossconnect_core::{Key, Record};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read};

/// The longest header, in bytes.
const HEADER_MAX: usize = 1 << 20;
/// The most bytes that the records of a block may have: far more than the longest record.
const BLOCK_MAX: usize = 128 << 20;

/// A row, as engines keep it.
pub(super) type Row = (Vec<u8>, Vec<u8>);

/// Reads a snapshot from its beginning to its end.
pub struct Reader<R> {
    file: R,
    header: Header,
    /// How many bytes were read.
    offset: u64,
    blocks: u32,
    records: u64,
    digest: Sha256,
    /// The digest of the whole file, once its end was read.
    whole: Option<[u8; DIGEST]>,
}

impl<R: Read> Reader<R> {
    /// Reads what the snapshot says of itself.
    ///
    /// # Errors
    /// It is none, is of a later release, is damaged, or cannot be read.
    pub fn open(file: R) -> Result<Self, SnapshotError> {
        let header =
            Header { release: String::new(), group: 0, at: 0, taken: 0, manual_clock: None, counts: BTreeMap::new() };
        let mut reader = Reader { file, header, offset: 0, blocks: 0, records: 0, digest: Sha256::new(), whole: None };
        let mut bytes = reader.read(MAGIC.len() + 8)?;
        if !bytes.starts_with(MAGIC) {
            return Err(SnapshotError::Foreign);
        }
        let number = |at| block::u32_at(&bytes, at).unwrap_or_default();
        let (format, length) = (number(8), number(12) as usize);
        let rest = if length <= HEADER_MAX { reader.read(length + 8)? } else { Vec::new() };
        bytes.extend_from_slice(&rest);
        // Prologue and checksum stay where they are in every format, so damage is not taken for a later release.
        let Some(sealed) = block::sealed(&bytes) else {
            return Err(reader.damaged(0, "the header's checksum does not hold"));
        };
        if format > FORMAT {
            return Err(SnapshotError::Newer { found: format });
        }
        let header = minicbor::decode(&sealed[MAGIC.len() + 8..]);
        reader.header = header.map_err(|error| reader.damaged(0, &format!("the header does not decode: {error}")))?;
        reader.digest.update(&bytes);
        Ok(reader)
    }

    /// What the snapshot says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The rows of the next block; `None` at the end, which was then found to be that of this file.
    ///
    /// # Errors
    /// The file is damaged, with the place, or cannot be read.
    pub fn block(&mut self) -> Result<Option<Vec<Row>>, SnapshotError> {
        if self.whole.is_some() {
            return Ok(None);
        }
        let begin = self.offset;
        let mut bytes = self.read(BLOCK_HEAD)?;
        if bytes.starts_with(END) {
            self.end(begin, bytes)?;
            return Ok(None);
        }
        let number = |at| block::u32_at(&bytes, at).unwrap_or_default();
        let (number, records, length) = (number(4), number(8), number(12) as usize);
        self.blocks += 1;
        if !bytes.starts_with(BLOCK) || number != self.blocks || length > BLOCK_MAX {
            return Err(self.damaged(begin, "no block begins there that belongs there"));
        }
        let rest = self.read(length + 8)?;
        bytes.extend_from_slice(&rest);
        let rows = self.rows(begin, &bytes[BLOCK_HEAD..BLOCK_HEAD + length])?;
        if block::sealed(&bytes).is_none() {
            return Err(self.damaged(begin, "the block's checksum does not hold"));
        }
        if u32::try_from(rows.len()) != Ok(records) {
            return Err(self.damaged(begin, &format!("the block has {} records instead of {records}", rows.len())));
        }
        self.records += u64::from(records);
        self.digest.update(&bytes);
        Ok(Some(rows))
    }

    fn rows(&self, begin: u64, content: &[u8]) -> Result<Vec<Row>, SnapshotError> {
        let (mut rows, mut at) = (Vec::new(), 0);
        while at < content.len() {
            let taken = block::take_record(&content[at..]).map_err(|what| {
                let offset = begin + (BLOCK_HEAD + at) as u64;
                self.damaged_record(offset, rows.len(), what.to_owned())
            })?;
            rows.push((taken.key.to_vec(), taken.value.to_vec()));
            at += taken.bytes;
        }
        Ok(rows)
    }

    fn end(&mut self, begin: u64, mut bytes: Vec<u8>) -> Result<(), SnapshotError> {
        // What is wrong here is in no block.
        let blocks = std::mem::take(&mut self.blocks);
        let rest = self.read(END_BYTES - BLOCK_HEAD)?;
        bytes.extend_from_slice(&rest);
        let Some(sealed) = block::sealed(&bytes) else {
            return Err(self.damaged(begin, "the end's checksum does not hold"));
        };
        let (counted, digest) = sealed.split_at(sealed.len() - DIGEST);
        self.digest.update(counted);
        let whole: [u8; DIGEST] = self.digest.clone().finalize().into();
        if digest != whole {
            return Err(self.damaged(begin, "the digest of the whole file does not hold"));
        }
        let (told, records) = counted[4..].split_at(4);
        if told != blocks.to_le_bytes()
            || records != self.records.to_le_bytes()
            || self.records != self.header.records()
        {
            let found = self.records;
            return Err(
                self.damaged(begin, &format!("{blocks} blocks with {found} records are not all that were saved"))
            );
        }
        let mut more = [0];
        match self.file.read(&mut more) {
            Ok(0) => {}
            Ok(_) => return Err(self.damaged(self.offset, "bytes follow the end")),
            Err(error) => return Err(error.into()),
        }
        self.blocks = blocks;
        self.whole = Some(whole);
        Ok(())
    }

    /// Exactly so many bytes.
    fn read(&mut self, length: usize) -> Result<Vec<u8>, SnapshotError> {
        let begin = self.offset;
        // Not more is set aside than there is: a length may be wrong.
        let mut bytes = Vec::with_capacity(length.min(1 << 20));
        let read = loop {
            match self.file.by_ref().take((length - bytes.len()) as u64).read_to_end(&mut bytes) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        read?;
        self.offset += bytes.len() as u64;
        if bytes.len() == length {
            return Ok(bytes);
        }
        if begin == 0 && !MAGIC.starts_with(bytes.get(..MAGIC.len()).unwrap_or(&bytes)) {
            return Err(SnapshotError::Foreign);
        }
        let missing = length - bytes.len();
        Err(self.damaged(
            self.offset,
            &format!("the file ends there, at least {missing} byte{} too soon", if missing == 1 { "" } else { "s" }),
        ))
    }

    fn damaged(&self, offset: u64, what: &str) -> SnapshotError {
        let block = (self.blocks > 0).then_some(self.blocks);
        SnapshotError::Damaged { place: Place { offset, block, record: None }, what: what.to_owned() }
    }

    fn damaged_record(&self, offset: u64, before: usize, what: String) -> SnapshotError {
        let record = u32::try_from(before + 1).ok();
        SnapshotError::Damaged { place: Place { offset, block: Some(self.blocks), record }, what }
    }
}

/// What is in a snapshot that was read whole, every record of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// What it says of itself.
    pub header: Header,
    /// How long it is.
    pub bytes: u64,
    /// How many blocks it has.
    pub blocks: u32,
    /// SHA-256 of all but its last bytes.
    pub digest: [u8; DIGEST],
    /// How many records there are of each kind, by whose they are.
    pub owned: BTreeMap<&'static str, BTreeMap<Option<AccountId>, u64>>,
}

/// Reads a whole snapshot and every record in it; `progress` is told how many were read, and of how many.
///
/// # Errors
/// What is wrong, with its place.
pub fn verify(file: impl Read, mut progress: impl FnMut(u64, u64)) -> Result<Summary, SnapshotError> {
    let mut reader = Reader::open(file)?;
    let mut owned: BTreeMap<&'static str, BTreeMap<Option<AccountId>, u64>> = BTreeMap::new();
    let mut begin = reader.offset;
    while let Some(rows) = reader.block()? {
        let mut offset = begin + BLOCK_HEAD as u64;
        for (number, (key, value)) in rows.iter().enumerate() {
            let record = Key::decode(key).and_then(|key| Record::decode(&key, value));
            let record = record.map_err(|error| {
                let what = format!("the record does not decode ({error}): another release wrote it");
                reader.damaged_record(offset, number, what)
            })?;
            *owned.entry(record.kind()).or_default().entry(record.owner()).or_default() += 1;
            offset += block::record_bytes(key, value);
        }
        begin = reader.offset;
        progress(reader.records, reader.header.records());
    }
    let Reader { header, offset, blocks, whole, .. } = reader;
    let digest = whole.expect("the last block is followed by the end, which has it");
    Ok(Summary { header, bytes: offset, blocks, digest, owned })
}
