//! Writes CBOR: definite lengths, and every number in the fewest bytes that hold it.

use std::convert::Infallible;

use crossconnect_api::Timestamp;
use crossconnect_api::codec::Writer;
use minicbor::Encoder;
use minicbor::data::IanaTag;
use minicbor::encode::Error;

/// Room for most answers, so that the bytes seldom move while they are written.
const ROOM: usize = 1024;

/// A document under way.
pub(super) struct CborWriter {
    out: Encoder<Vec<u8>>,
}

impl Default for CborWriter {
    fn default() -> Self {
        Self { out: Encoder::new(Vec::with_capacity(ROOM)) }
    }
}

impl CborWriter {
    /// The bytes of the document.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out.into_writer()
    }
}

fn written(outcome: Result<&mut Encoder<Vec<u8>>, Error<Infallible>>) {
    outcome.expect("writing into memory cannot fail");
}

impl Writer for CborWriter {
    fn begin_structure(&mut self, len: usize) {
        written(self.out.map(len as u64));
    }

    fn member(&mut self, name: &'static str) {
        self.string(name);
    }

    fn end_structure(&mut self) {}

    fn begin_list(&mut self, len: usize) {
        written(self.out.array(len as u64));
    }

    fn element(&mut self) {}

    fn end_list(&mut self) {}

    fn string(&mut self, value: &str) {
        written(self.out.str(value));
    }

    fn integer(&mut self, value: i32) {
        written(self.out.i32(value));
    }

    fn long(&mut self, value: i64) {
        written(self.out.i64(value));
    }

    fn boolean(&mut self, value: bool) {
        written(self.out.bool(value));
    }

    /// Whole seconds as a whole number, others as a double, which holds every millisecond of the wire's years.
    fn timestamp(&mut self, value: Timestamp) {
        written(self.out.tag(IanaTag::Timestamp));
        if value.millis % 1000 == 0 {
            self.long(value.millis / 1000);
        } else {
            written(self.out.f64(value.millis as f64 / 1000.0));
        }
    }

    fn blob(&mut self, value: &[u8]) {
        written(self.out.bytes(value));
    }
}
