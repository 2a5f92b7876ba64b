//! Changes to an input: those that a parser's branches are about.

use crate::Random;

/// No change makes an input longer than this.
const LENGTH_MAX: usize = 4096;

/// Bytes that bound something.
const BYTES: [u8; 24] = [
    0, 1, 9, 10, 13, 31, 32, b'"', b'%', b'&', b'+', b',', b'/', b':', b'=', b'\\', b'{', b'}', 0x7f, 0x80, 0xbf, 0xc0,
    0xf4, 0xff,
];

/// Numbers in digits at the bounds of the types.
const NUMBERS: [&[u8]; 12] = [
    b"0",
    b"-1",
    b"255",
    b"65536",
    b"2147483647",
    b"2147483648",
    b"-2147483649",
    b"9223372036854775807",
    b"18446744073709551616",
    b"1e400",
    b"-0.0",
    b"1.5",
];

/// How often the next input is changed: mostly once or twice, now and then not at all.
pub(super) fn how_many(random: &mut Random) -> usize {
    [0, 1, 1, 1, 1, 2, 2, 3, 4, 7][random.below(10)]
}

/// Changes an input somewhere behind its first `fixed` bytes.
pub(super) fn mutate(random: &mut Random, bytes: &mut Vec<u8>, fixed: usize, words: &[&[u8]], other: &[u8]) {
    let length = bytes.len() - fixed;
    if length == 0 {
        bytes.push(BYTES[random.below(BYTES.len())]);
        return;
    }
    let at = fixed + random.below(length);
    match random.below(16) {
        0 | 1 => bytes[at] ^= 1 << random.below(8),
        2 => bytes[at] = random.number() as u8,
        3 => bytes[at] = BYTES[random.below(BYTES.len())],
        4 => insert(bytes, at, &[BYTES[random.below(BYTES.len())]]),
        5 | 6 => {
            let end = at + 1 + random.below((bytes.len() - at).min(12));
            bytes.drain(at..end);
        }
        7 => {
            let end = at + 1 + random.below((bytes.len() - at).min(24));
            let part = bytes[at..end].to_vec();
            let to = fixed + random.below(length);
            insert(bytes, to, &part);
        }
        8 => repeat(random, bytes, at),
        9 | 10 if !words.is_empty() => insert(bytes, at, words[random.below(words.len())]),
        11 if !words.is_empty() => {
            let word = words[random.below(words.len())];
            let end = (at + word.len()).min(bytes.len());
            bytes.splice(at..end, word.iter().copied());
        }
        12 => {
            let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            bytes.splice(at..at + digits, NUMBERS[random.below(NUMBERS.len())].iter().copied());
        }
        13 if other.len() > 1 => {
            let from = random.below(other.len());
            let until = from + random.below((other.len() - from).min(64) + 1);
            insert(bytes, at, &other[from..until]);
        }
        14 if other.len() > 1 => {
            bytes.truncate(at);
            bytes.extend_from_slice(&other[random.below(other.len())..]);
        }
        _ => bytes.truncate(at),
    }
    bytes.truncate(LENGTH_MAX.max(fixed));
}

fn insert(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    bytes.splice(at..at, part.iter().copied());
}

/// A short part again and again: what nests, nests deeply.
fn repeat(random: &mut Random, bytes: &mut Vec<u8>, at: usize) {
    let end = at + 1 + random.below((bytes.len() - at).min(6));
    let part = bytes[at..end].to_vec();
    let times = if random.one_in(20) { 200 } else { 1 + random.below(6) };
    insert(bytes, at, &part.repeat(times));
}
