//! Ids of requests: random, in the form of a UUID of version 4.
//!
//! They name lines of the log, and protect nothing, so each thread draws randomness for many of them at once.

use crate::clock;
use hyper::header::HeaderValue;
use std::cell::RefCell;

/// Bytes of an id.
const LENGTH: usize = 16;
/// Characters of an id.
const TEXT_LENGTH: usize = 36;
/// Ids that one draw is good for.
const DRAWN: usize = 256;

/// The id of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestId([u8; TEXT_LENGTH]);

/// Randomness, and how much of it is used up.
struct Drawn {
    bytes: [u8; LENGTH * DRAWN],
    used: usize,
}

thread_local! {
    static POOL: RefCell<Drawn> = const { RefCell::new(Drawn { bytes: [0; LENGTH * DRAWN], used: LENGTH * DRAWN }) };
}

impl RequestId {
    pub(crate) fn new() -> Self {
        let mut bytes = POOL.with_borrow_mut(Drawn::next);
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        RequestId(text(bytes))
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("an id is hexadecimal")
    }

    pub(crate) fn header(&self) -> HeaderValue {
        HeaderValue::from_bytes(&self.0).expect("an id is hexadecimal")
    }
}

impl Drawn {
    fn next(&mut self) -> [u8; LENGTH] {
        if self.used == self.bytes.len() {
            clock::random(&mut self.bytes);
            self.used = 0;
        }
        let next = &self.bytes[self.used..self.used + LENGTH];
        self.used += LENGTH;
        next.try_into().expect("it has that length")
    }
}

fn text(bytes: [u8; LENGTH]) -> [u8; TEXT_LENGTH] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [b'-'; TEXT_LENGTH];
    let mut at = 0;
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            at += 1;
        }
        text[at] = DIGITS[usize::from(byte >> 4)];
        text[at + 1] = DIGITS[usize::from(byte & 15)];
        at += 2;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_spelled_as_uuids_are() {
        let bytes = std::array::from_fn(|index| u8::try_from(index * 17).unwrap());
        assert_eq!(text(bytes), *b"00112233-4455-6677-8899-aabbccddeeff");
    }

    #[test]
    fn no_id_comes_twice() {
        let mut ids: Vec<String> = (0..3 * DRAWN).map(|_| RequestId::new().as_str().to_owned()).collect();
        for id in &ids {
            assert_eq!(&id[14..15], "4", "{id}");
            assert!("89ab".contains(&id[19..20]), "{id}");
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 3 * DRAWN);
    }
}
