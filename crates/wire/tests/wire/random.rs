//! Random bytes, and sound documents with random bytes in them: what is read at all can be written and read again.

use crossconnect_api::Operation;
use crossconnect_wire::{ErrorKind, Protocol};

use crate::documents::document;
use crate::samples::{self, Extent};

/// Marsaglia's xorshift: numbers that look random and are the same in each run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_be_bytes()[0]
    }
}

/// Whether the body was read; one that was survives a round trip in both protocols.
fn survives(protocol: Protocol, operation: Operation, body: &[u8]) -> bool {
    match protocol.decode(operation, body) {
        Ok(request) => {
            for other in Protocol::ALL {
                let again = other.decode(operation, &other.encode_request(&request));
                assert_eq!(again.as_ref(), Ok(&request), "{operation} in {protocol:?}: {body:x?}");
            }
            true
        }
        Err(error) => {
            let told = matches!(error.kind, ErrorKind::Serialization | ErrorKind::Exception(_));
            assert!(told && error.message.len() < 4000, "{operation} in {protocol:?}: {body:x?} gives {error}");
            false
        }
    }
}

#[test]
fn random_bytes_do_no_harm() {
    let mut random = Random(0x0C0F_FEE0_0DDB_A115);
    for round in 0..20_000 {
        let operation = Operation::ALL[round % Operation::ALL.len()];
        let body: Vec<u8> = (0..random.below(64)).map(|_| random.byte()).collect();
        for &protocol in Protocol::ALL {
            survives(protocol, operation, &body);
        }
    }
}

#[test]
fn changed_documents_do_no_harm() {
    let mut random = Random(0x5EED_0F00_D0C5_0001);
    let (mut read, mut refused) = (0, 0);
    for round in 0..20_000 {
        let operation = Operation::ALL[round % Operation::ALL.len()];
        let sample = operation.input().map_or_else(Default::default, |input| samples::structure(input, Extent::Full));
        for &protocol in Protocol::ALL {
            let mut body = document(protocol, &sample, operation.input());
            for _ in 0..=random.below(2) {
                let index = random.below(body.len());
                match random.below(3) {
                    0 => body[index] = random.byte(),
                    1 => body.insert(index, random.byte()),
                    _ if body.len() > 1 => drop(body.remove(index)),
                    _ => {}
                }
            }
            *(if survives(protocol, operation, &body) { &mut read } else { &mut refused }) += 1;
        }
    }
    assert!(read > 1000 && refused > 1000, "{read} read, {refused} refused");
}
