//! The parts of a file as bytes: what is written, and whether what is read is that.

use xxhash_rust::xxh3::xxh3_64;

pub(super) const BLOCK: &[u8; 4] = b"XBLK";
pub(super) const END: &[u8; 4] = b"XEND";
/// The bytes of a block before its records: what it is, its number, how many records, and their length.
pub(super) const BLOCK_HEAD: usize = 16;
/// The bytes of the end: what it is, how many blocks and records, SHA-256 of all before, checksum.
pub(super) const END_BYTES: usize = 4 + 4 + 8 + DIGEST + 8;
/// The bytes of a SHA-256.
pub(super) const DIGEST: usize = 32;
/// The bytes of a record before its key: two lengths and a checksum.
const RECORD_HEAD: usize = 10;

/// Adds a record to those of a block.
pub(super) fn put_record(block: &mut Vec<u8>, key: &[u8], value: &[u8]) {
    let lengths = lengths(key, value);
    block.extend_from_slice(&lengths);
    block.extend_from_slice(&record_checksum(lengths, key, value));
    block.extend_from_slice(key);
    block.extend_from_slice(value);
}

fn lengths(key: &[u8], value: &[u8]) -> [u8; 6] {
    let key = u16::try_from(key.len()).expect("keys of records are short");
    let value = u32::try_from(value.len()).expect("records are far shorter than four gigabytes");
    let mut lengths = [0; 6];
    lengths[..2].copy_from_slice(&key.to_le_bytes());
    lengths[2..].copy_from_slice(&value.to_le_bytes());
    lengths
}

fn record_checksum(lengths: [u8; 6], key: &[u8], value: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..] = xxh3_64(&[&lengths, key, value].concat()).to_le_bytes();
    [a, b, c, d]
}

/// A whole block of these records.
pub(super) fn block(number: u32, records: u32, content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(BLOCK_HEAD + content.len() + 8);
    bytes.extend_from_slice(BLOCK);
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes.extend_from_slice(&records.to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(content.len()).expect("blocks are small").to_le_bytes());
    bytes.extend_from_slice(content);
    seal(bytes)
}

/// These bytes and their checksum.
pub(super) fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    let checksum = xxh3_64(&bytes);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes
}

/// What stands before a checksum that holds.
pub(super) fn sealed(bytes: &[u8]) -> Option<&[u8]> {
    let (content, checksum) = bytes.split_last_chunk::<8>()?;
    (u64::from_le_bytes(*checksum) == xxh3_64(content)).then_some(content)
}

/// The number in these bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A record, and how many bytes it has taken.
pub(super) struct Taken<'a> {
    pub(super) key: &'a [u8],
    pub(super) value: &'a [u8],
    pub(super) bytes: usize,
}

/// The record at the beginning of these bytes; what is wrong with it where there is none.
pub(super) fn take_record(bytes: &[u8]) -> Result<Taken<'_>, &'static str> {
    const CUT: &str = "the record does not end within its block";
    let (head, rest) = bytes.split_first_chunk::<RECORD_HEAD>().ok_or(CUT)?;
    let [k0, k1, v0, v1, v2, v3, checksum @ ..] = *head;
    let key_length = usize::from(u16::from_le_bytes([k0, k1]));
    let value_length = usize::try_from(u32::from_le_bytes([v0, v1, v2, v3])).map_err(|_| CUT)?;
    let (key, rest) = rest.split_at_checked(key_length).ok_or(CUT)?;
    let (value, _) = rest.split_at_checked(value_length).ok_or(CUT)?;
    if record_checksum([k0, k1, v0, v1, v2, v3], key, value) != checksum {
        return Err("the record's checksum does not hold");
    }
    Ok(Taken { key, value, bytes: RECORD_HEAD + key_length + value_length })
}

/// How many bytes a record takes in its block.
pub(super) fn record_bytes(key: &[u8], value: &[u8]) -> u64 {
    (RECORD_HEAD + key.len() + value.len()) as u64
}
