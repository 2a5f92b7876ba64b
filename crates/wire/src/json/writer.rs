//! Writes compact JSON.

use std::fmt;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossconnect_api::Timestamp;
use crossconnect_api::codec::Writer;

/// Room for most answers, so that the bytes seldom move while they are written.
const ROOM: usize = 1024;

/// Room for an element of a list, less than that of most lists of resources, and for how many it is made at once.
const ELEMENT: usize = 512;
const ELEMENTS: usize = 1024;

/// Bytes of a text that are looked at together.
const PIECE: usize = 16;

/// A document under way.
pub(crate) struct JsonWriter {
    out: Vec<u8>,
}

impl Default for JsonWriter {
    fn default() -> Self {
        Self { out: Vec::with_capacity(ROOM) }
    }
}

impl JsonWriter {
    /// The bytes of the document.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.out
    }

    /// A comma, unless the first part of a structure or list follows. No value ends in an opening bracket:
    /// text ends in its quote.
    fn separate(&mut self) {
        if !matches!(self.out.last(), Some(b'{' | b'[')) {
            self.out.push(b',');
        }
    }

    fn plain(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Digits go straight into the document, without a text of their own in between.
    fn format(&mut self, text: fmt::Arguments<'_>) {
        self.out.write_fmt(text).expect("writing into memory cannot fail");
    }

    /// What needs no escape is copied at once, up to the next byte that does.
    fn escape(&mut self, text: &[u8]) {
        let mut copied = 0;
        for (at, byte) in text.iter().enumerate().filter(|(_, byte)| is_escaped(**byte)) {
            self.out.extend_from_slice(&text[copied..at]);
            copied = at + 1;
            match byte {
                b'"' => self.plain("\\\""),
                b'\\' => self.plain("\\\\"),
                b'\n' => self.plain("\\n"),
                b'\r' => self.plain("\\r"),
                b'\t' => self.plain("\\t"),
                byte => self.format(format_args!("\\u{byte:04x}")),
            }
        }
        self.out.extend_from_slice(&text[copied..]);
    }
}

fn is_escaped(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\')
}

impl Writer for JsonWriter {
    fn begin_structure(&mut self, _len: usize) {
        self.out.push(b'{');
    }

    fn member(&mut self, name: &'static str) {
        self.separate();
        // The model's names have nothing to escape.
        self.out.push(b'"');
        self.plain(name);
        self.plain("\":");
    }

    fn end_structure(&mut self) {
        self.out.push(b'}');
    }

    fn begin_list(&mut self, len: usize) {
        self.out.reserve(len.min(ELEMENTS) * ELEMENT);
        self.out.push(b'[');
    }

    fn element(&mut self) {
        self.separate();
    }

    fn end_list(&mut self) {
        self.out.push(b']');
    }

    /// Escapes what JSON wants escaped, and nothing else: the text is valid UTF-8 already.
    fn string(&mut self, value: &str) {
        self.out.reserve(value.len() + 2);
        self.out.push(b'"');
        // Whole pieces are looked at and copied at once; few have anything to escape.
        let (pieces, rest) = value.as_bytes().as_chunks::<PIECE>();
        for piece in pieces {
            match piece.iter().fold(false, |found, byte| found | is_escaped(*byte)) {
                true => self.escape(piece),
                false => self.out.extend_from_slice(piece),
            }
        }
        self.escape(rest);
        self.out.push(b'"');
    }

    fn integer(&mut self, value: i32) {
        self.plain(itoa::Buffer::new().format(value));
    }

    fn long(&mut self, value: i64) {
        self.plain(itoa::Buffer::new().format(value));
    }

    fn boolean(&mut self, value: bool) {
        self.plain(if value { "true" } else { "false" });
    }

    /// Epoch seconds, with a fraction only where they are not whole.
    fn timestamp(&mut self, value: Timestamp) {
        let sign = if value.millis < 0 { "-" } else { "" };
        let (seconds, millis) = (value.millis.unsigned_abs() / 1000, value.millis.unsigned_abs() % 1000);
        self.plain(sign);
        self.plain(itoa::Buffer::new().format(seconds));
        if millis > 0 {
            self.format(format_args!(".{millis:03}"));
            while self.out.pop_if(|digit| *digit == b'0').is_some() {}
        }
    }

    fn blob(&mut self, value: &[u8]) {
        self.out.push(b'"');
        let start = self.out.len();
        let encoded = base64::encoded_len(value.len(), true).expect("a blob in memory is far below the limit");
        self.out.resize(start + encoded, 0);
        STANDARD.encode_slice(value, &mut self.out[start..]).expect("there is room for all of it");
        self.out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_read_back_as_they_were_wherever_something_is_escaped() {
        let all: String = (0..0x250).filter_map(char::from_u32).collect();
        for start in all.char_indices().map(|(at, _)| at) {
            let mut writer = JsonWriter::default();
            writer.string(&all[start..]);
            let read: String = serde_json::from_slice(&writer.finish()).unwrap();
            assert_eq!(read, all[start..]);
        }
    }
}
