//! A state as a snapshot, piece by piece. The state is a value that nothing changes, so nobody waits for this.

use super::block::{self, BLOCK_HEAD, END, END_BYTES};
use super::{FORMAT, Header, MAGIC};
use crate::store::Published;
use crossconnect_core::settings::Clock;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// About how many bytes of records a block has; the record that passes this is still in it.
const BLOCK_BYTES: usize = 128 << 10;

/// What a snapshot says of itself beside the state.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The release that writes it.
    pub release: &'a str,
    /// What time it is by the wall clock, in milliseconds since the epoch.
    pub taken: i64,
}

/// Passes the snapshot of a published state to `write`, a piece at a time, and answers how many records it has.
///
/// # Errors
/// Whatever `write` answers ends it.
pub fn save<E>(
    published: &Published,
    about: About<'_>,
    mut write: impl FnMut(Vec<u8>) -> Result<(), E>,
) -> Result<u64, E> {
    let header = header(published, about);
    let mut digest = Sha256::new();
    let mut pass = |piece: Vec<u8>| {
        digest.update(&piece);
        write(piece)
    };
    pass(head(&header))?;
    let (mut blocks, mut records, mut content) = (0, 0, Vec::with_capacity(BLOCK_BYTES + BLOCK_HEAD));
    for record in published.state.records() {
        block::put_record(&mut content, &record.key().encode(), &record.encode());
        records += 1;
        if content.len() >= BLOCK_BYTES {
            blocks += 1;
            pass(block::block(blocks, records, &content))?;
            content.clear();
            records = 0;
        }
    }
    if records > 0 {
        blocks += 1;
        pass(block::block(blocks, records, &content))?;
    }
    let mut end = Vec::with_capacity(END_BYTES);
    end.extend_from_slice(END);
    end.extend_from_slice(&blocks.to_le_bytes());
    end.extend_from_slice(&header.records().to_le_bytes());
    digest.update(&end);
    end.extend_from_slice(&digest.finalize());
    write(block::seal(end))?;
    Ok(header.records())
}

fn header(published: &Published, about: About<'_>) -> Header {
    let state = &*published.state;
    let mut counts = BTreeMap::new();
    for record in state.records() {
        match counts.get_mut(record.kind()) {
            Some(count) => *count += 1,
            None => drop(counts.insert(record.kind().to_owned(), 1)),
        }
    }
    Header {
        release: about.release.to_owned(),
        group: published.last.number,
        at: state.last_commit().0,
        taken: about.taken,
        manual_clock: match state.clock() {
            Clock::System => None,
            Clock::Manual { now } => Some(now.0),
        },
        counts,
    }
}

fn head(header: &Header) -> Vec<u8> {
    let header = minicbor::to_vec(header).expect("writing to memory cannot fail");
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(header.len()).expect("a header is short").to_le_bytes());
    bytes.extend_from_slice(&header);
    block::seal(bytes)
}
